"""Examples of a page that call a running service: they are run in order, and print what is shown.

    ```sh run               commands for the shell, with the real curl
    ```python run           a program
    ```json shows           what the block before it prints: JSON, indented by two
    ```http shows           the same with the head of the answer
    ```text shows           the same as it comes

A line of `...` stands for any lines. What differs from run to run is bound: a moment, or a word that ends in `…`,
stands for one value, which must be the same wherever the page shows it, and another one must be another. Later blocks
are run with the bound values in their places. Moments must follow each other as they do in the page.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.docs.docs_blocks import Block, page_blocks

ADDRESS = "127.0.0.1:8000"
"""Where the service listens in the pages."""
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
_CUT = r"(?:sha256:)?[\w-]+…"
_BOUND = re.compile(f"{_MOMENT}|{_CUT}")
_WORD = r"[\w-]+"


@dataclass(slots=True)
class Told:
    """What has become of the examples so far: the values that stand for what the page shows."""

    values: dict[str, str] = field(default_factory=dict)

    def filled(self, text: str) -> str:
        """A block with the values of this run."""
        return _BOUND.sub(lambda found: self.values.get(found[0], found[0]), text)

    def fits(self, shown: list[str], lines: list[str]) -> bool:
        """Whether lines are as shown; if so, what they bind is kept."""
        found = _fitting(shown, lines, self.values)
        if found is None or not _in_order(found):
            return False
        self.values = dict(found)
        return True


def _fitting(shown: list[str], lines: list[str], values: Mapping[str, str]) -> Mapping[str, str] | None:
    if not shown:
        return None if lines else values
    if shown[0] == "...":
        for start in range(len(lines) + 1):
            found = _fitting(shown[1:], lines[start:], values)
            if found is not None:
                return found
        return None
    bound = _line(shown[0], lines[0], values) if lines else None
    return None if bound is None else _fitting(shown[1:], lines[1:], bound)


def _line(shown: str, line: str, values: Mapping[str, str]) -> Mapping[str, str] | None:
    """The values with those that a line binds; None where it is another line."""
    words = _BOUND.findall(shown)
    pattern = "".join(
        re.escape(part) + (f"({_shape(word)})" if word else "")
        for part, word in zip(_BOUND.split(shown), [*words, ""], strict=True)
    )
    found = re.fullmatch(pattern, line)
    if found is None:
        return None
    bound = dict(values)
    for word, value in zip(words, found.groups(), strict=True):
        if bound.setdefault(word, value) != value:
            return None
    return bound if len(set(bound.values())) == len(bound) else None


def _shape(word: str) -> str:
    if not word.endswith("…"):
        return _MOMENT
    return "sha256:[0-9a-f]{64}" if word.startswith("sha256:") else _WORD


def _in_order(values: Mapping[str, str]) -> bool:
    moments = sorted(word for word in values if re.fullmatch(_MOMENT, word))
    return [values[word] for word in moments] == sorted(values[word] for word in moments)


def examples(page: Path) -> Iterator[tuple[Block, Block | None]]:
    """The blocks that are run, each with what it prints, if that is shown."""
    blocks = list(page_blocks(page))
    for index, block in enumerate(blocks):
        if "run" in block.marks:
            after = blocks[index + 1] if index + 1 < len(blocks) else None
            yield block, after if after is not None and "shows" in after.marks else None


def run_served(page: Path, folder: Path, address: str) -> None:
    """Run the examples of a page against a service, with the files that the page shows."""
    if shutil.which("curl") is None:
        message = "curl is not installed"
        if os.environ.get("CI"):
            pytest.fail(f"{message}, and in CI nothing is left out")
        pytest.skip(message)
    for block in page_blocks(page):
        if "file" in block.marks:
            (folder / block.marks["file"]).write_text(block.text.replace(ADDRESS, address), "utf-8")
    told = Told()
    for block, shown in examples(page):
        text = told.filled(block.text).replace(ADDRESS, address)
        output = _run(block, text, folder)
        if shown is not None:
            lines = _lines(output, shown.kind, address)
            expected = shown.text.splitlines()
            assert told.fits(expected, lines), f"{shown.place}: {text}\n" + "\n".join(lines)


def _run(block: Block, text: str, folder: Path) -> str:
    command = {"sh": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}[block.kind]
    plain = {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", "CURL_HOME": str(folder), "PYTHONUTF8": "1"}
    done = subprocess.run(
        [*command, text],
        cwd=folder,
        env={**os.environ, **plain, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{block.place}: {text}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _lines(output: str, kind: str, address: str) -> list[str]:
    """What was printed, in the form in which the page shows it."""
    head, body = "", output.replace(address, ADDRESS)
    if kind == "http":
        head, _, body = body.replace("\r\n", "\n").partition("\n\n")
        head += "\n\n" if body.strip() else ""
    if kind in ("http", "json") and body.strip():
        body = json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    return [line.rstrip() for line in (head + body).splitlines()]
