"""Exports become returns: exact sums, names however they are spelt, and every row that is not taken is told."""

from __future__ import annotations

import datetime
import io
from fractions import Fraction

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.mapping import Export
from engine.mapping._cells import exact, rounded
from reports.conversion import document, lines
from rules.problems import UsageError
from tests.mapping.kit import EXPORT, HEADER, MAPPING, ROWS, converted, figures, mapping, refused
from tests.support import changed

BARE = (
    "format: 1\nframework: plan\nmapping: bare\ntitle: Bare\nunit: {column: Unit, by: id}\n"
    "figures:\n  - {input: points, column: Points}\n"
)


def test_rows_add_up_and_names_are_found() -> None:
    found = converted()
    assert figures(found) == {
        "york": {"in_post_fte[PO]": "1.5", "in_post_fte[PSO]": "1", "points": "35", "alert": "high"},
        "hull": {"in_post_fte[PO]": "0.27", "points": "7"},
    }
    assert {one.as_of for one in found.returns.returns} == {datetime.date(2022, 8, 29)}
    assert found.returns.returns[0].annotations == {"source": "The tool"}


def test_the_report_accounts_for_every_row() -> None:
    found = converted()
    (report,) = document(found)["exports"]
    assert (report["rows"], report["taken"]) == (7, 6)
    assert report["left_out"] == [{"column": "Kind", "value": "Total", "rows": 1}]
    hours = report["figures"][0]
    assert (hours["rows"], hours["left_out"], hours["ignored"]) == (4, 1, [{"value": "Head", "rows": 1}])
    assert report["ignored_columns"] == ["Remark"]
    text = list(lines(found))
    assert text[0] == "export.csv, by the mapping tool: 7 rows read, 6 taken: 2 PDUs, 2022-08-29."
    assert "  1 row left out: Kind is 'Total'." in text
    assert text[-1] == "2 returns with 6 figures."


def test_the_order_of_rows_changes_nothing() -> None:
    head, *rows = EXPORT.splitlines()
    turned = "\n".join([head, *reversed(rows)])
    assert converted(turned).returns == converted().returns


def test_a_sum_with_a_part_missing_is_not_given() -> None:
    data = EXPORT.replace("Active,18.5,20", "Active,,20")
    found = converted(data)
    assert "in_post_fte[PO]" not in figures(found)["york"]
    (note,) = found.reports[0].not_given
    assert note.as_dict() == {"pdu": "york", "as_of": "2022-08-29", "figure": "in_post_fte[PO]", "row": 3}
    zero = mapping(("    decimals: 2\n", "    decimals: 2\n    blank: zero\n"))
    assert figures(converted(data, zero))["york"]["in_post_fte[PO]"] == "1"


def test_no_rows_may_mean_zero() -> None:
    by = mapping(("    decimals: 2\n", "    decimals: 2\n    no_rows: zero\n"))
    assert figures(converted(by=by))["hull"]["in_post_fte[PSO]"] == "0"
    assert "in_post_fte[PSO]" not in figures(converted())["hull"]


def test_rows_are_counted() -> None:
    by = mapping(
        ("column: Points, sum: true, blank: zero", "count: true"),
        ("ignore: [Remark]", "ignore: [Remark, Points]"),
    )
    assert {pdu: one["points"] for pdu, one in figures(converted(by=by)).items()} == {
        "york": "5",
        "hull": "1",
    }


def test_other_ways_to_write_numbers_and_cells() -> None:
    reads = "reads: {delimiter: semicolon, decimal: comma, thousands: point, encoding: windows-1252}"
    by = mapping(("reads: {skip: 0}", reads))
    data = EXPORT.replace(",", ";").replace("18.5", "1.018,5").replace(";x\n", ";caf\u00e9\n")
    assert figures(converted(data.encode("cp1252"), by))["york"]["in_post_fte[PO]"] == "28.53"


def test_rows_above_the_header_are_passed_over() -> None:
    by = mapping(("skip: 0", "skip: 3"))
    assert figures(converted(f"Report,of,all\n\n\n{EXPORT}", by)) == figures(converted())


def workbook(title: str = "Summary", *, days: bool = True) -> bytes:
    book = openpyxl.Workbook()
    cover = book.active
    assert cover is not None
    cover.title = "Cover"
    sheet = book.create_sheet(title)
    for number, line in enumerate(EXPORT.splitlines()):
        cells: list[object] = [cell or None for cell in line.split(",")]
        if number:
            cells[0] = datetime.datetime(2022, 8, 29) if days else cells[0]
            cells[6] = None if cells[6] is None else float(str(cells[6]))
        sheet.append(cells)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


@pytest.mark.parametrize("days", [True, False])
def test_a_sheet_of_a_workbook_is_read_by_its_name(days: bool) -> None:
    by = mapping(("skip: 0", "sheet: Summary"))
    data = workbook(days=days)
    assert figures(converted(data, by, "export.xlsx")) == figures(converted())


def test_a_sheet_that_is_not_there_is_refused() -> None:
    by = mapping(("skip: 0", "sheet: Summary"))
    (problem,) = refused(workbook("Sumary"), by, "export.xlsx")
    assert (problem.code, problem.hint) == ("PF503", "There are: 'Cover', 'Sumary'.")


def test_the_day_may_be_said_instead() -> None:
    by = mapping(text=BARE)
    found = converted("Unit,Points\nyork,3\n", by, day=datetime.date(2022, 8, 1))
    assert [(one.pdu, one.as_of.isoformat()) for one in found.returns.returns] == [("york", "2022-08-01")]


@pytest.mark.parametrize(("text", "day"), [(BARE, None), (MAPPING, datetime.date(2022, 8, 1))])
def test_a_day_that_is_missing_or_said_twice_is_wrong_use(text: str, day: datetime.date | None) -> None:
    with pytest.raises(UsageError, match="--day"):
        converted("Unit,Points\nyork,3\n", mapping(text=text), day=day)


ONE = "29/08/2022,York,9,Person,Officer,Active,37,1,,\n"
REFUSED = [
    ("PF540", EXPORT.replace("Hours", "Hour"), 1),
    ("PF541", EXPORT.replace("Remark", "Remarks"), 1),
    ("PF541", EXPORT.replace("Alert,Remark", "Alert,,Remark").replace(",,x", ",,y,x"), 2),
    ("PF514", EXPORT.replace("Remark", "points"), 1),
    ("PF514", EXPORT.replace(",,x", ",,x,y"), 2),
    ("PF542", EXPORT + ONE.replace("York", "Yrok"), 9),
    ("PF542", EXPORT + ONE.replace("York", ""), 9),
    ("PF543", EXPORT + ONE.replace("Officer", "Oficer"), 9),
    ("PF543", EXPORT + ONE.replace("Officer", ""), 9),
    ("PF543", EXPORT.replace("High!", "Higher!"), 6),
    ("PF544", EXPORT.replace("18.5", "18,5".join('""')), 3),
    ("PF544", EXPORT.replace("18.5", "1e3"), 3),
    ("PF544", EXPORT.replace("18.5", "n/a"), 3),
    ("PF544", EXPORT.replace("18.5", "nan"), 3),
    ("PF544", EXPORT.replace("18.5", "+37"), 3),
    ("PF544", EXPORT.replace("18.5", "=37/2"), 3),
    ("PF545", EXPORT + ONE.replace("29/08/2022", "2022-08-29"), 9),
    ("PF545", EXPORT + ONE.replace("29/08/2022", "31/02/2022"), 9),
    ("PF545", EXPORT + ONE.replace("29/08/2022", ""), 9),
    ("PF546", EXPORT + ONE.replace("Officer", "Head").replace(",1,,", ",1,no,"), 9),
    ("PF548", EXPORT + ONE.replace(",9,", ",6,"), 9),
    ("PF549", EXPORT + ONE.replace("Officer", "Clerk").replace("Active", "Lent"), 9),
    ("PF549", f"{HEADER}\n29/08/2022,York,7,Total,,,129.5,35,,\n", 1),
    ("PF549", f"{HEADER}\n", 1),
    ("PF503", "", 1),
    ("PF503", "\n\n\n", 1),
    ("PF506", EXPORT.replace("29/08/2022,Hull", "29/08/2023,Hull"), 7),
    ("PF510", EXPORT.replace("Active,37,10", "Active,37,-100"), 2),
    ("PF515", EXPORT.replace("29/08/2022,Hull", "29/08/2022,Leeds"), 7),
    ("PF509", EXPORT.replace("Active,37,10", "Active,37,10.5"), 2),
]


@pytest.mark.parametrize(("code", "data", "line"), REFUSED)
def test_a_row_that_is_wrong_refuses_the_export(code: str, data: str, line: int) -> None:
    problems = refused(data)
    assert (code, line) in {(one.code, one.place.line) for one in problems}, list(map(str, problems))


def test_a_number_without_an_end_needs_decimals() -> None:
    by = mapping(("    decimals: 2\n", ""))
    (problem,) = refused(by=by)
    assert (problem.code, problem.place.line) == ("PF547", 7)
    assert "10/37" in problem.message


def test_the_same_fault_in_many_rows_is_told_once_with_all_of_them() -> None:
    data = EXPORT + "".join(
        ONE.replace("York", name).replace(",9,", f",{10 + n},") for n, name in enumerate(["Yrok"] * 12)
    )
    (problem,) = refused(data)
    assert problem.code == "PF542"
    assert (
        problem.message
        == "There is no PDU 'Yrok'. It is so in 12 rows: 9, 10, 11, 12, 13, 14, 15, 16 and 4 more."
    )
    assert [place.line for place in problem.also] == list(range(10, 21))
    assert problem.hint.startswith("Did you mean York?")


def test_all_faults_of_an_export_are_told_at_once() -> None:
    data = EXPORT + ONE.replace("York", "Yrok").replace("Officer", "Oficer").replace("29/08", "39/08")
    assert sorted(one.code for one in refused(data)) == ["PF542", "PF543", "PF545"]


def test_two_exports_may_fill_one_return() -> None:
    by = mapping(text=changed(BARE, ("points, column: Points", "available, column: Available")))
    other = Export(b"Unit,Available\nyork,50\n", "other.csv", by)
    with pytest.raises(UsageError):  # one of them reads the day, the other does not
        converted(EXPORT, None, "export.csv", other)
    dated = mapping(text=changed(by_text(), ("Points", "Available"), ("points", "available")))
    other = Export(b"Day,Unit,Available\n2022-08-29,york,50\n", "other.csv", dated)
    found = converted(EXPORT, None, "export.csv", other)
    (york,) = [one for one in found.returns.returns if one.pdu == "york"]
    assert {"points", "available"} <= york.figures.keys()
    assert york.annotations == {"source": "The tool; Bare"}


def by_text() -> str:
    return changed(BARE, ("unit:", "day: {column: Day}\nunit:"))


def test_two_exports_that_differ_are_refused() -> None:
    other = Export(b"Day,Unit,Points\n2022-08-29,york,50\n", "other.csv", mapping(text=by_text()))
    (problem,) = refused(EXPORT, None, "export.csv", other)
    assert (problem.code, problem.place.file, problem.also[0].file) == ("PF512", "other.csv", "export.csv")
    assert problem.message == "points of york on 2022-08-29 is 50 here and 35 in another export."
    same = Export(b"Day,Unit,Points\n2022-08-29,york,35\n", "other.csv", mapping(text=by_text()))
    assert figures(converted(EXPORT, None, "export.csv", same)) == figures(converted())


def test_rows_without_a_fault_are_as_many_as_were_written() -> None:
    assert converted().reports[0].rows == len(ROWS.splitlines())


@given(st.fractions(-(10**6), 10**6, max_denominator=10**4), st.integers(0, 4))
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(value: Fraction, decimals: int) -> None:
    found, step = Fraction(rounded(value, decimals)), Fraction(1, 10**decimals)
    assert abs(found - value) <= step / 2
    if abs(found - value) == step / 2:
        assert abs(found) > abs(value)
    assert (found / step).denominator == 1


@given(st.fractions(-(10**6), 10**6, max_denominator=10**4))
def test_a_decimal_is_exact_or_there_is_none(value: Fraction) -> None:
    found = exact(value)
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    assert (found is None) == (rest != 1)
    assert found is None or Fraction(found) == value
