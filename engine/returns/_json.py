"""JSON and NDJSON, strictly: exact numbers, no key twice, no number in quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from engine.returns._objects import EXAMPLE, Twice
from engine.returns._rows import ANNOTATIONS, KEYS, MAX_ROWS, Cell, Entry, PlaceOf, Unusable, too_many_rows
from rules.figures import Vocabulary, figure_key
from rules.problems import Problem, ReturnsError
from rules.said import said
from rules.suggestions import Suggestions, safe


def read_objects(
    objects: Iterable[tuple[int, Any]], place: PlaceOf, vocabulary: Vocabulary, file: str
) -> Iterator[Entry]:
    """The entries of a file, one for each of its numbered objects; an object that is an error tells its faults."""
    inputs, lists = vocabulary.inputs, vocabulary.lists
    suggestions = Suggestions([*KEYS, *inputs, *ANNOTATIONS])
    for count, (number, value) in enumerate(objects, start=1):
        if count > MAX_ROWS:
            raise too_many_rows(file)
        entry = Entry(number, None)
        if isinstance(value, ReturnsError):
            entry.broken = True
            entry.faults += value.problems
        elif not isinstance(value, dict):
            entry.broken = True
            message = (
                said("A return is an object, not a list.")
                if isinstance(value, list)
                else said("A return is an object, not {shown}.", shown=_shown(value))
            )
            entry.faults.append(Problem("PF501", message, place(number, ""), EXAMPLE))
        else:
            _check_twice(value, "", entry, place)
            for key, content in value.items():
                if key in inputs:
                    _take_figure(key, content, entry, place)
                elif key in KEYS:
                    setattr(entry, key, _cell(content))
                elif key in ANNOTATIONS:
                    entry.annotations.append((key, _cell(content)))
                else:
                    hint = suggestions.hint(key) or said("Remove it.")
                    if key in lists:
                        hint = said(
                            'Name each {list} within an input, as in "input": {{"{member}": 20}}.',
                            list=key,
                            member=lists[key][0],
                        )
                    message = said("There is no key {key}.", key=repr(safe(key)))
                    entry.faults.append(Problem("PF502", message, place(number, key), hint))
        yield entry


def _take_figure(key: str, content: Any, entry: Entry, place: PlaceOf) -> None:
    if isinstance(content, dict):
        _check_twice(content, key, entry, place)
        # A member with null is not given; but first it must be one, or a misspelt one would be lost in silence.
        entry.figures += [(key, None, member, _cell(item)) for member, item in content.items()]
    elif content is not None:
        entry.figures.append((key, None, None, _cell(content)))


def _check_twice(value: dict[str, Any], within: str, entry: Entry, place: PlaceOf) -> None:
    for key in value.keys_twice if isinstance(value, Twice) else ():
        where = place(entry.number, figure_key(within, key) if within else key)
        message = said("The key {key} stands twice in one object.", key=repr(safe(key)))
        entry.faults.append(Problem("PF514", message, where, said("Remove one of the two.")))


def _cell(value: Any) -> Cell:
    if value is None or isinstance(value, str | Decimal | Unusable):
        return value
    return Unusable(_shown(value))


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, list):
        # Translators: what a value is. It stands after "not", as in "wmt_points takes a number, not a list."
        return said("a list")
    if isinstance(value, dict):
        # Translators: what a value is. It stands after "not", as in "wmt_points takes a number, not an object."
        return said("an object")
    return value.shown if isinstance(value, Unusable) else safe(repr(str(value)))
