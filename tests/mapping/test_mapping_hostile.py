"""Exports that nobody should send: huge, binary, in another encoding, or written to do harm. No traceback, no guess."""

from __future__ import annotations

import csv
import io
import random
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mapping import _open
from engine.returns import tables, write_returns
from rules.figures import Vocabulary
from rules.problems import ReturnsError
from tests.mapping.kit import EXPORT, HEADER, MAPPING, converted, figures, mapping, refused
from tests.support import PLAN, changed, policy_of

INJECTIONS = [
    "=1+1",
    '=HYPERLINK("http://x.example")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "{{7*7}}",
]


def quoted(*cells: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue()


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_formula_is_only_text(text: str) -> None:
    row = quoted("29/08/2022", text, "9", "Person", "Officer", "Active", "37", "1", "", text)
    (problem,) = refused(EXPORT + row)
    assert problem.code == "PF542"
    ignored = quoted("29/08/2022", "York", "9", "Person", "Officer", "Active", "0", "0", "", text)
    found = converted(EXPORT + ignored)
    assert figures(found) == figures(converted())
    written = write_returns(found.returns.returns, Vocabulary([policy_of(PLAN).version]), "csv").decode()
    assert text.strip() not in written


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_formula_is_no_number(text: str) -> None:
    row = quoted("29/08/2022", "York", "9", "Person", "Officer", "Active", text, "1", "", "")
    assert [one.code for one in refused(EXPORT + row)] == ["PF544"]


def zipped(name: str, data: bytes) -> bytes:
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(name, data)
    return sink.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"\x00\x01\x02\x03" * 50, "a.csv", "PF501"),
        (random.Random(1).randbytes(5000), "a.csv", "PF501"),
        (zipped("x", b"y"), "a.csv", "PF501"),
        (zipped("x", b"y"), "a.xlsx", "PF501"),
        (b"no workbook", "a.xlsx", "PF501"),
        (EXPORT.encode("utf-16"), "a.csv", "PF501"),
        (EXPORT.replace(",x\n", ",caf\u00e9\n").encode("cp1252"), "a.csv", "PF501"),
        (EXPORT.encode(), "a.pdf", "PF501"),
        (EXPORT.encode(), "export", "PF501"),
        (EXPORT.replace("York,1", '"York,1').encode(), "a.csv", "PF501"),
        (EXPORT.replace(",x\n", "," + "x" * 200_000 + "\n").encode(), "a.csv", "PF501"),
        (EXPORT.replace("18.5", "1" * 5000).encode(), "a.csv", "PF544"),
        (EXPORT.replace("18.5", "9" * 30).encode(), "a.csv", "PF517"),
        (b"", "a.csv", "PF503"),
        (b"\xef\xbb\xbf", "a.csv", "PF503"),
        (b",,,\n,,,\n", "a.csv", "PF503"),
        ((HEADER + "," + HEADER + "\n").encode(), "a.csv", "PF514"),
        (EXPORT.replace("Grade", "grade,GRADE ").encode(), "a.csv", "PF514"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, name: str, code: str) -> None:
    assert code in {one.code for one in refused(data, None, name)}


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("windows-1252", EXPORT.replace(",x\n", ",caf\u00e9\n").encode()),
        ("windows-1252", EXPORT.encode("utf-16")),
        ("windows-1252", b"\x81\x8d" + EXPORT.encode()),
        ("utf-16", EXPORT.encode()),
        ("utf-16", EXPORT.encode("utf-16")[:-1]),
        ("utf-16", zipped("x", b"y")),
    ],
)
def test_another_encoding_than_the_mapping_says_is_refused(encoding: str, data: bytes) -> None:
    by = mapping(("skip: 0", f"encoding: {encoding}"))
    problems = refused(data, by)
    assert {one.code for one in problems} == {"PF501"}
    assert "encoding" in problems[0].hint


def test_utf_16_is_read_where_the_mapping_says_so() -> None:
    by = mapping(("skip: 0", "encoding: utf-16"))
    assert figures(converted(EXPORT.encode("utf-16"), by)) == figures(converted())


def test_a_large_file_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_open, "MAX_BYTES", 100)
    (problem,) = refused()
    assert problem.code == "PF516"


def test_more_rows_than_are_read_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_open, "MAX_ROWS", 3)
    assert "PF516" in {one.code for one in refused()}
    assert tables.MAX_ROWS > 3


def test_many_rows_are_taken_in_a_bounded_time() -> None:
    rows = "".join(f"29/08/2022,York,{n},Person,Officer,Active,37,1,,\n" for n in range(100, 50_100))
    started = time.perf_counter()
    found = converted(f"{HEADER}\n{rows}")
    assert figures(found)["york"] == {"in_post_fte[PO]": "50000", "points": "50000"}
    assert time.perf_counter() - started < 20


def test_many_wrong_names_are_told_in_a_bounded_time() -> None:
    rows = "".join(f"29/08/2022,Unit {n},{n},Person,Officer,Active,37,1,,\n" for n in range(5_000))
    started = time.perf_counter()
    assert len(refused(f"{HEADER}\n{rows}")) == 5_000
    assert time.perf_counter() - started < 20


def test_names_that_nobody_sees_are_still_names() -> None:
    row = "29/08/2022,Yo\u200brk,9,Person,Officer,Active,37,1,,\n"
    (problem,) = refused(EXPORT + row)
    assert (problem.code, "Yo\u200brk" in problem.message) == ("PF542", False)


def test_a_mapping_of_many_names_stays_quick() -> None:
    names = ", ".join(f"Unit {n}: york" for n in range(5_000))
    by = mapping(text=changed(MAPPING, ("City of York: york", f"City of York: york, {names}")))
    assert figures(converted(by=by)) == figures(converted())


@given(st.text(max_size=60), st.integers(0, 9))
def test_whatever_a_cell_holds_is_taken_or_refused(text: str, column: int) -> None:
    cells = ["29/08/2022", "York", "9", "Person", "Officer", "Active", "37", "1", "", ""]
    cells[column] = text
    data, codes = (EXPORT + quoted(*cells)).encode("utf-8", "replace"), {"PF5"}
    try:
        rows = converted(data).reports[0].rows
    except ReturnsError as error:
        rows, codes = 8, {one.code[:3] for one in error.problems}
    assert rows in (7, 8)
    assert codes == {"PF5"}
