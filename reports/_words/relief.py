"""Words for relief: how many hours a month are missing, what the reductions release, and what would be enough."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports._format import capital, count, day, listed, number, quantity, singular

ACTIVITY: Final = "May be reduced"
FROM: Final = "From"
WORKED_OUT: Final = "Worked out from"
HOURS: Final = "Hours a month"
MORE: Final = "More than now"
TOGETHER: Final = "Together"
STATUS: Final = "Status"
MISSING: Final = "Missing"
RELEASED: Final = "Released"
ENOUGH: Final = "Enough?"
ONE_UP: Final = "One status up"
NOT_KNOWN: Final = "not known"
NONE: Final = "-"
VERDICTS: Final = {True: "yes", False: "no", None: NOT_KNOWN}
NO_FIGURE: Final = "no time is stated"
PARTLY: Final = " or more"
PERIODS: Final = {
    "day": "each day", "week": "each week", "month": "each month", "quarter": "each quarter", "year": "each year",
}  # fmt: skip


class Headings:
    """The headings of the page."""

    skip: Final = "Skip to the hours"
    now: Final = "What the reductions release"
    ahead: Final = "One status up"
    rests: Final = "What this rests on"


def title(name: str, as_of: str) -> str:
    return f"Are the reductions enough? {name}, {day(as_of)}"


def hours(text: str) -> str:
    return f"{number(text)} {'hour' if text in ('1', '1.0') else 'hours'} a month"


def lacks(status: str, text: str) -> str:
    return f"{status}: {hours(text)} are missing."


def lacks_nothing(status: str, spare: str | None) -> str:
    more = "" if spare is None else f" There are {hours(spare)} to spare."
    return f"{status}: no hours are missing.{more}"


def released(text: str, size: int, *, partly: bool) -> str:
    if not size:
        return "Nothing may be reduced now, so nothing is released."
    if partly and not text.strip("0."):
        return "What the reductions release that are allowed now is not known."
    least = "at least " if partly else ""
    return f"What may be reduced now releases {least}{hours(text)}, if all of it is used."


def enough() -> str:
    return "That is enough."


def not_enough(left: str) -> str:
    return f"That is not enough: {hours(left)} stay missing."


def perhaps_enough(left: str, size: int) -> str:
    which = "one reduction releases" if size == 1 else f"{size} reductions release"
    return (
        f"It is not known whether that is enough: {hours(left)} stay missing, and what {which} is not known."
    )


def least(names: Sequence[str], text: str) -> str:
    if len(names) == 1:
        return f"One reduction would be enough by itself: {names[0]} ({hours(text)})."
    return f"The fewest that would be enough are {len(names)}: {listed(names)} ({hours(text)})."


def ahead(status: str, size: int, text: str, covers: bool | None, *, partly: bool) -> str:
    if not size:
        return f"At {status} nothing further may be reduced."
    if partly and not text.strip("0."):
        return f"What the reductions would release at {status} is not known."
    least_ = "at least " if partly else ""
    found = f"At {status} the reductions would release {least_}{hours(text)}"
    more = {True: ", which is enough", False: ", which is not enough", None: ""}[covers]
    return f"{found}{more}."


def because(code: str, unit: str, figures: str, as_of: str | None) -> str:
    match code:
        case "not_stated":
            return "How many hours are missing is not known: this version of the framework does not say how to tell."
        case "no_return":
            return f"How many hours are missing is not known: this {unit} has sent no figures."
        case "stale":
            return f"How many hours are missing is not known: the figures of {day(as_of or '')} are too old."
        case "missing":
            return f"How many hours are missing is not known. Not given: {figures}."
        case _:
            return "How many hours are missing is not known: it would take a division by zero."


def worked_out(minutes: str, figure: str | None, what: str, unit: str | None, every: str) -> str:
    amount = f"{number(minutes)} {'minute' if minutes == '1' else 'minutes'} {PERIODS[every]}"
    each = singular(unit) if unit and unit != "percent" else what
    if figure is None:
        return f"{amount} for each {each}; how many there are is not known"
    return (
        f"{amount} for each of {quantity(figure, unit)}"
        if unit
        else f"{amount}, {number(figure)} times ({what})"
    )


def unknown(activity: str, code: str, figures: str) -> str:
    if code == "not_stated":
        return f"{activity}: the framework does not say what time it releases. It is not counted as nothing."
    if code == "missing":
        return f"{activity}: what it releases is not known. Not given: {figures}."
    return f"{activity}: what it releases is not known, since it would take a division by zero."


def assumption(code: str, figures: str) -> str:
    return {
        "used_in_full": "Each reduction is used to the full.",
        "every_unit": "The minutes count for each of all cases, those that a reduction spares among them. "
        "They are an average that the framework gives.",
        "month_of_365_days_by_12": "A month is the twelfth part of 365 days.",
        "carried": f"Earlier figures stand in for missing ones: {figures}.",
        "default": f"The framework's own figures stand in for missing ones: {figures}.",
        "conditions_as_now": "One status up, the conditions of each reduction are taken to be as they are now.",
    }[code]


def rounding() -> str:
    return "Hours are exact until they are rounded at the end, so parts may not quite add up to their sum."


def formula(text: str) -> str:
    return f"The hours that are missing are worked out as {text}."


def note(text: str) -> str:
    return f"The framework says of it: {text}"


def illustrative(what: Sequence[str]) -> tuple[str, str]:
    return ("Illustrative numbers", f"Examples, not published policy: {listed(what)}.")


SHORTFALL_NUMBERS: Final = "how the hours that are missing are worked out"
RELEASE_NUMBERS: Final = "the minutes that reductions release"


def from_status(status: str) -> str:
    return f"{status} on"


def caption(status: str) -> str:
    return f"Further reductions at {status}"


def all_summary(enough_: int, short: int, open_: int, one: str, many: str) -> str:
    told = [f"for {enough_} they are enough", f"for {short} they are not"]
    if open_:
        told.append(f"for {open_} it is not known")
    return capital(f"of {count(enough_ + short + open_, one, many)}, {listed(told)}.")


ALL_NOTE: Final = (
    "Hours a month. Missing hours below 0 are to spare. The last column has what the reductions would release "
    "one status up."
)
