"""The recipes of docs/policy-repository.md, run on a repository that holds nothing but `frameworks/`."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.docs.docs_blocks import ROOT, page_blocks

PAGE = ROOT / "docs" / "policy-repository.md"
EXAMPLE = ROOT / "docs" / "examples" / "hospital" / "frameworks"
FILES = {Path(block.marks["file"]).name: block.text for block in page_blocks(PAGE) if "file" in block.marks}
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
CONFIG: dict[str, Any] = yaml.safe_load(FILES[".pre-commit-config.yaml"])
WORKFLOW: dict[Any, Any] = yaml.safe_load(FILES["policy.yml"])
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["policy"]["steps"]
ENTRIES = [hook["entry"] for hook in HOOKS]
RUNS = [step["run"] for step in STEPS if step.get("run", "").startswith("prioritise ")]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository of policy, with a fine framework."""
    shutil.copytree(EXAMPLE, tmp_path / "frameworks")
    return tmp_path


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a command of the recipes as the installed program would."""
    program, *words = shlex.split(command)
    assert program == "prioritise"
    return subprocess.run(
        [sys.executable, "-m", "api", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def test_the_hooks_say_all_that_pre_commit_asks_for() -> None:
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    for hook in HOOKS:
        assert {"id", "name", "entry", "language"} <= hook.keys()
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
        assert shlex.split(hook["entry"])[0] in scripts
        assert re.search(hook["files"], "frameworks/sentence-management/phase-3-v8.yaml")
        assert not re.search(hook["files"], "README.md")


def test_the_page_uses_the_hooks_that_there_are_and_shows_what_they_run() -> None:
    (repo,) = CONFIG["repos"]
    assert [hook["id"] for hook in repo["hooks"]] == [hook["id"] for hook in HOOKS]
    page = PAGE.read_text("utf-8")
    for hook in HOOKS:
        assert f"| `{hook['id']}` | `{hook['entry']}` |" in page


def test_the_workflow_is_one_and_runs_both_commands() -> None:
    assert WORKFLOW[True] == ["push", "pull_request"]  # YAML 1.1 reads the key `on` as true
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert all({"uses", "run"} & step.keys() for step in STEPS)
    assert RUNS == [
        "prioritise check --strict --frameworks frameworks --format github",
        "prioritise test --frameworks frameworks",
    ]
    (setup,) = (step["run"] for step in STEPS if "setup" in step.get("run", ""))
    assert "\nsetup:" in (ROOT / "Makefile").read_text("utf-8")
    assert setup.startswith("PYTHON=python make -C .prioritise setup")
    refs = [step["with"]["ref"] for step in STEPS if "ref" in step.get("with", {})]
    assert refs == [CONFIG["repos"][0]["rev"]]


@pytest.mark.parametrize("command", [*ENTRIES, *RUNS])
def test_what_is_fine_passes(command: str, repository: Path) -> None:
    done = run(command, repository)
    assert done.returncode == 0, done.stdout + done.stderr
    assert sorted(path.name for path in repository.iterdir()) == ["frameworks"]


@pytest.mark.parametrize("command", [*ENTRIES, *RUNS])
def test_what_is_broken_stops_the_commit_and_the_merge(command: str, repository: Path) -> None:
    path = repository / "frameworks" / "site-pressure" / "winter.yaml"
    path.write_text(path.read_text("utf-8").replace("default: 9,", "default: 11,"), "utf-8")
    done = run(command, repository)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    assert "PF226" in said
    if "--format github" in command:
        assert re.search(r"^::error file=frameworks/site-pressure/winter\.yaml,line=\d+,col=\d+", said, re.M)


@pytest.mark.parametrize("command", [one for one in (*ENTRIES, *RUNS) if " test " in one])
def test_a_scenario_that_no_longer_holds_stops_them_too(command: str, repository: Path) -> None:
    path = repository / "frameworks" / "site-pressure" / "winter.yaml"
    path.write_text(path.read_text("utf-8").replace("default: 3,", "default: 4,"), "utf-8")
    assert run(command, repository).returncode == 1


def test_a_warning_stops_them_as_well(repository: Path) -> None:
    path = repository / "frameworks" / "site-pressure" / "winter.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("inputs:\n", "inputs:\n  unused: {title: Never used}\n", 1), "utf-8")
    (entry,) = (one for one in ENTRIES if " check " in one)
    done = run(entry, repository)
    assert done.returncode == 1
    assert "PF302" in done.stdout
