"""The commands that look for faults in documents, and their options."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from api.cli._options import FrameworkName, Frameworks


class CheckFormat(StrEnum):
    """How problems are printed."""

    text = "text"
    json = "json"
    github = "github"


class TestFormat(StrEnum):
    """How results of scenarios are printed."""

    text = "text"
    json = "json"


def check(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]…", help="Files or folders. Default: all.")
    ] = None,
    frameworks: Frameworks = None,
    strict: Annotated[bool, typer.Option("--strict", help="Fail on warnings too.")] = False,
    no_proofs: Annotated[
        bool, typer.Option("--no-proofs", help="Leave the proofs of guarantees out, to be quicker.")
    ] = False,
    format: Annotated[CheckFormat, typer.Option("--format", help="How to print.")] = CheckFormat.text,
) -> None:
    """Find every problem in the documents. Frameworks, regions, scenarios and the organisation are read."""
    from api.cli import _check

    _check.run(paths or [], frameworks, strict, format.value, proofs=not no_proofs)


def scenarios(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]…", help="Files or folders. Default: all.")
    ] = None,
    frameworks: Frameworks = None,
    framework: FrameworkName = None,
    fail_under: Annotated[
        int,
        typer.Option(
            "--fail-under", min=0, max=100, metavar="PERCENT", help="Fail if fewer rules are covered."
        ),
    ] = 0,
    format: Annotated[TestFormat, typer.Option("--format", help="How to print.")] = TestFormat.text,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the whole explanation where one failed.")
    ] = False,
) -> None:
    """Run the scenarios of a policy. Say which rules they never exercised."""
    from api.cli import _scenarios

    _scenarios.run(paths or [], frameworks, framework, fail_under, format.value, explain)
