"""Words for the top of the page: the status and why."""

from __future__ import annotations

from typing import Final

from reports._format import capital, day, days, either, listed, number
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext

NO_LEVELS: Final = {
    "indeterminate": N_("Indeterminate"),
    "undeclared": N_("No status declared"),
    "suspended": N_("Suspended"),
}
"""Statuses that no framework names, to be translated where they are shown."""
NO_LEVEL_LETTERS: Final = {"indeterminate": "?", "undeclared": "-", "suspended": "/"}


def title(unit: str, status: str, since: str | None) -> str:
    if not since:
        return f"{unit}: {status}"
    return _("{unit}: {status} since {day}").format(unit=unit, status=status, day=day(since))


def place(as_of: str, group: str, region: str, framework: str) -> str:
    # Translators: {group} is what the organisation calls a group of units ("Region"), {region} the name of one.
    return _("Decision for {day}. {group}: {region}. Framework: {framework}.").format(
        day=day(as_of), group=capital(group), region=region, framework=framework
    )


def review_by(iso: str) -> str:
    return _("Review by {day}.").format(day=day(iso))


def previous(status: str) -> str:
    return _("Before that: {status}.").format(status=status)


def outstayed(status: str, limit: int | None) -> str:
    if limit:
        text = _("{status} has now lasted for {days} or more. Ask whether this is still the right answer.")
        return text.format(status=status, days=days(limit))
    return _(
        "{status} has now lasted for longer than the framework expects. "
        "Ask whether this is still the right answer."
    ).format(status=status)


def entered(phrases: list[str], more: int) -> str:
    return capital(_phrases(phrases, more)) + "."


def held(status: str, phrases: list[str], more: int, *, known: bool) -> str:
    text = (
        # Translators: {phrases} is such as "Staffing is 82%, 3 points below 85%", or several of them.
        _("{status} goes on because what would end it is not met yet: {phrases}.")
        if known
        # Translators: {phrases} is such as "Staffing is 82%, 3 points below 85%", or several of them.
        else _("{status} goes on because it is not known whether what would end it is met: {phrases}.")
    )
    return text.format(status=status, phrases=_phrases(phrases, more))


def stopped(status: str, phrases: list[str], more: int, *, known: bool) -> str:
    text = (
        # Translators: {phrases} is such as "Staffing is 82%, 3 points below 85%", or several of them.
        _("Held at {status}, because what would end it is not met: {phrases}.")
        if known
        # Translators: {phrases} is such as "Staffing is 82%, 3 points below 85%", or several of them.
        else _("Held at {status}, because it is not known whether what would end it is met: {phrases}.")
    )
    return text.format(status=status, phrases=_phrases(phrases, more))


def held_short(status: str, run: str, needs: str) -> str:
    # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
    text = _("{status} goes on because what would end it has held for only {run}. It needs {needs}.")
    return text.format(status=status, run=run, needs=needs)


def stopped_short(status: str, run: str, needs: str) -> str:
    # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
    text = _("Held at {status}, because what would end it has held for only {run}. It needs {needs}.")
    return text.format(status=status, run=run, needs=needs)


def still_begun(status: str, phrases: list[str], more: int) -> str:
    # Translators: {phrases} is such as "Staffing is 82%, 3 points below 85%", or several of them.
    text = _("Held at {status}, because what begins it is met: {phrases}.")
    return text.format(status=status, phrases=_phrases(phrases, more))


def not_over(status: str, *, known: bool) -> str:
    text = (
        _("{status} stays because what begins it holds, though not for long enough to begin it anew.")
        if known
        else _("{status} stays because it is not known whether what begins it holds.")
    )
    return text.format(status=status)


def _phrases(phrases: list[str], more: int) -> str:
    if not more:
        return listed(phrases)
    # Translators: the last of a list: "Staffing is 82%, workload is 120% and 3 more conditions".
    others = ngettext("{number} more condition", "{number} more conditions", more)
    return listed([*phrases, others.format(number=number(str(more)))])


def stays(status: str, minimum: int, until: str) -> str:
    text = _("What ends {status} is met, but {status} lasts at least {days}. It can end from {day} on.")
    return text.format(status=status, days=days(minimum), day=until)


def one_step(status: str) -> str:
    text = _("The framework limits how many levels a status may move at one return. That leaves {status}.")
    return text.format(status=status)


def approaching(kind: str, status: str, phrase: str, run: str, needs: str) -> str:
    text = (
        # Translators: {phrase} is such as "Staffing is 82%, 3 points below 85%", {run} and {needs} such as "2 weeks".
        _(
            "Watch this: {phrase}. It has held for {run}. "
            "From {needs} on it counts towards the end of {status}."
        )
        if kind == "exit"
        # Translators: {phrase} is such as "Staffing is 82%, 3 points below 85%", {run} and {needs} such as "2 weeks".
        else _("Watch this: {phrase}. It has held for {run}. From {needs} on it counts towards {status}.")
    )
    return text.format(phrase=phrase, run=run, needs=needs, status=status)


def nothing_triggered(statuses: list[str]) -> str:
    if not statuses:
        return _("The framework has no more severe status.")
    # Translators: {statuses} is such as "Amber or Red".
    return _("No condition for {statuses} is met.").format(statuses=either(statuses))


def nothing_certain(statuses: list[str]) -> str:
    # Translators: {statuses} is such as "Amber or Red".
    text = _("No condition for {statuses} is met. The missing figures could not change that.")
    return text.format(statuses=either(statuses))


def came_down(status: str) -> str:
    return _("What ends {status} is met.").format(status=status)


def first_figures() -> str:
    return _("These were the first figures that could be judged. So they counted at once, without waiting.")


def mapped(old: str, new: str) -> str:
    text = _("This version of the framework has no status {before}. It became {after}.")
    return text.format(before=old, after=new)


def does_not_decide(statuses: list[str]) -> str:
    # Translators: {statuses} is such as "Amber and Red".
    text = _("Indeterminate: the figures do not decide between {statuses}.")
    return text.format(statuses=listed(statuses))


def undecided() -> str:
    return _("Indeterminate: the figures do not decide which status holds.")


def no_return(unit: str) -> str:
    # Translators: {unit} is what the organisation calls a unit, such as "PDU".
    return _("Indeterminate: there is no return for this {unit} that can be used.").format(unit=unit)


def stale(as_of: str, stale_after: int) -> str:
    return _(
        "Indeterminate: the newest return is too old. It is from {day}, and a return counts for {days}."
    ).format(day=day(as_of), days=days(stale_after))


def missing(figures: str) -> str:
    return _("Missing: {figures}.").format(figures=figures)


def last_determinate(status: str, as_of: str) -> str:
    return _("The last clear status was {status}, on {day}.").format(status=status, day=day(as_of))


def never_determinate() -> str:
    return _("There has been no clear status before.")


def nothing_on_that_ground() -> str:
    return _("While the status is not known, nothing may be reduced.")


def grace(as_of: str, until: str) -> str:
    return _(
        "What was allowed on {day}, the last clear day, still stands until the end of {last}. "
        "Nothing new may start."
    ).format(day=day(as_of), last=day(until))


def no_reason() -> str:
    return _("The figures give this status.")


def calculated(status: str, since: str | None) -> str:
    if not since:
        return _("The figures alone give {status}.").format(status=status)
    return _("The figures alone give {status}, since {day}.").format(status=status, day=day(since))


def nothing_judged() -> str:
    return _("No condition has been judged.")
