"""The comparison document as a decision graph for zen-engine, by hand, as its users write them.

Figures to measures, measures to the 25 conditions, conditions to the status, status to the reductions that
are permitted: two expression nodes and two decision tables, one evaluation a step. Of the ways tried (context
passed from node to node, edges that merge, reductions as expressions) this is the fastest with trace on.
History comes in as it does for our deciders: what each run would be, where the unit stands, whether its stay
is over, what is blocked. Unknown figures and the first return are left out: zen-engine's truths are two.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import zen

from rules.decide import Program, Situation
from rules.figures import Return

WITH_TRACE: zen.DecisionEvaluateOptions = {"trace": True}
STATUSES = ("green", "amber", "red", "critical")
MEASURES = {
    "staffing": "round(100 * (in_post_fte.PO + in_post_fte.PSO - absent_fte.PO - absent_fte.PSO)"
    " / (required_fte.PO + required_fte.PSO), 1)",
    "qualified": "round(100 * (in_post_fte.PO - absent_fte.PO) / required_fte.PO, 1)",
    "workload": "round(100 * wmt_points / wmt_available, 1)",
    "pressure": "$.staffing < 70 ? 3 : $.staffing < 85 ? 2 : $.staffing < 95 ? 1 : 0",
}
CONDITIONS = {
    "enter_amber_0": "staffing < 90 and $nodes.figures.runs.enter_amber_0 >= 2",
    "enter_amber_1": "workload > 110 and $nodes.figures.runs.enter_amber_1 >= 4",
    "enter_amber_2_0": "qualified < 85",
    "enter_amber_2_1": "$nodes.figures.caseload > 1500",
    "enter_amber_2": "$.enter_amber_2_0 and $.enter_amber_2_1 and $nodes.figures.runs.enter_amber_2 >= 2",
    "enter_amber": "$.enter_amber_0 or $.enter_amber_1 or $.enter_amber_2",
    "exit_amber_0": "staffing >= 94 and $nodes.figures.runs.exit_amber_0 >= 2",
    "exit_amber_1": "workload <= 105",
    "exit_amber": "$.exit_amber_0 and $.exit_amber_1",
    "enter_red_0": "staffing < 78 and $nodes.figures.runs.enter_red_0 >= 2",
    "enter_red_1": "workload > 130 and $nodes.figures.runs.enter_red_1 >= 2",
    "enter_red_2_0": "$nodes.figures.local_alert == 'very-high'",
    "enter_red_2_1": "pressure >= 2",
    "enter_red_2": "$.enter_red_2_0 and $.enter_red_2_1",
    "enter_red": "$.enter_red_0 or $.enter_red_1 or $.enter_red_2",
    "exit_red_0": "staffing >= 82",
    "exit_red_1": "workload < 120",
    "exit_red": "$.exit_red_0 and $.exit_red_1 and $nodes.figures.runs.exit_red >= 2",
    "enter_critical_0": "staffing < 62",
    "enter_critical_1": "workload > 150",
    "enter_critical_2": "qualified < 50",
    "enter_critical": "$nodes.figures.runs.enter_critical >= 2 and ($.enter_critical_0 and $.enter_critical_1"
    " or $.enter_critical_0 and $.enter_critical_2 or $.enter_critical_1 and $.enter_critical_2)",
    "exit_critical": "staffing >= 68",
    "when_home_visits_amber": "staffing < 88",
    "when_oral_reports_red": "workload > 100",
}
STATUS_INPUTS = (
    "standing",
    "stay_over",
    *(f"{kind}_{id_}" for id_ in STATUSES[1:] for kind in ("enter", "exit")),
)
Row = tuple[Mapping[str, str], str]
"""A row of a decision table: its tests by column, and what it gives."""
STATUS_ROWS: tuple[Row, ...] = (
    ({"standing": "< 3", "enter_critical": "true"}, "3"),
    ({"standing": "< 2", "enter_red": "true"}, "2"),
    ({"standing": "< 1", "enter_amber": "true"}, "1"),
    ({"standing": "3", "stay_over": "true", "exit_critical": "true", "enter_critical": "false"}, "2"),
    ({"standing": "2", "stay_over": "true", "exit_red": "true", "enter_red": "false"}, "1"),
    ({"standing": "1", "stay_over": "true", "exit_amber": "true", "enter_amber": "false"}, "0"),
    ({}, "$nodes.figures.standing"),
)
EDGES = (
    ("figures", "measures"),
    ("measures", "conditions"),
    ("conditions", "status"),
    ("status", "reductions"),
    ("status", "answer"),
    ("reductions", "answer"),
)


def rule_key(rule: str) -> str:
    """The name of a condition in the graph: `when.home-visits.amber` is `when_home_visits_amber`."""
    return rule.replace(".", "_").replace("-", "_")


def decision_graph(program: Program) -> str:
    """The graph as JSON. The document's reductions are the rows of its last table."""
    figures = "$nodes.figures."
    status_fields = {
        name: f"{figures}{name}" if name in ("standing", "stay_over") else name for name in STATUS_INPUTS
    }
    reduction_fields = {"status": "status", "blocked": f"{figures}blocked", "when": ""}
    nodes = [
        _node("figures", "inputNode", {}),
        _node("measures", "expressionNode", _expressions(MEASURES)),
        _node("conditions", "expressionNode", _expressions(CONDITIONS)),
        _node("status", "decisionTableNode", _table("first", status_fields, "status", STATUS_ROWS)),
        _node(
            "reductions",
            "decisionTableNode",
            {
                **_table("collect", reduction_fields, "name", _reduction_rows(program)),
                "outputPath": "permitted",
            },
        ),
        _node("answer", "outputNode", {}),
    ]
    edges = [
        {"id": f"{source}-{target}", "type": "edge", "sourceId": source, "targetId": target}
        for source, target in EDGES
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def _node(id_: str, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id_, "name": id_, "type": kind, "content": content}


def _expressions(expressions: Mapping[str, str]) -> dict[str, Any]:
    rows = [{"id": key, "key": key, "value": value} for key, value in expressions.items()]
    return {"expressions": rows, "passThrough": False, "executionMode": "single"}


def _table(hit: str, fields: Mapping[str, str], output: str, rows: Sequence[Row]) -> dict[str, Any]:
    return {
        "hitPolicy": hit,
        "inputs": [{"id": name, "name": name, "field": field} for name, field in fields.items()],
        "outputs": [{"id": f"gives_{output}", "name": output, "field": output}],
        "rules": [
            {"_id": str(number), **{name: tests.get(name, "") for name in fields}, f"gives_{output}": gives}
            for number, (tests, gives) in enumerate(rows)
        ],
        "passThrough": False,
        "executionMode": "single",
    }


def _reduction_rows(program: Program) -> list[Row]:
    rows: list[Row] = []
    for reduction in program.policy.reductions:
        name = ".".join(reduction.key)
        tests = {"status": f">= {reduction.level}", "blocked": f"not ('{name}' in $)"}
        if reduction.when is not None:
            tests["when"] = f"$nodes.conditions.{rule_key(reduction.when.rule)}"
        rows.append((tests, f"'{name}'"))
    return rows


def context(program: Program, given: Return, situation: Situation) -> dict[str, Any]:
    """What one evaluation is given: the figures as numbers, and the unit's history as our deciders get it."""
    figures: dict[str, Any] = {}
    for key, figure in given.figures.items():
        number = figure if isinstance(figure, str) else float(figure)
        name, bracket, member = key.partition("[")
        if bracket:
            figures.setdefault(name, {})[member.rstrip("]")] = number
        else:
            figures[name] = number
    names = {nodes.run: rule_key(rule) for rule, nodes in program.rules.items() if nodes.run is not None}
    keys = [".".join(reduction.key) for reduction in program.policy.reductions]
    return {
        **figures,
        "runs": {names[number]: run for number, run in enumerate(situation.runs)},
        "standing": situation.standing,
        "stay_over": situation.stay_over,
        "blocked": [key for key, blocked in zip(keys, situation.blocked, strict=True) if blocked],
    }


def load(program: Program) -> zen.ZenDecision:
    """The graph, loaded and compiled."""
    return zen.ZenEngine().create_decision(decision_graph(program))


def answer(response: Mapping[str, Any]) -> tuple[dict[str, bool], dict[str, float], int, frozenset[str]]:
    """Conditions, measures, level and permitted reductions of an evaluation with its trace."""
    trace, result = response["trace"], response["result"]
    permitted = frozenset(row["name"] for row in result["permitted"])
    return trace["conditions"]["output"], trace["measures"]["output"], result["status"], permitted
