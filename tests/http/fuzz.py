"""Schemathesis over the whole description, with all its checks, against a live server.

`python -m tests.http.fuzz --requests 10000` goes on, with another seed each round, until so many were sent.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from tests.http.fuzz_hooks import KNOWN
from tests.http.issuer import Issuer
from tests.http.kit import serving
from tests.http.world import World, a_return

ROOT = Path(__file__).resolve().parents[2]
# What is described well may still be refused for what the ledger holds: a PDU that there is not, a day too late.
CONFIG = """\
[checks]
positive_data_acceptance.expected-statuses = ["2xx", "3xx", "401", "403", "404", "406", "409", "422"]
negative_data_rejection.expected-statuses = ["400", "401", "403", "404", "405", "406", "409", "415", "422", "431"]
not_a_server_error.expected-statuses = ["2xx", "3xx", "4xx"]
"""


class Fuzzed(NamedTuple):
    """What came of it: how many requests the server answered, by status, and what schemathesis said of failures."""

    statuses: Counter[int]
    rounds: int
    seconds: float
    failures: str

    @property
    def requests(self) -> int:
        return sum(self.statuses.values())


class Counting:
    """An app that counts its answers."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.statuses: Counter[int] = Counter()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def counted(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.statuses[message["status"]] += 1
            await send(message)

        await self.app(scope, receive, counted if scope["type"] == "http" else send)


def fuzz(
    requests: int, *, examples: int, seed: int = 1, phases: str = "examples,coverage,fuzzing,stateful"
) -> Fuzzed:
    """Rounds until so many requests were answered, or one has failed."""
    issuer = Issuer()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "schemathesis.toml").write_text(CONFIG)
        with World(folder / "world", issuer, reads_per_minute=0, writes_per_minute=0) as world:
            token = issuer.token("hq", exp=int(time.time()) + 12 * 3600)
            known = _seeded(world, {"Authorization": f"Bearer {token}"})
            world.clock.pass_days(1)
            app = Counting(world.app)
            rounds, failures = 0, ""
            with serving(app, world.settings) as (host, port):  # type: ignore[arg-type]
                while not failures and (rounds == 0 or app.statuses.total() < requests):
                    failures = _round(
                        folder, f"http://{host}:{port}", token, known, examples, seed + rounds, phases
                    )
                    rounds += 1
    return Fuzzed(app.statuses, rounds, time.monotonic() - began, failures)


def _seeded(world: World, hq: dict[str, str]) -> dict[str, list[str]]:
    """A world with something in it, and the ids of that."""
    for pdu in ("york", "kent"):
        for day, staff in (("2022-08-08", 10), ("2022-08-22", 5), ("2022-08-29", 9)):
            world.post("/v1/returns", a_return(pdu, day, staff), headers=hq)
    event = {
        "pdu": "hull",
        "from": "2022-08-30",
        "until": "2022-09-12",
        "by": "regional-director",
        "reason": "x",
    }
    declared = [
        world.post("/v1/declarations", event | {"status": "amber"}, headers=hq).json() for _ in range(20)
    ]
    suspended = [world.post("/v1/suspensions", event, headers=hq).json() for _ in range(20)]
    decisions = world.get("/v1/pdus/york/decisions", headers=hq).json()["decisions"]
    return {
        "pdu": ["york", "hull", "kent", "leeds"],
        "decisions": [one["decision"] for one in decisions],
        "declarations": [one["declaration"]["id"] for one in declared],
        "suspensions": [one["suspension"]["id"] for one in suspended],
        "frameworks": ["plan"],
        "version": ["v1", "v2"],
    }


def _round(
    folder: Path, base: str, token: str, known: dict[str, list[str]], examples: int, seed: int, phases: str
) -> str:
    """One run of the program; what it printed where something failed."""
    words = ["run", f"{base}/openapi.json", "--checks", "all", "--phases", phases, "-n", str(examples)]
    words += [
        "--seed",
        str(seed),
        "-H",
        f"Authorization: Bearer {token}",
        "--continue-on-failure",
        "--no-color",
    ]
    words += ["--request-timeout", "40", "--suppress-health-check", "all", "--warnings", "off"]
    more = {"SCHEMATHESIS_HOOKS": "tests.http.fuzz_hooks", KNOWN: json.dumps(known), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "schemathesis.cli",
            "--config-file",
            str(folder / "schemathesis.toml"),
            *words,
        ],
        cwd=folder,
        env=os.environ | more,
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if done.returncode == 0 else done.stdout[-200_000:] + done.stderr[-5_000:]


def main() -> int:
    """The long round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--examples", type=int, default=60, help="for each call and round")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = fuzz(given.requests, examples=given.examples, seed=given.seed)
    print(f"{found.requests:,} requests in {found.rounds} rounds and {found.seconds:.0f} seconds")
    print(", ".join(f"{status}: {count:,}" for status, count in sorted(found.statuses.items())))
    if found.failures:
        print(found.failures)
    return 1 if found.failures else 0


if __name__ == "__main__":
    sys.exit(main())
