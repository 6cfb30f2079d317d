"""Signing in and out."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from api.http.problems import Refusal, not_found
from api.http.routes._asking import service_of
from api.pages.answers import html, redirect
from api.pages.people import CALLBACK, SIGN_IN, Sessions, SignIn, read_form
from api.pages.routing import page_router
from reports.pages import signed_out_page
from rules.said import said

routes = page_router()
_back = APIRouter(include_in_schema=False, redirect_slashes=False)
"""An issuer may add to its answer whatever it likes, and that is to be passed over (RFC 6749)."""
_SIGNED_OUT = "/signed-out"


@routes.get(SIGN_IN)
async def sign_in(request: Request, after: str = "/") -> Response:
    """Send the browser to where people sign in."""
    url, cookie = await _sign_in(request).begun(after)
    return redirect(url, cookie)


@_back.get(CALLBACK)
async def callback(request: Request) -> Response:
    """The browser comes back from there."""
    sign_in, sessions = _sign_in(request), _sessions(request)
    given = dict(request.query_params)
    query = {name: given[name] for name in ("state", "code", "iss") if given.get(name)}
    if "error" in given:
        query.pop("code", None)
    person, until, after = await sign_in.finished(query, request.headers.get("cookie"))
    return redirect(after, sessions.begun(person, until), sign_in.forgotten())


@routes.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session here. A form may not lead to another site, so a page of ours goes on to the issuer."""
    _sign_in(request)
    await read_form(request)
    return redirect(_SIGNED_OUT, _sessions(request).ended())


@routes.get(_SIGNED_OUT)
async def signed_out(request: Request) -> Response:
    """Said once it is done; and on to where people sign in, so that the session there ends too."""
    try:
        url = await _sign_in(request).end()
    except Refusal as refusal:
        if refusal.code != "PF733":
            raise
        url = None
    snapshot = await service_of(request).snapshots.current()
    return html(request, snapshot, "signed-out", signed_out_page(url))


def _sign_in(request: Request) -> SignIn:
    found: SignIn | None = request.app.state.sign_in
    if found is None:
        raise not_found(said("Nobody signs in to this service."))
    return found


def _sessions(request: Request) -> Sessions:
    found: Sessions | None = request.app.state.sessions
    assert found is not None, "where people sign in there are sessions"
    return found


routes.routes.extend(_back.routes)
