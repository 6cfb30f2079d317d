"""Relief: is what a PDU may reduce enough for what it lacks?"""

from __future__ import annotations

import orjson
from fastapi import Request, Response

from api.http.answers import Tagged
from api.http.auth import needs
from api.http.models import relief as models
from api.http.moments import AsOf, KnownAt
from api.http.problems import not_found
from api.http.routes._asking import asking, day_of, service_of, unit_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.threads import reading
from engine.deciding import Undecided
from engine.ledger.planning import ground_of, version_of
from engine.relief import document, relief

routes = router("planning")


@routes.get(
    "/v1/pdus/{pdu}/relief",
    operation_id="pdu_relief",
    summary="Whether what a PDU may reduce releases as many hours as it lacks",
    description="Hours a month, by the decision in force and the figures that it read. It decides nothing.",
    responses={
        200: {
            "model": models.Relief,
            "description": "What is missing, what is released, and what would be enough.",
        },
        304: {"description": "What If-None-Match names is still the answer."},
        **refusals("PF720", "PF730", "PF710", "PF900"),
    },
)
@needs("planning.ask")
async def pdu_relief(pdu: str, request: Request, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """Relief as at a day, as known at a moment."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, day, known) as view:
            ground = ground_of(view, unit_of(view.policy.pdus.get, view.policy.pdus, pdu))
            if isinstance(ground, Undecided):
                raise not_found(ground.message)
            found = relief(view.policy.engine, ground.course, view.day, ground.decision)
            told = document(found, version_of(view, ground.decision))
        return Tagged(orjson.dumps({**told, "as_of": view.day.isoformat()}))

    return (await reading(ask)).to(request)
