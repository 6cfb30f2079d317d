"""The description of the API (OpenAPI 3.1): problems, security and permissions of every call, from the code."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from api.http.auth import TABLE, Requires
from api.http.models.described import components
from api.http.problems import kind_of
from api.http.routing import PROBLEM_CONTENT

_ABOUT = """Asks for and records the prioritisation status of probation delivery units (PDUs).

Every error is a problem (RFC 9457, `application/problem+json`) with a `code` that the list of errors explains.
Times are UTC, days are those of Europe/London. Query parameters that a call does not know are refused."""
_SCHEMES: dict[str, Any] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "An access token of the configured issuer (RS256 or ES256). Where no issuer is configured "
        "none is needed, and the service answers on its own machine only.",
    }
}
_PLACE = {
    "type": "object",
    "required": ["file", "line", "column", "path"],
    "properties": {
        "file": {"type": "string", "description": "query, path, header, body, or the name of a file."},
        "line": {"type": "integer", "minimum": 1},
        "column": {"type": "integer", "minimum": 1},
        "path": {"type": "string", "description": "Where in it: a JSON pointer in requests."},
    },
}
_SCHEMAS: dict[str, Any] = {
    "Place": {"title": "Place", **_PLACE},
    "Fault": {
        "title": "Fault",
        "description": "One thing that is wrong, and where.",
        "type": "object",
        "required": ["code", "message", "file", "line", "column", "path", "hint", "also"],
        "properties": {
            "code": {"type": "string", "pattern": "^PF[0-9]{3}$"},
            "message": {"type": "string"},
            **_PLACE["properties"],  # type: ignore[dict-item]
            "hint": {"type": ["string", "null"]},
            "also": {"type": "array", "items": {"$ref": "#/components/schemas/Place"}},
        },
    },
    "Problem": {
        "title": "Problem",
        "description": "Why a call was not met (RFC 9457).",
        "type": "object",
        "required": ["type", "title", "status", "detail", "instance", "code", "problems", "request_id"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "examples": ["/problems/PF724"]},
            "title": {"type": "string"},
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": {"type": "string"},
            "instance": {"type": "string", "format": "uri-reference", "description": "The path asked for."},
            "code": {"type": "string", "pattern": "^PF[0-9]{3}$"},
            "problems": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
            "request_id": {"type": "string", "description": "Finds this call in the log."},
        },
    },
}
_ALWAYS = ("PF725", "PF726", "PF731", "PF733")


def describe(app: FastAPI) -> None:
    """Have an app describe itself in full."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _described(app: FastAPI) -> dict[str, Any]:
    url = app.state.settings.public_url
    document = get_openapi(
        title=app.title,
        version=app.version,
        openapi_version="3.1.0",
        summary="The status of each PDU, why, and what may be reduced",
        description=_ABOUT,
        routes=app.routes,
        servers=[{"url": url}] if url else None,
    )
    parts = document.setdefault("components", {})
    schemas = parts.setdefault("schemas", {})
    for unused in (
        "HTTPValidationError",
        "ValidationError",
    ):  # FastAPI's own form of errors, which never comes
        schemas.pop(unused, None)
    schemas.update(_SCHEMAS)
    schemas.update(components())
    parts["securitySchemes"] = _SCHEMES
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema:
            for method in route.methods or ():
                _complete(document["paths"][route.path_format][method.lower()], route)
    return document


def _complete(operation: dict[str, Any], route: APIRoute) -> None:
    """One operation: who may call it, and the problems that every call may be answered with."""
    responses: dict[str, Any] = operation["responses"]
    if "application/json" in responses.get("422", {}).get("content", {}):  # FastAPI's own
        del responses["422"]
    codes = list(_ALWAYS)
    marked = getattr(route.endpoint, "needs", None)
    needed = marked.operation if marked else next(_operations(route.dependant), None)
    if needed is not None:
        codes += ["PF727", "PF728"]
        operation["security"] = [{"token": []}]
        operation["x-roles"] = dict(TABLE[needed])
    codes.append("PF724")  # a stray parameter is refused wherever it comes
    if route.body_field is not None or "requestBody" in operation:
        codes += ["PF722", "PF723"]
    for code in codes:
        kind = kind_of(code)
        found = responses.setdefault(str(kind.status), {"description": "", **PROBLEM_CONTENT})
        if code not in found["description"]:
            found["description"] = f"{found['description']} {kind.title} ({code}).".strip()
    if "PF722" in codes:
        responses.setdefault("408", {"description": "The body took too long (PF731).", **PROBLEM_CONTENT})
    operation["responses"] = dict(sorted(responses.items()))


def _operations(dependant: Dependant) -> Iterator[str]:
    if isinstance(dependant.call, Requires):
        yield dependant.call.operation
    for inner in dependant.dependencies:
        yield from _operations(inner)
