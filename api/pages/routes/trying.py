"""Trying figures and trigger points: a what-if that records nothing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import orjson
from fastapi import Query, Request, Response

from api.http.auth import needs
from api.http.problems import Refusal
from api.http.routes._asking import asking, service_of, unit_of
from api.http.routes.evaluations import evaluated
from api.http.service import Service
from api.http.snapshot import Snapshot
from api.http.threads import computing, reading
from api.pages.answers import html
from api.pages.figures import figures_of, plain_number, typed_of
from api.pages.people import Form, read_form
from api.pages.routing import page_router
from engine.active import DAY
from engine.ledger.planning import facts_of
from engine.ledger.view import View
from reports.pages import POINT, TryPage, told_of, try_page, try_result, try_start
from rules.figures import Return
from rules.model import Pdu, Version
from rules.problems import Problem, ReturnsError

routes = page_router()
_PAST = 371
"""So many days of returns are looked back on: longer than any duration of a usual framework."""


@routes.get("/try")
@needs("evaluations.ask")
async def ask(request: Request, pdu: Annotated[str, Query(max_length=80)] = "") -> Response:
    """The page: first it asks for a unit, then it has the unit's newest figures."""
    service = service_of(request)
    snapshot = await service.snapshots.current()
    if not pdu:
        return html(request, snapshot, "try", try_start(snapshot.organisation, snapshot.units))

    def make() -> TryPage:
        with asking(service, None, None) as view:
            unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
            return _page(view, snapshot, unit, None, {}, None)

    return html(request, snapshot, "try", await reading(make), form=True)


@routes.post("/try")
@needs("evaluations.ask")
async def see(request: Request, pdu: Annotated[str, Query(max_length=80)]) -> Response:
    """What the engine would say."""
    form = await read_form(request)
    service = service_of(request)
    snapshot = await service.snapshots.current()
    content = await computing(lambda: _tried(service, snapshot, pdu, form))
    errors = bool(content.faults)
    return html(request, snapshot, "try", content, form=True, errors=errors, status=422 if errors else 200)


def _tried(service: Service, snapshot: Snapshot, pdu: str, form: Form) -> TryPage:
    with asking(service, None, None) as view:
        unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
        version = snapshot.version
        day = _day(view, unit)
        past = [one for one in _past(view, unit) if one.as_of < day]
        tried = {"pdu": unit.id, "as_of": day.isoformat(), **figures_of(version, form)}
        points = {id_: plain_number(form[POINT + id_]) for id_ in version.trigger_points if form[POINT + id_]}
        body: dict[str, Any] = {"returns": [*map(_told, past), tried], "as_of": day.isoformat()}
        if points:
            body["trigger_points"] = [{"region": unit.region, "numbers": points}]
        try:
            (decision,) = orjson.loads(evaluated(service.ledger, orjson.dumps(body)))["decisions"]
        except ReturnsError as error:
            return _page(view, snapshot, unit, form, _problems(error.problems), None)
        except Refusal as refusal:
            if not refusal.problems:
                raise
            return _page(view, snapshot, unit, form, _problems(refusal.problems), None)
        now = snapshot.current.get(unit.id)
        others = _others(service, view, snapshot, unit, points) if points else None
        result = try_result(
            decision,
            version,
            snapshot.organisation,
            unit,
            None if now is None else now.short.status,
            others,
            _yaml(snapshot, unit, form, version) if points else None,
        )
        return _page(view, snapshot, unit, form, {}, result)


def _others(
    service: Service, view: View, snapshot: Snapshot, unit: Pdu, points: Mapping[str, Any]
) -> Sequence[tuple[Pdu, str, str]]:
    """The units of the region with their statuses today, and with the tried trigger points on the same returns."""
    region = [one for one in snapshot.units if one.region == unit.region and one.id in snapshot.current]
    returns = [_told(one) for other in region for one in _past(view, other)]
    body = {"returns": returns, "as_of": snapshot.as_of}
    before = _statuses(service, body)
    after = _statuses(service, {**body, "trigger_points": [{"region": unit.region, "numbers": points}]})
    return [(one, before[one.id], after[one.id]) for one in region if one.id in before and one.id in after]


def _statuses(service: Service, body: Mapping[str, Any]) -> dict[str, str]:
    if not body["returns"]:
        return {}
    found = orjson.loads(evaluated(service.ledger, orjson.dumps(body)))
    return {one["pdu"]["id"]: one["calculated"] for one in found["decisions"]}


def _page(
    view: View,
    snapshot: Snapshot,
    unit: Pdu,
    form: Form | None,
    problems: Mapping[str, str],
    result: Any,
) -> TryPage:
    policy = view.policy.framework.in_force(view.day) or view.policy.framework.policies[-1]
    setting = view.policy.framework.setting(policy, unit.region, unit.id, view.day)
    known = facts_of(view, unit).returns
    newest = max(known.values(), key=lambda one: one.as_of, default=None)
    typed = dict(form.values) if form is not None else typed_of(newest)
    return try_page(
        snapshot.version,
        snapshot.organisation,
        snapshot.units,
        unit,
        _day(view, unit).isoformat(),
        setting,
        typed,
        newest,
        problems,
        result,
    )


def _day(view: View, unit: Pdu) -> datetime.date:
    """The day that is tried: that on which the next return is due, or today where that is to come."""
    known = facts_of(view, unit).returns
    return view.day if view.day not in known else view.day + DAY


def _past(view: View, unit: Pdu) -> list[Return]:
    known = facts_of(view, unit).returns
    return [known[day] for day in sorted(known) if view.day - _PAST * DAY <= day <= view.day]


def _told(given: Return) -> dict[str, Any]:
    """A return as the API takes it."""
    told: dict[str, Any] = {"pdu": given.pdu, "as_of": given.as_of.isoformat()}
    for key, text in given.texts.items():
        input_id, _, member = key.partition("[")
        value = text if isinstance(given.figures[key], str) else orjson.Fragment(text)
        if member:
            told.setdefault(input_id, {})[member[:-1]] = value
        else:
            told[input_id] = value
    return told


def _yaml(snapshot: Snapshot, unit: Pdu, form: Form, version: Version) -> str:
    """An entry of the region's file with the tried numbers, every other one as it is in force."""
    lines = [
        "  - effective: " + snapshot.as_of,
        "    set_by: WHO SETS IT",
        "    reason: WHY",
        "    trigger_points:",
    ]
    lines += [f"      {id_}: {form[POINT + id_]}" for id_ in version.trigger_points if form[POINT + id_]]
    return "\n".join(lines) + "\n"


def _problems(problems: Sequence[Problem]) -> dict[str, str]:
    """What is wrong, by the field: `/returns/52/in_post_fte/PO` or `/trigger_points/0/numbers/amber_staffing`."""
    found: dict[str, str] = {}
    for problem in problems:
        kind, _, *rest = [*problem.place.path.strip("/").split("/"), "", ""]
        rest = [part for part in rest if part]
        name = ""
        if kind == "trigger_points" and len(rest) > 1:
            name = POINT + rest[-1]
        elif kind == "returns" and rest:
            name = "-".join(["f", *rest])
        found.setdefault(name, told_of(problem))
    return found
