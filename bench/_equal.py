"""Before anything is timed: every contestant gives the same answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench import _zen
from bench._cases import Cases
from bench._contestants import DurableAlone
from bench._plain_encoding import PlainEncoding
from engine.decision import Scribe
from rules.decide import FALSE, TRUE, Deciders, PlainDecider

CHECKED = 2000


def differences(cases: Cases, *, two_valued: bool, first: int = CHECKED) -> Iterator[str]:
    """Each of the first steps at which some contestant says something else."""
    plain, agreement = PlainDecider(cases.program), Deciders().of(cases.program)
    alone, scribe = DurableAlone(cases.ruleset), Scribe()
    encoding = PlainEncoding(cases.program)
    part_by_part = DurableAlone(encoding.ruleset)
    graph = _zen.load(cases.program)
    contexts = [cases.context(step) if two_valued else None for step in cases.steps[:first]]
    keys = [".".join(reduction.key) for reduction in cases.program.policy.reductions]
    for number, (step, standing, context) in enumerate(
        zip(cases.steps, cases.standings, contexts, strict=False)
    ):
        outcome = step.outcome
        if agreement.decide(step.situation) != outcome:
            yield f"step {number}: both deciders agreeing differ from the history"
        if plain.decide(step.situation)[:5] != outcome[:5]:
            yield f"step {number}: the plain evaluator differs"
        if not step.told or any(alone.fire(told.fact, told.retracted) != told.names for told in step.told):
            yield f"step {number}: durable-rules alone fires other rules"
        answer = encoding.answer([part_by_part.fire(*fact) for fact in encoding.facts(step)])
        if answer != (outcome.truths, outcome.candidates, (outcome.status,), outcome.permitted):
            yield f"step {number}: durable-rules encoded part by part differs"
        decision = scribe.value(cases.course, standing)
        permitted = frozenset(keys[index] for index in outcome.permitted)
        if _told(decision, "permitted") | _superseded(decision) != permitted and not standing.in_grace:
            yield f"step {number}: the decision permits something else"
        if context is not None:
            conditions, measures, level, listed = _zen.answer(graph.evaluate(context, _zen.WITH_TRACE))
            truths = {
                _zen.rule_key(rule): {TRUE: True, FALSE: False}.get(outcome.truths[nodes.node])
                for rule, nodes in cases.program.rules.items()
            }
            values = {told["id"]: float(told["value"]) for told in decision["measures"]}
            ours = (truths, values, outcome.status, permitted, _zen.STATUSES[outcome.status])
            if (conditions, measures, level, listed, decision["status"]) != ours:
                yield f"step {number}: zen-engine differs"


def _told(decision: dict[str, Any], key: str) -> frozenset[str]:
    return frozenset(f"{one['activity']}.{one['from']}" for one in decision[key])


def _superseded(decision: dict[str, Any]) -> frozenset[str]:
    refused = decision["not_permitted"]
    return frozenset(
        f"{one['activity']}.{one['from']}" for one in refused if one["because"]["code"] == "superseded"
    )
