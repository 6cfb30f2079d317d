"""A guarantee in the clean policy, and what is changed around it so that it holds or breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from tests.prove.planted_case import BY_STAFFING, BY_STAFFING_AMBER, amber, based, red, reduction
from tests.prove.planted_policy import GUARANTEE, REGION, Change, Files, with_changes


@dataclass(frozen=True)
class Promise:
    """A guarantee, what else is changed, and whether it is refuted; then what the witness must name."""

    name: str
    stated: str
    changes: tuple[Change, ...]
    refuted: bool
    says: tuple[str, ...]
    number: Callable[[Decimal], bool] | None
    more: Files

    @property
    def files(self) -> dict[str, str]:
        """The folder with the guarantee, which is marked."""
        stated = f"  - §{{name: a promise, {self.stated}}}\n"
        return with_changes((GUARANTEE, stated), *self.changes, files=self.more)


def holds(name: str, stated: str, *changes: Change, more: Files | None = None) -> Promise:
    """A guarantee that can be proved."""
    return Promise(name, stated, changes, False, (), None, more or {})


def breaks(
    name: str,
    stated: str,
    *changes: Change,
    says: str = "",
    number: Callable[[Decimal], bool] | None = None,
    more: Files | None = None,
) -> Promise:
    """A guarantee that is refuted; `says` are words of the message with spaces between them."""
    return Promise(name, stated, changes, True, tuple(says.split()), number, more or {})


def stay(status: str) -> Change:
    """A status that lasts for two weeks at least."""
    return f"    colour: {status}\n", f"    colour: {status}\n    minimum_stay: 14 days\n"


def measure(name: str, decimals: int, formula: str) -> Change:
    """A further measure."""
    new = f"  {name}: {{title: Further, decimals: {decimals}, formula: {formula}}}\n"
    return "measures:\n", "measures:\n" + new


def calls(when: str, from_: str = "red") -> Change:
    """A further activity that may be reduced under a condition."""
    return reduction(f"{{from: {from_}, strength: may, do: Call., when: {based(when)}}}")


BY_BOTH = (BY_STAFFING_AMBER, BY_STAFFING)
"""Each status holds as long as staffing is below its trigger point."""
DOWN = ("first_return: at_once\n", "first_return: at_once\nsteps: {down: 1}\n")
UP = ("first_return: at_once\n", "first_return: at_once\nsteps: {up: 1}\n")
LATER = ("first_return: at_once\n", "first_return: after_duration\n")
SLOW_RED = red(
    "{staffing: {below: red_point}, for: 2 weeks}", "{staffing: {at_least: red_point}, for: 2 weeks}"
)
SLOWER_RED = red(
    "{staffing: {below: red_point}, for: 3 weeks}", "{staffing: {at_least: red_point}, for: 2 weeks}"
)
OVERLAP = (
    amber("{staffing: {below: 90}}", "{staffing: {at_least: 85}}"),
    red("{staffing: {below: 70}}", "{staffing: {at_least: 80}}"),
)
"""Between 85 and 90 Amber's enter and exit both hold."""
NOT_CALLED_RED = "never: {permitted: [calls]}, where: {enter: red}"
EITHER = "{any: [{staffing: {below: 70}, for: 2 weeks}, {strain: {above: 8}, for: 2 weeks}]}"
TOGETHER = "{any: [{staffing: {below: 70}}, {strain: {above: 8}}], for: 2 weeks}"
LEAVE_EITHER = "{all: [{staffing: {at_least: 70}}, {strain: {at_most: 8}}], for: 2 weeks}"
NEITHER = "{none: [{staffing: {below: 70}, for: 2 weeks}, {strain: {above: 8}, for: 2 weeks}]}"
WITHOUT_REGION: Files = {REGION: ""}
