"""Words for conditions: what was measured, what it was compared with, for how long, by whose number."""

from __future__ import annotations

from typing import Final

from reports._format import capital, day, difference, listed, sentence

NOT_KNOWN: Final = "not known"
VERDICTS: Final = {"met": "Met", "not-met": "Not met", "unknown": "Not known"}


def judged(step_on: str, as_of: str | None) -> str:
    of = f", on the return of {day(as_of)}" if as_of and as_of != step_on else ""
    return f"The conditions were last judged on {day(step_on)}{of}."


def root(kind: str, status: str, op: str | None, at_least: int | None, wait: str | None) -> str:
    verb = {"enter": f"{status} begins", "exit": f"{status} ends"}.get(kind, "This is allowed")
    return f"{verb} when {_group(op, at_least)}{_for(wait)}:"


def implicit_exit(status: str) -> str:
    return f"{status} ends when no condition that begins it is met."


def group(op: str | None, at_least: int | None, wait: str | None) -> str:
    return f"{capital(_group(op, at_least))}{_for(wait)}:"


def _group(op: str | None, at_least: int | None) -> str:
    if op == "count":
        return f"at least {at_least or 1} of these {'hold' if (at_least or 1) > 1 else 'holds'}"
    return {"any": "any one of these holds", "all": "all of these hold", "none": "none of these holds"}.get(
        op or "", "this holds"
    )


def _for(wait: str | None) -> str:
    return f", for {wait}" if wait else ""


def observed(name: str, value: str, distance: str | None, unit: str | None, threshold: str) -> str:
    """`Staffing is 82.5%, 5.5 points below 88%`; without a distance only what it is."""
    if distance is None:
        return f"{name} is {value}"
    if not distance.strip("-0."):
        return f"{name} is {value}, exactly at {threshold}"
    side = "below" if distance.startswith("-") else "above"
    return f"{name} is {value}, {difference(distance, unit)} {side} {threshold}"


def held_for(run: str) -> str:
    return f" (held for {run})"


def asked(comparator: str, threshold: str, wait: str | None) -> str:
    pattern = {"below": "below {}", "at_most": "{} or less", "above": "above {}", "at_least": "{} or more"}
    return f"The condition: {pattern.get(comparator, '{}').format(threshold)}{_for(wait)}."


def choices(comparator: str, values: list[str]) -> str:
    if comparator == "none_of":
        return f"not {listed(values, 'or')}"
    return f"{listed(values, 'or')}"


def has_held(run: str, needs: str, *, done: bool, first: bool) -> str:
    if done and run == needs:
        return f"It has held for the {needs} that it needs."
    if done and first:
        return f"It has held for {run}. It needs {needs}, but the first figures count at once."
    if done:
        return f"It has held for {run}. It needs {needs}."
    return f"It has held for {run} so far. It needs {needs}."


def held_at_once(needs: str) -> str:
    return f"It needs {needs}, but the first figures count at once."


def does_not_hold(needs: str) -> str:
    return f"It would have to hold for {needs}. It does not hold now."


def run_unknown(needs: str) -> str:
    return f"It would have to hold for {needs}. Whether it holds now is not known."


def set_by_default(name: str, value: str) -> str:
    return f"{name}, {value}, is the framework's default."


def set_by_region(name: str, value: str, group: str, region: str, default: str) -> str:
    return f"{name}, {value}, was set by the {group} ({region}). The framework's default is {default}."


def set_by_unit(name: str, value: str, unit: str, default: str) -> str:
    return f"{name}, {value}, was set for this {unit}. The framework's default is {default}."


def set_by_framework(value: str) -> str:
    return f"The framework itself sets {value}."


def compared_with(name: str, value: str) -> str:
    return f"It is compared with another figure, {name}: {value}."


def basis(*, published: bool, source: str | None) -> str:
    if not published:
        return "Illustrative number."
    return f"Published number: {sentence(source)}" if source else "Published number."


def note(text: str) -> str:
    return f"Note: {sentence(text)}"
