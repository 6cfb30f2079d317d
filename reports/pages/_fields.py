"""Fields of forms, with what is wrong with each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from reports.language import told
from rules.problems import Problem


class Field(NamedTuple):
    """A field: `name` is what the browser sends, `error` what is wrong with its value."""

    name: str
    label: str
    value: str = ""
    hint: str | None = None
    error: str | None = None
    options: tuple[tuple[str, str], ...] = ()
    """What can be chosen: values and their words; nothing where it is typed."""


class Fault(NamedTuple):
    """One line of the summary of errors; `name` is the field that it leads to, if there is one."""

    text: str
    name: str | None


class Group(NamedTuple):
    """Fields under one heading."""

    title: str
    hint: str | None
    fields: tuple[Field, ...]


def told_of(problem: Problem) -> str:
    """What is wrong and what to do about it, in the language that is spoken."""
    return f"{told(problem.message)} {told(problem.hint)}".strip()


def faults_of(fields: Sequence[Field], others: Sequence[str] = ()) -> tuple[Fault, ...]:
    """The summary of errors: those of fields in their order, then those that belong to none."""
    found = [Fault(one.error, one.name) for one in fields if one.error]
    return (*found, *(Fault(text, None) for text in others))


def split(problems: Mapping[str, str], names: Sequence[str]) -> tuple[dict[str, str], list[str]]:
    """Problems by the field that they belong to, and those of no field."""
    known = set(names)
    own = {name: text for name, text in problems.items() if name in known}
    return own, [text for name, text in problems.items() if name not in known]
