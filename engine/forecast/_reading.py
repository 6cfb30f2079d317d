"""Reading a pipeline: YAML, JSON or CSV. Bytes in, a value out, and every problem at once."""

from __future__ import annotations

from pathlib import PurePath

from engine.forecast._entries import read_document
from engine.forecast._judging import Judge
from engine.forecast._table import read_table
from engine.forecast.pipeline import Pipeline
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.problems import Findings, Place, Problem, ReturnsError

FORMATS = (".yaml", ".yml", ".json", ".csv")
MAX_BYTES = 4 * 1024 * 1024


def read_pipeline(data: bytes, name: str, *, vocabulary: Vocabulary, organisation: Organisation) -> Pipeline:
    """What a file says of the weeks ahead; `name` is the file's name, whose ending tells the format.

    Raises `ReturnsError` with every problem at once (PF530 to PF539, and PF1xx where it is no YAML).
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        hint = "Save the sheet as CSV." if suffix in (".xlsx", ".xls") else f"Use {', '.join(FORMATS)}."
        message = "The ending of the file's name tells no format that a pipeline has."
        raise ReturnsError([Problem("PF531", message, Place(name), hint)])
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1024 // 1024} MiB."
        raise ReturnsError([Problem("PF539", message, Place(name), "Split it by region.")])
    findings = Findings()
    with findings.reading():
        if suffix == ".csv":
            drafts = read_table(data, name, vocabulary, findings)
        else:
            drafts = read_document(data, name, findings)
        found = Judge(organisation, vocabulary, findings).pipeline(drafts)
    if findings.problems:
        raise ReturnsError(findings.problems)
    return found
