"""Two deciders, one answer: nothing is decided where they differ."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from threading import Lock
from typing import Protocol

from rules.decide.plain import PlainDecider
from rules.decide.program import Program
from rules.decide.rete import ReteDecider
from rules.decide.situation import Outcome, Situation
from rules.problems import DisagreementError, Place, Problem

MAX_LOADED = 16
"""How many loaded rulesets are kept; each takes a few megabytes."""


class Decider(Protocol):
    """Anything that decides a step."""

    def decide(self, situation: Situation) -> Outcome:
        """The outcome of one step."""


class Agreement:
    """Decides with both deciders. The firing order is that of durable-rules."""

    def __init__(self, program: Program, rete: Decider, plain: PlainDecider) -> None:
        self._program = program
        self._rete = rete
        self._plain = plain

    def truths(self, values: Sequence[int | None], runs: Sequence[int]) -> tuple[int, ...]:
        """The truths of all nodes by the plain decider alone, for what is also judged in another way."""
        return self._plain.truths(values, runs)

    def decide(self, situation: Situation) -> Outcome:
        """The outcome that both give. Raises DisagreementError (PF900) where they differ."""
        fired = self._rete.decide(situation)
        walked = self._plain.decide(situation)
        if fired[:5] != walked[:5]:
            parts = ("truths", "candidates", "status", "active status", "reductions")
            differing = [part for part, one, other in zip(parts, fired, walked, strict=False) if one != other]
            raise DisagreementError(
                [
                    Problem(
                        "PF900",
                        f"The two deciders differ in {', '.join(differing)} under {self._program.policy.id}.",
                        Place("engine"),
                        "No decision was made. Keep the return and report this.",
                    )
                ]
            )
        return fired


class Deciders:
    """Keeps a bounded number of programs loaded. Safe for many threads."""

    def __init__(
        self,
        limit: int = MAX_LOADED,
        rete: Callable[[Program], ReteDecider] = ReteDecider,
        plain: Callable[[Program], PlainDecider] = PlainDecider,
    ) -> None:
        self._limit = limit
        self._make = (rete, plain)
        self._loaded: OrderedDict[int, tuple[Program, ReteDecider, Agreement]] = OrderedDict()
        self._last: tuple[Program, Agreement] | None = None
        self._lock = Lock()

    def decide(self, program: Program, situation: Situation) -> Outcome:
        """Decide one step of a program. Raises DisagreementError, EngineError."""
        return self.of(program).decide(situation)

    def of(self, program: Program) -> Agreement:
        """The deciders of a program, loaded if need be."""
        last = self._last
        if last is not None and last[0] is program:  # mostly it is the one that was used last
            return last[1]
        dropped = None
        with self._lock:
            found = self._loaded.get(id(program))
            if found is None:
                rete = self._make[0](program)
                found = (program, rete, Agreement(program, rete, self._make[1](program)))
                self._loaded[id(program)] = found
                if len(self._loaded) > self._limit:
                    dropped = self._loaded.popitem(last=False)[1]
            else:
                self._loaded.move_to_end(id(program))
            self._last = (program, found[2])
        if dropped is not None:
            dropped[1].close()
        return found[2]

    def close(self) -> None:
        """Free every loaded ruleset."""
        with self._lock:
            loaded, self._loaded, self._last = list(self._loaded.values()), OrderedDict(), None
        for _, rete, _ in loaded:
            rete.close()
