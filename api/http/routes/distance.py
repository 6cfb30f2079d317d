"""Distance: what would change the status of a PDU?"""

from __future__ import annotations

import orjson
from fastapi import Request, Response

from api.http.answers import Tagged
from api.http.auth import needs
from api.http.models import distance as models
from api.http.moments import AsOf, KnownAt
from api.http.problems import not_found
from api.http.routes._asking import asking, day_of, service_of, unit_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.threads import computing
from engine.deciding import Undecided
from engine.ledger.planning import ground_of

routes = router("planning")


@routes.get(
    "/v1/pdus/{pdu}/distance",
    operation_id="pdu_distance",
    summary="What least change of a PDU's figures would bring the next status, either way",
    description="It speaks of the calculated status, and takes for granted that from the next return on the figures "
    "stay as they are, but for the change. Each change was decided by both rule engines. It decides nothing.",
    responses={
        200: {"model": models.Distance, "description": "What would bring the next status, either way."},
        304: {"description": "What If-None-Match names is still the answer."},
        **refusals("PF720", "PF730", "PF710", "PF900"),
    },
)
@needs("planning.ask")
async def pdu_distance(pdu: str, request: Request, as_of: AsOf = None, known_at: KnownAt = None) -> Response:
    """Distance as at a day, as known at a moment."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)

    def ask() -> Tagged:
        from engine.distance import distance  # numpy is slow to import, and only wanted here

        with asking(service, day, known) as view:
            ground = ground_of(view, unit_of(view.policy.pdus.get, view.policy.pdus, pdu))
            if isinstance(ground, Undecided):
                raise not_found(ground.message)
            told = distance(view.policy.engine, ground.course, view.day, ground.decision)
        return Tagged(orjson.dumps(told))

    return (await computing(ask)).to(request)
