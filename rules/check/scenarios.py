"""Scenarios: that they can be run at all. Whether what they expect comes out is for the engine to say."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules.check.events import check_events, check_scopes
from rules.check.expectations import Known, check_expectations, read_expectations
from rules.check.settings import trigger_point_misfit
from rules.figures import Figure, Misfit, Return, Vocabulary, figure_key
from rules.model import Events, Expectation, Organisation, Scenario, Scenarios
from rules.model._fields import LAST_DAY, read_day, read_number
from rules.model.read import read_model
from rules.policy import Policy
from rules.problems import Findings, Place, Problem, did_you_mean
from rules.text import Path_, Scalar, Source

BY_DATE = "by-date"
MAX_FIGURES = 100_000
"""Every return has the figures under `inputs`, so that a short text can ask for very many."""


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The scenarios of one file, with the text that they stand in."""

    source: Source
    content: Scenarios
    expectations: tuple[tuple[Expectation, ...], ...]


@dataclass(frozen=True, slots=True)
class ScenarioCase:
    """What a scenario gives the engine: its returns, and every fault in their figures."""

    returns: tuple[Return, ...]
    faults: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class _Judges:
    """What the scenarios of one file are held against; `pinned` where one version judges all days."""

    policies: list[Policy]
    pinned: bool
    organisation: Organisation | None
    vocabulary: Vocabulary
    known: Known


def check_scenarios(
    source: Source,
    framework: str,
    policies: list[Policy] | None,
    organisation: Organisation | None,
    findings: Findings,
) -> ScenarioFile | None:
    """The scenarios of a file, or None with every fault in `findings` (PF4xx beyond its shape).

    Without `policies`, because not every version could be read, only the shape is looked at.
    """
    with findings.reading():
        return _checked(source, framework, policies, organisation, findings)
    return None


def _checked(
    source: Source,
    framework: str,
    policies: list[Policy] | None,
    organisation: Organisation | None,
    findings: Findings,
) -> ScenarioFile | None:
    before = len(findings.blocking)
    content = read_model(Scenarios, source, findings)
    if content is None:
        return None
    if content.framework != framework:
        findings.add(
            "PF242", f"This belongs to {framework}.", source.place(("framework",)), f"Write {framework}."
        )
    if policies is None:
        return None
    versions = [policy.version.version for policy in policies]
    if content.version != BY_DATE and content.version not in versions:
        hint = did_you_mean(content.version, [*versions, BY_DATE])
        findings.add("PF401", f"There is no version {content.version}.", source.place(("version",)), hint)
        return None
    judged = [policy for policy in policies if content.version in (BY_DATE, policy.version.version)]
    if not _small_enough(content, source, findings):
        return None
    judges = _Judges(
        judged,
        content.version != BY_DATE,
        organisation,
        Vocabulary(policy.version for policy in judged),
        Known.of(judged),
    )
    expectations = tuple(
        _check_one(scenario, ("scenarios", index), source, judges, findings)
        for index, scenario in enumerate(content.scenarios)
    )
    names: dict[str, int] = {}
    for index, scenario in enumerate(content.scenarios):
        if scenario.name in names:
            also = [source.place(("scenarios", names[scenario.name], "name"))]
            place = source.place(("scenarios", index, "name"))
            findings.add("PF409", "Two scenarios have this name.", place, "Give each its own name.", also)
        names.setdefault(scenario.name, index)
    return None if len(findings.blocking) > before else ScenarioFile(source, content, expectations)


def _small_enough(content: Scenarios, source: Source, findings: Findings) -> bool:
    """Whether the file's returns have no more figures than can be looked at in little time."""
    figures = 0
    for index, scenario in enumerate(content.scenarios):
        base = sum(len(value) if isinstance(value, dict) else 1 for value in scenario.inputs.values())
        figures += (base + 1) * len(scenario.returns)
        if figures > MAX_FIGURES:
            message = f"The returns of a file of scenarios have at most {MAX_FIGURES:,} figures."
            place = source.place(("scenarios", index, "returns"))
            findings.add("PF402", message, place, "Split the file, or leave out returns.")
            return False
    return True


def _check_one(
    scenario: Scenario,
    path: Path_,
    source: Source,
    judges: _Judges,
    findings: Findings,
) -> tuple[Expectation, ...]:
    organisation = judges.organisation
    placed = read_expectations(scenario, path, source, findings)
    expectations = tuple(expectation for _, expectation in placed)
    if organisation is not None:
        for key, kind, known in (
            ("region", organisation.group.one, [region.id for region in organisation.regions]),
            ("pdu", organisation.unit.one, [pdu.id for pdu in organisation.pdus]),
        ):
            named = getattr(scenario, key)
            if named is not None and named not in known:
                place = source.place((*path, key))
                findings.add("PF407", f"There is no {kind} {named}.", place, did_you_mean(named, known))
    for name, number in scenario.trigger_points.items():
        for policy in judges.policies:
            misfit = trigger_point_misfit(name, number, policy.version)
            if misfit is not None:
                findings.add("PF406", misfit[1], source.place((*path, "trigger_points", name)), misfit[2])
                break
    expected_errors = [expectation.error for expectation in expectations if expectation.error]
    case = scenario_case(scenario, path, source, judges.vocabulary)
    for fault in case.faults:
        if not fault.code.startswith("PF5"):
            findings.take(fault)
        elif not any(same_code(error, fault.code) for error in expected_errors):
            findings.add("PF403", f"{fault.message} ({fault.code})", fault.place, fault.hint)
    if (
        not scenario.returns
        and not any(expectation.as_of for expectation in expectations)
        and not expected_errors
    ):
        findings.add(
            "PF402", "There is no return and no day to decide.", source.place(path), "Add as_of: to expect."
        )
    faults = scenario_event_faults(scenario, path, source, judges.policies, judges.pinned, organisation)
    for fault in faults:
        if not any(same_code(error, fault.code) for error in expected_errors):
            code = "PF408" if fault.code in ("PF521", "PF523") else "PF403"
            findings.add(code, f"{fault.message} ({fault.code})", fault.place, fault.hint, fault.also)
    check_expectations(placed, judges.known, source, findings)
    return expectations


def same_code(expected: str, code: str) -> bool:
    """Whether a code is the expected one, or of the expected family: PF508 is of PF5xx."""
    return len(expected) == len(code) and all(
        letter in ("x", other) for letter, other in zip(expected, code, strict=True)
    )


def scenario_events(scenario: Scenario) -> Events:
    """The declarations and suspensions of a scenario."""
    return Events(declarations=scenario.declarations, suspensions=scenario.suspensions)


def scenario_event_faults(
    scenario: Scenario,
    path: Path_,
    source: Source,
    judged: Sequence[Policy],
    pinned: bool,
    organisation: Organisation | None,
) -> list[Problem]:
    """What is wrong with the declarations and suspensions of a scenario, as with those of a file of events."""
    if not scenario.declarations and not scenario.suspensions:
        return []
    events = scenario_events(scenario)

    def place(inner: Path_) -> Place:
        return source.place((*path, *inner))

    return [
        *check_scopes(events, organisation, place),
        *check_events(events, [policy.version for policy in judged], place, pinned=pinned),
    ]


def scenario_case(scenario: Scenario, path: Path_, source: Source, vocabulary: Vocabulary) -> ScenarioCase:
    """The returns of a scenario, with every fault of their days and figures at its place."""
    findings = Findings()
    base = dict(_figures(scenario.inputs, (*path, "inputs")))
    returns: list[Return] = []
    told: set[Path_] = set()
    previous: datetime.date | None = None
    for index, row in enumerate(scenario.returns):
        where: Path_ = (*path, "returns", index)
        written = row.get("as_of")
        day = read_day(written.text) if isinstance(written, Scalar) else None
        if day is None:
            findings.add(
                "PF505", "as_of must be a day that exists.", source.place((*where, "as_of")), "As 2022-08-22."
            )
            continue
        if day > LAST_DAY:
            message = f"Nothing is decided after {LAST_DAY}."
            findings.add("PF505", message, source.place((*where, "as_of")), "Write an earlier day.")
            continue
        if previous is not None and day <= previous:
            hint = "Put the returns in the order of their days."
            findings.add("PF402", "Days must be strictly ascending.", source.place((*where, "as_of")), hint)
        previous = day
        own = dict(_figures({key: value for key, value in row.items() if key != "as_of"}, where))
        gone = {name for (name, member), (value, _) in own.items() if member is None and value is None}
        kept = {key: found for key, found in base.items() if key[0] not in gone}
        figures: dict[str, Figure] = {}
        for key, (value, place) in {**kept, **own}.items():
            figure = _figure(key, value, day, vocabulary, place, source, told, findings)
            if figure is not None:
                figures[figure_key(*key)] = figure
        returns.append(Return(scenario.pdu or "scenario", day, figures))
    return ScenarioCase(tuple(returns), tuple(findings.problems))


def _figures(
    written: Mapping[str, Any], path: Path_
) -> Iterator[tuple[tuple[str, str | None], tuple[Scalar | None, Path_]]]:
    """Each figure as written: (input, member), its scalar (None takes it away), its path."""
    for name, value in written.items():
        if isinstance(value, dict):
            for member, inner in value.items():
                yield (name, member), (_given(inner), (*path, name, member))
        else:
            yield (name, None), (_given(value), (*path, name))


def _given(value: Any) -> Scalar | None:
    if isinstance(value, Scalar) and value.plain and value.text in ("", "null", "~"):
        return None
    return value if isinstance(value, Scalar) else Scalar("(a list)", False)


def _figure(
    key: tuple[str, str | None],
    written: Scalar | None,
    day: datetime.date,
    vocabulary: Vocabulary,
    path: Path_,
    source: Source,
    told: set[Path_],
    findings: Findings,
) -> Figure | None:
    """The figure, if there is one and it is fit for its input on its day; else its fault is noted once.

    What takes a figure away must name one that there is, too.
    """
    if path in told:
        return None
    name, member = key
    spec = vocabulary.spec(name, day)
    misfit: Misfit | None = None
    figure: Figure = "" if written is None else written.text
    if spec is None:
        misfit = Misfit("PF502", f"{name[:60]} is no input.", did_you_mean(name, vocabulary.inputs))
    elif spec.per is None and member is not None:
        misfit = Misfit("PF513", f"{name} is not per a list.", "Write one figure.")
    elif spec.per is not None and member is None and written is not None:
        misfit = Misfit(
            "PF513", f"{name} is per {spec.per}.", f"As in {name}: {{{', '.join(spec.members[:1])}: 1}}."
        )
    elif spec.per is not None and member is not None and member not in spec.members:
        misfit = Misfit("PF507", f"{member} is no member of {spec.per}.", did_you_mean(member, spec.members))
    elif written is not None:
        number = read_number(written.text) if written.plain else None
        if spec.values is None and isinstance(number, Decimal):
            figure = number
        misfit = spec.misfit(figure)
    if misfit is None:
        return None if written is None else figure
    told.add(path)
    findings.add(misfit.code, misfit.message, source.place(path, key=spec is None), misfit.hint)
    return None
