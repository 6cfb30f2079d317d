"""A random case of the oracle through the engine, and what the two say differently."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from engine.course import Course, course_of
from engine.standing import Standing
from engine.timeline import standings
from rules.check.version import check_version
from rules.decide import NONE, TRUE, UNKNOWN, Deciders
from rules.figures import Return
from rules.library import Framework
from rules.measures import scaled_text
from rules.model import Events, Pdu, RegionSettings
from rules.policy import Policy
from rules.problems import Findings
from rules.text import parse
from tests.oracle.fold import Fold
from tests.oracle.generate import Case, to_yaml

TRUTHS = {TRUE: True, UNKNOWN: None}


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
    returns = [Return("p1", one["as_of"], one["figures"]) for one in case.returns]
    events = Events.model_validate({"declarations": case.declarations, "suspensions": case.suspensions})
    return course_of(framework, Pdu(id="p1", name="P1", region="r1"), returns, events)


def told(standing: Standing) -> dict[str, Any]:
    """What the engine says of a day, in the oracle's words."""
    version = standing.policy.version
    ids = version.status_ids
    step = standing.step
    calculated = None if standing.calculated is None else ids[standing.calculated]
    last = standing.last_determinate
    program = standing.reader.program
    conditions: dict[str, bool | None] = {}
    for rule, nodes in program.rules.items():
        bare = step is not None and step.first and rule.startswith("enter.")
        truth = standing.outcome.truths[nodes.bare if bare else nodes.node]
        conditions[rule] = TRUTHS.get(truth, False)
    reductions = {one.key: one for one in standing.policy.reductions}
    stand: dict[str, tuple[int, tuple[str, str]]] = {}
    for key in standing.permitted:
        stand[key[0]] = max(stand.get(key[0], (NONE, key)), (reductions[key].level, key))
    permitted = []
    for activity, (_, key) in sorted(stand.items()):
        start = standing.clocks[key]
        reduction = reductions[key].reduction
        ends = None if reduction.lapses_after is None else start + datetime.timedelta(days=reduction.lapses_after)
        permitted.append({"activity": activity, "from": key[1], "since": start, "ends": ends})
    measures = {}
    for index, name in enumerate(standing.reader.measures):
        value = None if step is None else step.reading.measures[index]
        measures[name] = None if value is None else scaled_text(value, version.measures[name].decimals)
    return {
        "status": standing.active.status,
        "since": standing.active.since,
        "previous": standing.active.previous,
        "calculated": calculated if standing.determinate or calculated is None else "indeterminate",
        "calculated_since": standing.calculated_since if standing.determinate else standing.indeterminate_since,
        "last_determinate": None if last is None else {"status": last[0], "as_of": last[1]},
        "indeterminate": not standing.determinate,
        "suspended": standing.suspended is not None,
        "measures": measures,
        "conditions": conditions,
        "permitted": permitted,
    }


def differences(case: Case, deciders: Deciders) -> Iterator[str]:
    """Every field on every asked day on which engine and oracle differ."""
    fold = Fold(case.versions, case.returns, case.declarations, case.suspensions, case.settings)
    expected = fold.live(case.asked)
    found = {one.day: told(one) for one in standings(course_for(case), case.asked, deciders)}
    for day in case.asked:
        if (expected[day] is None) != (day not in found):
            yield f"{day}: a decision only by one: {expected[day]}"
            continue
        if day not in found:
            continue
        for field, value in found[day].items():
            other = expected[day][field]
            if field == "permitted":
                other = [{key: one[key] for key in ("activity", "from", "since", "ends")} for one in other]
            elif field == "conditions":
                other = {rule: other[rule] for rule in value if rule in other}
                value = {rule: value[rule] for rule in other}
            if value != other:
                yield f"{day} {field}: engine {value}, oracle {other}"
