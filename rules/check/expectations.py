"""What a scenario expects: that it can come out at all. Whether it does is for the engine to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rules.figures import too_fine
from rules.formula import walk
from rules.model import Expectation, Scenario
from rules.model._fields import LAST_DAY, RESERVED_STATUSES, number_text, plain_decimal, read_number
from rules.model.read import read_model
from rules.policy import Policy
from rules.problems import Findings, did_you_mean
from rules.text import Mapping, Path_, Scalar, Source
from rules.text import Sequence as SequenceNode

_ERROR = re.compile(r"PF[0-9x]{3}", re.ASCII)
Placed = tuple[Path_, Expectation]
"""An expectation with its path."""


def read_expectations(scenario: Scenario, path: Path_, source: Source, findings: Findings) -> list[Placed]:
    """What is expected, with its path: one mapping, or a list of them."""
    here: Path_ = (*path, "expect")
    many = isinstance(source.node(here), SequenceNode)
    items = scenario.expect if many else [scenario.expect]
    if not items:
        _say_empty(here, source, findings)
    found: list[Placed] = []
    for index, item in enumerate(items):
        where: Path_ = (*here, index) if many else here
        node = source.node(where)
        if not isinstance(node, Mapping) or not isinstance(item, dict):
            findings.add(
                "PF409", "An expectation is a mapping.", source.place(where), "As in {status: amber}."
            )
            continue
        expectation = read_model(Expectation, source, findings, where)
        if expectation is None:
            continue
        if expectation.as_of is not None and expectation.as_of > LAST_DAY:
            message = f"Nothing is decided after {LAST_DAY}."
            findings.add("PF402", message, source.place((*where, "as_of")), "Write an earlier day.")
        if _expects_nothing(expectation):
            _say_empty(where, source, findings)
        if expectation.error is not None and not _ERROR.fullmatch(expectation.error):
            place = source.place((*where, "error"))
            findings.add("PF409", f"{expectation.error} is no code.", place, "As in PF508 or PF5xx.")
        found.append((where, expectation))
    return found


def _expects_nothing(expectation: Expectation) -> bool:
    """Whether any answer would meet it: only `permitted: []` says something by being empty."""
    return all(
        value is None or (key != "permitted" and value in ([], {}))
        for key, value in expectation
        if key != "as_of"
    )


def _say_empty(where: Path_, source: Source, findings: Findings) -> None:
    message = "This expects nothing, so any answer would pass."
    findings.add("PF409", message, source.place(where), "Say what must come out, as in {status: amber}.")


@dataclass(frozen=True, slots=True)
class Known:
    """What the versions that judge know: an expectation may name what any of them has."""

    statuses: set[str]
    words: set[str]
    activities: set[str]
    measures: dict[str, int]
    rules: set[str]

    @classmethod
    def of(cls, policies: Sequence[Policy]) -> Known:
        """The names of some versions; of a measure the most decimals that it has in one."""
        versions = [policy.version for policy in policies]
        statuses = {id_ for version in versions for id_ in version.status_ids}
        measures: dict[str, int] = {}
        for version in versions:
            for name, measure in version.measures.items():
                measures[name] = max(measure.decimals, measures.get(name, 0))
        return cls(
            statuses,
            statuses | RESERVED_STATUSES,
            {activity.id for version in versions for activity in version.activities},
            measures,
            {rule for policy in policies for rule in rule_names(policy)},
        )


def rule_names(policy: Policy) -> Iterator[str]:
    """Every rule of a version that may fire, by the name under which a decision tells it."""
    for condition in policy.conditions():
        yield from (node.rule for node in walk(condition))
    yield "status.indeterminate"
    for level, id_ in enumerate(policy.version.status_ids):
        yield from (f"status.{id_}", f"possible.{id_}")
        if level:
            yield f"exit.{id_}"
    yield from (f"permit.{activity}.{status}" for activity, status in (one.key for one in policy.reductions))


def check_expectations(
    expectations: Sequence[Placed], known: Known, source: Source, findings: Findings
) -> None:
    """Note each name that no version has (PF404), and each value that can never come out (PF409)."""
    for where, expected in expectations:
        for inner, id_, kind, names, is_key in _names(expected, known):
            if id_ not in names:
                place = source.place((*where, *inner), key=is_key)
                findings.add("PF404", f"There is no {kind} {id_}.", place, did_you_mean(id_, names))
        for key, value, misfit in (
            ("previous", expected.previous, _status_misfit(known)),
            ("outstayed", expected.outstayed, _flag_misfit),
            *(
                (("measures", name), value, _measure_misfit(name, known.measures[name]))
                for name, value in (expected.measures or {}).items()
                if name in known.measures
            ),
        ):
            told = None if value is None else misfit(value)
            if told is not None:
                inner = key if isinstance(key, tuple) else (key,)
                findings.add(told[0], told[1], source.place((*where, *inner)), told[2])


def _names(
    expected: Expectation, known: Known
) -> Iterator[tuple[Path_, str, str, set[str] | dict[str, int], bool]]:
    """Each name of an expectation: its path, what it is and should be among, and whether it is a key."""
    for key, id_ in (("status", expected.status), ("calculated", expected.calculated)):
        if id_ is not None:
            yield (key,), id_, "status", known.words, False
    for key in ("permitted", "includes_permitted", "protected"):
        for index, id_ in enumerate(getattr(expected, key) or ()):
            yield (key, index), id_, "activity", known.activities, False
    for index, id_ in enumerate(expected.because or ()):
        yield ("because", index), id_, "rule", known.rules, False
    for key in ("reductions", "ends"):
        for id_ in getattr(expected, key) or ():
            yield (key, id_), id_, "activity", known.activities, True
    for id_ in expected.measures or ():
        yield ("measures", id_), id_, "measure", known.measures, True
    for key, id_ in (expected.reductions or {}).items():
        yield ("reductions", key), id_, "status", known.statuses, False


_Misfit = tuple[str, str, str] | None
"""A code, a message and a hint; None where a value fits."""


def _status_misfit(known: Known) -> Callable[[object], _Misfit]:
    def misfit(value: object) -> _Misfit:
        if not isinstance(value, Scalar) or value.empty:
            return "PF409", "previous takes one status.", "Write its id, or null where there was none."
        if value.text in known.words or (value.plain and value.text == "null"):
            return None
        return "PF404", f"There is no status {value.text[:60]}.", did_you_mean(value.text, known.words)

    return misfit


def _flag_misfit(value: object) -> _Misfit:
    if isinstance(value, Scalar) and value.plain and value.text in ("true", "false"):
        return None
    return "PF409", "outstayed takes true or false.", "Write true or false."


def _measure_misfit(name: str, decimals: int) -> Callable[[object], _Misfit]:
    def misfit(value: object) -> _Misfit:
        if isinstance(value, Scalar) and value.text == "unknown":
            return None
        number = read_number(value.text) if isinstance(value, Scalar) and value.plain else None
        if number is None:
            shown = f", not {value.text[:60]!r}" if isinstance(value, Scalar) and not value.empty else ""
            return "PF409", f"{name} is a number or unknown{shown}.", "Write digits, as in 82.5, or unknown."
        number = plain_decimal(number)
        if -int(number.as_tuple().exponent) > decimals:
            message = f"{name} {number_text(number)} {too_fine(decimals)}, so it can never come out."
            return "PF409", message, "Round it as the measure is rounded."
        return None

    return misfit
