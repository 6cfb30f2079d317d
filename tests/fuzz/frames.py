"""Frames with a mark, and what fills them until a file is full."""

from __future__ import annotations

from collections.abc import Callable

import yaml

from rules.text import MAX_BYTES, MAX_NODES
from tests.support import changed

Part = Callable[[int], str]
MARK = "§"
"""Where the many parts stand in a document."""


def values(text: str) -> int:
    """How many values a text holds, as they are counted against the limit."""
    ends = (yaml.ScalarEvent, yaml.AliasEvent, yaml.SequenceEndEvent, yaml.MappingEndEvent)
    return sum(isinstance(event, ends) for event in yaml.parse(text, Loader=yaml.CSafeLoader))


def filled(frame: str, part: Part, most: int = 10**7) -> str:
    """As many parts as a file takes where the frame has its mark, each made from its number.

    The limit is that of size or of values, whichever is met first.
    """
    before, _, after = frame.partition(MARK)
    left = MAX_BYTES - len((before + after).encode())
    try:
        one, three = (values("".join([before, *map(part, range(size)), after])) for size in (1, 3))
        if three > one:
            most = min(most, (MAX_NODES - one) * 2 // (three - one))
    except yaml.YAMLError:
        pass  # no YAML: only its size counts
    parts = []
    for number in range(most):
        written = part(number)
        left -= len(written.encode())
        if left < 0:
            break
        parts.append(written)
    return before + "".join(parts) + after


def always(text: str) -> Part:
    """The same part each time."""
    return lambda number: text


def plain(frame: str, part: Part | str, most: int = 10**7) -> Callable[[], str]:
    """A text from its frame and its many parts."""
    return lambda: filled(frame, always(part) if isinstance(part, str) else part, most)


def put(document: str, old: str, new: str, part: Part | str, most: int = 10**7) -> Callable[[], str]:
    """A document of the tests, changed, with many parts where the change has its mark."""
    return plain(changed(document, (old, new)), part, most)
