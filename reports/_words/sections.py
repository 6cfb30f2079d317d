"""Words for reductions, duties and refusals, and the headings of the page."""

from __future__ import annotations

from typing import Final

from reports._explanation import Headings
from reports._format import capital, day, day_before, number, plain, singular
from reports._words import periods
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext


def headings(*, decided: bool) -> Headings:
    """The headings of the page; `decided` where some conditions decided and are told apart from the others."""
    return Headings(
        # Translators: the heading above the conditions that decided the status.
        conditions=pgettext("heading", "Why"),
        others=_("The other conditions, in short") if decided else _("The conditions"),
        reductions=_("What may be reduced"),
        duties=_("What must still be done"),
        refusals=_("What may not be reduced, and why"),
        data=_("What the figures lacked"),
        settings=_("Settings and illustrative numbers"),
        audit=_("How to check this decision"),
        audit_summary=_("Hashes, figures, rules and the command"),
        fired=_("Rules that fired, in order"),
        command=_("To work it out again"),
        skip=_("Skip to the explanation"),
        source=_("Source"),
    )


STRENGTHS: Final = {
    "may": N_("You may do this instead:"),
    "should": N_("You should do this instead:"),
    "must": N_("You must do this instead:"),
    "consider": N_("Consider doing this instead:"),
}
LIMITS: Final = {
    "floor": N_("Never less than"),
    "except": N_("Not for"),
    "only": N_("Only for"),
    "status": N_("Status"),
    "when": N_("When"),
    "review": N_("Review by"),
    "releases": N_("Time released"),
    "usual": N_("Usually"),
}


def limit(key: str) -> str:
    """The label of something to mind about a reduction."""
    return _(LIMITS[key])


def strength(word: str) -> str:
    return _(STRENGTHS.get(word, STRENGTHS["may"]))


def may_reduce(size: int) -> str:
    return ngettext(
        "{number} activity may be reduced. Do everything else in full.",
        "{number} activities may be reduced. Do everything else in full.",
        size,
    ).format(number=number(str(size)))


def still_stands(size: int) -> str:
    return ngettext(
        "{number} reduction still stands. Do everything else in full.",
        "{number} reductions still stand. Do everything else in full.",
        size,
    ).format(number=number(str(size)))


def nothing_to_reduce(status: str, *, level: bool) -> str:
    return (
        _("Nothing may be reduced at {status}.").format(status=status)
        if level
        else _("Nothing may be reduced.")
    )


def reduction_from(title: str, status: str) -> str:
    # Translators: {title} is an activity, {status} the status from which on it may be reduced.
    return _("{title} (from {status} on)").format(title=title, status=status)


def available(since: str | None, ends: str | None, grace: str | None) -> str:
    """From when until when; `grace` is the last day on which it stands while the status is not known."""
    if grace and (not ends or ends > grace):
        start = _("From {day}.").format(day=day(since)) if since else _("From now.")
        stands = _("While the status is not known, it stands until the end of {day}.").format(day=day(grace))
        lapse = _("It would lapse on {day} in any case.").format(day=day(ends)) if ends else ""
        return " ".join(filter(None, [start, stands, lapse]))
    if ends and since:
        text = _("From {first} up to and including {last}. It lapses on {day}.")
        return text.format(first=day(since), last=day_before(ends), day=day(ends))
    if ends:
        text = _("From now up to and including {last}. It lapses on {day}.")
        return text.format(last=day_before(ends), day=day(ends))
    if since:
        return _("From {day}, for as long as the status and its conditions allow it.").format(day=day(since))
    return _("From now, for as long as the status and its conditions allow it.")


def begins(status: str) -> str:
    return _("{status} and above").format(status=status)


def one_of_unit(name: str, unit: str | None) -> str:
    return singular(unit) if unit else name


def releases(minutes: str, one: str, every: str, *, illustrative: bool) -> str:
    """How much time a reduction releases: so many minutes for one of something in each period."""
    # Translators: stands in "About 60 minutes for each case every month".
    amount = ngettext("{number} minute", "{number} minutes", 1 if minutes == "1" else 2)
    text = (
        # Translators: {amount} is such as "60 minutes", {one} such as "case", {often} such as "every month".
        _("About {amount} for each {one} {often} (illustrative number).")
        if illustrative
        # Translators: {amount} is such as "60 minutes", {one} such as "case", {often} such as "every month".
        else _("About {amount} for each {one} {often}.")
    )
    return text.format(amount=amount.format(number=minutes), one=one, often=periods.every(every))


def duties(size: int) -> str:
    if not size:
        return _("This framework names no mandatory activity.")
    return ngettext(
        "{number} activity is mandatory. No status reduces them.",
        "{number} activities are mandatory. No status reduces them.",
        size,
    ).format(number=number(str(size)))


def refusals(size: int) -> str:
    if size:
        return _("These reductions are not allowed now.")
    return _("There is no other reduction in this framework.")


def below_status(status: str) -> str:
    return _("Only from {status} on.").format(status=status)


def further(status: str) -> str:
    return _("A further reduction, only from {status} on.").format(status=status)


def condition_false(what: str) -> str:
    # Translators: {phrases} is such as "Staffing is 82%, 3 points below 85%", or several of them.
    return _("Its own condition is not met: {phrases}.").format(phrases=what)


def condition_unknown(figures: str) -> str:
    if not figures:
        return _("Whether its own condition is met is not known.")
    text = _("Whether its own condition is met is not known. Missing: {figures}.")
    return text.format(figures=figures)


def withheld(set_by: str | None, group: str, unit: str) -> str:
    if set_by == "region":
        # Translators: {group} is what the organisation calls a group of units, such as "region".
        return _("The {group} has taken this reduction away.").format(group=group)
    if set_by == "pdu":
        # Translators: {unit} is what the organisation calls a unit, such as "PDU".
        return _("The settings for this {unit} have taken this reduction away.").format(unit=unit)
    if set_by:
        return _("{who} has taken this reduction away.").format(who=capital(plain(set_by)))
    return _("The settings have taken this reduction away.")


def lapsed(on: str) -> str:
    return _("Its time is over: it lapsed on {day}.").format(day=day(on))


def superseded(status: str) -> str:
    return _("The reduction from {status} on stands in its place.").format(status=status)


REFUSED: Final = {
    "suspended": N_("The framework is set aside."),
    "undeclared": N_("No status has been declared."),
    "indeterminate": N_("The status is indeterminate."),
}


def refused(code: str) -> str:
    return _(REFUSED[code]) if code in REFUSED else _("The framework does not allow it now.")
