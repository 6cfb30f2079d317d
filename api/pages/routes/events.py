"""Declaring a status, setting the framework aside, and ending either."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import Request, Response

from api.http.auth import acting, caller, needs
from api.http.auth.may import may
from api.http.problems import Refusal, not_found
from api.http.routes import _people
from api.http.routes._asking import asking, service_of, unit_of
from api.http.threads import reading, writing
from api.pages.answers import html, redirect
from api.pages.people import Form, read_form
from api.pages.routing import page_router
from engine.ledger.view import View
from reports.language import gettext as _
from reports.pages import (
    EndForm,
    Kind,
    Standing,
    Whom,
    end_form,
    event_check,
    event_form,
    standing,
    told_of,
)
from reports.pages import words_acting as words
from rules.problems import Problem, ReturnsError
from rules.said import said

routes = page_router()
_FIELDS = ("status", "from", "until", "by", "reason")


@routes.get("/pdus/{pdu}/declare")
@needs("declarations.write")
async def ask_declare(pdu: str, request: Request) -> Response:
    """The form of a declaration for a unit."""
    return await _ask(request, "declaration", pdu=pdu)


@routes.post("/pdus/{pdu}/declare")
@needs("declarations.write")
async def declare(pdu: str, request: Request) -> Response:
    """Shown once more, then recorded."""
    return await _begin(request, "declaration", pdu=pdu)


@routes.get("/regions/{region}/declare")
@needs("declarations.write")
async def ask_declare_region(region: str, request: Request) -> Response:
    """The form of a declaration for a region."""
    return await _ask(request, "declaration", region=region)


@routes.post("/regions/{region}/declare")
@needs("declarations.write")
async def declare_region(region: str, request: Request) -> Response:
    """Shown once more, then recorded."""
    return await _begin(request, "declaration", region=region)


@routes.get("/pdus/{pdu}/suspend")
@needs("suspensions.write")
async def ask_suspend(pdu: str, request: Request) -> Response:
    """The form of a suspension for a unit."""
    return await _ask(request, "suspension", pdu=pdu)


@routes.post("/pdus/{pdu}/suspend")
@needs("suspensions.write")
async def suspend(pdu: str, request: Request) -> Response:
    """Shown once more, then recorded."""
    return await _begin(request, "suspension", pdu=pdu)


@routes.get("/regions/{region}/suspend")
@needs("suspensions.write")
async def ask_suspend_region(region: str, request: Request) -> Response:
    """The form of a suspension for a region."""
    return await _ask(request, "suspension", region=region)


@routes.post("/regions/{region}/suspend")
@needs("suspensions.write")
async def suspend_region(region: str, request: Request) -> Response:
    """Shown once more, then recorded."""
    return await _begin(request, "suspension", region=region)


@routes.get("/everyone/suspend")
@needs("suspensions.write")
async def ask_suspend_everyone(request: Request) -> Response:
    """The form of a suspension for everyone."""
    return await _ask(request, "suspension")


@routes.post("/everyone/suspend")
@needs("suspensions.write")
async def suspend_everyone(request: Request) -> Response:
    """Shown once more, then recorded."""
    return await _begin(request, "suspension")


@routes.get("/declarations")
@needs("status.read")
async def declarations(request: Request) -> Response:
    """All that are in force or will be, of both kinds."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def find() -> tuple[Standing, ...]:
        with asking(service, None, None) as view:
            told = _people.standing(view)
        return standing(snapshot.version, snapshot.organisation, told)

    everyone = may(caller(request), "suspensions.write") is not None
    return html(request, snapshot, "standing", await reading(find), suspend=everyone)


@routes.get("/declarations/{id}/end")
@needs("declarations.end")
async def ask_end_declaration(id: str, request: Request) -> Response:
    """The form that ends a declaration."""
    return await _end(request, "declaration", id)


@routes.post("/declarations/{id}/end")
@needs("declarations.end")
async def end_declaration(id: str, request: Request) -> Response:
    """Record the end."""
    return await _end(request, "declaration", id)


@routes.get("/suspensions/{id}/end")
@needs("suspensions.end")
async def ask_end_suspension(id: str, request: Request) -> Response:
    """The form that ends a suspension."""
    return await _end(request, "suspension", id)


@routes.post("/suspensions/{id}/end")
@needs("suspensions.end")
async def end_suspension(id: str, request: Request) -> Response:
    """Record the end."""
    return await _end(request, "suspension", id)


async def _ask(
    request: Request, kind: Kind, *, pdu: str | None = None, region: str | None = None
) -> Response:
    service = service_of(request)
    snapshot = await service.snapshots.current()
    whom = await reading(lambda: _whom(request, kind, pdu, region))
    typed = {"from": snapshot.as_of}
    content = event_form(kind, snapshot.version, snapshot.organisation, whom, typed, (), {})
    return html(request, snapshot, "event", content, form=True)


async def _begin(
    request: Request, kind: Kind, *, pdu: str | None = None, region: str | None = None
) -> Response:
    form = await read_form(request)
    service, person = service_of(request), caller(request)
    snapshot = await service.snapshots.current()
    version, organisation = snapshot.version, snapshot.organisation
    whom = await reading(lambda: _whom(request, kind, pdu, region))
    body = _body(kind, whom, form)
    renew = form.lists.get("renew", [])
    problems: Mapping[str, str] = {}
    try:
        if form["confirm"]:
            await writing(lambda: _people.begin(service, person, None, kind, body))
            return redirect(f"{whom.back}?done={'declared' if kind == 'declaration' else 'suspended'}")
        if not form["change"]:
            event = await reading(lambda: _people.check(service, person, kind, body))
            facts = event.model_dump(mode="json", by_alias=True)
            kept = [(name, form[name]) for name in _FIELDS] + [("renew", one) for one in renew]
            content = event_check(kind, version, organisation, whom, facts, kept)
            return html(request, snapshot, "event-check", content, form=True)
    except ReturnsError as error:
        problems = _told(error.problems)
    except Refusal as refusal:
        if refusal.code not in ("PF724", "PF522") or not refusal.problems:
            raise
        problems = _told(refusal.problems)
    again = event_form(kind, version, organisation, whom, form.values, renew, problems)
    status = 422 if problems else 200
    return html(request, snapshot, "event", again, form=True, errors=bool(problems), status=status)


async def _end(request: Request, kind: Kind, id_: str) -> Response:
    service, person = service_of(request), caller(request)
    form = await read_form(request) if request.method == "POST" else Form({})
    snapshot = await service.snapshots.current()

    def find() -> Standing:
        with asking(service, None, None) as view:
            told = [one for one in _people.standing(view) if one["id"] == id_ and one["kind"] == kind]
        if not told:
            if kind == "declaration":
                raise not_found(said("There is no declaration {id} that could be ended.", id=id_[:60]))
            raise not_found(said("There is no suspension {id} that could be ended.", id=id_[:60]))
        (found,) = standing(snapshot.version, snapshot.organisation, told)
        return found

    one = await reading(find)
    problems: Mapping[str, str] = {}
    if form["confirm"]:
        asked = {"reason": form["reason"]} | ({"last_day": form["last_day"]} if form["last_day"] else {})
        body = orjson.dumps(asked)
        try:
            await writing(lambda: _people.end(service, person, None, kind, id_, body))
            return redirect("/declarations?done=ended")
        except Refusal as refusal:
            if not refusal.problems:
                raise
            problems = _told(refusal.problems)
        except ReturnsError as error:
            problems = _told(error.problems)
    content: EndForm = end_form(one, form.values, problems)
    status = 422 if problems else 200
    return html(request, snapshot, "end", content, form=True, errors=bool(problems), status=status)


def _whom(request: Request, kind: Kind, pdu: str | None, region: str | None) -> Whom:
    """For whom it is, if the person may decide for them."""
    with asking(service_of(request), None, None) as view:
        found = _named(view, pdu, region)
        unit = view.policy.pdus.get(pdu or "")
        acting(caller(request), f"{kind}s.write", pdu=pdu, region=region if unit is None else unit.region)
    return found


def _named(view: View, pdu: str | None, region: str | None) -> Whom:
    if pdu is not None:
        unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
        return Whom(unit.name, f"/pdus/{pdu}", f"/pdus/{pdu}", pdu=pdu)
    organisation = view.policy.library.organisation
    if region is None:
        return Whom(words.everyone(organisation.unit.many), "/everyone", "/declarations")
    for one in organisation.regions:
        if one.id == region:
            return Whom(one.name, f"/regions/{region}", f"/regions/{region}", region=region)
    raise not_found(said("There is no {group} {name}.", group=organisation.group.one, name=region[:80]))


def _body(kind: Kind, whom: Whom, form: Form) -> bytes:
    """What was filled in, as the API takes it. What was left empty is not there."""
    names = _FIELDS if kind == "declaration" else _FIELDS[1:]
    told: dict[str, Any] = {name: form[name] for name in names if form[name]}
    told |= {key: value for key, value in (("pdu", whom.pdu), ("region", whom.region)) if value is not None}
    if form.lists.get("renew"):
        told["renew"] = form.lists["renew"]
    return orjson.dumps(told)


def _told(problems: tuple[Problem, ...]) -> dict[str, str]:
    """What is wrong, by the field that it stands at."""
    found: dict[str, str] = {}
    for problem in problems:
        name = problem.place.path.strip("/").partition("/")[0]
        needed = problem.message.endswith("it is needed.")
        own = _(words.NEEDED[name]) if needed and name in words.NEEDED else ""
        found.setdefault(name, own or told_of(problem))
    return found
