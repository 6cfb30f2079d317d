"""Words for the answer to "why did it come out otherwise": short, beside what was expected and found."""

from __future__ import annotations

from collections.abc import Sequence

from reports._format import day, listed
from reports._words import figures
from reports.language import gettext as _


def since(status: str, first: str) -> str:
    return _("{status} since {day}.").format(status=status, day=day(first))


def root(kind: str, status: str, activity: str, holds: bool | None) -> str:
    if kind == "enter":
        text = _begins(holds)
    elif kind == "exit":
        text = _ends(holds)
    else:
        text = _allows(holds)
    told = text.format(status=status)
    return f"{activity}: {told}" if activity else told


def _begins(holds: bool | None) -> str:
    if holds is None:
        return _("Whether {status} begins is not known")
    return _("What begins {status} is met") if holds else _("What begins {status} is not met")


def _ends(holds: bool | None) -> str:
    if holds is None:
        return _("Whether {status} ends is not known")
    return _("What ends {status} is met") if holds else _("What ends {status} is not met")


def _allows(holds: bool | None) -> str:
    if holds is None:
        return _("Whether it is allowed from {status} on is not known")
    if holds:
        return _("What allows it from {status} on is met")
    return _("What allows it from {status} on is not met")


def place(rule: str, line: int | None) -> str:
    if not line:
        return f"({rule})"
    # Translators: {rule} is a rule's name in a framework's document, {line} the number of the line that it stands at.
    return _("({rule}, line {line})").format(rule=rule, line=line)


def run(held: str | None, needs: str, *, met: bool, first: bool) -> str:
    """How long a condition has held; `held` and `needs` are lengths of time, such as `2 weeks`."""
    if met and first:
        # Translators: {needs} is a length of time, such as "2 weeks".
        return _("It needs {needs}, but the first figures count at once.").format(needs=needs)
    if met:
        # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
        return _("Held for {run}; it needs {needs}.").format(run=held, needs=needs)
    if not held:
        return ""
    # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
    return _("Held for {run} of the {needs} that it needs.").format(run=held, needs=needs)


def permitted(activity: str, status: str, first: str | None) -> str:
    if not first:
        text = _("{activity}: permitted, by the reduction from {status} on.")
        return text.format(activity=activity, status=status)
    text = _("{activity}: permitted, by the reduction from {status} on, since {day}.")
    return text.format(activity=activity, status=status, day=day(first))


def refused(activity: str, status: str | None, reason: str) -> str:
    if not status:
        return f"{activity}: {reason}"
    text = _("{activity} (from {status} on): {reason}")
    return text.format(activity=activity, status=status, reason=reason)


def ends(activity: str, first: str, after: str | None, on: str | None) -> str:
    if after is None or on is None:
        text = _("{activity}: permitted since {first}. It never lapses.")
        return text.format(activity=activity, first=day(first))
    # Translators: {length} is such as "84 days".
    text = _("{activity}: permitted since {first}, for {length}. It lapses on {day}.")
    return text.format(activity=activity, first=day(first), length=after, day=day(on))


def nothing_to_reduce(activity: str) -> str:
    return _("{activity}: this version has no reduction for it.").format(activity=activity)


def not_mandatory(activity: str) -> str:
    return _("{activity} is not mandatory in this version.").format(activity=activity)


def measure(title: str, value: str, formula: str | None, inputs: Sequence[str]) -> str:
    if formula:
        text = _("{figure} is {value}, worked out as {formula}.")
        told = text.format(figure=title, value=value, formula=formula)
    else:
        told = _("{figure} is {value}.").format(figure=title, value=value)
    if not inputs:
        return told
    # Translators: {figures} is such as "points 100 and available 120 (default)".
    more = _("Figures: {figures}.").format(figures=listed(list(inputs)))
    return f"{told} {more}"


def figure(key: str, value: str | None, how: str) -> str:
    if value is None:
        return _("{figure} not given").format(figure=key)
    return f"{key} {value}" if how == "given" else f"{key} {value} ({figures.came(how)})"


def no_rule(rule: str) -> str:
    return _("{rule} did not fire at the step that this decision rests on.").format(rule=rule)
