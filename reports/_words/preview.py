"""Words for a preview: who would have had another status, for how long, and why."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, days, listed

NOW, NEW = "now", "new"
NO_DECISION: Final = "No decision"
NO_DECISION_LETTER: Final = "."
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SETTINGS_CAPTION: Final = "Trigger points with another number"
TRIGGER_POINT: Final = "Trigger point"
NOW_COLUMN, NEW_COLUMN = capital(NOW), capital(NEW)
ACTIVITY: Final = "Activity"
DAYS: Final = "Days in all"
FIRST: Final = "From"
DAYS_NOTE: Final = "One number: the days as decided. With a second one: the days as they would have been."
NO_ACTIVITIES: Final = "The same activities could have been reduced on each day."
TOTAL: Final = "All together"
VERDICTS: Final = {True: "met", False: "not met", None: "not known"}


def title(subject: str, region: bool) -> str:
    return f"Preview of new settings: {subject}" if region else f"Preview of a version: {subject}"


def moved(size: int, of: int, one: str, many: str) -> str:
    if not size:
        return f"No {one} would have had another status."
    return f"{size} of {of} {many} would have had another status."


def one_moved(name: str, moved: bool) -> str:
    return f"{name} would have had {'another' if moved else 'the same'} status."


def same(region: bool, one: str, many: str, size: int) -> str:
    what = (
        "These settings are the same as those in force"
        if region
        else "This version is the same as the one in force"
    )
    return f"{what}. Nothing would have changed for {_all(one, many, size)}."


def nothing(one: str, many: str, size: int) -> str:
    return f"Nothing would have changed for {_all(one, many, size)}: the same status and the same reductions each day."


def _all(one: str, many: str, size: int) -> str:
    return f"the one {one} looked at" if size == 1 else f"any of the {size} {many}"


def gained(name: str, status: str, size: int, first: str) -> str:
    return f"{name} would have been {status} for {days(size)} more, from {day(first)}."


def shifted(name: str, status: str, size: int, first: str) -> str:
    return f"{name} would have been {status} on {days(size)} when it was not, from {day(first)}."


def other_reductions(size: int, of: int, many: str) -> str:
    what = "other activities could have been reduced"
    return f"{capital(what)}." if of == 1 else f"In {size} of {of} {many}, {what}."


def tried(effective: str, as_if: str, asked: bool, region: bool) -> str:
    what = "The new settings take" if region else "The version takes"
    them = "they are" if region else "it is"
    counted = "they" if region else "it"
    if asked:
        return (
            f"{what} effect on {day(effective)}. As asked, {them} tried here as if {counted} had counted "
            f"from {day(as_if)}."
        )
    return (
        f"{what} effect on {day(effective)}, after all returns. So {them} tried here as if {counted} had counted "
        f"from {day(as_if)}."
    )


def counts_from(effective: str, region: bool) -> str:
    return f"{'The new settings count' if region else 'The version counts'} from {day(effective)}."


def in_place(region: bool) -> str:
    if region:
        return (
            "The file lies in its place already. So its newest entry is compared with what was set before it."
        )
    return (
        "The file lies in its place already. So it is compared with the framework as it would be without it."
    )


def left_out(names: list[str]) -> str:
    return f"On some of these days an earlier version was in force that does not take {listed(names)}: left out then."


def period(first: str, last: str, size: int) -> str:
    return f"Looked at: every day from {day(first)} to {day(last)}, {days(size)}."


def illustrative() -> tuple[str, str]:
    return ("Illustrative numbers", "The trigger points are examples, not published policy.")


def synthetic(one: str) -> tuple[str, str]:
    return ("Synthetic figures", f"The figures are made up. They say nothing about any real {one}.")


def everyone(many: str, but: list[str]) -> str:
    return f"All {many}{f' but {named(but)}' if but else ''}"


def withheld(activity: str, begins: bool, names: str) -> str:
    return f"{activity}: {'no longer reduced' if begins else 'may be reduced again'} ({names})."


def no_numbers() -> str:
    return "No trigger point has another number."


def how_to_read(legend: str) -> str:
    return (
        f"Each letter is the status at the end of one week: {legend}. The row “{NOW}” is what was decided, the row "
        f"“{NEW}” what would have been. A mark below shows the weeks that differ."
    )


def only_reductions() -> str:
    return "The same status each day, but other reductions."


def move(first: str, last: str, size: int, before: str, after: str, direction: str | None) -> str:
    span = f"On {day(first)}" if size == 1 else f"From {day(first)} to {day(last)} ({days(size)})"
    how = {"more_severe": ", which is more severe", "less_severe": ", which is less severe"}.get(
        direction or "", ""
    )
    return f"{span}: {after} instead of {before}{how}."


def comparison(begins: str, figure: str, value: str, now: str, new: str) -> str:
    return f"{begins}{figure} was {value}. {capital(NOW)}: {now}. {capital(NEW)}: {new}."


def other_values(begins: str, figure: str, now: str, new: str) -> str:
    return f"{begins}{figure}. {capital(NOW)}: {now}. {capital(NEW)}: {new}."


def side(limit: str, holds: bool | None) -> str:
    return f"{limit}, {VERDICTS[holds]}"


def side_of_run(limit: str, holds: bool | None, held: str) -> str:
    """A run that is shorter than asked is enough only at the first figures."""
    note = "the first figures count at once" if holds else f"held for {held}"
    return f"{limit}, {VERDICTS[holds]} ({note})"


def valued(value: str, rest: str) -> str:
    return f"it was {value}; {rest}"


def no_such() -> str:
    return "no such condition"


def limit(comparator: str, threshold: str, wait: str | None) -> str:
    pattern = {"below": "below {}", "at_most": "{} or less", "above": "above {}", "at_least": "{} or more"}
    return pattern.get(comparator, "{}").format(threshold) + (f" for {wait}" if wait else "")


def begins(kind: str, status: str) -> str:
    return f"What ends {status}: " if kind == "exit" else f"What begins {status}: "


def more(size: int) -> str:
    return f"{capital(count(size, 'more condition'))} {'differs' if size == 1 else 'differ'}."


def earlier() -> str:
    return "All conditions turn out alike on that day. What went before makes the difference."


def unknown(new: bool) -> str:
    return f"{capital(NEW if new else NOW)}: the figures do not decide which status holds."


def no_decision() -> str:
    return "In one of the two no version is in force."


def may_newly(size: int, first: str, titles: list[str]) -> str:
    return f"Could also have been reduced, {_on(size, first)}: {'; '.join(titles)}."


def may_no_more(size: int, first: str, titles: list[str]) -> str:
    return f"Could not have been reduced any more, {_on(size, first)}: {'; '.join(titles)}."


def _on(size: int, first: str) -> str:
    return f"on {days(size)} from {day(first)}"


def without_returns(one: str, many: str, size: int) -> str:
    who = f"One {one} sent" if size == 1 else f"{size} {many} sent"
    return f"{who} no returns and cannot be judged."


def who(group: str | None, names: list[str]) -> str:
    return f"{f'{group}: ' if group else ''}{named(names)}."


def named(names: list[str]) -> str:
    """Names may hold commas and the word and, so neither parts them."""
    return "; ".join(names)


def cell(before: int, after: int) -> str:
    return str(before) if before == after else f"{before}, new {after}"


class Headings:
    """The headings of the page."""

    settings: Final = "What is new"
    changed: Final = "What would have been different"
    unchanged: Final = "Where nothing would have changed"
    days: Final = "Days at each status"
    activities: Final = "What could have been reduced"
    newly: Final = "Could also have been reduced"
    withdrawn: Final = "Could not have been reduced any more"
    missing: Final = "Not judged"
    skip: Final = "Skip to the preview"
    words: Final = "These weeks in words"


def spoken(label: str, stretches: list[str]) -> str:
    return f"{capital(label)}: {'; '.join(stretches)}."


def stretch(status: str, first: str, last: str) -> str:
    return f"{status} on {day(first)}" if first == last else f"{status} from {day(first)} to {day(last)}"


def days_caption(region: str | None) -> str:
    return f"{region}: days at each status" if region else "Days at each status"
