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
from typing import TypeVar

import durable_rules_engine as engine

from rules.decide.encode import Encoding, Meaning, Stage, encode
from rules.decide.program import Program
from rules.decide.situation import FALSE, NONE, TRUE, Outcome, Situation
from rules.problems import EngineError, Place, Problem

_numbers = itertools.count()
_SESSION = "0"
_RETRACTED = f'{{"id":1,"sid":"{_SESSION}"}}'
MAX_HEARD = 1024
"""How many ways in which stages fire are kept, with what they come to."""
Found = TypeVar("Found")
Fired = str
"""The names of the rules that one fact fired, in their order, run together: each has three characters."""


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
        self._ids = program.policy.version.status_ids
        self._permits = tuple(f"permit.{'.'.join(reduction.key)}" for reduction in program.policy.reductions)
        self._widths = (len(program.slots), len(program.runs))
        size, levels = self._encoding.size, program.levels
        runs = size + len(program.slots)
        tallies = runs + len(program.runs)
        told = {"n": 0, "v": size, "r": runs, "t": tallies, "q": tallies + size}
        asked = {"p": 0, "s": 1, "e": 2, "x": 2 + levels}
        permitting = {"n": 0, "a": size, "b": size + 1}
        stages = self._encoding.stages
        self._truth_stages = [_Fact(stage, told) for stage in stages if stage.kind in ("leaves", "nodes")]
        self._candidate_stage = _Fact(next(stage for stage in stages if stage.kind == "candidates"), asked)
        self._reduction_stages = [_Fact(stage, permitting) for stage in stages if stage.kind == "reductions"]
        self._free_stages = [_Fact(stage, permitting) for stage in stages if stage.kind == "free_reductions"]
        # below this level no rule on reductions can fire, so they are not asked
        self._lowest = min(program.from_levels, default=0)
        self._lock = threading.Lock()
        self._handles: dict[int, int] = {}
        self._fired: set[int] = set()
        self._forget()

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

    def _load(self, ruleset: int) -> int:
        """Load a ruleset; its handle."""
        name = f"prioritise-{next(_numbers)}"
        handle: int = engine.create_ruleset(name, self._definitions[ruleset])
        self._handles[ruleset] = handle
        return handle

    def _fire(self, ruleset: int, text: str) -> Fired:
        """Assert one fact, take every firing, retract the fact."""
        handle = self._handles.get(ruleset)
        if handle is None:
            handle = self._load(ruleset)
        code, state = engine.assert_fact(handle, text)
        if code != 0:
            raise _fault(f"durable-rules refused a fact with code {code}.")
        started = engine.start_action_for_state(handle, state)
        message = started[1] if started else None
        fired = []
        complete = engine.complete_and_start_action
        while message:
            fired.append(message[2:5])  # the name: no need to parse the message
            message = complete(handle, state)
        self._fired.add(ruleset)
        engine.retract_fact(handle, _RETRACTED)
        return "".join(fired)

    def _decide(self, situation: Situation) -> Outcome:
        values, runs, standing, stay_over, moves, first, actives, blocked = situation
        if (len(values), len(runs)) != self._widths:
            raise _fault("a situation does not have the numbers of its program.")
        heard = self._silence[first]
        for fact in self._truth_stages:
            numbers = heard.truths + values + runs
            if fact.tallied:
                numbers += self._tally(fact.tallied, heard.truths)
            fired = self._fire(fact.ruleset, fact.text(numbers))
            heard = heard.further.get(fired) or self._hear(heard, fired, first)
        names, status = heard.names, standing
        candidates: tuple[int, ...] = ()
        if moves:
            asked = (standing, stay_over)
            text = heard.asked.get(asked) or self._ask(heard, standing, stay_over, first)
            fired = self._fire(self._candidate_stage.ruleset, text)
            candidates, status, told = self._statuses.get(fired) or self._status(fired)
            names += told
        active = actives[status]
        permitted: tuple[int, ...] = ()
        if active >= self._lowest:
            numbers = (*heard.truths, active, *blocked)
            for fact in self._reduction_stages if 1 in blocked else self._free_stages:
                fired = self._fire(fact.ruleset, fact.text(numbers))
                further, told = self._reductions.get(fired) or self._permit(fired)
                permitted += further
                names += told
        return Outcome(heard.told, candidates, status, active, tuple(sorted(permitted)), names)

    def _meant(self, fired: Fired) -> list[Meaning]:
        """What the firings of a stage mean. The last one proves that all others had their turn."""
        *names, end = [fired[start : start + 3] for start in range(0, len(fired), 3)] or [""]
        if end not in self._encoding.ends:
            raise _fault("durable-rules did not come to the end of a stage.")
        return [self._encoding.meanings[name] for name in names]

    def _hear(self, heard: _Heard, fired: Fired, first: bool) -> _Heard:
        """What is known of truths once a further stage has fired so."""
        truths, names = list(heard.truths), list(heard.names)
        shown = self._names[first]
        for meaning in self._meant(fired):
            for node, truth in meaning:
                if truth > truths[node]:
                    truths[node] = truth
                    if truth == TRUE and node < self._size and (told := shown[node]) is not None:
                        names.append(told)
        if self._kept >= MAX_HEARD:
            self._forget()
        self._kept += 1
        further = heard.further[fired] = _Heard(truths, names, self._size)
        return further

    def _forget(self) -> None:
        """Know nothing yet of what firings come to: before anything has fired nothing is true."""
        self._silence = [_Heard([FALSE] * self._encoding.size, [], self._size) for _ in range(2)]
        self._statuses: dict[Fired, tuple[tuple[int, ...], int, tuple[str, ...]]] = {}
        self._reductions: dict[Fired, tuple[tuple[int, ...], tuple[str, ...]]] = {}
        self._kept = 0

    def _tally(self, nodes: tuple[int, ...], truths: Sequence[int]) -> tuple[int, ...]:
        """How many parts of some wide counts are certain, and how many possible; both by node."""
        certain, possible = [0] * len(truths), [0] * len(truths)
        for node in nodes:
            parts = [truths[child] for child in self._encoding.tallies[node]]
            certain[node], possible[node] = parts.count(TRUE), len(parts) - parts.count(FALSE)
        return (*certain, *possible)

    def _ask(self, heard: _Heard, standing: int, stay_over: bool, first: bool) -> str:
        """The fact that asks for the status, once the truths are known."""
        truths = heard.truths
        enters = self._bare_enters if first else self._enters
        entered = [FALSE if node is None else truths[node] for node in enters]
        left = [FALSE if node is None else truths[node] for node in self._exits]
        text = self._candidate_stage.text((standing + 1, 1 if stay_over else 0, *entered, *left))
        heard.asked[standing, stay_over] = text
        return text

    def _status(self, fired: Fired) -> tuple[tuple[int, ...], int, tuple[str, ...]]:
        """The candidates, the status and the names that firings come to."""
        found = tuple(sorted({meaning[0][0] for meaning in self._meant(fired)}))
        if not found:
            raise _fault("durable-rules found no status.")
        status = found[0] if len(found) == 1 else NONE
        if status == NONE:
            names = (*(f"possible.{self._ids[level]}" for level in found), "status.indeterminate")
        else:
            names = (f"status.{self._ids[status]}",)
        return _keep(self._statuses, fired, (found, status, names))

    def _permit(self, fired: Fired) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The reductions and the names that firings come to."""
        numbers = tuple([number for meaning in self._meant(fired) for number, _ in meaning])
        return _keep(self._reductions, fired, (numbers, tuple([self._permits[number] for number in numbers])))


class _Heard:
    """What stages have said so far, and by what fires next, what is known then.

    A history meets the same firings again and again: each is put together once. `told` are the truths of the
    program's own nodes, `asked` the facts that ask for the status, by where the unit stands.
    """

    __slots__ = ("asked", "further", "names", "told", "truths")

    def __init__(self, truths: Sequence[int], names: Sequence[str], size: int) -> None:
        self.truths, self.names = tuple(truths), tuple(names)
        self.told = self.truths[:size]
        self.asked: dict[tuple[int, bool], str] = {}
        self.further: dict[Fired, _Heard] = {}


class _Fact:
    """Writes the fact of one stage from one vector of numbers, in which `starts` has the place of each kind.

    An unknown value is left out, with `u` and its number in its place.
    """

    def __init__(self, stage: Stage, starts: Mapping[str, int]) -> None:
        self._head = f'{{"id":1,"sid":"{_SESSION}","k":{stage.k}'
        self.ruleset = stage.ruleset
        self._properties = stage.properties
        self._template = (
            self._head + "".join(f',"{kind}{index}":%d' for kind, index in stage.properties) + "}"
        )
        self.tallied = tuple(index for kind, index in stage.properties if kind == "t")
        self._take = _taker([starts[kind] + index for kind, index in stage.properties])

    def text(self, vector: Sequence[int | None]) -> str:
        """The fact as JSON."""
        numbers = self._take(vector)
        if None not in numbers:
            return self._template % numbers
        parts = [self._head]
        for (kind, index), number in zip(self._properties, numbers, strict=True):
            parts.append(f',"u{index}":1' if number is None else f',"{kind}{index}":{number}')
        parts.append("}")
        return "".join(parts)


def _taker(indices: list[int]) -> Callable[[Sequence[int | None]], tuple[int | None, ...]]:
    """A function that takes the numbers at some places of a vector."""
    if len(indices) > 1:
        return itemgetter(*indices)
    return lambda vector: tuple([vector[index] for index in indices])


def _keep(known: dict[Fired, Found], fired: Fired, found: Found) -> Found:
    """Keep what firings come to."""
    if len(known) >= MAX_HEARD:
        known.clear()
    known[fired] = found
    return found


def _fault(message: str) -> EngineError:
    return EngineError([Problem("PF901", message, Place("engine"), "No decision was made. Report it.")])
