"""`prioritise check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from api.cli._folders import folder_of
from api.cli._terminal import FOUND_PROBLEMS, problem_lines, reporting, say, status_line
from rules.library import check_library
from rules.problems import Problem


def run(paths: list[Path], frameworks: Path | None, strict: bool, form: str, *, proofs: bool) -> None:
    """Check a folder of policy; with paths, tell only what stands in them and in what they rest on."""
    folder = folder_of(frameworks, paths)
    with reporting(form == "json"), status_line() as report:
        problems = check_library(
            folder, prove=True, guarantees=proofs, report=lambda what: report(f"Checking {what} …")
        )
    if paths:
        problems = tuple(problem for problem in problems if _concerns(problem, paths))
    if form == "json":
        print(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    elif form == "github":
        for problem in problems:
            print(_annotation(problem))
    else:
        for line in problem_lines(problems, with_also=True):
            print(line)
    if form != "json":
        for line in _summary(folder, problems):
            say(line)
    if any(strict or not problem.is_warning for problem in problems):
        sys.exit(FOUND_PROBLEMS)


def _concerns(problem: Problem, paths: list[Path]) -> bool:
    """Whether a problem stands in one of the paths, or in a document that one of them rests on.

    Settings and scenarios rest on the versions, and all on the organisation, which lie in the folders above. A
    warning there stops nothing that is asked for.
    """
    places = [Path(place.file).resolve() for place in (problem.place, *problem.also)]
    for path in (path.resolve() for path in paths):
        above = [] if problem.is_warning else list(path.parents if path.is_dir() else path.parent.parents)
        if any(place == path or path in place.parents or place.parent in above for place in places):
            return True
    return False


def _summary(folder: Path, problems: Sequence[Problem]) -> list[str]:
    """How many problems there are; with several files, in which."""
    if not problems:
        return [f"{folder}: no problems."]
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        by_file.setdefault(problem.place.file, []).append(problem)
    lines = []
    if len(by_file) > 1:
        width = max(map(len, by_file))
        lines = [f"{file:{width}}  {_counted(found)}" for file, found in by_file.items()]
    in_files = f" in {len(by_file)} files" if len(by_file) > 1 else ""
    return [*lines, f"{folder}: {_counted(problems)}{in_files}."]


def _counted(problems: Sequence[Problem]) -> str:
    warnings = sum(problem.is_warning for problem in problems)
    numbers = ((len(problems) - warnings, "error"), (warnings, "warning"))
    return " and ".join(
        f"{number:,} {word if number == 1 else word + 's'}" for number, word in numbers if number
    )


def _annotation(problem: Problem) -> str:
    """A workflow command, which GitHub shows beside the line."""
    kind = "warning" if problem.is_warning else "error"
    place = problem.place
    text = _escaped(f"{problem.message} {problem.hint}".strip())
    file = _escaped(place.file).replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={file},line={place.line},col={place.column},title={problem.code}::{text}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
