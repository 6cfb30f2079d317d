"""Runs scenarios and compares what comes out with what is expected."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engine.deciding import Engine
from engine.decision import Decision
from engine.scenarios._compare import Difference, compared
from engine.scenarios._coverage import Coverage
from rules.check.scenarios import (
    BY_DATE,
    ScenarioFile,
    same_code,
    scenario_case,
    scenario_event_faults,
    scenario_events,
)
from rules.figures import Vocabulary
from rules.library import Framework, Library
from rules.model import Pdu, RegionSettings, Scenario, SettingsEntry, UnitSettings
from rules.policy import Policy
from rules.problems import DisagreementError, Place, Problem
from rules.text import Path_


@dataclass(frozen=True, slots=True)
class Result:
    """How a scenario came out: `passed`, `failed` or `todo`.

    `decisions` are those on which an expectation failed, in the order of days; they explain why. `errors` are
    the codes that were expected.
    """

    name: str
    place: Place
    outcome: str
    differences: tuple[Difference, ...] = ()
    problems: tuple[Problem, ...] = ()
    decisions: tuple[Decision, ...] = ()
    reason: str | None = None
    errors: tuple[str, ...] = ()

    @property
    def decision(self) -> Decision | None:
        """The first decision on which an expectation failed."""
        return self.decisions[0] if self.decisions else None

    def unlike(self, decision: Decision) -> tuple[Difference, ...]:
        """What came out otherwise on the day of a decision."""
        return tuple(one for one in self.differences if one.as_of == decision["as_of"])

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
            "errors": list(self.errors),
            "decision": None if self.decision is None else self.decision["id"],
        }


def run_scenarios(
    library: Library,
    files: Sequence[tuple[Framework, ScenarioFile]],
    progress: Callable[[], None] = lambda: None,
    versions: Iterable[Policy] = (),
) -> tuple[list[Result], Coverage]:
    """Run the scenarios of some files, with their framework; what they exercised comes with the results.

    Coverage tells of each version that a file names or a scenario was judged by, and of `versions`.
    """
    coverage = Coverage()
    for policy in versions:
        coverage.expect(policy)
    results = []
    for framework, file in files:
        judging = framework
        if file.content.version != BY_DATE:
            judging = framework.pin(file.content.version)
            coverage.expect(judging.policies[0])
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
        faults = list(case.faults)
        faults += scenario_event_faults(
            self.scenario,
            self.path,
            self.file.source,
            self.framework.policies,
            self.framework.pinned,
            self.organisation,
        )
        wanted = [expectation.error for expectation in self.expectations if expectation.error is not None]
        if wanted or faults:
            missed = tuple(
                Difference("error", code, ", ".join(sorted({fault.code for fault in faults})) or "no error")
                for code in wanted
                if not any(same_code(code, fault.code) for fault in faults)
            )
            good = bool(wanted) and not missed
            return Result(
                name,
                place,
                "passed" if good else "failed",
                missed,
                () if good else tuple(faults),
                errors=tuple(wanted),
            )
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
        for standing in engine.standings(course, {*days, *course.days, *self._steps(days | {*course.days})}):
            self.coverage.note(standing)
            if standing.day in days:
                found[standing.day] = engine.write(course, standing)
        differences: list[Difference] = []
        unlike: dict[datetime.date, Decision] = {}
        for day, expected in wanted:
            decision = found.get(day) if day is not None else None
            if day is None or decision is None:
                differences.append(Difference("decision", "a decision", "no version in force", str(day)))
                continue
            new = [
                Difference(field, wish, got, str(day))
                for field, wish, got in compared(expected, decision)
                if wish != got
            ]
            if new:
                unlike[day] = decision
            differences += new
        decisions = tuple(unlike[day] for day in sorted(unlike))
        return Result(
            name, place, "failed" if differences else "passed", tuple(differences), decisions=decisions
        )

    def _steps(self, days: set[datetime.date]) -> Iterator[datetime.date]:
        """The days between others on which a version begins: steps are taken on them, too."""
        if days and not self.framework.pinned:
            begins = (policy.version.effective for policy in self.framework.policies)
            yield from (day for day in begins if min(days) < day < max(days))


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
