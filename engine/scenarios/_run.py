"""Runs scenarios and compares what comes out with what is expected."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.deciding import Engine
from engine.decision import Decision
from engine.returns import check_events
from engine.scenarios._coverage import Coverage
from rules.check.scenarios import BY_DATE, ScenarioFile, scenario_case, scenario_events
from rules.figures import Vocabulary
from rules.library import Framework, Library
from rules.model import Expectation, Pdu, RegionSettings, Scenario, SettingsEntry, UnitSettings
from rules.model._fields import number_text, read_number
from rules.problems import DisagreementError, Place, Problem
from rules.text import Path_, Scalar


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that came out otherwise than expected."""

    field: str
    expected: str
    found: str
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """How a scenario came out: `passed`, `failed` or `todo`. `decision` explains a failed expectation."""

    name: str
    place: Place
    outcome: str
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    decision: Decision | None = None
    reason: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The result as `test --format json` prints it."""
        return {
            "name": self.name,
            **self.place.as_dict(),
            "outcome": self.outcome,
            "reason": self.reason,
            "differences": [
                {"field": one.field, "expected": one.expected, "found": one.found, "as_of": one.as_of}
                for one in self.differences
            ],
            "problems": [problem.as_dict() for problem in self.problems],
            "decision": None if self.decision is None else self.decision["id"],
        }


def run_scenarios(
    library: Library,
    files: Sequence[tuple[Framework, ScenarioFile]],
    progress: Callable[[], None] = lambda: None,
) -> tuple[list[Result], Coverage]:
    """Run the scenarios of some files, with their framework; what they exercised comes with the results."""
    coverage = Coverage()
    results = []
    for framework, file in files:
        judging = framework if file.content.version == BY_DATE else framework.pin(file.content.version)
        for policy in judging.policies:
            coverage.expect(policy)
        for index, scenario in enumerate(file.content.scenarios):
            results.append(_Run(library, judging, file, index, scenario, coverage).result())
            progress()
    return results, coverage


class _Run:
    """One scenario."""

    def __init__(
        self,
        library: Library,
        framework: Framework,
        file: ScenarioFile,
        index: int,
        scenario: Scenario,
        coverage: Coverage,
    ) -> None:
        self.file, self.scenario, self.coverage = file, scenario, coverage
        self.path: Path_ = ("scenarios", index)
        self.expectations = file.expectations[index]
        self.organisation = library.organisation
        self.pdu = self._unit()
        self.framework = _with_numbers(framework, self.pdu, scenario)

    def _unit(self) -> Pdu:
        """The unit that the scenario names, or one made up for it."""
        for pdu in self.organisation.pdus:
            if pdu.id == self.scenario.pdu:
                return pdu
        return Pdu(id="scenario", name="Scenario", region=self.scenario.region or "scenario")

    def result(self) -> Result:
        """Run it."""
        place = self.file.source.place((*self.path, "name"))
        name = self.scenario.name
        if self.scenario.todo is not None:
            return Result(name, place, "todo", reason=self.scenario.todo)
        vocabulary = Vocabulary(policy.version for policy in self.framework.policies)
        case = scenario_case(self.scenario, self.path, self.file.source, vocabulary)
        events = scenario_events(self.scenario)
        faults = list(case.faults)
        versions = [policy.version for policy in self.framework.policies]
        faults += check_events(
            events,
            versions,
            lambda path, **_: self.file.source.place((*self.path, *path)),
            pinned=self.framework.pinned,
        )
        wanted = [expectation.error for expectation in self.expectations if expectation.error is not None]
        if wanted or faults:
            missed = tuple(
                Difference("error", code, ", ".join(sorted({fault.code for fault in faults})) or "no error")
                for code in wanted
                if not any(_fits(code, fault.code) for fault in faults)
            )
            good = bool(wanted) and not missed
            return Result(name, place, "passed" if good else "failed", missed, () if good else tuple(faults))
        with Engine(self.framework, self.organisation) as engine:
            try:
                return self._compare(engine, name, place)
            except DisagreementError as error:
                return Result(name, place, "failed", problems=error.problems)

    def _compare(self, engine: Engine, name: str, place: Place) -> Result:
        vocabulary = Vocabulary(policy.version for policy in self.framework.policies)
        case = scenario_case(self.scenario, self.path, self.file.source, vocabulary)
        course = engine.course(self.pdu, case.returns, scenario_events(self.scenario))
        last = case.returns[-1].as_of if case.returns else None
        wanted = [(expected.as_of or last, expected) for expected in self.expectations]
        days = {day for day, _ in wanted if day is not None}
        found: dict[datetime.date, Decision] = {}
        for standing in engine.standings(course, {*days, *course.days}):
            self.coverage.note(standing)
            if standing.day in days:
                found[standing.day] = engine.write(course, standing)
        differences: list[Difference] = []
        unlike: Decision | None = None
        for day, expected in wanted:
            decision = found.get(day) if day is not None else None
            if decision is None:
                differences.append(Difference("decision", "a decision", "no version in force", str(day)))
                continue
            new = [
                Difference(field, wish, got, str(day))
                for field, wish, got in _differences(expected, decision)
                if wish != got
            ]
            if new and unlike is None:
                unlike = decision
            differences += new
        return Result(name, place, "failed" if differences else "passed", tuple(differences), decision=unlike)


def _with_numbers(framework: Framework, pdu: Pdu, scenario: Scenario) -> Framework:
    """The framework with the scenario's trigger points in place of the region's and the unit's."""
    if not scenario.trigger_points:
        return framework
    numbers = scenario.trigger_points
    settings = framework.regions.get(pdu.region)
    earliest = SettingsEntry(
        effective=datetime.date.min, set_by="scenario", reason="scenario", trigger_points=dict(numbers)
    )
    entries = [earliest]
    for entry in settings.settings if settings is not None else ():
        units = {
            id_: UnitSettings(
                trigger_points={
                    key: number for key, number in own.trigger_points.items() if key not in numbers
                },
                withhold=own.withhold,
            )
            for id_, own in entry.pdus.items()
        }
        entries.append(
            entry.model_copy(update={"trigger_points": {**entry.trigger_points, **numbers}, "pdus": units})
        )
    written = RegionSettings(format=1, framework=framework.id, region=pdu.region, settings=entries)
    return framework.with_settings(pdu.region, written)


def _fits(pattern: str, code: str) -> bool:
    """Whether a code is the one expected, or of the family expected (`PF5xx`)."""
    return code.startswith(pattern.rstrip("x"))


def _differences(expected: Expectation, decision: Decision) -> Iterator[tuple[str, str, str]]:
    """What is expected and what came out, field by field, as text."""
    for field in ("status", "calculated"):
        if getattr(expected, field) is not None:
            yield field, getattr(expected, field), decision[field]
    if expected.since is not None:
        yield "since", expected.since.isoformat(), decision["since"]
    if expected.previous is not None:
        yield "previous", _written(expected.previous), decision["previous"] or "null"
    if expected.outstayed is not None:
        yield "outstayed", _written(expected.outstayed), "true" if decision["outstayed"] else "false"
    permitted = {one["activity"]: one for one in decision["permitted"]}
    if expected.permitted is not None:
        yield "permitted", ", ".join(sorted(expected.permitted)), ", ".join(sorted(permitted))
    for id_ in expected.includes_permitted or ():
        yield "includes_permitted", id_, id_ if id_ in permitted else "not permitted"
    for id_, status in (expected.reductions or {}).items():
        yield f"reductions.{id_}", status, permitted[id_]["from"] if id_ in permitted else "not permitted"
    for id_, day in (expected.ends or {}).items():
        found = str(permitted[id_]["ends"]) if id_ in permitted else "not permitted"
        yield f"ends.{id_}", day.isoformat(), found
    protected = {one["activity"] for one in decision["protected"]}
    for id_ in expected.protected or ():
        yield "protected", id_, id_ if id_ in protected else "not protected"
    measures = {one["id"]: one["value"] for one in decision["measures"]}
    for id_, value in (expected.measures or {}).items():
        yield f"measures.{id_}", _number(_written(value)), _number(measures.get(id_) or "unknown")
    for rule in expected.because or ():
        yield "because", rule, rule if rule in decision["fired"] else "did not fire"


def _written(value: Any) -> str:
    return value.text if isinstance(value, Scalar) else str(value)


def _number(text: str) -> str:
    """A number in its shortest form, so that 82.50 is 82.5; other words as they are."""
    number = read_number(text)
    return text if number is None else number_text(number)
