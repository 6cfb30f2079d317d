"""The frameworks: which versions there are, each as a document, and the YAML itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, Response

from api.http.auth import needs
from api.http.problems import not_found
from api.http.routes._asking import asking, service_of
from api.http.threads import reading
from api.pages.answers import html
from api.pages.routing import page_router
from engine.ledger.view import View
from reports.framework import FrameworkDocument, framework_document, headings
from reports.pages import Frameworks, frameworks_page
from rules.policy import Policy
from rules.problems import did_you_mean
from rules.said import said

routes = page_router()


@routes.get("/frameworks")
@needs("frameworks.read")
async def frameworks(request: Request, day: Annotated[str, Query(max_length=20)] = "") -> Response:
    """Every version, and which applied on a day."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def ask() -> Frameworks:
        with asking(service, None, None) as view:
            return frameworks_page(view.policy.framework, view.day, day)

    content = await reading(ask)
    return html(request, snapshot, "frameworks", content, errors=bool(content.error))


@routes.get("/frameworks/{version}")
@needs("frameworks.read")
async def framework(version: str, request: Request) -> Response:
    """A version as a document."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def ask() -> FrameworkDocument:
        with asking(service, None, None) as view:
            policy = version_of(view, version)
            organisation = view.policy.library.organisation
            return framework_document(view.policy.framework, policy, organisation, view.day)

    return html(request, snapshot, "framework", await reading(ask), headings=headings())


@routes.get("/frameworks/{version}/yaml")
@needs("frameworks.read")
async def framework_yaml(version: str, request: Request) -> Response:
    """A version as its authors wrote it."""
    service = service_of(request)

    def ask() -> str:
        with asking(service, None, None) as view:
            return version_of(view, version).text

    return Response(await reading(ask), media_type="text/plain; charset=utf-8")


def version_of(view: View, version: str) -> Policy:
    """A version by its name, or 404."""
    framework = view.policy.framework
    found = framework.version(version)
    if found is None:
        hint = did_you_mean(version[:80], [one.version.version for one in framework.policies])
        raise not_found(said("There is no version {version}. {hint}", version=version[:80], hint=hint))
    return found
