"""The distance of one unit on one day, as a document: codes, days and numbers. Sentences are made elsewhere."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from engine.active import INDETERMINATE, SUSPENDED, UNDECLARED
from engine.columns import Columns
from engine.course import Course
from engine.deciding import Engine
from engine.distance._ahead import Way, way_ahead
from engine.distance._columns import Ahead
from engine.distance._document import target_document
from engine.distance._goals import goals_from
from engine.distance._joint import Found, joint_change
from engine.distance._levers import levers_of
from engine.distance._measures import standing_in_the_way
from engine.distance._search import Search
from engine.distance._shapes import Shapes
from engine.distance._single import Proof
from engine.distance.values import Target, Told
from rules.framework import Framework
from rules.policy import Policy

MAX_FRAMEWORKS = 8


class _Kept:
    """What is made once for all distances of an engine, by framework. One thread at a time uses it.

    A region or the country may be judged by a framework made from the engine's own.
    """

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self._made: dict[int, tuple[Columns, Shapes]] = {}

    def of(self, framework: Framework) -> tuple[Columns, Shapes]:
        """The columns and the shapes of a framework."""
        found = self._made.get(id(framework))
        if found is None:
            if len(self._made) >= MAX_FRAMEWORKS:
                self._made.clear()
            found = self._made[id(framework)] = (Columns(framework), Shapes(framework))
        return found


_KEPT: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()
_LOCK = threading.Lock()


def distance(engine: Engine, course: Course, day: datetime.date, decision: Mapping[str, Any]) -> Told:
    """What would change the calculated status of a unit.

    :param engine: decides under the framework of the course.
    :param course: everything that the unit's decisions depend on.
    :param day: the day asked for.
    :param decision: the decision in force on that day.

    Raises DisagreementError where the two deciders differ, or where one change judged alone comes out otherwise than
    among many (PF902).
    """
    with _LOCK:
        kept = _KEPT.get(engine)
        if kept is None:
            kept = _KEPT[engine] = _Kept()
    because = _because(decision)
    found: Told = {
        "pdu": decision["pdu"]["id"],
        "decision": decision["id"],
        "as_of": day.isoformat(),
        "framework": {"id": decision["framework"]["id"], "version": decision["framework"]["version"]},
        "status": decision["status"],
        "calculated": decision["calculated"],
        "because": because,
        "ahead": [],
        "targets": [],
        "assumptions": [],
    }
    policy = course.policy(day)
    stands = None if policy is None else _stands(engine, course, day, decision, policy)
    if policy is None or stands is None:
        return found
    with kept.lock:
        columns, shapes = kept.of(course.framework)
        way = way_ahead(shapes, course, day, *stands)
        if way is None:
            because.append({"code": "no_return_ahead"})
            return found
        goals = goals_from(policy, way.level)
        levers = levers_of(shapes, policy, way.policies, way.figures)
        if not levers:
            because.append({"code": "no_levers"})
        search = Search(Ahead(columns, way, goals), way, goals, levers, shapes)
        targets = _targets(search, way, engine, decision, policy)
    found["ahead"] = _ahead(search.path, str(decision["calculated"]))
    found["targets"] = [target_document(one) for one in targets]
    found["assumptions"] = [dict(one) for one in way.assumptions]
    return found


def _targets(
    search: Search, way: Way, engine: Engine, decision: Mapping[str, Any], policy: Policy
) -> list[Target]:
    proof, units = Proof(way, search.goals, engine.deciders), _units(policy)
    found = []
    for place, goal in enumerate(search.goals):
        reaches = search.reaches(place, proof)
        joint = Found(None, None)
        if not any(one.on is not None for one in reaches) and search.by_itself[place] is None:
            joint = joint_change(search, place, proof)
        measures = standing_in_the_way(decision, goal, units)
        found.append(Target(goal, search.by_itself[place], reaches, joint.joint, joint.searched, measures))
    return found


def _because(decision: Mapping[str, Any]) -> list[Told]:
    """Why the status in force is another than the calculated one, or why there is none of these."""
    status, told = decision["status"], list[Told]()
    if status == SUSPENDED:
        told.append({"code": "suspended"})
    elif status == UNDECLARED:
        told.append({"code": "undeclared"})
    elif decision["declared"] is not None:
        told.append({"code": "declared", "status": decision["declared"]["status"]})
    if decision["calculated"] != INDETERMINATE:
        return told
    reasons = decision["indeterminate_because"]
    missing = {key: None for one in reasons for key in one.get("missing", ())}
    for one in reasons:
        if one["code"] in ("no_return", "stale"):
            told.append(dict(one))
    if missing or not told:
        could_be = [status for one in reasons for status in one.get("statuses", ())]
        told.append({"code": "unknown", "missing": list(missing), "could_be": could_be})
    return told


def _stands(
    engine: Engine, course: Course, day: datetime.date, decision: Mapping[str, Any], policy: Policy
) -> tuple[int, datetime.date] | None:
    """The level at which the unit stands and since when; None where that is not known, or figures are missing."""
    level = policy.level(decision["calculated"])
    if level is not None:
        return level, datetime.date.fromisoformat(decision["calculated_since"])
    if any(one["code"] != "stale" for one in decision["indeterminate_because"]):
        return None
    for standing in engine.standings(
        course, [day]
    ):  # too old a return: what stood before it stands underneath
        if standing.calculated is not None and standing.calculated_since is not None:
            return standing.calculated, standing.calculated_since
    return None


def _units(policy: Policy) -> dict[str, tuple[str, str | None]]:
    """The title and the unit of each input and measure."""
    version = policy.version
    return {
        **{id_: (one.title or id_, one.unit) for id_, one in version.inputs.items()},
        **{id_: (one.title or id_, one.unit) for id_, one in version.measures.items()},
    }


def _ahead(path: Sequence[Told], status: str) -> list[Told]:
    """The days on which the status becomes another if nothing changes."""
    found = []
    for one in path:
        if one["status"] != status:
            found.append(dict(one))
            status = one["status"]
    return found
