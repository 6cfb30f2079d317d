"""The routes of the business. `ROUTERS` has them in the order in which they are tried: the busiest come first."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from api.http.routes import (
    changes,
    decisions,
    declarations,
    distance,
    evaluations,
    forecast,
    frameworks,
    insights,
    may,
    overdue,
    parents,
    register,
    relief,
    returns,
    statuses,
    suspensions,
)

ROUTERS: Sequence[APIRouter] = (
    statuses.routes,
    register.routes,
    changes.routes,
    decisions.routes,
    parents.routes,
    may.routes,
    distance.routes,
    relief.routes,
    forecast.routes,
    returns.routes,
    declarations.routes,
    suspensions.routes,
    insights.routes,
    overdue.routes,
    frameworks.routes,
    evaluations.routes,
)
