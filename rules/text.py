"""YAML text to nodes that know their place.

A policy document is plain data, so only plain YAML is taken: no tags, anchors, aliases, merge keys or
duplicate keys. Scalars are kept as they were written; what a scalar means (text, number, day) is decided by
the model that reads it, so that `version: 1.10` stays "1.10" and an id may be `no`.

The nodes are composed here from PyYAML's event stream rather than by its composer, because the limits on
depth and size must hold *before* a tree is built: a hostile file must not exhaust the stack or the memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal, Protocol

import yaml
from yaml.reader import Reader

from rules.problems import Findings, Place
from rules.yaml_faults import plain_fault

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40
MAX_NODES = 80_000
MAX_KEY = 200
"""The longest key: it stands in the path of every problem below it."""
MAX_DIRECTIVES = 10

_DIRECTIVE = re.compile(r"^%", re.MULTILINE)
_BREAKS = re.compile(r"\r\n|\r|\n")
# YAML 1.2 breaks lines at these two only. PyYAML knows 1.1, which also breaks them at the three characters here:
# they are hidden from it, so that a text pasted from elsewhere is read as written and lines count as in an editor.
_HIDDEN = {"\x85": "\U000f0085", "\u2028": "\U000f2028", "\u2029": "\U000f2029"}
_HIDE = str.maketrans(_HIDDEN)
_SHOW = str.maketrans({hidden: shown for shown, hidden in _HIDDEN.items()})


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as written. `plain` is False where it was quoted or a block."""

    text: str
    plain: bool
    line: int = 1
    column: int = 1

    @property
    def empty(self) -> bool:
        """Nothing was written: `key:` with no value."""
        return self.plain and self.text == ""


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their nodes, in the order written; `keys` has the place of each key."""

    entries: dict[str, Node]
    keys: dict[str, Scalar]
    line: int = 1
    column: int = 1


Node = Scalar | Sequence | Mapping
Path_ = tuple[str | int, ...]


def lines_of(text: str) -> list[str]:
    """The lines of a text, as an editor counts them."""
    return _BREAKS.split(text)


def path_text(path: Path_) -> str:
    """A path of keys as text: `statuses[1].enter.any[0]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else (f".{part}" if text else part)
    return text


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed text: its file's name, its root node and the bytes' text."""

    file: str
    root: Node
    text: str = ""

    def node(self, path: Path_) -> Node | None:
        """The node at a path, or None where there is none."""
        node: Node | None = self.root
        for part in path:
            if isinstance(node, Mapping):
                node = node.entries.get(str(part))
            elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
                node = node.items[part]
            else:
                return None
        return node

    def place(self, path: Path_, *, key: bool = False) -> Place:
        """The place of the value at a path (of its key, with `key`), or of the nearest thing above it."""
        for length in range(len(path), -1, -1):
            node = self.node(path[:length])
            if node is None:
                continue
            if key and length == len(path) > 0:
                parent = self.node(path[:-1])
                if isinstance(parent, Mapping):
                    node = parent.keys[str(path[-1])]
            return Place(self.file, node.line, node.column, path_text(path))
        return Place(self.file, 1, 1, path_text(path))


def value_of(node: Node) -> Any:
    """The node as dicts and lists for a model to validate; scalars stay `Scalar`."""
    if isinstance(node, Mapping):
        return {key: value_of(child) for key, child in node.entries.items()}
    if isinstance(node, Sequence):
        return [value_of(child) for child in node.items]
    return node


class Openable(Protocol):
    """A document: a file, or a text that was taken from one."""

    def open(self, mode: Literal["rb"], /) -> BinaryIO:
        """The bytes."""


def read_source(path: Openable, name: str, findings: Findings) -> Source | None:
    """Read a file and parse it. Problems go to `findings`; None where the text is not usable.

    Raises OSError where the file cannot be opened.
    """
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    return parse(data, name, findings)


def parse(data: bytes | str, name: str, findings: Findings) -> Source | None:
    """Parse the bytes of one document. Problems go to `findings`; None where the text is not usable."""
    place = Place(name)
    raw = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    if len(raw) > MAX_BYTES:
        findings.add("PF102", "The file is larger than 1 MiB.", place, "Split it, or shorten its texts.")
        return None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = _place(name, error.object[: error.start].decode())
        findings.add("PF101", "The file is not UTF-8 text.", at, "Save it as UTF-8.")
        return None
    directives = [found.start() for found in _DIRECTIVE.finditer(text)]
    if len(directives) > MAX_DIRECTIVES:  # the parser compares each with all before it
        message = "A text has no more than a few lines that begin with %."
        findings.add("PF105", message, _place(name, text[: directives[0]]), "Remove them, or indent them.")
        return None
    with findings.reading():
        return _parsed(text, name, findings)
    return None


def _parsed(text: str, name: str, findings: Findings) -> Source | None:
    """What a text holds. Problems go to `findings`; None where the text is not usable."""
    place = Place(name)
    before = len(findings.problems)
    hidden = any(character in text for character in _HIDDEN)
    composer = _Composer(name, findings, hidden)
    try:
        root = composer.document(text.translate(_HIDE) if hidden else text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Place(name, mark.line + 1, mark.column + 1) if mark else place
        at = min(at, _place(name, text))  # the end of a text may be told as a line after the last
        findings.add("PF103", *_fault(error, text, at))
        return None
    except yaml.YAMLError as error:
        said = str(error).splitlines()[0]
        found = Reader.NON_PRINTABLE.search(text)
        at = _place(name, text[: found.start()]) if found else place
        findings.add("PF103", f"This is not valid YAML: {said}.", at, "Remove control characters.")
        return None
    except _Stop:
        return None
    if root is None or len(findings.problems) > before:
        if root is None and len(findings.problems) == before:
            findings.add("PF104", "The file holds no document.", place, "Write one, or remove the file.")
        return None
    return Source(name, root, text)


def _fault(error: yaml.MarkedYAMLError, text: str, at: Place) -> tuple[str, Place, str]:
    """What is wrong, where, and what to do about it."""
    message, hint = plain_fault(error, lines_of(text))
    return message, at, hint


def _place(name: str, before: str) -> Place:
    """The place after a text."""
    lines = lines_of(before)
    return Place(name, len(lines), len(lines[-1]) + 1)


def _start(event: Any) -> tuple[int, int]:
    """The line and column of an event, from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1


class _Stop(Exception):
    """The text breaks a limit; reading on would be unsafe."""


class _Composer:
    """Builds nodes from events without recursion."""

    def __init__(self, name: str, findings: Findings, hidden: bool = False) -> None:
        self.name = name
        self.findings = findings
        self.hidden = hidden
        self.stack: list[_Frame] = []

    def document(self, text: str) -> Node | None:
        """The one document of a text, or None. Raises YAMLError where the text is no YAML."""
        loader = yaml.CSafeLoader(text)
        try:
            return self._document(loader.get_event)
        finally:
            loader.dispose()

    def _document(self, next_event: Callable[[], Any]) -> Node | None:
        root: Node | None = None
        documents = 0
        count = 0
        stack = self.stack
        while (event := next_event()) is not None:
            kind = type(event)  # faster than isinstance, and the events have no subclasses
            if kind is yaml.ScalarEvent:
                node: Node = self._scalar(event)
            elif kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent:
                stack.append(self._opened(event, kind is yaml.MappingStartEvent, len(stack)))
                continue
            elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
                node = stack.pop().node()
            elif kind is yaml.AliasEvent:
                self._say("PF105", "Aliases are not taken.", event, "Write the value out.")
                node = Scalar("", True, *_start(event))
            else:
                documents += kind is yaml.DocumentStartEvent
                if documents > 1:
                    self._say("PF104", "A file holds one document.", event, "Remove the second `---`.")
                    raise _Stop
                continue
            count += 1
            if count > MAX_NODES:
                self._say("PF102", f"The file has more than {MAX_NODES:,} values.", event, "Split it.")
                raise _Stop
            if stack:
                stack[-1].take(node, self)
            else:
                root = node
        if isinstance(root, Scalar) and root.empty:
            return None
        return root

    def _scalar(self, event: Any) -> Scalar:
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        value = event.value.translate(_SHOW) if self.hidden else event.value
        mark = event.start_mark
        return Scalar(value, not event.style, mark.line + 1, mark.column + 1)

    def _opened(self, event: Any, is_mapping: bool, depth: int) -> _Frame:
        """A mapping or sequence that begins."""
        self._refuse_extras(event)
        if depth >= MAX_DEPTH:
            message = f"The text is nested more than {MAX_DEPTH} levels deep."
            self._say("PF107", message, event, "Flatten it.")
            raise _Stop
        return _Frame(is_mapping, event)

    def _refuse_extras(self, event: Any) -> None:
        if event.anchor is not None:
            self._say("PF105", "Anchors are not taken.", event, "Write the value out where it is used.")
        if event.tag is not None:
            self._say("PF105", f"Tags are not taken: {event.tag[:40]}.", event, "Remove the tag.")

    def _say(self, code: str, message: str, event: Any, hint: str) -> None:
        self.findings.add(code, message, self._place(_start(event)), hint)

    def _place(self, start: tuple[int, int], *further: str) -> Place:
        """A place in what is being composed, with the path of keys to it."""
        return Place(
            self.name, *start, path_text((*(part for frame in self.stack for part in frame.at), *further))
        )

    def bad_key(self, node: Node) -> None:
        """A key that is no text."""
        place = self._place((node.line, node.column))
        self.findings.add("PF109", "A key must be a short text on one line.", place, "Write a plain key.")

    def merge_key(self, key: Scalar) -> None:
        """A merge key, `<<`."""
        place = self._place((key.line, key.column), key.text)
        self.findings.add("PF105", "Merge keys are not taken.", place, "Write the values out.")

    def duplicate(self, key: Scalar, first: Scalar) -> None:
        """The same key twice in one mapping."""
        self.findings.add(
            "PF106",
            f"The key {key.text} stands twice.",
            self._place((key.line, key.column), key.text),
            "Remove one of the two.",
            [self._place((first.line, first.column), key.text)],
        )


class _Frame:
    """One open mapping or sequence."""

    def __init__(self, is_mapping: bool, event: Any) -> None:
        self.is_mapping = is_mapping
        self.line, self.column = _start(event)
        self.items: list[Node] = []
        self.entries: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        self.key: Node | None = None

    @property
    def at(self) -> Path_:
        """What leads from it to the node that is read next; nothing where that is a key."""
        if not self.is_mapping:
            return (len(self.items),)
        return (self.key.text[:MAX_KEY],) if isinstance(self.key, Scalar) else ()

    def take(self, node: Node, composer: _Composer) -> None:
        """Take the next node: an item, a key or the value of the key before."""
        if not self.is_mapping:
            self.items.append(node)
            return
        if self.key is None:
            self.key = node
            return
        key, self.key = self.key, None
        if not isinstance(key, Scalar) or "\n" in key.text or key.empty or len(key.text) > MAX_KEY:
            composer.bad_key(key)
        elif key.plain and key.text == "<<":
            composer.merge_key(key)
        elif key.text in self.entries:
            composer.duplicate(key, self.keys[key.text])
        else:
            self.entries[key.text] = node
            self.keys[key.text] = key

    def node(self) -> Node:
        """The finished node."""
        if self.is_mapping:
            return Mapping(self.entries, self.keys, self.line, self.column)
        return Sequence(tuple(self.items), self.line, self.column)
