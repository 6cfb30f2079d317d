"""Sending figures: by a form for one unit, or as a file for many."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any

import orjson
from fastapi import Query, Request, Response

from api.http.auth import acting, caller, needs
from api.http.routes._asking import asking, service_of, unit_of
from api.http.routes.returns import read_body, record_body
from api.http.service import Service
from api.http.threads import reading, writing
from api.pages.answers import html, redirect
from api.pages.figures import figures_of, typed_of
from api.pages.people import Form, read_form
from api.pages.routing import page_router
from engine.ledger.planning import facts_of
from engine.ledger.view import View
from reports.language import gettext as _
from reports.pages import (
    ReturnCheck,
    ReturnForm,
    field_name,
    keys_of,
    return_check,
    return_form,
    told_of,
)
from reports.pages import words_acting as words
from rules.model import Pdu, Version
from rules.problems import Problem, ReturnsError

routes = page_router()
_JSON = "application/json"


@routes.get("/pdus/{pdu}/return")
@needs("returns.write")
async def ask(pdu: str, request: Request, day: Annotated[str, Query(max_length=20)] = "") -> Response:
    """The form for a day; for one that has a return already it holds that one's figures."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def make() -> ReturnForm:
        with asking(service, None, None) as view:
            unit = _own(request, view, pdu)
            return _form(view, unit, day or view.day.isoformat(), None, {})

    content = await reading(make)
    return html(request, snapshot, "return", content, form=True, errors=bool(content.faults))


@routes.post("/pdus/{pdu}/return")
@needs("returns.write")
async def send(pdu: str, request: Request) -> Response:
    """First what would be recorded is shown; once that is confirmed it is recorded."""
    form = await read_form(request)
    service = service_of(request)
    snapshot = await service.snapshots.current()
    person = caller(request)
    body = await reading(lambda: _body(service, request, pdu, form))
    try:
        if form["confirm"]:
            await writing(lambda: record_body(service, person, None, _JSON, body))
            return redirect(f"/pdus/{pdu}?done=return")
        content: Any = await reading(lambda: _check(service, request, pdu, form, body))
        if isinstance(content, ReturnCheck):
            return html(request, snapshot, "return-check", content, form=True)
    except ReturnsError as error:
        problems = error.problems
        content = await reading(lambda: _again(service, request, pdu, form, problems))
    return html(
        request, snapshot, "return", content, form=True, errors=bool(content.faults),
        status=422 if content.faults else 200,
    )  # fmt: skip


def _check(service: Service, request: Request, pdu: str, form: Form, body: bytes) -> ReturnCheck | ReturnForm:
    """The page that asks to confirm, or the form once more where it was asked for. Raises ReturnsError."""
    with asking(service, None, None) as view:
        unit = _own(request, view, pdu)
        if form["change"]:
            return _form(view, unit, form["day"], form, {})
        (given,) = read_body(body, _JSON, view, service.ledger.today()).returns
        recorded = facts_of(view, unit).returns.get(given.as_of)
        version = _version(view, given.as_of)
        kept = [(name, form[name]) for name in ("day", "note")]
        kept += [(field_name(key), form[field_name(key)]) for key in keys_of(version)]
        organisation = view.policy.library.organisation
        return return_check(version, organisation, unit, given.as_of, given, recorded, kept)


def _again(
    service: Service, request: Request, pdu: str, form: Form, problems: tuple[Problem, ...]
) -> ReturnForm:
    with asking(service, None, None) as view:
        told: dict[str, str] = {}
        for problem in problems:
            told.setdefault(_field_of(problem), told_of(problem))
        return _form(view, _own(request, view, pdu), form["day"], form, told)


def _form(view: View, unit: Pdu, day: str, form: Form | None, problems: Mapping[str, str]) -> ReturnForm:
    try:
        on = datetime.date.fromisoformat(day)
    except ValueError:
        on, problems = view.day, {"day": _(words.NO_DAY), **problems}
    version = _version(view, on)
    known = facts_of(view, unit).returns
    recorded = known.get(on)
    before = max((one for when, one in known.items() if when < on), key=lambda one: one.as_of, default=None)
    typed = dict(form.values) if form is not None else typed_of(recorded)
    names = {"day", "note", *(field_name(key) for key in keys_of(version))}
    own = {name: text for name, text in problems.items() if name in names}
    others = [text for name, text in problems.items() if name not in names]
    organisation = view.policy.library.organisation
    return return_form(version, organisation, unit, day, typed, recorded, before, own, others)


def _body(service: Service, request: Request, pdu: str, form: Form) -> bytes:
    """The form as a return in JSON, as the API takes it. What is no number is sent as it is typed, to be refused."""
    with asking(service, None, None) as view:
        unit = _own(request, view, pdu)
        try:
            on = datetime.date.fromisoformat(form["day"])
        except ValueError:
            on = view.day
        version = _version(view, on)
    told: dict[str, Any] = {"pdu": unit.id, "as_of": form["day"]}
    if form["note"]:
        told["note"] = form["note"]
    told |= figures_of(version, form)
    return orjson.dumps(told)


def _field_of(problem: Problem) -> str:
    """The field that a problem stands at: `/in_post_fte/PO` is `f-in_post_fte-PO`."""
    parts = problem.place.path.strip("/").split("/")
    if parts == ["as_of"]:
        return "day"
    if parts in (["note"], [""]):
        return parts[0]
    return "-".join(["f", *parts])


def _own(request: Request, view: View, pdu: str) -> Pdu:
    """The unit, if the person may send its figures."""
    unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
    acting(caller(request), "returns.write", pdu=unit.id, region=unit.region)
    return unit


def _version(view: View, day: datetime.date) -> Version:
    framework = view.policy.framework
    return (framework.in_force(day) or framework.policies[-1]).version
