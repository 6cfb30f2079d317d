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
from api.pages.downloads import download, links
from api.pages.people import form_token
from reports.language import gettext as _
from reports.pages import DONE, INLINE_SCRIPT, NAVIGATION, Entry, Site, page
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


def site_of(request: Request, snapshot: Snapshot) -> Site:
    """What stands around the content of a page."""
    site = site_for(request, request.url.path, snapshot.organisation.unit, snapshot.organisation.group)
    done = DONE.get(request.query_params.get("done", ""))
    return replace(site, said=None if done is None else _(done))


def site_for(request: Request, path: str, unit: Words, group: Words) -> Site:
    """What stands around the content of the page at a path: of any page, or of one that tells of an error.

    Who calls is known by then; of a request that was refused before that was looked at, nobody.
    """
    caller = request.scope["prioritise"].caller
    known = isinstance(caller, Person) and (caller is not OPEN or request.app.state.verifier is None)
    return Site(
        name="Prioritise",
        unit=unit.one,
        units=unit.many,
        group=group.one,
        groups=group.many,
        navigation=tuple(
            Entry(_(text), href, active=href != "/" and path.startswith(href), current=path == href)
            for text, href in NAVIGATION
        ),
        signs_in=request.app.state.sign_in is not None,
        person=caller.subject if known and caller is not OPEN else None,
        sees_record=known and has_role(caller, "record.read"),
    )


def with_token(request: Request, site: Site) -> tuple[Site, str | None]:
    """The same with a token for forms, and the Set-Cookie header where the browser needs one."""
    token, cookie = form_token(request)
    return replace(site, token=token), cookie


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
    """A page, or the table of it that was asked for. With `form` it has forms, and so a token for them."""
    found = download(request, content, snapshot.as_of)
    if found is not None:
        return found
    site, cookie = site_of(request, snapshot), None
    if form or site.person is not None:  # whoever has signed in can sign out on every page
        site, cookie = with_token(request, site)
    shown = page(template, site, page=content, can=_allowed(request), csv=links(request, content), **more)
    body = shown.encode()
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
