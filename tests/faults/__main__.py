"""`python -m tests.faults [--store KIND] [--through WAY] [--kills N] [--seed N]`: kill writers, see what is left."""

from __future__ import annotations

import argparse
import random
import sys

from tests.faults.run import THROUGH, run

KILLS = {"sqlite": 500, "postgresql": 200}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--store", choices=list(KILLS), help="default: both, one after the other")
    parser.add_argument("--through", choices=list(THROUGH), default="ledger")
    parser.add_argument("--kills", type=int, help="default: 500 for sqlite, 200 for postgresql")
    parser.add_argument("--seed", type=int)
    given = parser.parse_args()
    seed = random.randrange(2**32) if given.seed is None else given.seed
    for kind in [given.store] if given.store else KILLS:
        kills = given.kills or KILLS[kind]

        def progress(done: int, kind: str = kind, kills: int = kills) -> None:
            if sys.stderr.isatty() or done % 50 == 0:
                print(f"{kind}: {done} of {kills} kills", file=sys.stderr)

        print(f"{kind}: {run(kind, kills, seed, progress, given.through)}", flush=True)


if __name__ == "__main__":
    main()
