"""A case in which something happens: trigger points, a return's figures and where the unit stands."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.decide import NONE, Deciders, Outcome, Program, Situation
from rules.figures import Figure, Return
from rules.formula import FigureOf, Subject
from rules.model._fields import number_text
from rules.prove.encoding import Encoding
from rules.reading import Reader

DAY = datetime.date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Witness:
    """The case, and what the deciders make of it.

    `numbers` are those of the trigger points, `figures` what the return carries, `values` what each subject of the
    conditions comes to (None where it is unknown).
    """

    numbers: Mapping[str, Decimal]
    figures: Mapping[str, Figure]
    values: Mapping[Subject, int | None]
    program: Program
    situation: Situation
    outcome: Outcome


def decided(
    encoding: Encoding,
    numbers: Mapping[str, Decimal],
    figures: Mapping[str, Figure],
    values: Mapping[Subject, int | None],
    runs: tuple[int, ...],
    standing: int,
    stay_over: bool,
) -> Witness | None:
    """The case as both deciders decide it, or None where its figures do not read as they were meant to.

    Raises DisagreementError where the deciders differ.
    """
    program = encoding.compiled(dict(numbers))
    read = Reader(program).read(Return("", DAY, figures), {})
    meant = [value_of(encoding, program, slot, values) for slot in range(len(program.slots))]
    if list(read.values) != meant:
        return None
    reductions = len(program.policy.reductions)
    situation = Situation(
        read.values,
        runs,
        standing,
        stay_over,
        True,
        standing == NONE and program.at_once,
        (*range(program.levels), NONE),
        (0,) * reductions,
    )
    deciders = Deciders()
    try:
        outcome = deciders.decide(program, situation)
    finally:
        deciders.close()
    return Witness(program.trigger_points, figures, values, program, situation, outcome)


def value_of(
    encoding: Encoding, program: Program, number: int, values: Mapping[Subject, int | None]
) -> int | None:
    """What a slot comes to when subjects have given values."""
    slot = program.slots[number]
    value = values[slot.subject]
    if slot.minus is None or value is None:
        return value
    less, scope = values[slot.minus], encoding.subjects.scope
    if less is None:
        return None
    one: int = 10 ** (slot.decimals - scope.decimals(slot.subject))
    other: int = 10 ** (slot.decimals - scope.decimals(slot.minus))
    return value * one - less * other


def value_text(encoding: Encoding, subject: Subject, value: int | None) -> str:
    """A subject and its value in words: `staffing = 84.9`, `local_alert = high`, `workload unknown`."""
    if value is None:
        return f"{subject} unknown"
    categories = encoding.subjects.scope.categories(subject)
    if categories is not None and isinstance(subject, FigureOf):
        return f"{subject} = {categories[value]}"
    return f"{subject} = {number_text(Decimal(value).scaleb(-encoding.subjects.scope.decimals(subject)))}"
