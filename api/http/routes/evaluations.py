"""`POST /v1/evaluations`: figures, events, a version and trigger points are tried out. Nothing is recorded."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any, NoReturn

import orjson
from fastapi import Request, Response

from api.http.auth import needs
from api.http.models import evaluations as models
from api.http.models.fields import body
from api.http.problems import Refusal, pointer
from api.http.routes._asking import service_of
from api.http.routes._recording import media_type
from api.http.routing import refusals, router
from api.http.strict_json import read_model, summary
from api.http.threads import computing
from engine.canonical import canonical_bytes
from engine.deciding import Engine, decide_all
from engine.ledger.documents import Policy
from engine.ledger.ledger import Ledger
from engine.returns import Returns, read_parsed
from rules.check.events import check_events, check_scopes
from rules.check.settings import trigger_point_misfit
from rules.figures import Vocabulary
from rules.framework import Framework
from rules.model import (
    Declaration,
    Events,
    Organisation,
    RegionSettings,
    SettingsEntry,
    Suspension,
    UnitSettings,
    Version,
)
from rules.problems import Place, Problem, ReturnsError, did_you_mean
from rules.said import said
from rules.text import Path_

routes = router("evaluations")
_TRIED = "Tried out."
_FIRST = datetime.date.min


@routes.post(
    "/v1/evaluations",
    operation_id="evaluate",
    summary="Try out returns, events, a version or trigger points",
    description="Decides from what is sent alone: what is recorded of the PDUs does not count, and nothing is "
    "recorded. The regions' settings count, but for the trigger points that are sent.",
    openapi_extra=body(models.EvaluationAsked, one=models.EVALUATION_EXAMPLE),
    responses={
        200: {"model": models.Evaluation, "description": "What would follow."},
        **refusals("PF501", "PF710", "PF900"),
    },
)
@needs("evaluations.ask")
async def evaluate(request: Request) -> Response:
    """Decide, and forget."""
    media_type(request, "application/json")
    data = await request.body()
    ledger = service_of(request).ledger
    return Response(await computing(lambda: evaluated(ledger, data)), media_type="application/json")


def evaluated(ledger: Ledger, data: bytes) -> bytes:
    """What a what-if comes to, as the API answers it. Raises Refusal, ReturnsError, DisagreementError."""
    asked = read_model(models.EvaluationAsked, data)
    with ledger.policy() as policy:
        organisation = policy.library.organisation
        framework = _framework(policy.framework, asked.version)
        returns = _returns(asked.returns, policy.framework.vocabulary, organisation, ledger.today())
        events = _events(asked.events, framework, organisation)
        day = asked.as_of or max(one.as_of for one in returns.returns)
        tried = _with_trigger_points(framework, asked.trigger_points, organisation, day)
        with _engine(policy, tried, organisation) as engine:
            decisions, undecided = decide_all(engine, returns.returns, events, as_of=asked.as_of or day)
    told = [{"pdu": one.pdu, "as_of": one.as_of.isoformat(), "message": one.message} for one in undecided]
    written = b",".join(map(canonical_bytes, decisions))
    return b'{"decisions":[%b],"undecided":%b}' % (written, orjson.dumps(told))


@contextmanager
def _engine(policy: Policy, framework: Framework, organisation: Organisation) -> Iterator[Engine]:
    """The policy's own, with its loaded rulesets, where nothing of it is tried out; else one for this question."""
    if framework is policy.framework:
        yield policy.engine
    else:
        with Engine(framework, organisation) as engine:
            yield engine


def _framework(framework: Framework, version: str | None) -> Framework:
    if version is None:
        return framework
    known = [one.version.version for one in framework.policies]
    if version not in known:
        _refuse(
            [
                _problem(
                    "PF724",
                    said(
                        "{framework} has no version {version}.", framework=framework.id, version=repr(version)
                    ),
                    ("version",),
                    did_you_mean(version, known),
                )
            ]
        )
    return framework.pin(version)


def _returns(
    values: Sequence[Any], vocabulary: Vocabulary, organisation: Organisation, today: datetime.date
) -> Returns:
    return read_parsed(
        values, "body", _figure_place, vocabulary=vocabulary, organisation=organisation, today=today
    )


def _figure_place(number: int, name: str) -> Place:
    """Where a figure stands in the body: `in_post_fte[PO]` is the member PO of in_post_fte."""
    key, _, member = name.partition("[")
    parts = [part for part in (key, member.removesuffix("]")) if part]
    return Place("body", path=pointer(("returns", number - 1, *parts)))


def _events(asked: models.EventsAsked | None, framework: Framework, organisation: Organisation) -> Events:
    if asked is None:
        return Events()
    events = Events(
        declarations=[
            Declaration.model_validate(one.model_dump(by_alias=True)) for one in asked.declarations
        ],
        suspensions=[Suspension.model_validate(one.model_dump(by_alias=True)) for one in asked.suspensions],
    )

    def places(path: Path_) -> Place:
        return Place("body", path=pointer(("events", *path)))

    versions = [one.version for one in framework.policies]
    problems = [*check_scopes(events, organisation, places)]
    problems += check_events(events, versions, places, pinned=framework.pinned)
    if problems:
        raise ReturnsError(problems)
    return events


def _with_trigger_points(
    framework: Framework,
    asked: Sequence[models.TriggerPoints],
    organisation: Organisation,
    day: datetime.date,
) -> Framework:
    """The framework with other trigger points for some regions or PDUs, on all days."""
    if not asked:
        return framework
    policy = framework.in_force(day)
    if policy is None:
        _refuse(
            [
                _problem(
                    "PF724",
                    said("No version is in force on {day}, so it has no trigger points.", day=day),
                    ("trigger_points",),
                )
            ]
        )
    units = {one.id: one.region for one in organisation.pdus}
    problems: list[Problem] = []
    for index, one in enumerate(asked):
        problems += _misfits(index, one, organisation, policy.version)
    if problems:
        _refuse(problems)
    by_region: dict[str, list[models.TriggerPoints]] = {}
    for one in asked:
        by_region.setdefault(one.region or units[one.pdu or ""], []).append(one)
    for region, own in by_region.items():
        framework = framework.with_settings(region, _settings(framework, region, own))
    return framework


def _misfits(
    index: int, one: models.TriggerPoints, organisation: Organisation, version: Version
) -> Iterator[Problem]:
    at: Path_ = ("trigger_points", index)
    unit, group = organisation.unit.one, organisation.group.one
    if (one.region is None) == (one.pdu is None):
        clash = said("Trigger points are for one {group} or for one {unit}.", group=group, unit=unit)
        yield _problem("PF724", clash, at, said("Name one of the two."))
    for key, named, word, known in (
        ("region", one.region, group, [each.id for each in organisation.regions]),
        ("pdu", one.pdu, unit, [each.id for each in organisation.pdus]),
    ):
        if named is not None and named not in known:
            none = said("There is no {word} {name}.", word=word, name=repr(named))
            yield _problem("PF524", none, (*at, key), did_you_mean(named, known))
    for name, number in one.numbers.items():
        misfit = trigger_point_misfit(name, number, version)
        if misfit is not None:
            code, message, hint = misfit
            yield _problem(code, message, (*at, "numbers", name), hint)


def _settings(framework: Framework, region: str, asked: Sequence[models.TriggerPoints]) -> RegionSettings:
    """A region's settings with other numbers in every entry, and in one before them all."""
    held = framework.regions.get(region)
    entries = list(held.settings) if held is not None else []
    if not entries or entries[0].effective > _FIRST:
        entries.insert(0, SettingsEntry(effective=_FIRST, set_by=_TRIED, reason=_TRIED))
    changed = [_changed(entry, asked) for entry in entries]
    return RegionSettings(format=1, framework=framework.id, region=region, settings=changed)


def _changed(entry: SettingsEntry, asked: Sequence[models.TriggerPoints]) -> SettingsEntry:
    numbers: dict[str, Decimal] = dict(entry.trigger_points)
    units = dict(entry.pdus)
    for one in asked:
        if one.pdu is None:
            numbers.update(one.numbers)
        else:
            own = units.get(one.pdu, UnitSettings())
            units[one.pdu] = own.model_copy(update={"trigger_points": {**own.trigger_points, **one.numbers}})
    return entry.model_copy(update={"trigger_points": numbers, "pdus": units})


def _problem(code: str, message: str, path: Path_, hint: str = "") -> Problem:
    return Problem(code, message, Place("body", path=pointer(path)), hint)


def _refuse(problems: list[Problem]) -> NoReturn:
    raise Refusal(problems[0].code, summary(problems, len(problems)), problems)
