"""The durable-rules decider: the only file that imports the library.

The library's C functions are driven directly: `durable.lang` and its host keep state for the whole process,
start threads and cost most of the time. One lock and one session id serve a program, and one loaded ruleset, or
a few where it is large; every fact is retracted once it was answered, so that memory stays flat and nothing of one
step reaches the next.
On any error the state and the ruleset are deleted and loaded again.
"""

from __future__ import annotations

import itertools
import threading
from functools import partial
from operator import itemgetter

import durable_rules_engine as engine
import orjson

from rules.decide.encode import Encoding, Meaning, Stage, encode
from rules.decide.heard import SESSION, Fired, Heard, Moved, OpenFact, fact_text
from rules.decide.program import Program
from rules.decide.situation import FALSE, NONE, TRUE, Outcome, Situation
from rules.problems import EngineError, Place, Problem

_numbers = itertools.count()
_RETRACTED = f'{{"id":1,"sid":"{SESSION}"}}'
MAX_HEARD = 4096
"""How many ways in which stages fire, and outcomes, are kept: a few megabytes at most."""
_assert, _retract = engine.assert_fact, engine.retract_fact
_name = itemgetter(slice(2, 5))
"""The name of the rule that a message is about: no need to parse it."""
_start, _complete = engine.start_action_for_state, engine.complete_and_start_action


class ReteDecider:
    """Decides steps of one program with durable-rules. Safe for many threads."""

    def __init__(self, program: Program) -> None:
        self._encoding: Encoding = encode(program)
        self._definitions = [orjson.dumps(rules).decode() for rules in self._encoding.rulesets]
        self._enters = [nodes.node if nodes else None for nodes in program.enters]
        self._bare_enters = [nodes.bare if nodes else None for nodes in program.enters]
        self._exits = program.exits
        self._size = len(program.nodes)
        self._names = program.names
        self._ids = program.policy.version.status_ids
        self._permits = tuple(f"permit.{'.'.join(reduction.key)}" for reduction in program.policy.reductions)
        self._widths = (len(program.slots), len(program.runs))
        stages = self._encoding.stages
        self._truth_stages = [stage for stage in stages if stage.kind in ("leaves", "nodes")]
        self._candidate_stage = next(stage for stage in stages if stage.kind == "candidates")
        self._reduction_stages = [stage for stage in stages if stage.kind == "reductions"]
        self._free_stages = [stage for stage in stages if stage.kind == "free_reductions"]
        # below this level no rule on reductions can fire, so they are not asked
        self._lowest = min(program.from_levels, default=0)
        self._blocked: tuple[int, ...]
        """What was blocked last, of which `_block` is the number."""
        self._block = 0
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
                    engine.delete_state(handle, SESSION)
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
        code, state = _assert(handle, text)
        if code != 0:
            raise _fault(f"durable-rules refused a fact with code {code}.")
        fired = ""
        started = _start(handle, state)
        if started and started[1]:
            further = iter(partial(_complete, handle, state), None)
            fired = "".join([_name(started[1]), *map(_name, further)])
        self._fired.add(ruleset)
        _retract(handle, _RETRACTED)
        return fired

    def _decide(self, situation: Situation) -> Outcome:
        values, runs, standing, stay_over, moves, first, actives, blocked = situation
        if (len(values), len(runs)) != self._widths:
            raise _fault("a situation does not have the numbers of its program.")
        heard, fire = self._silence[first], self._fire
        for stage in self._truth_stages:
            fact = heard.fact or self._tell(heard, stage)
            fired = fire(stage.ruleset, fact.text(values, runs))
            heard = heard.further.get(fired) or self._hear(heard, fired, first)
        if moves:
            text = heard.asked.get((standing, stay_over)) or self._ask(heard, standing, stay_over, first)
            fired = fire(self._candidate_stage.ruleset, text)
            moved = heard.moves.get(fired) or self._move(heard, fired)
        else:
            moved = heard.stays.get(standing) or heard.stays.setdefault(
                standing, Moved((), standing, heard.names)
            )
        active = actives[moved.status]
        if active < self._lowest:
            return moved.outcomes.get((active, "")) or self._outcome(heard, moved, active, "", 0)
        if blocked is not self._blocked:  # mostly it is that of the step before
            self._blocked, self._block = blocked, self._blocks.setdefault(blocked, len(self._blocks))
        block = self._block
        texts = heard.permits.get((active, block)) or self._ask_permits(heard, active, blocked, block)
        fired = ""
        for ruleset, text in texts:
            fired += fire(ruleset, text)
        return moved.outcomes.get((active, fired)) or self._outcome(heard, moved, active, fired, len(texts))

    def _meant(self, fired: Fired, stages: int) -> list[Meaning]:
        """What the firings of some stages mean. The last one of each proves that all others had their turn."""
        names = [fired[start : start + 3] for start in range(0, len(fired), 3)]
        ends = [place for place, name in enumerate(names, 1) if name in self._encoding.ends]
        if len(ends) != stages or (ends or [0])[-1] != len(names):
            raise _fault("durable-rules did not come to the end of a stage.")
        return [self._encoding.meanings[name] for name in names if name not in self._encoding.ends]

    def _tell(self, heard: Heard, stage: Stage) -> OpenFact:
        """The fact of a stage once some truths are known."""
        truths = heard.truths

        def known(kind: str, index: int) -> int:
            if kind == "n":
                return truths[index]
            parts = [truths[child] for child in self._encoding.tallies[index]]
            return parts.count(TRUE) if kind == "t" else len(parts) - parts.count(FALSE)

        heard.fact = OpenFact(stage, self._widths[0], known)
        return heard.fact

    def _hear(self, heard: Heard, fired: Fired, first: bool) -> Heard:
        """What is known of truths once a further stage has fired so."""
        truths, names = list(heard.truths), list(heard.names)
        shown = self._names[first]
        for meaning in self._meant(fired, 1):
            for node, truth in meaning:
                if truth > truths[node]:
                    truths[node] = truth
                    if truth == TRUE and node < self._size and (told := shown[node]) is not None:
                        names.append(told)
        self._keep()
        further = heard.further[fired] = Heard(truths, names, self._size)
        return further

    def _keep(self) -> None:
        """Count what is kept; with too much of it, all is forgotten."""
        if self._kept >= MAX_HEARD:
            self._forget()
        self._kept += 1

    def _forget(self) -> None:
        """Know nothing yet of what firings come to: before anything has fired nothing is true."""
        self._silence = [Heard([FALSE] * self._encoding.size, [], self._size) for _ in range(2)]
        self._blocks: dict[tuple[int, ...], int] = {(): 0}
        self._blocked = ()
        self._kept = 0

    def _ask(self, heard: Heard, standing: int, stay_over: bool, first: bool) -> str:
        """The fact that asks for the status, once the truths are known."""
        told = {"p": [standing + 1], "s": [int(stay_over)]}
        for kind, nodes in (("e", self._bare_enters if first else self._enters), ("x", self._exits)):
            told[kind] = [FALSE if node is None else heard.truths[node] for node in nodes]
        text = fact_text(self._candidate_stage, lambda kind, index: told[kind][index])
        heard.asked[standing, stay_over] = text
        return text

    def _move(self, heard: Heard, fired: Fired) -> Moved:
        """The status that firings come to."""
        found = tuple(sorted({meaning[0][0] for meaning in self._meant(fired, 1)}))
        if not found:
            raise _fault("durable-rules found no status.")
        if len(found) == 1:
            status, names = found[0], [f"status.{self._ids[found[0]]}"]
        else:
            status, names = (
                NONE,
                [*(f"possible.{self._ids[level]}" for level in found), "status.indeterminate"],
            )
        moved = heard.moves[fired] = Moved(found, status, (*heard.names, *names))
        return moved

    def _ask_permits(
        self, heard: Heard, active: int, blocked: tuple[int, ...], block: int
    ) -> list[tuple[int, str]]:
        """The facts that ask what is permitted, each with its ruleset. `block` numbers what is blocked."""
        told = {"n": heard.truths, "a": (active,), "b": blocked}
        stages = self._reduction_stages if 1 in blocked else self._free_stages
        texts = [(one.ruleset, fact_text(one, lambda kind, index: told[kind][index])) for one in stages]
        self._keep()
        heard.permits[active, block] = texts
        return texts

    def _outcome(self, heard: Heard, moved: Moved, active: int, fired: Fired, stages: int) -> Outcome:
        """The outcome that the last firings come to."""
        numbers = [number for meaning in self._meant(fired, stages) for number, _ in meaning]
        names = (*moved.names, *(self._permits[number] for number in numbers))
        self._keep()
        outcome = moved.outcomes[active, fired] = Outcome(
            heard.told, moved.candidates, moved.status, active, tuple(sorted(numbers)), names
        )
        return outcome


def _fault(message: str) -> EngineError:
    return EngineError([Problem("PF901", message, Place("engine"), "No decision was made. Report it.")])
