"""Figures of many units: vacancies, absence, workload, by region, grade, tag or week."""

from __future__ import annotations

from typing import Annotated

import orjson
from fastapi import Query, Request, Response
from pydantic import WithJsonSchema

from api.http.answers import CSV, JSON, Tagged, form_asked, tagged
from api.http.auth import needs
from api.http.models.insights import Insights
from api.http.moments import AsOf, KnownAt
from api.http.problems import Refusal
from api.http.routes._asking import TEXT, asking, day_of, service_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.threads import computing
from engine.columns import frame_of
from engine.insights import MOST_WEEKS, asked, document, insights, needed_from
from engine.ledger.returned import returns_between, views_of
from engine.ledger.view import View
from reports.insights import as_csv
from rules.problems import DocumentError
from rules.views import CheckedView, inputs_of

routes = router("planning")
FORMS = (JSON, CSV)
MOST_FIGURES = 50_000
"""So many figures are told in one answer: 100 units, by four grades, for two years of one figure."""
NUMBER = WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MOST_WEEKS})
"""It may be left out, but is never null."""
_Names = list[str] | None


@routes.get(
    "/v1/insights",
    operation_id="insights",
    summary="Figures of many PDUs, by region, grade, tag or week",
    response_class=Response,
    responses={
        **tagged(Insights, "The figures, in the form that Accept prefers.", CSV),
        **refusals("PF720", "PF724", "PF730", "PF732", "PF741", "PF710"),
    },
)
@needs("planning.ask")
async def all_insights(
    request: Request,
    view: Annotated[_Names, Query(description="A view, by its id; may be given several times.")] = None,
    by: Annotated[
        _Names,
        Query(
            description="Split by region, pdu, tag, week, or a list of the framework such as grade; may be given "
            "several times. By default each view says it itself."
        ),
    ] = None,
    region: Annotated[_Names, Query(description="Only this region; may be given several times.")] = None,
    pdu: Annotated[_Names, Query(description="Only this PDU; may be given several times.")] = None,
    weeks: Annotated[
        int | None,
        NUMBER,
        Query(ge=1, le=MOST_WEEKS, description="So many weeks, week by week."),
    ] = None,
    first: Annotated[
        str | None,
        TEXT,
        Query(
            alias="from", description="Week by week back to this day.", json_schema_extra={"format": "date"}
        ),
    ] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Response:
    """Every figure is worked out from sums, never as a mean of rates. What is missing is told, and is never 0.

    Each row is held against its region and all PDUs. JSON, or CSV with a row for each figure.
    """
    service = service_of(request)
    form = form_asked(request, FORMS)
    day, begin = day_of(as_of, "as_of"), day_of(first, "from")
    known = await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, day, known) as seen:
            framework, organisation = seen.policy.framework, seen.policy.library.organisation
            question = asked(
                framework,
                organisation,
                _views(seen),
                names=view or (),
                by=by or (),
                regions=region or (),
                pdus=pdu or (),
                first=begin,
                last=seen.day,
                weeks=weeks,
            )
            used = inputs_of(view for view, _ in question.views)
            returns = returns_between(seen, needed_from(framework, question), seen.day, used)
            units = [(one, returns[one.id]) for one in organisation.pdus if one.id in returns]
        frame = frame_of(units, framework.policies[0].version.returns.every)
        found = insights(framework, organisation, frame, question, most=MOST_FIGURES)
        if form == CSV:
            return Tagged(as_csv(found).encode(), CSV, varies=True)
        return Tagged(orjson.dumps(document(found)), varies=True)

    return (await computing(ask)).to(request)


def _views(view: View) -> dict[str, CheckedView]:
    """The views of the documents in use; a refusal (PF741) where they cannot be used."""
    try:
        return dict(views_of(view))
    except DocumentError:
        raise Refusal("PF741") from None
