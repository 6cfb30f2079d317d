"""The one module that knows z3. It reads a text once and answers many questions about it.

Every question has a limit that counts steps of work and not seconds, so that an answer does not depend on the
machine or on what else it does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

Answer = Literal["yes", "no", "open"]
LIMIT = 4_000_000
"""How much work one question may take; the questions about real policies take some thousands."""


class Solver:
    """A text that has been read, and the questions that can be put to it."""

    def __init__(self, lines: Iterable[str] = (), limit: int = LIMIT) -> None:
        # takes a tenth of a second, and only a check that proves needs it
        import z3  # type: ignore[import-untyped]

        self._z3 = z3
        self._context = z3.Context()
        self._solver = z3.SimpleSolver(ctx=self._context)
        self._solver.set("random_seed", 0)
        self._solver.set("rlimit", limit)
        self._names: dict[str, Any] = {}
        self._model: Any = None
        self.asked = 0
        self.add(lines)

    def add(self, lines: Iterable[str]) -> None:
        """Read more lines; they may use what is declared before."""
        text = "\n".join(lines)
        if text:
            self._solver.from_string(text)

    def ask(self, *claims: str) -> Answer:
        """Whether all these named claims can hold together; one with `-` before it must not hold."""
        self.asked += 1
        z3 = self._z3
        literals = [self._literal(claim) for claim in claims]
        assumed = (z3.Ast * len(literals))(*(one.as_ast() for one in literals))
        # what `self._solver.check` does, without looking anew at literals that are known to be fine
        answer = z3.Z3_solver_check_assumptions(
            self._context.ref(), self._solver.solver, len(literals), assumed
        )
        if answer == z3.Z3_L_TRUE:
            self._model = self._solver.model()
            return "yes"
        return "no" if answer == z3.Z3_L_FALSE else "open"

    def core(self) -> tuple[str, ...]:
        """After a no: claims among those asked that cannot hold together."""
        return tuple(
            f"-{one.arg(0)}" if self._z3.is_not(one) else str(one) for one in self._solver.unsat_core()
        )

    def holds(self, name: str) -> bool:
        """After a yes: whether a named claim holds in the case found."""
        return bool(self._z3.is_true(self._model.eval(self._name(name), model_completion=True)))

    def number(self, name: str) -> int:
        """After a yes: a named whole number in the case found."""
        symbol = self._z3.Int(name, self._context)
        return int(self._model.eval(symbol, model_completion=True).as_long())

    def _literal(self, claim: str) -> Any:
        return self._z3.Not(self._name(claim[1:])) if claim.startswith("-") else self._name(claim)

    def _name(self, name: str) -> Any:
        found = self._names.get(name)
        if found is None:
            found = self._names[name] = self._z3.Bool(name, self._context)
        return found
