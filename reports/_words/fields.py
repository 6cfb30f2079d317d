"""What the fields of a framework's document are called within sentences about differences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports.language import gettext as _
from reports.language import mark as N_

# These stand in sentences such as "Red: the colour changed from red to purple.", and with a capital at the beginning:
# "The colour is said in other words." Those of reductions also stand behind a comma: "Home visits, from Red on, the
# note is said in other words."
_FIELDS: Final = {
    # Translators: a field of a document, as in "Red: the title changed from A to B." or in "The title changed …".
    "title": N_("the title"),
    # Translators: a field of a document, as in "Red: the summary is said in other words."
    "summary": N_("the summary"),
    # Translators: a field of a document, as in "What the author says has changed is said in other words."
    "changes": N_("what the author says has changed"),
    # Translators: a field of a document, as in "The approval changed from A to B."
    "approved": N_("the approval"),
    # Translators: a field of a document, as in "The first day changed from A to B."
    "effective": N_("the first day"),
    # Translators: a field of a document, as in "The last day changed from A to B."
    "until": N_("the last day"),
    # Translators: a field of a document, as in "The framework changed from A to B."
    "framework": N_("the framework"),
    # Translators: a field of a document, as in "The name of the version changed from A to B."
    "version": N_("the name of the version"),
    # Translators: a field of a document, as in "Red: the colour changed from A to B."
    "colour": N_("the colour"),
    # Translators: a field of a document, as in "Red: what it means is said in other words."
    "meaning": N_("what it means"),
    # Translators: a field of a document, as in "Home visits: how the work is done as a rule is said in other words."
    "usual": N_("how the work is done as a rule"),
    # Translators: a field of a document, as in "Home visits: the reason is said in other words."
    "because": N_("the reason"),
    # Translators: a field of a document, as in "Home visits: the source changed from A to B."
    "source": N_("the source"),
    # Translators: a field of a document, as in "Amber staffing: whether the number was published changed from A to B."
    "basis": N_("whether the number was published"),
    # Translators: a field of a document, as in "Amber staffing: the note is said in other words."
    "note": N_("the note"),
    # Translators: a field of a document, as in "The source A law: the address changed from A to B."
    "url": N_("the address"),
    # Translators: a field of a document, as in "The source A law: the day of publication changed from A to B."
    "published": N_("the day of publication"),
    # Translators: a field of a document, as in "Staffing: the unit changed from A to B."
    "unit": N_("the unit"),
    # Translators: a field of a document, as in "Home visits: the part of the work changed from A to B."
    "part": N_("the part of the work"),
    # Translators: a field of a document, as in "Staffing: how many decimals count changed from 1 to 2."
    "decimals": N_("how many decimals count"),
    # Translators: a field of a document, as in "Staff in post: the list that it is given for changed from A to B."
    "per": N_("the list that it is given for"),
    # Translators: a field of a document, as in "Staff in post: the smallest figure taken changed from 0 to 1."
    "minimum": N_("the smallest figure taken"),
    # Translators: a field of a document, as in "Staff in post: the largest figure taken changed from 8 to 9."
    "maximum": N_("the largest figure taken"),
    # Translators: a field of a document, as in "Points: how long an old figure … changed from 7 days to 14 days."
    "carry_forward": N_("how long an old figure stands in for a missing one"),
    # Translators: a field of a document, as in "Absent: what counts when it is not given changed from 0 to 1."
    "default": N_("what counts when it is not given"),
    # Translators: a field of a document, as in "Staff in post: whether people can change it, … changed from A to B."
    "lever": N_("whether people can change it, and in which step"),
    # Translators: a field of a document, as in "Staff in post: the smallest change that people can make changed …".
    "step": N_("the smallest change that people can make"),
    # Translators: a field of a document, as in "Local alert: the categories changed from A to B."
    "values": N_("the categories"),
    # Translators: a field of a document, as in "Staffing: how it is worked out changed from A to B."
    "formula": N_("how it is worked out"),
    # Translators: a field of a document, as in "Pressure: how its points are given changed from A to B."
    "points": N_("how its points are given"),
    # Translators: a field of a document, as in "Pressure: the bands of points changed from A to B."
    "bands": N_("the bands of points"),
    # Translators: a field of a document, as in "Pressure: the points where no band fits changed from 0 to 1."
    "otherwise": N_("the points where no band fits"),
    # Translators: a field of a document, as in "Pressure: what its points are given for changed from A to B."
    "of": N_("what its points are given for"),
    # Translators: a field of a document, as in "Red: how often it is to be reviewed changed from 7 days to 14 days."
    "review_every": N_("how often it is to be reviewed"),
    # Translators: a field of a document, as in "Red: after how long it is said to have outstayed changed …".
    "outstays_after": N_("after how long it is said to have outstayed"),
    # Translators: a field of a document, as in "Red: how long it lasts at least … changed from 7 days to 14 days."
    "minimum_stay": N_("how long it lasts at least before it may become less severe"),
    # Translators: a field of a document, as in "Red: whether no declaration may lower below it changed from no to yes."
    "binding": N_("whether no declaration may lower below it"),
    # Translators: a field of a document, as in "Home visits, from Red on, the time that it releases changed …".
    "releases": N_("the time that it releases"),
    # Translators: a field of a document, as in "Home visits, from Red on, the minutes that it releases changed …".
    "minutes": N_("the minutes that it releases"),
    # Translators: a field of a document, as in "Home visits, from Red on, how often it counts changed …".
    "every": N_("how often it counts"),
    # Translators: a field of a document, as in "Home visits: the condition for it changed from A to B."
    "when": N_("the condition for it"),
    # Translators: a field of a document, as in "Red: what begins it changed from A to B."
    "enter": N_("what begins it"),
    # Translators: a field of a document, as in "Red: what ends it changed from A to B."
    "exit": N_("what ends it"),
    # Translators: a field of a guarantee, as in "…: what must never come of a return changed from A to B."
    "never": N_("what must never come of a return"),
    # Translators: a field of a guarantee, as in "…: what must come of every return changed from A to B."
    "always": N_("what must come of every return"),
    # Translators: a field of a guarantee, as in "…: the outcomes that it looks at changed from A to B."
    "where": N_("the outcomes that it looks at"),
    # Translators: a field of a document, as in "Amber staffing: the bounds for regions changed from A to B."
    "regions": N_("the bounds for regions"),
    # Translators: a field of a document, as in "Home visits: why it must always be done is said in other words."
    "mandatory": N_("why it must always be done"),
    # Translators: a field of a document, as in "Home visits, from Red on, how strongly it is meant changed …".
    "strength": N_("how strongly it is meant"),
    # Translators: a field of a document, as in "Home visits, from Red on, what is done instead changed …".
    "do": N_("what is done instead"),
    # Translators: a field of a document, as in "Home visits, from Red on, what is done at the least changed …".
    "floor": N_("what is done at the least"),
    # Translators: a field of a document, as in "Home visits, from Red on, the cohorts that it spares changed …".
    "except": N_("the cohorts that it spares"),
    # Translators: a field of a document, as in "Home visits, from Red on, the cohorts that it is limited to changed …".
    "only": N_("the cohorts that it is limited to"),
    # Translators: a field of a document, as in "The parts stand in another order."
    "parts": N_("the parts"),
    # Translators: a field of a document, as in "The hours that a unit lacks: how it is worked out changed from A to B."
    "relief": N_("the hours that a unit lacks"),
    # Translators: a field of a document, as in "Who gets a status from those below changed from A to B."
    "rollup": N_("who gets a status from those below"),
}


def field(key: str) -> str:
    """What a field is called; one that nobody has named has its own key as words."""
    return _(_FIELDS[key]) if key in _FIELDS else key.replace("_", " ")


_PARENTS: Final = {
    # Translators: begins "The status of a region: how figures become one: Staffing changed from A to B."
    "region": N_("The status of a region"),
    # Translators: begins "The status of the whole: how figures become one: Staffing changed from A to B."
    "country": N_("The status of the whole"),
}
_PARENT_FIELDS: Final = {
    # Translators: a field of a document, as in "The status of a region: how it follows from those below: …".
    "by": N_("how it follows from those below"),
    # Translators: a field of a document, as in "The status of a region: of how many percent of those below …".
    "complete": N_("of how many percent of those below a figure is needed"),
    # Translators: a field of a document, as in "The status of a region: how figures become one: …".
    "combine": N_("how figures become one"),
    # Translators: a field of a document, as in "The status of a region: the mean of: …".
    "means": N_("the mean of"),
    # Translators: a field of a document, as in "The status of a region: what each of those below weighs: …".
    "weight": N_("what each of those below weighs"),
    # Translators: a field of a document, as in "The status of a region: who is below: …".
    "of": N_("who is below"),
}


def parent(level: str) -> str:
    """What has a status from those below."""
    return _(_PARENTS[level])


def parent_field(key: str) -> str:
    """What a field of something that has a status from those below is called."""
    return _(_PARENT_FIELDS[key]) if key in _PARENT_FIELDS else field(key)


COUNTS: Final = {
    # Translators: a figure of a region. Stands in "the number of those below above 5".
    "units": N_("the number of those below"),
    # Translators: a figure of a region. Stands in "the number of those below at Amber or beyond above 5".
    "units_at": N_("the number of those below at {status} or beyond"),
    # Translators: a figure of a region. Stands in "the percentage of those below at Amber or beyond above 50".
    "units_share": N_("the percentage of those below at {status} or beyond"),
}


def counted(name: str, status: str) -> str:
    """What a count of those below is called."""
    return _(COUNTS[name]).format(status=status)


_RULES: Final = {
    ("returns", "every"): N_("How often a return is due"),
    ("returns", "stale_after"): N_("After how long a return is too old"),
    ("returns", "longest_gap"): N_("How long a gap between returns may be before a condition must hold anew"),
    ("returns", "grace"): N_("How long reductions stand once the status is not known"),
    ("first_return",): N_("What the first figures of a unit do"),
    ("activation",): N_("How a status becomes active"),
    ("declarations",): N_("Who may declare a status"),
    ("declarations", "by"): N_("The role that may declare a status"),
    ("declarations", "at_most"): N_("How long one declaration may last"),
    ("declarations", "may"): N_("The ways in which a declaration may move the status"),
    ("steps", "down"): N_("How many levels less severe a status may become at one return"),
    ("steps", "up"): N_("How many levels more severe a status may become at one return"),
    ("steps",): N_("How many levels a status may move at one return"),
}


def rule(keys: Sequence[str]) -> str | None:
    """What a rule of the whole framework is called, by its path or by what it belongs to."""
    found = next((_RULES[tuple(keys[:size])] for size in (2, 1) if tuple(keys[:size]) in _RULES), None)
    return None if found is None else _(found)
