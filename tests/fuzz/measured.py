"""Reads worst cases, each in a process of its own, and says what each took.

As a program: takes names on its input, one a line, and answers each with a line of JSON. Every case is read in a
fork, so that the modules are loaded once and one case leaves nothing behind for the next.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
import traceback
from typing import TypedDict

from rules.policy import Policy
from tests.fuzz.reading import decide, faults, read, shipped
from tests.fuzz.worst import CASES


class Cost(TypedDict):
    """What one case took: processor time in seconds and growth of memory in MiB; and what came of it."""

    seconds: float
    mebibytes: float
    size: int
    problems: list[str]
    many: int
    accepted: bool
    faults: list[str]
    decided: float


def measure(name: str) -> Cost:
    """Read one case in this process."""
    kind, write = CASES[name]
    data = write().encode("latin-1" if name.endswith("faults of UTF-8") else "utf-8")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.process_time()
    outcome = read(kind, data)
    seconds = time.process_time() - began
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - memory) / 1024
    began = time.process_time()
    if isinstance(outcome.found, Policy):
        decide(outcome.found)
    return Cost(
        seconds=seconds,
        mebibytes=grown,
        size=len(data),
        problems=[str(one)[:300] for one in outcome.problems[:3]],
        many=len(outcome.problems),
        accepted=outcome.found is not None,
        faults=faults(kind, data, outcome)[:3],
        decided=time.process_time() - began,
    )


def serve() -> None:
    """Answer names with costs until there are no more."""
    shipped()
    for line in sys.stdin:
        pid = os.fork()
        if pid == 0:
            try:
                resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
                resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
                answer: object = measure(line.strip())
            except BaseException:
                answer = {"error": traceback.format_exc(limit=-4)}
            print(json.dumps(answer), flush=True)
            os._exit(0)
        _, status = os.waitpid(pid, 0)
        if status:
            print(json.dumps({"error": f"the process ended with {status}"}), flush=True)


if __name__ == "__main__":
    serve()
