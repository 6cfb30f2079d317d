"""The weeks ahead of a PDU: how likely each status is, by what is recorded and what is known to come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import orjson
from fastapi import Query, Request, Response

from api.http.answers import Tagged
from api.http.auth import needs
from api.http.models import forecast as models
from api.http.moments import AsOf, KnownAt
from api.http.outlooks import Given
from api.http.problems import not_found, wrong
from api.http.routes._asking import TEXT, asking, day_of, service_of, unit_of
from api.http.routes._asking import known_at as known_asked
from api.http.routing import refusals, router
from api.http.threads import computing
from engine.deciding import Undecided
from engine.forecast import EMPTY
from engine.ledger.outlook import known_of
from engine.ledger.overview import newest_record
from engine.ledger.view import View
from reports.forecast import Outlook, told
from rules.framework import Framework
from rules.model import Pdu
from rules.problems import UsageError

if TYPE_CHECKING:
    from api.http.service import Service

routes = router("planning")
WEEKS, MOST_WEEKS = 26, 52
FUTURES, MOST_FUTURES = 10_000, 10_000
LARGEST_SEED = 2**31 - 1
Version = Annotated[
    str | None,
    TEXT,
    Query(description="Judge all weeks by this version, instead of by those in force.", max_length=80),
]


@routes.get(
    "/v1/pdus/{pdu}/forecast",
    operation_id="pdu_forecast",
    summary="How likely each status of a PDU is in the weeks ahead",
    description="Many futures of its figures are drawn, and each is judged by the rules: a chance is how many of them "
    "come to a status. It tells calculated statuses and decides nothing. The same question has the same answer.",
    responses={
        200: {"model": models.Forecast, "description": "The chances by week, and what drives them."},
        304: {"description": "What If-None-Match names is still the answer."},
        **refusals("PF720", "PF724", "PF730", "PF737", "PF710", "PF900"),
    },
)
@needs("planning.ask")
async def pdu_forecast(
    pdu: str,
    request: Request,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    weeks: Annotated[int, Query(ge=1, le=MOST_WEEKS, description="So many weeks ahead.")] = WEEKS,
    futures: Annotated[
        int, Query(ge=1, le=MOST_FUTURES, description="So many courses of the figures are drawn.")
    ] = FUTURES,
    seed: Annotated[int, Query(ge=0, le=LARGEST_SEED, description="Another seed draws other courses.")] = 1,
    version: Version = None,
) -> Response:
    """The weeks ahead as at a day, as known at a moment."""
    service = service_of(request)
    day, known = day_of(as_of, "as_of"), await known_asked(service, known_at)

    def ask() -> Tagged:
        with asking(service, day, known) as view:
            unit = unit_of(view.policy.pdus.get, view.policy.pdus, pdu)
            framework = _framework(view.policy.framework, version)
            given = _pipeline(view, known)
            key = (
                *(unit.id, view.day, min(view.known, newest_record(view.connection).seq)),
                *(view.documents.sha256, given.sha256),
                *(weeks, futures, seed, version, as_of, known),
            )
            return service.outlooks.answers.find(
                key,
                lambda: Tagged(
                    orjson.dumps(
                        {
                            "asked": {"as_of": as_of, "known_at": known},
                            **_forecast(view, unit, framework, given, weeks, futures, seed),
                        }
                    )
                ),
            )

    def _pipeline(view: View, known: str | None) -> Given:
        """What the service was told of changes to come; of an earlier moment that is not known."""
        if known is not None:
            return Given(EMPTY, None)
        policy = view.policy
        return service.outlooks.pipeline(
            policy.framework.vocabulary, policy.library.organisation, view.documents.sha256
        )

    return (await computing(ask)).to(request)


def _framework(framework: Framework, version: str | None) -> Framework:
    if version is None:
        return framework
    try:
        return framework.pin(version)
    except UsageError as error:
        raise wrong("query", "version", error.message) from None


def _forecast(
    view: View, unit: Pdu, framework: Framework, given: Given, weeks: int, futures: int, seed: int
) -> dict[str, object]:
    outlook = _outlook(view, unit, framework, given, weeks, futures, seed)
    whole = told([outlook], view.policy.library.organisation, made_up=given.pipeline.made_up)
    pipeline = None if given.sha256 is None else {"sha256": given.sha256, "synthetic": given.pipeline.made_up}
    return {
        "headline": whole["headline"],
        "forecast": whole["forecasts"][0],
        "pipeline": pipeline,
        "note": whole["note"],
    }


def outlook_of(service: Service, view: View, unit: Pdu, weeks: int, futures: int) -> tuple[Outlook, bool]:
    """The weeks ahead of a unit by what is in force, and whether the pipeline says that it is synthetic.

    Raises Refusal, DisagreementError.
    """
    policy = view.policy
    given = service.outlooks.pipeline(
        policy.framework.vocabulary, policy.library.organisation, view.documents.sha256
    )
    return _outlook(view, unit, policy.framework, given, weeks, futures, 1), given.pipeline.made_up


def _outlook(
    view: View, unit: Pdu, framework: Framework, given: Given, weeks: int, futures: int, seed: int
) -> Outlook:
    decided = view.decision(unit)
    if isinstance(decided, Undecided):
        raise not_found(decided.message)
    from engine.forecast import forecast  # numpy is slow to import, and only wanted here

    known = known_of(view, unit)
    (found,) = forecast(
        framework,
        view.policy.library.organisation,
        known.units,
        known.events,
        given.pipeline,
        day=view.day,
        weeks=weeks,
        futures=futures,
        seed=seed,
        only=[unit.id],
    )
    return Outlook(unit, ((found, framework),))
