"""The routes of the business. `ROUTERS` has them in the order in which they are tried: the busiest come first."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from api.http.routes import changes, register, statuses

ROUTERS: Sequence[APIRouter] = (
    statuses.routes,
    register.routes,
    changes.routes,
)
