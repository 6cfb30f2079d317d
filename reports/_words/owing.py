"""Words for what is owed: which returns, and what to ask about them. Days are as their decisions write them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from reports._format import listed
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

SHORT: Final = {
    "missing": N_("No return yet"),
    "stale": N_("Too old"),
    "late": N_("Late"),
    "not_given": N_("Figure missing"),
    "jump": N_("Figure jumped"),
    "unchanged": N_("Figure stands still"),
}
"""What is owed in two or three words, to be translated where it is shown."""
_WITHIN: Final = {
    # Translators: stands within a line: "no return yet".
    "missing": N_("no return yet"),
    # Translators: stands within a line.
    "stale": N_("too old"),
    # Translators: stands within a line.
    "late": N_("late"),
    # Translators: stands within a line.
    "not_given": N_("figure missing"),
    # Translators: stands within a line.
    "jump": N_("figure jumped"),
    # Translators: stands within a line.
    "unchanged": N_("figure stands still"),
}


def within(kind: str) -> str:
    """The same within a line."""
    return _(_WITHIN[kind])


def missing(due: object) -> str:
    return _("No return has come since {due}, the first day that one was due.").format(due=due)


def stale(newest: object, due: object, stale_after: int) -> str:
    # Translators: {newest} and {due} are days; {number} is a number of days, and 1 is among the cases.
    text = ngettext(
        "The newest return is of {newest}, older than the {number} days that figures count. "
        "One was due on {due}.",
        "The newest return is of {newest}, older than the {number} days that figures count. "
        "One was due on {due}.",
        stale_after,
    )
    return text.format(newest=newest, number=stale_after, due=due)


def late(newest: object, due: object, days: int) -> str:
    # Translators: {due} and {newest} are days.
    text = ngettext(
        "A return was due on {due}, {number} day ago. The newest is of {newest}.",
        "A return was due on {due}, {number} days ago. The newest is of {newest}.",
        days,
    )
    return text.format(due=due, number=days, newest=newest)


def not_given(figure: object, newest: object) -> str:
    text = _("Decisions need {figure}, and the return of {newest} does not give it.")
    return text.format(figure=figure, newest=newest)


def several_not_given(figures: Sequence[str], newest: object) -> str:
    text = _("Decisions need {figures}, and the return of {newest} does not give them.")
    return text.format(figures=listed(figures), newest=newest)


def unfit(figure: object, newest: object) -> str:
    text = _("Decisions need {figure}, and what the return of {newest} gives does not fit the framework.")
    return text.format(figure=figure, newest=newest)


def jump(figure: object, newest: object, details: Mapping[str, Any]) -> str:
    # Translators: {before_day} and {day} are days; {number} is how many returns came before; 1 is among the cases.
    text = ngettext(
        "{figure} went from {before} on {before_day} to {after} on {day}; "
        "its largest change in {number} returns before was {largest}. Check it.",
        "{figure} went from {before} on {before_day} to {after} on {day}; "
        "its largest change in {number} returns before was {largest}. Check it.",
        details["changes"],
    )
    return text.format(
        figure=figure,
        before=details["before"],
        before_day=details["before_as_of"],
        after=details["value"],
        day=newest,
        number=details["changes"],
        largest=details["largest"],
    )


def unchanged(figure: object, details: Mapping[str, Any]) -> str:
    if details["others_changed"]:
        # Translators: {day} is a day; "most others'" are figures of other units; 1 is among the cases.
        text = ngettext(
            "{figure} has not changed in {number} returns, since {day}. Most others' have. Check it.",
            "{figure} has not changed in {number} returns, since {day}. Most others' have. Check it.",
            details["returns"],
        )
    else:
        # Translators: {day} is a day; "most others'" are figures of other units; 1 is among the cases.
        text = ngettext(
            "{figure} has not changed in {number} returns, since {day}, and nor has anything else. "
            "Most others' have. Check it.",
            "{figure} has not changed in {number} returns, since {day}, and nor has anything else. "
            "Most others' have. Check it.",
            details["returns"],
        )
    return text.format(figure=figure, number=details["returns"], day=details["since"])


def counted(as_of: object, units: int, word: str, fine: int) -> str:
    # Translators: {day} is a day; {units} is such as "12 PDUs"; {number} of them owe nothing; 1 is among the cases.
    text = ngettext(
        "As of {day}: {units}, {number} with nothing to ask about.",
        "As of {day}: {units}, {number} with nothing to ask about.",
        fine,
    )
    return text.format(day=as_of, units=f"{units} {word}", number=fine)


def title(as_of: object) -> str:
    return _("Returns owed, as of {day}").format(day=as_of)


def heads() -> tuple[str, str]:
    return (
        # Translators: the heading of a column: what is owed, in two or three words.
        pgettext("column", "What"),
        # Translators: the heading of a column: a sentence that says what to ask a unit.
        pgettext("column", "Ask about"),
    )


def ask(contact: str) -> str:
    # Translators: {contact} is whom to ask about a region's returns.
    return _("Ask: {contact}").format(contact=contact)
