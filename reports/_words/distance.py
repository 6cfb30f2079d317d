"""Words for what would change the status: the figures that people can change, by how much, and when."""

from __future__ import annotations

from typing import Final

from reports._format import count, day, days, listed, number, quantity

HEADING: Final = "What would change the status"
MEASURES: Final = "What stands in the way"
TRIGGERS: Final = "What would bring it"
RESTS: Final = "What this rests on"
SKIP: Final = "Skip to what would change the status"


class Headings:
    """The headings of the page."""

    skip = SKIP


COLUMNS: Final = ("Status now", "Less severe", "More severe")
CAPTION: Final = "The least change of one figure that would bring the next status"
NONE: Final = "none"
BY_ITSELF: Final = "comes by itself"
NO_SINGLE: Final = "no single figure would do"


def title(unit: str, as_of: str) -> str:
    return f"{HEADING}? {unit}, {day(as_of)}"


def heading(status: str, *, less: bool) -> str:
    return f"{status}: one status {'less' if less else 'more'} severe"


def by_itself(status: str, on: str) -> str:
    return f"Nothing need change: if the figures stay as they are, {status} comes on {day(on)}."


def goes_on(status: str) -> str:
    return f"If the figures stay as they are, {status} goes on."


def ahead(steps: list[tuple[str, str]]) -> str:
    return f"If the figures stay as they are: {listed([f'{status} from {day(on)}' for status, on in steps])}."


def needed(
    name: str, unit: str | None, start: str, end: str, change: str, status: str, on: str, returns: int
) -> str:
    more = "less" if change.startswith("-") else "more"
    size = quantity(change.lstrip("-"), unit)
    when = f"{status} would come on {day(on)}, {_after(returns)}"
    return f"{name}: {size} {more} ({number(start)} to {quantity(end, unit)}). {when}."


def _after(returns: int) -> str:
    if returns == 0:
        return "before another return"
    return "with the next return" if returns == 1 else f"with the {_ordinal(returns)} return from now"


def _ordinal(size: int) -> str:
    words = (
        "",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
    )
    if size < len(words):
        return words[size]
    ending = "th" if size % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(size % 10, "th")
    return f"{size}{ending}"


def together(parts: list[str], status: str, on: str, returns: int) -> str:
    return (
        f"No single figure would do. Together these would: {listed(parts)}. "
        f"{status} would come on {day(on)}, {_after(returns)}."
    )


def part(name: str, unit: str | None, change: str, end: str) -> str:
    more = "less" if change.startswith("-") else "more"
    return f"{name} {quantity(change.lstrip('-'), unit)} {more} (to {quantity(end, unit)})"


def nothing_would(status: str) -> str:
    return f"Nothing that people can change would bring {status} by itself. Other figures stand in the way."


def nothing_found(status: str, steps: int) -> str:
    return (
        f"No change was found that brings {status}. All of up to {count(steps, 'step')} together were tried."
    )


def not_by_itself(figures: str) -> str:
    return f"Not by itself, whatever it is: {figures}."


def not_found(figures: str) -> str:
    return f"Not by itself, within the changes that were tried: {figures}."


def no_part(figures: str) -> str:
    return f"No status rests on: {figures}."


def not_given(figures: str) -> str:
    return f"Not known, so nothing can be said of it: {figures}."


def measure(verdict: str, text: str, run: str | None, needs: str | None) -> str:
    if run and needs:
        text = f"{text} It has held for {run}. It needs {needs}."
    elif needs:
        text = f"{text} It needs {needs}."
    return f"{verdict}: {text}"


def status_of_figures(status: str) -> str:
    return f"This speaks of what the figures give, which is {status}, and of no declaration or suspension."


def suspended() -> str:
    return "The framework is set aside. Until that ends, a change of the figures changes nothing."


def undeclared() -> str:
    return "A person must declare the status, and nobody has. What the figures give is advice."


def declared(status: str) -> str:
    return f"A person has declared {status}. The declaration stands for its time, whatever the figures do."


def no_return() -> str:
    return "There is no return, so there is nothing to go by. Send one."


def stale(as_of: str) -> str:
    return (
        f"The newest return, of {day(as_of)}, is too old. What follows is what its figures would give again."
    )


def unknown(figures: str, statuses: list[str]) -> str:
    could = f" It could be {listed(statuses, 'or')}." if statuses else ""
    if not figures:
        return f"Which status holds is not known, so nothing can be said.{could}"
    return f"Which status holds is not known, because these figures are missing: {figures}.{could} Send them."


def no_return_ahead() -> str:
    return "No further return is due, so nothing can change."


def no_levers() -> str:
    return "The framework names no figure that people can change."


def returns_come(first: str, every: int) -> str:
    often = "day" if every == 1 else "week" if every == 7 else days(every)
    return f"A return comes every {often}, the next one on {day(first)}."


def same_figures(as_of: str) -> str:
    return f"Each says what the return of {day(as_of)} said, but for the change. Nothing else changes."


def overdue(returns: int) -> str:
    return f"{count(returns, 'return')} that {'was' if returns == 1 else 'were'} due before {_did(returns)} not come."


def _did(returns: int) -> str:
    return "has" if returns == 1 else "have"


def carried_again(figures: str) -> str:
    return f"Figures that were carried forward are given again: {figures}."


def version_begins(title_: str, on: str) -> str:
    return f"From {day(on)} another version counts: {title_}."


def version_ends(on: str) -> str:
    return f"From {day(on)} no version is in force."


def settings_begin(group: str, on: str) -> str:
    return f"From {day(on)} other settings of the {group} count."


def unit_ends(unit: str, on: str) -> str:
    return f"The {unit} ends on {day(on)}."


def looked_until(on: str, *, cut: bool) -> str:
    why = "What comes later was not looked at." if cut else "By then the status has come to rest."
    return f"Returns up to {day(on)} were looked at. {why}"


def illustrative() -> str:
    return "Some of the numbers that the figures are compared with are illustrative."


def proved() -> str:
    return "Each change was decided by both rule engines: with it the status comes, with one step less it does not."


def one_cell(figure: str, change: str, unit: str | None, status: str, on: str) -> str:
    sign = "" if change.startswith("-") else "+"
    return f"{figure} {sign}{quantity(change, unit)}: {status}, {day(on)}"


def comes_cell(status: str, on: str) -> str:
    return f"{status} {BY_ITSELF}, {day(on)}"


def together_cell(size: int, status: str, on: str) -> str:
    return f"{count(size, 'figure')} together: {status}, {day(on)}"


def all_note() -> str:
    return "From the next return on, with all else as it is. `prioritise distance PDU` says it in full."


def now_status(status: str, since: str | None) -> str:
    return f"The status is {status}{f', since {day(since)}' if since else ''}."
