"""`check`: every problem at its place, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Folder = Callable[..., Path]


@pytest.fixture
def folder(policy_folder: Folder) -> Path:
    return policy_folder()


def broken(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    """One of the files with some words changed."""
    path = folder / name
    text = path.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text)
    return path


class TestCheck:
    def test_nothing_wrong(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("check", "--frameworks", folder)
        assert (ran.code, ran.out) == (0, "")
        assert "no problems" in ran.err
        assert prioritise("check", "--frameworks", folder, "--format", "json").out == "[]\n"
        assert prioritise("check", "--frameworks", folder, "--format", "github").out == ""

    def test_the_shipped_policy(self, prioritise: Run) -> None:
        ran = prioritise("check", "--strict")
        assert (ran.code, ran.out) == (0, "")

    def test_a_number_beyond_the_bounds_at_its_line(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        assert ran.out.startswith(
            f"{path}:8:27: PF203 low 97 is above the 95 that the framework allows regions."
        )
        assert "Set it between 80 and 95." in ran.out

    def test_all_problems_in_the_order_of_places(self, prioritise: Run, folder: Path) -> None:
        broken(
            folder,
            "plan/v1.yaml",
            ("below: low", "below: lo"),
            ("required[all]", "required[PX]"),
            ("stale_after: 14 days", "stale_after: soon"),
        )
        broken(folder, "plan/regions/north.yaml", ("reason: As agreed.", "reasons: As agreed."))
        broken(folder, "organisation.yaml", ("region: south", "region: west"))
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        lines = ran.out.splitlines()
        assert all(re.match(r".+\.yaml:\d+:\d+: PF\d{3} \S", line) for line in lines)
        places = [tuple(line.split(":")[:3]) for line in lines]
        ordered = sorted(places, key=lambda place: (place[0], int(place[1]), int(place[2])))
        assert places == ordered
        assert {place[0].rsplit("/", 1)[1] for place in places} == {
            "organisation.yaml",
            "v1.yaml",
            "north.yaml",
        }
        assert "Traceback" not in ran.err

    def test_json(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        ran = prioritise("check", "--frameworks", folder, "--format", "json")
        (problem,) = json.loads(ran.out)
        assert (ran.code, ran.err) == (1, "")
        assert problem.keys() == {"code", "message", "file", "line", "column", "path", "hint", "also"}
        assert (problem["code"], problem["file"], problem["line"], problem["column"]) == (
            "PF203",
            str(path),
            8,
            27,
        )
        assert problem["path"] == "settings[0].trigger_points.low"

    def test_github(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        ran = prioritise("check", "--frameworks", folder, "--format", "github")
        (line,) = ran.out.splitlines()
        assert ran.code == 1
        assert line.startswith(f"::error file={path},line=8,col=27,title=PF203::low 97 is above")

    def test_github_escapes_what_would_end_a_command(self, prioritise: Run, policy_folder: Folder) -> None:
        odd = policy_folder().rename(policy_folder().with_name("50% a,b:c"))
        broken(
            odd, "plan/v1.yaml", ("title: Home visits\n", 'title: Home visits\n    part: "20%\\r\\n::x"\n')
        )
        ran = prioritise("check", "--frameworks", odd, "--format", "github")
        assert ran.code == 1
        (line,) = ran.out.splitlines()
        assert "50%25 a%2Cb%3Ac/plan/v1.yaml,line=" in line
        command, _, message = line.removeprefix("::").partition("::")
        assert command.startswith("error file=")
        assert message.startswith(("20%25%0D%0A::x is no part", "'20%25"))

    def test_warnings_stop_nothing_unless_strict(self, prioritise: Run, folder: Path) -> None:
        path = broken(folder, "plan/v1.yaml", ("points: {decimals: 0,", "spare: {}\n  points: {decimals: 0,"))
        ran = prioritise("check", "--frameworks", folder)
        assert (ran.code, len(ran.out.splitlines())) == (0, 1)
        assert ran.out.startswith(f"{path}:15:3: PF302 The input spare is never used.")
        assert ran.err == f"{folder}: 1 warning.\n"
        assert prioritise("check", "--frameworks", folder, "--strict").code == 1
        assert prioritise("check", "--frameworks", folder, "--strict", "--no-proofs").code == 1
        annotated = prioritise("check", "--frameworks", folder, "--format", "github")
        assert (annotated.code, annotated.out[:15]) == (0, "::warning file=")
        (told,) = json.loads(prioritise("check", "--frameworks", folder, "--format", "json").out)
        assert (told["code"], told["path"]) == ("PF302", "inputs.spare")
        assert prioritise("template", "--frameworks", folder).code == 0

    def test_a_warning_above_a_path_is_not_its_own(self, prioritise: Run, folder: Path) -> None:
        broken(folder, "plan/v1.yaml", ("points: {decimals: 0,", "spare: {}\n  points: {decimals: 0,"))
        assert prioritise("check", folder / "plan" / "regions", "--strict").code == 0
        assert prioritise("check", folder / "plan" / "v1.yaml", "--strict").code == 1

    def test_the_summary_counts_by_file(self, prioritise: Run, folder: Path) -> None:
        first = broken(folder, "plan/v1.yaml", ("below: low", "below: lo"), ("required[all]", "required[PX]"))
        second = broken(
            folder, "plan/v2.yaml", ("points: {decimals: 0,", "spare: {}\n  points: {decimals: 0,")
        )
        ran = prioritise("check", "--frameworks", folder)
        assert ran.err.splitlines() == [
            f"{first}  2 errors",
            f"{second}  1 warning",
            f"{folder}: 2 errors and 1 warning in 2 files.",
        ]

    def test_the_other_place_of_a_clash_follows_it(self, prioritise: Run, folder: Path) -> None:
        broken(folder, "plan/v2.yaml", ("version: v2", "version: v1"))
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        problem, also = ran.out.splitlines()
        assert " PF240 " in problem
        assert also == f"    also {folder / 'plan' / 'v1.yaml'}:3:10"

    def test_many_problems_are_capped_as_text_and_whole_as_json(self, prioritise: Run, folder: Path) -> None:
        for name, one in (
            ("organisation.yaml", "  - {{id: u{0}, name: U, region: r{0}}}\n"),
            ("plan/v1.yaml", "  - {{id: a{0}, part: p{0}, mandatory: {{because: x}}}}\n"),
        ):
            with (folder / name).open("a") as file:
                file.write("".join(one.format(n) for n in range(717)))
        ran = prioritise("check", "--frameworks", folder)
        lines = ran.out.splitlines()
        assert (ran.code, len(lines), lines[-1]) == (1, 201, "… and 1,234 more")
        assert ran.err.endswith(": 1,434 errors in 2 files.\n")
        assert len(json.loads(prioritise("check", "--frameworks", folder, "--format", "json").out)) == 1434
        refused = prioritise("template", "--frameworks", folder)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err.splitlines()[-1] == "… and 1,234 more"

    def test_errors_go_before_warnings_where_not_all_are_told(self, prioritise: Run, folder: Path) -> None:
        spare = "".join(f"  spare{n}: {{}}\n" for n in range(300))
        broken(folder, "plan/v1.yaml", ("  points: {decimals: 0,", f"{spare}  points: {{decimals: 0,"))
        broken(folder, "plan/v2.yaml", ("below: low", "below: lo"))
        lines = prioritise("check", "--frameworks", folder).out.splitlines()
        assert (len(lines), lines[-1]) == (201, "… and 101 more")
        assert [line for line in lines if " PF210 " in line] == [lines[-2]]

    def test_one_slip_is_told_once_with_the_other_places(self, prioritise: Run, folder: Path) -> None:
        less = "    reductions:\n      - {from: ambar, strength: may, do: Less.}\n"
        visits = "".join(f"  - id: a{n}\n{less}" for n in range(50))
        broken(folder, "plan/v1.yaml", ("activities:\n", f"activities:\n{visits}"))
        ran = prioritise("check", "--frameworks", folder)
        problem, *also, last = ran.out.splitlines()
        assert " PF223 ambar is no status" in problem
        assert "Did you mean amber?" in problem
        assert "49 more places" in problem
        assert (len(also), last) == (3, "    and 46 more places")
        (told,) = json.loads(prioritise("check", "--frameworks", folder, "--format", "json").out)
        assert len({(place["line"], place["path"]) for place in told["also"]}) == 49

    def test_nothing_of_progress_is_seen_off_a_terminal(self, prioritise: Run, folder: Path) -> None:
        ran = prioritise("check", "--frameworks", folder)
        assert (ran.out, ran.err) == ("", f"{folder}: no problems.\n")

    def test_progress_on_a_terminal_is_gone_at_the_end(
        self, prioritise: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        err = prioritise("check", "--frameworks", folder).err
        assert "Checking plan@v1 …" in err
        assert err.endswith(f"\r\x1b[K{folder}: no problems.\n")

    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"\xff\xfe", "PF101"),
            (b"", "PF104"),
            (b"a: [", "PF103"),
            (b"a: &x 1\nb: *x\n", "PF105"),
            (b"a: 1\na: 2\n", "PF106"),
            (b"a: " + b"[" * 50 + b"]" * 50, "PF107"),
            (b"- 1\n", "PF201"),
            (b"format: 1\n", "PF206"),
        ],
    )
    def test_text_that_is_no_document(self, prioritise: Run, folder: Path, content: bytes, code: str) -> None:
        (folder / "plan" / "v3.yaml").write_bytes(content)
        ran = prioritise("check", "--frameworks", folder, "--format", "json")
        assert (ran.code, {one["code"] for one in json.loads(ran.out)}) == (1, {code})

    def test_a_path_limits_what_is_told(self, prioritise: Run, folder: Path) -> None:
        region = broken(folder, "plan/regions/north.yaml", ("low: 88", "low: 97"))
        scenarios = broken(folder, "plan/scenarios/basics.yaml", ("status: amber", "status: purple"))

        def told(*paths: Path) -> set[str]:
            ran = prioritise("check", *paths, "--format", "json")
            names = {one["file"].rsplit("/", 1)[1] for one in json.loads(ran.out)}
            assert ran.code == (1 if names else 0)
            return names

        assert told(region) == told(folder / "plan" / "regions") == {"north.yaml"}
        assert (
            told(region, scenarios) == told(folder / "plan") == told(folder) == {"north.yaml", "basics.yaml"}
        )
        assert told(folder / "plan" / "v1.yaml") == told(folder / "organisation.yaml") == set()
        # What stands in a document that they rest on is theirs, too: without it they cannot be checked.
        broken(folder, "plan/v2.yaml", ("below: low", "below: lo"))
        assert "v2.yaml" in told(region)
        assert told(folder / "plan" / "v1.yaml") == set()

    def test_a_path_that_is_not_checked_is_not_called_fine(
        self, prioritise: Run, folder: Path, tmp_path: Path
    ) -> None:
        draft = tmp_path / "draft.yaml"
        draft.write_text("rubbish")
        for words in (
            (draft,),
            (draft, "--frameworks", folder),
            (folder / "plan" / "v1.yaml", draft),
            (tmp_path / "none.yaml",),
        ):
            ran = prioritise("check", *words)
            assert (ran.code, ran.out) == (2, "")
            assert "none.yaml" in ran.err or "draft.yaml" in ran.err

    def test_no_organisation(self, prioritise: Run, folder: Path) -> None:
        (folder / "organisation.yaml").unlink()
        ran = prioritise("check", "--frameworks", folder)
        assert ran.code == 1
        assert ran.out.startswith(f"{folder / 'organisation.yaml'}:1:1: PF206")
