"""`new`: files that are valid where they belong, and nothing that is there is written over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Folder = Callable[..., Path]


@pytest.fixture
def folder(policy_folder: Folder, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = policy_folder()
    monkeypatch.chdir(folder.parent)
    return folder


def fine(prioritise: Run, folder: Path) -> None:
    """The folder has no error, and all its scenarios pass."""
    checked = prioritise("check", "--frameworks", folder)
    assert checked.code == 0, checked.out
    tested = prioritise("test", "--frameworks", folder)
    assert tested.code == 0, tested.out


class TestEverything:
    def test_one_after_the_other(self, prioritise: Run, folder: Path) -> None:
        plan = folder / "plan"
        for words in (
            ("version", "v3", "--effective", "2022-10-03", "--out", plan / "v3.yaml"),
            ("region", "south", "--effective", "2022-10-03", "--out", plan / "regions" / "south.yaml"),
            ("scenario", "--out", plan / "scenarios" / "made.yaml"),
        ):
            ran = prioritise("new", *words)
            assert (ran.code, ran.out) == (0, "")
            assert f"Written to {words[-1]}." in ran.err
        fine(prioritise, folder)
        assert "version: v3" in (plan / "scenarios" / "made.yaml").read_text()

    def test_from_nothing(self, prioritise: Run, tmp_path: Path) -> None:
        new = tmp_path / "new"
        new.mkdir()
        words = ("new", "version", "first", "--effective", "2030-01-07", "--frameworks", new)
        ran = prioritise(*words)
        assert (ran.code, ran.out) == (2, "")
        assert "--framework ID" in ran.err
        ran = prioritise(*words, "--out", new / "plan" / "first.yaml")
        assert ran.code == 0
        assert "framework: plan\n" in (new / "plan" / "first.yaml").read_text()
        assert "no organisation.yaml yet" in ran.err
        assert prioritise("new", "organisation", "--out", new / "organisation.yaml").code == 0
        for kind, home in (("scenario", "scenarios/a.yaml"), ("region", "regions/north.yaml")):
            name = ("north",) if kind == "region" else ()
            assert prioritise("new", kind, *name, "--out", new / "plan" / home).code == 0
        strict = prioritise("check", "--strict", "--frameworks", new)
        assert (strict.code, strict.out) == (0, "")
        fine(prioritise, new)

    @pytest.mark.parametrize(
        ("words", "home"),
        [
            (("version", "v3", "--effective", "2022-10-03"), "plan/v3.yaml"),
            (("region", "south"), "plan/regions/south.yaml"),
            (("region", "north"), "plan/regions/north.yaml"),
            (("scenario",), "plan/scenarios/v2-examples.yaml"),
        ],
    )
    def test_printed_unless_a_file_is_named(
        self, prioritise: Run, folder: Path, words: tuple[str, ...], home: str
    ) -> None:
        before = sorted(folder.rglob("*"))
        ran = prioritise("new", *words, "--frameworks", "policy")
        assert ran.code == 0
        assert ran.out.startswith("# yaml-language-server: ") or "north" in words
        assert f"Its place is policy/{home}." in ran.err
        assert sorted(folder.rglob("*")) == before
        (folder / home).write_text(ran.out)
        fine(prioritise, folder)

    @pytest.mark.parametrize(
        "words",
        [
            ("version", "v3", "--effective", "2022-10-03"),
            ("region", "south"),
            ("scenario",),
            ("organisation",),
        ],
    )
    def test_nothing_is_written_over(self, prioritise: Run, folder: Path, words: tuple[str, ...]) -> None:
        there = folder.parent / "there.yaml"
        for out in (there, folder):
            there.write_text("mine")
            more = () if words == ("organisation",) else ("--frameworks", folder)
            ran = prioritise("new", *words, *more, "--out", out)
            assert (ran.code, ran.out) == (2, "")
            assert "exists already" in ran.err
            assert there.read_text() == "mine"
        dangling = folder.parent / "link.yaml"
        dangling.symlink_to(folder.parent / "nowhere.yaml")
        assert prioritise("new", "organisation", "--out", dangling).code == 2
        assert not (folder.parent / "nowhere.yaml").exists()

    def test_a_folder_that_is_not_there(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("new", "organisation", "--out", folder / "a" / "b" / "c.yaml")
        assert (ran.code, ran.out) == (2, "")
        assert "cannot be written" in ran.err


class TestVersion:
    def test_the_version_in_force_on_the_day_before_is_copied(self, prioritise: Run, folder: Path) -> None:
        words = ("new", "version", "v1b", "--frameworks", folder, "--effective")
        assert "a copy of v1" in prioritise(*words, "2022-08-15").out
        assert "a copy of v2" in prioritise(*words, "2022-10-03").out
        assert "a copy of v1" in prioritise(*words, "2022-10-03", "--framework", "plan@v1").out

    def test_blank(self, prioritise: Run, folder: Path) -> None:
        words = ("new", "version", "v3", "--effective", "2022-10-03", "--frameworks", folder, "--blank")
        assert "framework: plan\nversion: v3\n" in prioritise(*words).out
        out = folder / "other" / "v3.yaml"
        assert prioritise(*words, "--framework", "other", "--out", out).code == 0
        fine(prioritise, folder)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("v3", "--effective", "2022-10-03", "--framework", "plam"), "Did you mean plan?"),
            (("v3", "--effective", "2022-10-03", "--framework", "plan@v9"), "has no version v9"),
            (("v2", "--effective", "2022-10-03"), "PF240 There is a version v2 already."),
            (("v3", "--effective", "2022-09-05"), "PF241 v2 begins on 2022-09-05 as well."),
            (("v0", "--effective", "2022-07-01"), "No version is in force before 2022-07-01."),
            (("v 3", "--effective", "2022-10-03"), "PF202"),
            (("../v3", "--effective", "2022-10-03"), "PF202"),
            (("", "--effective", "2022-10-03"), "PF202"),
            (("v3", "--effective", "soon"), "soon is no day"),
            (("v3",), "--effective"),
            (("v3", "--effective", "2022-10-03", "--framework", "a b", "--blank"), "PF202"),
        ],
    )
    def test_what_cannot_be(self, prioritise: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
        ran = prioritise("new", "version", *words, "--frameworks", folder)
        assert (ran.code, ran.out) == (2, "")
        assert said in " ".join(ran.err.replace("│", " ").split())

    def test_a_version_that_has_not_ended(self, prioritise: Run, folder: Path) -> None:
        path = folder / "plan" / "v2.yaml"
        path.write_text(
            path.read_text().replace("effective: 2022-09-05", "effective: 2022-09-05\nuntil: 2022-12-31")
        )
        words = ("new", "version", "v3", "--frameworks", folder, "--effective")
        assert "PF243 v2 has not ended by 2022-10-03" in prioritise(*words, "2022-10-03").err
        assert prioritise(*words, "2023-01-01").code == 0

    def test_broken_documents(self, prioritise: Run, folder: Path) -> None:
        path = folder / "plan" / "v1.yaml"
        path.write_text(path.read_text().replace("below: low", "below: lo"))
        ran = prioritise("new", "version", "v3", "--effective", "2022-10-03", "--frameworks", folder)
        assert (ran.code, ran.out) == (1, "")
        assert "PF210" in ran.err


class TestRegion:
    def test_a_region_with_settings_keeps_them(self, prioritise: Run, folder: Path) -> None:
        path = folder / "plan" / "regions" / "north.yaml"
        ran = prioritise("new", "region", "north", "--effective", "2022-10-03", "--frameworks", folder)
        assert ran.out.startswith(path.read_text())
        assert "They are kept, and the new ones come last." in ran.err
        path.write_text(ran.out)
        fine(prioritise, folder)

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("nroth",), "PF257 nroth is no region. Did you mean north?"),
            (("north", "--effective", "2022-08-01"), "PF255 north has an entry for 2022-08-01."),
            (("south", "--effective", "2022-07-01"), "PF256 No version is in force on 2022-07-01."),
            (("north", "--framework", "pla"), "Did you mean plan?"),
        ],
    )
    def test_what_cannot_be(self, prioritise: Run, folder: Path, words: tuple[str, ...], said: str) -> None:
        ran = prioritise("new", "region", *words, "--frameworks", folder)
        assert (ran.code, ran.out) == (2, "")
        assert said in ran.err


class TestScenario:
    def test_a_name_and_a_version(self, prioritise: Run, folder: Path) -> None:
        words = ("--frameworks", folder, "--framework", "plan@v1")
        ran = prioritise("new", "scenario", "a fall: at once", *words)
        assert ran.code == 0
        assert '- name: "a fall: at once"' in ran.out
        assert "version: v1\n" in ran.out

    def test_what_cannot_be(self, prioritise: Run, folder: Path) -> None:
        for words, said in (
            ((" ",), "sentence"),
            (("--framework", "plam"), "Did you mean plan?"),
            (("--framework", "plan@v7"), "has no version v7"),
        ):
            ran = prioritise("new", "scenario", *words, "--frameworks", folder)
            assert (ran.code, ran.out) == (2, "")
            assert said in ran.err


def test_help(prioritise: Run) -> None:
    ran = prioritise("new", "--help")
    assert ran.code == 0
    for word in ("version", "region", "scenario", "organisation"):
        assert word in ran.out
    assert prioritise("new", "nonsense").code == 2
