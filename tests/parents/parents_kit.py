"""Schemes written in YAML only, and short ways to decide parents by them."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.deciding import Engine, decide_parents
from rules.check.version import check_version
from rules.figures import Return
from rules.library import Library, Texts, load_library
from rules.model import Events
from rules.policy import Policy
from rules.problems import Findings, Problem
from rules.text import parse

HERE = Path(__file__).parent
OPEL, CRITCON = HERE / "opel", HERE / "critcon"
Decision = dict[str, Any]


def figures(**given: Any) -> dict[str, Decimal | str]:
    """Figures as a return has them: texts are categories."""
    return {key: value if isinstance(value, str) else Decimal(str(value)) for key, value in given.items()}


def returned(unit: str, day: str, **given: Any) -> Return:
    """The return of a unit."""
    return Return(unit, datetime.date.fromisoformat(day), figures(**given))


class Scheme:
    """Decides parents by one folder of policy."""

    def __init__(self, library: Library) -> None:
        self.library = library

    @classmethod
    def of(cls, folder: Path) -> Scheme:
        """The scheme of a folder."""
        return cls(load_library(folder))

    def decide(
        self, returns: Iterable[Return], day: str, events: Mapping[str, Any] | None = None
    ) -> dict[str, Decision]:
        """The decision of each parent on a day, by its id."""
        told = Events.model_validate(events or {})
        with Engine(self.library.framework(), self.library.organisation) as engine:
            decisions, undecided = decide_parents(
                engine, list(returns), told, as_of=datetime.date.fromisoformat(day)
            )
        assert not undecided
        return {one["pdu"]["id"]: one for one in decisions}

    def statuses(self, returns: Iterable[Return], day: str) -> dict[str, str]:
        """The status of each parent on a day, by its id."""
        return {id_: one["status"] for id_, one in self.decide(returns, day).items()}


def measure(decision: Decision, id_: str) -> str | None:
    """The value of a measure in a decision."""
    values: dict[str, str | None] = {one["id"]: one["value"] for one in decision["measures"]}
    return values[id_]


def leaves(decision: Decision) -> dict[str, str | None]:
    """What the comparisons of a decision looked at, by the measure or input."""
    found: dict[str, str | None] = {}
    waiting = list(decision["conditions"])
    while waiting:
        node = waiting.pop()
        if "measure" in node:
            found[node["measure"]] = node["value"]
        waiting += node.get("parts", ())
    return found


def codes(decision: Decision) -> list[tuple[str, str]]:
    """What the children lacked: codes with the child."""
    return [(one["code"], one["unit"]) for one in decision["data_quality"] if "unit" in one]


def read(text: str) -> tuple[Policy | None, tuple[Problem, ...]]:
    """A version's text, checked."""
    findings = Findings()
    source = parse(text, "first.yaml", findings)
    policy = None if source is None else check_version(source, findings)
    return policy, tuple(findings.problems)


ORGANISATION = """\
format: 1
regions:
  - {id: north, name: North}
  - {id: south, name: South}
pdus:
  - {id: york, name: York, region: north}
  - {id: hull, name: Hull, region: north}
  - {id: kent, name: Kent, region: south}
"""
FIRST = """\
format: 1
framework: plan
version: v1
title: A plan
effective: 2022-08-01
returns: {every: 7 days, stale_after: 14 days}
first_return: at_once
activation: automatic
trigger_points: {low: {title: Low, default: 90, regions: {from: 80, to: 95}, basis: illustrative}}
inputs:
  required: {title: Required, decimals: 1, minimum: 0, maximum: 20}
  in_post: {title: In post, decimals: 1, minimum: 0, maximum: 20, carry_forward: 7 days}
  absent: {title: Absent, decimals: 1, minimum: 0, maximum: 20, default: 0}
  alert: {title: Alert, values: [none, high]}
measures:
  staffing: {title: Staffing, unit: percent, decimals: 1, formula: 100 * (in_post - absent) / required}
statuses:
  - {id: green, title: Green}
  - {id: amber, title: Amber, enter: {staffing: {below: low}, for: 2 weeks}}
  - {id: red, title: Red, enter: {staffing: {below: 60}, basis: illustrative}}
activities:
  - {id: visits, reductions: [{from: amber, strength: may, do: Fewer visits.}]}
  - {id: mappa, mandatory: {because: The law asks for it.}}
"""


def plan(rollup: str = "", *later: str) -> Scheme:
    """A plan of some versions, the first with rules for parents."""
    texts = {"organisation.yaml": ORGANISATION, "plan/v1.yaml": f"{FIRST}{rollup}"}
    texts |= {f"plan/v{number}.yaml": text for number, text in enumerate(later, 2)}
    return Scheme(load_library(Texts({path: text.encode() for path, text in texts.items()})))


def following(version: str, effective: str, rollup: str = "", **changes: str) -> str:
    """A later version of the plan, with some texts changed for others."""
    text = FIRST.replace("version: v1", f"version: {version}").replace("2022-08-01", effective)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    return text + rollup
