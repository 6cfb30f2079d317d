"""Returns as JSON and NDJSON: strict, exact, and refused at the value that is wrong."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from engine.returns import Returns
from rules.problems import ReturnsError

Read = Callable[..., Returns]
START = '{"pdu": "york", "as_of": "2022-08-22", '

REFUSED = [
    # (what follows the PDU and the day, with ^ before what is wrong; the code)
    pytest.param('"wmt_points": ^"3"}', "PF508", id="number as text"),
    pytest.param('"wmt_points": ^true}', "PF508", id="true"),
    pytest.param('"wmt_points": ^NaN}', "PF508", id="NaN"),
    pytest.param('"wmt_points": ^-Infinity}', "PF508", id="infinity"),
    pytest.param('"wmt_points": ^4e4}', "PF508", id="exponent"),
    pytest.param('"wmt_points": ^[3]}', "PF508", id="list"),
    pytest.param('"wmt_points": {"PO": ^3}}', "PF513", id="object for a plain input"),
    pytest.param('"wmt_points": ^3.5}', "PF509", id="decimals"),
    pytest.param('"wmt_points": ^-3}', "PF510", id="range"),
    pytest.param('"change": ^12345678901234567890123}', "PF517", id="digits"),
    pytest.param('"change": ^' + "9" * 100_000 + "}", "PF517", id="absurd number"),
    pytest.param('"local_alert": ^"hihg"}', "PF511", id="category"),
    pytest.param('"local_alert": ^1}', "PF511", id="number for a category"),
    pytest.param('"in_post_fte": ^3}', "PF513", id="no member"),
    pytest.param('"in_post_fte": {"XO": ^3}}', "PF507", id="unknown member"),
    pytest.param('"in_post_fte": {"L1": ^3}}', "PF507", id="member of another list"),
    pytest.param('"in_post_fte": {"XO": ^null}}', "PF507", id="unknown member without a figure"),
    pytest.param('"wmt_points": {"PO": ^null}}', "PF513", id="object without figures for a plain input"),
    pytest.param('"pionts": ^null}', "PF502", id="unknown key without a figure"),
    pytest.param('"in_post_fte": {"PO": ^{}}}', "PF508", id="object for a number"),
    pytest.param('"in_post_fte": {"PO": ^1, "PO": 1}}', "PF514", id="member twice"),
    pytest.param('"wmt_points": ^1, "wmt_points": 1}', "PF514", id="key twice"),
    pytest.param('"points": ^1}', "PF502", id="unknown key"),
    pytest.param('"grade": ^"PO"}', "PF502", id="a list is no key"),
    pytest.param('"note": ^true}', "PF501", id="note of true"),
    pytest.param('"note": ^"\\ud800"}', "PF501", id="half a character"),
]


@pytest.mark.parametrize("name", ["r.json", "r.ndjson", "R.JSONL"])
@pytest.mark.parametrize(("rest", "code"), REFUSED)
def test_refused_figures(read: Read, rest: str, code: str, name: str) -> None:
    text = START + rest
    with pytest.raises(ReturnsError) as refused:
        read("\n" + text.replace("^", ""), name)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, 2, text.index("^") + 1)
    assert problem.hint


@pytest.mark.parametrize(
    ("text", "name", "code", "line", "column"),
    [
        ('{"as_of": "2022-08-22"}', "r.json", "PF503", 1, 1),
        ('{"pdu": "york"}', "r.json", "PF503", 1, 1),
        ('{"pdu": "york", "as_of": null}', "r.json", "PF503", 1, 26),
        ('[\n {"pdu": 101,\n  "as_of": "2022-08-22"}]', "r.json", "PF504", 2, 10),
        ('[\n {"pdu": "york",\n  "as_of": 20220822}]', "r.json", "PF505", 3, 12),
        ('{"pdu": "york", "as_of": "2022-09-03"}', "r.json", "PF506", 1, 26),
        ("[3]", "r.json", "PF501", 1, 2),
        ("[\n ,", "r.json", "PF501", 2, 2),
        ('{"pdu": "york" "as_of": 1}', "r.json", "PF501", 1, 16),
        ("3", "r.json", "PF501", 1, 1),
        ("", "r.json", "PF501", 1, 1),
        ("[] x", "r.json", "PF501", 1, 4),
        ("[" * 100_000, "r.json", "PF501", 1, 2),
        ('{"a":' * 100_000, "r.json", "PF501", 1, 1),
        (START + '"wmt_points": 1}\n' + START, "r.ndjson", "PF501", 2, 40),
        (START + '"wmt_points": 1} {}', "r.ndjson", "PF501", 1, 56),
        ("\n\n[1]", "r.ndjson", "PF501", 3, 1),
        ("\n" + "[" * 100_000, "r.ndjson", "PF501", 2, 1),
    ],
)
def test_refused_text(read: Read, text: str, name: str, code: str, line: int, column: int) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(text, name)
    problem = refused.value.problems[0]
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)


def test_read_exactly(read: Read) -> None:
    text = (
        START
        + '"in_post_fte": {"PO": 13.10, "PSO": null}, "change": -0.1, "local_alert": null, "note": " a "}'
    )
    for name, whole in (("r.json", f"[{text}]"), ("r.json", text), ("r.ndjson", f"\ufeff\n{text}\r\n\n")):
        (only,) = read(whole, name).returns
        assert only.figures == {"change": Decimal("-0.1"), "in_post_fte[PO]": Decimal("13.1")}
        assert only.annotations == {"note": "a"}


def test_no_returns(read: Read) -> None:
    assert read("[ ]", "r.json") == Returns(())
    assert read("", "r.ndjson") == Returns(())


def test_objects_of_a_day_merge(read: Read) -> None:
    one, two = START + '"in_post_fte": {"PO": 1}}', START + '"in_post_fte": {"PSO": 2}, "wmt_points": 3}'
    returns = read("\n".join([one, two, one]), "r.ndjson")
    (only,) = returns.returns
    assert only.figures == {"in_post_fte[PO]": 1, "in_post_fte[PSO]": 2, "wmt_points": 3}
    assert [(note.code, note.row) for note in returns.notes] == [("PF602", 3)]


def test_objects_of_a_day_that_clash(read: Read) -> None:
    one, two = START + '"in_post_fte": {"PO": 1}}', START + '"in_post_fte": {"PO": 2}, "wmt_points": 3}'
    with pytest.raises(ReturnsError) as refused:
        read("\n".join([one, two]), "r.ndjson")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.path) == ("PF512", 2, "row 2, in_post_fte[PO]")
    assert [place.line for place in problem.also] == [1]


def test_skip_bad_rows(read: Read) -> None:
    good = '{"pdu": "hull", "as_of": "2022-08-22", "wmt_points": 1}'
    text = "\n".join([good, "{", START + '"wmt_points": 1}', START + '"points": 1}', "3"])
    returns = read(text, "r.ndjson", skip_bad_rows=True)
    assert [entry.pdu for entry in returns.returns] == ["hull"]
    assert [(note.pdu, note.row) for note in returns.notes] == [(None, 2), ("york", 4), (None, 5)]
