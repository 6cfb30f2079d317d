"""Pages as files to be kept, printed or sent on: PDF, and a decision's explanation as text and Markdown."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Annotated
from urllib.parse import quote

from fastapi import Query, Request, Response

from api.http.answers import Tagged
from api.http.auth import needs
from api.http.problems import wrong
from api.http.routes._asking import asking, service_of
from api.http.routes.decisions import Form, report_of
from api.http.snapshot import Snapshot
from api.http.threads import computing
from api.pages.routes.areas import area_of
from api.pages.routes.compare import comparison_of
from api.pages.routes.frameworks import version_of
from api.pages.routing import page_router
from reports.pages import Asked
from rules.said import said

routes = page_router()
_PDF = "application/pdf"


@routes.get("/frameworks/compare.pdf")
@needs("frameworks.read")
async def compare_pdf(
    request: Request,
    before: Annotated[str, Query(alias="from", max_length=80)] = "",
    after: Annotated[str, Query(alias="to", max_length=80)] = "",
) -> Response:
    """Two versions compared."""
    for name, given in (("from", before), ("to", after)):
        if not given:
            raise wrong("query", name, said("{name}: It is needed.", name=name), said("Name a version."))
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def make() -> bytes:
        from reports.pdf import comparison_pdf  # brings the typesetter, which few ask for

        return comparison_pdf(comparison_of(service, snapshot, before, after), snapshot.day)

    return await _pdf(request, snapshot, ("compare", before, after), make, f"{before} to {after}")


@routes.get("/frameworks/{version}/pdf")
@needs("frameworks.read")
async def framework_pdf(version: str, request: Request) -> Response:
    """A version as a document."""
    service = service_of(request)
    snapshot = await service.snapshots.current()

    def make() -> bytes:
        from reports.pdf import framework_pdf  # brings the typesetter, which few ask for

        with asking(service, None, None) as view:
            framework, policy = view.policy.framework, version_of(view, version)
            return framework_pdf(framework, policy, view.policy.library.organisation, view.day)

    return await _pdf(request, snapshot, ("framework", version), make, version)


@routes.get("/country/pdf")
@needs("status.read")
async def country_pdf(request: Request) -> Response:
    """The statuses of all units, by region."""
    return await _area(request, None, "country")


@routes.get("/regions/{region}/pdf")
@needs("status.read")
async def region_pdf(region: str, request: Request) -> Response:
    """The statuses of a region's units."""
    return await _area(request, region, region)


@routes.get("/decisions/{id}/pdf")
@needs("status.read")
async def decision_pdf(id: str, request: Request) -> Response:
    """A decision, explained."""
    return await _decision(request, id, "pdf")


@routes.get("/decisions/{id}/text")
@needs("status.read")
async def decision_text(id: str, request: Request) -> Response:
    """The same as plain text, for an e-mail."""
    return await _decision(request, id, "text")


@routes.get("/decisions/{id}/markdown")
@needs("status.read")
async def decision_markdown(id: str, request: Request) -> Response:
    """The same as Markdown."""
    return await _decision(request, id, "markdown")


async def _decision(request: Request, id_: str, form: Form) -> Response:
    return (await report_of(service_of(request), id_, form)).to(request)


async def _area(request: Request, region: str | None, name: str) -> Response:
    service = service_of(request)
    snapshot = await service.snapshots.current()
    asked = Asked("name" if region is not None else "region", path=request.url.path)
    area = await area_of(request, snapshot, region, asked)

    def make() -> bytes:
        from reports.pdf import area_pdf  # brings the typesetter, which few ask for

        return area_pdf(area, snapshot.organisation)

    return await _pdf(request, snapshot, ("area", region), make, f"{name} {snapshot.as_of}")


async def _pdf(
    request: Request, snapshot: Snapshot, key: Hashable, make: Callable[[], bytes], name: str
) -> Response:
    """A PDF, set once for each state of the ledger."""
    kept: Tagged | None = snapshot.kept.get(("pdf", key))
    if kept is None:
        kept = snapshot.kept[("pdf", key)] = Tagged(await computing(make), _PDF)
    answer = kept.to(request)
    answer.headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}.pdf"
    return answer
