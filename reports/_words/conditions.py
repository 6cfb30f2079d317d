"""Words for conditions: what was measured, what it was compared with, for how long, by whose number."""

from __future__ import annotations

from typing import Final

from reports._format import day, difference, either, number, sentence
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import npgettext, pgettext

VERDICTS: Final = {"met": N_("Met"), "not-met": N_("Not met"), "unknown": N_("Not known")}
"""What came of a condition, to be translated where it is shown."""


def not_known() -> str:
    # Translators: stands for a figure: "Staffing is not known".
    return pgettext("figure", "not known")


def verdict(mark: str) -> str:
    return _(VERDICTS[mark])


def judged(step_on: str, as_of: str | None) -> str:
    if not as_of or as_of == step_on:
        return _("The conditions were last judged on {day}.").format(day=day(step_on))
    text = _("The conditions were last judged on {day}, on the return of {as_of}.")
    return text.format(day=day(step_on), as_of=day(as_of))


def root(kind: str, status: str, op: str | None, at_least: int | None, wait: str | None) -> str:
    condition = _for(_after_when(op, at_least), wait)
    if kind == "enter":
        # Translators: {condition} is such as "any one of these holds, for 2 weeks"; what holds is listed below.
        return _("{status} begins when {condition}:").format(status=status, condition=condition)
    if kind == "exit":
        # Translators: {condition} is such as "any one of these holds, for 2 weeks"; what holds is listed below.
        return _("{status} ends when {condition}:").format(status=status, condition=condition)
    # Translators: {condition} is such as "any one of these holds, for 2 weeks"; what holds is listed below.
    return _("This is allowed when {condition}:").format(condition=condition)


def implicit_exit(status: str) -> str:
    return _("{status} ends when no condition that begins it is met.").format(status=status)


def group(op: str | None, at_least: int | None, wait: str | None) -> str:
    return f"{_for(_alone(op, at_least), wait)}:"


def _after_when(op: str | None, at_least: int | None) -> str:
    """How many of the parts of a group must hold, within a sentence."""
    match op:
        case "count":
            # Translators: stands after "Red begins when".
            text = npgettext(
                "after when",
                "at least {number} of these holds",
                "at least {number} of these hold",
                at_least or 1,
            )
            return text.format(number=number(str(at_least or 1)))
        case "any":
            # Translators: stands after "Red begins when".
            return pgettext("after when", "any one of these holds")
        case "all":
            # Translators: stands after "Red begins when".
            return pgettext("after when", "all of these hold")
        case "none":
            # Translators: stands after "Red begins when".
            return pgettext("after when", "none of these holds")
        case _:
            # Translators: stands after "Red begins when".
            return pgettext("after when", "this holds")


def _alone(op: str | None, at_least: int | None) -> str:
    """The same on a line of its own."""
    match op:
        case "count":
            # Translators: stands on a line of its own, above what it speaks of.
            text = npgettext(
                "alone", "At least {number} of these holds", "At least {number} of these hold", at_least or 1
            )
            return text.format(number=number(str(at_least or 1)))
        case "any":
            # Translators: stands on a line of its own, above what it speaks of.
            return pgettext("alone", "Any one of these holds")
        case "all":
            # Translators: stands on a line of its own, above what it speaks of.
            return pgettext("alone", "All of these hold")
        case "none":
            # Translators: stands on a line of its own, above what it speaks of.
            return pgettext("alone", "None of these holds")
        case _:
            # Translators: stands on a line of its own, above what it speaks of.
            return pgettext("alone", "This holds")


def _for(condition: str, wait: str | None) -> str:
    if not wait:
        return condition
    # Translators: {condition} is such as "any one of these holds" or "below 88%", {length} such as "2 weeks".
    return _("{condition}, for {length}").format(condition=condition, length=wait)


def observed(name: str, value: str, distance: str | None, unit: str | None, threshold: str) -> str:
    """`Staffing is 82.5%, 5.5 points below 88%`; without a distance only what it is."""
    if distance is None:
        # Translators: such as "Staffing is 82.5%"; a phrase without a full stop that stands in sentences and lists.
        return _("{figure} is {value}").format(figure=name, value=value)
    if not distance.strip("-0."):
        # Translators: a phrase without a full stop that stands in sentences and lists.
        text = _("{figure} is {value}, exactly at {threshold}")
        return text.format(figure=name, value=value, threshold=threshold)
    text = (
        # Translators: such as "Staffing is 82.5%, 5.5 points below 88%"; a phrase that stands in sentences and lists.
        _("{figure} is {value}, {difference} below {threshold}")
        if distance.startswith("-")
        # Translators: such as "Workload is 120%, 10 points above 110%"; a phrase that stands in sentences and lists.
        else _("{figure} is {value}, {difference} above {threshold}")
    )
    return text.format(figure=name, value=value, difference=difference(distance, unit), threshold=threshold)


def held_for(phrase: str, run: str) -> str:
    # Translators: {phrase} is such as "Staffing is 82.5%, 5.5 points below 88%", {length} such as "2 weeks".
    return _("{phrase} (held for {length})").format(phrase=phrase, length=run)


def asked(comparator: str, threshold: str, wait: str | None) -> str:
    # Translators: {condition} is such as "below 88%" or "below 88%, for 2 weeks".
    return _("The condition: {condition}.").format(condition=_for(_compared(comparator, threshold), wait))


def _compared(comparator: str, threshold: str) -> str:
    match comparator:
        case "below":
            # Translators: stands in "The condition: below 88%."
            return pgettext("condition", "below {threshold}").format(threshold=threshold)
        case "at_most":
            # Translators: stands in "The condition: 88% or less."
            return pgettext("condition", "{threshold} or less").format(threshold=threshold)
        case "above":
            # Translators: stands in "The condition: above 88%."
            return pgettext("condition", "above {threshold}").format(threshold=threshold)
        case "at_least":
            # Translators: stands in "The condition: 88% or more."
            return pgettext("condition", "{threshold} or more").format(threshold=threshold)
        case _:
            return threshold


def choices(comparator: str, values: list[str]) -> str:
    if comparator == "none_of":
        # Translators: {values} is such as "high or very high"; stands in "The condition: not high or very high."
        return pgettext("condition", "not {values}").format(values=either(values))
    return either(values)


def has_held(run: str, needs: str, *, done: bool, first: bool) -> str:
    """How long a condition has held; `run` and `needs` are lengths of time, such as `2 weeks`."""
    if done and run == needs:
        # Translators: {needs} is a length of time, such as "2 weeks".
        return _("It has held for the {needs} that it needs.").format(needs=needs)
    if done and first:
        # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
        text = _("It has held for {run}. It needs {needs}, but the first figures count at once.")
    elif done:
        # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
        text = _("It has held for {run}. It needs {needs}.")
    else:
        # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
        text = _("It has held for {run} so far. It needs {needs}.")
    return text.format(run=run, needs=needs)


def held_at_once(needs: str) -> str:
    # Translators: {needs} is a length of time, such as "2 weeks".
    return _("It needs {needs}, but the first figures count at once.").format(needs=needs)


def does_not_hold(needs: str) -> str:
    # Translators: {needs} is a length of time, such as "2 weeks".
    return _("It would have to hold for {needs}. It does not hold now.").format(needs=needs)


def run_unknown(needs: str) -> str:
    # Translators: {needs} is a length of time, such as "2 weeks".
    return _("It would have to hold for {needs}. Whether it holds now is not known.").format(needs=needs)


def set_by_default(name: str, value: str) -> str:
    # Translators: {name} is a trigger point, such as "Amber staffing".
    return _("{name}, {value}, is the framework's default.").format(name=name, value=value)


def set_by_region(name: str, value: str, group: str, region: str, default: str) -> str:
    # Translators: {group} is what the organisation calls a group of units ("region"), {region} the name of one.
    text = _("{name}, {value}, was set by the {group} ({region}). The framework's default is {default}.")
    return text.format(name=name, value=value, group=group, region=region, default=default)


def set_by_unit(name: str, value: str, unit: str, default: str) -> str:
    # Translators: {unit} is what the organisation calls a unit, such as "PDU".
    text = _("{name}, {value}, was set for this {unit}. The framework's default is {default}.")
    return text.format(name=name, value=value, unit=unit, default=default)


def set_by_framework(value: str) -> str:
    return _("The framework itself sets {value}.").format(value=value)


def compared_with(name: str, value: str) -> str:
    return _("It is compared with another figure, {name}: {value}.").format(name=name, value=value)


def basis(*, published: bool, source: str | None) -> str:
    if not published:
        return _("Illustrative number.")
    if not source:
        return _("Published number.")
    return _("Published number: {source}").format(source=sentence(source))


def note(text: str) -> str:
    return _("Note: {note}").format(note=sentence(text))
