"""Faults planted in a clean policy: what is changed, which code is due, where, and what must be named.

A mark (§) says where the problem may stand: at the line of one of the marks. `says` are words of the message,
in any case of letters; `number` is what one number of the message must fulfil: it is a figure of the witness.
`along` are codes that may be told beside it, since one fault can be seen from two sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from tests.prove.planted_policy import (
    AMBER,
    AMBER_POINT,
    CLEAN,
    GUARANTEE,
    RED,
    RED_POINT,
    REGION,
    WHEN,
    Change,
    Files,
    with_changes,
)
from tests.support import changed

BASIS = "basis: illustrative"
BANDS = "        - {below: 85, give: 2}\n"
FIRST_BAND = "        - {below: 70, give: 3}\n"
RED_REDUCTION = "      - {from: red, strength: may, do: Visit least., only: [early], lapses_after: 84 days}\n"
DECLARED = (
    "activation: automatic\n",
    "activation: automatic\ndeclarations: {by: director, may: [raise, lower], at_most: 28 days}\n",
)
"""A director may declare any status."""
AT_AMBER = (("  - id: amber", "  - §id: amber"), ("    colour: amber\n", "    colour: amber\n§"))
"""Marks at Amber's id and at its enter."""
AT_RED = (("  - id: red", "  - §id: red"), ("    colour: red\n", "    colour: red\n§"))
"""Marks at Red's id and at its enter."""


@dataclass(frozen=True)
class Plant:
    """One planted fault; without a code a near miss, of which nothing but `along` may be told."""

    name: str
    code: str
    changes: tuple[Change, ...]
    says: tuple[str, ...] = ()
    number: Callable[[Decimal], bool] | None = None
    along: frozenset[str] = frozenset()
    more: Files = field(default_factory=dict)

    @property
    def files(self) -> dict[str, str]:
        """The folder with the fault in it, marks and all."""
        return with_changes(("guarantees:\n" + GUARANTEE, ""), *self.changes, files=self.more)


def plant(
    code: str,
    name: str,
    *changes: Change,
    says: str = "",
    number: Callable[[Decimal], bool] | None = None,
    along: str = "",
    more: Files | None = None,
) -> Plant:
    """A fault; `says` and `along` are words with spaces between them."""
    return Plant(name, code, changes, tuple(says.split()), number, frozenset(along.split()), more or {})


def miss(name: str, *changes: Change, along: str = "", more: Files | None = None) -> Plant:
    """What is nearly a fault, and none."""
    return plant("", name, *changes, along=along, more=more)


def labels(plants: Iterable[Plant]) -> list[str]:
    """What each case is called."""
    return [f"{one.code} {one.name}".strip() for one in plants]


def between(low: str, high: str) -> Callable[[Decimal], bool]:
    """A number from `low` up to and not including `high`."""
    return lambda number: Decimal(low) <= number < Decimal(high)


def exactly(*numbers: str) -> Callable[[Decimal], bool]:
    """One of these numbers."""
    return lambda number: number in [Decimal(one) for one in numbers]


def based(condition: str) -> str:
    """The condition, illustrative."""
    return f"{condition[:-1]}, {BASIS}}}"


def part(condition: str) -> Change:
    """A further part of an `any` group: the condition under which home visits may be reduced."""
    return WHEN, f"{WHEN}            - {based(condition)}\n"


def strict_part(condition: str) -> Change:
    """A further part of an `all` group inside that condition."""
    first = based("{staffing: {below: 99}}")
    group = f"            - all:\n                - {first}\n                - {based(condition)}\n"
    return WHEN, WHEN + group


def amber(enter: str, leave: str = "") -> Change:
    """Amber's conditions, in place of those that it has."""
    return AMBER, _conditions(enter, leave)


def red(enter: str, leave: str = "") -> Change:
    """Red's conditions, in place of those that it has."""
    return RED, _conditions(enter, leave)


def _conditions(enter: str, leave: str) -> str:
    return f"    enter: {based(enter)}\n" + (f"    exit: {based(leave)}\n" if leave else "")


def third(enter: str, leave: str = "") -> Change:
    """A third status after Red, marked at its id and at its enter."""
    first = "parts: {contact"
    conditions = _conditions(enter, leave)
    return first, f"  - §id: black\n    title: Black\n    colour: black\n§{conditions}{first}"


def points(amber_point: str, red_point: str = "") -> tuple[Change, ...]:
    """The default and bounds of the trigger points."""
    moved = [(AMBER_POINT, amber_point), (RED_POINT, red_point or RED_POINT)]
    return tuple(change for change in moved if change[0] != change[1])


def point(name: str, default: str, bounds: str = "") -> Change:
    """A further trigger point."""
    regions = f", regions: {bounds}" if bounds else ""
    new = f"  {name}: {{title: Further, default: {default}{regions}, basis: illustrative}}\n"
    return "  red_point: {title", new + "  red_point: {title"


def reduction(text: str) -> Change:
    """A further activity, with one reduction."""
    first = "  - {id: reports"
    return (
        first,
        f"  - id: calls\n    title: Calls\n    part: contact\n    reductions:\n      - {text}\n{first}",
    )


def region(of_all: str, of_york: str) -> Files:
    """The region's file with other numbers for the trigger point of Amber."""
    return {REGION: changed(CLEAN[REGION], ("amber_point: 88", f"amber_point: {of_all}"), ("92", of_york))}


BY_STAFFING_AMBER = amber("{staffing: {below: amber_point}}")
BY_STAFFING = red("{staffing: {below: red_point}}")
"""Red as long as staffing is below its trigger point, and no longer."""
