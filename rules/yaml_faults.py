"""What is wrong with a text that is no YAML, in plain words: PyYAML's own speak of scanners and scalars."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

_KEY_BEFORE = re.compile(r":\s")
_BRACKETS = ("while parsing a flow mapping", "while parsing a flow sequence")
_QUOTED = "while scanning a quoted scalar"
_NOT_LINED_UP = (
    "This line does not line up with those above it.",
    "Entries that belong together begin in the same column. Indent with spaces.",
)


def plain_fault(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[str, str]:
    """A message and a hint. `lines` are those of the text, as the marks of the error count them."""
    problem, context = error.problem or "", error.context or ""
    mark, began = error.problem_mark, error.context_mark
    row, column = (mark.line, mark.column) if mark is not None else (0, 0)
    line = lines[row] if row < len(lines) else ""
    opened = f"in line {began.line + 1}" if began is not None else "above"
    if "tab character" in problem or (
        "cannot start any token" in problem and line[column : column + 1] == "\t"
    ):
        return "A tab stands where a line is indented.", "Indent with spaces."
    if "cannot start any token" in problem:
        return (
            f"A plain text cannot begin with {line[column : column + 1]}.",
            "Put the text in quotation marks.",
        )
    if context == _QUOTED and problem.startswith("found unexpected"):
        return f"The quotation mark {opened} is not closed.", "Close it where its text ends."
    if problem.startswith("mapping values are not allowed"):
        if _KEY_BEFORE.search(line[:column]):
            return "A plain text holds a colon with a space after it.", "Put the text in quotation marks."
        return (
            "This line does not follow from the one above it.",
            "Check how far it is indented, and that the line above is written as key: value.",
        )
    if context in _BRACKETS and problem.startswith("did not find expected ','"):
        return f"The bracket {opened} is not closed, or a comma is missing.", "Close it, or add the comma."
    if problem in ("did not find expected key", "did not find expected '-' indicator"):
        if not line[:column].strip():
            return _NOT_LINED_UP
        return (
            "Something stands after a quotation mark or a bracket that is closed already.",
            "Put the whole text in quotation marks of the other kind, or take away what stands after it.",
        )
    if problem == "could not find expected ':'":
        return (
            f"The key {opened} has no colon after it.",
            "Write it as key: value, with a space after the colon.",
        )
    if problem.startswith("block sequence entries are not allowed"):
        return (
            "A list begins in the middle of a line.",
            "Begin each entry, with its hyphen, on a line of its own.",
        )
    said = " ".join(part for part in (context, problem) if part)
    return f"This is not valid YAML: {said}.", "Check indentation, colons and quotation marks."
