"""`python -m bench.table`: the tables of the last `make bench`, in Markdown."""

from __future__ import annotations

import sys

from bench._results import LAST, Results, markdown


def main() -> int:
    """Print the tables. 1 where there was no run."""
    try:
        results = Results.load()
    except OSError:
        print(f"There is no {LAST}: run make bench first.", file=sys.stderr)
        return 1
    print(markdown(results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
