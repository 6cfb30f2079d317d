"""`prioritise test`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from api.cli._load import folder_of, library
from api.cli._terminal import FOUND_PROBLEMS, progress, reporting, say
from engine.scenarios import Result, run_scenarios
from reports import explain
from rules.check.scenarios import ScenarioFile
from rules.library import Framework, Library


def run(paths: list[Path], frameworks: Path | None, name: str | None, fail_under: int, form: str) -> None:
    """Run scenarios and print how they came out."""
    with reporting(form == "json"):
        loaded = library(folder_of(frameworks, paths))
        files = _chosen(loaded, name, paths)
        total = sum(len(file.content.scenarios) for _, file in files)
        with progress("Scenarios", total) as advance:
            results, coverage = run_scenarios(loaded, files, advance)
    counts = {
        outcome: sum(one.outcome == outcome for one in results) for outcome in ("passed", "failed", "todo")
    }
    covered, of = coverage.share()
    percent = 100 * covered // of if of else 100
    if form == "json":
        told = {**counts, "results": [one.as_dict() for one in results], "uncovered": coverage.uncovered()}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        for result in results:
            _print(result, loaded)
        for one in coverage.uncovered():
            print(f"never {one['never']}: {one['kind']} {one['id']} ({one['version']})")
        print(
            f"{counts['passed']} passed, {counts['failed']} failed, {counts['todo']} to do; rules covered: {percent}%"
        )
    if percent < fail_under:
        say(f"Coverage is {percent}%, below {fail_under}%.")
    if counts["failed"] or percent < fail_under:
        sys.exit(FOUND_PROBLEMS)


def _chosen(loaded: Library, name: str | None, paths: list[Path]) -> list[tuple[Framework, ScenarioFile]]:
    """The files of a framework, of one version of it if that is named, which lie at some paths."""
    frameworks = list(loaded.frameworks.values())
    version = ""
    if name is not None:
        loaded.framework(name)  # an unknown version is told as such
        id_, _, version = name.partition("@")
        frameworks = [loaded.framework(id_)]
    files = [
        (framework, file)
        for framework in frameworks
        for file in framework.scenarios
        if version in ("", file.content.version)
    ]
    if not paths:
        return files
    wanted = [path.resolve() for path in paths]
    return [
        (framework, file)
        for framework, file in files
        for own in [Path(file.source.file).resolve()]
        if any(own == path or path in own.parents for path in wanted)
    ]


def _print(result: Result, loaded: Library) -> None:
    """A failed scenario with everything that differs and the decision's own explanation; others in a line."""
    place = f"{result.place.file}:{result.place.line}"
    if result.outcome != "failed":
        note = f" ({result.reason})" if result.reason else ""
        print(f"{result.outcome:6} {result.name}{note}")
        return
    print(f"FAILED {result.name} ({place})")
    for one in result.differences:
        day = f" on {one.as_of}" if one.as_of else ""
        print(
            f"       {one.field}{day}: expected {one.expected or 'nothing'}, found {one.found or 'nothing'}"
        )
    for problem in result.problems:
        print(f"       {problem}")
    if result.decision is not None:
        named = result.decision["framework"]
        policy = next(
            policy
            for policy in loaded.frameworks[named["id"]].policies
            if policy.version.version == named["version"]
        )
        text = explain(result.decision, policy.version, loaded.organisation, form="text")
        print("\n".join(f"       | {line}" for line in text.splitlines()))
