"""A random case of the oracle through the engine, and what the two say differently."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from engine.course import Course, course_of
from engine.decision import Scribe
from engine.standing import Standing
from engine.timeline import standings
from rules.check.version import check_version
from rules.decide import Deciders
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Pdu, RegionSettings
from rules.policy import Policy
from rules.problems import Findings
from rules.text import parse
from tests.oracle.evaluate import days
from tests.oracle.facts import version_on
from tests.oracle.fold import Fold
from tests.oracle.generate import Case, to_yaml


def policies_of(case: Case) -> tuple[Policy, ...]:
    """The case's versions, read and checked as any document is."""
    policies = []
    for document in case.versions:
        findings = Findings()
        source = parse(to_yaml(document), f"{document['version']}.yaml", findings)
        policy = check_version(source, findings) if source is not None else None
        assert policy is not None, [str(problem) for problem in findings.problems]
        policies.append(policy)
    return tuple(policies)


def course_for(case: Case) -> Course:
    """The course of PDU p1 in region r1."""
    regions = {}
    if case.settings:
        entries = [{"set_by": "someone", "reason": "a reason", **entry} for entry in case.settings]
        written = {"format": 1, "framework": "f", "region": "r1", "settings": entries}
        regions["r1"] = RegionSettings.model_validate(written)
    framework = Framework("f", policies_of(case), regions)
    returns = [
        Return("p1", one["as_of"], {key: value for key, value in one["figures"].items() if value is not None})
        for one in case.returns
    ]
    events = Events.model_validate({"declarations": case.declarations, "suspensions": case.suspensions})
    return course_of(framework, Pdu(id="p1", name="P1", region="r1"), returns, events)


def told(course: Course, standing: Standing, scribe: Scribe) -> dict[str, Any]:
    """What the decision of a day says, in the oracle's words."""
    decision = scribe.write(course, standing)
    holds: dict[str, bool | None] = {}
    runs: dict[str, int] = {}
    for root in decision["conditions"]:
        for node in walked(root):
            holds[node["rule"]] = node["holds"]
            if node["needs"] is not None:
                runs[node["rule"]] = node["run"] or 0
    declared = decision["declared"]
    last = decision["last_determinate"]
    could_be = [one["statuses"] for one in decision["indeterminate_because"] if one["code"] == "could_be"]
    return {
        "status": decision["status"],
        "since": day(decision["since"]),
        "previous": decision["previous"],
        "calculated": decision["calculated"],
        "calculated_since": day(decision["calculated_since"]),
        "last_determinate": last and {"status": last["status"], "as_of": day(last["as_of"])},
        "outstayed": decision["outstayed"],
        "review_by": day(decision["review_by"]),
        "declared": declared
        and {
            "status": declared["status"],
            "from": day(declared["from"]),
            "until": day(declared["until"]),
            "days_without_break": declared["days_without_break"],
        },
        "suspended": decision["suspended"] is not None,
        "measures": {one["id"]: one["value"] for one in decision["measures"]},
        "conditions": holds,
        "runs": runs,
        "permitted": [
            {
                "activity": one["activity"],
                "from": one["from"],
                "since": day(one["since"]),
                "ends": day(one["ends"]),
                "review_by": day(one["review_by"]),
            }
            for one in sorted(decision["permitted"], key=lambda one: str(one["activity"]))
        ],
        "indeterminate": not standing.determinate,
        "candidates": {status for statuses in could_be for status in statuses},
    }


def day(text: str | None) -> datetime.date | None:
    """A day of a decision."""
    return None if text is None else datetime.date.fromisoformat(text)


def walked(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A condition of a decision and all its parts."""
    yield node
    for part in node.get("parts", ()):
        yield from walked(part)


def is_stale(case: Case, asked: datetime.date) -> bool:
    """Whether there is no return, or the newest is too old on a day."""
    version = version_on(case.versions, asked)
    past = [one["as_of"] for one in case.returns if one["as_of"] <= asked]
    return not past or version is None or (asked - past[-1]).days > days(version["returns"]["stale_after"])


def differences(case: Case, deciders: Deciders) -> Iterator[str]:
    """Every field on every asked day on which engine and oracle differ."""
    fold = Fold(case.versions, case.returns, case.declarations, case.suspensions, case.settings)
    expected = fold.live(case.asked)
    course, scribe = course_for(case), Scribe()
    found = {one.day: told(course, one, scribe) for one in standings(course, case.asked, deciders)}
    for asked in case.asked:
        oracle = expected[asked]
        if (oracle is None) != (asked not in found):
            yield f"{asked}: a decision only by one: {oracle}"
            continue
        if oracle is None:
            continue
        # The oracle has no calculated status before the first determinate step; a decision says so in a word.
        oracle["calculated"] = oracle["calculated"] or "indeterminate"
        if is_stale(case, asked):  # what the figures could have meant is not told of figures too old to count
            oracle["candidates"] = set()
        if found[asked].keys() != oracle.keys():
            yield f"{asked}: not compared: {found[asked].keys() ^ oracle.keys()}"
        for field, value in found[asked].items():
            if value != oracle[field]:
                yield f"{asked} {field}: engine {value}, oracle {oracle[field]}"
