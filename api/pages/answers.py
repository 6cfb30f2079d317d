"""Answers that are pages: their headers, and what stands around their content."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response

from api.http.auth.may import has_role, may
from api.http.auth.person import OPEN, Person
from api.http.snapshot import Snapshot
from api.pages.people import form_token
from reports.pages import DONE, INLINE_SCRIPT, Entry, Site, page
from rules.model.organisation import Words

_SCRIPT = base64.b64encode(hashlib.sha256(INLINE_SCRIPT.encode()).digest()).decode()
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        f"script-src 'self' 'sha256-{_SCRIPT}'",
        "img-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Nothing from elsewhere, and no script in the page but the one that ships with it."""
_EFFORT = 5
"""How hard pages are compressed: a tenth of the bytes for about a millisecond."""
_NAVIGATION = (("Home", "/"), ("Country", "/country"), ("Frameworks", "/frameworks"), ("Try it", "/try"))


def site_of(request: Request, snapshot: Snapshot) -> Site:
    """What stands around the content of a page."""
    caller = request.scope["prioritise"].caller
    person = caller.subject if isinstance(caller, Person) and caller is not OPEN else None
    site = site_for(request.url.path, snapshot.organisation.unit, snapshot.organisation.group, person)
    return replace(
        site,
        signs_in=request.app.state.sign_in is not None,
        sees_record=isinstance(caller, Person) and has_role(caller, "record.read"),
        said=DONE.get(request.query_params.get("done", "")),
    )


def site_for(path: str, unit: Words, group: Words, person: str | None = None) -> Site:
    """What stands around the content of the page at a path."""
    return Site(
        name="Prioritise",
        unit=unit.one,
        units=unit.many,
        group=group.one,
        groups=group.many,
        navigation=tuple(
            Entry(text, href, active=href != "/" and path.startswith(href), current=path == href)
            for text, href in _NAVIGATION
        ),
        person=person,
    )


def html(
    request: Request,
    snapshot: Snapshot,
    template: str,
    content: Any,
    *,
    status: int = 200,
    form: bool = False,
    **more: Any,
) -> Response:
    """A page. With `form` it has forms that are sent, and so a token for them."""
    site, cookie = site_of(request, snapshot), None
    if form or site.person is not None:  # whoever has signed in can sign out on every page
        token, cookie = form_token(request)
        site = replace(site, token=token)
    body = page(template, site, page=content, can=_allowed(request), **more).encode()
    headers = {
        "content-security-policy": POLICY,
        "cache-control": "private, no-cache",
        "vary": "accept-encoding",
        "referrer-policy": "same-origin",  # without it browsers send forms as if from nowhere (`Origin: null`)
    }
    if "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, _EFFORT, mtime=0)
        headers["content-encoding"] = "gzip"
    if cookie is not None:
        headers["set-cookie"] = cookie
    return Response(body, status, headers, "text/html; charset=utf-8")


def _allowed(request: Request) -> Callable[..., bool]:
    """What templates ask: whether the caller may do something (to a unit of a region), so that they link to it."""
    caller = request.scope["prioritise"].caller

    def can(operation: str, pdu: str | None = None, region: str | None = None) -> bool:
        return isinstance(caller, Person) and may(caller, operation, pdu=pdu, region=region) is not None

    return can


def redirect(url: str, *cookies: str) -> Response:
    """Send the browser to another page, which is asked for anew (303)."""
    place = quote(url, safe="/%:@!$&'()*+,;=?#[]~")
    response = Response(status_code=303, headers={"location": place, "cache-control": "no-store"})
    for cookie in cookies:
        response.headers.append("set-cookie", cookie)
    return response
