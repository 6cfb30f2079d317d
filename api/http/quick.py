"""Routes whose usual question has its answer ready: it is sent before FastAPI has looked at the request.

The usual question has no query. One with a query (a day, a moment) may have been asked before: then its answer is kept.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response

from api.http.auth.asked import Requires, asked
from api.http.routing import StrictRoute

Answer = Callable[[Request], Awaitable[Response]]
Route = TypeVar("Route", bound=Callable[..., Any])


def quick(answer: Answer, *, keeps: bool = False) -> Callable[[Route], Route]:
    """`@quick(answer)` above `@needs(…)`: how the route answers a question without parameters in its query.

    Where it `keeps` the answers to those with parameters, they are given by `Past.answer`, and the same for all who
    may ask.
    """

    def mark(route: Route) -> Route:
        route.quick, route.keeps = answer, keeps  # type: ignore[attr-defined]
        return route

    return mark


class QuickRoute(StrictRoute):
    """A strict route that answers a bare question by itself, with the same checks of who asks."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler, after the short way."""
        handler = super().get_route_handler()
        answer: Answer | None = getattr(self.endpoint, "quick", None)
        if answer is None:
            return handler
        needs: Requires = self.endpoint.needs  # type: ignore[attr-defined]
        operation, ready = needs.operation, answer
        keeps: bool = getattr(self.endpoint, "keeps", False)

        async def quickly(request: Request) -> Response:
            asked(request, operation)
            if not request.scope["query_string"]:
                return await ready(request)
            kept = await request.app.state.service.past.find(request) if keeps else None
            return await handler(request) if kept is None else kept

        return quickly


def quick_router(tag: str) -> APIRouter:
    """A router of such routes, written like those of `routing.router`."""
    return APIRouter(route_class=QuickRoute, tags=[tag], redirect_slashes=False)
