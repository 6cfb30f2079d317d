"""Errors that routes raise or let pass, turned into problems."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.routing import Match

from api.http import logs
from api.http.problems import answer_to
from api.http.telling import telling
from rules.problems import DisagreementError, PrioritiseError


async def tell(request: Request, error: Exception) -> Response:
    """The answer to an error. What is our own fault is logged."""
    scope = request.scope
    call = scope["prioritise"]
    refusal = answer_to(error)
    headers = dict(refusal.headers or {})
    if refusal.code == "PF721":
        headers["Allow"] = ", ".join(_allowed(scope)) or headers.get("Allow", "")
    if refusal.status_code >= 500:
        codes = sorted({problem.code for problem in getattr(error, "problems", ())})
        if isinstance(error, HTTPException):  # said on purpose
            logs.log().warning("refused", request_id=call.id, told=refusal.code, codes=codes)
        else:
            logs.log().error(
                "failed", request_id=call.id, told=refusal.code, codes=codes, **logs.fault(error)
            )
        if isinstance(error, DisagreementError):
            request.app.state.metrics.disagreed()
    if refusal.status_code in (408, 413):
        headers["Connection"] = "close"  # the rest of the body is not read
    body, own = telling(refusal, call.id, scope, request.app.state.error_page)
    return Response(body, refusal.status_code, {**headers, **own})


def _allowed(scope: Any) -> list[str]:
    """Every method that some route takes at this path."""
    methods: set[str] = set()
    for route in scope["app"].router.routes:
        if route.matches(dict(scope))[0] is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def install(app: FastAPI) -> None:
    """Have every error of an app told as a problem. What is unforeseen is told by the middleware."""
    for kind in (HTTPException, RequestValidationError, PrioritiseError):
        app.add_exception_handler(kind, tell)
