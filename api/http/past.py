"""Answers to questions about the past, kept as bytes: the same question to the same records has the same answer.

They hold for one state of the ledger and one day in London: with the next record or day all of them are dropped. So
nobody is told what was true before the last acknowledged write. Whoever asks again, as pages and dashboards do, is
answered without a thread and without the database.
"""

from __future__ import annotations

import datetime
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from fastapi import Request

from api.http.answers import Ready, Tagged
from api.http.threads import reading
from rules.problems import PrioritiseError

if TYPE_CHECKING:
    from api.http.snapshot import Snapshots

MAX_BYTES = 16 * 1024 * 1024
"""So much is kept; what was asked for longest ago goes first."""
_EACH = 1024
"""What an answer takes beside its bytes, or less."""
_State = tuple[int, datetime.date]
_Key = tuple[str, bytes, bytes]


class Past:
    """The answers. Used within one event loop."""

    def __init__(self, snapshots: Snapshots, today: Callable[[], datetime.date]) -> None:
        self._snapshots = snapshots
        self._today = today
        self._state: _State | None = None
        self._kept: OrderedDict[_Key, Tagged] = OrderedDict()
        self._bytes = 0

    async def find(self, request: Request) -> Ready | None:
        """The answer to a request, if it is kept; else `answer` is to be asked."""
        try:
            state = (await self._snapshots.head(), self._today())
        except PrioritiseError:  # whoever answers meets it too, and tells it
            return None
        if state != self._state:
            self._state, self._bytes = state, 0
            self._kept.clear()
        key = _key(request)
        found = self._kept.get(key)
        if found is None:
            request.scope["prioritise.past"] = state
            return None
        self._kept.move_to_end(key)
        return found.to(request)

    async def answer(self, request: Request, work: Callable[[], Tagged]) -> Ready:
        """The answer that some work in a thread gives, which is kept. Raises what the work does."""
        made = await reading(work)
        # What is recorded meanwhile may stand in it. Then the next who asks finds a later state, and not this.
        if request.scope.get("prioritise.past") == self._state:
            self._keep(_key(request), made)
        return made.to(request)

    def _keep(self, key: _Key, made: Tagged) -> None:
        old = self._kept.pop(key, None)
        self._kept[key] = made
        self._bytes += _size(key, made) - (0 if old is None else _size(key, old))
        while self._bytes > MAX_BYTES:
            self._bytes -= _size(*self._kept.popitem(last=False))


def _key(request: Request) -> _Key:
    """What an answer follows from, beside the ledger and the day: the words of the question, and the form wanted."""
    scope = request.scope
    forms = b",".join(value for name, value in scope["headers"] if name == b"accept")
    return scope["path"], scope["query_string"], forms


def _size(key: _Key, made: Tagged) -> int:
    return sum(map(len, key)) + len(made.body) + _EACH
