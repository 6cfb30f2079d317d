"""`prioritise may`."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Literal, cast

from api.cli._load import events_of, library, returns_of, unit
from api.cli._terminal import end, reporting, write_out
from engine.deciding import Engine, decide_all
from engine.may import may
from reports.may import tell_may


def run(
    pdu: str,
    activity: str,
    cohorts: Sequence[str],
    no_cohort: bool,
    frameworks: Path | None,
    name: str | None,
    returns_path: Path,
    events_path: Path | None,
    as_of: datetime.date | None,
    skip_bad_rows: bool,
    form: str,
    out: Path | None,
) -> None:
    """Decide one unit, and say whether an activity may be reduced for a case."""
    if cohorts and no_cohort:
        end(
            "--no-cohort says that the case is in none of the cohorts, and --cohort names one. Give one of them."
        )
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
            end(undecided[0].message if undecided else "The file holds no returns: nothing can be told.", 1)
        (decision,) = decisions
        policy = framework.in_force(datetime.date.fromisoformat(decision["as_of"]))
        assert policy is not None, "a decision was made under a version in force"
        case = list(cohorts) if cohorts or no_cohort else None
        told = may(decision, policy.version, activity, case)
    shape = cast(Literal["text", "json"], form)
    write_out(tell_may(told, decision, policy.version, loaded.organisation, form=shape).encode(), out)
