"""`prioritise distance`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, cast

from api.cli._asking import Answers, Asked, answers
from api.cli._terminal import write_out
from engine.distance import distance_all
from reports.distance import all_csv, all_table, tell


def run(asked: Asked, out: Path | None) -> None:
    """Decide one unit, or many, and say what would bring each its next status, either way."""
    write_out(_told(answers(asked, "Measuring", distance_all), asked).encode(), out)


def _told(told: Answers, asked: Asked) -> str:
    rows = [(one.distance, one.decision, told.version(one.decision)) for one in told.found]
    if asked.form == "csv":
        return all_csv(rows)
    if not asked.many:
        shape = cast(Literal["text", "markdown", "html", "json"], asked.form)
        return tell(*rows[0], told.organisation, form=shape)
    if asked.form == "json":
        return json.dumps([one.distance for one in told.found], ensure_ascii=False, indent=2) + "\n"
    return all_table(rows, told.organisation)
