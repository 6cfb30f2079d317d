"""Events: declarations and suspensions, and what is refused where."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable

import pytest

from engine.returns import check_events
from rules.model import Events, Version
from rules.problems import Place, ReturnsError

ReadEvents = Callable[..., Events]
RAISED = "from: 2022-08-08, until: 2022-08-14, status: red, by: regional-director, reason: Flood"
SHORT = "{}from: {}, until: 2022-08-02, status: red, by: x, reason: y}}\n"


def declared(old: str = "", new: str = "") -> str:
    """A file with one declaration, changed in one thing."""
    return f"declarations:\n  - {{{RAISED.replace(old, new, 1) if old else RAISED + new}}}\n"


def suspended(rest: str) -> str:
    """A file with one suspension."""
    return f"suspensions:\n  - {{from: 2022-08-08, by: hq, reason: Emergency, {rest}}}\n"


REFUSED = [
    # (text, with ^ before what is wrong; the code)
    pytest.param("declarations: ^3\n", "PF520", id="no list"),
    pytest.param("^declaration: []\n", "PF520", id="unknown key"),
    pytest.param(
        "declarations:\n  - ^{from: 2022-08-08, until: 2022-08-08, by: x, reason: y}\n",
        "PF520",
        id="no status",
    ),
    pytest.param(declared("2022-08-14", "^2022-08-32"), "PF520", id="no such day"),
    pytest.param(declared("", ", ^colour: red"), "PF520", id="unknown key within"),
    pytest.param(declared("Flood", '^""'), "PF520", id="an empty reason"),
    pytest.param(suspended("pdu: york, region: ^north"), "PF520", id="a PDU and a region"),
    pytest.param(declared("red", "^amber"), "PF521", id="unknown status"),
    pytest.param(declared("red", "^suspended"), "PF521", id="a status of the engine's own"),
    pytest.param(declared("regional-director", "^head"), "PF522", id="wrong role"),
    pytest.param(declared("2022-08-14", "^2022-09-05"), "PF522", id="too long"),
    pytest.param(
        "declarations:\n  - " + SHORT.format("^{", "2022-07-08"), "PF522", id="no declarations there"
    ),
    pytest.param(
        "declarations:\n  - " + SHORT.format("{", "^2021-12-31"), "PF522", id="before the framework"
    ),
    pytest.param("declarations:\n  - " + SHORT.format("{", "^2022-08-01"), "PF522", id="between versions"),
    pytest.param(declared("2022-08-14", "^2022-08-07"), "PF523", id="days reversed"),
    pytest.param(suspended("until: ^2022-08-07"), "PF523", id="days of a suspension reversed"),
    pytest.param(declared("", ", pdu: ^Hull"), "PF524", id="name for id"),
    pytest.param(declared("", ", region: ^west"), "PF524", id="unknown region"),
    pytest.param(suspended("pdu: ^nowhere"), "PF524", id="unknown PDU"),
    pytest.param(declared("", ", pdu: ^leeds"), "PF515", id="PDU ended"),
    pytest.param(suspended("pdu: ^leeds"), "PF515", id="PDU ended, suspended"),
    pytest.param(declared("", ", renew: [home-visits, ^visits]"), "PF525", id="unknown activity"),
    pytest.param("declarations: [\n  ^- {}]\n", "PF103", id="no YAML"),
    pytest.param("declarations: []\n^declarations: []\n", "PF106", id="key twice"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_refused_events(events: ReadEvents, text: str, code: str) -> None:
    before = text[: text.index("^")]
    with pytest.raises(ReturnsError) as refused:
        events(text.replace("^", ""))
    (problem,) = refused.value.problems
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)
    assert problem.place.file == "events.yaml"


def test_all_problems_at_once(events: ReadEvents) -> None:
    text = f"declarations: [{{{RAISED.replace('red', 'blue')}, pdu: nobody, renew: [x]}}]\nsuspensions: []\n"
    with pytest.raises(ReturnsError) as refused:
        events(text)
    assert [problem.code for problem in refused.value.problems] == ["PF521", "PF524", "PF525"]


def test_read_events(events: ReadEvents) -> None:
    read = events(
        f"declarations: [{{{RAISED}, region: north, renew: [home-visits]}}]\n"
        "suspensions: [{from: 2022-01-10, by: hq, reason: Emergency}]\n"
    )
    assert read.declarations[0].until == datetime.date(2022, 8, 14)
    assert read.suspensions[0].until is None


def test_a_declaration_as_long_as_is_allowed(events: ReadEvents) -> None:
    events(f"declarations: [{{{RAISED.replace('2022-08-14', '2022-09-04')}}}]\n")


def test_events_as_json(events: ReadEvents) -> None:
    declaration = {
        "from": "2022-08-08", "until": "2022-08-14", "status": "red", "by": "regional-director",
        "reason": 'Flood / "storm"\t\U0001f30a', "pdu": None, "region": None,
    }  # fmt: skip
    document = {"declarations": [declaration], "suspensions": []}
    for text in (
        json.dumps(document),
        json.dumps(document, ensure_ascii=False, indent="\t"),
        json.dumps(document, separators=(",", ":")).replace("/", "\\/"),
    ):
        (read,) = events(text, "events.json").declarations
        assert (read.reason, read.pdu) == (declaration["reason"], None)


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("declarations: []", "PF520", 1, 1),
        ('{"declarations": [],\n}', "PF520", 2, 1),
        ("[" * 100_000, "PF520", 1, 1),
        ("[" * 100 + "]" * 100, "PF107", 1, 41),
        ('{\n\t"declarations": [3]}', "PF520", 2, 19),
        ('{"declarations": [],\n"suspension": null}', "PF520", 2, 1),
        ('{"declarations": [],\n"status": null}', "PF520", 2, 1),
        (
            '{"suspensions": [{"from": "2022-08-08", "by": "hq", "reason": "x",\n"pud": null}]}',
            "PF520",
            2,
            1,
        ),
        (
            '{"suspensions": [{"from": "2022-08-08", "by": "hq", "reason": "x",\n"status": null}]}',
            "PF520",
            2,
            1,
        ),
    ],
)
def test_refused_json(events: ReadEvents, text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(ReturnsError) as refused:
        events(text, "events.json")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.column == column or "trailing" in problem.message  # as Python's version tells it


def test_without_versions_only_the_file_itself_is_judged(events: ReadEvents) -> None:
    assert events(f"declarations: [{{{RAISED.replace('red', 'blue')}}}]\n", versions=None).declarations


def test_a_pinned_version_counts_as_always_in_force(events: ReadEvents, versions: list[Version]) -> None:
    read = events(f"declarations: [{{{RAISED.replace('-08-', '-07-')}}}]\n", versions=None)

    def places(path: tuple[str | int, ...]) -> Place:
        return Place("events.yaml")

    assert [*check_events(read, versions[1:], places, pinned=True)] == []
    assert [problem.code for problem in check_events(read, versions[1:], places)] == ["PF522"]
