"""Pipelines as tables, and all three forms written and read back."""

from __future__ import annotations

import csv
import datetime
import io
import random
from decimal import Decimal

import pytest

from engine.forecast import EMPTY, Known, Pipeline, Trend
from engine.forecast.writing import FORMS, without_unknown, write_pipeline
from tests.forecast.pipeline_kit import read, refused, vocabulary

HEAD = (
    "event,pdu,region,on,kind,input,grade,stage,change,likelihood,until,spread,per_week,percent,basis,note\n"
)
PLAIN = {"pdu": "york", "on": "2022-09-05", "kind": "starter", "input": "points", "change": "5"}


def table(*rows: dict[str, str]) -> str:
    """A table with every column."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, HEAD.strip().split(","), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def column(name: str) -> int:
    """Which column a name stands in, counted from 1."""
    return HEAD.strip().split(",").index(name) + 1


REFUSED = [
    # (what differs in one row, the column that is wrong, the code)
    pytest.param({"pdu": ""}, "pdu", "PF530", id="no PDU"),
    pytest.param({"on": ""}, "on", "PF530", id="no day"),
    pytest.param({"change": ""}, "change", "PF530", id="no change"),
    pytest.param({"input": ""}, "input", "PF530", id="no input"),
    pytest.param({"kind": "two words"}, "kind", "PF530", id="a kind that is no id"),
    pytest.param({"event": "a,b"}, "event", "PF530", id="a name that is no id"),
    pytest.param({"region": "north"}, "region", "PF532", id="a region"),
    pytest.param({"pdu": "yorc"}, "pdu", "PF532", id="unknown PDU"),
    pytest.param({"on": "05/09/2022"}, "on", "PF533", id="a day in another order"),
    pytest.param({"on": "2022-02-30"}, "on", "PF533", id="no such day"),
    pytest.param({"until": "soon"}, "until", "PF533", id="no last day"),
    pytest.param({"until": "2022-09-04"}, "until", "PF533", id="days reversed"),
    pytest.param({"input": "pints"}, "input", "PF534", id="unknown input"),
    pytest.param({"input": "in_post"}, "input", "PF534", id="no member"),
    pytest.param({"input": "in_post", "grade": "CA"}, "grade", "PF534", id="unknown member"),
    pytest.param({"input": "in_post", "stage": "L1"}, "stage", "PF534", id="another list's member"),
    pytest.param({"grade": "PO"}, "grade", "PF534", id="a member where none is due"),
    pytest.param({"input": "in_post", "grade": "PO", "stage": "L1"}, "stage", "PF534", id="two members"),
    pytest.param({"input": "in_post[PO]", "grade": "PO"}, "grade", "PF534", id="a member twice"),
    pytest.param({"input": "alert"}, "input", "PF534", id="a category"),
    pytest.param({"change": "five"}, "change", "PF535", id="no number"),
    pytest.param({"change": "+5"}, "change", "PF535", id="a plus"),
    pytest.param({"change": "1,5"}, "change", "PF535", id="a comma"),
    pytest.param({"change": "0.0"}, "change", "PF535", id="no change at all"),
    pytest.param({"change": "0.5"}, "change", "PF535", id="too fine"),
    pytest.param({"likelihood": "0.8"}, "likelihood", "PF536", id="a likelihood of two meanings"),
    pytest.param({"likelihood": "-"}, "likelihood", "PF536", id="no likelihood"),
    pytest.param({"spread": "14"}, "spread", "PF537", id="a spread without its unit"),
    pytest.param({"spread": "400 days"}, "spread", "PF537", id="a spread of more than a year"),
    pytest.param({"per_week": "5"}, "on", "PF530", id="an event and a trend"),
]


@pytest.mark.parametrize(("differs", "where", "code"), REFUSED)
def test_what_is_wrong_in_a_row_is_refused_at_its_cell(
    differs: dict[str, str], where: str, code: str
) -> None:
    found = refused(table(PLAIN, {**PLAIN, **differs}), "pipeline.csv")
    problem = found[0]
    assert (problem.code, problem.place.line, problem.place.column) == (code, 3, column(where))
    assert {problem.place.line for problem in found} == {3}


TRENDS_REFUSED = [
    pytest.param({"input": ""}, "input", "PF530", id="no input"),
    pytest.param({"likelihood": "80%"}, "likelihood", "PF530", id="a likelihood"),
    pytest.param({"region": "west"}, "region", "PF532", id="unknown region"),
    pytest.param({"pdu": "york", "region": "north"}, "region", "PF532", id="a PDU and a region"),
    pytest.param({"input": "in_post"}, "input", "PF534", id="no member"),
    pytest.param({"per_week": "some"}, "per_week", "PF535", id="no number"),
    pytest.param({"percent": "1%"}, "percent", "PF535", id="both of two"),
    pytest.param({"per_week": "", "percent": "1 in 10"}, "percent", "PF535", id="no percentage"),
]


@pytest.mark.parametrize(("differs", "where", "code"), TRENDS_REFUSED)
def test_what_is_wrong_in_a_trend_is_refused_at_its_cell(
    differs: dict[str, str], where: str, code: str
) -> None:
    (problem,) = refused(table({"input": "points", "per_week": "1", **differs}), "pipeline.csv")
    assert (problem.code, problem.place.line, problem.place.column) == (code, 2, column(where))


@pytest.mark.parametrize(
    ("text", "code", "line", "column_"),
    [
        pytest.param("", "PF531", 1, 1, id="no header"),
        pytest.param("pdu,on,change\n", "PF531", 1, 1, id="a column that is missing"),
        pytest.param("pdu,pdu,on,input,change\n", "PF531", 1, 2, id="a column twice"),
        pytest.param("pdu,on,input,amount\n", "PF531", 1, 4, id="an unknown column"),
        pytest.param("pdu,on,input,change\nyork,2022-09-05,points,5,6\n", "PF531", 2, 5, id="a cell more"),
        pytest.param("pdu,on,input,change\nyork,2022-09-05,points\n", "PF531", 2, 3, id="a cell less"),
        pytest.param('pdu,on,input,change\nyork,2022-09-05,"points,5\n', "PF531", 2, 1, id="an open quote"),
        pytest.param(b"pdu,on,input,change\nyork,2022-09-05,points,\xa35\n", "PF531", 2, 24, id="no UTF-8"),
        pytest.param(b"PK\x03\x04", "PF531", 1, 1, id="a workbook"),
    ],
)
def test_a_table_that_cannot_be_read(text: str | bytes, code: str, line: int, column_: int) -> None:
    (problem,) = refused(text, "pipeline.csv")
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column_)
    assert problem.hint


def test_rows_of_one_event_must_agree() -> None:
    first = {**PLAIN, "event": "ann", "likelihood": "80%"}
    for differs in ({"likelihood": ""}, {"on": "2022-09-12"}, {"kind": "leaver"}, {"note": "Else."}):
        (problem,) = refused(table(first, {**first, "input": "in_post[PO]", **differs}), "pipeline.csv")
        assert (problem.code, problem.place.line) == ("PF538", 3)
        assert [place.line for place in problem.also] == [2]


def test_an_event_changes_a_figure_once() -> None:
    first = {**PLAIN, "event": "ann"}
    (problem,) = refused(table(first, {**first, "change": "6"}), "pipeline.csv")
    assert (problem.code, problem.place.line) == ("PF538", 3)


def test_too_many_rows() -> None:
    (problem,) = refused(HEAD + "york,,,2022-09-05,,points,,,5,,,,,,,\n" * 20_001, "pipeline.csv")
    assert problem.code == "PF539"


def test_rows_with_one_name_are_one_event() -> None:
    moves = {
        "event": "cohort",
        "pdu": "york",
        "on": "2022-09-05",
        "kind": "moves_on",
        "input": "learners",
        "likelihood": "90%",
        "spread": "2 weeks",
    }
    text = table(
        moves | {"stage": "L1", "change": "-2"},
        PLAIN,
        moves | {"stage": "L2", "change": "2"},
        {"input": "in_post[PO]", "per_week": "-0.2"},
        {"region": "north", "input": "points", "percent": "0.2%"},
    )
    found = read(text, "pipeline.csv")
    assert [event.changes for event in found.known] == [
        (("learners[L1]", Decimal(-2)), ("learners[L2]", Decimal(2))),
        (("points", Decimal(5)),),
    ]
    assert found.known[0].likelihood == 90
    assert found.known[0].spread == 14
    assert [trend.key for trend in found.trends] == ["in_post[PO]", "points"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_tables_as_programs_save_them(separator: str, start: bytes) -> None:
    lines = ["pdu,on,input,grade,change", " york ,2022-09-05,in_post,PO,1.50", ",,,,", "", ""]
    text = "\r\n".join(lines).replace(",", separator)
    (event,) = read(start + text.encode(), "PIPELINE.CSV").known
    assert event.changes == (("in_post[PO]", Decimal("1.5")),)
    assert event.kind == "other"


def test_a_table_without_rows_is_an_empty_pipeline() -> None:
    assert read("pdu,on,input,change\n", "pipeline.csv") == EMPTY


WORDS = ["Ann's", 'say "so"', "null", "yes", "a: b", "# no", "- x", "é", "12", "[x]", "a, b", "{", "%"]


def drawn(seed: int) -> Pipeline:
    """Any pipeline, with texts that are awkward in a file."""
    dice = random.Random(seed)
    day = datetime.date(2022, 9, 5)
    keys = ["points", "in_post[PO]", "in_post[PSO]", "learners[L1]", "required[PO]"]
    known = []
    for number in range(dice.randrange(6)):
        on = day + datetime.timedelta(days=dice.randrange(200))
        chosen = sorted(dice.sample(keys, dice.randrange(1, 4)))
        spread = dice.choice([0, 0, 14])
        known.append(
            Known(
                id=dice.choice(["no", f"e{number}", str(number)]) + str(number),
                pdu=dice.choice(["york", "hull"]),
                kind=dice.choice(["starter", "no", "null", "7"]),
                on=on,
                changes=tuple((key, Decimal(dice.choice([-3, 1, 20]))) for key in chosen),
                likelihood=Decimal(dice.choice(["100", "80", "0.5", "12.25", "0"])),
                until=dice.choice([None, on + datetime.timedelta(days=spread + 3)]),
                spread=spread,
                note=dice.choice(["", *WORDS]),
                basis=dice.choice(["", "synthetic"]),
            )
        )
    trends = [
        Trend("points", per_week=Decimal("-0.5"), note=dice.choice(["", *WORDS])),
        Trend("in_post[PO]", percent=Decimal("0.2"), pdu="york"),
        Trend("in_post[PO]", percent=Decimal("-3"), region="south", basis="synthetic"),
    ]
    return Pipeline(tuple(known), tuple(trends[: dice.randrange(4)]))


@pytest.mark.parametrize("ending", sorted(set(FORMS)))
def test_what_is_written_is_read_back(ending: str) -> None:
    for seed in range(80):
        pipeline = drawn(seed)
        data = write_pipeline(pipeline, FORMS[ending], vocabulary())
        assert read(data, f"pipeline{ending}") == pipeline, data.decode()


def test_what_a_framework_does_not_have_is_left_out() -> None:
    known = Known("a", "york", "x", datetime.date(2022, 9, 5), (("points", Decimal(1)), ("beds", Decimal(1))))
    none = Known("b", "york", "x", datetime.date(2022, 9, 5), (("in_post[CA]", Decimal(1)),))
    trends = (Trend("points", per_week=Decimal(1)), Trend("in_post", per_week=Decimal(1)))
    found = without_unknown(Pipeline((known, none), trends), vocabulary())
    assert [event.changes for event in found.known] == [(("points", Decimal(1)),)]
    assert found.trends == trends[:1]
