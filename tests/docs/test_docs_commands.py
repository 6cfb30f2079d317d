"""Every command, option, key of a document and field of a decision is named in the documentation."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from api.cli._app import app
from engine.deciding import Engine, decide_all
from engine.returns import read_events, read_returns
from rules.model import Events, Organisation, RegionSettings, Scenarios, Version
from rules.model.mapping import ExportMapping
from rules.model.scenario import Expectation
from tests.docs.docs_blocks import FORMAT, PAGES, ROOT
from tests.docs.docs_problems import Desk

ALL = "\n".join(page.read_text("utf-8") for page in PAGES)


def commands(group: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its full name: a group's commands stand below it, as in `new version`."""
    for name, one in group.commands.items():
        yield f"{above}{name}", one
        if hasattr(one, "commands"):
            yield from commands(one, f"{above}{name} ")


ALL_COMMANDS: Any = typer.main.get_command(app)
COMMANDS = dict(commands(ALL_COMMANDS))
OPTIONS = sorted(
    {
        name
        for one in (ALL_COMMANDS, *COMMANDS.values())
        for param in one.params
        for name in param.opts
        if name[0] == "-"
    }
)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_named(name: str) -> None:
    assert f"prioritise {name}" in ALL


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_named(option: str) -> None:
    assert re.search(rf"{option}(?![\w-])", ALL)


def test_no_option_is_named_that_does_not_exist() -> None:
    written = set(re.findall(r"(?<=`)--[a-z][a-z-]*", ALL)) | set(
        re.findall(
            r"(?<= )--[a-z][a-z-]*",
            "\n".join(line for line in ALL.splitlines() if line.startswith("$ prioritise")),
        )
    )
    assert written - {*OPTIONS, "--help"} == set()


def keys(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> Iterator[str]:
    """Every key of a document, as people write it."""
    seen = seen if seen is not None else set()
    if model in seen:
        return
    seen.add(model)
    for name, field in model.model_fields.items():
        yield field.alias or name
        for inner in models_in(field.annotation):
            yield from keys(inner, seen)


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in getattr(annotation, "__args__", ()):
        yield from models_in(argument)


@pytest.mark.parametrize(
    "model", [Version, RegionSettings, Organisation, Scenarios, Expectation, Events, ExportMapping]
)
def test_every_key_of_a_document_is_in_the_reference(model: type[BaseModel]) -> None:
    text = FORMAT.read_text("utf-8")
    assert [key for key in keys(model) if f"`{key}`" not in text] == []


RETURNS = """pdu,as_of,grade,required_fte,in_post_fte,wmt_points,wmt_available,note
leeds,2022-08-08,,,,40000,40000,as an example
leeds,2022-08-08,PO,20,13,,,
leeds,2022-08-22,PO,20,13,,,
"""
EVENTS = """
declarations:
  - {from: 2022-08-22, until: 2022-08-28, status: red, by: regional-director, reason: A flood, pdu: leeds}
suspensions:
  - {from: 2022-09-01, by: regional-director, reason: Another plan is in force}
"""


def fields(value: Any) -> Iterator[str]:
    """The names of the fields of a decision; keys that are ids of the framework are left out."""
    if isinstance(value, list):
        for item in value:
            yield from fields(item)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            if key in ("inputs", "trigger_points"):
                for one in inner.values():
                    yield from fields(one)
            else:
                yield from fields(inner)


def test_every_field_of_a_decision_is_in_the_contract(tmp_path: Path) -> None:
    library = Desk(tmp_path).small()
    framework, organisation = library.framework(), library.organisation
    today = datetime.date(2022, 9, 30)
    returns = read_returns(
        RETURNS.encode(), "r.csv", vocabulary=framework.vocabulary, organisation=organisation, today=today
    ).returns
    events = read_events(EVENTS.encode(), "e.yaml", organisation=organisation)
    found: set[str] = set()
    with Engine(framework, organisation) as engine:
        for day in ("2022-08-08", "2022-08-22", "2022-08-29", "2022-09-02", "2022-09-12"):
            for one in (events, Events()):
                decisions, _ = decide_all(engine, returns, one, as_of=datetime.date.fromisoformat(day))
                found.update(fields(decisions))
    text = (ROOT / "docs" / "programs.md").read_text("utf-8")
    assert sorted(name for name in found if f"`{name}`" not in text) == []
