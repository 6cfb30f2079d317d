"""The one module that knows z3. It reads a text once and answers many questions about it.

Every question has a limit that counts steps of work and not seconds, so that an answer does not depend on the
machine or on what else it does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

Answer = Literal["yes", "no", "open"]
LIMIT = 4_000_000
"""How much work one question may take; the questions about real policies take some thousands."""
QUICK = {"arith.solver": 2, "relevancy": 0}
"""An older way with numbers, which takes half the time for most questions, and does not get through some."""
QUICK_LIMIT = 100_000
"""After so much work the usual way has its turn."""


class Shelf:
    """Where solvers keep their terms. To make one takes longer than most questions: what belongs together shares it.

    Which of several cases a solver finds also depends on what else stands on its shelf. So what is to find the same
    ones each time has a shelf of its own.
    """

    def __init__(self) -> None:
        # takes a tenth of a second, and only a check that proves needs it
        import z3  # type: ignore[import-untyped]

        self.z3 = z3
        self.context = z3.Context()
        self._truths: dict[str, Any] = {}
        self._numbers: dict[str, Any] = {}

    def truth(self, claim: str) -> Any:
        """The term of a named claim, or that it does not hold, with `-` before it."""
        found = self._truths.get(claim)
        if found is None:
            plain = self.z3.Bool(claim.removeprefix("-"), self.context)
            found = self._truths[claim] = self.z3.Not(plain) if claim.startswith("-") else plain
        return found

    def number(self, name: str) -> Any:
        """The term of a named whole number."""
        found = self._numbers.get(name)
        if found is None:
            found = self._numbers[name] = self.z3.Int(name, self.context)
        return found


class Solver:
    """A text that has been read, and the questions that can be put to it.

    What is done often goes to the library's own functions: its Python objects take longer than the answer.
    """

    def __init__(self, lines: Iterable[str] = (), limit: int = LIMIT, shelf: Shelf | None = None) -> None:
        self._shelf = shelf if shelf is not None else Shelf()
        self._z3, self._context = self._shelf.z3, self._shelf.context.ref()
        self._limit = limit
        self._text: list[str] = []
        self._unread: list[str] = []
        self._quick = self._asked = self._made(min(limit, QUICK_LIMIT), QUICK)
        self._usual: Any = None
        self._case: Any = None
        self._found = False
        self._value = (self._z3.Ast * 1)()
        self.add(lines)

    def _made(self, limit: int, options: Mapping[str, int]) -> Any:
        found = self._z3.SimpleSolver(ctx=self._shelf.context)
        found.set("random_seed", 0)
        found.set("rlimit", limit)
        for name, value in options.items():
            found.set(name, value)
        return found

    def add(self, lines: Iterable[str]) -> None:
        """Add lines; they may use what is declared before. They are read together, with the next question.

        Which of several cases is found then also depends on which lines are read together.
        """
        self._unread.extend(lines)

    def _read(self) -> None:
        if not self._unread:
            return
        self._keep()
        text, self._unread = "\n".join(self._unread), []
        self._text.append(text)
        self._quick.from_string(text)
        if self._usual is not None:
            self._usual.from_string(text)

    def ask(self, *claims: str) -> Answer:
        """Whether all these named claims can hold together; one with `-` before it must not hold."""
        self._read()
        answer = self._answer(self._quick, claims)
        if answer == "open":
            if self._usual is None:
                self._usual = self._made(self._limit, {})
                self._usual.from_string("\n".join(self._text))
            answer = self._answer(self._usual, claims)
        return answer

    def _answer(self, solver: Any, claims: Sequence[str]) -> Answer:
        z3, truth, self._asked = self._z3, self._shelf.truth, solver
        assumed = (z3.Ast * len(claims))(*(truth(claim).ast for claim in claims))
        answer = z3.Z3_solver_check_assumptions(self._context, solver.solver, len(claims), assumed)
        self._found = answer == z3.Z3_L_TRUE
        if self._found:
            self._case = None
            return "yes"
        return "no" if answer == z3.Z3_L_FALSE else "open"

    def core(self) -> tuple[str, ...]:
        """After a no: claims among those asked that cannot hold together."""
        return tuple(
            f"-{one.arg(0)}" if self._z3.is_not(one) else str(one) for one in self._asked.unsat_core()
        )

    def holds(self, name: str) -> bool:
        """After a yes: whether a named claim holds in the case found, the one last looked at after a further no."""
        value = self._valued(self._shelf.truth(name))
        return bool(self._z3.Z3_get_bool_value(self._context, value) == self._z3.Z3_L_TRUE)

    def number(self, name: str) -> int:
        """After a yes: a named whole number in that case."""
        value = self._valued(self._shelf.number(name))
        return int(self._z3.Z3_get_numeral_string(self._context, value))

    def _valued(self, term: Any) -> Any:
        """What a term comes to in the case, to be read at once."""
        self._keep()
        done = self._z3.Z3_model_eval(self._context, self._case.model, term.ast, True, self._value)
        assert done, "every term has a value where the case is completed"
        return self._value[0]

    def _keep(self) -> None:
        """Fetch the case found, which takes a while and is not always wanted; the solver forgets it when told more."""
        if self._found and self._case is None:
            self._case = self._asked.model()
