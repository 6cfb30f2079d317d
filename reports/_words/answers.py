"""Words for the answer to "why did it come out otherwise": short, beside what was expected and found."""

from __future__ import annotations

from collections.abc import Sequence

from reports._format import day, listed


def since(status: str, first: str) -> str:
    return f"{status} since {day(first)}."


def root(kind: str, status: str, activity: str, holds: bool | None) -> str:
    what = {
        "enter": ("What begins {0} is met", "What begins {0} is not met", "Whether {0} begins is not known"),
        "exit": ("What ends {0} is met", "What ends {0} is not met", "Whether {0} ends is not known"),
        "when": (
            "What allows it from {0} on is met",
            "What allows it from {0} on is not met",
            "Whether it is allowed from {0} on is not known",
        ),
    }[kind]
    text = what[2 if holds is None else 0 if holds else 1].format(status)
    return f"{activity}: {text}" if activity else text


def place(rule: str, line: int | None) -> str:
    return f"({rule}, line {line})" if line else f"({rule})"


def run(held: str | None, needs: str, *, met: bool, first: bool) -> str:
    if met and first:
        return f"It needs {needs}, but the first figures count at once."
    if met:
        return f"Held for {held}; it needs {needs}."
    return f"Held for {held} of the {needs} that it needs." if held else ""


def permitted(activity: str, status: str, first: str | None) -> str:
    begun = f", since {day(first)}" if first else ""
    return f"{activity}: permitted, by the reduction from {status} on{begun}."


def refused(activity: str, status: str | None, reason: str) -> str:
    return f"{activity} (from {status} on): {reason}" if status else f"{activity}: {reason}"


def ends(activity: str, first: str, after: str | None, on: str | None) -> str:
    if after is None or on is None:
        return f"{activity}: permitted since {day(first)}. It never lapses."
    return f"{activity}: permitted since {day(first)}, for {after}. It lapses on {day(on)}."


def nothing_to_reduce(activity: str) -> str:
    return f"{activity}: this version has no reduction for it."


def not_mandatory(activity: str) -> str:
    return f"{activity} is not mandatory in this version."


def measure(title: str, value: str, formula: str | None, inputs: Sequence[str]) -> str:
    worked = f", worked out as {formula}" if formula else ""
    given = f". Figures: {listed(list(inputs))}" if inputs else ""
    return f"{title} is {value}{worked}{given}."


def figure(key: str, value: str | None, how: str) -> str:
    if value is None:
        return f"{key} not given"
    return f"{key} {value}" if how == "given" else f"{key} {value} ({how})"


def no_rule(rule: str) -> str:
    return f"{rule} did not fire at the step that this decision rests on."
