"""Pipelines in YAML and JSON: what is read, and what is refused where."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest

from engine.forecast import EMPTY, Known, Trend
from engine.forecast._reading import MAX_BYTES
from tests.forecast.pipeline_kit import place_of, read, refused

DAY = datetime.date(2022, 9, 5)


def event(rest: str, change: str = "change: {points: 5}") -> str:
    """A file with one event."""
    return f"events:\n  - {{pdu: york, on: 2022-09-05, {change}{', ' if rest else ''}{rest}}}\n"


def trend(rest: str) -> str:
    """A file with one trend."""
    return f"trends:\n  - {{{rest}}}\n"


REFUSED = [
    # (text, with ^ before what is wrong; the code)
    pytest.param("events: ^3\n", "PF530", id="no list"),
    pytest.param("^event: []\n", "PF530", id="unknown key"),
    pytest.param(event("^amount: 3"), "PF530", id="unknown key within"),
    pytest.param("events:\n  - ^{on: 2022-09-05, change: {points: 5}}\n", "PF530", id="no PDU"),
    pytest.param("events:\n  - ^{pdu: york, change: {points: 5}}\n", "PF530", id="no day"),
    pytest.param("events:\n  - ^{pdu: york, on: 2022-09-05}\n", "PF530", id="no change"),
    pytest.param(event("", "change: ^{}"), "PF530", id="an empty change"),
    pytest.param(event("", "change: ^5"), "PF530", id="a change without its input"),
    pytest.param(event("", 'change: {points: ^"5"}'), "PF530", id="a number as text"),
    pytest.param(event("", "change: {points: ^[5]}"), "PF530", id="a list as number"),
    pytest.param(event("", "change: {points: ^}"), "PF530", id="nothing as number"),
    pytest.param(event("", "change: {in_post: ^{}}"), "PF530", id="no member"),
    pytest.param(event("kind: ^two words"), "PF530", id="a kind that is no id"),
    pytest.param(event("until: ^soon"), "PF530", id="no day as last day"),
    pytest.param(event("spread: ^14"), "PF530", id="a spread without its unit"),
    pytest.param(event("likelihood: ^[80]"), "PF530", id="a list as likelihood"),
    pytest.param("events: [\n  ^- {}]\n", "PF103", id="no YAML"),
    pytest.param("events: []\n^events: []\n", "PF106", id="key twice"),
    pytest.param(event("").replace("york", "^yorc"), "PF532", id="unknown PDU"),
    pytest.param(event("").replace("york", "^York"), "PF532", id="a name for an id"),
    pytest.param(trend("region: ^nort, input: points, per_week: 1"), "PF532", id="unknown region"),
    pytest.param(trend("pdu: ^kend, input: points, per_week: 1"), "PF532", id="unknown PDU of a trend"),
    pytest.param(
        trend("pdu: york, region: ^north, input: points, per_week: 1"), "PF532", id="a PDU and a region"
    ),
    pytest.param(event("until: ^2022-09-04"), "PF533", id="days reversed"),
    pytest.param(event("until: 2022-09-10, spread: ^1 week"), "PF533", id="later than its last day"),
    pytest.param(event("").replace("york, on: ", "leeds, on: ^"), "PF533", id="a PDU that has ended"),
    pytest.param(event("").replace("2022-09-05", "^9999-01-01"), "PF533", id="beyond the calendar"),
    pytest.param(event("", "change: {^pints: 5}"), "PF534", id="unknown input"),
    pytest.param(event("", "change: {^in_post: 5}"), "PF534", id="no member where one is due"),
    pytest.param(event("", "change: {in_post: {^CA: 5}}"), "PF534", id="unknown member"),
    pytest.param(event("", "change: {points: {^PO: 5}}"), "PF534", id="a member where none is due"),
    pytest.param(event("", "change: {^alert: 1}"), "PF534", id="a category"),
    pytest.param(trend("input: ^in_post, per_week: 1"), "PF534", id="a trend without a member"),
    pytest.param(trend('input: ^"in_post[CA]", per_week: 1'), "PF534", id="a trend of an unknown member"),
    pytest.param(trend('input: ^"in_post[PO, PSO]", per_week: 1'), "PF534", id="a trend of two members"),
    pytest.param(event("", "change: {points: ^0}"), "PF535", id="no change at all"),
    pytest.param(event("", "change: {points: ^0.5}"), "PF535", id="half of a whole number"),
    pytest.param(event("", "change: {in_post: {PO: ^0.25}}"), "PF535", id="too fine"),
    pytest.param(event("", "change: {points: ^1001}"), "PF535", id="more than there can be"),
    pytest.param(event("", "change: {points: ^1e2}"), "PF535", id="an exponent"),
    pytest.param(event("", "change: {points: ^1234567890123456}"), "PF535", id="too many digits"),
    pytest.param(event("", f"change: {{points: ^{'9' * 5000}}}"), "PF535", id="a number without end"),
    pytest.param(trend("input: ^points"), "PF535", id="neither of two"),
    pytest.param(trend("input: points, per_week: 1, percent: ^2"), "PF535", id="both of two"),
    pytest.param(trend("input: points, percent: ^some"), "PF535", id="no percentage"),
    pytest.param(trend("input: points, percent: ^101%"), "PF535", id="more than all of it each week"),
    pytest.param(event("likelihood: ^often"), "PF536", id="no likelihood"),
    pytest.param(event("likelihood: ^100.01%"), "PF536", id="more than certain"),
    pytest.param(event("likelihood: ^-1"), "PF536", id="less than never"),
    pytest.param(event("likelihood: ^0.8"), "PF536", id="eighty percent or less than one"),
    pytest.param(event("likelihood: ^1"), "PF536", id="one percent or certain"),
    pytest.param(event("likelihood: ^12.345%"), "PF536", id="finer than can be drawn"),
    pytest.param(event("spread: ^367 days"), "PF537", id="a spread of more than a year"),
]


@pytest.mark.parametrize(("text", "code"), REFUSED)
def test_what_is_wrong_is_refused_at_its_place(text: str, code: str) -> None:
    (problem,) = refused(text.replace("^", ""))
    due = place_of(text)
    found = problem.place
    assert (problem.code, found.file, found.line, found.column) == (code, due.file, due.line, due.column)
    assert problem.hint


def test_two_events_of_one_name_are_refused_with_the_first() -> None:
    text = "events:\n" + "".join(
        f"  - {{event: ann, pdu: york, on: 2022-09-{day}, change: {{points: 5}}}}\n" for day in ("05", "12")
    )
    (problem,) = refused(text)
    assert (problem.code, problem.place.line) == ("PF538", 3)
    assert [place.line for place in problem.also] == [2]


@pytest.mark.parametrize("scope", ["", "pdu: york, ", "region: north, "])
def test_two_trends_of_one_figure_are_refused(scope: str) -> None:
    text = f"trends:\n  - {{{scope}input: points, per_week: 1}}\n  - {{{scope}input: points, percent: 2%}}\n"
    (problem,) = refused(text)
    assert (problem.code, problem.place.line) == ("PF538", 3)


def test_too_many_events_of_one_unit_are_refused() -> None:
    entry = "  - {pdu: york, on: 2022-09-05, change: {points: 5}}\n"
    assert len(read("events:\n" + entry * 2000).known) == 2000
    (problem,) = refused("events:\n" + entry * 2001)
    assert problem.code == "PF539"


def test_a_file_that_is_too_large_is_refused() -> None:
    (problem,) = refused(b"#" * (MAX_BYTES + 1))
    assert problem.code == "PF539"


@pytest.mark.parametrize("name", ["pipeline.xlsx", "pipeline", "pipeline.txt", "pipeline.ndjson"])
def test_an_ending_that_tells_no_format_is_refused(name: str) -> None:
    (problem,) = refused("events: []\n", name)
    assert problem.code == "PF531"


def test_all_problems_are_told_at_once_in_order() -> None:
    text = (
        "events:\n"
        "  - {pdu: yorc, on: 2022-09-05, change: {points: 0, nothing: 1}, likelihood: 200%}\n"
        "  - {pdu: leeds, on: 2022-09-05, change: {points: 5}, spread: 500 days}\n"
        "trends:\n"
        "  - {region: west, input: alert}\n"
    )
    found = refused(text)
    assert [problem.code for problem in found] == [
        *("PF532", "PF535", "PF534", "PF536", "PF533", "PF537", "PF532", "PF534", "PF535")
    ]
    assert [problem.place for problem in found] == sorted(problem.place for problem in found)


def test_a_flood_of_problems_ends() -> None:
    found = refused("events:\n" + "  - {pdu: x, on: 2022-09-05, change: {points: 5}}\n" * 5_000)
    assert len(found) == 1001
    assert {problem.code for problem in found} == {"PF532", "PF108"}


def test_an_event_with_everything() -> None:
    text = (
        "events:\n"
        "  - event: ann\n"
        "    pdu: york\n"
        "    on: 2022-09-05\n"
        "    kind: moves_on\n"
        "    change: {learners: {L1: -1, L2: 1.0}, points: -20}\n"
        "    likelihood: 80.50%\n"
        "    until: 2022-12-31\n"
        "    spread: 2 weeks\n"
        "    basis: synthetic\n"
        "    note: Made up.\n"
    )
    (known,) = read(text).known
    assert known == Known(
        id="ann",
        pdu="york",
        kind="moves_on",
        on=DAY,
        changes=(
            ("learners[L1]", Decimal(-1)),
            ("learners[L2]", Decimal(1)),
            ("points", Decimal(-20)),
        ),
        likelihood=Decimal("80.5"),
        until=datetime.date(2022, 12, 31),
        spread=14,
        note="Made up.",
        basis="synthetic",
    )
    assert read(text).made_up


def test_what_is_left_out() -> None:
    (known,) = read(event("")).known
    assert (known.kind, known.likelihood, known.until, known.spread) == ("other", Decimal(100), None, 0)
    assert known.certain
    assert known.id
    assert not read(event("")).made_up


@pytest.mark.parametrize(
    ("written", "likelihood"),
    [("0", "0"), ("0%", "0"), ("0.5%", "0.5"), ("1%", "1"), ("1.5", "1.5"), ("100", "100"), ('"80 %"', "80")],
)
def test_likelihoods(written: str, likelihood: str) -> None:
    (known,) = read(event(f"likelihood: {written}")).known
    assert known.likelihood == Decimal(likelihood)
    assert known.certain == (likelihood == "100")


def test_trends() -> None:
    text = (
        "trends:\n"
        "  - {pdu: york, input: points, per_week: -1.5}\n"
        "  - {region: north, input: points, percent: -0.2%}\n"
        '  - {input: "in_post[PO]", percent: 0.25, note: As before.}\n'
    )
    assert read(text).trends == (
        Trend("points", per_week=Decimal("-1.5"), pdu="york"),
        Trend("points", percent=Decimal("-0.2"), region="north"),
        Trend("in_post[PO]", percent=Decimal("0.25"), note="As before."),
    )


def test_the_nearest_trend_counts() -> None:
    pipeline = read(
        "trends:\n"
        "  - {input: points, per_week: 1}\n"
        "  - {region: north, input: points, per_week: 2}\n"
        "  - {pdu: york, input: points, per_week: 3}\n"
        '  - {input: "in_post[PO]", per_week: 4}\n'
    )

    def per_week(pdu: str, region: str) -> list[Decimal | None]:
        return [one.per_week for one in pipeline.of(pdu, region).trends]

    assert per_week("york", "north") == [4, 3]
    assert per_week("hull", "north") == [4, 2]
    assert per_week("kent", "south") == [4, 1]


def test_a_unit_has_its_own_events_by_day() -> None:
    days = ("2022-10-03", "2022-09-05", "2022-09-19")
    text = "events:\n" + "".join(
        f"  - {{pdu: {pdu}, on: {day}, change: {{points: 5}}}}\n" for day in days for pdu in ("york", "hull")
    )
    found = read(text).of("york", "north").known
    assert [str(one.on) for one in found] == sorted(days)
    assert not read(text).of("kent", "south")


def test_names_do_not_hang_on_the_order_of_entries() -> None:
    entries = [
        "  - {pdu: york, on: 2022-09-05, change: {points: 5}}\n",
        "  - {pdu: york, on: 2022-09-05, change: {points: 5}}\n",
        "  - {pdu: york, on: 2022-09-05, change: {points: 6}}\n",
        "  - {pdu: hull, on: 2022-09-05, change: {points: 5}}\n",
    ]
    one = read("events:\n" + "".join(entries)).of("york", "north")
    other = read("events:\n" + "".join(reversed(entries))).of("york", "north")
    assert one == other
    assert len({event.id for event in one.known}) == 3


@pytest.mark.parametrize("text", ["{}\n", "events: []\n", "trends: []\nevents: []\n"])
def test_an_empty_pipeline(text: str) -> None:
    assert read(text) == EMPTY
    assert not read(text)


def test_a_file_without_a_document_is_refused() -> None:
    (problem,) = refused("")
    assert problem.code == "PF104"


DOCUMENT = {
    "events": [
        {
            "event": None, "pdu": "york", "on": "2022-09-05", "kind": "starter", "until": None,
            "change": {"in_post": {"PO": 1.5}}, "likelihood": "80%", "spread": None, "note": None,
        }
    ],
    "trends": [{"pdu": None, "region": None, "input": "points", "per_week": 3, "percent": None}],
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, "\t", 2])
def test_json_is_read_alike(indent: str | int | None) -> None:
    found = read(json.dumps(DOCUMENT, indent=indent), "pipeline.json")
    same = read(
        "events: [{pdu: york, on: 2022-09-05, kind: starter, change: {in_post: {PO: 1.5}}, likelihood: 80}]\n"
        "trends: [{input: points, per_week: 3}]\n"
    )
    assert found == same


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("events: []", "PF530", 1, 1),
        ('{"events": [],\n}', "PF530", 2, 1),
        ("[" * 100_000, "PF530", 1, 1),
        ('{\n\t"events": [3]}', "PF530", 2, 13),
        ('{"events": [],\n"trend": null}', "PF530", 2, 1),
        (
            '{"events": [{"pdu": "york", "on": "2022-09-05",\n"change": {"in_post": {"PO": null}}}]}',
            "PF535",
            2,
            30,
        ),
        (
            '{"events": [{"pdu": "york", "on": "2022-09-05",\n"change": {"points": "5"}}]}',
            "PF530",
            2,
            22,
        ),
    ],
)
def test_refused_json(text: str, code: str, line: int, column: int) -> None:
    (problem,) = refused(text, "pipeline.json")
    assert (problem.code, problem.place.line) == (code, line)
    assert problem.place.column == column or "trailing" in problem.message  # as Python's version tells it
