"""Cases of broken documents: what is changed in a good one, and which problems must be told, and where.

A mark (§) in a change says where a problem must stand; the codes are in the order of the marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from rules.library import load_library
from rules.problems import DocumentError
from tests.support import PLAN, changed, library_problems, marked, read_version, told

Change = tuple[str, str]
Case = tuple[str, tuple[Change, ...]]


def case(codes: str, *changes: Change) -> Case:
    """The codes, in the order of the marks, and the changes to the good document."""
    return codes, changes


def ids(cases: Sequence[Case]) -> list[str]:
    """What each case is called: its codes and the end of its last change, in plain letters."""
    return [
        f"{codes} {' '.join(changes[-1][1].split())[-40:]}".encode("ascii", "ignore").decode()
        for codes, changes in cases
    ]


def assert_told(codes: str, changes: Sequence[Change]) -> None:
    """The changed document is refused with exactly these problems, each at its mark and with a way out."""
    text, places = marked(changed(PLAN, *changes))
    policy, problems = read_version(text)
    assert policy is None
    assert [(one.code, one.place.line, one.place.column) for one in problems] == [
        (code, *place) for code, place in zip(codes.split(), places, strict=True)
    ], told(problems)
    for problem in problems:
        assert problem.message.endswith(".")
        assert problem.hint.strip()
        assert problem.place.file == "v1.yaml"
        assert problem.place.path


def assert_library_told(folder: Path, codes: str, files: dict[str, str]) -> None:
    """The folder is refused with exactly these problems, each at its mark and with a way out."""
    problems, places = library_problems(folder, files)
    found = [(one.code, one.place.file, one.place.line, one.place.column) for one in problems]
    due = [(code, *place) for code, place in zip(codes.split(), places, strict=True)]
    assert found == due, told(problems)
    for problem in problems:
        assert problem.message.endswith((".", ")"))
        assert problem.hint.strip()
        assert problem.place.path
    if set(codes.split()) == {"PF403"}:  # keeps nobody from using the policy
        load_library(folder)
        return
    with pytest.raises(DocumentError) as refused:
        load_library(folder)
    assert list(refused.value.problems) == problems
