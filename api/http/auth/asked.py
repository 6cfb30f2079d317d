"""How a route asks for a person: `Annotated[Person, Depends(Requires("returns.write"))]`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import Request

from api.http.auth.may import TABLE, has_role, refuse_role
from api.http.auth.person import Person
from api.http.problems import Refusal


class Requires:
    """A dependency: somebody with a role that may do this operation. The description of the API reads it too.

    How far the role reaches is asked by the route once it knows the PDU: `acting(person, operation, pdu=…)`.
    """

    __slots__ = ("operation",)

    def __init__(self, operation: str) -> None:
        if operation not in TABLE:
            raise ValueError(f"there is no operation {operation}")
        self.operation = operation

    def __hash__(self) -> int:
        return hash(self.operation)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Requires) and other.operation == self.operation

    async def __call__(self, request: Request) -> Person:
        """The person, or a refusal: 401 without a token that can be believed, 403 without a fitting role."""
        return asked(request, self.operation)


Route = TypeVar("Route", bound=Callable[..., Any])


def needs(operation: str) -> Callable[[Route], Route]:
    """The same for a route that must be quick: `@needs("status.read")` under `@routes.get`.

    FastAPI takes some 15 microseconds for a dependency. The person is `caller(request)`.
    """
    required = Requires(operation)

    def mark(route: Route) -> Route:
        route.needs = required  # type: ignore[attr-defined]
        return route

    return mark


def caller(request: Request) -> Person:
    """Who calls a route that `needs` something."""
    found: Person = request.scope["prioritise"].caller
    return found


def asked(request: Request, operation: str) -> Person:
    """Who calls, if they may; else the refusal is raised."""
    found: Person | Refusal = request.scope["prioritise"].caller
    if isinstance(found, Refusal):
        raise found
    if not has_role(found, operation):
        raise refuse_role(operation)
    return found
