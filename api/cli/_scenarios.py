"""`prioritise test`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from api.cli._load import folder_of, library
from api.cli._scenario_results import print_coverage, print_results, why
from api.cli._terminal import FOUND_PROBLEMS, end, progress, reporting, say
from engine.scenarios import Coverage, Result, run_scenarios
from rules.check.scenarios import ScenarioFile
from rules.library import Framework, Library
from rules.policy import Policy

Told = dict[str, Any]


def run(
    paths: list[Path],
    frameworks: Path | None,
    name: str | None,
    fail_under: int,
    form: str,
    full: bool = False,
) -> None:
    """Run scenarios and print how they came out, and what they never exercised."""
    with reporting(form == "json"):
        loaded = library(folder_of(frameworks, paths), scenarios=True)
        files = _chosen(loaded, name, paths)
        versions = [] if paths else _versions(loaded, name)
        total = sum(len(file.content.scenarios) for _, file in files)
        with progress("Scenarios", total) as advance:
            results, coverage = run_scenarios(loaded, files, advance, versions)
    counts = {
        outcome: sum(one.outcome == outcome for one in results) for outcome in ("passed", "failed", "todo")
    }
    percent = coverage.percent
    if form == "json":
        print(json.dumps(_told(counts, results, coverage, loaded), ensure_ascii=False, indent=2))
    else:
        print_results(results, loaded, full)
        print_coverage(coverage)
        summary = ", ".join(
            [f"{counts['passed']} passed", f"{counts['failed']} failed", f"{counts['todo']} to do"]
        )
        print(f"{summary}; rules covered: {percent}%")
    if percent < fail_under:
        say(f"Coverage is {percent}%, below {fail_under}%.")
    if counts["failed"] or percent < fail_under:
        sys.exit(FOUND_PROBLEMS)


def _told(counts: dict[str, int], results: list[Result], coverage: Coverage, loaded: Library) -> Told:
    """Everything, for programs. `why` has the lines that answer a failed expectation."""
    return {
        **counts,
        "percent": coverage.percent,
        "coverage": [one.as_dict() for one in coverage.versions()],
        "results": [
            {
                **one.as_dict(),
                "why": [line for decision in one.decisions for line in why(one, decision, loaded, 10_000)],
            }
            for one in results
        ],
        "uncovered": [one.as_dict() for one in coverage.uncovered()],
    }


def _chosen(loaded: Library, name: str | None, paths: list[Path]) -> list[tuple[Framework, ScenarioFile]]:
    """The files of a framework, of one version of it if that is named, which lie at some paths.

    A version's own file stands for its scenarios. A path without any ends the program with code 2.
    """
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
    chosen: dict[int, tuple[Framework, ScenarioFile]] = {}
    for path in paths:
        found = {index: pair for index, pair in enumerate(files) if _lies_at(*pair, path.resolve())}
        if not found:
            end(f"There are no scenarios at {path}.")
        chosen |= found
    return [chosen[index] for index in sorted(chosen)]


def _lies_at(framework: Framework, file: ScenarioFile, path: Path) -> bool:
    own = Path(file.source.file).resolve()
    versions = {Path(policy.file).resolve(): policy.version.version for policy in framework.policies}
    return own == path or path in own.parents or versions.get(path) == file.content.version


def _versions(loaded: Library, name: str | None) -> list[Policy]:
    """The versions whose coverage is asked: those without any scenario count as well."""
    frameworks = [loaded.framework(name)] if name is not None else loaded.frameworks.values()
    return [policy for framework in frameworks for policy in framework.policies]
