"""Words for what stands in a document: its values, its conditions, and what of it has changed, within sentences."""

from __future__ import annotations

import re
from typing import Final

from reports._format import days, either, listed, plain, weeks
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import pgettext

_LENGTH: Final = re.compile(r"(\d{1,3}) (day|week)s?", re.ASCII)
# These tell what stands in an entry of a document, one after the other, as in “Unit FTE; minimum 0”.
_VALUES: Final = {
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "stale_after": N_("too old after {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "of": N_("of {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "from": N_("from {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "because": N_("because {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "only": N_("only for {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "except": N_("not for {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "unit": N_("unit {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "per": N_("per {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "minimum": N_("minimum {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "maximum": N_("maximum {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "default": N_("default {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "colour": N_("colour {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "meaning": N_("meaning {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "enter": N_("enter {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "exit": N_("exit {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "minimum_stay": N_("minimum stay {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "review_every": N_("review every {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "outstays_after": N_("outstays after {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "lapses_after": N_("lapses after {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "carry_forward": N_("carry forward {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "formula": N_("formula {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "points": N_("points {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "bands": N_("bands {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "published": N_("published {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "url": N_("url {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "strength": N_("strength {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "floor": N_("floor {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "when": N_("when {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "usual": N_("usual {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "part": N_("part {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "source": N_("source {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "note": N_("note {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "mandatory": N_("mandatory {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "reductions": N_("reductions {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "regions": N_("regions {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "to": N_("to {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "by": N_("by {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "on": N_("on {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "releases": N_("releases {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "minutes": N_("minutes {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "every": N_("every {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "values": N_("values {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "step": N_("step {value}"),
    # Translators: a field of a document and what stands in it, as in “Unit FTE; minimum 0; default 0”.
    "shortfall": N_("shortfall {value}"),
}
_LIMITS: Final = {
    "below": N_("below {value}"),
    "at_most": N_("at most {value}"),
    "above": N_("above {value}"),
    "at_least": N_("at least {value}"),
    "none_of": N_("not {value}"),
}


def nothing() -> str:
    return pgettext("a value of a document", "nothing")


def yes_or_no(value: bool) -> str:
    if value:
        return pgettext("a value of a document", "yes")
    return pgettext("a value of a document", "no")


def length(text: str) -> str:
    """A length as a document writes it: so many days or weeks. Anything else stays as it is."""
    match = _LENGTH.fullmatch(text)
    if match is None:
        return text
    return weeks(int(match[1])) if match[2] == "week" else days(int(match[1]))


def keyed(key: str, value: str) -> str:
    """A value with what it is; what has no words of its own is called by its key."""
    return _(_VALUES[key]).format(value=value) if key in _VALUES else f"{plain(key)} {value}"


def band(limits: dict[str, str], points: str) -> str:
    # Translators: points for what lies between limits, as in “at least 2 and below 5 gives 3”.
    return _("{limits} gives {points}").format(
        limits=listed([limit(key, value) for key, value in limits.items()]), points=points
    )


def outcome(key: str, names: list[str]) -> str:
    """Statuses or activities that a guarantee names."""
    if key == "permitted":
        return _("permitted {activities}").format(activities=either(names))
    if key == "status":
        return _("status {statuses}").format(statuses=either(names))
    return f"{plain(key)} {either(names)}"


def must_be_done(reason: str) -> str:
    return _("It must always be done: {reason}.").format(reason=reason)


def from_status(status: str, do: str) -> str:
    return _("From {status} on: {do}.").format(status=status, do=do)


def trigger_point(title: str) -> str:
    return _("the trigger point “{title}”").format(title=title)


def limit(comparator: str, value: str) -> str:
    """What a figure is compared with."""
    return _(_LIMITS[comparator]).format(value=value) if comparator in _LIMITS else value


def compared(figure: str, limits: list[str]) -> str:
    # Translators: a condition: a figure, and what it is compared with, as in “Staff in post below 85%”.
    return _("{figure} {limits}").format(figure=figure, limits=listed(limits))


def group(kind: str, at_least: str | None, parts: list[str]) -> str:
    """Conditions of which some must hold."""
    text = {
        "any": _("any of ({conditions})"),
        "all": _("all of ({conditions})"),
        "none": _("none of ({conditions})"),
    }.get(kind) or _("at least {number} of ({conditions})")
    return text.format(conditions="; ".join(parts), number=at_least)


def lasting(condition: str, wait: str | None) -> str:
    if wait is None:
        return condition
    # Translators: a condition, and for how long it must hold.
    return _("{condition}, for {length}").format(condition=condition, length=wait)


def part_of(name: str, what: str) -> str:
    # Translators: what of something has changed, as in “Amber: the colour”.
    return _("{name}: {what}").format(name=name, what=what)


def parts(of: str) -> str:
    return _("{name}: the parts").format(name=of)


def category(name: str, category_: str) -> str:
    return _("{name}: the category {category}").format(name=name, category=category_)


def guarantee(name: str, what: str) -> str:
    return _("the guarantee “{name}”: {what}").format(name=name, what=what)


def source(name: str, what: str) -> str:
    return _("the source {name}: {what}").format(name=name, what=what)


def list_(name: str) -> str:
    return _("the list {name}").format(name=name)


def of_list(name: str, member: str) -> str:
    return _("the list {name}: {member}").format(name=name, member=member)


def part_of_work(name: str) -> str:
    return _("the part of the work {name}").format(name=name)


def otherwise(name: str) -> str:
    return _("{name} is worked out in another way.").format(name=name)


def bounds(low: str, high: str) -> str:
    return _("from {low} to {high}").format(low=low, high=high)


def this() -> str:
    """What a sentence is about, where nothing else is known of it."""
    return pgettext("a condition", "it")
