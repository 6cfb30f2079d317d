"""The durable-rules decider: the only file that imports the library.

The library's C functions are driven directly: `durable.lang` and its host keep state for the whole process,
start threads and cost most of the time. One lock and one session id serve a program, and one loaded ruleset, or
a few where it is large; every fact is retracted once it was answered, so that memory stays flat and nothing of one
step reaches the next.
On any error the state and the ruleset are deleted and loaded again.
"""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

import durable_rules_engine as engine

from rules.decide.encode import Encoding, Stage, encode
from rules.decide.program import Program
from rules.decide.situation import FALSE, NONE, TRUE, Outcome, Situation
from rules.problems import EngineError, Place, Problem

_numbers = itertools.count()
_SESSION = "0"
_RETRACTED = f'{{"id":1,"sid":"{_SESSION}"}}'
Vectors = Mapping[str, Sequence[int | None]]
"""The numbers that a fact may carry, by the kind of its properties."""


class ReteDecider:
    """Decides steps of one program with durable-rules. Safe for many threads."""

    def __init__(self, program: Program) -> None:
        self._encoding: Encoding = encode(program)
        self._definitions = [json.dumps(rules) for rules in self._encoding.rulesets]
        self._enters = [nodes.node if nodes else None for nodes in program.enters]
        self._bare_enters = [nodes.bare if nodes else None for nodes in program.enters]
        self._exits = program.exits
        self._size = len(program.nodes)
        self._names = program.names
        self._statuses = program.policy.version.status_ids
        self._permits = tuple(f"permit.{'.'.join(reduction.key)}" for reduction in program.policy.reductions)
        self._ends = self._encoding.ends
        stages = self._encoding.stages
        self._truth_stages = [_Fact(stage) for stage in stages if stage.kind in ("leaves", "nodes")]
        self._candidate_stage = _Fact(next(stage for stage in stages if stage.kind == "candidates"))
        self._reduction_stages = [_Fact(stage) for stage in stages if stage.kind == "reductions"]
        self._free_stages = [_Fact(stage) for stage in stages if stage.kind == "free_reductions"]
        # below this level no rule on reductions can fire, so they are not asked
        self._lowest = min(program.from_levels, default=0)
        self._lock = threading.Lock()
        self._handles: dict[int, int] = {}
        self._fired: set[int] = set()

    def decide(self, situation: Situation) -> Outcome:
        """The outcome of one step, with the names of the rules in the order in which they fired."""
        with self._lock:
            try:
                return self._decide(situation)
            except EngineError:
                self._unload()
                raise
            except Exception as error:
                self._unload()
                raise _fault(f"durable-rules failed: {type(error).__name__}.") from error

    def close(self) -> None:
        """Free the loaded rulesets. They are loaded again when they are needed."""
        with self._lock:
            self._unload()

    def _unload(self) -> None:
        handles, self._handles = self._handles, {}
        fired, self._fired = self._fired, set()
        for ruleset, handle in handles.items():
            try:
                if (
                    ruleset in fired
                ):  # deleting the state of a session in which nothing fired crashes the process
                    engine.delete_state(handle, _SESSION)
            finally:
                engine.delete_ruleset(handle)

    def _handle(self, ruleset: int) -> int:
        """A loaded ruleset."""
        handle = self._handles.get(ruleset)
        if handle is None:
            name = f"prioritise-{next(_numbers)}"
            handle = self._handles[ruleset] = engine.create_ruleset(name, self._definitions[ruleset])
        return handle

    def _fire(self, fact: _Fact, vectors: Vectors) -> list[str]:
        """Assert one fact, take every firing, retract the fact."""
        handle = self._handle(fact.ruleset)
        code, state = engine.assert_fact(handle, fact.text(vectors))
        if code != 0:
            raise _fault(f"durable-rules refused a fact with code {code}.")
        started = engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        fired = []
        complete = engine.complete_and_start_action
        while message:
            fired.append(message[2:5])  # every name has three characters: no need to parse the message
            message = complete(handle, state)
        self._fired.add(fact.ruleset)
        engine.retract_fact(handle, _RETRACTED)
        if not fired or fired.pop() not in self._ends:
            raise _fault("durable-rules did not come to the end of a stage.")
        return fired

    def _decide(self, situation: Situation) -> Outcome:
        meanings = self._encoding.meanings
        values, runs, standing, stay_over, moves, first, actives, blocked = situation
        truths = [0] * self._encoding.size
        names: list[str] = []
        shown, size = self._names[first], self._size
        vectors: dict[str, Sequence[int | None]] = {"n": truths, "v": values, "r": runs}
        for fact in self._truth_stages:
            if fact.tallied:
                vectors |= self._tally(fact.tallied, truths)
            for name in self._fire(fact, vectors):
                for node, truth in meanings[name]:
                    if truth > truths[node]:
                        truths[node] = truth
                        if truth == TRUE and node < size and (told := shown[node]) is not None:
                            names.append(told)
        status = standing
        candidates: tuple[int, ...] = ()
        if moves:
            candidates, status = self._status(truths, standing, stay_over, first, names)
        active = actives[status]
        permitted = []
        vectors |= {"b": blocked, "a": (active,)}
        stages = (
            () if active < self._lowest else self._reduction_stages if 1 in blocked else self._free_stages
        )
        for fact in stages:
            for name in self._fire(fact, vectors):
                for reduction, _ in meanings[name]:
                    permitted.append(reduction)
                    names.append(self._permits[reduction])
        return Outcome(
            tuple(truths[: self._size]), candidates, status, active, tuple(sorted(permitted)), tuple(names)
        )

    def _tally(self, nodes: tuple[int, ...], truths: Sequence[int]) -> dict[str, Sequence[int | None]]:
        """How many parts of some wide counts are certain (`t`), and how many possible (`q`)."""
        certain, possible = [0] * len(truths), [0] * len(truths)
        for node in nodes:
            parts = [truths[child] for child in self._encoding.tallies[node]]
            certain[node], possible[node] = parts.count(TRUE), len(parts) - parts.count(FALSE)
        return {"t": certain, "q": possible}

    def _status(
        self, truths: Sequence[int], standing: int, stay_over: bool, first: bool, names: list[str]
    ) -> tuple[tuple[int, ...], int]:
        meanings = self._encoding.meanings
        enters = self._bare_enters if first else self._enters
        state: Vectors = {
            "p": (standing + 1,),
            "s": (1 if stay_over else 0,),
            "e": [0 if node is None else truths[node] for node in enters],
            "x": [0 if node is None else truths[node] for node in self._exits],
        }
        found = sorted({meanings[name][0][0] for name in self._fire(self._candidate_stage, state)})
        if not found:
            raise _fault("durable-rules found no status.")
        status = found[0] if len(found) == 1 else NONE
        if status == NONE:
            names.extend(f"possible.{self._statuses[level]}" for level in found)
            names.append("status.indeterminate")
        else:
            names.append(f"status.{self._statuses[status]}")
        return tuple(found), status


class _Fact:
    """Writes the fact of one stage. An unknown value is left out, with `u` and its number in its place."""

    def __init__(self, stage: Stage) -> None:
        self._head = f'{{"id":1,"sid":"{_SESSION}","k":{stage.k}'
        self.ruleset = stage.ruleset
        self._properties = stage.properties
        self._template = (
            self._head + "".join(f',"{kind}{index}":%d' for kind, index in stage.properties) + "}"
        )
        by_kind: dict[str, list[int]] = {}
        for kind, index in stage.properties:
            by_kind.setdefault(kind, []).append(index)
        self.tallied = tuple(by_kind.get("t", ()))
        self._take = [(kind, _taker(indices)) for kind, indices in by_kind.items()]

    def text(self, vectors: Vectors) -> str:
        """The fact as JSON."""
        numbers: tuple[int | None, ...] = ()
        for kind, take in self._take:
            numbers += take(vectors[kind])
        if None not in numbers:
            return self._template % numbers
        parts = [self._head]
        for (kind, index), number in zip(self._properties, numbers, strict=True):
            parts.append(f',"u{index}":1' if number is None else f',"{kind}{index}":{number}')
        parts.append("}")
        return "".join(parts)


def _taker(indices: list[int]) -> Callable[[Sequence[int | None]], tuple[int | None, ...]]:
    """A function that takes the numbers at some places of a vector."""
    if len(indices) == 1:
        only = indices[0]
        return lambda vector: (vector[only],)
    return itemgetter(*indices)


def _fault(message: str) -> EngineError:
    return EngineError([Problem("PF901", message, Place("engine"), "No decision was made. Report it.")])
