"""A small HTTP client for measuring, run as a process of its own: `python -m bench._client '{"port": …}'`.

Closed: each connection asks again as soon as it has been answered. Open (with a rate): questions are due at even
times, whatever the server does, and what counts is the time from when one was due until it was answered. The client
does not sleep meanwhile, so it takes a processor of its own.
"""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass(slots=True)
class Ask:
    """What is asked, and how."""

    port: int
    paths: Sequence[str]
    connections: int = 16
    seconds: float = 2.0
    requests: int | None = None
    rate: float | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Heard:
    """What came of it: how many were answered, in which time, and the times of each in seconds, sorted."""

    answered: int
    refused: int
    seconds: float
    times: list[float]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return self.answered / self.seconds

    def part(self, share: float) -> float:
        """The time within which this share was answered."""
        return self.times[min(len(self.times) - 1, int(share * len(self.times)))]


def ask(asked: Ask) -> Heard:
    """Ask from another process, which shares nothing with this one."""
    run = subprocess.run(
        [sys.executable, "-m", "bench._client", json.dumps(asdict(asked))],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent,
    )
    return Heard(**json.loads(run.stdout))


class _Run:
    """One run."""

    def __init__(self, asked: Ask) -> None:
        more = "".join(f"{name}: {value}\r\n" for name, value in asked.headers.items())
        self.wire = [f"GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n".encode() for path in asked.paths]
        self.asked = asked
        self.sent = self.refused = 0
        self.times: list[float] = []
        self.due: deque[float] = deque()
        self.idle: list[_Connection] = []
        self.over = False
        self.ended = asyncio.get_running_loop().create_future()

    def next(self) -> bytes:
        self.sent += 1
        return self.wire[self.sent % len(self.wire)]

    def done(self, connection: _Connection, begun: float, ok: bool) -> None:
        """A question was answered: the next one."""
        self.times.append(time.perf_counter() - begun)
        self.refused += not ok
        if self.asked.requests is not None and len(self.times) >= self.asked.requests:
            self.over = True
            if not self.ended.done():
                self.ended.set_result(None)
        if self.over:
            return
        if self.asked.rate is None:
            connection.ask(time.perf_counter())
        elif self.due:
            connection.ask(self.due.popleft())
        else:
            self.idle.append(connection)


class _Connection(asyncio.Protocol):
    """One connection that is kept."""

    def __init__(self, run: _Run) -> None:
        self.run = run
        self.begun = 0.0
        self.data = b""
        self.whole = 0
        self.transport: Any = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def ask(self, begun: float) -> None:
        self.begun = begun
        self.transport.write(self.run.next())

    def data_received(self, data: bytes) -> None:
        self.data += data
        if not self.whole:
            end = self.data.find(b"\r\n\r\n")
            if end < 0:
                return
            found = _LENGTH.search(self.data, 0, end)
            self.whole = end + 4 + (int(found[1]) if found else 0)
        if len(self.data) >= self.whole:
            ok = self.data[9:12] == b"200"
            self.data, self.whole = b"", 0
            self.run.done(self, self.begun, ok)


async def _main(asked: Ask) -> Heard:
    loop, run = asyncio.get_running_loop(), _Run(asked)
    made = [
        (await loop.create_connection(lambda: _Connection(run), "127.0.0.1", asked.port))[1]
        for _ in range(asked.connections)
    ]
    start = time.perf_counter()
    if asked.rate is None:
        for connection in made:
            connection.ask(time.perf_counter())
        if asked.requests is None:
            await asyncio.sleep(asked.seconds)
        else:
            await run.ended
    else:
        run.idle += made
        for number in range(int(asked.rate * asked.seconds)):
            due = start + number / asked.rate
            # A timer of the loop is late by up to a millisecond, which would count as the server's.
            while time.perf_counter() < due:
                await asyncio.sleep(0)
            if run.idle:
                run.idle.pop().ask(due)
            else:
                run.due.append(due)
        while len(run.idle) < len(made):
            await asyncio.sleep(0.001)
    run.over = True
    taken, times, refused = time.perf_counter() - start, sorted(run.times), run.refused
    for connection in made:
        connection.transport.abort()
    return Heard(len(times), refused, taken, times)


if __name__ == "__main__":
    try:
        import uvloop
    except ImportError:  # not on every platform
        runner = asyncio.Runner()
    else:
        runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    with runner:
        print(json.dumps(asdict(runner.run(_main(Ask(**json.loads(sys.argv[1])))))))
