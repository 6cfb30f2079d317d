"""`prioritise check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from api.cli._load import folder_of
from api.cli._terminal import FOUND_PROBLEMS, reporting, say
from rules.library import check_library
from rules.problems import Problem


def run(paths: list[Path], frameworks: Path | None, strict: bool, form: str) -> None:
    """Check a folder of policy; with paths, tell only what stands in them and in what they rest on."""
    folder = folder_of(frameworks, paths)
    with reporting(form == "json"):
        problems = check_library(folder)
    if paths:
        problems = tuple(problem for problem in problems if _concerns(problem, paths))
    warnings = [problem for problem in problems if problem.code.startswith("PF3")]
    if form == "json":
        print(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            print(_annotation(problem) if form == "github" else problem)
        errors = len(problems) - len(warnings)
        say(
            f"{folder}: {errors} problems, {len(warnings)} warnings."
            if problems
            else f"{folder}: no problems."
        )
    if len(problems) > len(warnings) or (strict and warnings):
        sys.exit(FOUND_PROBLEMS)


def _concerns(problem: Problem, paths: list[Path]) -> bool:
    """Whether a problem stands in one of the paths, or in a document that one of them rests on.

    Settings and scenarios rest on the versions, and all on the organisation, which lie in the folders above.
    """
    places = [Path(place.file).resolve() for place in (problem.place, *problem.also)]
    for path in (path.resolve() for path in paths):
        above = path.parents if path.is_dir() else path.parent.parents
        if any(place == path or path in place.parents or place.parent in above for place in places):
            return True
    return False


def _annotation(problem: Problem) -> str:
    """A workflow command, which GitHub shows beside the line."""
    kind = "warning" if problem.code.startswith("PF3") else "error"
    place = problem.place
    text = f"{problem.message} {problem.hint}".strip().replace("%", "%25").replace("\n", "%0A")
    file = place.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={file},line={place.line},col={place.column},title={problem.code}::{text}"
