"""Whatever is read: a document, or problems with codes and places, and nothing else, comes of it."""

from __future__ import annotations

import functools
import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from rules.check.organisation import check_organisation
from rules.check.scenarios import check_scenarios
from rules.check.settings import check_settings, read_settings
from rules.check.version import check_version
from rules.library import Library, load_library
from rules.problems import Findings, ordered
from rules.text import parse
from tests.support import FRAMEWORKS, PLAN

EACH = settings(max_examples=max(300, settings().max_examples), deadline=None)


@functools.cache
def shipped() -> Library:
    """The shipped policy."""
    return load_library(FRAMEWORKS)


KINDS = ("version", "organisation", "regions", "scenarios")


def check_as(kind: str, data: bytes | str) -> None:
    """Read the text as a kind of document."""
    library = shipped()
    framework = library.framework("sentence-management")
    policies = list(framework.policies)
    findings = Findings()
    source = parse(data, "f.yaml", findings)
    found: object = None
    if source is not None and kind == "version":
        found = check_version(source, findings)
    elif source is not None and kind == "organisation":
        found = check_organisation(source, findings)
    elif source is not None and kind == "regions":
        found = entries = read_settings(source, findings)
        if entries is not None:
            check_settings(entries, source, policies, library.organisation, findings)
    elif source is not None:
        found = check_scenarios(source, framework.id, policies, library.organisation, findings)
    assert found is not None or findings.problems
    lines = len(re.findall(r"\r\n?|\n", data if isinstance(data, str) else data.decode("latin-1")))
    for problem in ordered(findings.problems):
        assert re.fullmatch("PF[124][0-9]{2}", problem.code), problem
        assert problem.message, problem
        assert problem.hint, problem
        assert 1 <= problem.place.line <= lines + 1, problem
        assert problem.place.column >= 1, problem
        assert str(problem), problem


def check_as_anything(data: bytes | str) -> None:
    """Read the text as each kind of document."""
    for kind in KINDS:
        check_as(kind, data)


@EACH
@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check_as_anything(data)


YAMLISH = st.text(st.sampled_from("ab1.-: \n\t[]{},'\"|>&*!#?%@`~<\r\x85\u2028\ufeffé\0\\"), max_size=200)


@EACH
@given(st.one_of(st.text(max_size=200), YAMLISH))
def test_any_text(data: str) -> None:
    check_as_anything(data)


SNIPPETS = [
    "[",
    "]",
    "{",
    "}",
    ": ",
    "- ",
    "\n",
    "\n  ",
    "&a ",
    "*a",
    "!!int ",
    "<<: ",
    "''",
    '"',
    "#",
    "~",
    "null",
]
SNIPPETS += [
    "true",
    "-1",
    "1e9",
    "9" * 20,
    "2022-02-30",
    "0 days",
    "[key]",
    "all",
    "any: []",
    "for: 1 day",
    "\0",
]
SNIPPETS += [
    "\ufeff",
    "\u2028",
    "é",
    "? ",
    "| ",
    "> ",
    "from_: x",
    "{}",
    "[]",
    "count: {}",
    "none: [{}]",
    "x[y]",
]
Edit = tuple[str, float, float, str]
EDITS: st.SearchStrategy[list[Edit]] = st.lists(
    st.tuples(
        st.sampled_from(["insert", "cut", "repeat", "swap line", "drop line", "indent"]),
        st.floats(0, 1),
        st.floats(0, 0.02),
        st.sampled_from(SNIPPETS),
    ),
    min_size=1,
    max_size=4,
)


def edited(text: str, edit: Edit) -> str:
    """The text with one accident."""
    kind, where, length, snippet = edit
    start = int(where * len(text))
    end = start + int(length * len(text)) + 1
    lines = text.split("\n")
    line = min(int(where * len(lines)), len(lines) - 1)
    if kind == "insert":
        return text[:start] + snippet + text[start:]
    if kind == "cut":
        return text[:start] + text[end:]
    if kind == "repeat":
        return text[:end] + text[start:]
    if kind == "drop line":
        return "\n".join(lines[:line] + lines[line + 1 :])
    if kind == "swap line":
        return "\n".join([*lines[:line], lines[line - 1], *lines[line + 1 :]])
    return "\n".join([*lines[:line], "  " + lines[line], *lines[line + 1 :]])


SHIPPED = sorted(FRAMEWORKS.rglob("*.yaml"))


@EACH
@given(st.sampled_from(SHIPPED), EDITS)
def test_shipped_documents_with_accidents(path: Path, edits: list[Edit]) -> None:
    kind = path.stem if path.stem in KINDS else path.parent.name
    text = path.read_text("utf-8")
    check_as(kind if kind in KINDS else "version", functools.reduce(edited, edits, text))


KEYS = st.sampled_from([*re.findall(r"\w+(?=:)", PLAN), "[key]", "from_", "", "<<"])
TREES: st.SearchStrategy[object] = st.recursive(
    st.sampled_from(["1", "x", "", "amber", "7 days", "2022-08-01", "true", "9" * 20, "points + 1"]),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=8,
)


def flow(tree: object) -> str:
    """A tree in flow style."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f'"{key}": {flow(value)}' for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return str(tree)


@EACH
@given(st.sampled_from(sorted(set(re.findall(r"[{\[][^{}\[\]\n]*[}\]]", PLAN)))), TREES)
def test_any_tree_in_place_of_a_part(part: str, tree: object) -> None:
    check_as("version", PLAN.replace(part, flow(tree)))
