"""Sending a file with returns of many units."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.auth import caller, needs
from api.http.routes._asking import service_of
from api.http.routes.returns import CSV, XLSX, record_body
from api.http.threads import writing
from api.pages.answers import html, redirect
from api.pages.people import read_form
from api.pages.routing import page_router
from reports.language import gettext as _
from reports.pages import upload_page
from reports.pages import words_acting as words
from rules.problems import ReturnsError

routes = page_router()
_ZIP = b"PK\x03\x04"
"""How a workbook begins: it is a zip file. A file's name says less than its first bytes."""


@routes.get("/returns/upload")
@needs("returns.write")
async def ask(request: Request) -> Response:
    """The page that asks for a file."""
    snapshot = await service_of(request).snapshots.current()
    return html(request, snapshot, "upload", upload_page(), form=True)


@routes.post("/returns/upload")
@needs("returns.write")
async def send(request: Request) -> Response:
    """Record the file whole, or tell every problem and record nothing."""
    form = await read_form(request)
    service, person = service_of(request), caller(request)
    snapshot = await service.snapshots.current()
    body = form.files.get("file", b"")
    if not body:
        content = upload_page(error=_(words.NO_FILE))
        return html(request, snapshot, "upload", content, form=True, errors=True, status=422)
    kind = XLSX if body.startswith(_ZIP) else CSV
    try:
        await writing(lambda: record_body(service, person, None, kind, body))
    except ReturnsError as error:
        content = upload_page(b"" if kind == XLSX else body, error.problems)
        return html(request, snapshot, "upload", content, form=True, errors=True, status=422)
    return redirect("/country?done=upload")
