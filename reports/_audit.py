"""How a decision can be checked: its hashes, its figures, the rules that fired, the command to repeat it."""

from __future__ import annotations

from reports import _words as words
from reports._conditions import walk
from reports._explanation import Audit, Data, Line, Table
from reports._format import day
from reports._names import Names
from reports._words.tables import unit as unit_column


def audit(names: Names) -> Audit:
    """Everything that is needed to check the decision."""
    return Audit(_facts(names), _figures(names), _fired(names), _command(names))


def _facts(names: Names) -> tuple[Line, ...]:
    decision = names.decision
    framework, asked = decision["framework"], decision.get("asked") or {}
    facts = [
        (words.figures.fact("id"), decision["id"]),
        (words.figures.fact("framework"), f"{framework['id']}@{framework['version']}"),
        (words.figures.fact("framework_hash"), framework["sha256"]),
        (
            words.figures.fact("settings_hash"),
            decision["settings"].get("sha256") or words.figures.no_settings(names.group),
        ),
    ]
    for given in decision["returns"]:
        facts.append((words.figures.fact_of_return(given["as_of"]), given["sha256"]))
        facts.append((words.figures.fact("recorded"), given.get("recorded_at")))
    facts += [
        (words.figures.fact("known"), asked.get("known_at")),
        (words.figures.fact("decided"), decision.get("decided_at")),
    ]
    return tuple(Line(label, text) for label, text in facts if text)


def _figures(names: Names) -> tuple[Table, ...]:
    """The measures with their formulas, and the figures that they rest on."""
    measures, plain, inputs = [], [], {}
    for measure in names.decision["measures"]:
        title = measure.get("title") or names.figure(measure["id"])
        how = measure.get("formula") or measure.get("points") or ""
        measures.append((title, names.value(measure["id"], measure["value"]), how))
        plain.append((title, measure["value"] or "", names.unit_of(measure["id"]) or "", how))
        inputs.update(measure["inputs"])
    rows = tuple(
        (
            names.figure(key),
            names.value(key, given["value"]),
            day(given["as_of"]) if given.get("as_of") else "",
            words.figures.how(given.get("how") or "given"),
        )
        for key, given in inputs.items()
    )
    given_plain = tuple(
        (names.figure(key), given["value"] or "", names.unit_of(key) or "", given.get("as_of") or "", row[-1])
        for (key, given), row in zip(inputs.items(), rows, strict=True)
    )
    first, second = words.figures.measures_columns(), words.figures.inputs_columns()
    unit = unit_column()
    data = (
        Data((*first[:2], unit, *first[2:]), tuple(plain)),
        Data((*second[:2], unit, *second[2:]), given_plain),
    )
    tables = (
        Table(words.figures.measures_caption(), first, tuple(measures), data[0]),
        Table(words.figures.inputs_caption(), second, rows, data[1]),
    )
    return tuple(table for table in tables if table.rows)


def _fired(names: Names) -> tuple[str, ...]:
    lines = {node["rule"]: node.get("line") for root in names.decision["conditions"] for node in walk(root)}
    return tuple(words.figures.line(rule, lines.get(rule)) for rule in names.decision["fired"])


def _command(names: Names) -> tuple[str, ...]:
    """`prioritise explain …` in pieces that a form may put on lines of their own."""
    decision = names.decision
    framework = decision["framework"]
    return (
        f"prioritise explain {decision['pdu']['id']}",
        "--returns FILE",
        f"--as-of {decision['as_of']}",
        f"--framework {framework['id']}",
    )
