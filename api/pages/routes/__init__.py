"""The pages, by what they show."""

from fastapi import APIRouter

from api.pages.routes import (
    ahead,
    areas,
    assets,
    compare,
    decisions,
    events,
    frameworks,
    home,
    may,
    printed,
    record,
    returns,
    scores,
    sign_in,
    trying,
    unit,
    upload,
)

ROUTERS: tuple[APIRouter, ...] = (
    assets.routes,
    home.routes,
    unit.routes,
    decisions.routes,
    may.routes,
    ahead.routes,
    scores.routes,
    areas.routes,
    compare.routes,
    printed.routes,
    frameworks.routes,
    returns.routes,
    trying.routes,
    upload.routes,
    events.routes,
    record.routes,
    sign_in.routes,
)
