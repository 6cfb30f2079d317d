"""Laws of reading returns, over random returns and random bytes."""

from __future__ import annotations

import contextlib
import datetime
import random
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.returns import FORMATS, Returns, write_returns
from rules.figures import Figure, Return, Vocabulary, figure_key
from rules.problems import ReturnsError

Read = Callable[..., Returns]
EACH = settings(max_examples=60, deadline=None)

PLAIN: dict[str, st.SearchStrategy[Figure]] = {
    "wmt_points": st.integers(0, 10_000_000).map(Decimal),
    "change": st.integers(-(10**13), 10**13).map(lambda tenths: Decimal(tenths).scaleb(-1)),
    "local_alert": st.sampled_from(["none", "high", "very-high"]),
}
MEMBERS = {
    "in_post_fte": ("PO", "PSO", "CA"),
    "required_fte": ("PO", "PSO", "CA"),
    "learner_fte": ("NQO", "L1"),
}
FIGURES: st.SearchStrategy[dict[str, Figure]] = st.fixed_dictionaries(
    {},
    optional=PLAIN
    | {
        figure_key(input_id, member): st.integers(0, 99_999).map(lambda cents: Decimal(cents).scaleb(-2))
        for input_id, members in MEMBERS.items()
        for member in members
    },
)
TEXTS = st.text(st.characters(exclude_categories=["C"]), min_size=1).map(str.strip).filter(bool)
ANNOTATIONS = st.fixed_dictionaries({}, optional={"source": TEXTS, "basis": TEXTS, "note": TEXTS})
RETURNS = st.lists(
    st.builds(
        Return,
        st.sampled_from(["york", "hull", "101"]),
        st.dates(datetime.date(2022, 8, 3), datetime.date(2022, 8, 20)),
        FIGURES,
        ANNOTATIONS,
    ),
    max_size=6,
    unique_by=lambda entry: (entry.pdu, entry.as_of),
)


@pytest.mark.parametrize("format_", ["csv", "json", "ndjson", "parquet"])
@EACH
@given(returns=RETURNS)
def test_what_is_written_is_read(
    read: Read, vocabulary: Vocabulary, format_: str, returns: list[Return]
) -> None:
    back = read(write_returns(returns, vocabulary, format_), f"returns.{format_}")
    assert back == Returns(tuple(sorted(returns, key=lambda entry: (entry.pdu, entry.as_of))))
    assert [entry.sha256 for entry in back.returns] == [
        entry.sha256 for entry in sorted(returns, key=lambda entry: (entry.pdu, entry.as_of))
    ]


@pytest.mark.parametrize("format_", ["csv", "ndjson"])
@EACH
@given(
    returns=RETURNS, seed=st.integers(0, 1000), fault=st.sampled_from(["", "york,2022-08-03,XO", "{", "x"])
)
def test_the_order_of_rows_changes_nothing(
    read: Read, vocabulary: Vocabulary, format_: str, returns: list[Return], seed: int, fault: str
) -> None:
    plain = [Return(entry.pdu, entry.as_of, entry.figures) for entry in returns]
    lines = write_returns(plain, vocabulary, format_).decode().splitlines()
    head = lines[:1] if format_ == "csv" else []
    rows = [*lines[len(head) :], *([fault] if fault else [])]
    shuffled = [*rows, *rows[:2]]
    random.Random(seed).shuffle(shuffled)
    one, other = (
        read("\n".join([*head, *order]), f"r.{format_}", skip_bad_rows=True) for order in (rows, shuffled)
    )
    assert one.returns == other.returns


@pytest.mark.parametrize("suffix", FORMATS)
@EACH
@given(data=st.binary(max_size=300) | st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused(read: Read, suffix: str, data: bytes) -> None:
    for skip in (False, True):
        with contextlib.suppress(ReturnsError):
            read(data, "r" + suffix, skip_bad_rows=skip)


CELLS = st.sampled_from(
    [
        "york",
        "hull",
        "2022-08-22",
        "PO",
        "L1",
        "3",
        "3.14",
        "-1",
        "",
        "none",
        "x",
        "1e5",
        "9" * 50,
        "NaN",
        "\ud800",
    ]
)


@EACH
@given(
    header=st.permutations(
        ["pdu", "as_of", "grade", "stage", "in_post_fte", "wmt_points", "local_alert", "note", ""]
    ),
    rows=st.lists(st.lists(CELLS, max_size=10), max_size=6),
    delimiter=st.sampled_from([",", ";", "\t"]),
)
def test_any_table_is_read_or_refused(
    read: Read, header: list[str], rows: list[list[str]], delimiter: str
) -> None:
    text = "\n".join(delimiter.join(row) for row in [header, *rows])
    with contextlib.suppress(ReturnsError):
        read(text.encode("utf-8", "surrogatepass"))


VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["PO", "L1", "pdu", "in_post_fte", "\ud800"]), inner)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    ["pdu", "as_of", "in_post_fte", "wmt_points", "local_alert", "note", "grade", "\ud800x"]
)


@EACH
@given(objects=st.lists(st.dictionaries(KEYS, VALUES), max_size=3))
def test_any_json_is_read_or_refused_and_can_be_told(read: Read, objects: list[dict[str, object]]) -> None:
    import json

    try:
        read(json.dumps(objects), "r.json")
    except ReturnsError as refused:
        for problem in refused.problems:
            str(problem).encode("utf-8")
            json.dumps(problem.as_dict(), ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
@settings(max_examples=80, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_damaged_file_is_read_or_refused(
    read: Read,
    vocabulary: Vocabulary,
    workbook: Callable[..., bytes],
    kind: str,
    changes: list[tuple[int, int]],
) -> None:
    entry = Return(
        "york", datetime.date(2022, 8, 22), {"wmt_points": Decimal(3), "in_post_fte[PO]": Decimal("1.5")}
    )
    whole = write_returns([entry], vocabulary, "parquet") if kind == "parquet" else None
    data = bytearray(whole or workbook(["pdu", "as_of", "wmt_points"], ["york", "2022-08-22", 3]))
    for position, byte in changes:
        data[position % len(data)] = byte
    with contextlib.suppress(ReturnsError):
        read(bytes(data), f"r.{kind}")
