"""What docs/trigger-points.md tells a director is what the shipped framework and the program say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from rules.library import check_library, load_library
from rules.model._fields import number_text
from tests.docs.docs_blocks import ROOT
from tests.docs.docs_problems import bases

PAGE = (ROOT / "docs" / "trigger-points.md").read_text("utf-8")
BOUNDS = re.compile(r"\| `(\w+)` \| [^|]+ \| (\S+) \| (\S+) \| (\S+) \|")
SLIP = re.compile(r"\| `([^`]+)` \| `([^`]+)`")
ENTRY = "    set_by: A director\n    reason: An example.\n"


def test_the_trigger_points_that_may_be_moved_are_listed_with_their_bounds() -> None:
    version = load_library(ROOT / "frameworks").framework().policies[-1].version
    due = [
        (name, *map(number_text, (point.default, point.regions.from_, point.regions.to)))
        for name, point in version.trigger_points.items()
        if point.regions is not None
    ]
    assert [found.groups() for found in BOUNDS.finditer(PAGE)] == due


def slips() -> list[tuple[str, str]]:
    """What is written wrongly, and what is to be written."""
    table = PAGE[PAGE.index("| you wrote | write |") : PAGE.index("## 4.")]
    return [(found[1], found[2]) for found in SLIP.finditer(table)]


@pytest.mark.parametrize(("wrong", "right"), slips(), ids=[wrong for wrong, _ in slips()])
def test_a_usual_slip_is_refused_and_its_remedy_taken(wrong: str, right: str, tmp_path: Path) -> None:
    for line, fine in ((wrong, False), (right, True)):
        files = {"organisation.yaml": bases()["organisation"], "small/first.yaml": bases()["version"]}
        day = line if line.startswith("effective") else "effective: 2022-09-05"
        point = "amber_staffing: 88" if line.startswith("effective") else line
        files["small/regions/north.yaml"] = (
            f"format: 1\nframework: small\nregion: north\nsettings:\n  - {day}\n{ENTRY}"
            f"    trigger_points:\n      {point}\n"
        )
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, "utf-8")
        problems = [problem for problem in check_library(tmp_path) if "regions" in problem.place.file]
        assert (problems == []) == fine, problems


def test_there_are_slips_to_look_at() -> None:
    assert len(slips()) >= 5
