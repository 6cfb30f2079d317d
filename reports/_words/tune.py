"""Words for trigger points that were tried: what each came to, and what the frontier is."""

from __future__ import annotations

from typing import Final

from reports._format import days, either, listed, number, quantity
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

STAR: Final = N_("A star after the number: on the frontier.")
UNKNOWN_SHORT: Final = N_("Not known")
CALCULATED: Final = N_("These are calculated statuses: declarations and suspensions play no part in them.")
ALWAYS: Final = N_("Each candidate is judged as if its numbers had counted on all of these days.")
NOTHING: Final = N_("This recommends nothing: which numbers are right is for people to decide.")


class Headings:
    """The headings of the page, in the language of the moment."""

    def __init__(self) -> None:
        self.points = _("Trigger points")
        self.frontier = _("The frontier")
        self.frontier_caption = _("Candidates that no other beats in both")
        self.candidates = _("All candidates")
        self.shown = _("Candidates")
        self.caption = _("What was tried")
        self.points_caption = _("What was moved")
        self.points_columns = (
            _("Trigger point"),
            pgettext("heading of a column", "What it is"),
            pgettext("heading of a column", "Now"),
            pgettext("numbers that were tried", "Tried"),
        )
        self.frontier_columns = (_("Candidates"), _("Differs from now in"), _("Changes of status"))
        self.skip = _("Skip to the page")


class Columns:
    """The headings of the table of candidates. With `short` they are those for where there is little room."""

    def __init__(self, *, short: bool = False) -> None:
        # Translators: the number of a candidate.
        self.candidate = _("No.")
        self.numbers = _("Differs in") if short else _("Differs from now in")
        self.flips = _("Changes")
        self.same = _("Same") if short else _("Same as reference")
        self.percent = _("Same %") if short else _("Same, of 100")
        self.milder = _("Milder")
        self.frontier = _("Frontier")


def now() -> str:
    return _("as set now")


def now_short() -> str:
    # Translators: a mark in a drawing, at what is set now.
    return pgettext("mark in a drawing", "now")


def yes() -> str:
    return pgettext("on the frontier", "yes")


def title(region: str) -> str:
    return _("Trigger points tried: {region}").format(region=region)


def headline(size: int, units_: str, span: int) -> str:
    return ngettext(
        "{number} candidate tried on {days} of {units}.",
        "{number} candidates tried on {days} of {units}.",
        size,
    ).format(number=number(str(size)), days=days(span), units=units_)


def as_now(flips: int, second: int, aim: str) -> str:
    return ngettext(
        "As set now (candidate 0): {number} change of status, and {second} {aim}.",
        "As set now (candidate 0): {number} changes of status, and {second} {aim}.",
        flips,
    ).format(number=number(str(flips)), second=number(str(second)), aim=aim)


def efficient(size: int, aim: str) -> str:
    return ngettext(
        "{number} candidate is on the frontier: whatever has fewer changes of status has more {aim}, "
        "and the other way round.",
        "{number} candidates are on the frontier: whatever has fewer changes of status has more {aim}, "
        "and the other way round.",
        size,
    ).format(number=number(str(size)), aim=aim)


def agreement(same: int, compared: int, percent: str) -> str:
    return _("As set now, {number} of {whole} days have the same status as the reference: {share}.").format(
        number=number(str(same)), whole=number(str(compared)), share=quantity(percent, "percent")
    )


def days_above(one: str, first: str) -> str:
    # Translators: what is counted: days of one unit each, above the mildest status, as in “ward-days above Green”.
    return _("{one}-days above {status}").format(one=one, status=first)


def days_milder(one: str) -> str:
    return _("{one}-days milder than the reference").format(one=one)


def above_column(first: str) -> str:
    # Translators: the heading of a column of days above the mildest status.
    return _("Above {status}").format(status=first)


def declared(name: str, size: int, one: str) -> str:
    return _("The reference is what was declared ({name}), on {number} {one}-days.").format(
        name=name, number=number(str(size)), one=one
    )


def given(name: str, size: int, one: str) -> str:
    return _("The reference is {name} in the returns, on {number} {one}-days.").format(
        name=name, number=number(str(size)), one=one
    )


def own(name: str, units_: list[str]) -> str:
    return _("{name}: the number of its own stays for {units}.").format(name=name, units=listed(units_))


def partly(versions: list[str]) -> str:
    return _("Where version {versions} does not allow a number, its own default counts on its days.").format(
        versions=either(versions)
    )


def checked(candidates: list[str], size: int) -> str:
    return _(
        "Checked: candidates {candidates} were decided again one by one on {days}, with the same result."
    ).format(candidates=listed(candidates), days=days(size))


def letters(names: list[str]) -> str:
    return _("The letters: {names}.").format(names=listed(names))


def several(numbers: list[int], most: int) -> str:
    shown, left = ", ".join(map(str, numbers[:most])), len(numbers) - most
    if left <= 0:
        return shown
    # Translators: numbers of candidates, of which not all have room, as in “3, 4 and 12 more”.
    return _("{numbers} and {left} more").format(numbers=shown, left=left)


def shortened(size: int, shown: int) -> str:
    return _(
        "Shown are {shown} of {number} candidates: what is set now, and of those on the frontier one for "
        "each different outcome. All of them: --format csv."
    ).format(shown=shown, number=number(str(size)))


def plot(second: str) -> str:
    return _(
        "Each dot is a candidate, or several. To the left: fewer changes of status. "
        "Further down: fewer {aim}."
    ).format(aim=second)


def tried(numbers: list[str], step: str) -> str:
    if len(numbers) == 1:
        return numbers[0]
    return _("{first} to {last}, by {step}").format(first=numbers[0], last=numbers[-1], step=step)
