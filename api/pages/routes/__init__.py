"""The pages, by what they show."""

from fastapi import APIRouter

from api.pages.routes import areas, assets, frameworks, home, returns, sign_in, unit

ROUTERS: tuple[APIRouter, ...] = (
    assets.routes,
    home.routes,
    unit.routes,
    areas.routes,
    frameworks.routes,
    returns.routes,
    sign_in.routes,
)
