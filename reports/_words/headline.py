"""Words for the top of the page: the status, why, what a person decided, and the labels."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, days, listed, plain, sentence

NO_LEVELS: Final = {
    "indeterminate": "Indeterminate",
    "undeclared": "No status declared",
    "suspended": "Suspended",
}
NO_LEVEL_LETTERS: Final = {"indeterminate": "?", "undeclared": "-", "suspended": "/"}


def title(unit: str, status: str, since: str | None) -> str:
    return f"{unit}: {status} since {day(since)}" if since else f"{unit}: {status}"


def place(as_of: str, group: str, region: str, framework: str) -> str:
    return f"Decision for {day(as_of)}. {capital(group)}: {region}. Framework: {framework}."


def review_by(iso: str) -> str:
    return f"Review by {day(iso)}."


def previous(status: str) -> str:
    return f"Before that: {status}."


def outstayed(status: str, limit: int | None) -> str:
    limits = f" for {days(limit)} or more" if limit else " for longer than the framework expects"
    return f"{status} has now lasted{limits}. Ask whether this is still the right answer."


def entered(phrases: list[str], more: int) -> str:
    return capital(_phrases(phrases, more)) + "."


def held(status: str, phrases: list[str], more: int, *, known: bool) -> str:
    why = "what would end it is not met yet" if known else "it is not known whether what would end it is met"
    return f"{status} goes on because {why}: {_phrases(phrases, more)}."


def stopped(status: str, phrases: list[str], more: int, *, known: bool) -> str:
    why = "what would end it is not met" if known else "it is not known whether what would end it is met"
    return f"Held at {status}, because {why}: {_phrases(phrases, more)}."


def held_short(status: str, run: str, needs: str) -> str:
    return f"{status} goes on because what would end it has held for only {run}. It needs {needs}."


def stopped_short(status: str, run: str, needs: str) -> str:
    return f"Held at {status}, because what would end it has held for only {run}. It needs {needs}."


def still_begun(status: str, phrases: list[str], more: int) -> str:
    return f"Held at {status}, because what begins it is met: {_phrases(phrases, more)}."


def not_over(status: str, *, known: bool) -> str:
    if not known:
        return f"{status} stays because it is not known whether what begins it holds."
    return f"{status} stays because what begins it holds, though not for long enough to begin it anew."


def _phrases(phrases: list[str], more: int) -> str:
    return listed([*phrases, count(more, "more condition")] if more else phrases)


def stays(status: str, minimum: int, until: str) -> str:
    return (
        f"What ends {status} is met, but {status} lasts at least {days(minimum)}. It can end from {until} on."
    )


def one_step(status: str) -> str:
    return f"The framework limits how many levels a status may move at one return. That leaves {status}."


def approaching(kind: str, status: str, phrase: str, run: str, needs: str) -> str:
    what = f"the end of {status}" if kind == "exit" else status
    return f"Watch this: {phrase}. It has held for {run}. From {needs} on it counts towards {what}."


def nothing_triggered(statuses: list[str]) -> str:
    if not statuses:
        return "The framework has no more severe status."
    return f"No condition for {listed(statuses, 'or')} is met."


def nothing_certain(statuses: list[str]) -> str:
    return f"No condition for {listed(statuses, 'or')} is met. The missing figures could not change that."


def came_down(status: str) -> str:
    return f"What ends {status} is met."


def first_figures() -> str:
    return "These were the first figures that could be judged. So they counted at once, without waiting."


def mapped(old: str, new: str) -> str:
    return f"This version of the framework has no status {old}. It became {new}."


def does_not_decide(statuses: list[str]) -> str:
    return f"Indeterminate: the figures do not decide between {listed(statuses)}."


def undecided() -> str:
    return "Indeterminate: the figures do not decide which status holds."


def no_return(unit: str) -> str:
    return f"Indeterminate: there is no return for this {unit} that can be used."


def stale(as_of: str, stale_after: int) -> str:
    return (
        f"Indeterminate: the newest return is too old. It is from {day(as_of)}, "
        f"and a return counts for {days(stale_after)}."
    )


def missing(figures: str) -> str:
    return f"Missing: {figures}."


def last_determinate(status: str, as_of: str) -> str:
    return f"The last clear status was {status}, on {day(as_of)}."


def never_determinate() -> str:
    return "There has been no clear status before."


def nothing_on_that_ground() -> str:
    return "While the status is not known, nothing may be reduced."


def grace(as_of: str, until: str) -> str:
    return (
        f"What was allowed on {day(as_of)}, the last clear day, still stands until the end of {day(until)}. "
        "Nothing new may start."
    )


def suspended(by: str, from_: str, until: str | None, scope: str, reason: str) -> str:
    last = f"until {day(until)}" if until else "with no last day set"
    return (
        f"The framework is set aside {scope}, from {day(from_)} {last}, by the {plain(by)}. "
        f"Reason: {sentence(reason)}"
    )


def figures_unseen(status: str) -> str:
    return f"The figures alone would give {status}. While the framework is set aside, that has no effect."


def declared(status: str, by: str, from_: str, until: str, scope: str, reason: str) -> str:
    return (
        f"The {plain(by)} declared {status} {scope}, from {day(from_)} until {day(until)}. "
        f"Reason: {sentence(reason)}"
    )


def declared_days(size: int) -> str:
    return f"A status has been declared for {days(size)} without a break."


def renewed(activities: str) -> str:
    return f"The declaration starts the time limit again for: {activities}."


def not_in_force(status: str, binding: bool) -> str:
    if binding:
        return f"The declaration has no effect today. {status} is binding: no declaration goes below it."
    return f"The declaration has no effect today. The framework does not let it replace {status}."


def figures_alone(status: str, direction: str | None) -> str:
    return f"The figures alone give {status}.{f' The declaration {direction} it.' if direction else ''}"


def figures_undecided() -> str:
    return "The figures alone do not decide which status holds. The declaration stands."


def undeclared(by: str | None) -> str:
    who = f"the {plain(by)}" if by else "someone who may do so"
    return f"No status is in force until {who} declares one. Nothing may be reduced until then."


def advice(status: str) -> str:
    return f"Advice: the figures point to {status}."


def scope(unit: str | None, group: str | None) -> str:
    return f"for this {unit}" if unit else f"for this {group}" if group else "for everyone"


NO_REASON: Final = "The figures give this status."


def calculated(status: str, since: str | None) -> str:
    return f"The figures alone give {status}{f', since {day(since)}' if since else ''}."


def nothing_judged() -> str:
    return "No condition has been judged."


def illustrative(items: list[str], *, decided: bool) -> tuple[str, str]:
    text = f"They are examples, not published policy: {'; '.join(items)}."
    return (f"Illustrative numbers {'decided' if decided else 'would decide'} this", text)


def more_numbers(size: int) -> str:
    return f"and {size} more"


def number_of(title: str, value: str, wait: str | None) -> str:
    return f"{title} {value}{f', for {wait}' if wait else ''}"


def number_of_group(wait: str | None, at_least: int | None) -> str:
    least = f"at least {at_least} conditions at once" if at_least else "conditions that must hold"
    return f"{least}, for {wait}" if wait else least


def number_of_stay(length: str) -> str:
    return f"the shortest stay, {length}"


def number_of_age(length: str) -> str:
    return f"how long a return counts, {length}"


def number_of_limit(activity: str) -> str:
    return f"the time limit for {activity}"


def figures_label(
    basis: str | None, source: str | None, note: str | None, unit: str
) -> tuple[str, str] | None:
    named = [f"Source: {sentence(source)}"] if source else []
    rest = [*named, *([sentence(note)] if note else [])]
    if basis == "synthetic":
        return ("Synthetic figures", " ".join([synthetic(unit), *rest]))
    if basis == "public":
        return ("Public figures", " ".join(rest or ["Source: not named."]))
    if basis:
        return (f"Figures: {plain(basis)}", " ".join(rest))
    return ("Figures", " ".join(rest)) if rest else None


def synthetic(unit: str) -> str:
    return f"The figures of this return are made up. They say nothing about the real {unit}."
