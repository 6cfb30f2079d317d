"""How the routes of pages are made: like the API's, but left out of its description."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from api.http.routing import StrictRoute


def page_router() -> APIRouter:
    """A router of pages.

    Each may be told what has just been done (`?done=return`), and says so; and be asked for one of its tables
    (`?csv=units`).
    """
    return APIRouter(
        route_class=StrictRoute,
        dependencies=[Depends(_told)],
        include_in_schema=False,
        redirect_slashes=False,
    )


def _told(
    done: Annotated[str, Query(max_length=20)] = "", csv: Annotated[str, Query(max_length=200)] = ""
) -> None:
    """What is around the content reads them: `answers.site_of` and `downloads.download`."""
