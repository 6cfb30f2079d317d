"""Returns as workbooks and as Parquet."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from engine.returns import Returns
from rules.problems import ReturnsError

Read = Callable[..., Returns]
DAY = datetime.date(2022, 8, 22)
HEAD = ["pdu", "as_of", "grade", "in_post_fte", "wmt_points"]


def test_read_workbook(read: Read, workbook: Callable[..., bytes]) -> None:
    returns = read(
        workbook(
            [],
            [*HEAD, "local_alert", "note", None],
            ["york", datetime.datetime(2022, 8, 22), "PO", 13.1],
            ["york", "2022-08-22", None, None, 41230, "high", datetime.date(2022, 8, 1)],
            [],
            [101, DAY, "PSO", "13.5"],
        ),
        "Returns.XLSX",
    )
    kent, york = returns.returns
    assert york.figures == {"in_post_fte[PO]": Decimal("13.1"), "local_alert": "high", "wmt_points": 41230}
    assert york.annotations == {"note": "2022-08-01"}
    assert kent.figures == {"in_post_fte[PSO]": Decimal("13.5")}


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (["york", DAY, None, None, "=1+1"], "PF508", 5),
        (["york", DAY, None, None, "#N/A"], "PF508", 5),
        (["york", DAY, None, None, True], "PF508", 5),
        (["york", DAY, None, None, DAY], "PF508", 5),
        (["york", DAY, "PO", 13.125], "PF509", 4),
        (["york", DAY, "PO", "13,5"], "PF508", 4),
        (["york", 44795, "PO", 13], "PF505", 2),
        (["york", datetime.datetime(2022, 8, 22, 9), "PO", 13], "PF505", 2),
        (["york", True, "PO", 13], "PF505", 2),
        ([True, DAY, "PO", 13], "PF504", 1),
        ([102, DAY, "PO", 13], "PF504", 1),
        (["york", DAY, 7, 13], "PF507", 3),
        (["york", DAY, "PO", 13, None, "note"], "PF514", 6),
        ([None, DAY, "PO", 13], "PF503", 1),
    ],
)
def test_refused_workbook(
    read: Read, workbook: Callable[..., bytes], row: list[Any], code: str, column: int
) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(workbook(HEAD, [], row), "returns.xlsx")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, 3, column)
    assert problem.hint


def test_a_sum_that_is_not_quite_decimal(read: Read, workbook: Callable[..., bytes]) -> None:
    """Excel stores what it worked out with all its binary digits, and shows 13.6."""
    data = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(HEAD, ["york", DAY, "PO", 13.6]))) as old,
        zipfile.ZipFile(data, "w") as new,
    ):
        for part in old.namelist():
            new.writestr(part, old.read(part).replace(b"<v>13.6</v>", b"<v>13.600000000000001</v>"))
    with pytest.raises(ReturnsError) as refused:
        read(data.getvalue(), "returns.xlsx")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == ("PF517", 2, 4)
    assert problem.hint == "The file holds 13.600000000000001; round it there, as in =ROUND(A1, 2)."


def test_a_workbook_that_unpacks_to_too_much(
    read: Read, workbook: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.returns._workbook.MAX_UNPACKED", 100)
    with pytest.raises(ReturnsError) as refused:
        read(workbook(HEAD), "returns.xlsx")
    assert [problem.code for problem in refused.value.problems] == ["PF516"]


def test_an_empty_workbook(read: Read, workbook: Callable[..., bytes]) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(workbook(), "returns.xlsx")
    assert [problem.code for problem in refused.value.problems] == ["PF503"]


def test_read_parquet(read: Read, parquet: Callable[..., bytes]) -> None:
    import pyarrow as pa

    data = parquet(
        pdu=pa.array(["york", "york"]).dictionary_encode(),
        as_of=pa.array([DAY, DAY]),
        grade=["PO", None],
        in_post_fte=pa.array([13.1, None], pa.float32()),
        wmt_points=pa.array([None, 41230], pa.int64()),
        change=pa.array([None, Decimal("-0.50")]),
        local_alert=pa.array([None, None]),
    )
    expected = {"change": Decimal("-0.5"), "in_post_fte[PO]": Decimal("13.1"), "wmt_points": 41230}
    (only,) = read(data, "returns.parquet").returns
    assert only.figures == expected


@pytest.mark.parametrize(
    ("columns", "code", "line", "column"),
    [
        ({"wmt_points": ["3"]}, "PF508", 1, 3),
        ({"wmt_points": [float("nan")]}, "PF508", 1, 3),
        ({"wmt_points": [float("-inf")]}, "PF508", 1, 3),
        ({"wmt_points": [1e20]}, "PF517", 1, 3),
        ({"wmt_points": [True]}, "PF508", 1, 3),
        ({"wmt_points": [2.5]}, "PF509", 1, 3),
        ({"local_alert": [1]}, "PF511", 1, 3),
        ({"wmt_points": [{"PO": 1}]}, "PF501", 1, 3),
        ({"wmt_points": [[1]]}, "PF501", 1, 3),
        ({"wmt_points": [b"1"]}, "PF501", 1, 3),
        ({"points": [1]}, "PF502", 1, 3),
        ({"pdu": [101]}, "PF504", 1, 1),
        ({"as_of": [datetime.datetime(2022, 8, 22, 9)]}, "PF505", 1, 2),
    ],
)
def test_refused_parquet(
    read: Read, parquet: Callable[..., bytes], columns: dict[str, Any], code: str, line: int, column: int
) -> None:
    with pytest.raises(ReturnsError) as refused:
        read(parquet(**{"pdu": ["york"], "as_of": [DAY]} | columns), "returns.parquet")
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)
