"""Sentences for differences, one for each kind. Names and values come as words; nothing is looked up here."""

from __future__ import annotations

from typing import Final

from reports._format import capital
from reports.language import gettext as _
from reports.language import mark as N_

_MANY: Final = {
    # Translators: begins "Sources stand in another order. That changes no answer."
    "sources": N_("sources"),
    # Translators: begins "Lists stand in another order. That changes no answer."
    "lists": N_("lists"),
    # Translators: begins "Figures stand in another order. That changes no answer."
    "inputs": N_("figures"),
    # Translators: begins "Measures stand in another order. That changes no answer."
    "measures": N_("measures"),
    # Translators: begins "Trigger points stand in another order. That changes no answer."
    "trigger_points": N_("trigger points"),
    # Translators: begins "Parts of the work stand in another order. That changes no answer."
    "parts": N_("parts of the work"),
    # Translators: begins "Cohorts stand in another order. That changes no answer."
    "cohorts": N_("cohorts"),
    # Translators: begins "Activities stand in another order. That changes no answer."
    "activities": N_("activities"),
    # Translators: begins "Guarantees stand in another order. That changes no answer."
    "guarantees": N_("guarantees"),
}
_NEW: Final = {
    "sources": N_("New source: {name}."),
    "lists": N_("New list: {name}."),
    "inputs": N_("New figure: {name}."),
    "measures": N_("New measure: {name}."),
    "trigger_points": N_("New trigger point: {name}."),
    "parts": N_("New part of the work: {name}."),
    "cohorts": N_("New cohort: {name}."),
    "statuses": N_("New status: {name}."),
    "activities": N_("New activity: {name}."),
    "guarantees": N_("New guarantee: {name}."),
}
_GONE: Final = {
    "sources": N_("No longer there: the source {name}."),
    "lists": N_("No longer there: the list {name}."),
    "inputs": N_("No longer there: the figure {name}."),
    "measures": N_("No longer there: the measure {name}."),
    "trigger_points": N_("No longer there: the trigger point {name}."),
    "parts": N_("No longer there: the part of the work {name}."),
    "cohorts": N_("No longer there: the cohort {name}."),
    "statuses": N_("No longer there: the status {name}."),
    "activities": N_("No longer there: the activity {name}."),
    "guarantees": N_("No longer there: the guarantee {name}."),
}
_RENAMED: Final = {
    "sources": N_("The source {name} has another id: {after} instead of {before}."),
    "lists": N_("The list {name} has another id: {after} instead of {before}."),
    "members": N_("The member {name} has another id: {after} instead of {before}."),
    "inputs": N_("The figure {name} has another id: {after} instead of {before}."),
    "measures": N_("The measure {name} has another id: {after} instead of {before}."),
    "trigger_points": N_("The trigger point {name} has another id: {after} instead of {before}."),
    "parts": N_("The part of the work {name} has another id: {after} instead of {before}."),
    "cohorts": N_("The cohort {name} has another id: {after} instead of {before}."),
    "statuses": N_("The status {name} has another id: {after} instead of {before}."),
    "activities": N_("The activity {name} has another id: {after} instead of {before}."),
    "guarantees": N_("The guarantee {name} has another id: {after} instead of {before}."),
}


def many(section: str) -> str:
    """What all entries of a section of a document are called together."""
    return _(_MANY[section])


def new(section: str, name: str, more: str = "") -> str:
    told = _(_NEW[section]).format(name=name)
    return f"{told} {more}" if more else told


def gone(section: str, name: str, more: str = "") -> str:
    told = _(_GONE[section]).format(name=name)
    return f"{told} {more}" if more else told


def renamed(section: str, name: str, before: str, after: str) -> str:
    told = _(_RENAMED[section]).format(name=name, before=before, after=after)
    rest = _("All else about it is the same.")
    return f"{told} {rest}"


def set_to(what: str, before: str | None, after: str | None) -> str:
    """The sentence for any value that has no sentence of its own."""
    if before is None:
        # Translators: {what} is a field of a document, with a capital, such as "Red: the colour".
        text = _("{what}: now {after}. Before, nothing was set.")
    elif after is None:
        # Translators: {what} is a field of a document, with a capital, such as "Red: the colour".
        text = _("{what}: nothing is set any more. Before, it was {before}.")
    else:
        # Translators: {what} is a field of a document, with a capital, such as "Red: the colour".
        text = _("{what} changed from {before} to {after}.")
    return text.format(what=capital(what), before=before, after=after)


def in_other_words(what: str) -> str:
    # Translators: {what} is a field of a document, with a capital, such as "Red: the summary".
    return _("{what} is said in other words.").format(what=capital(what))


def said_anew(what: str) -> str:
    # Translators: {what} is a field of a document, with a capital, such as "Red: the summary".
    return _("{what}: newly said.").format(what=capital(what))


def said_no_more(what: str) -> str:
    # Translators: {what} is a field of a document, with a capital, such as "Red: the summary".
    return _("{what}: no longer said.").format(what=capital(what))


def order(what: str) -> str:
    # Translators: {what} is the plural of something in a document, with a capital, such as "Trigger points".
    return _("{what} stand in another order. That changes no answer.").format(what=capital(what))


def severity(before: str, after: str) -> str:
    text = _("The statuses stand in another order of severity: {after}. Before: {before}.")
    return text.format(before=before, after=after)


def shortfall_otherwise() -> str:
    return _("The hours that a unit lacks are worked out in another way.")


def number(name: str, before: str, after: str) -> str:
    return _("{name}: {after} instead of {before}.").format(name=name, before=before, after=after)


def number_of_region(name: str, before: str, after: str, region: str) -> str:
    # Translators: {region} is the name of a region.
    text = _("{name}: {after}, as {region} has set it, instead of {before}.")
    return text.format(name=name, before=before, after=after, region=region)


def bound(name: str, low: bool, before: str, after: str) -> str:
    text = (
        _("{name}: regions may set it no lower than {after}. Before: {before}.")
        if low
        else _("{name}: regions may set it no higher than {after}. Before: {before}.")
    )
    return text.format(name=name, before=before, after=after)


def bounds_given(name: str, bounds: str) -> str:
    # Translators: {bounds} is such as "from 80% to 95%".
    return _("{name}: regions may now move it, {bounds}.").format(name=name, bounds=bounds)


def bounds_taken(name: str) -> str:
    return _("{name}: regions may not move it any more.").format(name=name)


def activity_gone(name: str, mandatory: bool) -> str:
    text = (
        _("{name} is no longer listed. It was work that must always be done. Ask whether it still must.")
        if mandatory
        else _("{name} is no longer listed. So this framework does not let it be reduced any more.")
    )
    return text.format(name=name)


def must_be_done(name: str) -> str:
    return _("{name} must now always be done.").format(name=name)


def need_not_be_done(name: str) -> str:
    return _("{name} is no longer listed as work that must always be done.").format(name=name)


def cohort_reworded(name: str) -> str:
    return _("Whom this cohort takes in is said in other words: {name}. Read both.").format(name=name)


def may_declare(word: str, added: bool) -> str:
    """What a declaration may do with the status: `word` is as a document writes it, raise or lower."""
    if word == "raise":
        return (
            _("A declaration may now raise the status.")
            if added
            else _("A declaration may no longer raise the status.")
        )
    return (
        _("A declaration may now lower the status.")
        if added
        else _("A declaration may no longer lower the status.")
    )


def withheld(name: str, added: bool) -> str:
    text = (
        _("{name}: the region does not use this reduction.")
        if added
        else _("{name}: the region uses this reduction again.")
    )
    return text.format(name=name)


def guarantee(name: str, added: bool) -> str:
    text = _("Now guaranteed: {name}.") if added else _("No longer guaranteed: {name}.")
    return text.format(name=name)


def changes_line(text: str, added: bool) -> str:
    told = _("The author now says: {text}") if added else _("The author no longer says: {text}")
    return told.format(text=text)
