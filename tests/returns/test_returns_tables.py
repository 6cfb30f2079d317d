"""Returns as CSV: what is read, and what is refused where."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from engine.returns import Returns, template
from rules.figures import Vocabulary
from rules.problems import ReturnsError

Read = Callable[..., Returns]
DAY = datetime.date(2022, 8, 22)
GRADES = "pdu,as_of,grade,in_post_fte,wmt_points\n"


def figures(returns: Returns) -> dict[str, Any]:
    """The figures of the only return."""
    (only,) = returns.returns
    return dict(only.figures)


REFUSED = [
    # (text, code, line, column)
    pytest.param("", "PF503", 1, 1, id="nothing"),
    pytest.param("\n\n \n", "PF503", 1, 1, id="blank lines"),
    pytest.param("as_of,wmt_points\n", "PF503", 1, 1, id="no pdu column"),
    pytest.param("pdu,wmt_points\n", "PF503", 1, 1, id="no day column"),
    pytest.param("pdu,as_of,in_post_fte\nyork,2022-08-22,3\n", "PF503", 1, 1, id="no list column"),
    pytest.param("pdu,as_of,wmt_point\n", "PF502", 1, 3, id="unknown column"),
    pytest.param("pdu,as_of,wmt_points,wmt_points\n", "PF514", 1, 4, id="column twice"),
    pytest.param("pdu,as_of,wmt_points\n,2022-08-22,3\n", "PF503", 2, 1, id="no pdu"),
    pytest.param("pdu,as_of,wmt_points\nyork,,3\n", "PF503", 2, 2, id="no day"),
    pytest.param("pdu,as_of,wmt_points\nyorck,2022-08-22,3\n", "PF504", 2, 1, id="unknown pdu"),
    pytest.param("pdu,as_of,wmt_points\nHull,2022-08-22,3\n", "PF504", 2, 1, id="name for id"),
    pytest.param("pdu,as_of,wmt_points\nyork,22/08/2022,3\n", "PF505", 2, 2, id="British day"),
    pytest.param("pdu,as_of,wmt_points\nyork,2022-02-30,3\n", "PF505", 2, 2, id="no such day"),
    pytest.param("pdu,as_of,wmt_points\nyork,2022-08-22T00:00:00,3\n", "PF505", 2, 2, id="day with time"),
    pytest.param("pdu,as_of,wmt_points\nyork,٢٠٢٢-08-22,3\n", "PF505", 2, 2, id="other digits"),
    pytest.param("pdu,as_of,wmt_points\nyork,2022-09-03,3\n", "PF506", 2, 2, id="after tomorrow"),
    pytest.param("pdu,as_of,wmt_points\nleeds,2022-08-22,3\n", "PF515", 2, 2, id="pdu ended"),
    pytest.param("pdu,as_of,wmt_points\nleeds-east,2022-05-31,3\n", "PF515", 2, 2, id="pdu not begun"),
    pytest.param(GRADES + "york,2022-08-22,P0,3,\n", "PF507", 2, 3, id="unknown member"),
    pytest.param(GRADES + "york,2022-08-22,po,3,\n", "PF507", 2, 3, id="member in small letters"),
    pytest.param(GRADES + 'york,2022-08-22,PO,"13,5",\n', "PF508", 2, 4, id="decimal comma"),
    pytest.param(GRADES + 'york,2022-08-22,,,"41,230"\n', "PF508", 2, 5, id="thousands"),
    pytest.param(GRADES + "york,2022-08-22,,,41 230\n", "PF508", 2, 5, id="spaces for thousands"),
    pytest.param(GRADES + "york,2022-08-22,,,4e4\n", "PF508", 2, 5, id="exponent"),
    pytest.param(GRADES + "york,2022-08-22,,,NaN\n", "PF508", 2, 5, id="NaN"),
    pytest.param(GRADES + "york,2022-08-22,,,inf\n", "PF508", 2, 5, id="infinity"),
    pytest.param(GRADES + "york,2022-08-22,,,+4\n", "PF508", 2, 5, id="plus"),
    pytest.param(GRADES + "york,2022-08-22,PO,.5,\n", "PF508", 2, 4, id="no digit before the point"),
    pytest.param(GRADES + "york,2022-08-22,,,n/a\n", "PF508", 2, 5, id="n/a"),
    pytest.param(GRADES + "york,2022-08-22,,,true\n", "PF508", 2, 5, id="true"),
    pytest.param(GRADES + "york,2022-08-22,,,٤٢\n", "PF508", 2, 5, id="other digits in a number"),
    pytest.param(GRADES + "york,2022-08-22,PO,1.234,\n", "PF509", 2, 4, id="too many decimals"),
    pytest.param(GRADES + "york,2022-07-04,PO,1.23,\n", "PF509", 2, 4, id="decimals by the day's version"),
    pytest.param(GRADES + "york,2022-08-22,PO,-1,\n", "PF510", 2, 4, id="below the minimum"),
    pytest.param(GRADES + "york,2022-08-22,,,10000001\n", "PF510", 2, 5, id="above the maximum"),
    pytest.param("pdu,as_of,change\nyork,2022-08-22,1234567890123456\n", "PF517", 2, 3, id="too many digits"),
    pytest.param(
        "pdu,as_of,change\nyork,2022-08-22," + "9" * 90000 + "\n", "PF517", 2, 3, id="absurd number"
    ),
    pytest.param("pdu,as_of,local_alert\nyork,2022-08-22,High\n", "PF511", 2, 3, id="unknown category"),
    pytest.param(GRADES + "york,2022-08-22,,3,\n", "PF513", 2, 4, id="no member for a figure"),
    pytest.param(GRADES + "york,2022-08-22,PO,,3\n", "PF513", 2, 5, id="plain figure in a member's row"),
    pytest.param(
        "pdu,as_of,grade,stage,learner_fte\nyork,2022-08-22,PO,,3\n",
        "PF513",
        2,
        5,
        id="member of another list",
    ),
    pytest.param(
        "pdu,as_of,grade,stage,learner_fte\nyork,2022-08-22,PO,L1,\n",
        "PF513",
        2,
        4,
        id="members of two lists",
    ),
    pytest.param(GRADES + "york,2022-08-22,PO,3,,7\n", "PF514", 2, 6, id="row too long"),
    pytest.param(GRADES + "york,2022-08-22,PO\n", "PF514", 2, 3, id="row too short"),
    pytest.param("pdu,as_of,,wmt_points\nyork,2022-08-22,x,3\n", "PF514", 2, 3, id="cell below no name"),
    pytest.param(GRADES + "york,2022-08-22,PO,3,\nyork,2022-08-22,PO,4,\n", "PF512", 3, 4, id="two rows"),
    pytest.param(
        GRADES + "york,2022-08-22,PO,3,\nyork,2022-08-22,PO,,\n", "PF512", 3, 4, id="a row and an empty one"
    ),
    pytest.param(
        "pdu,as_of,wmt_points,note\nyork,2022-08-22,3,a\nyork,2022-08-22,3,b\n", "PF512", 3, 4, id="two notes"
    ),
    pytest.param(GRADES + '"york,2022-08-22,PO,3,\n', "PF501", 2, 1, id="open quote"),
    pytest.param(GRADES + 'york,2022-08-22,"P"O,3,\n', "PF501", 2, 1, id="quote within"),
    pytest.param(GRADES + "\r\n\r\nyork,2022-08-22,,,x\r\n", "PF508", 4, 5, id="blank lines count"),
    pytest.param(
        'pdu,as_of,wmt_points,note\nyork,2022-08-22,3,"a\nb"\nhull,2022-08-22,x,\n',
        "PF508",
        4,
        3,
        id="quoted lines",
    ),
    pytest.param(
        "pdu;as_of;wmt_points\nyork;2022-08-22;3,5\n", "PF508", 2, 3, id="semicolons, decimal comma"
    ),
    pytest.param("pdu\tas_of\twmt_points\nyork\t2022-08-22\t3,5\n", "PF508", 2, 3, id="tabs, decimal comma"),
]


@pytest.mark.parametrize(("text", "code", "line", "column"), REFUSED)
def test_refused_csv(read: Read, text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(text)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)
    assert problem.place.file == "returns.csv"
    assert problem.message.endswith(".")
    assert problem.hint


@pytest.mark.parametrize(("sign", "shown"), [(",", "','"), (";", "';'"), ("\t", r"'\t'")])
def test_the_sign_that_is_due_is_told(read: Read, sign: str, shown: str) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(GRADES.replace(",", sign) + f'york{sign}2022-08-22{sign}"P"O{sign}3{sign}\n')
    (problem,) = refused.value.problems
    assert problem.message == f"This row cannot be read: {shown} expected after '\"'."


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("pdu,as_of,wmt_points\nYork and Selby,2022-08-22,3\n", "Write its id york."),
        ("pdu,as_of,wmt_points\nY01,2022-08-22,3\n", "Write its id york."),
        ("pdu,as_of,wmt_points\nYORK,2022-08-22,3\n", "Did you mean york?"),
        ("pdu,as_of,WMT Points\n", "Did you mean wmt_points?"),
        ("pdu,as_of,wmt_points\nleeds,2022-08-22,3\n", "Send the figures of leeds-east."),
        ('pdu,as_of,change\nyork,2022-08-22,"13,5"\n', "Write the decimal with a point: 13.5."),
        ("pdu,as_of,change\nyork,2022-08-22,n/a\n", "Leave it empty where there is no figure."),
    ],
)
def test_hints(read: Read, text: str, hint: str) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(text)
    assert refused.value.problems[0].hint == hint


def test_all_problems_at_once_in_order_with_path_and_other_side(read: Read) -> None:
    text = (
        GRADES + "york,2022-08-22,PO,x,\nhul,2022-08-22,,,-1\nhull,2022-08-22,PO,1,\nhull,2022-08-22,PO,2,\n"
    )
    with pytest.raises(ReturnsError) as refused:
        read(text)
    told = [(p.code, p.place.line, p.place.path) for p in refused.value.problems]
    assert told == [
        ("PF508", 2, "row 2, in_post_fte"),
        ("PF504", 3, "row 3, pdu"),
        ("PF510", 3, "row 3, wmt_points"),
        ("PF512", 5, "row 5, in_post_fte"),
    ]
    assert [place.line for place in refused.value.problems[-1].also] == [4]


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        ("pdu,as_of\n".encode("utf-16"), "r.csv", "PF501"),
        ("pdu,as_of\n".encode("utf-16-le"), "r.csv", "PF501"),
        ("pdu,as_of,note\nyork,2022-08-22,caf\u00e9\n".encode("cp1252"), "r.csv", "PF501"),
        (b"PK\x03\x04....", "r.csv", "PF501"),
        (b"pdu,as_of\n", "r.txt", "PF501"),
        (b"pdu,as_of\n", "returns", "PF501"),
        (b"pdu,as_of\n", "r.xlsx", "PF501"),
        (b"pdu,as_of\n", "r.parquet", "PF501"),
        (b"x" * (64 * 1024 * 1024 + 1), "r.csv", "PF516"),
    ],
)
def test_refused_bytes(read: Read, data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(data, name)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert problem.hint


def test_the_place_of_a_byte_that_is_no_utf_8(read: Read) -> None:
    with pytest.raises(ReturnsError) as refused:
        read("pdu,as_of,note\nyork,2022-08-22,caf\u00e9\n".encode("cp1252"))
    place = refused.value.problems[0].place
    assert (place.line, place.column) == (2, 20)


def test_too_many_rows(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.returns._table.MAX_ROWS", 2)
    with pytest.raises(ReturnsError) as refused:
        read("pdu,as_of,wmt_points\nyork,2022-08-20,x\n" + "york,2022-08-22,3\n" * 2)
    assert [problem.code for problem in refused.value.problems] == ["PF516", "PF508"]


READ = [
    pytest.param("pdu,as_of,wmt_points\nyork,2022-08-22,41230\n", id="plain"),
    pytest.param("\ufeffpdu,as_of,wmt_points\nyork,2022-08-22,41230\n", id="byte order mark"),
    pytest.param("pdu,as_of,wmt_points\r\nyork,2022-08-22,41230\r\n", id="CRLF"),
    pytest.param("pdu,as_of,wmt_points\ryork,2022-08-22,41230\r", id="CR"),
    pytest.param("pdu;as_of;wmt_points\nyork;2022-08-22;41230\n", id="semicolons"),
    pytest.param("pdu\tas_of\twmt_points\nyork\t2022-08-22\t41230\n", id="tabs"),
    pytest.param("\n\npdu,as_of,wmt_points\n\nyork,2022-08-22,41230\n,,\n,,\n\n", id="blank rows"),
    pytest.param("pdu,as_of,wmt_points,,\nyork,2022-08-22,41230,,\n", id="trailing delimiters"),
    pytest.param("pdu,as_of,wmt_points\nyork,2022-08-22,41230,,\n", id="trailing delimiters below"),
    pytest.param(" pdu , as_of ,wmt_points\n york , 2022-08-22, 41230 \n", id="spaces"),
    pytest.param('"pdu","as_of","wmt_points"\n"york","2022-08-22","41230"\n', id="quotes"),
    pytest.param("wmt_points,as_of,pdu\n41230.000,2022-08-22,york", id="order, zeros, no last line end"),
    pytest.param("pdu,as_of,wmt_points,old_count,local_alert\nyork,2022-08-22,041230,,\n", id="empty cells"),
    pytest.param("pdu,as_of,grade,wmt_points\nyork,2022-08-22,,41230\n", id="an empty member"),
]


@pytest.mark.parametrize("text", READ)
def test_read_csv(read: Read, text: str) -> None:
    (only,) = read(text).returns
    assert (only.pdu, only.as_of, only.figures) == ("york", DAY, {"wmt_points": Decimal(41230)})


def test_a_header_and_no_rows_is_fine(read: Read) -> None:
    assert read("pdu,as_of,wmt_points\n") == Returns(())


def test_rows_of_a_day_make_one_return(read: Read) -> None:
    text = (
        "pdu,as_of,grade,stage,in_post_fte,learner_fte,wmt_points,source,note\n"
        "york,2022-08-22,PO,,13.50,,,HR,second\n"
        "york,2022-08-22,,L1,,2,,HR,\n"
        'york,2022-08-22,,,,,7,WMT,"fi\nrst"\n'
        "101,2022-09-02,PSO,,0,,,,\n"
    )
    kent, york = read(text).returns
    assert kent.as_of == datetime.date(2022, 9, 2)  # tomorrow
    assert york.figures == {"in_post_fte[PO]": Decimal("13.5"), "learner_fte[L1]": 2, "wmt_points": 7}
    assert york.annotations == {"note": "fi\nrst; second", "source": "HR; WMT"}


def test_a_column_of_any_version_is_known(read: Read) -> None:
    assert figures(read("pdu,as_of,old_count\nyork,2022-08-22,3\n")) == {"old_count": 3}
    assert figures(read("pdu,as_of,wmt_points\nyork,2022-07-04,3\n")) == {"wmt_points": 3}
    assert figures(read(GRADES + "york,2022-07-04,CA,3.5,\n")) == {"in_post_fte[CA]": Decimal("3.5")}


def test_an_identical_row_is_ignored_with_a_note(read: Read) -> None:
    returns = read(GRADES + "york,2022-08-22,PO,3,\nhull,2022-08-22,PO,3,\nyork,2022-08-22,PO,3.00,\n")
    assert [(note.code, note.pdu, note.as_of, note.row) for note in returns.notes] == [
        ("PF602", "york", DAY, 4)
    ]
    assert len(returns.returns) == 2


def test_skip_bad_rows_takes_the_whole_return(read: Read) -> None:
    text = (
        GRADES
        + "york,2022-08-22,PO,3,\nyork,2022-08-22,PSO,x,\nyork,2022-08-15,PO,3,\n"
        + "yorck,2022-08-15,PSO,3,\nhull,never,PO,3,\nhull,2022-08-15,PO,3,\nhull,2022-08-15,PO,4,\n"
    )
    returns = read(text, skip_bad_rows=True)
    assert [(entry.pdu, entry.as_of.day) for entry in returns.returns] == [("york", 15)]
    assert [problem.code for problem in returns.left_out] == ["PF508", "PF504", "PF505", "PF512"]
    assert [(note.code, note.pdu, note.as_of, note.row) for note in returns.notes] == [
        ("PF608", "york", DAY, 3),
        ("PF608", None, datetime.date(2022, 8, 15), 5),
        ("PF608", "hull", None, 6),
        ("PF608", "hull", datetime.date(2022, 8, 15), 8),
    ]


def test_skip_bad_rows_refuses_faults_of_the_whole_file(read: Read) -> None:
    with pytest.raises(ReturnsError):
        read("pdu,as_of,wmt_point\n", skip_bad_rows=True)


def test_templates_are_read_as_empty(read: Read, vocabulary: Vocabulary) -> None:
    header = (
        "pdu,as_of,grade,stage,in_post_fte,old_count,required_fte,learner_fte,wmt_points,change,local_alert"
    )
    assert template(vocabulary).decode() == header + "\n"
    assert read(template(vocabulary)) == Returns(())
    assert read(template(vocabulary, "xlsx"), "template.xlsx") == Returns(())
    rows = template(vocabulary, pdus=["york"]).decode().splitlines()[1:]
    assert [row.rstrip(",") for row in rows] == [
        "york",
        *(f"york,,{m}" for m in ("PO", "PSO", "CA", ",NQO", ",L1")),
    ]


WIDE = "pdu,as_of,in_post_fte[PO],in_post_fte[PSO],learner_fte[NQO],wmt_points\n"


def test_a_wide_table_names_members_in_its_header(read: Read) -> None:
    found = read(WIDE + "york,2022-08-22,13.5,,2,7\nhull,2022-08-22,1,2,,\n")
    hull, york = found.returns
    assert york.figures == {"in_post_fte[PO]": Decimal("13.5"), "learner_fte[NQO]": 2, "wmt_points": 7}
    assert hull.figures == {"in_post_fte[PO]": 1, "in_post_fte[PSO]": 2}


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        (WIDE.replace("[PSO]", "[PSI]"), "PF507", 1, 4),
        (WIDE.replace("[PSO]", "[NQO]"), "PF507", 1, 4),
        (WIDE.replace("wmt_points", "wmt_points[PO]"), "PF502", 1, 6),
        (WIDE.replace("[PSO]", "[PO"), "PF502", 1, 4),
        (WIDE.replace("[PSO]", "[PO]"), "PF514", 1, 4),
        (WIDE.replace("wmt_points", "grade"), "PF514", 1, 6),
        (WIDE + "york,2022-08-22,many,,,\n", "PF508", 2, 3),
        (WIDE + "york,2022-08-22,,-1,,\n", "PF510", 2, 4),
        (WIDE + "york,2022-08-22,,,1,1\nyork,2022-08-22,,,2,1\n", "PF512", 3, 5),
    ],
)
def test_a_wide_table_that_is_wrong(read: Read, text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(text)
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)


def test_wide_rows_that_say_the_same_count_once(read: Read) -> None:
    found = read(WIDE + "york,2022-08-22,1,,,\n" * 2)
    assert (len(found.returns), [note.code for note in found.notes]) == (1, ["PF602"])
