"""Mappings as documents: what is taken, and what is refused at its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.library import check_library
from rules.mapping_words import DayFormat, folded, without_ends
from tests.mapping.kit import MAPPING, mapping, read_mapping
from tests.support import PLAN, changed, write_library

GOOD = [
    ("reads: {skip: 0}\n", ""),
    ("skip: 0", "format: xlsx, sheet: Summary"),
    ("skip: 0", "encoding: windows-1252, delimiter: semicolon, decimal: comma, thousands: point"),
    ("day: {column: Date, format: DD/MM/YYYY}\n", ""),
    ("one_per: [Date, Number]", "one_per: []"),
    ("DD/MM/YYYY", "D MMMM YYYY HH:mm"),
    ("by: name", "by: code"),
    ("without: {Kind: Total}", 'without: {Kind: [Total, ""]}'),
    ("    decimals: 2\n", ""),
    ("member: {column: Grade, names: {Officer: PO, Services officer: PSO}, ignore: [Head]}", "member: PO"),
    ("names: {Officer: PO, Services officer: PSO}, ignore: [Head]", "by: title"),
    ("column: Points, sum: true, blank: zero", "count: true"),
    ("ignore: [Remark]\n", ""),
]
BROKEN = [
    ("mapping: tool\n", "", "PF206", 1),
    ("title: The tool\n", "", "PF206", 1),
    ("mapping: tool", "mapping: my tool", "PF202", 3),
    ("framework: plan", "framework: other", "PF242", 2),
    ("format: 1", "format: 2", "PF208", 1),
    ("skip: 0", "skip: -1", "PF209", 5),
    ("skip: 0", "encoding: latin1", "PF208", 5),
    ("skip: 0", "skips: 0", "PF207", 5),
    ("skip: 0", "format: csv, sheet: One", "PF298", 5),
    ("skip: 0", "format: xlsx, encoding: utf-8", "PF298", 5),
    ("skip: 0", "decimal: comma, thousands: comma", "PF298", 5),
    ("DD/MM/YYYY", "DD/MM", "PF297", 6),
    ("DD/MM/YYYY", "DD/MM/YYYY/YYYY", "PF297", 6),
    ("DD/MM/YYYY", "dd/mm/yyyy", "PF297", 6),
    ("DD/MM/YYYY", "DD/MM/YY", "PF297", 6),
    ("by: name", "by: postcode", "PF208", 9),
    ("City of York: york", "City of York: yrok", "PF296", 11),
    ("City of York: york", "City of York: york, CITY of  york: hull", "PF298", 11),
    ("input: in_post_fte", "input: in_post", "PF294", 16),
    ("input: in_post_fte", "input: workload", "PF294", 16),
    ("Officer: PO,", "Officer: PQ,", "PF295", 17),
    ("member: {column: Grade, names: {Officer: PO, Services officer: PSO}, ignore: [Head]}", "member: PX", "PF295", 17),
    ("    member: {column: Grade, names: {Officer: PO, Services officer: PSO}, ignore: [Head]}\n", "", "PF295", 16),
    ("input: points, column", "input: points, member: PO, column", "PF295", 23),
    ('"High!": high', '"High!": highest', "PF295", 24),
    ("divide: 37", "divide: 0", "PF298", 21),
    ("divide: 37", "divide: -37", "PF298", 21),
    ("divide: 37", "divide: thirty-seven", "PF209", 21),
    ("decimals: 2", "decimals: 3", "PF298", 22),
    ("decimals: 2", "decimals: 10", "PF209", 22),
    ("    column: Hours\n", "", "PF298", 16),
    ("    column: Hours\n", "    column: Hours\n    count: true\n", "PF298", 16),
    ("column: Points, sum: true", "column: Points, values: {a: b}, sum: true", "PF298", 23),
    ("column: Alert,", "column: Alert, sum: true,", "PF298", 24),
    ("column: Alert,", "column: Alert, multiply: 2,", "PF298", 24),
    ("column: Alert,", "column: Alert, no_rows: zero,", "PF298", 24),
    ("blank: zero", "blank: nought", "PF208", 23),
    ("{column: Grade, names:", "{is: PO, column: Grade, names:", "PF298", 17),
    ("{column: Grade, names: {Officer: PO, Services officer: PSO}, ignore: [Head]}", "{column: Grade}", "PF298", 17),
    ("{column: Grade, names:", "{names:", "PF298", 17),
    ("ignore: [Remark]", "ignore: [Remark, hours]", "PF298", 25),
    ("where: {Grade: Head}", "where: {Grade: {a: b}}", "PF201", 24),
    ("where: {Grade: Head}", "where: Head", "PF201", 24),
    ("- {input: alert,", "- {input: points, count: true}\n  - {input: alert,", "PF298", 24),
    ("title: The tool", "title: ''", "PF201", 4),
]  # fmt: skip


@pytest.mark.parametrize("change", GOOD, ids=lambda change: change[1][:40])
def test_a_good_mapping_is_taken(change: tuple[str, str]) -> None:
    assert mapping(change).mapping == "tool"


@pytest.mark.parametrize(("old", "new", "code", "line"), BROKEN)
def test_a_fault_is_told_at_its_place(old: str, new: str, code: str, line: int) -> None:
    found, problems = read_mapping(changed(MAPPING, (old, new)))
    assert found is None
    assert (code, line) in {(one.code, one.place.line) for one in problems}, list(map(str, problems))
    assert all(one.hint for one in problems)


def test_a_slip_in_a_name_brings_the_word_that_was_meant() -> None:
    slips = [("input: in_post_fte", "input: in_post_ftee"), ("City of York: york", "City of York: yorl")]
    _, problems = read_mapping(changed(MAPPING, *slips))
    assert sorted(one.hint for one in problems) == ["Did you mean in_post_fte?", "Did you mean york?"]


def test_all_faults_are_told_at_once() -> None:
    slips = [("divide: 37", "divide: 0"), ("DD/MM/YYYY", "DD"), ("Officer: PO,", "Officer: X,")]
    _, problems = read_mapping(changed(MAPPING, *slips))
    assert [one.code for one in problems] == ["PF297", "PF295", "PF298"]


def test_check_reads_the_mappings_of_a_folder(tmp_path: Path) -> None:
    files = {"plan/v1.yaml": PLAN, "plan/mappings/tool.yaml": MAPPING}
    write_library(tmp_path, files)
    assert [one for one in check_library(tmp_path) if one.code in ("PF314",) or not one.is_warning] == []
    broken = changed(MAPPING, ("input: in_post_fte", "input: in_pots_fte"))
    again = changed(MAPPING, ("title: The tool", "title: The same"))
    write_library(tmp_path, {"plan/mappings/other.yaml": again, "plan/mappings/z.yaml": broken})
    errors = [one for one in check_library(tmp_path) if not one.is_warning]
    assert [(one.code, Path(one.place.file).name) for one in errors] == [
        ("PF299", "tool.yaml"),
        ("PF294", "z.yaml"),
    ]


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("YYYY-MM-DD", "2022-08-29", "2022-08-29"),
        ("D/M/YYYY", "9/8/2022", "2022-08-09"),
        ("D MMM YYYY", "29 aug 2022", "2022-08-29"),
        ("DD MMMM YYYY", "29  August 2022", "2022-08-29"),
        ("YYYYMMDD", "20220829", "2022-08-29"),
        ("YYYY-MM-DDTHH:mm:ss", "2022-08-29T09:30:00", "2022-08-29"),
        ("DD/MM/YYYY", "30/02/2022", None),
        ("DD/MM/YYYY", "8/29/2022", None),
        ("DD/MM/YYYY", "29/08/2022 00:00", None),
        ("DD/MM/YYYY", "", None),
        ("D MMM YYYY", "29 Xyz 2022", None),
        ("D MMMM YYYY", "29 Aug 2022", None),
        ("DD/MM/YYYY", "٢٩/٠٨/٢٠٢٢", None),
    ],
)
def test_days_are_read_as_the_format_says(form: str, text: str, day: str | None) -> None:
    found = DayFormat(form).read(text)
    assert (None if found is None else found.isoformat()) == day


def test_words_are_compared_without_capitals_and_spaces() -> None:
    assert folded("  NPS\u00a0York ") == "nps york"
    assert without_ends("ps york pdu", ["PDU", "PS"]) == "york"
    assert without_ends("pdu", ["PDU"]) == "pdu"
