"""The solver: two ways with numbers, and what it remembers of a case."""

from __future__ import annotations

import pytest

from rules.prove import solver
from rules.prove.solver import Shelf, Solver

LINES = (
    "(declare-const x Int)(declare-const y Int)",
    "(declare-const big Bool)(assert (= big (> (+ x y) 10)))",
    "(declare-const small Bool)(assert (= small (< x 3)))",
    "(declare-const few Bool)(assert (= few (< y 4)))",
)


@pytest.mark.parametrize("limit", [1, solver.QUICK_LIMIT])
def test_what_the_quick_way_leaves_open_is_asked_in_the_usual_way(
    monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(solver, "QUICK_LIMIT", limit)
    found = Solver(LINES)
    assert found.ask("big", "small") == "yes"
    assert found.number("x") < 3 < 10 - found.number("x") < found.number("y")
    assert found.holds("big")
    assert not found.holds("few")
    assert found.ask("big", "small", "few") == "no"
    assert set(found.core()) == {"big", "small", "few"}
    found.add(["(declare-const even Bool)(assert (= even (= (mod x 2) 0)))", "(assert (> x 0))"])
    assert found.ask("big", "small", "-even") == "yes"
    assert found.number("x") == 1


def test_a_case_that_was_looked_at_is_kept_over_a_no() -> None:
    found = Solver(LINES)
    assert found.ask("big", "small") == "yes"
    x = found.number("x")
    assert found.ask("big", "small", "few") == "no"
    assert found.number("x") == x


def test_solvers_on_one_shelf_know_nothing_of_each_other() -> None:
    shelf = Shelf()
    one, other = Solver(LINES, shelf=shelf), Solver([*LINES, "(assert small)"], shelf=shelf)
    assert other.ask("-small") == "no"
    assert one.ask("-small") == "yes"
    one.add(["(assert (not small))"])
    assert other.ask("small") == "yes"
