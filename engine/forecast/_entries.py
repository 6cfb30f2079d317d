"""A pipeline in YAML or JSON, brought to drafts."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePath

from pydantic import BaseModel

from engine.forecast._drafts import Change, Drafts, EventDraft, TrendDraft, number_of, split_key
from engine.returns._json_document import parse_json
from rules.model import PipelineEvent, PipelineFile, PipelineTrend
from rules.model.read import read_model
from rules.problems import Findings, Place, Problem, ReturnsError
from rules.text import Mapping, Node, Path_, Scalar, Source, parse

_INNER: dict[str, type[BaseModel]] = {"events": PipelineEvent, "trends": PipelineTrend}


def read_document(data: bytes, name: str, findings: Findings) -> Drafts:
    """The entries of a document; faults of single values go to `findings`.

    Raises `ReturnsError` where it has not the shape of a pipeline (PF1xx, PF530).
    """
    said = Findings()
    source = None
    if PurePath(name).suffix.lower() == ".json":
        source = parse_json(data, name, said, "PF530", PipelineFile, _INNER)
    if source is None and not said.problems:
        source = parse(data, name, said)
    if source is None:
        raise ReturnsError(said.problems)
    model = read_model(PipelineFile, source, said)
    if model is None:
        raise ReturnsError(replace(problem, code="PF530") for problem in said.problems)
    return Drafts(
        [_event(one, source, ("events", at), findings) for at, one in enumerate(model.events)],
        [_trend(one, source, ("trends", at), findings) for at, one in enumerate(model.trends)],
    )


def _place(source: Source, path: Path_, key: str) -> Place:
    return source.place((*path, key))


def _event(one: PipelineEvent, source: Source, path: Path_, findings: Findings) -> EventDraft:
    changes = []
    for input_id in one.change:
        inner = (*path, "change", input_id)
        node = source.node(inner)
        if isinstance(node, Mapping):
            for member, amount in node.entries.items():
                changes.append(_change(input_id, member, amount, source, (*inner, member), findings))
            if not node.entries:
                findings.add(
                    "PF530",
                    "At least one member is due here.",
                    source.place(inner),
                    "Write one, or a number.",
                )
        else:
            changes.append(_change(input_id, None, node, source, inner, findings))
    return EventDraft(
        partial(_place, source, path),
        one.pdu,
        one.kind,
        one.on,
        changes,
        one.event,
        _as_text(source, (*path, "likelihood"), "A percentage", findings),
        one.until,
        one.spread,
        one.basis or "",
        one.note or "",
    )


def _trend(one: PipelineTrend, source: Source, path: Path_, findings: Findings) -> TrendDraft:
    input_id, member = split_key(one.input)
    return TrendDraft(
        partial(_place, source, path),
        input_id,
        member,
        one.pdu,
        one.region,
        one.per_week,
        _as_text(source, (*path, "percent"), "A percentage", findings),
        one.basis or "",
        one.note or "",
    )


def _change(
    input_id: str, member: str | None, node: Node | None, source: Source, path: Path_, findings: Findings
) -> Change:
    place = source.place(path)
    amount = None
    if not isinstance(node, Scalar) or node.empty:
        findings.add("PF530", "A number is due here.", place, "Write what is added, as in 1 or -0.5.")
    elif not node.plain:
        findings.add("PF530", f"A number is due here, not the text {node.text[:40]!r}.", place, "Unquote it.")
    else:
        found = number_of(node.text, place)
        if isinstance(found, Problem):
            findings.take(found)
        else:
            amount = found
    return Change(input_id, member, amount, source.place(path, key=True), place)


def _as_text(source: Source, path: Path_, what: str, findings: Findings) -> str | None:
    """The scalar at a path as written; None where there is none."""
    node = source.node(path)
    if node is None:
        return None
    if not isinstance(node, Scalar) or node.empty:
        findings.add("PF530", f"{what} is due here.", source.place(path), "Write it as 80%.")
        return None
    return node.text
