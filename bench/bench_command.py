"""The command as people run it: how long `prioritise --help`, `prioritise demo` and a comparison with impact take."""

from __future__ import annotations

import datetime
import importlib.util
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from bench._many import library
from bench._results import Results
from engine.returns import write_returns
from engine.sample import sample_returns

ROOT = Path(__file__).resolve().parent.parent
HELP_BOUND = 0.3
HELP_ROUNDS = 7
DEMO_BOUND = 10.0
DEMO_MEMORY = 250.0
COMPARED = ("sentence-management@version-3", "sentence-management@phase-3-v8")
COMPARE_WEEKS, COMPARE_BOUND, COMPARE_ROUNDS = 260, 2.0, 5
EVERY = 0.02
"""Seconds between two looks at the memory of a process and its children."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command went."""

    code: int
    seconds: float
    processor: float
    memory: float
    output: str


@pytest.fixture(scope="module")
def command() -> list[str]:
    """The installed command, or the package; skips while there is neither."""
    if importlib.util.find_spec("api.cli") is None:
        pytest.skip("there is no command yet (api.cli)")
    script = Path(sys.executable).parent / "prioritise"
    if script.exists():
        return [str(script)]
    if importlib.util.find_spec("api.__main__") is None:
        pytest.skip("prioritise is not installed beside this Python, and there is no api/__main__.py")
    return [sys.executable, "-m", "api"]


def _run(command: list[str], folder: Path, bytecode: Path | None = None, *, watch: bool = False) -> Ran:
    """Run a command in a folder. With `bytecode`, modules are kept compiled there.

    With `watch` its memory is looked at, which takes a part of a processor from what is timed.
    """
    output = folder / "output.txt"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    if bytecode is not None:
        environment |= {"PYTHONPYCACHEPREFIX": str(bytecode), "PYTHONDONTWRITEBYTECODE": ""}
    with output.open("wb") as file:
        before, start = _processor_time(), time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        memory = 0.0
        while watch and process.poll() is None:
            memory = max(memory, _tree_memory(process.pid))
            try:
                process.wait(EVERY)
            except subprocess.TimeoutExpired:
                continue
        process.wait()
        seconds = time.perf_counter() - start
    processor = _processor_time() - before
    return Ran(
        process.returncode, seconds, processor, memory, output.read_text(encoding="utf-8", errors="replace")
    )


def _processor_time() -> float:
    """The processor time of all processes that were run and have ended, with those that they ran."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_memory(root: int) -> float:
    """The memory of a process and all below it, in MB; pages that they share count for each."""
    below: dict[int, list[int]] = {}
    pages: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                pages[int(entry.name)] = int((entry / "statm").read_text().split()[1])
            except (OSError, IndexError, ValueError):
                continue  # it ended while it was looked at
            below.setdefault(parent, []).append(int(entry.name))
    found, waiting = 0, [root]
    while waiting:
        process = waiting.pop()
        found += pages.get(process, 0)
        waiting += below.get(process, [])
    return found * os.sysconf("SC_PAGE_SIZE") / 1e6


def test_help(command: list[str], tmp_path: Path, results: Results) -> None:
    runs = [_run([*command, "--help"], tmp_path) for _ in range(HELP_ROUNDS + 1)][1:]
    assert all(run.code == 0 for run in runs), runs[0].output
    seconds = median(run.seconds for run in runs)
    found = f"{seconds:.2f} s (best {min(run.seconds for run in runs):.2f})"
    results.check("prioritise --help", found, f"under {HELP_BOUND:g} s", seconds < HELP_BOUND)
    assert seconds < HELP_BOUND, f"prioritise --help took {found}"


def test_demo(command: list[str], tmp_path: Path, results: Results) -> None:
    """Every PDU of the shipped data, 104 weeks, with its reports."""
    if "demo" not in _run([*command, "--help"], tmp_path).output:
        pytest.skip("there is no prioritise demo yet")
    ran = _run([*command, "demo"], tmp_path, watch=True)
    assert ran.code == 0, ran.output[-4000:]
    results.check(
        "prioritise demo", f"{ran.seconds:.1f} s", f"under {DEMO_BOUND:g} s", ran.seconds < DEMO_BOUND
    )
    fits = ran.memory < DEMO_MEMORY
    results.check(
        "prioritise demo, memory of all its processes",
        f"{ran.memory:.0f} MB",
        f"under {DEMO_MEMORY:g} MB",
        fits,
    )
    assert ran.seconds < DEMO_BOUND, f"prioritise demo took {ran.seconds:.1f} s"
    assert fits, f"prioritise demo took {ran.memory:.0f} MB"


def test_compare(command: list[str], tmp_path: Path, results: Results) -> None:
    """Two versions compared by proof, with the impact on every PDU of the country over five years."""
    returns, bytecode = tmp_path / "returns.csv", tmp_path / "bytecode"
    _write_returns(returns)
    run = [*command, "compare", *COMPARED, "--returns", str(returns)]
    runs = [_run(run, tmp_path, bytecode) for _ in range(COMPARE_ROUNDS + 1)][1:]
    assert all(one.code == 0 for one in runs), runs[0].output[-4000:]
    seconds, processor = (
        median(of) for of in zip(*((one.seconds, one.processor) for one in runs), strict=True)
    )
    found = (
        f"{seconds:.2f} s (best {min(one.seconds for one in runs):.2f}; {processor:.2f} s of processor time)"
    )
    what = f"prioritise compare, with the impact on {len(library().organisation.pdus)} PDUs over {COMPARE_WEEKS} weeks"
    results.check(what, found, f"under {COMPARE_BOUND:g} s", seconds < COMPARE_BOUND)
    assert seconds < COMPARE_BOUND, f"{what} took {found}"


def _write_returns(path: Path) -> None:
    """Synthetic returns of every PDU up to now, as a file of them is sent."""
    last = datetime.date.today() - datetime.timedelta(weeks=1)
    start = last - datetime.timedelta(days=last.weekday(), weeks=COMPARE_WEEKS)
    given = sample_returns(library().organisation, start=start, weeks=COMPARE_WEEKS)
    vocabulary = library().framework(COMPARED[0].partition("@")[0]).vocabulary
    path.write_bytes(write_returns(given, vocabulary, "csv"))
