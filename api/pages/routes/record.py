"""The record of who did what, for those who answer for it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Query, Request, Response

from api.http.auth import caller, needs
from api.http.auth.may import may
from api.http.auth.person import Person
from api.http.problems import wrong
from api.http.routes._asking import asking, service_of
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.ledger.deeds import Within, deeds
from engine.ledger.view import View
from reports.pages import RecordPage, record_page
from rules.said import said

routes = page_router()
_SIZE = 50
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
"""A moment as records have it."""


@routes.get("/record")
@needs("record.read")
async def record(request: Request, before: Annotated[str, Query(max_length=40)] = "") -> Response:
    """The newest entries, or those before a moment. A director sees what is about the own regions, or everyone."""
    if before and not _MOMENT.fullmatch(before):
        message = said("{name} is no moment of the record.", name="before")
        raise wrong("query", "before", message, said("Begin with the newest entries."))
    service, person = service_of(request), caller(request)
    snapshot = await service.snapshots.current()

    def ask() -> RecordPage:
        with asking(service, None, None) as view:
            found = deeds(
                view.connection,
                view.policy.framework.id,
                before=before or None,
                size=_SIZE,
                within=_within(view, person),
            )
            organisation = view.policy.library.organisation
        return record_page(found, snapshot.version, organisation, newest=not before)

    return html(request, snapshot, "record", await reading(ask))


def _within(view: View, person: Person) -> Within | None:
    """What somebody may see of it; None for all."""
    if may(person, "record.read") is not None:
        return None
    regions = {
        one.id
        for one in view.policy.library.organisation.regions
        if may(person, "record.read", region=one.id) is not None
    }
    return Within([unit.id for unit in view.policy.pdus.values() if unit.region in regions], regions)
