"""Documents changed at random in one place, as a slip of the hand or a bold reading of the format would."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator

from rules.problems import Findings
from rules.text import Mapping, Node, Path_, Scalar, Sequence, parse

# Of these an editor sees the same kind of value as the loader does.
CLEAR = (
    *(
        "x",
        "no",
        "all",
        "amber",
        "low",
        "staffing",
        "high",
        "a.b",
        "a-b",
        "1_000",
        "x" * 81,
        "true",
        "1",
        "-1",
    ),
    *("2022-13-03", "2022-8-3", "14 days", "0 days", "2weeks", "1.5 weeks", "PF508", "unknown", "published"),
)
# Of these it may see something else: nothing, or another way to write the same number.
ODD = (
    *(
        "",
        "null",
        "~",
        "True",
        "on",
        "0",
        "1.0",
        "1.5",
        "007",
        "1e3",
        "1e-5",
        "0x10",
        ".5",
        "+1",
        "-0",
        "12.30",
    ),
    *(".inf", "9999999999999999", "999999999999999", "2022-08-03", "2022-02-30", "2 weeks"),
)
QUOTED = ("", " ", "1", "90", "x", " x", "x y", "true", "null", "14 days", "2022-08-03", "a/b", "in_post[PO]")
LINES = ("low\n", "\namber", "a b\n")
_SAFE = re.compile(r"[A-Za-z0-9_.+~-][A-Za-z0-9_.+ -]*(?<! )|")
_KEYS = ("extra", "for", "note", "any", "staffing", "only", "from", "in_post[all]", "a b", "min")


def _plain(*texts: str) -> tuple[Node, ...]:
    return tuple(Scalar(text, True) for text in texts)


CLEAR_VALUES: tuple[Node, ...] = (
    *_plain(*CLEAR),
    *(Scalar(text, False) for text in QUOTED),
    Sequence(()),
    Sequence(_plain("x")),
    Sequence((Sequence(()),)),
    Mapping({}, {}),
    Mapping({"x": Scalar("1", True)}, {}),
    Mapping({"below": Scalar("1", True)}, {}),
    Mapping({"staffing": Mapping({"below": Scalar("low", True)}, {})}, {}),
)
ALL_VALUES: tuple[Node, ...] = (
    *CLEAR_VALUES,
    *_plain(*ODD),
    *(Scalar(text, False) for text in LINES),
    Sequence(_plain("")),
)


def tree(text: str) -> Node:
    """The nodes of a document."""
    findings = Findings()
    source = parse(text, "base", findings)
    assert source is not None, findings.problems
    return source.root


def written(node: Node) -> str:
    """Nodes as YAML in flow style; a plain scalar stays plain where it safely can."""
    if isinstance(node, Mapping):
        return (
            "{"
            + ", ".join(f"{json.dumps(key)}: {written(value)}" for key, value in node.entries.items())
            + "}"
        )
    if isinstance(node, Sequence):
        return "[" + ", ".join(written(item) or '""' for item in node.items) + "]"
    if node.plain and _SAFE.fullmatch(node.text):
        return node.text
    return json.dumps(node.text)


def changed(node: Node, dice: random.Random, values: tuple[Node, ...]) -> Node:
    """The document with one change somewhere; new values are among those given."""
    return _at(node, dice.choice(list(_spots(node, ()))), dice, dice.choice(values))


def _spots(node: Node, path: Path_) -> Iterator[Path_]:
    yield path
    for key, child in _children(node):
        yield from _spots(child, (*path, key))


def _children(node: Node) -> list[tuple[str | int, Node]]:
    if isinstance(node, Mapping):
        return list(node.entries.items())
    return list(enumerate(node.items)) if isinstance(node, Sequence) else []


def _at(node: Node, path: Path_, dice: random.Random, value: Node) -> Node:
    if not path:
        return _change(node, dice, value)
    children = [
        (key, _at(child, path[1:], dice, value) if key == path[0] else child)
        for key, child in _children(node)
    ]
    if isinstance(node, Mapping):
        return Mapping({str(key): child for key, child in children}, {})
    return Sequence(tuple(child for _, child in children))


def _change(node: Node, dice: random.Random, value: Node) -> Node:
    """Another value; or an entry away, renamed or more."""
    way = dice.randrange(4)
    if isinstance(node, Mapping) and node.entries and way:
        key = dice.choice(list(node.entries))
        if way == 1:
            return Mapping({name: child for name, child in node.entries.items() if name != key}, {})
        if way == 2:
            return Mapping(
                {f"{name}x" if name == key else name: one for name, one in node.entries.items()}, {}
            )
        return Mapping({**node.entries, dice.choice(_KEYS): value}, {})
    if isinstance(node, Sequence) and way:
        place = dice.randrange(len(node.items) + 1)
        more = () if way == 1 else (value,)
        return Sequence((*node.items[:place], *more, *node.items[place + (way == 1) :]))
    return value
