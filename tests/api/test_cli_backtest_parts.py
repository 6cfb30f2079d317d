"""`backtest` over a folder of parts: same bytes whoever works, resumed after a kill, and never mixed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.bulk import parts_of
from tests.api.test_cli_backtest import FULL
from tests.api.test_cli_preview import BELOW, MILDER, rows
from tests.small_policy import FIRST, ORGANISATION

Run = Callable[..., Any]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def parts(tmp_path: Path) -> Path:
    """Three parts: York in two years' folders, Hull as CSV, Kent in another region's folder."""
    folder = tmp_path / "parts"
    early = {day: staff for day, staff in BELOW.items() if day < "2022-08-15"}
    late = {day: staff for day, staff in BELOW.items() if day not in early}
    for name, text in {
        "year=2021/region=north/york.csv": rows(york=early),
        "year=2022/region=north/york.csv": rows(york=late),
        "region=north/hull.csv": rows(hull=FULL),
        "region=south/kent.csv": rows(kent=BELOW),
        "_SUCCESS": "",
        ".hidden/x.csv": "x",
        "notes.txt": "x",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def judge(prioritise: Run, policy_folder: Callable[..., Path], parts: Path, tmp_path: Path) -> Run:
    folder = policy_folder()

    def call(*words: object, out: str = "out") -> Any:
        return prioritise(
            "backtest", "--frameworks", folder, "--returns", parts, "--out", tmp_path / out, *words
        )

    return call


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


RESULTS = ["manifest.json", "region=north/hull.csv.parquet", "region=north/york.csv.parquet",
           "region=south/kent.csv.parquet"]  # fmt: skip


def test_each_part_has_a_result(judge: Run, prioritise: Run, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    ran = judge()
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("3 parts, 3 of them judged now; 3 PDUs in all.")
    assert list(contents(tmp_path / "out")) == RESULTS
    (york,) = pq.read_table(tmp_path / "out" / RESULTS[2], partitioning=None).to_pylist()
    assert (york["pdu"], york["days_amber"], york["weeks"][1:3]) == ("york", 21, ["green", "amber"])
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert list(manifest["parts"]) == [name.removesuffix(".parquet") for name in RESULTS[1:]]
    assert len(manifest["parts"]["region=north/york.csv"]["inputs"]) == 2


def test_files_that_differ_in_time_alone_are_one_part() -> None:
    files = ["a.csv", "year=1/a.csv", "year=2/month=3/a.csv", "year/a.csv", "region=x/year=2/a.csv", "b.txt"]
    assert [(part.name, part.files) for part in parts_of(files)] == [
        ("a.csv", ("a.csv", "year=1/a.csv", "year=2/month=3/a.csv")),
        ("region=x/a.csv", ("region=x/year=2/a.csv",)),
        ("year/a.csv", ("year/a.csv",)),
    ]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    from distributed import LocalCluster

    cluster: Any = LocalCluster
    with cluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0"
    ) as running:
        yield running.scheduler_address


@pytest.mark.parametrize("words", [["--workers", "2"], ["--executor", "dask"], ["--scheduler"]])
def test_whoever_works_the_bytes_are_the_same(
    judge: Run, tmp_path: Path, words: list[str], scheduler: str
) -> None:
    assert judge(out="alone").code == 0
    if words == ["--scheduler"]:
        words = ["--executor", "dask", "--scheduler", scheduler]
    ran = judge(*words, out="others")
    assert ran.code == 0, ran.err
    assert contents(tmp_path / "alone") == contents(tmp_path / "others")


def test_what_is_done_is_not_done_again(judge: Run, parts: Path, tmp_path: Path) -> None:
    judge()
    before = contents(tmp_path / "out")
    times = {name: (tmp_path / "out" / name).stat().st_mtime_ns for name in RESULTS[1:]}
    assert judge().out.startswith("3 parts, 0 of them judged now;")
    (parts / "region=south" / "kent.csv").write_text(rows(kent=FULL))
    assert judge().out.startswith("3 parts, 1 of them judged now;")
    (tmp_path / "out" / RESULTS[1]).write_bytes(b"cut short")
    assert judge().out.startswith("3 parts, 1 of them judged now;")
    after = contents(tmp_path / "out")
    assert {name for name in after if after[name] != before[name]} == {RESULTS[0], RESULTS[3]}
    assert times[RESULTS[2]] == (tmp_path / "out" / RESULTS[2]).stat().st_mtime_ns


def test_a_part_that_is_gone_leaves_no_result(judge: Run, parts: Path, tmp_path: Path) -> None:
    judge()
    (parts / "region=north" / "hull.csv").unlink()
    assert judge().out.startswith("2 parts, 0 of them judged now; 2 PDUs in all.")
    assert RESULTS[1] not in contents(tmp_path / "out")
    assert b"hull" not in (tmp_path / "out" / "manifest.json").read_bytes()


def test_a_unit_may_move_to_another_file(judge: Run, parts: Path, tmp_path: Path) -> None:
    judge()
    shutil.move(parts / "region=south" / "kent.csv", parts / "region=north" / "kent.csv")
    ran = judge()
    assert (ran.code, ran.err) == (0, "")
    assert "region=north/kent.csv.parquet" in contents(tmp_path / "out")


KILLED = """
import os, signal, sys
from api.cli import _partitions, main

keep, write, moment = _partitions._keep, _partitions._write, sys.argv.pop(1)
kill = lambda: os.kill(os.getpid(), signal.SIGKILL)

def keeping(job, manifest, made):
    fourth = len(manifest.parts) == 4  # the one at hand is among them
    if fourth and moment == "within a result":
        path = job.out / made.result.result
        path.with_name(path.name + ".part").write_bytes(made.data[:100])
        kill()
    if fourth and moment == "before the manifest":
        write(job.out / made.result.result, made.data)
        kill()
    keep(job, manifest, made)
    if fourth:
        kill()

_partitions._keep = keeping
main()
"""


@pytest.mark.parametrize("moment", ["between two parts", "within a result", "before the manifest"])
def test_killed_and_begun_again(policy_folder: Callable[..., Path], tmp_path: Path, moment: str) -> None:
    units = [f"u{number}" for number in range(7)]
    register = "".join(f"  - {{id: {unit}, name: {unit}, region: north}}\n" for unit in units)
    folder = policy_folder({"organisation.yaml": ORGANISATION + register})
    (tmp_path / "parts").mkdir()
    for unit in units:
        (tmp_path / "parts" / f"{unit}.csv").write_text(rows(**{unit: BELOW}))
    words = ["backtest", "--frameworks", str(folder), "--returns", str(tmp_path / "parts"), "--out"]
    run: dict[str, Any] = {"cwd": ROOT, "capture_output": True, "text": True, "timeout": 120}
    whole, out = tmp_path / "whole", tmp_path / "killed"
    once = subprocess.run([sys.executable, "-m", "api", *words, whole], **run)
    assert once.returncode == 0, once.stderr

    killed = subprocess.run([sys.executable, "-c", KILLED, moment, *words, out], **run)
    assert killed.returncode == -signal.SIGKILL
    done = json.loads((out / "manifest.json").read_text())["parts"]
    assert len(done) == (4 if moment == "between two parts" else 3)
    times = {name: (out / part["result"]).stat().st_mtime_ns for name, part in done.items()}

    again = subprocess.run([sys.executable, "-m", "api", *words, out], **run)
    assert again.returncode == 0, again.stderr
    assert again.stdout.startswith(f"7 parts, {len(units) - len(done)} of them judged now;")
    assert contents(out) == contents(whole)
    assert times == {name: (out / done[name]["result"]).stat().st_mtime_ns for name in done}


def test_a_unit_in_two_parts_is_refused(judge: Run, parts: Path, tmp_path: Path) -> None:
    (parts / "region=south" / "york.csv").write_text(rows(york=BELOW))
    ran = judge()
    assert (ran.code, ran.out) == (1, "")
    assert "PF903 york stands in two parts: " in ran.err
    for name in ("year=2021/region=north/york.csv", "region=south/york.csv"):
        assert str(parts / name) in ran.err
    assert "region=south/york.csv.parquet" not in contents(tmp_path / "out")
    assert RESULTS[3] in contents(tmp_path / "out"), "the other parts are done"
    again = judge()
    assert (again.code, again.err) == (1, ran.err)


def test_one_return_in_two_files_of_a_part(judge: Run, parts: Path) -> None:
    (parts / "year=2023" / "region=north").mkdir(parents=True)
    (parts / "year=2023" / "region=north" / "york.csv").write_text(rows(york={"2022-08-01": 20}))
    ran = judge()
    assert (ran.code, ran.out) == (1, "")
    assert "PF512 york has figures for 2022-08-01 in another file too." in ran.err


def test_the_problems_of_all_parts_are_told(judge: Run, parts: Path, tmp_path: Path) -> None:
    (parts / "a.csv").write_text("pdu,as_of,points\nyrok,2022-08-01,1\n")
    (parts / "b.csv").write_text("pdu,as_of,points\nyork,2022-08-01,many\n")
    ran = judge()
    assert (ran.code, ran.out) == (1, "")
    assert [line.split(": ")[1][:5] for line in ran.err.splitlines()] == ["PF504", "PF508"]
    assert list(contents(tmp_path / "out")) == RESULTS
    (parts / "a.csv").unlink()
    (parts / "b.csv").unlink()
    assert judge().out.startswith("3 parts, 0 of them judged now;")


@pytest.mark.parametrize(
    "words",
    [
        ["--framework", "plan@v1"],
        ["--from", "2022-08-02"],
        ["--until", "2022-08-30"],
        ["--settings"],
        ["--by", "region"],
    ],
)
def test_other_policies_are_not_mixed(judge: Run, tmp_path: Path, words: list[str]) -> None:
    judge()
    before = contents(tmp_path / "out")
    (tmp_path / "north.yaml").write_text(MILDER)
    ran = judge(*words, *([tmp_path / "north.yaml"] if words == ["--settings"] else []))
    assert (ran.code, ran.out) == (1, "")
    assert "PF904 The folder cannot be used for this run." in ran.err
    assert contents(tmp_path / "out") == before


def test_a_changed_framework_is_not_mixed(
    judge: Run, policy_folder: Callable[..., Path], tmp_path: Path
) -> None:
    judge()
    before = contents(tmp_path / "out")
    policy_folder({"plan/v1.yaml": FIRST.replace("default: 90", "default: 91")})
    ran = judge()
    assert (ran.code, ran.out) == (1, "")
    assert "PF904" in ran.err
    assert contents(tmp_path / "out") == before


@pytest.mark.parametrize("text", ["", "{}", "[]", "{", '{"schema": 2}', '{"schema": 1, "parts": {"a": 1}}'])
def test_a_manifest_that_cannot_be_read(judge: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "manifest.json").write_text(text)
    ran = judge()
    assert (ran.code, ran.out) == (1, "")
    assert "PF904 The folder cannot be used for this run. Its manifest is none that can be read." in ran.err
    assert list(contents(tmp_path / "out")) == ["manifest.json"]


def test_a_manifest_that_leads_elsewhere(judge: Run, parts: Path, tmp_path: Path) -> None:
    judge()
    (tmp_path / "mine.txt").write_text("mine")
    manifest = tmp_path / "out" / "manifest.json"
    told = json.loads(manifest.read_text())
    told["parts"]["gone.csv"] = {**told["parts"]["region=south/kent.csv"], "result": "../mine.txt"}
    manifest.write_text(json.dumps(told))
    ran = judge()
    assert (ran.code, ran.out) == (2, "")
    assert "names a file outside its folder" in ran.err
    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--format", "csv"], "The results of a folder are Parquet"),
        (["--format", "table"], "The results of a folder are Parquet"),
        (["--scheduler", "tcp://127.0.0.1:1"], "--scheduler is for --executor dask."),
        (["--executor", "dask", "--scheduler", "nonsense"], "The scheduler nonsense cannot be reached."),
        (["--executor", "many"], "Invalid value"),
        (["--workers", "0"], "Invalid value"),
        (["--until", "2022-07-01"], "There is no day from 2022-08-01 until 2022-07-01."),
    ],
)
def test_wrong_use(judge: Run, words: list[str], message: str) -> None:
    ran = judge(*words)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err


def test_folders_that_will_not_do(prioritise: Run, policy_folder: Callable[..., Path], parts: Path) -> None:
    words = ["backtest", "--frameworks", policy_folder(), "--returns", parts]
    taken = parts.parent / "taken"
    taken.mkdir()
    (taken / "letter.txt").write_text("Dear Sir")
    for out, message in (
        (None, "name a folder for its results with --out."),
        (parts / "out", "the results would be read as returns."),
        (parts, "the results would be read as returns."),
        (taken / "letter.txt", "is a file: name a folder for the results."),
        (taken, "holds other files: name an empty folder for the results."),
    ):
        ran = prioritise(*words, *([] if out is None else ["--out", out]))
        assert (ran.code, ran.out) == (2, "")
        assert message in ran.err
    assert list(contents(taken)) == ["letter.txt"]
    empty = parts.parent / "empty"
    empty.mkdir()
    ran = prioritise(*words[:-1], empty, "--out", parts.parent / "out")
    assert (ran.code, ran.err) == (2, f"{empty} holds no files of returns.\n")


def test_two_parts_with_one_result(judge: Run, parts: Path) -> None:
    (parts / "a.csv").write_text(rows(leeds={"2022-08-01": 20}))
    (parts / "a.csv.parquet").write_bytes(b"")
    ran = judge()
    assert (ran.code, ran.out) == (2, "")
    assert "would have one result: rename one of them." in ran.err


def test_a_worker_with_another_policy(
    judge: Run, policy_folder: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from api.cli import _parts_work

    monkeypatch.setattr(_parts_work, "fingerprint", lambda asked: "sha256:other")
    ran = judge()
    assert (ran.code, ran.out) == (2, "")
    assert "A worker has another folder of policy than the one that is meant." in ran.err
    assert list(contents(tmp_path / "out")) == ["manifest.json"]


def test_dask_that_is_not_installed(judge: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    ran = judge("--executor", "dask")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "Dask is not installed. Install prioritise with its extra: prioritise[dask].\n"
