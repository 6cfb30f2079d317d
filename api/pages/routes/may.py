"""May I reduce this? For somebody with one case in hand."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.http.auth import needs
from api.http.problems import not_found, wrong
from api.http.routes._asking import asking, service_of, unit_of
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.deciding import Undecided
from engine.ledger.planning import version_of
from engine.may import UnknownName, may
from reports.pages import MayPage, may_page

routes = page_router()


@routes.get("/pdus/{pdu}/may")
@needs("planning.ask")
async def ask(
    pdu: str,
    request: Request,
    activity: Annotated[str, Query(max_length=80)] = "",
    cohort: Annotated[list[str] | None, Query()] = None,
    no_cohort: bool = False,
    asked: bool = False,
) -> Response:
    """The question, and its answer once an activity is chosen. The address can be passed on."""
    service = service_of(request)
    snapshot = await service.snapshots.current()
    cohorts = list(dict.fromkeys(cohort or ()))
    clash = bool(cohorts) and no_cohort
    case = cohorts if cohorts or no_cohort else None

    def make() -> MayPage:
        with asking(service, None, None) as view:
            unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
            decision = view.decision(unit)
            if isinstance(decision, Undecided):
                raise not_found(decision.message)
            version = version_of(view, decision)
            told = None
            if activity and not clash:
                try:
                    told = may(decision, version, activity, case, day=view.day)
                except UnknownName as unknown:
                    raise wrong("query", unknown.what, unknown.told, unknown.hint) from None
            organisation = view.policy.library.organisation
            return may_page(
                decision,
                version,
                organisation,
                unit,
                activity,
                cohorts,
                none=no_cohort,
                told=told,
                asked=asked,
            )

    content = await reading(make)
    errors = bool(content.error or content.cohorts_error)
    return html(request, snapshot, "may", content, errors=errors, status=422 if errors else 200)
