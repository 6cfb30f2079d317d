"""`prioritise explain`."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Literal, cast

from api.cli._load import events_of, library, parent, returns_of, unit
from api.cli._terminal import end, reporting, write_out
from engine.deciding import Engine, Undecided, decide_all, decide_parents
from engine.parents import framework_of, is_parent
from reports import explain


def run(
    pdu: str,
    frameworks: Path | None,
    name: str | None,
    returns_path: Path,
    events_path: Path | None,
    as_of: datetime.date | None,
    skip_bad_rows: bool,
    form: str,
    out: Path | None,
) -> None:
    """Decide one unit and explain the decision."""
    with reporting(form == "json"):
        loaded = library(frameworks)
        framework = loaded.framework(name)
        if not is_parent(pdu):
            unit(loaded.organisation, pdu)
        returns = returns_of(returns_path, framework, loaded.organisation, skip_bad_rows, form == "json")
        events = events_of(events_path, framework, loaded.organisation)
        with Engine(framework, loaded.organisation) as engine:
            if is_parent(pdu):
                framework = framework_of(parent(engine, pdu))
                decisions, undecided = decide_parents(
                    engine, returns.returns, events, as_of=as_of, only=[pdu]
                )
            else:
                decisions, undecided = decide_all(
                    engine, returns.returns, events, as_of=as_of, only=[pdu], notes=returns.notes_by_unit()
                )
            distance = None
            if decisions and form != "json" and not is_parent(pdu):
                from engine.distance import distance_of

                distance = distance_of(engine, returns.returns, events, decisions[0])
    if not decisions:
        reason: list[Undecided] = undecided
        end(reason[0].message if reason else "The file holds no returns: there is nothing to explain.", 1)
    decision = decisions[0]
    if form == "json":
        text = json.dumps(decision, ensure_ascii=False, indent=2) + "\n"
    else:
        policy = framework.in_force(datetime.date.fromisoformat(decision["as_of"]))
        assert policy is not None, "a decision was made under a version in force"
        if form == "pdf":
            from reports.pdf import explanation_pdf  # brings the typesetter, which few ask for

            write_out(explanation_pdf(decision, policy.version, loaded.organisation, distance), out)
            return
        shape = cast(Literal["text", "markdown", "html"], form)
        text = explain(decision, policy.version, loaded.organisation, form=shape, distance=distance)
    write_out(text.encode(), out)
