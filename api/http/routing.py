"""How routes are written here: strict routes, and the errors that each may answer with."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Annotated, Any, get_args, get_origin

from fastapi import APIRouter, Depends, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import BaseModel

from api.http.auth.asked import Requires, asked
from api.http.problems import check_names


class StrictRoute(APIRoute):
    """A route that refuses query parameters which it does not read, and one given twice where one is due."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, after a look at the names in the query."""
        handler = super().get_route_handler()
        known = dict(_parameters(self.dependant))
        needs: Requires | None = getattr(self.endpoint, "needs", None)

        async def strict(request: Request) -> Response:
            if needs is not None:
                asked(request, needs.operation)
            if request.scope["query_string"]:
                names = [name for name, _ in request.query_params.multi_items()]
                if len(set(names)) != len(names) or not known.keys() >= set(names):
                    check_names(names, known)
            return await handler(request)

        return strict


def router(tag: str) -> APIRouter:
    """A router of strict routes. Paths are written whole: `@routes.get("/v1/pdus", …)`."""
    return APIRouter(route_class=StrictRoute, tags=[tag], redirect_slashes=False)


def refusals(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route: the errors it may answer with by itself, by code.

    Those that every route may answer with (401, 403, 422, 429, 500, 503) are added to the description anyway.
    """
    from api.http.problems import kind_of

    found: dict[int | str, dict[str, Any]] = {}
    for code in codes:
        kind = kind_of(code)
        told = found.setdefault(kind.status, {"description": "", **PROBLEM_CONTENT})
        told["description"] = f"{told['description']} {kind.title} ({code}).".strip()
    return found


PROBLEM_CONTENT: dict[str, Any] = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}


def _state(request: Request) -> Any:
    return request.app.state.service


State = Annotated[Any, Depends(_state)]
"""The ServiceState of this app, for a route's parameter. `request.app.state.service` is quicker."""


def _parameters(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """The names of the query that a route reads, and whether each may come more than once."""
    for field in dependant.query_params:
        annotation = field.field_info.annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            for name, part in annotation.model_fields.items():
                yield part.alias or name, _is_list(part.annotation)
        else:
            yield field.alias, _is_list(annotation)
    for inner in dependant.dependencies:
        yield from _parameters(inner)


def _is_list(annotation: Any) -> bool:
    lists = (list, tuple, set, frozenset, Sequence)
    return (get_origin(annotation) or annotation) in (*lists, get_origin(Sequence[str])) or any(
        (get_origin(part) or part) in lists for part in get_args(annotation)
    )
