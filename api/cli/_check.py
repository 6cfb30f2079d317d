"""`prioritise check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from api.cli._load import shipped
from api.cli._terminal import FOUND_PROBLEMS, end, reporting, say
from rules.library import check_library
from rules.problems import Problem


def run(paths: list[Path], frameworks: Path | None, strict: bool, form: str) -> None:
    """Check a folder of policy; with paths, tell only what stands in them."""
    folder = frameworks if frameworks is not None else _folder_of(paths)
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
        say(f"{folder}: {errors} problems, {len(warnings)} warnings." if problems else f"{folder}: no problems.")
    if len(problems) > len(warnings) or (strict and warnings):
        sys.exit(FOUND_PROBLEMS)


def _folder_of(paths: list[Path]) -> Path:
    """The folder of policy that the paths lie in: the nearest above with an organisation, else the shipped one."""
    for path in paths:
        if not path.exists():
            end(f"{path} cannot be opened: there is no such file.")
        for above in (path, *path.resolve().parents):
            if (above / "organisation.yaml").is_file():
                return above if above == path else _as_given(above)
    return shipped()


def _as_given(folder: Path) -> Path:
    """The folder as seen from here, so that problems name files as people typed them."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder


def _concerns(problem: Problem, paths: list[Path]) -> bool:
    places = [Path(place.file).resolve() for place in (problem.place, *problem.also)]
    wanted = [path.resolve() for path in paths]
    return any(place == path or path in place.parents for place in places for path in wanted)


def _annotation(problem: Problem) -> str:
    """A workflow command, which GitHub shows beside the line."""
    kind = "warning" if problem.code.startswith("PF3") else "error"
    place = problem.place
    text = f"{problem.message} {problem.hint}".strip().replace("%", "%25").replace("\n", "%0A")
    file = place.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{kind} file={file},line={place.line},col={place.column},title={problem.code}::{text}"
