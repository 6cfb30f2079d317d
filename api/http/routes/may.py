"""May this be reduced? The question of one practitioner with one case."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import Query, Request, Response

from api.http.answers import Tagged
from api.http.auth import needs
from api.http.models import may as models
from api.http.moments import AsOf, KnownAt
from api.http.problems import not_found, wrong
from api.http.routes._asking import asking, day_of, service_of, unit_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.threads import reading
from engine.deciding import Undecided
from engine.ledger.planning import version_of
from engine.may import UnknownName, may
from rules.said import said

routes = router("planning")
_CLASH = said("Either the case is in a cohort, or it is in none.")


@routes.get(
    "/v1/pdus/{pdu}/may",
    operation_id="pdu_may",
    summary="May an activity be reduced for a case",
    description="Yes, no, or within which limits, by the decision in force. Name the cohorts that the case is in, or "
    "say that it is in none; without either, the answer names the cohorts to look for.",
    responses={
        200: {"model": models.May, "description": "The answer, with its reason and the decision."},
        304: {"description": "What If-None-Match names is still the answer."},
        **refusals("PF720", "PF724", "PF730", "PF710", "PF900"),
    },
)
@needs("planning.ask")
async def pdu_may(
    pdu: str,
    request: Request,
    activity: Annotated[str, Query(description="The activity's id.", examples=["home-visits"])],
    cohort: Annotated[
        list[str] | None, Query(description="A cohort that the case is in; may be given several times.")
    ] = None,
    no_cohort: Annotated[bool, Query(description="The case is in none of the cohorts.")] = False,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    """The answer as at a day, as known at a moment."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)
    if cohort and no_cohort:
        raise wrong("query", "no_cohort", _CLASH, said("Leave out one of them."))
    case = (cohort or []) if cohort or no_cohort else None

    def ask() -> Tagged:
        with asking(service, day, known) as view:
            decision = view.decision(unit_of(view.policy.pdus.get, view.policy.pdus, pdu))
            if isinstance(decision, Undecided):
                raise not_found(decision.message)
            try:
                told = may(decision, version_of(view, decision), activity, case, day=view.day)
            except UnknownName as unknown:
                raise wrong("query", unknown.what, unknown.told, unknown.hint) from None
        return Tagged(orjson.dumps(told))

    return (await reading(ask)).to(request)
