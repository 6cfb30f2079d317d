"""Scenarios: that they can be run at all. Whether what they expect comes out is for the engine to say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from rules.check.settings import trigger_point_misfit
from rules.figures import Figure, Misfit, Return, Vocabulary, figure_key
from rules.model import Declaration, Events, Expectation, Organisation, Scenario, Scenarios, Suspension
from rules.model._fields import read_day, read_number
from rules.model.read import read_model
from rules.policy import Policy
from rules.problems import Findings, Problem, did_you_mean
from rules.text import Mapping as MappingNode
from rules.text import Path_, Scalar, Sequence, Source

BY_DATE = "by-date"
_ERROR = re.compile(r"PF[0-9x]{3}", re.ASCII)


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
    expectations = tuple(
        _check_one(scenario, ("scenarios", index), source, judged, organisation, findings)
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


def _check_one(
    scenario: Scenario,
    path: Path_,
    source: Source,
    judged: list[Policy],
    organisation: Organisation | None,
    findings: Findings,
) -> tuple[Expectation, ...]:
    placed = _expectations(scenario, path, source, findings)
    expectations = tuple(expectation for _, expectation in placed)
    if organisation is not None:
        for key, kind, known in (
            ("region", "region", [region.id for region in organisation.regions]),
            ("pdu", "PDU", [pdu.id for pdu in organisation.pdus]),
        ):
            named = getattr(scenario, key)
            if named is not None and named not in known:
                place = source.place((*path, key))
                findings.add("PF407", f"There is no {kind} {named}.", place, did_you_mean(named, known))
    for name, number in scenario.trigger_points.items():
        for policy in judged:
            misfit = trigger_point_misfit(name, number, policy.version)
            if misfit is not None:
                findings.add("PF406", misfit[1], source.place((*path, "trigger_points", name)), misfit[2])
                break
    expected_errors = [expectation.error for expectation in expectations if expectation.error]
    case = scenario_case(scenario, path, source, Vocabulary(policy.version for policy in judged))
    for fault in case.faults:
        if not fault.code.startswith("PF5"):
            findings.problems.append(fault)
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
    _check_names(placed, scenario, path, source, judged, findings)
    return expectations


def same_code(expected: str, code: str) -> bool:
    """Whether a code is the expected one, or of the expected family: PF508 is of PF5xx."""
    return len(expected) == len(code) and all(
        letter in ("x", other) for letter, other in zip(expected, code, strict=True)
    )


def _expectations(
    scenario: Scenario, path: Path_, source: Source, findings: Findings
) -> list[tuple[Path_, Expectation]]:
    """What is expected, with its path: one mapping, or a list of them."""
    many = isinstance(source.node((*path, "expect")), Sequence)
    found: list[tuple[Path_, Expectation]] = []
    for index, item in enumerate(scenario.expect if many else [scenario.expect]):
        where: Path_ = (*path, "expect", index) if many else (*path, "expect")
        node = source.node(where)
        if not isinstance(node, MappingNode) or not isinstance(item, dict):
            findings.add(
                "PF409", "An expectation is a mapping.", source.place(where), "As in {status: amber}."
            )
            continue
        expectation = read_model(Expectation, source, findings, where)
        if expectation is None:
            continue
        if expectation.error is not None and not _ERROR.fullmatch(expectation.error):
            place = source.place((*where, "error"))
            findings.add("PF409", f"{expectation.error} is no code.", place, "As in PF508 or PF5xx.")
        found.append((where, expectation))
    return found


def _check_names(
    expectations: list[tuple[Path_, Expectation]],
    scenario: Scenario,
    path: Path_,
    source: Source,
    judged: list[Policy],
    findings: Findings,
) -> None:
    """Ids in expectations and events must be ids of some version that judges."""
    versions = [policy.version for policy in judged]
    statuses = {id_ for version in versions for id_ in version.status_ids}
    activities = {activity.id for version in versions for activity in version.activities}
    measures = {name for version in versions for name in version.measures}
    words = {*statuses, "indeterminate", "undeclared", "suspended"}
    for where, expected in expectations:
        looked_up: list[tuple[Path_, str | None, str, set[str]]] = [
            (("status",), expected.status, "status", words),
            (("calculated",), expected.calculated, "status", words),
        ]
        for key in ("permitted", "includes_permitted", "protected"):
            listed = enumerate(getattr(expected, key) or ())
            looked_up += [((key, index), id_, "activity", activities) for index, id_ in listed]
        for key, kind, known in (
            ("reductions", "activity", activities),
            ("ends", "activity", activities),
            ("measures", "measure", measures),
        ):
            looked_up += [((key, id_, "[key]"), id_, kind, known) for id_ in getattr(expected, key) or ()]
        reductions = (expected.reductions or {}).items()
        looked_up += [(("reductions", key), id_, "status", statuses) for key, id_ in reductions]
        for inner, id_, kind, known in looked_up:
            if id_ is not None and id_ not in known:
                is_key = inner[-1] == "[key]"
                place = source.place((*where, *(inner[:-1] if is_key else inner)), key=is_key)
                findings.add("PF404", f"There is no {kind} {id_}.", place, did_you_mean(id_, known))
    for index, declaration in enumerate(scenario.declarations):
        if declaration.status not in statuses:
            place = source.place((*path, "declarations", index, "status"))
            findings.add(
                "PF408",
                f"{declaration.status} is no status.",
                place,
                did_you_mean(declaration.status, statuses),
            )
    dated: dict[str, tuple[Declaration | Suspension, ...]] = {
        "declarations": tuple(scenario.declarations),
        "suspensions": tuple(scenario.suspensions),
    }
    for kind, events in dated.items():
        for index, event in enumerate(events):
            if event.until is not None and event.until < event.from_:
                place = source.place((*path, kind, index, "until"))
                findings.add("PF408", "The last day is before the first.", place, "Set a later day.")


def scenario_events(scenario: Scenario) -> Events:
    """The declarations and suspensions of a scenario."""
    return Events(declarations=scenario.declarations, suspensions=scenario.suspensions)


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
        if previous is not None and day <= previous:
            hint = "Put the returns in the order of their days."
            findings.add("PF402", "Days must be strictly ascending.", source.place((*where, "as_of")), hint)
        previous = day
        own = dict(_figures({key: value for key, value in row.items() if key != "as_of"}, where))
        figures: dict[str, Figure] = {}
        for key, (value, place) in {**base, **own}.items():
            if value is None:
                continue
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
    written: Scalar,
    day: datetime.date,
    vocabulary: Vocabulary,
    path: Path_,
    source: Source,
    told: set[Path_],
    findings: Findings,
) -> Figure | None:
    """The figure, if it is fit for its input on its day; else its fault is noted once."""
    name, member = key
    spec = vocabulary.spec(name, day)
    misfit: Misfit | None = None
    figure: Figure = written.text
    if spec is None:
        misfit = Misfit("PF502", f"{name[:60]} is no input.", did_you_mean(name, vocabulary.inputs))
    elif spec.per is None and member is not None:
        misfit = Misfit("PF513", f"{name} is not per a list.", "Write one figure.")
    elif spec.per is not None and member is None:
        misfit = Misfit(
            "PF513", f"{name} is per {spec.per}.", f"As in {name}: {{{', '.join(spec.members[:1])}: 1}}."
        )
    elif spec.per is not None and member not in spec.members:
        misfit = Misfit(
            "PF507", f"{member} is no member of {spec.per}.", did_you_mean(str(member), spec.members)
        )
    else:
        number = read_number(written.text) if written.plain else None
        if spec.values is None and isinstance(number, Decimal):
            figure = number
        misfit = spec.misfit(figure)
    if misfit is None:
        return figure
    if path not in told:
        told.add(path)
        findings.add(misfit.code, misfit.message, source.place(path, key=spec is None), misfit.hint)
    return None
