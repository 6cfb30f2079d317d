"""The service: `create_app(settings)` makes it, `from_environment` is what a server's workers call."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI

from api.http import handlers, health, logs
from api.http.auth.tokens import Verifier
from api.http.description import describe
from api.http.metrics import Metrics
from api.http.middleware import SessionReader, Shell
from api.http.settings import ServiceSettings, check_binding, read_settings
from api.http.state import NoState, ServiceState
from api.http.telling import ErrorPage
from rules.problems import PrioritiseError

if TYPE_CHECKING:
    from api.http.service import Service

_LOOK_EVERY = 5.0
_TURN = 0.001
"""So many seconds a thread may go on while others wait; Python's own are five thousandths."""


def create_app(
    settings: ServiceSettings | None = None,
    state: ServiceState | None = None,
    routers: Sequence[APIRouter] = (),
    error_page: ErrorPage | None = None,
    sessions: SessionReader | None = None,
) -> FastAPI:
    """The service with its settings, what it serves, the routes of the business, and how errors look in a browser.

    Raises SettingsError where the settings would have it answer beyond this machine without tokens.
    """
    settings = settings or read_settings()
    check_binding(settings)
    verifier = None if settings.open else Verifier(settings)
    metrics = Metrics()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        log = logs.log()
        try:
            await app.state.service.start()
        except PrioritiseError as error:
            for problem in error.problems:
                log.error("not started", code=problem.code, problem=str(problem))
            raise
        looking = asyncio.create_task(_look(verifier)) if verifier else None
        if settings.open:
            log.warning(
                "open", told="No tokens are configured: whoever reaches this machine's port may do all."
            )
        try:
            yield
        finally:
            if looking:
                looking.cancel()
                with suppress(asyncio.CancelledError):
                    await looking
            await app.state.service.stop()
            metrics.close()

    app = FastAPI(
        title="prioritise",
        version=health.own_version(),
        lifespan=lifespan,
        openapi_url=None,  # served by a strict route of ours
        docs_url=None,  # these pages would fetch scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.settings = settings
    app.state.service = state or NoState()
    app.state.metrics = metrics
    app.state.error_page = error_page
    app.state.verifier = verifier
    app.state.sign_in = None  # `api.pages.people.prepare` says how people sign in, where they do
    handlers.install(app)
    app.add_middleware(
        Shell,
        settings=settings,
        metrics=metrics,
        verifier=verifier,
        error_page=error_page,
        sessions=sessions,
    )
    for router in (*routers, health.routes):
        app.router.routes.extend(router.routes)  # one flat list: quicker to match than routers within routers
    describe(app)
    return app


async def _look(verifier: Verifier) -> None:
    """Keep the issuer's keys fresh."""
    while True:
        await asyncio.sleep(_LOOK_EVERY)
        try:
            verifier.look()
        except Exception as error:
            logs.log().error("keys", **logs.fault(error))


def from_environment() -> FastAPI:
    """The service by the variables of the environment, for the workers of a server."""
    from api.http.service import Service
    from reports.language import language_of, speak

    settings = read_settings()
    logs.configure(settings)
    speak(language_of(settings.language))
    # Answers that are ready wait for the interpreter's lock while something is decided: let them have it sooner.
    sys.setswitchinterval(_TURN)
    service = Service(settings, begun=_settle_down)
    app = with_pages(settings, service)
    service.metrics = app.state.metrics
    return app


def with_pages(settings: ServiceSettings, service: Service) -> FastAPI:
    """The whole service: the API, and the pages with whoever signs in to them."""
    from api.http.routes import ROUTERS
    from api.pages.errors import errors_as_pages
    from api.pages.people import prepare, sessions_of
    from api.pages.routes import ROUTERS as PAGES

    sessions = sessions_of(settings)
    app = create_app(settings, service, (*ROUTERS, *PAGES), errors_as_pages(service), sessions)
    prepare(app, settings, sessions)
    return app


def _settle_down() -> None:
    """What has been loaded stays: looking through it for garbage again and again would keep callers waiting."""
    gc.collect()
    gc.freeze()
