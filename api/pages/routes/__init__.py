"""The pages, by what they show."""

from fastapi import APIRouter

from api.pages.routes import (
    areas,
    assets,
    decisions,
    events,
    frameworks,
    home,
    returns,
    sign_in,
    unit,
    upload,
)

ROUTERS: tuple[APIRouter, ...] = (
    assets.routes,
    home.routes,
    unit.routes,
    decisions.routes,
    areas.routes,
    frameworks.routes,
    returns.routes,
    upload.routes,
    events.routes,
    sign_in.routes,
)
