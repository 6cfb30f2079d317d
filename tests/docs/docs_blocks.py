"""The documentation as values: its pages, and the fenced blocks in them.

The word after the fence says what a block is; further words say how the tests use it:

    ```text demo             in README.md: rows of the table that `prioritise demo` prints
    ```console exit=1       commands that are run, and what they print (`...` stands for left-out lines)
    ```csv file=a.csv       a file that the commands after it find
    ```yaml wrong           a document with mistakes in it
    ```yaml part            some lines of a document that stands elsewhere
    ```yaml base=version    a whole document that the examples of errors are applied to
    ```yaml apply=version   in errors.md: a change to that document, or a file, that gives the section's code
                            (`proved=yes`: the example is searched and its guarantees are proved)
    ```text says            in errors.md: what the program says of the example before it
    ```sh run               a call of a running service, and `shows` after it: see docs_served
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
ERRORS = ROOT / "docs" / "errors.md"
FORMAT = ROOT / "docs" / "framework-format.md"
PAGES = (README, *sorted((ROOT / "docs").glob("*.md")))

_HEADING = re.compile(r"#{1,6} +(.+)")
_FENCE = re.compile(r"(`{3,})(.*)")


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block: where it stands, under which heading, what its fence says, and its lines."""

    page: Path
    line: int
    heading: str
    kind: str
    marks: dict[str, str]
    text: str

    @property
    def place(self) -> str:
        """The block's place, for a message."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def page_blocks(page: Path) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    heading, start, fence, words = "", 0, "", ""
    lines: list[str] = []
    for number, line in enumerate(page.read_text("utf-8").splitlines(), start=1):
        if fence:
            if line.strip() != fence:
                lines.append(line)
                continue
            kind, *marks = words.split() or [""]
            pairs = dict(mark.partition("=")[::2] for mark in marks)
            yield Block(page, start, heading, kind, pairs, "\n".join(lines) + "\n")
            fence = ""
        elif opened := _FENCE.fullmatch(line):
            fence, words = opened.groups()
            start, lines = number, []
        elif titled := _HEADING.fullmatch(line):
            heading = titled[1].strip()
    assert not fence, f"{page.name}: the block from line {start} on is not closed"


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    kept, fence = [], ""
    for line in page.read_text("utf-8").splitlines():
        if fence:
            fence = "" if line.strip() == fence else fence
        elif opened := _FENCE.fullmatch(line):
            fence = opened[1]
        else:
            kept.append(line)
    return "\n".join(kept)


def headings(page: Path) -> list[str]:
    """The headings of a page, outside its blocks."""
    return [found[1].strip() for line in prose(page).splitlines() if (found := _HEADING.fullmatch(line))]
