"""Sentences for differences, one for each kind. Names and values come as words; nothing is looked up here."""

from __future__ import annotations

from typing import Final

from reports._format import capital

FIELDS: Final = {
    "title": "the title",
    "summary": "the summary",
    "changes": "what the author says has changed",
    "approved": "the approval",
    "effective": "the first day",
    "until": "the last day",
    "framework": "the framework",
    "version": "the name of the version",
    "colour": "the colour",
    "meaning": "what it means",
    "usual": "how the work is done as a rule",
    "because": "the reason",
    "source": "the source",
    "basis": "whether the number was published",
    "note": "the note",
    "url": "the address",
    "published": "the day of publication",
    "unit": "the unit",
    "part": "the part of the work",
    "decimals": "how many decimals count",
    "per": "the list that it is given for",
    "minimum": "the smallest figure taken",
    "maximum": "the largest figure taken",
    "carry_forward": "how long an old figure stands in for a missing one",
    "default": "what counts when it is not given",
    "lever": "whether people can change it, and in which step",
    "step": "the smallest change that people can make",
    "values": "the categories",
    "formula": "how it is worked out",
    "points": "how its points are given",
    "bands": "the bands of points",
    "otherwise": "the points where no band fits",
    "of": "what its points are given for",
    "review_every": "how often it is to be reviewed",
    "outstays_after": "after how long it is said to have outstayed",
    "minimum_stay": "how long it lasts at least before it may become less severe",
    "binding": "whether no declaration may lower below it",
    "releases": "the time that it releases",
    "minutes": "the minutes that it releases",
    "every": "how often it counts",
    "when": "the condition for it",
    "enter": "what begins it",
    "exit": "what ends it",
    "never": "what must never come of a return",
    "always": "what must come of every return",
    "where": "the outcomes that it looks at",
    "regions": "the bounds for regions",
    "mandatory": "why it must always be done",
    "strength": "how strongly it is meant",
    "do": "what is done instead",
    "floor": "what is done at the least",
    "except": "the cohorts that it spares",
    "only": "the cohorts that it is limited to",
    "parts": "the parts",
    "relief": "the hours that a unit lacks",
    "rollup": "who gets a status from those below",
}
PARENTS: Final = {"region": "The status of a region", "country": "The status of the whole"}
PARENT_FIELDS: Final = {
    "by": "how it follows from those below",
    "complete": "of how many percent of those below a figure is needed",
    "combine": "how figures become one",
    "means": "the mean of",
    "weight": "what each of those below weighs",
    "of": "who is below",
}
COUNTS: Final = {
    "units": "the number of those below",
    "units_at": "the number of those below at {} or beyond",
    "units_share": "the percentage of those below at {} or beyond",
}
SHORTFALL_OTHERWISE: Final = "The hours that a unit lacks are worked out in another way."
RULES: Final = {
    ("returns", "every"): "How often a return is due",
    ("returns", "stale_after"): "After how long a return is too old",
    ("returns", "longest_gap"): "How long a gap between returns may be before a condition must hold anew",
    ("returns", "grace"): "How long reductions stand once the status is not known",
    ("first_return",): "What the first figures of a unit do",
    ("activation",): "How a status becomes active",
    ("declarations",): "Who may declare a status",
    ("declarations", "by"): "The role that may declare a status",
    ("declarations", "at_most"): "How long one declaration may last",
    ("declarations", "may"): "The ways in which a declaration may move the status",
    ("steps", "down"): "How many levels less severe a status may become at one return",
    ("steps", "up"): "How many levels more severe a status may become at one return",
    ("steps",): "How many levels a status may move at one return",
}
NAMED: Final = {
    "sources": "source",
    "lists": "list",
    "inputs": "figure",
    "measures": "measure",
    "trigger_points": "trigger point",
    "parts": "part of the work",
    "cohorts": "cohort",
    "statuses": "status",
    "activities": "activity",
    "guarantees": "guarantee",
}


def field(key: str) -> str:
    return FIELDS.get(key, key.replace("_", " "))


def set_to(what: str, before: str | None, after: str | None) -> str:
    """The sentence for any value that has no sentence of its own."""
    if before is None:
        return f"{capital(what)}: now {after}. Before, nothing was set."
    if after is None:
        return f"{capital(what)}: nothing is set any more. Before, it was {before}."
    return f"{capital(what)} changed from {before} to {after}."


def in_other_words(what: str) -> str:
    return f"{capital(what)} is said in other words."


def said_anew(what: str) -> str:
    return f"{capital(what)}: newly said."


def said_no_more(what: str) -> str:
    return f"{capital(what)}: no longer said."


def new(kind: str, name: str, more: str = "") -> str:
    return f"New {kind}: {name}.{f' {more}' if more else ''}"


def gone(kind: str, name: str, more: str = "") -> str:
    return f"No longer there: the {kind} {name}.{f' {more}' if more else ''}"


def renamed(kind: str, name: str, before: str, after: str) -> str:
    return f"The {kind} {name} has another id: {after} instead of {before}. All else about it is the same."


def order(what: str) -> str:
    return f"{capital(what)} stand in another order. That changes no answer."


def severity(before: str, after: str) -> str:
    return f"The statuses stand in another order of severity: {after}. Before: {before}."


def number(name: str, before: str, after: str) -> str:
    return f"{name}: {after} instead of {before}."


def number_of_region(name: str, before: str, after: str, region: str) -> str:
    return f"{name}: {after}, as {region} has set it, instead of {before}."


def bound(name: str, low: bool, before: str, after: str) -> str:
    side = "no lower than" if low else "no higher than"
    return f"{name}: regions may set it {side} {after}. Before: {before}."


def bounds_given(name: str, bounds: str) -> str:
    return f"{name}: regions may now move it, {bounds}."


def bounds_taken(name: str) -> str:
    return f"{name}: regions may not move it any more."


def root(key: str, name: str, status: str | None = None) -> str:
    if key == "when":
        return f"{name}, from {status} on, may be reduced under a condition"
    if key == "guarantee":
        return f"The guarantee “{name}” is given under a condition"
    return f"What {'begins' if key == 'enter' else 'ends'} {name}"


def condition_new(root_: str, condition: str) -> str:
    return f"{root_}. It is new: {condition}."


def condition_gone(root_: str, condition: str) -> str:
    return f"{root_}. It is gone: {condition}."


def condition_other(root_: str, before: str, after: str) -> str:
    return f"{root_}. It is another one: {after}. Before: {before}."


def part_new(root_: str, part: str, within: str | None) -> str:
    return f"{root_}: {part} is new{f' among {within}' if within else ''}."


def part_gone(root_: str, part: str, within: str | None) -> str:
    return f"{root_}: {part} is gone{f' from {within}' if within else ''}."


def threshold(root_: str, before: str, after: str) -> str:
    return f"{root_}: {after}. Before: {before}."


def held(root_: str, condition: str, before: str | None, after: str | None) -> str:
    if after is None:
        return f"{root_}: {condition} need not hold for {before} any more. It counts at once."
    if before is None:
        return f"{root_}: {condition} must now hold for {after}. Before, it counted at once."
    return f"{root_}: {condition} must hold for {after} instead of {before}."


def at_least(root_: str, before: str, after: str) -> str:
    return f"{root_}: at least {after} of the parts must hold, instead of {before}."


def remark(root_: str, condition: str, what: str) -> str:
    return f"{root_}: {what} of “{condition}” is another one."


def activity_gone(name: str, mandatory: bool) -> str:
    if mandatory:
        return f"{name} is no longer listed. It was work that must always be done. Ask whether it still must."
    return f"{name} is no longer listed. So this framework does not let it be reduced any more."


def must_be_done(name: str) -> str:
    return f"{name} must now always be done."


def need_not_be_done(name: str) -> str:
    return f"{name} is no longer listed as work that must always be done."


def reduction_new(name: str, status: str, do: str) -> str:
    return f"{name} may now be reduced from {status} on: {do}."


def reduction_gone(name: str, status: str, do: str) -> str:
    return f"{name} has no reduction from {status} on any more. It was: {do}."


def begins_at(name: str, before: str, after: str) -> str:
    return f"{name} may be reduced from {after} on, instead of from {before} on."


def judge(name: str, status: str, key: str) -> str:
    what = {"floor": "what must be done at the least", "strength": "how strongly it is meant"}
    return f"{name}, from {status} on: {what.get(key, 'what may be done')} has changed. Read both."


def spared(name: str, status: str, cohort: str, added: bool) -> str:
    if added:
        return f"{name}, from {status} on: must now spare this cohort: {cohort}."
    return f"{name}, from {status} on: need not spare this cohort any more: {cohort}."


def limited(name: str, status: str, cohort: str, added: bool) -> str:
    if added:
        return f"{name}, from {status} on: is limited to some cohorts, and this is now one of them: {cohort}."
    return f"{name}, from {status} on: this is no longer one of the cohorts that it is limited to: {cohort}."


def lapses(name: str, status: str, before: str | None, after: str | None) -> str:
    start = f"{name}, from {status} on"
    if after is None:
        return f"{start}: does not lapse any more. Before, it lapsed after {before}."
    if before is None:
        return f"{start}: now lapses after {after}. Before, it did not lapse."
    return f"{start}: lapses after {after} instead of {before}."


def of_reduction(name: str, status: str, what: str) -> str:
    return f"{name}, from {status} on, {what}"


def cohort_reworded(name: str) -> str:
    return f"Whom this cohort takes in is said in other words: {name}. Read both."


def may_declare(word: str, added: bool) -> str:
    return f"A declaration {'may now' if added else 'may no longer'} {word} the status."


def withheld(name: str, added: bool) -> str:
    return f"{name}: the region {'does not use this reduction' if added else 'uses this reduction again'}."


def guarantee(name: str, added: bool) -> str:
    return f"{'Now' if added else 'No longer'} guaranteed: {name}."


def changes_line(text: str, added: bool) -> str:
    return f"The author {'now says' if added else 'no longer says'}: {text}"
