"""Writes what the program says today into docs/errors.md: `PYTHONPATH=. python -m tests.docs.docs_renew`.

For when a message has got better. Look at the difference before you keep it.
"""

from __future__ import annotations

import itertools
import tempfile
from pathlib import Path

from tests.docs.docs_blocks import ERRORS, page_blocks
from tests.docs.docs_problems import Desk, said

FENCE = "```text says\n"


def renew() -> None:
    """Put the first message of each example's code below it."""
    said_now = []
    for example, shown in itertools.pairwise(page_blocks(ERRORS)):
        if "apply" in example.marks and "says" in shown.marks:
            with tempfile.TemporaryDirectory() as folder:
                problems = Desk(Path(folder)).problems(example)
            found = [said(problem) for problem in problems if problem.code == example.heading]
            said_now.append((example.text, shown.text, "".join(f"{line}\n" for line in found[:1])))
    text = ERRORS.read_text("utf-8")  # only now: somebody may have written to it meanwhile
    for example_text, old, new in said_now:
        start = text.find(f"{example_text}```")
        start = text.find(f"{FENCE}{old}```", start) if start >= 0 else start
        if start >= 0:
            text = f"{text[:start]}{FENCE}{new}{text[start + len(FENCE) + len(old) :]}"
    ERRORS.write_text(text, "utf-8")


if __name__ == "__main__":
    renew()
