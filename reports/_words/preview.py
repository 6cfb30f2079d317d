"""Words for a preview: who would have had another status, for how long, and why."""

from __future__ import annotations

from typing import Final

from reports._format import capital, day, days, listed
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext

NO_DECISION: Final = N_("No decision")
NO_DECISION_LETTER: Final = "."


class Headings:
    """The headings of the page, in the language of the moment."""

    def __init__(self) -> None:
        self.settings = _("What is new")
        self.changed = _("What would have been different")
        self.unchanged = _("Where nothing would have changed")
        self.days = _("Days at each status")
        self.activities = _("What could have been reduced")
        self.newly = _("Could also have been reduced")
        self.withdrawn = _("Could not have been reduced any more")
        self.missing = _("Not judged")
        self.skip = _("Skip to the preview")
        self.words = _("These weeks in words")


class Notes:
    """What is said beside tables and strips, in the language of the moment."""

    def __init__(self) -> None:
        self.now, self.new = now(), new()
        self.width = max(3, len(self.now), len(self.new))
        """The letters of the longer name of a row: what stands in lines of letters keeps clear of them."""
        self.days = _("One number: the days as decided. With a second one: the days as they would have been.")
        self.no_activities = _("The same activities could have been reduced on each day.")


class Columns:
    """The headings of tables, in the language of the moment."""

    def __init__(self) -> None:
        self.settings = _("Trigger points with another number")
        self.trigger_point = _("Trigger point")
        self.now = pgettext("heading of a column", "Now")
        self.new = pgettext("heading of a column", "New")
        self.activity = _("Activity")
        self.days = _("Days in all")
        self.first = pgettext("heading of a column of days", "From")


def now() -> str:
    # Translators: the short name of the row of weeks as they were decided.
    return pgettext("row of weeks", "now")


def new() -> str:
    # Translators: the short name of the row of weeks as they would have been.
    return pgettext("row of weeks", "new")


def title(subject: str, region: bool) -> str:
    if region:
        return _("Preview of new settings: {subject}").format(subject=subject)
    return _("Preview of a version: {subject}").format(subject=subject)


def moved(size: int, of: int, one: str, many: str) -> str:
    if not size:
        return _("No {one} would have had another status.").format(one=one)
    return ngettext(
        "{number} of {whole} {many} would have had another status.",
        "{number} of {whole} {many} would have had another status.",
        size,
    ).format(number=size, whole=of, many=many)


def one_moved(name: str, moved: bool) -> str:
    if moved:
        return _("{name} would have had another status.").format(name=name)
    return _("{name} would have had the same status.").format(name=name)


def same(region: bool, one: str, many: str, size: int) -> str:
    if region and size == 1:
        text = _(
            "These settings are the same as those in force. "
            "Nothing would have changed for the one {one} looked at."
        )
    elif region:
        text = _(
            "These settings are the same as those in force. "
            "Nothing would have changed for any of the {number} {many}."
        )
    elif size == 1:
        text = _(
            "This version is the same as the one in force. "
            "Nothing would have changed for the one {one} looked at."
        )
    else:
        text = _(
            "This version is the same as the one in force. "
            "Nothing would have changed for any of the {number} {many}."
        )
    return text.format(one=one, number=size, many=many)


def nothing(one: str, many: str, size: int) -> str:
    text = (
        _(
            "Nothing would have changed for the one {one} looked at: "
            "the same status and the same reductions each day."
        )
        if size == 1
        else _(
            "Nothing would have changed for any of the {number} {many}: "
            "the same status and the same reductions each day."
        )
    )
    return text.format(one=one, number=size, many=many)


def gained(name: str, status: str, size: int, first: str) -> str:
    return _("{name} would have been {status} for {days} more, from {day}.").format(
        name=name, status=status, days=days(size), day=day(first)
    )


def shifted(name: str, status: str, size: int, first: str) -> str:
    return _("{name} would have been {status} on {days} when it was not, from {day}.").format(
        name=name, status=status, days=days(size), day=day(first)
    )


def other_reductions(size: int, of: int, many: str) -> str:
    if of == 1:
        return _("Other activities could have been reduced.")
    return _("In {number} of {whole} {many}, other activities could have been reduced.").format(
        number=size, whole=of, many=many
    )


def tried(effective: str, as_if: str, asked: bool, region: bool) -> str:
    if asked and region:
        text = _(
            "The new settings take effect on {effective}. "
            "As asked, they are tried here as if they had counted from {day}."
        )
    elif asked:
        text = _(
            "The version takes effect on {effective}. "
            "As asked, it is tried here as if it had counted from {day}."
        )
    elif region:
        text = _(
            "The new settings take effect on {effective}, after all returns. "
            "So they are tried here as if they had counted from {day}."
        )
    else:
        text = _(
            "The version takes effect on {effective}, after all returns. "
            "So it is tried here as if it had counted from {day}."
        )
    return text.format(effective=day(effective), day=day(as_if))


def counts_from(effective: str, region: bool) -> str:
    if region:
        return _("The new settings count from {day}.").format(day=day(effective))
    return _("The version counts from {day}.").format(day=day(effective))


def in_place(region: bool) -> str:
    if region:
        return _(
            "The file lies in its place already. So its newest entry is compared with what was set before it."
        )
    return _(
        "The file lies in its place already. So it is compared with the framework as it would be without it."
    )


def left_out(names: list[str]) -> str:
    return _(
        "On some of these days an earlier version was in force that does not take {names}: left out then."
    ).format(names=listed(names))


def everyone(many: str, but: list[str]) -> str:
    if but:
        return _("All {many} but {names}").format(many=many, names=named(but))
    return _("All {many}").format(many=many)


def withheld(activity: str, begins: bool, names: str) -> str:
    text = (
        _("{activity}: no longer reduced ({names}).")
        if begins
        else _("{activity}: may be reduced again ({names}).")
    )
    return text.format(activity=activity, names=names)


def no_numbers() -> str:
    return _("No trigger point has another number.")


def how_to_read(levels: str) -> str:
    return _(
        "Each letter is the status at the end of one week: {levels}. The row “{now}” is what was decided, the row "
        "“{new}” what would have been. A mark below shows the weeks that differ."
    ).format(levels=levels, now=now(), new=new())


def only_reductions() -> str:
    return _("The same status each day, but other reductions.")


def move(first: str, last: str, size: int, before: str, after: str, direction: str | None) -> str:
    if size == 1:
        text = {
            "more_severe": _("On {day}: {after} instead of {before}, which is more severe."),
            "less_severe": _("On {day}: {after} instead of {before}, which is less severe."),
        }.get(direction or "") or _("On {day}: {after} instead of {before}.")
    else:
        text = {
            "more_severe": _(
                "From {day} to {last} ({days}): {after} instead of {before}, which is more severe."
            ),
            "less_severe": _(
                "From {day} to {last} ({days}): {after} instead of {before}, which is less severe."
            ),
        }.get(direction or "") or _("From {day} to {last} ({days}): {after} instead of {before}.")
    return text.format(day=day(first), last=day(last), days=days(size), after=after, before=before)


def may_newly(size: int, first: str, titles: list[str]) -> str:
    return _("Could also have been reduced, on {days} from {day}: {activities}.").format(
        days=days(size), day=day(first), activities="; ".join(titles)
    )


def may_no_more(size: int, first: str, titles: list[str]) -> str:
    return _("Could not have been reduced any more, on {days} from {day}: {activities}.").format(
        days=days(size), day=day(first), activities="; ".join(titles)
    )


def without_returns(one: str, many: str, size: int) -> str:
    if size == 1:
        return _("One {one} sent no returns and cannot be judged.").format(one=one)
    return _("{number} {many} sent no returns and cannot be judged.").format(number=size, many=many)


def who(group: str | None, names: list[str]) -> str:
    if not group:
        return f"{named(names)}."
    # Translators: a region, and the names of its units.
    return _("{region}: {names}.").format(region=group, names=named(names))


def named(names: list[str]) -> str:
    """Names may hold commas and the word and, so neither parts them."""
    return "; ".join(names)


def cell(before: int, after: int) -> str:
    if before == after:
        return str(before)
    # Translators: in a table: the days as decided, and the days as they would have been.
    return _("{before}, new {after}").format(before=before, after=after)


def spoken(label: str, stretches: list[str]) -> str:
    return f"{capital(label)}: {'; '.join(stretches)}."


def stretch(status: str, first: str, last: str) -> str:
    if first == last:
        return _("{status} on {day}").format(status=status, day=day(first))
    return _("{status} from {first} to {last}").format(status=status, first=day(first), last=day(last))


def days_caption(region: str | None) -> str:
    if region:
        return _("{region}: days at each status").format(region=region)
    return _("Days at each status")
