"""What takes long to work out, kept under all that it follows from, so that whoever asks next need not wait."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """Values by what they follow from; of more than `most`, the one not asked for longest goes first.

    Used by several threads.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}

    def find(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value under a key, made where it is not kept. Whoever asks for the same meanwhile waits for it.

        Raises what making it does; then nothing is kept.
        """
        with self._lock:
            if key in self._kept:
                return self._used(key)
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if key in self._kept:
                    return self._used(key)
            try:
                found = make()
            except BaseException:
                with self._lock:
                    self._making.pop(key, None)
                raise
            with self._lock:  # both at once: whoever comes meanwhile finds one or the other
                self._making.pop(key, None)
                self._kept[key] = found
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
            return found

    def _used(self, key: Hashable) -> Value:
        self._kept.move_to_end(key)
        return self._kept[key]

    def __len__(self) -> int:
        return len(self._kept)
