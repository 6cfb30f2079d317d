"""Scaffolds are valid as they are written: they are checked strictly, and their scenarios pass."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.scaffolds import (
    blank_version,
    region_scaffold,
    register_scaffold,
    scenario_scaffold,
    version_scaffold,
)
from engine.scaffolds._text import flow_list, yaml_text
from engine.scenarios import run_scenarios
from rules.library import Framework, Library, check_library, load_library
from rules.model._fields import number_text
from rules.problems import Findings, UsageError
from rules.text import Scalar, Source, parse, read_source
from tests.support import FRAMEWORKS

Folder = Callable[..., Path]
DAY = datetime.date(2022, 10, 3)
HOSPITAL = Path(__file__).parents[2] / "docs" / "examples" / "hospital" / "frameworks"


@pytest.fixture(scope="module")
def shipped() -> Library:
    return load_library(FRAMEWORKS)


def copy(folder: Path, source: Path = FRAMEWORKS) -> Path:
    """The YAML files of a folder of policy, to change."""
    for path in source.rglob("*.yaml"):
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


def plain(text: str) -> object:
    """What a document says, without where it says it."""
    source = parse(text, "x.yaml", Findings())
    assert source is not None
    return _values(source.root)


def _values(node: object) -> object:
    if hasattr(node, "entries"):
        return {key: _values(child) for key, child in node.entries.items()}
    return [_values(child) for child in node.items] if hasattr(node, "items") else getattr(node, "text", node)


def outcomes(folder: Path) -> list[str]:
    library = load_library(folder)
    files = [(one, file) for one in library.frameworks.values() for file in one.scenarios]
    return [one.outcome for one in run_scenarios(library, files)[0]]


class TestVersion:
    @pytest.mark.parametrize("number", range(4))
    def test_each_shipped_version_can_be_copied(self, shipped: Library, number: int) -> None:
        policy = shipped.framework().policies[number]
        text = version_scaffold(policy, "phase-4.1", DAY)
        old, new = plain(policy.text), plain(text)
        assert isinstance(old, dict)
        assert isinstance(new, dict)
        changed = {"version", "title", "effective", "changes", "approved", "until"}
        assert {key: new.get(key) for key in old if key not in changed} == {
            key: value for key, value in old.items() if key not in changed
        }
        assert (new["version"], new["effective"]) == ("phase-4.1", "2022-10-03")
        assert "approved" not in new
        assert len(new["changes"]) == 1

    def test_comments_are_kept_and_comments_that_teach_are_added(self, shipped: Library) -> None:
        policy = shipped.framework().policies[-1]
        text = version_scaffold(policy, "phase-4", DAY)
        lines = text.splitlines()
        assert lines[0].startswith("# yaml-language-server: $schema=")
        own = [line for line in policy.text.splitlines() if line.lstrip().startswith("#")]
        assert [line for line in own if line not in lines] == []
        above = lines[lines.index("statuses:") - 2 : lines.index("statuses:")]
        assert all(line.startswith("# ") for line in above)
        assert "# approved: {by: Who approved it, on: 2022-10-03}" in lines

    def test_it_is_valid_in_its_place(self, shipped: Library, tmp_path: Path) -> None:
        folder = copy(tmp_path / "f")
        text = version_scaffold(shipped.framework().policies[-1], "phase-4", DAY)
        (folder / "sentence-management" / "phase-4.yaml").write_text(text, "utf-8")
        assert check_library(folder) == ()
        assert set(outcomes(folder)) == {"passed"}

    def test_a_copy_of_a_copy_does_not_teach_twice(self, shipped: Library, tmp_path: Path) -> None:
        folder = copy(tmp_path / "f")
        path = folder / "sentence-management" / "phase-4.yaml"
        path.write_text(version_scaffold(shipped.framework().policies[-1], "phase-4", DAY), "utf-8")
        first = path.read_text("utf-8")
        policy = load_library(folder).framework().policies[-1]
        second = version_scaffold(policy, "phase-5", DAY + datetime.timedelta(days=7))
        assert len(second.splitlines()) == len(first.splitlines())
        assert "a copy of phase-3-v8" not in second

    def test_a_version_that_ended_loses_its_end_and_changes_are_added(self, policy_folder: Folder) -> None:
        folder = policy_folder()
        path = folder / "plan" / "v2.yaml"
        path.write_text("# a remark\n" + path.read_text().replace("\n", "\r\n"), "utf-8", newline="")
        text = path.read_text("utf-8").replace(
            "effective: 2022-09-05", "effective: 2022-09-05\nuntil: 2022-09-30"
        )
        path.write_text(text, "utf-8")
        policy = load_library(folder).framework().policies[-1]
        text = version_scaffold(policy, "#3", DAY)
        (folder / "plan" / "v3.yaml").write_text(text, "utf-8")
        (folder / "plan" / "v1.yaml").read_text()
        version = load_library(folder).framework().policies[-1].version
        assert (version.version, version.until, len(version.changes)) == ("#3", None, 1)
        assert "\r" not in text
        assert "# a remark" in text

    def test_a_document_in_braces_is_refused(self, policy_folder: Folder) -> None:
        folder = policy_folder()
        path = folder / "plan" / "v2.yaml"
        path.write_text(
            "{format: 1, framework: plan, version: v2, title: A plan, effective: 2022-09-05,\n"
            "returns: {every: 7 days, stale_after: 14 days}, first_return: at_once, activation: automatic,\n"
            "statuses: [{id: green}], activities: []}\n"
        )
        (folder / "plan" / "regions" / "north.yaml").unlink()
        policy = load_library(folder).framework().policies[-1]
        with pytest.raises(UsageError, match="Copy it by hand"):
            version_scaffold(policy, "v3", DAY)

    def test_the_first_version_and_its_register(self, tmp_path: Path) -> None:
        (tmp_path / "plan").mkdir()
        (tmp_path / "organisation.yaml").write_text(register_scaffold(), "utf-8")
        (tmp_path / "plan" / "1.0.yaml").write_text(blank_version("plan", "1.0", DAY), "utf-8")
        assert check_library(tmp_path) == ()
        library = load_library(tmp_path)
        assert library.framework().policies[0].version.version == "1.0"
        for made in (
            scenario_scaffold(library.framework(), library.organisation, library.framework().policies[0]),
        ):
            (tmp_path / "plan" / "scenarios").mkdir()
            (tmp_path / "plan" / "scenarios" / "first.yaml").write_text(made, "utf-8")
        region = region_scaffold(library.framework(), library.organisation, "north", DAY)
        (tmp_path / "plan" / "regions").mkdir()
        (tmp_path / "plan" / "regions" / "north.yaml").write_text(region, "utf-8")
        assert check_library(tmp_path) == ()
        assert outcomes(tmp_path) == ["passed", "passed"]


def settings_file(library: Library, region: str) -> Source | None:
    path = FRAMEWORKS / library.framework().id / "regions" / f"{region}.yaml"
    return read_source(path, str(path), Findings()) if path.exists() else None


class TestRegion:
    def test_every_region_is_valid_in_its_place(self, shipped: Library, tmp_path: Path) -> None:
        folder = copy(tmp_path / "f")
        framework = shipped.framework()
        for region in shipped.organisation.regions:
            text = region_scaffold(
                framework, shipped.organisation, region.id, DAY, settings_file(shipped, region.id)
            )
            (folder / framework.id / "regions" / f"{region.id}.yaml").write_text(text, "utf-8")
        assert check_library(folder) == ()

    def test_a_first_file_moves_nothing(self, shipped: Library, tmp_path: Path) -> None:
        framework = shipped.framework()
        folder = copy(tmp_path / "f")
        text = region_scaffold(framework, shipped.organisation, "north-east", DAY)
        (folder / framework.id / "regions" / "north-east.yaml").write_text(text, "utf-8")
        (entry,) = load_library(folder).framework().regions["north-east"].settings
        assert (entry.trigger_points, entry.withhold, entry.pdus) == ({}, [], {})

    def test_every_number_that_a_region_may_move(self, shipped: Library) -> None:
        framework = shipped.framework()
        text = region_scaffold(framework, shipped.organisation, "north-east", DAY)
        for name, point in framework.policies[-1].version.trigger_points.items():
            assert point.regions is not None
            low, high, default = map(number_text, (point.regions.from_, point.regions.to, point.default))
            assert f"Default {default} percent. A region may choose {low} to {high}." in text
            assert f"#   {name}: {default}" in text
        assert 'Red begins when "Workload against what officers can carry" is above it for 4 weeks.' in text

    def test_taking_the_hash_away_sets_a_number(self, shipped: Library, tmp_path: Path) -> None:
        framework = shipped.framework()
        folder = copy(tmp_path / "f")
        for region in ("north-east", "wales"):
            text = region_scaffold(
                framework, shipped.organisation, region, DAY, settings_file(shipped, region)
            )
            head, _, entry = text.rpartition("- effective: 2022-10-03")
            for line in ("trigger_points:", "  amber_staffing: 90", "amber_staffing: 90"):
                entry = entry.replace(f"# {line}", line, 1)
            path = folder / framework.id / "regions" / f"{region}.yaml"
            path.write_text(f"{head}- effective: 2022-10-03{entry}", "utf-8")
        assert check_library(folder) == ()
        for region in ("north-east", "wales"):
            numbers = load_library(folder).framework().regions[region].settings[-1].trigger_points
            assert numbers["amber_staffing"] == 90

    def test_what_is_set_is_kept_and_repeated(self, shipped: Library, tmp_path: Path) -> None:
        region = "yorkshire-and-the-humber"
        written = settings_file(shipped, region)
        assert written is not None
        text = region_scaffold(shipped.framework(), shipped.organisation, region, DAY, written)
        assert text.startswith(written.text.rstrip())
        folder = copy(tmp_path / "f")
        (folder / "sentence-management" / "regions" / f"{region}.yaml").write_text(text, "utf-8")
        *_, before, after = load_library(folder).framework().regions[region].settings
        assert after.trigger_points == before.trigger_points
        assert after.pdus == before.pdus
        assert after.withhold == before.withhold
        assert after.effective == DAY

    @pytest.mark.parametrize(
        ("region", "day", "said"),
        [
            ("nort-east", DAY, "PF257 nort-east is no region. Did you mean north-east?"),
            ("north-east", datetime.date(2021, 1, 1), "PF256 No version is in force on 2021-01-01."),
            ("wales", datetime.date(2022, 6, 6), "PF255 wales has an entry for 2022-06-06."),
        ],
    )
    def test_what_cannot_be(self, shipped: Library, region: str, day: datetime.date, said: str) -> None:
        with pytest.raises(UsageError) as error:
            region_scaffold(shipped.framework(), shipped.organisation, region, day)
        assert said in error.value.message

    def test_settings_with_another_key_after_them_and_in_brackets(self, policy_folder: Folder) -> None:
        text = (
            "settings:\n- effective: 2022-08-01\n  set_by: A\n  reason: B\n\n# the region\nregion: north\n"
            "framework: plan\nformat: 1\n"
        )
        folder = policy_folder({"plan/regions/north.yaml": text})
        library = load_library(folder)
        path = folder / "plan" / "regions" / "north.yaml"
        source = read_source(path, str(path), Findings())
        new = region_scaffold(library.framework(), library.organisation, "north", DAY, source)
        path.write_text(new, "utf-8")
        assert len(load_library(folder).framework().regions["north"].settings) == 2
        flow = "settings: [{effective: 2022-08-01, set_by: A, reason: B}]\nregion: north\nframework: plan\nformat: 1\n"
        path.write_text(flow, "utf-8")
        library = load_library(folder)
        source = read_source(path, str(path), Findings())
        with pytest.raises(UsageError, match="by hand"):
            region_scaffold(library.framework(), library.organisation, "north", DAY, source)


class TestScenario:
    @pytest.mark.parametrize("source", [FRAMEWORKS, HOSPITAL], ids=["shipped", "hospital"])
    def test_each_version_gets_scenarios_that_pass(self, source: Path, tmp_path: Path) -> None:
        folder = copy(tmp_path / "f", source)
        library = load_library(folder)
        for framework in library.frameworks.values():
            for path in (folder / framework.id / "scenarios").glob("*.yaml"):
                path.unlink()
            for policy in framework.policies:
                text = scenario_scaffold(framework, library.organisation, policy)
                name = f"{policy.version.version}.yaml"
                (folder / framework.id / "scenarios" / name).write_text(text, "utf-8")
                first, second = policy.version.status_ids[:2]
                assert f"status: {first}\n" in text
                assert f"status: {second}\n" in text
                assert "status: indeterminate\n" in text
        assert check_library(folder) == ()
        assert set(outcomes(folder)) == {"passed"}

    def test_it_waits_for_the_duration(self, shipped: Library) -> None:
        framework = shipped.framework()
        text = scenario_scaffold(framework, shipped.organisation, framework.policies[-1])
        assert "name: 2 weeks just past the first trigger bring Amber" in text
        assert "{as_of: 2022-08-10, in_post_fte: {PO: 16.9}}" in text  # 84.5%; 17 would be just 85%
        assert "since: 2022-08-17 " in text

    @pytest.mark.parametrize("name", ["a: b # c", 'with "quotes"', "- dash", "no", "1.10", "ünï – code"])
    def test_any_name(self, shipped: Library, name: str) -> None:
        framework = shipped.framework()
        text = scenario_scaffold(framework, shipped.organisation, framework.policies[0], name)
        source = parse(text, "x.yaml", Findings())
        assert source is not None
        found = source.node(("scenarios", 0, "name"))
        assert isinstance(found, Scalar)
        assert found.text == name

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ((("enter: {staffing: {below: low}", "enter: {points: {above: 500}"),), "amber"),
            ((("enter: {staffing: {below: low}", "enter: {staffing: {above: 120}"),), "amber"),
            ((("activation: automatic", "activation: declared"),), "undeclared"),
            ((("first_return: at_once", "first_return: after_duration"),), "amber"),
            # Equal figures are too few here, and have to be moved before nothing is triggered.
            (
                (("staffing: {below: low}", "staffing: {below: 150}"), ("at_least: 95", "at_least: 160")),
                "amber",
            ),
            # Nothing can be triggered: there is one return and no more.
            ((("enter: {staffing: {below: low}", "enter: {points: {above: 1000}"),), "green"),
        ],
    )
    def test_other_policies(
        self, policy_folder: Folder, changes: tuple[tuple[str, str], ...], status: str
    ) -> None:
        folder = policy_folder()
        for name in ("v1", "v2"):
            path = folder / "plan" / f"{name}.yaml"
            text = path.read_text()
            for old, new in changes:
                assert old in text
                text = text.replace(old, new)
            path.write_text(text)
        (folder / "plan" / "scenarios" / "basics.yaml").unlink()
        (folder / "plan" / "regions" / "north.yaml").unlink()
        library = load_library(folder)
        framework: Framework = library.framework()
        text = scenario_scaffold(framework, library.organisation, framework.policies[0])
        assert f"status: {status}\n" in text
        (folder / "plan" / "scenarios" / "made.yaml").write_text(text)
        assert set(outcomes(folder)) == {"passed"}


class TestText:
    @pytest.mark.parametrize(
        "text",
        [
            "plain",
            "two words",
            "a: b",
            "x #y",
            "#x",
            "- x",
            "",
            "null",
            "[x]",
            "{x}",
            "a, b",
            "*x",
            "'x'",
            "é",
            "x ",
        ],
    )
    def test_a_text_is_read_as_it_was(self, text: str) -> None:
        source = parse(f"a: {yaml_text(text)}\nb: {flow_list([text, text])}\n", "x", Findings())
        assert source is not None
        assert getattr(source.node(("a",)), "text", None) == text
        assert getattr(source.node(("b", 1)), "text", None) == text
