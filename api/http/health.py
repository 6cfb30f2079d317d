"""Health, readiness, information and metrics: for those who run the service."""

from __future__ import annotations

import asyncio
import platform
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, Any

from anyio import to_thread
from fastapi import Depends, Request, Response
from fastapi.responses import JSONResponse

from api.http.auth import Person, Requires
from api.http.auth.may import has_role
from api.http.metrics import CONTENT_TYPE
from api.http.problems import MAX_TOLD, Refusal, kind_of
from api.http.routing import refusals, router
from rules.problems import Place, PrioritiseError, Problem

routes = router("operations")
_LIBRARIES = ("durable-rules", "fastapi", "pydantic", "sqlalchemy", "uvicorn")
_LOOKS = 5.0
"""So many seconds a look at the ledger may take before the service counts as not ready."""


async def probing(request: Request) -> bool:
    """Whether the caller may be told what is wrong; refuses whoever may not ask at all."""
    caller = request.scope["prioritise"].caller
    is_operator = isinstance(caller, Person) and has_role(caller, "info.read")
    if not is_operator and not request.app.state.settings.public_health:
        return (await Requires("info.read")(request)) is not None
    return is_operator


MayKnow = Annotated[bool, Depends(probing)]


@routes.get("/health/live", operation_id="live", summary="Whether the process answers")
async def live(told: MayKnow) -> dict[str, str]:
    """Always `live`. It looks at nothing else, so that a process is not killed for its database's faults."""
    return {"status": "live"}


@routes.get(
    "/health/ready",
    operation_id="ready",
    summary="Whether questions can be answered",
    responses=refusals("PF733"),
)
async def ready(request: Request, told: MayKnow) -> dict[str, Any]:
    """`ready`, or a problem (503). What is wrong is told in full to operators, by its code to others.

    `refused` is there where the folder holds documents that cannot be used: those recorded before are in use still.
    `undecided` is there where PDUs cannot be decided: they have no status, and all others have theirs.
    """
    problems = await _problems(request)
    request.app.state.metrics.ready(not problems)
    if problems:
        raise Refusal("PF733", "The service is not ready.", problems if told else map(_bare, problems))
    service = request.app.state.service
    found: dict[str, Any] = {"status": "ready"}
    wrong: dict[str, Sequence[Problem]] = {
        "refused": getattr(service, "refused", ()),
        "undecided": [one.problem() for one in getattr(service, "undecided", ())],
    }
    for name, each in wrong.items():
        if each:
            shown = each[:MAX_TOLD] if told else dict.fromkeys(map(_bare, each))
            found[name] = [problem.as_dict() for problem in shown]
    return found


async def _problems(request: Request) -> list[Problem]:
    try:
        async with asyncio.timeout(_LOOKS):
            return list(await to_thread.run_sync(request.app.state.service.problems, abandon_on_cancel=True))
    except TimeoutError:
        return [Problem("PF731", "The ledger did not answer in time.", Place("ledger"))]
    except PrioritiseError as error:
        return list(error.problems)


def _bare(problem: Problem) -> Problem:
    """A problem without what only operators should know: places, names and hints."""
    return Problem(problem.code, f"{kind_of(problem.code).title}.", Place("service"))


@routes.get("/info", operation_id="info", summary="Versions and documents")
async def info(request: Request, person: Annotated[Person, Depends(Requires("info.read"))]) -> dict[str, Any]:
    """Versions of the program and its libraries, the documents in use and those refused, and whether it is open."""
    service = await to_thread.run_sync(request.app.state.service.info)
    return {
        "name": "prioritise",
        "version": own_version(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
        "open": request.app.state.settings.open,
        "time_zone": "Europe/London",
        **service,
    }


@routes.get(
    "/metrics",
    operation_id="metrics",
    summary="Metrics for Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def metrics(request: Request, person: Annotated[Person, Depends(Requires("metrics.read"))]) -> Response:
    """Requests by route, method and status, decisions by status, and how the service stands. No names."""
    text = await to_thread.run_sync(request.app.state.metrics.text)
    return Response(text, headers={"Content-Type": CONTENT_TYPE})


@routes.get("/openapi.json", operation_id="openapi", include_in_schema=False)
async def openapi(request: Request) -> JSONResponse:
    """The description of the API."""
    return JSONResponse(request.app.openapi(), headers={"Cache-Control": "public, max-age=300"})


@lru_cache
def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def own_version() -> str:
    """The version of this program."""
    return _version("prioritise") or "0"
