"""Warnings that only a whole folder shows: days that nothing covers, units without a day, files not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.library import check_library, load_library
from tests.rules.test_warnings import GOOD, SECOND
from tests.support import NORTH, ORGANISATION, changed, marked, told, write_library

V1, V2, V3, R = "plan/v1.yaml", "plan/v2.yaml", "plan/v3.yaml", "organisation.yaml"


class TestFolder:
    def warned(self, folder: Path, files: dict[str, str]) -> list[tuple[str, str, int, int]]:
        """The warnings of a folder as (code, file, line, column); loading it says nothing."""
        write_library(folder, files)
        found = check_library(folder)
        assert all(one.is_warning for one in found), told(found)
        load_library(folder)
        return [
            (one.code, str(Path(one.place.file).relative_to(folder)), one.place.line, one.place.column)
            for one in found
        ]

    def planted(self, folder: Path, codes: str, files: dict[str, str]) -> None:
        """Just these warnings, at the marks."""
        plain = {name: marked(text) for name, text in files.items()}
        due = [(name, *place) for name, (_, found) in plain.items() for place in found]
        found = self.warned(folder, {name: text for name, (text, _) in plain.items()})
        assert found == [(code, *place) for code, place in zip(codes.split(), sorted(due), strict=True)]

    def test_days_between_versions(self, tmp_path: Path) -> None:
        first = changed(GOOD, ("steps:", "until: 2022-08-30\nsteps:"))
        later = changed(SECOND, ("effective: 2022-09-01", "effective: §2022-09-01"))
        self.planted(tmp_path, "PF311", {V1: first, V2: later})
        (found,) = check_library(tmp_path)
        assert found.message == "No version is in force on 2022-08-31, so there are no decisions."
        assert [(Path(place.file).name, place.path) for place in found.also] == [("v1.yaml", "until")]

    def test_each_gap_is_told(self, tmp_path: Path) -> None:
        third = changed(
            SECOND, ("version: v2", "version: v3"), ("effective: 2022-09-01", "effective: §2022-12-01")
        )
        files = {
            V1: changed(GOOD, ("steps:", "until: 2022-08-10\nsteps:")),
            V2: changed(
                SECOND,
                ("effective: 2022-09-01", "effective: §2022-09-01"),
                ("steps:", "until: 2022-10-31\nsteps:"),
            ),
            V3: third,
        }
        self.planted(tmp_path, "PF311 PF311", files)
        assert "from 2022-08-11 to 2022-08-31" in check_library(tmp_path)[0].message

    def test_versions_that_follow_each_other_leave_no_gap(self, tmp_path: Path) -> None:
        first = changed(GOOD, ("steps:", "until: 2022-08-31\nsteps:"))
        ended = changed(SECOND, ("steps:", "until: 2023-08-31\nsteps:"))
        self.planted(tmp_path, "", {V1: first, V2: ended})

    @pytest.mark.parametrize(
        "days",
        [
            "from: 2020-01-01, until: §2022-07-31",
            "until: §2021-12-31",
            "from: §2024-01-01, until: 2024-06-30",
        ],
    )
    def test_a_unit_that_no_version_covers(self, tmp_path: Path, days: str) -> None:
        units = changed(ORGANISATION, ("from: 2022-01-01, until: 2030-12-31", days))
        version = changed(GOOD, ("steps:", "until: 2023-12-31\nsteps:"))
        self.planted(tmp_path, "PF312", {R: units, V1: version})

    def test_units_with_the_same_days_are_told_once(self, tmp_path: Path) -> None:
        units = changed(
            ORGANISATION,
            ("from: 2022-01-01, until: 2030-12-31", "until: §2021-12-31"),
            ("name: Kent, region: south", "name: Kent, region: south, until: 2021-12-31"),
        )
        self.planted(tmp_path, "PF312", {R: units, V1: GOOD})
        (found,) = check_library(tmp_path)
        assert "1 more" in found.message
        assert [place.path for place in found.also] == ["pdus[2].until"]

    def test_any_framework_covers_a_unit(self, tmp_path: Path) -> None:
        units = changed(ORGANISATION, ("from: 2022-01-01, until: 2030-12-31", "until: 2022-07-01"))
        other = changed(
            GOOD, ("framework: plan", "framework: other"), ("effective: 2022-08-01", "effective: 2022-06-01")
        )
        self.planted(tmp_path, "", {R: units, V1: GOOD, "other/v1.yaml": other})

    def test_without_any_version_no_unit_is_blamed(self, tmp_path: Path) -> None:
        self.planted(tmp_path, "", {})

    @pytest.mark.parametrize(
        ("name", "hint"),
        [
            ("plan/v2.yml", "Rename it to v2.yaml."),
            ("plan/V2.YAML", "Rename it to V2.yaml."),
            ("plan/regions/south.yml", "Rename it to south.yaml."),
            ("plan/scenarios/more.YML", "Rename it to more.yaml."),
            ("organisation.yml", "Rename it to organisation.yaml."),
            ("draft.yaml", "Move it into the folder of its framework: only organisation.yaml is read here."),
            ("plan/regions/old/south.yaml", "Move it: a framework's files lie in its folder itself"),
            ("plan/region/south.yaml", "Move it: a framework's files lie in its folder itself"),
            ("drafts/regions/south.yaml", "Put a version, whose name ends in .yaml, into drafts"),
            ("drafts/v1.yml", "Put a version, whose name ends in .yaml, into drafts"),
        ],
    )
    def test_a_file_that_is_not_read(self, tmp_path: Path, name: str, hint: str) -> None:
        assert self.warned(tmp_path, {V1: GOOD, name: NORTH}) == [("PF314", name, 1, 1)]
        assert check_library(tmp_path)[0].hint.startswith(hint)

    def test_files_that_are_left_out_on_purpose(self, tmp_path: Path) -> None:
        names = (
            "_old/v1.yaml",
            ".git/config.yaml",
            "plan/_drafts/v2.yaml",
            "plan/regions/.keep/x.yml",
            "plan/notes.md",
        )
        self.planted(tmp_path, "", {V1: GOOD} | dict.fromkeys(names, NORTH))

    def test_a_folder_of_files_that_are_not_read_is_told_once(self, tmp_path: Path) -> None:
        files = {f"plan/region/{name}.yaml": NORTH for name in ("north", "south", "wales")}
        assert self.warned(tmp_path, {V1: GOOD, **files}) == [("PF314", "plan/region/north.yaml", 1, 1)]
        assert check_library(tmp_path)[0].message == "This file is not read. Nor are 2 more in this folder."

    def test_beside_a_version_with_errors_nothing_untrue_is_warned_of(self, tmp_path: Path) -> None:
        broken = changed(SECOND, ("colour: amber", "colour: blood"))
        units = changed(ORGANISATION, ("from: 2022-01-01, until: 2030-12-31", "from: 2022-09-15"))
        first = changed(GOOD, ("steps:", "until: 2022-08-10\nsteps:"))
        third = changed(
            SECOND,
            ("version: v2", "version: v3"),
            ("effective: 2022-09-01", "effective: 2022-12-01"),
        )
        write_library(tmp_path, {R: units, V1: first, V2: broken, V3: third})
        assert [one.code for one in check_library(tmp_path)] == ["PF208"]
