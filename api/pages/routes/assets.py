"""Styles, script and icon. Their names carry their hash, so that browsers keep them."""

from __future__ import annotations

from fastapi import Request, Response

from api.http.answers import Ready
from api.http.problems import not_found
from api.pages.routing import page_router
from reports.pages import assets
from rules.said import said

routes = page_router()
_FOR_EVER = b"public, max-age=31536000, immutable"


@routes.get("/assets/{name}")
async def asset(name: str, request: Request) -> Response:
    """One of the files."""
    for found in assets().values():
        if found.path == f"/assets/{name}":
            headers = [
                (b"content-type", found.media.encode()),
                (b"content-length", b"%d" % len(found.body)),
                (b"cache-control", _FOR_EVER),
            ]
            return Ready(found.body, headers)
    raise not_found(said("There is no such file."))
