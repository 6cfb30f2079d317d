"""What the program says of an example of an error.

The examples change one thing in the small framework of `docs/framework-format.md`: a mapping is merged
into the document key by key, a list takes the place of the one that stood there.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from engine.forecast import read_pipeline
from engine.mapping import Export, convert
from engine.returns import read_events, read_returns
from rules.library import Library, check_library, load_library
from rules.mappings import load_mapping
from rules.problems import Findings, Problem, ReturnsError
from rules.text import parse
from tests.docs.docs_blocks import FORMAT, Block, page_blocks

TODAY = datetime.date(2022, 9, 1)
HOMES = {
    "organisation": "organisation.yaml",
    "version": "small/first.yaml",
    "region": "small/regions/north.yaml",
    "scenarios": "small/scenarios/first.yaml",
    "mapping": "small/mappings/tool.yaml",
    "view": "small/views/vacancies.yaml",
}
"""Where each base document of the small framework lies."""
NEEDED = {
    "organisation": ("organisation", "version"),
    "version": ("organisation", "version"),
    "region": ("organisation", "version", "region"),
    "scenarios": ("organisation", "version", "scenarios"),
    "mapping": ("organisation", "version", "mapping"),
    "view": ("organisation", "version", "view"),
}
"""The documents that a change to one of them is judged with: those that it builds on."""


@cache
def bases() -> dict[str, str]:
    """The documents of the small framework, by what they are."""
    return {block.marks["base"]: block.text for block in page_blocks(FORMAT) if "base" in block.marks}


def merged(base: str, change: str) -> str:
    """The text of a document with a change applied to it."""
    whole, part = yaml.compose(base, yaml.SafeLoader), yaml.compose(change, yaml.SafeLoader)
    assert whole is not None
    assert part is not None
    return yaml.serialize(_merge(whole, part))


def _merge(base: yaml.Node, change: yaml.Node) -> yaml.Node:
    if not (isinstance(base, yaml.MappingNode) and isinstance(change, yaml.MappingNode)):
        return change
    changes = {key.value: (key, value) for key, value in change.value}
    kept = [
        (key, _merge(value, changes.pop(key.value)[1]) if key.value in changes else value)
        for key, value in base.value
    ]
    return yaml.MappingNode(base.tag, [*kept, *changes.values()])


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder to lay the small framework out in."""

    folder: Path

    def problems(self, block: Block) -> tuple[Problem, ...]:
        """Every problem that the program finds in an example."""
        what = block.marks["apply"]
        kind = what.removeprefix("second-")
        if kind in HOMES:
            home = HOMES[kind] if kind == what else HOMES[kind].replace(".yaml", "-2.yaml")
            changed = {home: merged(bases()[kind], block.text)}
            return self.library(changed, upon=NEEDED[kind], prove="proved" in block.marks)
        if what == "unread":
            return self.library({block.marks["name"]: block.text}, upon=NEEDED["version"])
        others: dict[str, Callable[[Block], tuple[Problem, ...]]] = {
            "text": _text,
            "returns": self.returns,
            "events": self.events,
            "export": self.export,
            "pipeline": self.pipeline,
        }
        return others[what](block)

    def library(
        self, files: dict[str, str], upon: Iterable[str] = tuple(HOMES), *, prove: bool = False
    ) -> tuple[Problem, ...]:
        """The problems of some documents of the small framework with further files laid over them."""
        for kind in upon:
            self.write(HOMES[kind], bases()[kind])
        for home, text in files.items():
            self.write(home, text)
        return check_library(self.folder, prove=prove)

    def write(self, home: str, text: str) -> None:
        """Put one file into the folder."""
        path = self.folder / home
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")

    def small(self) -> Library:
        """The small framework, unchanged."""
        assert not self.library({})
        return load_library(self.folder)

    def returns(self, block: Block) -> tuple[Problem, ...]:
        """The problems of a file of returns."""
        library = self.small()
        name = f"returns.{block.kind}"
        try:
            read_returns(
                _bytes(block),
                name,
                vocabulary=library.framework().vocabulary,
                organisation=library.organisation,
                today=TODAY,
            )
        except ReturnsError as error:
            return error.problems
        return ()

    def pipeline(self, block: Block) -> tuple[Problem, ...]:
        """The problems of a pipeline."""
        library = self.small()
        vocabulary, organisation = library.framework().vocabulary, library.organisation
        name = f"pipeline.{block.marks.get('ending', block.kind)}"
        try:
            read_pipeline(_bytes(block), name, vocabulary=vocabulary, organisation=organisation)
        except ReturnsError as error:
            return error.problems
        return ()

    def export(self, block: Block) -> tuple[Problem, ...]:
        """The problems of an export, read by the small framework's mapping."""
        library = self.small()
        framework, organisation = library.framework(), library.organisation
        mapping = load_mapping("tool", self.folder, framework, organisation)
        try:
            convert(
                [Export(_bytes(block), "export.csv", mapping)],
                vocabulary=framework.vocabulary,
                organisation=organisation,
                today=TODAY,
            )
        except ReturnsError as error:
            return error.problems
        return ()

    def events(self, block: Block) -> tuple[Problem, ...]:
        """The problems of a file of events."""
        library = self.small()
        versions = [policy.version for policy in library.framework().policies]
        try:
            read_events(_bytes(block), "events.yaml", organisation=library.organisation, versions=versions)
        except ReturnsError as error:
            return error.problems
        return ()


def _text(block: Block) -> tuple[Problem, ...]:
    findings = Findings()
    parse(_bytes(block), "a.yaml", findings)
    return tuple(findings.problems)


def _bytes(block: Block) -> bytes:
    return block.text.encode(block.marks.get("saved", "utf-8"))


def said(problem: Problem) -> str:
    """What the program says of a problem, without its place."""
    return f"{problem.code} {problem.message} {problem.hint}".strip()
