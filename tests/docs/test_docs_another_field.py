"""The example of another field: sound, tested, decided and explained in its own words."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from rules.library import check_library, load_library
from tests.docs.docs_blocks import ROOT, Block, page_blocks

FOLDER = ROOT / "docs" / "examples" / "hospital"
PAGE = ROOT / "docs" / "another-field.md"
FRAGMENTS = [block for block in page_blocks(PAGE) if "part" in block.marks]
OURS = re.compile(r"\b(PDUs?|probation|regions?|regional|HMPPS)\b", re.IGNORECASE)
MARKUP = re.compile(r"<style.*?</style>|<[^>]*>", re.DOTALL)


def run(*words: str) -> str:
    """What a command prints of the example; it must end well."""
    done = subprocess.run(
        [sys.executable, "-m", "api", *words, "--frameworks", str(FOLDER / "frameworks")],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def lines(text: str) -> list[str]:
    """The lines of a YAML text without their indentation."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def test_the_example_has_no_problem_not_even_a_warning() -> None:
    assert check_library(FOLDER / "frameworks", prove=True) == ()


def test_its_numbers_say_that_they_are_illustrative_and_its_duties_name_a_source() -> None:
    version = load_library(FOLDER / "frameworks").framework().policies[0].version
    assert version.trigger_points
    assert {point.basis for point in version.trigger_points.values()} == {"illustrative"}
    duties = [activity.mandatory for activity in version.activities if activity.mandatory is not None]
    assert duties
    assert all(duty.source in version.sources for duty in duties)
    assert all((source.url or "").startswith("https://") for source in version.sources.values())


@pytest.mark.parametrize("block", FRAGMENTS, ids=[f"line-{block.line}" for block in FRAGMENTS])
def test_what_the_page_shows_stands_in_the_files(block: Block) -> None:
    files = [lines(path.read_text("utf-8")) for path in sorted(FOLDER.rglob("*.yaml"))]
    shown = lines(block.text)
    assert any(set(shown) <= set(file) for file in files), set(shown) - set().union(*files)


def test_its_scenarios_pass_and_exercise_every_rule() -> None:
    told = json.loads(run("test", "--format", "json"))
    assert (told["failed"], told["todo"]) == (0, 0)
    assert told["passed"] >= 8
    assert told["uncovered"] == []


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
@pytest.mark.parametrize("site", ["riverside", "north-bank", "hilltop"])
def test_an_explanation_uses_the_words_of_the_field(site: str, form: str, tmp_path: Path) -> None:
    out = tmp_path / "report"
    run("explain", site, "--returns", str(FOLDER / "returns.csv"), "--format", form, "--out", str(out))
    prose = MARKUP.sub(" ", out.read_text("utf-8"))
    assert OURS.findall(prose) == []
    assert re.search(r"\bLevel 1\b", prose)
    assert "Trust" in prose or "trust" in prose


def test_the_table_uses_them_too() -> None:
    table = run("evaluate", "--returns", str(FOLDER / "returns.csv"))
    assert OURS.findall(table) == []
    assert table.lstrip().startswith("Site")


def test_a_setting_of_a_trust_decides() -> None:
    """River Trust begins Level 3 sooner: at the score that the page tells of."""
    told = json.loads(
        run(
            "evaluate",
            *("--returns", str(FOLDER / "returns.csv"), "--as-of", "2025-12-02"),
            *("--pdu", "riverside", "--format", "json"),
        )
    )
    (decision,) = told
    score = next(one["value"] for one in decision["measures"] if one["id"] == "score")
    assert (decision["status"], score) == ("level-3", "5")
    assert decision["settings"]["trigger_points"]["level_3_score"]["set_by"] == "region"
