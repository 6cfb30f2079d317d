"""Why two worlds differ, as values: nothing here is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

Direction = Literal["more_severe", "less_severe"]


class Side(NamedTuple):
    """One comparison as one world judged it; `source` is the trigger point or measure that gave the threshold."""

    value: str | None
    threshold: Any
    source: str | None
    holds: bool | None
    run: int | None
    needs: int | None
    basis: str | None


class Compared(NamedTuple):
    """One comparison in both worlds; None where a world has no such comparison."""

    rule: str
    measure: str
    comparator: str
    before: Side | None
    after: Side | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why two worlds differ.

    `conditions`: a condition is met in one and not in the other. `earlier`: all conditions are alike, and what
    went before makes the difference. `unknown`: one world cannot tell; `because` says why. `no_decision`: one
    world has no version in force.
    """

    code: Literal["conditions", "earlier", "unknown", "no_decision"]
    comparisons: tuple[Compared, ...] = ()
    because: tuple[Mapping[str, Any], ...] = ()
