"""Faults planted in a clean policy are found at their line, and near misses are not told."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from rules.library import check_library, load_library
from rules.problems import Problem
from tests.prove.planted_case import Plant, labels
from tests.prove.planted_faults import PROVED, PROVED_MISSES, STATIC, STATIC_MISSES
from tests.prove.planted_policy import CLEAN, lay_out
from tests.support import told

ASIDE = {"PF301", "PF302", "PF303"}
"""A changed condition may leave a trigger point or a figure unused; that is not what these plants are about."""
NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?")


def numbers(text: str) -> list[Decimal]:
    """Every number that a message names."""
    return [Decimal(number) for number in NUMBER.findall(text)]


def assert_found(folder: Path, one: Plant, aside: set[str], prove: bool) -> None:
    """The fault is told at one of its marks, names what it must, and says what to do."""
    places = lay_out(folder, one.files)
    problems = check_library(folder, prove=prove)
    found = [problem for problem in problems if problem.code == one.code]
    assert found, told(problems)
    assert {problem.code for problem in problems} <= {one.code} | one.along | aside, told(problems)
    there = [problem for problem in found if (problem.place.file, problem.place.line) in places]
    assert there, [told(found), places]
    assert any(says_all(problem, one) for problem in there), told(there)
    for problem in found:
        assert problem.message.endswith((".", ")"))
        assert problem.hint.strip()


def says_all(problem: Problem, one: Plant) -> bool:
    """Whether a message names what it must, and a figure of the witness."""
    said = problem.message.lower()
    named = all(word.lower() in said for word in one.says)
    return named and (one.number is None or any(map(one.number, numbers(said))))


def assert_nothing(folder: Path, one: Plant, aside: set[str], prove: bool) -> None:
    """Nothing is told of a near miss, but for what is said to be told beside it."""
    lay_out(folder, one.files)
    problems = check_library(folder, prove=prove)
    assert {problem.code for problem in problems} <= one.along | aside, told(problems)


def test_the_clean_policy(tmp_path: Path) -> None:
    lay_out(tmp_path, CLEAN)
    assert not told(check_library(tmp_path, prove=True))
    assert load_library(tmp_path).framework().policies


@pytest.mark.parametrize("one", PROVED, ids=labels(PROVED))
def test_found_by_going_through_all_figures(tmp_path: Path, one: Plant) -> None:
    assert_found(tmp_path, one, ASIDE, prove=True)


@pytest.mark.parametrize("one", PROVED_MISSES, ids=labels(PROVED_MISSES))
def test_near_misses_of_figures(tmp_path: Path, one: Plant) -> None:
    assert_nothing(tmp_path, one, ASIDE, prove=True)


@pytest.mark.parametrize("one", STATIC, ids=labels(STATIC))
def test_found_in_the_text(tmp_path: Path, one: Plant) -> None:
    assert_found(tmp_path, one, set(), prove=False)


@pytest.mark.parametrize("one", STATIC_MISSES, ids=labels(STATIC_MISSES))
def test_near_misses_in_the_text(tmp_path: Path, one: Plant) -> None:
    assert_nothing(tmp_path, one, set(), prove=False)


def test_there_are_enough_of_each() -> None:
    planted = Counter(one.code for one in [*PROVED, *STATIC])
    proved = [f"PF32{last}" for last in range(8)]
    static = [f"PF3{number:02}" for number in range(1, 15)]
    assert all(planted[code] >= 4 for code in proved)
    assert all(planted[code] >= 2 for code in static)
    assert len(PROVED_MISSES) >= len(PROVED)
    assert len(STATIC_MISSES) >= len(STATIC)


def test_every_plant_is_a_document_that_can_be_read(tmp_path: Path) -> None:
    """Warnings keep nobody from using a policy, so a slip in a plant would show here as an error."""
    for index, one in enumerate([*PROVED, *PROVED_MISSES, *STATIC, *STATIC_MISSES]):
        if one.code.startswith("PF2"):
            continue
        folder = tmp_path / str(index)
        lay_out(folder, one.files)
        load_library(folder)
