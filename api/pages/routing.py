"""How the routes of pages are made: like the API's, but left out of its description."""

from __future__ import annotations

from fastapi import APIRouter

from api.http.routing import StrictRoute


def page_router() -> APIRouter:
    """A router of pages."""
    return APIRouter(route_class=StrictRoute, include_in_schema=False, redirect_slashes=False)
