"""`prioritise explain`."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Literal, cast

from api.cli._load import events_of, library, returns_of, unit
from api.cli._terminal import end, reporting, write_out
from engine.deciding import Engine, Undecided, decide_all
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
        unit(loaded.organisation, pdu)
        returns = returns_of(returns_path, framework, loaded.organisation, skip_bad_rows, form == "json")
        events = events_of(events_path, framework, loaded.organisation)
        with Engine(framework, loaded.organisation) as engine:
            decisions, undecided = decide_all(
                engine, returns.returns, events, as_of=as_of, only=[pdu], notes=returns.notes_by_unit()
            )
    if not decisions:
        reason: list[Undecided] = undecided
        end(reason[0].message if reason else "The file holds no returns: there is nothing to explain.", 1)
    decision = decisions[0]
    if form == "json":
        text = json.dumps(decision, ensure_ascii=False, indent=2) + "\n"
    else:
        policy = framework.in_force(datetime.date.fromisoformat(decision["as_of"]))
        assert policy is not None, "a decision was made under a version in force"
        shape = cast(Literal["text", "markdown", "html"], form)
        text = explain(decision, policy.version, loaded.organisation, form=shape)
    write_out(text.encode(), out)
