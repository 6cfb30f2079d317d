"""A new version: the text of the one in force with its comments, and a new name, title and day."""

from __future__ import annotations

import datetime
from typing import Any

from engine.scaffolds._text import render, yaml_text
from rules.policy import Policy
from rules.problems import Findings, UsageError
from rules.text import Mapping, Node, Sequence, lines_of, parse

_MODELINE = "# yaml-language-server:"
SCHEMA = f"{_MODELINE} $schema=../../schemas/framework.schema.json"
_LEFT_OUT = ("approved", "until")
_APPROVED = ("# Once it is approved, say by whom and when:", "# approved: {by: Who approved it")
_TEACH = {
    "version": ["The name of this version. No other version of the framework may have it."],
    "title": ["What pages and reports call it. Write your own."],
    "effective": ["The first day on which it is in force. The version before it ends on the day before."],
    "summary": ["What this version is for, in a paragraph."],
    "changes": ["What has changed, one line for each. This is what readers look at first."],
    "sources": ["Laws, policies and published texts. What follows names them by their ids."],
    "returns": ["How often figures are due, and after how long they are too old to decide on."],
    "first_return": [
        "at_once: the first figures set the status. after_duration: durations count from the start."
    ],
    "activation": [
        "automatic: the calculated status is the status. declared: it is advice, and a person declares."
    ],
    "declarations": ["Who may declare a status, in which direction, and for how long."],
    "steps": ["How many statuses a unit may move at one return."],
    "lists": ["Lists such as grades: each member with its title."],
    "inputs": ["The figures that a return may carry. Only what stands here is taken."],
    "measures": ["What is worked out from the figures. The rounded value is what conditions compare."],
    "trigger_points": [
        "The numbers that conditions name. A region may move those that have `regions`, within these bounds."
    ],
    "statuses": [
        "From least to most severe. `enter` begins a status and `exit` ends it; the first one has neither.",
        "`for` says how long a condition must have held.",
    ],
    "parts": ["Headings to group activities by."],
    "cohorts": ["Classes of cases that a reduction may spare."],
    "activities": ["Each piece of work is either mandatory, or has reductions from a status on. Never both."],
    "guarantees": [
        "What must hold for all figures. `prioritise check` proves each, or shows a case against it."
    ],
}
_INTRODUCTION = [
    "A draft: a copy of {source}, with a new name and day. `#` begins a comment, which only people read.",
    "1. Change what this version changes, and say so under `changes`.",
    "2. `prioritise check` says whether it can be used, and `prioritise test` runs its scenarios.",
    "3. Once it has been in force leave it as it is, and write a new version for the next change.",
]


def version_scaffold(policy: Policy, name: str, effective: datetime.date) -> str:
    """The text of a new version that copies one, with all its comments.

    It has its own name, title and day, no approval, and one line of `changes` to fill in. Raises UsageError
    where the text is not written with a key to a line.
    """
    old = policy.version
    title = f"Draft {name}, a copy of {old.version}"
    change = f"Nothing yet. This is a copy of {old.version}. Say here what you change."
    written = {
        "version": [f"version: {yaml_text(name)}"],
        "title": [f"title: {yaml_text(title)}"],
        "effective": [f"effective: {effective}"],
        "changes": ["changes:", f"  - {yaml_text(change)}"],
    }
    lines = _edited(policy, written, effective)
    text = "\n".join(lines) + "\n"
    wanted = {key: value for key, value in _values(policy.text, policy.file).items() if key not in _LEFT_OUT}
    wanted |= {"version": name, "title": title, "effective": effective.isoformat(), "changes": [change]}
    if _values(text, policy.file) != wanted:
        raise UsageError(f"{policy.file} is not written with each key on its own line. Copy it by hand.")
    return text


def _values(text: str, file: str) -> dict[str, Any]:
    """What a document says, without where it says it."""
    source = parse(text, file, Findings())
    values = None if source is None else _plain(source.root)
    return values if isinstance(values, dict) else {}


def _plain(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {key: _plain(child) for key, child in node.entries.items()}
    return [_plain(child) for child in node.items] if isinstance(node, Sequence) else node.text


def _edited(policy: Policy, written: dict[str, list[str]], effective: datetime.date) -> list[str]:
    """The lines of the new version, key by key: what stands above a key goes with it."""
    blocks = _blocks(policy)
    if "changes" not in blocks:
        at = list(blocks).index("effective") + 1
        blocks = dict([*list(blocks.items())[:at], ("changes", ([], [])), *list(blocks.items())[at:]])
    first = next(iter(blocks))
    above = blocks[first][0]
    modeline = next((line for line in above if line.startswith(_MODELINE)), SCHEMA)
    introduction = [f"# {line}".format(source=policy.version.version) for line in _INTRODUCTION]
    kept = [line for line in above if not line.startswith(_MODELINE) and not _introduces(line)]
    found = [modeline, *introduction, *kept]
    for key, (lead, body) in blocks.items():
        if key in _LEFT_OUT:
            continue
        lead = [line for line in lead if not line.startswith(_APPROVED)]
        taught = [f"# {line}" for line in _TEACH.get(key, ())]
        if key != first:
            blank = next((index for index, line in enumerate(lead) if line.strip()), len(lead))
            found += lead[:blank]
            found += [line for line in taught if line not in lead] + lead[blank:]
        found += written.get(key, body)
        if key == "effective":
            found += _approval(effective)
    return found


def _blocks(policy: Policy) -> dict[str, tuple[list[str], list[str]]]:
    """For each key of the document the blank lines and comments above it, and its own lines."""
    source = parse(policy.text, policy.file, Findings())
    root = source.root if source is not None else None
    assert isinstance(root, Mapping), "a version that was read is a mapping"
    lines = lines_of(policy.text.rstrip())
    starts = [place.line - 1 for place in root.keys.values()]
    leads = [0, *(_lead(lines, start) for start in starts[1:]), len(lines)]
    return {
        key: (lines[lead:start], lines[start:end])
        for key, start, lead, end in zip(root.keys, starts, leads, leads[1:], strict=False)
    }


def _lead(lines: list[str], start: int) -> int:
    """The line at which the comments and blank lines above a key begin."""
    while start and (not lines[start - 1].strip() or lines[start - 1].startswith("#")):
        start -= 1
    return start


def _introduces(line: str) -> bool:
    """Whether a line is of the introduction that a scaffold before this one had."""
    opening = f"# {_INTRODUCTION[0]}".partition("{source}")[0]
    return line.startswith(opening) or line in [f"# {one}" for one in _INTRODUCTION[1:]]


def _approval(day: datetime.date) -> list[str]:
    """How an approval is written, as a comment: a draft has none."""
    return [_APPROVED[0], f"{_APPROVED[1]}, on: {day}}}"]


def blank_version(framework: str, name: str, effective: datetime.date) -> str:
    """A small version that is complete and shows each part of the format."""
    return render("version.yaml.j2", framework=framework, version=name, effective=effective)


def register_scaffold() -> str:
    """A small register of units that shows each part of the format."""
    return render("organisation.yaml.j2")
