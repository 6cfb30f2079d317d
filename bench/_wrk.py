"""wrk, a load generator in C: as fast as the server answers, or held to a share of that by pauses.

It is not part of the locked tools, since it comes from the system's packages; what needs it is left out without it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bench._service import Server

SCRIPT = Path(__file__).with_name("wrk.lua")
SETTLING = 5
"""In so many short runs the pauses are brought to where they give the rate."""
SHORT = 1.0


@dataclass(frozen=True, slots=True)
class Load:
    """What came of one run: answers a second, and the times within which half and 99% were answered, in seconds."""

    rate: float
    p50: float
    p99: float


def is_there() -> bool:
    """Whether wrk is installed."""
    return shutil.which("wrk") is not None


def load(server: Server, path: str, connections: int, seconds: float, pause: float = 0.0) -> Load:
    """Ask on some connections for a while; `pause` is the average time that each waits before it asks again."""
    run = subprocess.run(
        [
            *("wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{round(seconds)}s"),
            *("--script", str(SCRIPT), f"http://127.0.0.1:{server.port}{path}"),
        ],
        env={**os.environ, "PAUSE": str(1000 * pause)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(run.stdout.splitlines()[-1])
    assert found["failed"] == 0, f"{server.name} failed {found['failed']} times"
    return Load(found["answered"] / found["seconds"], found["p50"], found["p99"])


def highest(server: Server, path: str, seconds: float = 2.0) -> float:
    """The highest rate, in answers a second."""
    return max(load(server, path, connections, seconds).rate for connections in (4, 16))


def held(server: Server, path: str, rate: float, connections: int, seconds: float) -> Load:
    """A run at about a rate: its pauses are those that gave it in shorter runs before."""
    due = connections / rate
    pause = due
    for _ in range(SETTLING):
        pause = max(0.0, pause + due - connections / load(server, path, connections, SHORT, pause).rate)
    return load(server, path, connections, seconds, pause)
