"""A folder of policy as a whole: versions that follow each other, regions, the register, scenarios.

A mark (§) says where a problem must stand; the codes are in the order of the files and their places.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.library import load_library
from rules.problems import UsageError
from tests.rules_cases import assert_library_told
from tests.support import (
    NORTH,
    ORGANISATION,
    PLAN,
    SCENARIOS,
    changed,
    library_problems,
    told,
    write_library,
)

Files = dict[str, str]
V1, V2, V3 = "plan/v1.yaml", "plan/v2.yaml", "plan/v3.yaml"
N, S, R = "plan/regions/north.yaml", "plan/scenarios/s.yaml", "organisation.yaml"
SECOND = changed(PLAN, ("version: v1", "version: v2"), ("effective: 2022-08-01", "effective: 2022-09-01"))
ENTRY_END = "      york: {trigger_points: {amber_staffing: 92}, withhold: [visits]}\n"


def plan(*changes: tuple[str, str]) -> str:
    """The first version, with changes."""
    return changed(PLAN, *changes)


def second(*changes: tuple[str, str]) -> str:
    """The second version, with changes."""
    return changed(SECOND, *changes)


def north(*changes: tuple[str, str]) -> str:
    """The settings of the north, with changes."""
    return changed(NORTH, *changes)


def organisation(*changes: tuple[str, str]) -> str:
    """The register, with changes."""
    return changed(ORGANISATION, *changes)


def entry(*lines: str) -> str:
    """A second entry of the north."""
    return ENTRY_END + "".join(
        f"  {'- ' if n == 0 else '  '}{line}\n"
        for n, line in enumerate(["effective: 2022-09-05", "set_by: Someone", "reason: A reason.", *lines])
    )


VERSIONS: list[tuple[str, Files]] = [
    ("PF240", {V1: PLAN, V2: second(("version: v2", "version: §v1"))}),
    ("PF240", {V1: PLAN, "plan/a.yaml": second(("version: v2", "version: §v1"))}),
    ("PF241", {V1: PLAN, V2: second(("effective: 2022-09-01", "effective: §2022-08-01"))}),
    ("PF241", {"plan/a.yaml": SECOND, V1: plan(("effective: 2022-08-01", "effective: §2022-09-01"))}),
    (
        "PF243",
        {
            V1: plan(("steps:", "until: 2022-09-01\nsteps:")),
            V2: second(("effective: 2022-09-01", "effective: §2022-09-01")),
        },
    ),
    (
        "PF243",
        {
            V1: plan(("steps:", "until: 2030-12-31\nsteps:")),
            V2: second(
                ("effective: 2022-09-01", "effective: §2022-09-01"), ("steps:", "until: 2022-09-30\nsteps:")
            ),
            V3: changed(
                SECOND, ("version: v2", "version: v3"), ("effective: 2022-09-01", "effective: 2022-10-01")
            ),
        },
    ),
    ("PF242", {V1: PLAN, V2: second(("framework: plan", "framework: §other"))}),
    ("PF242", {"other/v1.yaml": plan(("framework: plan", "framework: §plan"))}),
    ("PF242", {V1: PLAN, N: north(("framework: plan", "framework: §plann"))}),
    ("PF242", {V1: PLAN, S: changed(SCENARIOS, ("framework: plan", "framework: §plann"))}),
]

REGIONS: list[tuple[str, Files]] = [
    ("PF201", {N: north(("settings:\n", "settings: §[]\n"), (NORTH[NORTH.index("  - eff") :], ""))}),
    ("PF203", {N: north(("{amber_staffing: 88}", "{amber_staffing: §97}"))}),
    ("PF203", {N: north(("{amber_staffing: 88}", "{amber_staffing: §79.9}"))}),
    ("PF203", {N: north(("{amber_staffing: 92}", "{amber_staffing: §95.1}"))}),
    ("PF204", {N: north(("effective: 2022-08-08", "effective: §8 August"))}),
    ("PF206", {N: north(("  - effective", "  - §effective"), ("    reason: Staff left.\n", ""))}),
    ("PF206", {N: north(("format: 1\n", "§format: 1\n"), ("region: north\n", ""))}),
    ("PF207", {N: north(("    withhold: [visits]", "    §witholds: [visits]"))}),
    ("PF207", {N: north(("    withhold: [visits]", "    §mandatory: [visits]"))}),
    ("PF209", {N: north(("{amber_staffing: 88}", '{amber_staffing: §"88"}'))}),
    ("PF209", {N: north(("{amber_staffing: 88}", "{amber_staffing: §workload}"))}),
    ("PF250", {N: north(("{amber_staffing: 88}", "{§amber_stafing: 88}"))}),
    ("PF250", {N: north(("{amber_staffing: 92}", "{§staffing: 92}"))}),
    ("PF251", {N: north(("{amber_staffing: 88}", "{red_staffing: §75}"))}),
    ("PF251", {N: north(("{amber_staffing: 92}", "{red_staffing: §70}"))}),
    ("PF253", {N: north(("    withhold: [visits]", "    withhold: [visits, §reports]"))}),
    ("PF253", {N: north(("92}, withhold: [visits]", "92}, withhold: [§reports]"))}),
    ("PF253", {N: north(("    withhold: [visits]", "    withhold: [§visit]"))}),
    ("PF254", {N: north(("      york:", "      §kent:"))}),
    ("PF254", {N: north(("      york:", "      §yorc:"))}),
    ("PF255", {N: north((ENTRY_END, entry().replace("2022-09-05", "§2022-08-08")))}),
    ("PF255", {N: north((ENTRY_END, entry().replace("2022-09-05", "§2022-08-07")))}),
    ("PF256", {N: north(("effective: 2022-08-08", "effective: §2022-07-31"))}),
    (
        "PF256",
        {
            V1: plan(("steps:", "until: 2022-08-31\nsteps:")),
            N: north(("effective: 2022-08-08", "effective: §2022-09-01")),
        },
    ),
    (
        "PF256",
        {
            V1: plan(("steps:", "until: 2022-08-10\nsteps:")),
            V2: SECOND,
            N: north(("effective: 2022-08-08", "effective: §2022-08-11")),
        },
    ),
    ("PF257", {N: north(("region: north", "region: §nord"))}),
    ("PF258", {N: NORTH, "plan/regions/zz.yaml": north(("region: north", "region: §north"))}),
    (
        "PF258",
        {
            N: NORTH,
            "plan/regions/a.yaml": north(
                ("region: north", "region: §north"), ("effective: 2022-08-08", "effective: 2022-08-09")
            ),
        },
    ),
]

BOUNDS = "{from: 80, to: 95}"
NO_UNITS = "      york: {}\n"
THIRD = changed(SECOND, ("version: v2", "version: v3"), ("effective: 2022-09-01", "effective: 2022-10-01"))
LATER: list[tuple[str, Files]] = [
    ("PF203", {V2: second((BOUNDS, "{from: 89, to: 95}")), N: north(("g: 88}", "g: §88}"))}),
    (
        "PF250",
        {
            V2: SECOND.replace("amber_staffing", "amber_staff"),
            N: north(("{amber_staffing: 88}", "{§amber_staffing: 88}"), (ENTRY_END, NO_UNITS)),
        },
    ),
    (
        "PF251",
        {
            V2: second((f", regions: {BOUNDS}", "")),
            N: north(("g: 88}", "g: §88}"), (ENTRY_END, NO_UNITS)),
        },
    ),
    (
        "PF253",
        {
            V2: second(("- id: visits", "- id: calls")),
            N: north(("    withhold: [visits]", "    withhold: [§visits]"), (ENTRY_END, NO_UNITS)),
        },
    ),
    (
        "PF203",
        {V2: SECOND, V3: changed(THIRD, (BOUNDS, "{from: 80, to: 91}")), N: north(("g: 92}", "g: §92}"))},
    ),
]

REGISTER: list[tuple[str, Files]] = [
    ("PF261", {R: organisation(("region: south}", "region: §sooth}"))}),
    ("PF262", {R: organisation(("region: south}", "region: south, replaces: [§yorc]}"))}),
    ("PF262", {R: organisation(("region: south}", "region: south, replaces: [york, §kent]}"))}),
    ("PF263", {R: organisation(("until: 2030-12-31", "until: §2021-12-31"))}),
    ("PF263", {R: organisation(("region: south}", "region: south, from: 2022-01-01, until: §2021-01-01}"))}),
    ("PF221", {R: organisation(("id: south", "id: §north"), ("region: south}", "region: north}"))}),
    ("PF221", {R: organisation(("id: kent", "id: §hull"))}),
    ("PF202", {R: organisation(("id: kent", "id: §kent.east"))}),
    ("PF204", {R: organisation(("from: 2022-01-01", "from: §2022-02-29"))}),
    ("PF206", {R: organisation(("{id: kent,", "§{id: kent,"), ("name: Kent, ", ""))}),
    ("PF207", {R: organisation(("name: Kent", "§nam: Kent, name: Kent"))}),
    ("PF207", {R: organisation(("from: 2022-01-01", "§from_: 2022-01-01"))}),
    ("PF201", {R: ORGANISATION[: ORGANISATION.index("pdus:")] + "pdus: §{}\n"}),
    ("PF206", {R: "§format: 1\nregions: [{id: a, name: A}]\n"}),
    ("PF103", {R: "format: 1\nregions: [§}\n"}),
    ("PF206", {R: ""}),
]


@pytest.mark.parametrize(("codes", "files"), VERSIONS)
def test_versions_that_do_not_go_together(tmp_path: Path, codes: str, files: Files) -> None:
    assert_library_told(tmp_path, codes, files)


@pytest.mark.parametrize(("codes", "files"), REGIONS)
def test_settings_that_a_region_may_not_make(tmp_path: Path, codes: str, files: Files) -> None:
    assert_library_told(tmp_path, codes, {V1: PLAN, **files})


@pytest.mark.parametrize(("codes", "files"), LATER)
def test_an_entry_fails_where_a_later_version_does_not_take_it(
    tmp_path: Path, codes: str, files: Files
) -> None:
    assert_library_told(tmp_path, codes, {V1: PLAN, **files})
    (problem,) = library_problems(tmp_path, {})[0]
    assert ("v3" if V3 in files else "v2") in problem.message


@pytest.mark.parametrize(("codes", "files"), REGISTER)
def test_faults_of_the_register(tmp_path: Path, codes: str, files: Files) -> None:
    (tmp_path / "organisation.yaml").unlink(missing_ok=True)
    problems, places = library_problems(tmp_path, {V1: PLAN, **files})
    assert [one.code for one in problems] == [codes], told(problems)
    due = [place[1:] for place in places] or [(1, 1)]
    assert [(one.place.line, one.place.column) for one in problems] == due
    assert problems[0].hint


def test_the_sentence_of_the_design(tmp_path: Path) -> None:
    problems, places = library_problems(tmp_path, {V1: PLAN, N: north(("g: 88}", "g: §97}"))})
    (_, line, column) = places[0]
    assert told(problems) == [
        f"{tmp_path / N}:{line}:{column}: PF203 amber_staffing 97 is above the 95 that the framework allows "
        "regions. Set it between 80 and 95."
    ]


def test_an_entry_that_is_replaced_before_a_version_does_not_reach_it(tmp_path: Path) -> None:
    tighter = second(("{from: 80, to: 95}", "{from: 89, to: 95}"))
    replaced = north((ENTRY_END, entry("trigger_points: {amber_staffing: 90}").replace("09-05", "09-01")))
    assert library_problems(tmp_path, {V1: PLAN, V2: tighter, N: replaced}) == ([], [])


def test_a_clash_of_versions_names_the_other_file(tmp_path: Path) -> None:
    problems, _ = library_problems(
        tmp_path, {V1: SECOND, "plan/a.yaml": second(("version: v2", "version: v0"))}
    )
    (problem,) = problems
    assert problem.code == "PF241"
    assert problem.place.file == str(tmp_path / V1)
    assert [place.file for place in problem.also] == [str(tmp_path / "plan/a.yaml")]


def test_the_problems_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    files = {
        R: organisation(("region: south}", "region: §sooth}")),
        V1: plan(("colour: amber", "colour: §blood")),
        N: north(("effective: 2022-08-08", "effective: §soon")),
        S: changed(SCENARIOS, ("    suspensions:", "    §suspension:")),
    }
    assert_library_told(tmp_path, "PF261 PF204 PF207 PF208", files)


def test_a_broken_version_brings_no_untrue_problems_elsewhere(tmp_path: Path) -> None:
    files = {V1: plan(("colour: amber", "colour: §blood")), V2: SECOND, N: NORTH, S: SCENARIOS}
    assert_library_told(tmp_path, "PF208", files)


def test_a_folder_that_is_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        load_library(tmp_path / "nothing")


def test_what_is_named_and_not_there_is_a_wrong_call(tmp_path: Path) -> None:
    other = plan(("framework: plan", "framework: other"))
    library = load_library(write_library(tmp_path, {V1: PLAN, "other/v1.yaml": other}))
    for name, meant in (("plam", "plan"), ("plan@v11", "v1"), (None, "plan")):
        with pytest.raises(UsageError, match=meant):
            library.framework(name)
    assert library.framework("plan@v1").pinned


def test_a_good_folder_has_no_problems(tmp_path: Path) -> None:
    files = {V1: PLAN, V2: SECOND, N: NORTH, S: SCENARIOS}
    assert library_problems(tmp_path, files) == ([], [])
    load_library(tmp_path)
