"""Frames straight from tables are those that the careful reader's returns give, or the file is refused alike."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.returns import write_returns
from rules.figures import Return
from rules.problems import ReturnsError
from tests.bulk.bulk_kit import careful, quick, read_both, wide_csv, wide_parquet
from tests.returns.conftest import VOCABULARY
from tests.returns.test_returns_properties import RETURNS

EACH = settings(max_examples=60, deadline=None)
HEADER = "pdu,as_of,grade,stage,required_fte,in_post_fte,learner_fte,wmt_points,change,local_alert,note\n"
PLAIN = [
    "york,2022-08-08,,,,,,41230,-0.5,none,\n",
    "york,2022-08-08,PO,,20,18.5,,,,,\n",
    "york,2022-08-08,PSO,,20.00,18.25,,,,,a note\n",
    "york,2022-08-08,,NQO,,,2,,,,\n",
    "york,2022-08-16,,,,,,41000,,high,\n",
    "hull,2022-08-09,,,,,,0041,12,,\n",
    "hull,2022-08-09,CA,,,-0,,,,,\n",
    "leeds,2022-01-03,PO,,,9.5,,,,,\n",
]


def table(*rows: str) -> bytes:
    return (HEADER + "".join(rows)).encode()


@pytest.mark.parametrize("shape", ["csv", "parquet", "wide.csv", "double", "float", "decimal", "int"])
@EACH
@given(returns=RETURNS.filter(bool))
def test_a_frame_is_that_of_the_careful_reader(shape: str, returns: list[Return]) -> None:
    if shape in ("csv", "parquet"):
        data, name = write_returns(returns, VOCABULARY, shape), f"returns.{shape}"
    elif shape == "wide.csv":
        data, name = wide_csv(returns), "returns.csv"
    else:
        data, name = wide_parquet(returns, shape), "returns.parquet"
    found = read_both(data, name)
    assert found is not None or shape == "float", "half as wide, some numbers cannot be written out"


def test_what_is_plainly_fine_is_read_the_quick_way() -> None:
    for data in (table(*PLAIN), table(*PLAIN).replace(b",", b";"), table(*PLAIN).replace(b"\n", b"\r\n")):
        found = read_both(data, "returns.csv")
        assert found is not None
        assert found.quick
    found = read_both(b"\xef\xbb\xbf" + table(*PLAIN).replace(b"a note", b'"a, ""note"""'), "returns.csv")
    assert found is not None
    assert found.quick


def test_no_binary_fraction_is_left_of_a_double(parquet: Callable[..., bytes]) -> None:
    day = datetime.date(2022, 8, 8)
    data = parquet(pdu=["york"], as_of=[day], change=[0.1 + 0.2])
    assert read_both(data, "a.parquet") is None, "0.30000000000000004 has too many decimals"
    data = parquet(pdu=["york"], as_of=[day], change=[0.3])
    found = read_both(data, "a.parquet")
    assert found is not None
    assert found.quick
    column = found.frame.numbers["change"]
    assert (column.decimals, column.numbers.tolist()) == (1, [[3]])


WRONG_ROWS = {
    "unit": "yrok,2022-08-22,,,,,,1,,,\n",
    "unit of no name": ",2022-08-22,,,,,,1,,,\n",
    "unit with a space": " york,2022-08-22,,,,,,1,,,\n",
    "day": "york,2022-08-32,,,,,,1,,,\n",
    "day not given": "york,,,,,,,1,,,\n",
    "day to come": "york,2022-09-03,,,,,,1,,,\n",
    "tomorrow": "york,2022-09-02,,,,,,1,,,\n",
    "unit not there yet": "leeds-east,2022-01-03,,,,,,1,,,\n",
    "unit gone": "leeds,2022-08-08,,,,,,1,,,\n",
    "member": "york,2022-08-22,PX,,1,,,,,,\n",
    "two members": "york,2022-08-22,PO,NQO,1,,,,,,\n",
    "figure without a member": "york,2022-08-22,,,1,,,,,,\n",
    "figure in a member's row": "york,2022-08-22,PO,,,,,5,,,\n",
    "another list's member": "york,2022-08-22,,NQO,5,,,,,,\n",
    "text": "york,2022-08-22,,,,,,many,,,\n",
    "exponent": "york,2022-08-22,,,,,,1e3,,,\n",
    "plus": "york,2022-08-22,,,,,,+1,,,\n",
    "point": "york,2022-08-22,,,,,,1.,,,\n",
    "infinity": "york,2022-08-22,,,,,,inf,,,\n",
    "another script's digits": "york,2022-08-22,,,,,,\u0661,,,\n",
    "decimals": "york,2022-08-22,,,,,,1.5,,,\n",
    "zeros for decimals": "york,2022-08-22,,,,,,1.00000000,,,\n",
    "decimals of an older version": "york,2022-07-04,PO,,,1.25,,,,,\n",
    "an input of no version then": "york,2022-07-04,,,,,,1,,,\n",
    "too small": "york,2022-08-22,PO,,-0.01,,,,,,\n",
    "too great": "york,2022-08-22,,,,,,10000001,,,\n",
    "too long": "york,2022-08-22,,,,,,,1234567890123456,,\n",
    "as long as may be": "york,2022-08-22,,,,,,,12345678901234.5,,\n",
    "far too long": f"york,2022-08-22,,,,,,,{'9' * 60},,\n",
    "category": "york,2022-08-22,,,,,,,,huge,\n",
    "the same again": PLAIN[0],
    "the same thing twice": "york,2022-08-08,PO,,21,,,,,,\n",
    "a blank row": ",,,,,,,,,,\n",
    "a blank line": "\n",
    "a short row": "york,2022-08-22,PO,,1\n",
    "a long row": "york,2022-08-22,,,,,,1,,,,,7\n",
    "a quotation mark within": 'york,2022-08-22,,,,,,1,,,a "note"\n',
    "a quotation mark left open": 'york,2022-08-22,,,,,,1,,,"a note\n',
    "a line end in quotes": 'york,2022-08-22,,,,,,1,,,"a\nnote"\n',
    "spaces around a number": "york,2022-08-22,,,,,, 1 ,,,\n",
    "a return without figures": "york,2022-08-22,,,,,,,,,\n",
}


@pytest.mark.parametrize("what", WRONG_ROWS)
@pytest.mark.parametrize("place", [0, 3, len(PLAIN)])
def test_what_is_not_plainly_fine_is_told_by_the_careful_reader(what: str, place: int) -> None:
    rows = [*PLAIN]
    rows.insert(place, WRONG_ROWS[what])
    read_both(table(*rows), "returns.csv")


WRONG_FILES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "a.csv"),
    "a header alone": (HEADER.encode(), "a.csv"),
    "an unknown column": (table(*PLAIN).replace(b"note", b"nota"), "a.csv"),
    "a column twice": (table(*PLAIN).replace(b"change", b"wmt_points"), "a.csv"),
    "a column without a name": (table(*PLAIN).replace(b",note", b","), "a.csv"),
    "no list": (table(*PLAIN).replace(b"stage", b"basis"), "a.csv"),
    "another encoding": (table(*PLAIN).replace(b"a note", b"caf\xe9"), "a.csv"),
    "a zero byte": (table(*PLAIN).replace(b"a note", b"a\0note"), "a.csv"),
    "old line ends": (table(*PLAIN).replace(b"\n", b"\r"), "a.csv"),
    "a workbook's name": (table(*PLAIN), "a.xlsx"),
    "no Parquet": (table(*PLAIN), "a.parquet"),
    "no format": (table(*PLAIN), "a.txt"),
    "both ways": (table(*PLAIN).replace(b"note", b"in_post_fte[PO]"), "a.csv"),
    "a wide column of no member": (b"pdu,as_of,in_post_fte[PX]\nyork,2022-08-08,1\n", "a.csv"),
    "a wide column of no list": (b"pdu,as_of,wmt_points[PO]\nyork,2022-08-08,1\n", "a.csv"),
    "a wide row twice": (b"pdu,as_of,in_post_fte[PO]\n" + b"york,2022-08-08,1\n" * 2, "a.csv"),
    "wide rows that differ": (b"pdu,as_of,in_post_fte[PO]\nyork,2022-08-08,1\nyork,2022-08-08,2\n", "a.csv"),
}


@pytest.mark.parametrize("what", WRONG_FILES)
def test_a_file_that_is_wrong_is_refused_alike(what: str) -> None:
    data, name = WRONG_FILES[what]
    if what in ("nothing", "a header alone"):
        with pytest.raises(ReturnsError) if what == "nothing" else _nothing():
            assert not quick((data, name)).frame.units
        return
    found = read_both(data, name)
    assert found is None or what in ("old line ends", "a wide row twice")


class _nothing:
    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


DAY = datetime.date(2022, 8, 8)
COLUMNS: dict[str, dict[str, Any]] = {
    "a number as text": {"wmt_points": ["5"]},
    "true": {"wmt_points": [True]},
    "not a number": {"change": [float("nan")]},
    "infinity": {"change": [float("inf")]},
    "a great double": {"change": [1e300]},
    "a small double": {"change": [5e-324]},
    "minus nothing": {"change": [-0.0]},
    "a great number": {"wmt_points": [2**62]},
    "a category as a number": {"local_alert": [3]},
    "a list": {"wmt_points": [[1]]},
    "a column of nothing": {"wmt_points": [None]},
    "empty texts": {"local_alert": [""]},
    "a time of day": {"as_of": [datetime.datetime(2022, 8, 8, 12)]},
    "midnight": {"as_of": [datetime.datetime(2022, 8, 8)]},
    "midnight elsewhere": {"as_of": [datetime.datetime(2022, 8, 8, tzinfo=datetime.UTC)]},
    "a day as a number": {"as_of": [20220808]},
    "no day": {"as_of": [None]},
    "a unit as a number": {"pdu": [101]},
    "an early day": {"as_of": [datetime.date(1, 1, 1)]},
    "a long decimal": {"change": [Decimal("12345678901234567890.1")]},
    "a fine decimal": {"change": [Decimal("1.10000")]},
    "a decimal too fine": {"change": [Decimal("1.11")]},
    "a note that is a number": {"note": [1]},
    "a note that is true": {"note": [True]},
}


@pytest.mark.parametrize("what", COLUMNS)
def test_a_column_of_parquet_that_is_odd(what: str, parquet: Callable[..., bytes]) -> None:
    columns = {"pdu": ["york"], "as_of": [DAY], **COLUMNS[what]}
    read_both(parquet(**columns), "a.parquet")


@EACH
@given(seed=st.integers(0, 10**9), many=st.integers(1, 3))
def test_bytes_that_were_meddled_with(seed: int, many: int) -> None:
    dice = random.Random(seed)
    data = bytearray(table(*PLAIN))
    for _ in range(many):
        at = dice.randrange(len(data))
        data[at : at + dice.choice([0, 1, 1])] = dice.choice(
            [b"", b",", b'"', b"\n", b" ", b"-", b".", b"9", b"\r", b"\xc3", bytes([dice.randrange(256)])]
        )
    read_both(bytes(data), "returns.csv")


def test_several_files_are_one() -> None:
    first, second = table(*PLAIN[:4]), table(*PLAIN[4:])
    together = read_both(table(*PLAIN), "a.csv")
    apart = quick((first, "a.csv"), (second, "b.csv"))
    assert together is not None
    assert apart.quick
    from tests.bulk.bulk_kit import same

    same(together.frame, apart.frame)


def test_one_return_in_two_files_is_refused() -> None:
    with pytest.raises(ReturnsError) as refused:
        quick((table(*PLAIN), "a.csv"), (table(PLAIN[4]), "b.csv"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.place.file) == ("PF512", "b.csv")
    assert problem.message == "york has figures for 2022-08-16 in another file too."
    assert problem.also[0].file == "a.csv"


def test_the_problems_of_all_files_are_told() -> None:
    with pytest.raises(ReturnsError) as refused:
        quick((table(WRONG_ROWS["text"]), "a.csv"), (table(WRONG_ROWS["unit"]), "b.csv"))
    assert [problem.code for problem in refused.value.problems] == ["PF508", "PF504"]


@pytest.mark.parametrize("name", ["a.csv", "a.parquet", "a.ndjson"])
def test_some_units_are_read_again_with_care(name: str) -> None:
    returns = careful(table(*PLAIN), "a.csv")
    found = quick((write_returns(returns, VOCABULARY, name.partition(".")[2]), name))
    given_ = {pdu.id: own for pdu, own in found.returns(["hull", "york"])}
    assert given_ == {id_: [one for one in returns if one.pdu == id_] for id_ in ("hull", "york")}
