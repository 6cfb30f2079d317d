"""The shipped mappings and their synthetic exports: what comes out is the sample that they were made of."""

from __future__ import annotations

import datetime
from functools import cache

import pytest

from engine.mapping import Conversion, Export, convert
from rules.library import load_library
from rules.mappings import load_mapping
from rules.problems import ReturnsError
from tests.mapping.exports import DAYS, FOLDER, exports, returns
from tests.support import FRAMEWORKS

NAMES = ("workload-tool", "workforce")
BY_HAND = {"local_alert"}
"""What neither tool knows."""


@cache
def export(name: str) -> Export:
    library = load_library(FRAMEWORKS)
    mapping = load_mapping(name, FRAMEWORKS, library.framework(), library.organisation)
    return Export((FOLDER / f"{name}.csv").read_bytes(), f"{name}.csv", mapping)


def converted(*given: Export) -> Conversion:
    library = load_library(FRAMEWORKS)
    return convert(
        given,
        vocabulary=library.framework().vocabulary,
        organisation=library.organisation,
        today=datetime.date(2022, 9, 1),
    )


def test_the_files_are_those_that_the_generator_makes() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == exports()


@pytest.mark.parametrize("name", NAMES)
def test_an_export_says_that_it_is_synthetic(name: str) -> None:
    assert b"synthetic" in export(name).data[:500].lower()


def test_converting_gives_the_sample_back() -> None:
    found = {(one.pdu, one.as_of): one.figures for one in converted(*map(export, NAMES)).returns.returns}
    sample = {
        (one.pdu, one.as_of): {key: value for key, value in one.figures.items() if key not in BY_HAND}
        for one in returns()
    }
    last = [key for key in sample if key[1] == DAYS[-1]]
    assert {key: found[key] for key in last} == {key: sample[key] for key in last}
    for key in sample.keys() - set(last):  # of the earlier week there is only the workload tool's export
        assert found[key] == {name: value for name, value in sample[key].items() if "_fte" not in name}
    assert found.keys() == sample.keys()


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("workload-tool", b"YORK PDU", b"YORC PDU", "PF542"),
        ("workload-tool", b"Team A,PO", b"Team A,PO,1", "PF514"),
        ("workload-tool", b"Available points", b"Available", "PF540"),
        ("workload-tool", b'"25,608"', b"25.608", "PF509"),
        ("workload-tool", b'"25,608"', b'"25,60"', "PF544"),
        ("workload-tool", b"22/08/2022", b"22/13/2022", "PF545"),
        ("workforce", b";YH1110;", b";YH1119;", "PF542"),
        ("workforce", b";Probation officer;", b";Prison officer;", "PF543"),
        ("workforce", b";Active", b";Career break", "PF549"),
        ("workforce", b";37;", b";37.0;", "PF544"),
        ("workforce", b"YH1030-0002", b"YH1030-0001", "PF548"),
        ("workforce", b"\x96", "–".encode(), "PF501"),
    ],
)
def test_a_slip_in_an_export_is_told(name: str, old: bytes, new: bytes, code: str) -> None:
    whole = export(name)
    count = -1 if code == "PF501" else 1
    assert old in whole.data
    with pytest.raises(ReturnsError) as refused:
        converted(whole._replace(data=whole.data.replace(old, new, count)))
    assert code in {problem.code for problem in refused.value.problems}
