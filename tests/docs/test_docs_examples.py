"""The examples in the documentation are run, and print what is shown."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.cli._evaluate import print_table
from engine.deciding import Engine, decide_all
from engine.returns import read_events, write_returns
from engine.sample import sample_corrections, sample_events, sample_returns
from rules.library import check_library, load_library
from rules.problems import Findings
from rules.text import Mapping, Scalar, parse
from tests.docs.docs_blocks import PAGES, README, ROOT, Block, page_blocks
from tests.docs.docs_problems import HOMES, bases

CHECKOUT = ("rules", "engine", "reports", "api", "frameworks", "schemas", "docs/examples")


@dataclass(frozen=True, slots=True)
class Example:
    """A command of the documentation, what it is to print, and how it is to end."""

    place: str
    command: str
    expected: tuple[str, ...]
    exit: int


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a command."""

    output: str
    exit: int


def examples(block: Block) -> Iterator[Example]:
    """The commands of a console block; a line that ends in a backslash goes on."""
    lines = block.text.splitlines()
    starts = [index for index, line in enumerate(lines) if line.startswith("$ ")]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        command, after = lines[start][2:], start + 1
        while command.endswith("\\"):
            command, after = command[:-1] + lines[after].strip(), after + 1
        shown = tuple(line.rstrip() for line in lines[after:end])
        yield Example(
            f"{block.page.name}:{block.line + 1 + start}", command, shown, int(block.marks.get("exit", "0"))
        )


EXAMPLES = {
    page: [one for block in page_blocks(page) if block.kind == "console" for one in examples(block)]
    for page in PAGES
}
ALL = [(page, one) for page, found in EXAMPLES.items() for one in found]


def run_page(page: Path, folder: Path) -> dict[str, Found]:
    """Run the commands of a page in a copy of the checkout, in order, with the files that the page shows."""
    for room in CHECKOUT:
        if (ROOT / room).is_dir():
            shutil.copytree(ROOT / room, folder / room)
    if page == README:
        demo_output(folder / "demo-output")
    found: dict[str, Found] = {}
    plain = {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1", "TERM": "dumb"}
    settings = {**os.environ, **plain, "PYTHONPATH": str(folder)}
    for block in page_blocks(page):
        if "file" in block.marks:
            target = folder / block.marks["file"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, "utf-8")
        for one in examples(block) if block.kind == "console" else ():
            program, *words = shlex.split(one.command)
            assert program == "prioritise", f"{one.place}: only prioritise can be run"
            done = subprocess.run(
                [sys.executable, "-m", "api", *words],
                cwd=folder,
                env=settings,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                timeout=120,
                check=False,
            )
            found[one.place] = Found(done.stdout, done.returncode)
    return found


def demo_output(folder: Path) -> None:
    """The returns of the demo, of two units: the file as it is takes long to read."""
    library = load_library(ROOT / "frameworks")
    kept = [one for one in sample_returns(library.organisation) if one.pdu in ("york", "leeds")]
    folder.mkdir()
    (folder / "returns.csv").write_bytes(write_returns(kept, library.framework().vocabulary, "csv"))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[Path, Future[dict[str, Found]]]]:
    """The pages, run two at a time: each in a folder of its own."""
    with ThreadPoolExecutor(2) as pool:
        yield {
            page: pool.submit(run_page, page, tmp_path_factory.mktemp(page.stem))
            for page in PAGES
            if EXAMPLES[page]
        }


def fits(expected: tuple[str, ...], lines: list[str]) -> bool:
    """Whether lines are as shown, with any number of lines where `...` stands."""
    if not expected:
        return not lines
    if expected[0] == "...":
        return any(fits(expected[1:], lines[start:]) for start in range(len(lines) + 1))
    return bool(lines) and lines[0] == expected[0] and fits(expected[1:], lines[1:])


@pytest.mark.parametrize(("page", "one"), ALL, ids=[one.place for _, one in ALL])
def test_a_command_prints_what_is_shown(
    page: Path, one: Example, runs: dict[Path, Future[dict[str, Found]]]
) -> None:
    found = runs[page].result()[one.place]
    assert found.exit == one.exit, f"{one.place}: {one.command}\n{found.output}"
    lines = [line.rstrip() for line in found.output.splitlines()]
    assert fits(one.expected, lines), f"{one.place}: {one.command}\n{found.output}"


def test_the_table_of_the_demo(capsys: pytest.CaptureFixture[str]) -> None:
    """The demo decides every week of every unit, so here only the units that the README shows are decided."""
    shown = next(block.text.splitlines()[1:] for block in page_blocks(README) if "demo" in block.marks)
    names = [line.split("│")[0].strip() for line in shown if "│" in line]
    library = load_library(ROOT / "frameworks")
    organisation, framework = library.organisation, library.framework()
    ids = [pdu.id for pdu in organisation.pdus if pdu.name in names]
    corrected = [one.corrected for one in sample_corrections(organisation)]
    returns = [one for one in (*sample_returns(organisation), *corrected) if one.pdu in ids]
    with Engine(framework, organisation) as engine:
        decisions, _ = decide_all(engine, returns, sample_events(organisation))
    print_table(decisions, framework, organisation)
    found = [_cells(line) for line in capsys.readouterr().out.splitlines()]
    assert names == sorted(names)
    for line in shown[1:]:
        if line != "..." and not line.startswith("All figures"):
            assert _cells(line) in found, line


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.replace("┃", "│").split("│")]


def test_left_out_lines() -> None:
    assert fits(("a", "...", "c"), ["a", "b", "b", "c"])
    assert fits(("...",), [])
    assert not fits(("a", "...", "c"), ["a", "b"])
    assert not fits((), ["a"])


def whole_documents() -> list[tuple[str, str, str]]:
    """The YAML blocks that are whole documents: their place, what they are, their text."""
    found = []
    for page in PAGES:
        for block in page_blocks(page):
            if block.kind == "yaml" and not {"apply", "wrong", "part"} & set(block.marks):
                source = parse(block.text, block.place, Findings())
                entries = (
                    source.root.entries if source is not None and isinstance(source.root, Mapping) else {}
                )
                for key, kind in (
                    ("statuses", "version"),
                    ("settings", "region"),
                    ("pdus", "organisation"),
                    ("scenarios", "scenarios"),
                ):
                    if "format" in entries and key in entries:
                        found.append((block.place, kind, block.text))
                if "format" not in entries and {"declarations", "suspensions"} & set(entries):
                    found.append((block.place, "events", block.text))
    return found


DOCUMENTS = whole_documents()


@pytest.mark.parametrize(("place", "kind", "text"), DOCUMENTS, ids=[place for place, _, _ in DOCUMENTS])
def test_a_whole_document_has_no_problem(place: str, kind: str, text: str, tmp_path: Path) -> None:
    """A document of the small framework is checked within it, another one within the shipped policy."""
    if text in bases().values():
        for one, home in HOMES.items():
            (tmp_path / home).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / home).write_text(bases()[one], "utf-8")
        assert check_library(tmp_path) == ()
        return
    shutil.copytree(ROOT / "frameworks", tmp_path / "f")
    if kind == "events":
        library = load_library(tmp_path / "f")
        versions = [policy.version for policy in library.framework().policies]
        read_events(text.encode(), "events.yaml", organisation=library.organisation, versions=versions)
        return
    assert kind in ("region", "scenarios"), f"{place}: show versions and registers in the small framework"
    folder = tmp_path / "f" / "sentence-management" / {"region": "regions", "scenarios": "scenarios"}[kind]
    source = parse(text, place, Findings())
    assert source is not None
    named = source.node(("region",))
    name = named.text if isinstance(named, Scalar) else "examples"
    (folder / f"{name}.yaml").write_text(text, "utf-8")
    assert check_library(tmp_path / "f") == ()
