"""`prioritise relief`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, cast

from api.cli._asking import Answers, Asked, answers
from api.cli._terminal import write_out
from engine.relief import Relief, document, relief_all
from reports.relief import all_csv, all_table, tell
from rules.model import Version


def run(asked: Asked, out: Path | None) -> None:
    """Decide one unit, or many, and say whether what each may reduce makes up for what it lacks."""
    write_out(_told(answers(asked, "Working out", relief_all), asked).encode(), out)


def _told(told: Answers, asked: Asked) -> str:
    def version_of(one: Relief) -> Version:
        return told.version(one.decision)

    found: list[Relief] = list(told.found)
    if asked.form == "csv":
        return all_csv(found, version_of)
    if not asked.many:
        shape = cast(Literal["text", "markdown", "html", "json"], asked.form)
        return tell(found[0], version_of(found[0]), told.organisation, form=shape)
    if asked.form == "json":
        documents = [document(one, version_of(one)) for one in found]
        return json.dumps(documents, ensure_ascii=False, indent=2) + "\n"
    return all_table(found, version_of, told.organisation)
