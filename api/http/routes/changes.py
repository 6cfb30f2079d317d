"""The feed of changes: complete and in order, for consumers who poll."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import Query, Request, Response

from api.http.answers import Tagged, tagged
from api.http.auth import needs
from api.http.cursors import After, place, refused
from api.http.models.changes import Changes
from api.http.quick import quick_router
from api.http.routes._asking import TEXT, check_among, service_of
from api.http.routing import refusals
from api.http.service import Service
from api.http.snapshot import CHANGES, changes_cursor
from api.http.threads import reading
from engine.ledger.asking import Change, changes_after
from engine.ledger.overview import hash_at, newest_record
from engine.ledger.view import View
from rules.said import said

routes = quick_router("changes")
_DIGITS = 18


@routes.get(
    "/v1/changes",
    operation_id="changes",
    summary="What has changed",
    response_class=Response,
    responses={**tagged(Changes, "A page of changes."), **refusals("PF729")},
)
@needs("status.read")
async def changes(
    request: Request,
    after: After = None,
    region: Annotated[
        str | None, TEXT, Query(description="Only changes of this region's PDUs, by its id.")
    ] = None,
    pdu: Annotated[
        str | None,
        TEXT,
        Query(description="Only changes of this PDU, by its id; or of a parent, as in `region:london`."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=1000, description="So many at most.")] = 100,
) -> Response:
    """Changes of status, of its first day, of the version and of what may be reduced, as they were recorded.

    None is left out or comes twice to whoever goes on from `next`, which is always given: ask again with it for
    what comes later. Without `after` the feed begins with the first change of all. A cursor of another ledger, or
    of one that was put back to an earlier state, is refused: begin again then.
    """
    service = service_of(request)
    return (await reading(partial(_page, service, after, region, pdu, limit))).to(request)


def _page(service: Service, after: str | None, region: str | None, pdu: str | None, limit: int) -> Tagged:
    """A page from the ledger, as it stands at one moment. In a thread."""
    with service.ledger.view() as view:
        begun = 0 if after is None else _begun(view, after)
        check_among("region", region, (one.id for one in view.policy.library.organisation.regions), "region")
        check_among("pdu", pdu, view.policy.everyone, "PDU")
        framework, connection = view.policy.framework.id, view.connection
        found = changes_after(connection, framework, begun, limit + 1, pdu=pdu, region=region)
        page, more = found[:limit], len(found) > limit
        if more:
            seq = page[-1].seq
            hash_ = hash_at(connection, seq) or ""
        else:  # all there is has been looked through, also what the filters leave out
            seq, hash_ = newest_record(connection)[:2]
    value = {"changes": [_told(one) for one in page], "next": changes_cursor(seq, hash_), "more": more}
    return Tagged(orjson.dumps(value))


def _begun(view: View, after: str) -> int:
    """The number of the record that a cursor stands at, if it is one of this ledger's."""
    number, _ = place(CHANGES, after, 2)
    if not number.isascii() or not number.isdigit() or len(number) > _DIGITS:
        raise refused()
    seq = int(number)
    hash_ = hash_at(view.connection, seq)
    if hash_ is None or changes_cursor(seq, hash_) != after.rstrip("="):
        message = said(
            "{name} is a cursor of another ledger, or of records that this one no longer has.", name="after"
        )
        hint = said("Read {path} again, and go on from its {key}.", path="/v1/statuses", key="`changes`")
        raise refused(message=message, hint=hint)
    return seq


def _told(change: Change) -> dict[str, Any]:
    return {
        "number": change.seq,
        "recorded_at": change.recorded_at,
        "pdu": change.pdu,
        "region": change.region,
        "as_of": change.as_of,
        "kinds": change.kinds,
        "from_status": change.from_status,
        "to_status": change.to_status,
        "from_decision": change.from_id,
        "to_decision": change.to_id,
        "cause": change.cause,
    }
