"""Who owes a return, and whose figures look wrong."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import Query, Request, Response

from api.http.answers import Tagged
from api.http.auth import needs
from api.http.models.owing import Kind, Overdue
from api.http.moments import AsOf, KnownAt
from api.http.problems import not_found
from api.http.routes._asking import TEXT, asking, check_among, day_of, service_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.threads import reading
from engine.ledger.recent import recent_returns
from engine.owing import KINDS, Options, owing
from reports.owing import document
from rules.said import said

routes = router("planning")


@routes.get(
    "/v1/overdue",
    operation_id="overdue",
    summary="Who owes a return, and whose figures look wrong",
    responses={
        200: {"model": Overdue},
        304: {"description": "What If-None-Match names is still the answer."},
        **refusals("PF720", "PF724", "PF730", "PF710"),
    },
)
@needs("planning.ask")
async def overdue(
    request: Request,
    region: Annotated[str | None, TEXT, Query(description="Only PDUs of this region, by its id.")] = None,
    kind: Annotated[
        list[Kind] | None, Query(description="Only what is owed in this way; may be given several times.")
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    """A list to act on, by region. A framework that is not in force on the day asks for no returns: 404."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, day, known) as view:
            framework, organisation = view.policy.framework, view.policy.library.organisation
            check_among("region", region, (one.id for one in organisation.regions), "region")
            if framework.in_force(view.day) is None:
                detail = said(
                    "No version of {framework} is in force on {day}: no return is due.",
                    framework=framework.id,
                    day=view.day,
                )
                raise not_found(detail)
            returns = recent_returns(view, Options().returns)
            found = owing(
                framework, organisation, returns, view.day, region=region, kinds=tuple(kind or KINDS)
            )
            told = document(found)
            del told["options"]
            return Tagged(orjson.dumps({"as_of": told["as_of"], "known_at": view.known_at, **told}))

    return (await reading(ask)).to(request)
