"""The command as people run it: how long `prioritise --help` and `prioritise demo` take."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pytest

from bench._results import Results

ROOT = Path(__file__).resolve().parent.parent
HELP_BOUND = 0.3
HELP_ROUNDS = 7
DEMO_BOUND = 10.0
DEMO_MEMORY = 250.0
EVERY = 0.02
"""Seconds between two looks at the memory of a process and its children."""


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command went."""

    code: int
    seconds: float
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


def _run(command: list[str], folder: Path) -> Ran:
    """Run a command in a folder, and watch its memory."""
    output = folder / "output.txt"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with output.open("wb") as file:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=file,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        memory = 0.0
        while process.poll() is None:
            memory = max(memory, _tree_memory(process.pid))
            try:
                process.wait(EVERY)
            except subprocess.TimeoutExpired:
                continue
        seconds = time.perf_counter() - start
    return Ran(process.returncode, seconds, memory, output.read_text(encoding="utf-8", errors="replace"))


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
    ran = _run([*command, "demo"], tmp_path)
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
