"""`preview`: whom new settings or a version would have moved, in every format, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_policy import FIRST, REGION, SECOND

Run = Callable[..., Any]

WEEKS = [f"2022-08-{day:02}" for day in (1, 8, 15, 22, 29)]
BELOW = dict(zip(WEEKS, (19, 17, 17, 17, 17), strict=True))
"""95%, then 85%: below 88 for the second week on 15 August, and not below 84."""


def rows(**units: dict[str, int]) -> str:
    lines = ["pdu,as_of,grade,required,in_post,points"]
    for pdu, given in units.items():
        for day, staff in given.items():
            lines += [f"{pdu},{day},,,,10", *(f"{pdu},{day},{grade},20,{staff}," for grade in ("PO", "PSO"))]
    return "\n".join(lines) + "\n"


MILDER = REGION.replace("low: 88", "low: 84")
LATER = (
    REGION
    + """\
  - effective: 2022-09-12
    set_by: Regional director
    reason: To try.
    trigger_points: {low: 84}
"""
)


@pytest.fixture
def preview(prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path) -> Run:
    folder = policy_folder()
    (tmp_path / "returns.csv").write_text(rows(york=BELOW))

    def call(text: str, *words: object, name: str = "north.yaml", given: str | None = None) -> Any:
        if given is not None:
            (tmp_path / "returns.csv").write_text(given)
        file = tmp_path / name
        file.write_text(text)
        return prioritise(
            "preview", file, "--frameworks", folder, "--returns", tmp_path / "returns.csv", *words
        )

    return call


def told(ran: Any) -> Any:
    assert (ran.code, ran.err) == (0, "")
    return json.loads(ran.out)


def test_text(preview: Run) -> None:
    ran = preview(MILDER)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Preview of new settings: The North\n")
    assert "York would have been Green for 21 days more, from 15 August 2022." in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(("form", "beginning"), [("html", "<!doctype html>"), ("markdown", "# Preview")])
def test_other_formats(preview: Run, form: str, beginning: str) -> None:
    ran = preview(MILDER, "--format", form)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(beginning)


def test_json(preview: Run) -> None:
    found = told(preview(MILDER, "--format", "json"))
    assert list(found) == [
        "region", "framework", "from", "until", "effective", "as_if", "same", "in_place", "pdus",
        "without_returns", "settings", "totals", "headline",
    ]  # fmt: skip
    assert (found["region"], found["from"], found["until"], found["as_if"]) == (
        "north", "2022-08-01", "2022-09-04", None,
    )  # fmt: skip
    (york,) = found["pdus"]
    assert york["days"] == {"before": {"green": 14, "amber": 21}, "after": {"green": 35}}
    (move,) = york["moves"]
    assert (move["day"], move["days"], move["from"], move["to"]) == ("2022-08-15", 21, "amber", "green")
    assert found["without_returns"] == ["hull", "leeds"]


def test_to_a_file(preview: Run, tmp_path: Path) -> None:
    ran = preview(MILDER, "--format", "html", "--out", tmp_path / "page.html")
    assert (ran.code, ran.out) == (0, "")
    assert (tmp_path / "page.html").read_text("utf-8") == preview(MILDER, "--format", "html").out


def test_an_entry_of_the_future_is_tried_on_the_past(preview: Run) -> None:
    found = told(preview(LATER, "--format", "json"))
    # The entry was written for v2, which began after the returns: all of them are tried.
    assert (found["effective"], found["as_if"], found["from"]) == ("2022-09-12", "2022-08-01", "2022-08-01")
    assert [move["day"] for move in found["pdus"][0]["moves"]] == ["2022-08-15"]
    assert "after all returns" in preview(LATER).out


def test_as_if(preview: Run) -> None:
    found = told(preview(LATER, "--format", "json", "--as-if", "2022-08-20"))
    assert (found["as_if"], found["from"], found["pdus"][0]["moves"]) == ("2022-08-20", "2022-08-20", [])
    assert "As asked" in preview(LATER, "--as-if", "2022-08-20").out


def test_from_and_until(preview: Run) -> None:
    found = told(preview(MILDER, "--format", "json", "--from", "2022-08-20", "--until", "2022-08-22"))
    assert [week["as_of"] for week in found["pdus"][0]["weeks"]] == ["2022-08-22"]
    assert found["pdus"][0]["days"] == {"before": {"amber": 3}, "after": {"green": 3}}


def test_what_is_in_force_already(preview: Run) -> None:
    ran = preview(REGION)
    assert ran.code == 0
    assert "These settings are the same as those in force." in ran.out


def test_in_its_place_the_newest_entry_is_tried(
    prioritise: Run, policy_folder: Callable[..., Path], tmp_path: Path
) -> None:
    folder = policy_folder({"plan/regions/north.yaml": LATER})
    (tmp_path / "returns.csv").write_text(rows(york=BELOW))
    file = folder / "plan" / "regions" / "north.yaml"
    words = ("preview", file, "--frameworks", folder, "--returns", tmp_path / "returns.csv")
    assert "York would have been Green for 21 days more" in prioritise(*words).out
    found = told(prioritise(*words, "--format", "json"))
    assert (found["in_place"], found["same"]) == (True, False)


def test_events(preview: Run, tmp_path: Path) -> None:
    events = tmp_path / "events.yaml"
    events.write_text("suspensions: [{from: 2022-08-15, by: director, reason: A flood., region: north}]\n")
    found = told(preview(MILDER, "--format", "json", "--events", events))
    assert found["pdus"][0]["moves"] == []
    assert found["totals"]["days"]["after"] == {"green": 14, "suspended": 21}


def test_units(preview: Run) -> None:
    given = rows(york=BELOW, hull=BELOW, kent=BELOW)
    found = told(preview(MILDER, "--format", "json", given=given))
    assert [unit["pdu"] for unit in found["pdus"]] == ["hull", "york"]
    found = told(preview(MILDER, "--format", "json", "--pdu", "york"))
    assert [unit["pdu"] for unit in found["pdus"]] == ["york"]
    unknown = preview(MILDER, "--pdu", "yorc")
    assert (unknown.code, unknown.out) == (2, "")
    assert "Did you mean york?" in unknown.err
    other = preview(MILDER, "--pdu", "kent")
    assert (other.code, other.out) == (2, "")
    assert "Kent is of south, and the file is of north." in other.err


class TestVersions:
    def test_a_new_version_is_tried_on_all_regions(self, preview: Run) -> None:
        third = (
            SECOND.replace("v2", "v3")
            .replace("2022-09-05", "2022-10-03")
            .replace("default: 85", "default: 90")
        )
        given = rows(york=BELOW, kent=BELOW)
        found = told(preview(third, "--format", "json", name="v3.yaml", given=given))
        assert (found["version"], found["as_if"]) == ("v3", "2022-08-01")
        assert [unit["pdu"] for unit in found["pdus"]] == ["york", "kent"]
        assert "region" not in found

    def test_a_version_replaces_the_one_of_its_name(self, preview: Run) -> None:
        changed = FIRST.replace("default: 90", "default: 84")
        found = told(preview(changed, "--format", "json", name="new.yaml", given=rows(kent=BELOW)))
        assert [move["to"] for move in found["pdus"][0]["moves"]] == ["green"]
        assert told(preview(FIRST, "--format", "json", name="new.yaml"))["same"]

    def test_a_day_that_clashes(self, preview: Run, tmp_path: Path) -> None:
        ran = preview(SECOND.replace("v2", "v3"), name="v3.yaml")
        assert (ran.code, ran.out) == (1, "")
        assert "v3.yaml:5:12: PF241 Two versions begin on one day." in ran.err

    def test_settings_that_it_would_break(self, preview: Run) -> None:
        third = SECOND.replace("v2", "v3").replace("2022-09-05", "2022-10-03")
        third = third.replace("  low:", "  lowest:").replace("below: low}", "below: lowest}")
        ran = preview(third, name="v3.yaml")
        assert (ran.code, ran.out) == (1, "")
        assert "PF250 low is no trigger point in v3, which it reaches." in ran.err


class TestRefused:
    def test_every_problem_of_a_file_at_its_line(self, preview: Run, tmp_path: Path) -> None:
        broken = REGION.replace("low: 88", "low: 97").replace("[visits]", "[mappa]")
        ran = preview(broken)
        assert (ran.code, ran.out) == (1, "")
        file = tmp_path / "north.yaml"
        assert f"{file}:8:27: PF203 low 97 is above the 95 that the framework allows regions." in ran.err
        assert f"{file}:9:30: PF253 mappa is mandatory" in ran.err
        assert [one["code"] for one in json.loads(preview(broken, "--format", "json").err)] == [
            "PF203",
            "PF253",
        ]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("a: [", "PF103"),
            (REGION.replace("region: north", "region: nort"), "PF257"),
            (REGION.replace("framework: plan", "framework: plam"), "PF242"),
            (REGION.replace("set_by", "setby"), "PF207"),
            (FIRST.replace("effective: 2022-08-01", "effective: soon"), "PF204"),
            (FIRST.replace("framework: plan", "framework: plam"), "PF242"),
        ],
    )
    def test_broken_files(self, preview: Run, text: str, code: str) -> None:
        ran = preview(text)
        assert (ran.code, ran.out) == (1, "")
        assert f" {code} " in ran.err

    def test_something_else(self, preview: Run, tmp_path: Path) -> None:
        ran = preview("format: 1\nregions: []\n")
        assert (ran.code, ran.out) == (1, "")
        assert "is neither the settings of a region nor a version of a framework." in ran.err

    def test_no_such_file(self, prioritise: Run, tmp_path: Path) -> None:
        ran = prioritise("preview", tmp_path / "none.yaml", "--returns", tmp_path / "none.csv")
        assert (ran.code, ran.out) == (2, "")
        assert "none.yaml cannot be opened" in ran.err

    def test_no_returns_of_the_region(self, preview: Run) -> None:
        ran = preview(MILDER, given=rows(kent=BELOW))
        assert (ran.code, ran.out) == (1, "")
        assert "The file holds no returns of north: there is nothing to preview." in ran.err

    def test_no_returns_of_the_unit(self, preview: Run) -> None:
        ran = preview(MILDER, "--pdu", "hull")
        assert (ran.code, ran.out) == (1, "")
        assert "There are no returns of these PDUs by 2022-09-04: nothing can be told." in ran.err

    def test_refused_returns(self, preview: Run, tmp_path: Path) -> None:
        ran = preview(MILDER, "--out", tmp_path / "page", given=rows(york=BELOW) + "york,soon,PO,1,1,\n")
        assert (ran.code, ran.out) == (1, "")
        assert "PF505" in ran.err
        assert not (tmp_path / "page").exists()

    @pytest.mark.parametrize(
        "words",
        [
            ("--from", "2022-08-20", "--until", "2022-08-19"),
            ("--until", "2022-07-01"),
            ("--until", "9999-12-31"),
            ("--as-if", "soon"),
        ],
    )
    def test_days_that_cannot_be(self, preview: Run, words: tuple[str, ...]) -> None:
        ran = preview(MILDER, *words)
        assert (ran.code, ran.out) == (2, "")


def test_other_problems_of_the_folder_are_told_too(preview: Run, tmp_path: Path) -> None:
    preview(MILDER)
    (tmp_path / "policy" / "plan" / "v2.yaml").write_text(SECOND.replace("85", "97"))
    ran = preview(MILDER)
    assert (ran.code, ran.out) == (1, "")
    assert "v2.yaml" in ran.err
