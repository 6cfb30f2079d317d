"""Words for a version of a framework as a document."""

from __future__ import annotations

import datetime
from typing import Final

from reports._format import capital, day, days, either, number, sentence
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

TRIGGERS_CAPTION: Final = N_("Trigger points: the numbers that statuses depend on")
MEASURES_CAPTION: Final = N_("Measures: how figures are worked out")
MEASURES_COLUMNS: Final = (N_("Measure"), N_("How it is worked out"), N_("Rounded to"))
STRENGTHS: Final = {
    "may": N_("You may do this instead:"),
    "should": N_("You should do this instead:"),
    "must": N_("You must do this instead:"),
    "consider": N_("Consider doing this instead:"),
}
_GROUPS: Final = {
    "any": N_("Any one of these holds"),
    "all": N_("All of these hold"),
    "none": N_("None of these holds"),
}
_COMPARED: Final = {
    "below": N_("{figure} is below {threshold}"),
    "at_most": N_("{figure} is {threshold} or less"),
    "above": N_("{figure} is above {threshold}"),
    "at_least": N_("{figure} is {threshold} or more"),
    "is": N_("{figure} is {threshold}"),
    "one_of": N_("{figure} is {threshold}"),
    "none_of": N_("{figure} is not {threshold}"),
}


def in_force(first: datetime.date, last: datetime.date | None) -> str:
    if last is None:
        return _("In force from {first}").format(first=day(first))
    return _("In force from {first} to {last}").format(first=day(first), last=day(last))


def approved(by: str, on: datetime.date) -> str:
    return _("Approved by {whom} on {day}.").format(whom=by, day=day(on))


def basis(*, published: bool, source: str | None) -> str:
    if published and source:
        return _("Published: {source}").format(source=source)
    return _("Published number") if published else _("Illustrative number")


def compared(figure: str, comparator: str, threshold: str, wait: str | None) -> str:
    told = _COMPARED.get(comparator, _COMPARED["is"])
    return _held(_(told).format(figure=figure, threshold=threshold), wait)


def _held(condition: str, wait: str | None) -> str:
    if not wait:
        return condition
    # Translators: so long a condition must have held: "Staffing is below 90%, for 2 weeks".
    return pgettext("condition", "{condition}, for {duration}").format(condition=condition, duration=wait)


def choices(values: list[str]) -> str:
    return either(values)


def trigger(default: str, *, moves: bool, group: str) -> str:
    if not moves:
        return default
    return _("{default} (unless the {group} sets another number)").format(default=default, group=group)


def group(operator: str, at_least: int, wait: str | None) -> str:
    if operator in _GROUPS:
        return _held(_(_GROUPS[operator]), wait)
    told = ngettext("At least {number} of these hold", "At least {number} of these hold", at_least)
    return _held(told.format(number=number(str(at_least))), wait)


def minimum_stay(size: int) -> tuple[str, str]:
    return _("Lasts at least"), days(size)


def review(size: int) -> tuple[str, str]:
    return _("Is reviewed every"), days(size)


def outstays(size: int) -> tuple[str, str]:
    return _("Is longer than expected after"), days(size)


def binding() -> tuple[str, str]:
    return _("Declarations"), _("Nobody may declare less than this while the figures give it.")


def returns(every: int, stale_after: int, grace: int) -> list[tuple[str, str]]:
    due = ngettext("every {number} day", "every {number} days", every).format(number=number(str(every)))
    counted = _("{days}; after that the status is not known").format(days=days(stale_after))
    found = [(_("Figures are due"), due), (_("Figures count for"), counted)]
    if grace:
        stands = _("what was permitted stands for {days}").format(days=days(grace))
        found.append((_("When figures are missing"), stands))
    return found


def activation(declared: bool) -> tuple[str, str]:
    if declared:
        told = _("A person declares the status. What the figures give is advice.")
    else:
        told = _("The status follows from the figures.")
    return _("Activation"), told


def declarations(by: str, may: list[str], at_most: int | None) -> tuple[str, str]:
    words = {
        # Translators: what a person may do: "raise or lower the status by a declaration (Regional director)".
        "raise": pgettext("what a person may do", "raise"),
        "lower": pgettext("what a person may do", "lower"),
    }
    places = {"do": either([words[one] for one in may]), "whom": capital(by)}
    if at_most is None:
        told = _("{do} the status by a declaration ({whom})").format(**places)
    else:
        told = _("{do} the status by a declaration ({whom}, for {days} at most)").format(
            days=days(at_most), **places
        )
    return _("A person may"), told


def steps(down: int | None, up: int | None) -> list[tuple[str, str]]:
    found = []
    if down is not None:
        found.append((_("Comes down"), _at_a_time(down)))
    if up is not None:
        found.append((_("Goes up"), _at_a_time(up)))
    return found


def _at_a_time(size: int) -> str:
    told = ngettext("{number} status at a time", "{number} statuses at a time", size)
    return told.format(number=number(str(size)))


def trigger_columns(group: str) -> tuple[str, ...]:
    may_set = _("What a {group} may set").format(group=group)
    return (_("Trigger point"), _("Default"), may_set, _("In force now"), _("Basis"))


def bounds(low: str, high: str) -> str:
    return _("{low} to {high}").format(low=low, high=high)


def nobody_moves() -> str:
    return _("Nobody may move it")


def set_by(entries: list[tuple[str, str]]) -> str:
    """The regions that have set a number of their own."""
    return "; ".join(f"{name} {value}" for name, value in entries) if entries else _("The default everywhere")


def duties(size: int) -> str:
    return ngettext(
        "{number} activity must always be done. No status reduces them.",
        "{number} activities must always be done. No status reduces them.",
        size,
    ).format(number=number(str(size)))


def from_status(status: str) -> str:
    return _("From {status} on").format(status=status)


def limits(
    floor: str | None, spared: str, only: str, review: int | None, lapses: int | None, released: str | None
) -> list[tuple[str, str]]:
    found = []
    if floor:
        found.append((_("Never less than"), sentence(floor)))
    if spared:
        found.append((_("Not for"), sentence(spared)))
    if only:
        found.append((_("Only for"), sentence(only)))
    if review:
        found.append((_("Is reviewed every"), days(review)))
    if lapses:
        found.append((_("Ends after"), _("{days}, unless it is renewed").format(days=days(lapses))))
    if released:
        found.append((_("Time released"), released))
    return found


def decimals(size: int) -> str:
    if not size:
        return _("whole numbers")
    return ngettext("{number} decimal", "{number} decimals", size).format(number=number(str(size)))


def points(of: str) -> str:
    return _("Points by bands of {figure}").format(figure=of)


def label_illustrative() -> tuple[str, str]:
    return (
        _("Illustrative numbers"),
        _("A number without a published source is an example. The real thresholds were never published."),
    )


def headings() -> dict[str, str]:
    return {
        "changes": _("What the authors say changed"),
        "duties": _("What must always be done"),
        "reduce": _("What may be reduced"),
        "statuses": _("When each status begins and ends"),
        "triggers": _("Trigger points"),
        "measures": _("Measures"),
        "rules": _("Other rules"),
        "sources": _("Sources"),
        "source": _("Source"),
        "usual": _("Usually"),
        "when": _("Only while:"),
        "enter": _("It begins when:"),
        "exit": _("It may end when:"),
        "implicit": _("It may end when what begins it no longer holds."),
        "yaml": _("The document itself (YAML)"),
        "pdf": _("This version as PDF"),
        "contents": _("On this page"),
    }
