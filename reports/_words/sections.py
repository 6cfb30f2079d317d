"""Words for reductions, duties and refusals, and the headings of the page."""

from __future__ import annotations

from typing import Final

from reports._explanation import Headings
from reports._format import capital, count, day, day_before, plain, singular

OTHERS: Final = {True: "The other conditions, in short", False: "The conditions"}
HEADINGS: Final = Headings(
    conditions="Why",
    others=OTHERS[True],
    reductions="What may be reduced",
    duties="What must still be done",
    refusals="What may not be reduced, and why",
    data="What the figures lacked",
    settings="Settings and illustrative numbers",
    audit="How to check this decision",
    audit_summary="Hashes, figures, rules and the command",
    fired="Rules that fired, in order",
    command="To work it out again",
    skip="Skip to the explanation",
    source="Source",
)


STRENGTHS: Final = {
    "may": "You may do this instead:",
    "should": "You should do this instead:",
    "must": "You must do this instead:",
    "consider": "Consider doing this instead:",
}


LIMITS: Final = {
    "floor": "Never less than",
    "except": "Not for",
    "only": "Only for",
    "status": "Status",
    "when": "When",
    "review": "Review by",
    "releases": "Time released",
    "usual": "Usually",
}


def strength(word: str) -> str:
    return STRENGTHS.get(word, STRENGTHS["may"])


def may_reduce(size: int) -> str:
    return f"{count(size, 'activity', 'activities')} may be reduced. Do everything else in full."


def still_stands(size: int) -> str:
    return f"{count(size, 'reduction still stands', 'reductions still stand')}. Do everything else in full."


def nothing_to_reduce(status: str, *, level: bool) -> str:
    return f"Nothing may be reduced at {status}." if level else "Nothing may be reduced."


def reduction_from(title: str, status: str) -> str:
    return f"{title} (from {status} on)"


def available(since: str | None, ends: str | None, grace: str | None) -> str:
    """From when until when; `grace` is the last day on which it stands while the status is not known."""
    start = f"From {day(since)}" if since else "From now"
    if grace and (not ends or ends > grace):
        lapse = f" It would lapse on {day(ends)} in any case." if ends else ""
        return f"{start}. While the status is not known, it stands until the end of {day(grace)}.{lapse}"
    if ends:
        return f"{start} up to and including {day_before(ends)}. It lapses on {day(ends)}."
    return f"{start}, for as long as the status and its conditions allow it."


def begins(status: str) -> str:
    return f"{status} and above"


def one_of_unit(name: str, unit: str | None) -> str:
    return singular(unit) if unit else name


def releases(amount: str, one: str, every: str, *, illustrative: bool) -> str:
    return f"About {amount} for each {one} every {every}{' (illustrative number)' if illustrative else ''}."


def duties(size: int) -> str:
    if not size:
        return "This framework names no mandatory activity."
    return f"{count(size, 'activity is', 'activities are')} mandatory. No status reduces them."


def refusals(size: int) -> str:
    return (
        "These reductions are not allowed now." if size else "There is no other reduction in this framework."
    )


def below_status(status: str) -> str:
    return f"Only from {status} on."


def further(status: str) -> str:
    return f"A further reduction, only from {status} on."


def condition_false(what: str) -> str:
    return f"Its own condition is not met: {what}."


def condition_unknown(figures: str) -> str:
    return (
        f"Whether its own condition is met is not known. Missing: {figures}."
        if figures
        else ("Whether its own condition is met is not known.")
    )


def withheld(set_by: str | None, group: str, unit: str) -> str:
    by = {"region": f"The {group} has", "pdu": f"The settings for this {unit} have"}
    who = by.get(set_by or "") or (f"{capital(plain(set_by))} has" if set_by else "The settings have")
    return f"{who} taken this reduction away."


def lapsed(on: str) -> str:
    return f"Its time is over: it lapsed on {day(on)}."


def superseded(status: str) -> str:
    return f"The reduction from {status} on stands in its place."


REFUSED: Final = {
    "suspended": "The framework is set aside.",
    "undeclared": "No status has been declared.",
    "indeterminate": "The status is indeterminate.",
}


def refused(code: str) -> str:
    return REFUSED.get(code, "The framework does not allow it now.")
