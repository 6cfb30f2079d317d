"""Scenarios to begin with: figures that trigger nothing, the least change that triggers a status, what comes of it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from engine.deciding import Engine
from engine.decision import Decision
from engine.scaffolds._search import Figures, Trigger
from engine.scaffolds._text import render, yaml_text
from rules.figures import Figure, Return
from rules.formula.wording import span_in_words
from rules.library import Framework
from rules.model import Events, Organisation, Pdu
from rules.model._fields import number_text
from rules.policy import Policy

_UNIT = Pdu(id="scenario", name="Scenario", region="scenario")
_MOST_RETURNS = 60
_FEW = 3
Figured = dict[str, Figure]


def scenario_scaffold(
    framework: Framework, organisation: Organisation, policy: Policy, name: str | None = None
) -> str:
    """A file of two scenarios for a version: one that begins a status, and one in which a figure is missing.

    What they expect is what the engine decides today. Raises DisagreementError.
    """
    pinned = framework.pin(policy.version.version)
    figures = Figures(policy)
    healthy = figures.healthy()
    with Engine(pinned, organisation) as engine:
        returns, decisions = _story(engine, policy, healthy, figures.trigger(healthy))
        told = [_told(decision, policy, last=decision is decisions[-1]) for decision in decisions]
        missing = _missing(engine, policy, healthy, figures.needed)
    return render(
        "scenario.yaml.j2",
        framework=policy.version.framework,
        version=policy.version.version,
        name=name or _name(policy, decisions, returns),
        inputs=_written(healthy),
        returns=[(day.isoformat(), _written(changed)) for day, changed in returns],
        expectations=told,
        missing=missing,
        every=policy.version.returns.every,
    )


def _story(
    engine: Engine, policy: Policy, healthy: Figured, trigger: Trigger | None
) -> tuple[list[tuple[datetime.date, Figured]], list[Decision]]:
    """Returns, each with what differs from the healthy one, and decisions: before a status begins, and as it does.

    Where nothing begins there is one return, and the decision on it.
    """
    every = max(1, policy.version.returns.every)
    first = policy.version.effective
    size = min(_MOST_RETURNS, (datetime.date.max - first).days // every)
    days = [first + datetime.timedelta(days=every * number) for number in range(size + 1)]
    changed: Figured = {} if trigger is None else {trigger.key: trigger.figure}
    given = [(day, changed if number else {}) for number, day in enumerate(days)]
    if trigger is None:
        given = given[:1]
    course = engine.course(_UNIT, [Return(_UNIT.id, day, {**healthy, **own}) for day, own in given], Events())
    decisions: list[Decision] = []
    for standing in engine.standings(course, [day for day, _ in given]):
        decisions.append(engine.write(course, standing))
        if decisions[-1]["calculated"] != decisions[0]["calculated"]:
            return given[: len(decisions)], decisions[-2:]
    return given[:1], decisions[:1]


def _missing(engine: Engine, policy: Policy, healthy: Figured, needed: list[str]) -> dict[str, Any] | None:
    """A return from which the first figure that nothing stands in for is taken away, and what comes of it."""
    if not needed:
        return None
    key, day = needed[0], policy.version.effective
    figures = {other: figure for other, figure in healthy.items() if other != key}
    course = engine.course(_UNIT, [Return(_UNIT.id, day, figures)], Events())
    (standing,) = engine.standings(course, [day])
    decision = engine.write(course, standing)
    input_, _, member = key.removesuffix("]").partition("[")
    return {
        "inputs": _written(healthy),
        "day": day.isoformat(),
        "away": f"{input_}: {{{member}: null}}" if member else f"{input_}: null",
        "status": decision["status"],
        "calculated": decision["calculated"],
        "measures": _measures([one for one in decision["measures"] if key in one["missing"]]),
    }


def _name(policy: Policy, decisions: list[Decision], returns: list[tuple[datetime.date, Figured]]) -> str:
    """What happens, in a few words."""
    titles = {status.id: status.title or status.id for status in policy.version.statuses}
    if len(decisions) < 2:
        return "healthy figures trigger nothing"
    status = decisions[-1]["calculated"]
    weeks = span_in_words((len(returns) - 1) * policy.version.returns.every)
    return f"{weeks} just past the first trigger bring {titles.get(status, status)}"


def _told(decision: Decision, policy: Policy, *, last: bool) -> dict[str, Any]:
    """What a decision is expected to say; the last one in full."""
    found: dict[str, Any] = {
        "as_of": decision["as_of"],
        "status": decision["status"],
        "permitted": [one["activity"] for one in decision["permitted"]],
    }
    if last or decision["calculated"] != decision["status"]:
        found["calculated"] = decision["calculated"]
    if last:
        ends = [(one["activity"], one["ends"]) for one in decision["permitted"] if one["ends"] is not None]
        rule = f"enter.{decision['calculated']}"
        found |= {
            "since": decision["since"],
            "previous": decision["previous"],
            "ends": "".join(f"{yaml_text(activity, flow=True)}: {day}" for activity, day in ends[:1]),
            "protected": [one["activity"] for one in decision["protected"]][:_FEW],
            "measures": _measures(decision["measures"]),
            "because": [rule] if rule in decision["fired"] else [],
        }
    return found


def _measures(measures: list[Mapping[str, Any]]) -> str:
    return ", ".join(
        f"{one['id']}: {one['value'] if one['value'] is not None else 'unknown'}" for one in measures
    )


def _written(figures: Figured) -> list[str]:
    """Figures as a document writes them, input by input: `in_post_fte: {PO: 20, PSO: 20}`."""
    grouped: dict[str, list[str]] = {}
    for key, figure in figures.items():
        input_, _, member = key.removesuffix("]").partition("[")
        text = yaml_text(figure, flow=True) if isinstance(figure, str) else number_text(figure)
        grouped.setdefault(input_, []).append(f"{member}: {text}" if member else text)
    return [
        f"{input_}: {{{', '.join(texts)}}}" if f"{input_}[" in "".join(figures) else f"{input_}: {texts[0]}"
        for input_, texts in grouped.items()
    ]
