"""Writes what the program says today into docs/errors.md: `PYTHONPATH=.:tests/docs python -m docs_renew`.

For when a message has got better. Look at the difference before you keep it.
"""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from tests.docs.docs_blocks import ERRORS, page_blocks
from tests.docs.docs_problems import Desk, said


def renew() -> None:
    """Put the first message of each example's code below it."""
    lines = ERRORS.read_text("utf-8").splitlines()
    blocks = list(page_blocks(ERRORS))
    for example, shown in reversed(list(itertools.pairwise(blocks))):
        if "apply" in example.marks and "says" in shown.marks:
            with tempfile.TemporaryDirectory() as folder:
                problems = Desk(Path(folder)).problems(example)
            found = [said(problem) for problem in problems if problem.code == example.heading]
            lines[shown.line : shown.line + shown.text.count("\n")] = found[:1]
    ERRORS.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    renew()
