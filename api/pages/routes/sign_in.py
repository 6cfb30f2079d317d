"""Signing in and out."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.problems import not_found
from api.pages.answers import redirect
from api.pages.people import Sessions, SignIn, read_form
from api.pages.routing import page_router

routes = page_router()


@routes.get("/sign-in")
async def sign_in(request: Request, after: str = "/") -> Response:
    """Send the browser to where people sign in."""
    url, cookie = await _sign_in(request).begun(after)
    return redirect(url, cookie)


@routes.get("/sign-in/callback")
async def callback(
    request: Request,
    code: str = "",
    state: str = "",
    error: str = "",
    error_description: str = "",
    iss: str = "",
    session_state: str = "",
) -> Response:
    """The browser comes back from there."""
    sign_in, sessions = _sign_in(request), _sessions(request)
    query = {"state": state} | ({"code": code} if code and not error else {})
    person, until, after = await sign_in.finished(query, request.headers.get("cookie"))
    return redirect(after, sessions.begun(person, until), sign_in.forgotten())


@routes.post("/sign-out")
async def sign_out(request: Request) -> Response:
    """End the session here, and where people sign in."""
    await read_form(request)
    url = await _sign_in(request).end()
    return redirect(url or "/", _sessions(request).ended())


def _sign_in(request: Request) -> SignIn:
    found: SignIn | None = request.app.state.sign_in
    if found is None:
        raise not_found("Nobody signs in to this service.")
    return found


def _sessions(request: Request) -> Sessions:
    found: Sessions | None = request.app.state.sessions
    assert found is not None, "where people sign in there are sessions"
    return found
