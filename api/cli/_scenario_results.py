"""How the results of scenarios are printed: by file, with what differs and why, then what is not covered."""

from __future__ import annotations

import itertools
import textwrap
from typing import TYPE_CHECKING, Any

from api.cli._terminal import console
from engine.scenarios import Coverage, Difference, Result
from reports import explain, why_not
from rules.library import Library
from rules.policy import Policy

if TYPE_CHECKING:
    from rich.console import Console

Told = dict[str, Any]
_MARKS = {"passed": ("passed", "green"), "failed": ("FAILED", "bold red"), "todo": ("to do ", "yellow")}
_INDENT = 10
"""Where the text of a result begins: after its mark."""
_TITLE = "Shown by scenarios: conditions (true, false), statuses and reductions"


def print_results(results: list[Result], loaded: Library, full: bool) -> None:
    """The results, grouped by file; a failed one with everything that differs, and why."""
    out = console()
    for file, group in itertools.groupby(results, lambda one: one.place.file):
        _line(out, file, text_style="bold")
        for one in group:
            _print(out, one, loaded, full)
        print()


def _print(out: Console, result: Result, loaded: Library, full: bool) -> None:
    mark, style = _MARKS[result.outcome]
    if result.outcome != "failed":
        note = result.reason or ", ".join(result.errors)
        _line(out, result.name + (f" ({note})" if note else ""), f"  {mark}  ", style)
        return
    _line(out, result.name, f"  {mark}  ", style)
    margin = " " * _INDENT
    _line(out, f"{result.place.file}:{result.place.line}", margin)
    told = [result.unlike(decision) for decision in result.decisions]
    for one in result.differences:
        if not any(one in group for group in told):
            _print_difference(out, one, margin)
    for problem in result.problems:
        _line(out, str(problem), margin)
    for decision, differences in zip(result.decisions, told, strict=True):
        _line(out, f"On {decision['as_of']}:", margin)
        for one in differences:
            _print_difference(out, one, margin + "  ")
        if full:
            print(textwrap.indent(_page(decision, loaded), f"{margin}| "))
            continue
        _line(out, "Why:", margin + "  ")
        for line in why(result, decision, loaded, out.width - _INDENT - 4):
            print(f"{margin}    {line}")


def _print_difference(out: Console, one: Difference, margin: str) -> None:
    day = f" on {one.as_of}" if one.as_of and one.field == "decision" else ""
    for line in _difference(f"{one.field}{day}: ", one.expected, one.found):
        _line(out, line, margin, text_style="red")


def _difference(field: str, expected: str, found: str) -> list[str]:
    """What was expected and what was found; of two lists only what is missing and what is too much."""
    wanted, got = ([one for one in text.split(", ") if one] for text in (expected, found))
    if max(len(wanted), len(got)) < 3 or not set(wanted) & set(got):
        return [f"{field}expected {expected or 'nothing'}, found {found or 'nothing'}"]
    lines = []
    for text, more in (
        ("expected and not found", [one for one in wanted if one not in got]),
        ("found and not expected", [one for one in got if one not in wanted]),
    ):
        if more:
            lines.append(f"{field}{text}: {', '.join(more)}")
    return lines


def why(result: Result, decision: Told, loaded: Library, width: int) -> list[str]:
    """The part of a decision's explanation that answers why it is not as expected."""
    expected = [(one.field, one.expected) for one in result.unlike(decision)]
    version = _policy(decision, loaded).version
    return why_not(decision, version, loaded.organisation, expected, width=width)


def _page(decision: Told, loaded: Library) -> str:
    """The whole explanation of a decision."""
    return explain(decision, _policy(decision, loaded).version, loaded.organisation, form="text")


def _policy(decision: Told, loaded: Library) -> Policy:
    named = decision["framework"]
    policies = loaded.frameworks[named["id"]].policies
    return next(policy for policy in policies if policy.version.version == named["version"])


def _line(out: Console, text: str, mark: str = "", mark_style: str = "", *, text_style: str = "") -> None:
    """A line with its mark; what does not fit goes on under the text."""
    from rich.text import Text

    width = max(20, out.width - len(mark))
    wrapped = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]
    for number, part in enumerate(wrapped):
        shown = Text(mark if number == 0 else " " * len(mark), mark_style)
        out.print(shown.append(part, text_style), soft_wrap=True, highlight=False)


def print_coverage(coverage: Coverage) -> None:
    """How much of each version is covered, and what is not, each with its place."""
    from rich.table import Table

    versions = coverage.versions()
    if not versions:
        return
    out = console()
    several = len({one.version.partition("@")[0] for one in versions}) > 1
    _line(out, _TITLE, text_style="bold")
    table = Table(show_edge=False, pad_edge=False)
    table.add_column("Version", overflow="fold")
    for heading in ("True", "False", "Entered", "Permitted", "Refused", "Covered"):
        table.add_column(heading, justify="right", no_wrap=True)
    for one in versions:
        pairs = (
            (one.true, one.conditions),
            (one.false, one.conditions),
            (one.entered, one.statuses),
            (one.permitted, one.reductions),
            (one.refused, one.reductions),
        )
        cells = [f"{number}/{of}" for number, of in pairs]
        table.add_row(one.version if several else one.version.partition("@")[2], *cells, f"{one.percent}%")
    out.print(table)
    print()
    for version, group in itertools.groupby(coverage.uncovered(), lambda one: one.version):
        found = sorted(group, key=lambda one: one.place.line)
        name = version if several else version.partition("@")[2]
        _line(out, f"Never shown by a scenario of {name} ({len(found)}):", text_style="bold")
        for missing in found:
            _line(out, f"{missing.place.file}:{missing.place.line}", "  ")
            _line(out, str(missing), "    ")
        print()
