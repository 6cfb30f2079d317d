"""What the durable-rules decider knows once stages have fired, and the facts that it asks next.

A history meets the same firings again and again. Every stage is asked each time, but what its firings come to,
and what the next fact says of them, is put together once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from rules.decide.encode import Stage
from rules.decide.situation import Outcome

SESSION = "0"
Fired = str
"""The names of the rules that facts fired, in their order, run together: each has three characters."""


class Heard:
    """What the stages up to one have said, and by what fires next, what is known then.

    `told` are the truths of the program's own nodes, `fact` is the next stage's, `asked` has the facts that ask for
    the status, by where the unit stands, and `permits` those that ask for reductions, by the active level and the
    number of what is blocked.
    """

    __slots__ = ("asked", "fact", "further", "moves", "names", "permits", "stays", "told", "truths")

    def __init__(self, truths: Sequence[int], names: Sequence[str], size: int) -> None:
        self.truths, self.names = tuple(truths), tuple(names)
        self.told = self.truths[:size]
        self.fact: OpenFact | None = None
        self.further: dict[Fired, Heard] = {}
        self.asked: dict[tuple[int, bool], str] = {}
        self.moves: dict[Fired, Moved] = {}
        self.stays: dict[int, Moved] = {}
        self.permits: dict[tuple[int, int], list[tuple[int, str]]] = {}


class Moved:
    """The status that follows, and the whole outcome by the active level and by what fires last."""

    __slots__ = ("candidates", "names", "outcomes", "status")

    def __init__(self, candidates: tuple[int, ...], status: int, names: tuple[str, ...]) -> None:
        self.candidates, self.status, self.names = candidates, status, names
        self.outcomes: dict[tuple[int, Fired], Outcome] = {}


def fact_text(stage: Stage, number: Callable[[str, int], int | str | None]) -> str:
    """The fact of a stage as JSON; `number` tells each of its properties, by kind and number.

    What is unknown is left out, with `u` and its number in its place.
    """
    parts = [f'{{"id":1,"sid":"{SESSION}","k":{stage.k}']
    for kind, index in stage.properties:
        told = number(kind, index)
        parts.append(f',"u{index}":1' if told is None else f',"{kind}{index}":{told}')
    return "".join([*parts, "}"])


class OpenFact:
    """The fact of a stage in which truths stand already; what is left are values by slot (`v`) and runs (`r`)."""

    __slots__ = ("_known", "_places", "_stage", "_take", "_template")

    def __init__(self, stage: Stage, slots: int, known: Callable[[str, int], int]) -> None:
        self._stage, self._known = stage, known
        self._template = fact_text(stage, lambda kind, index: "%d" if kind in "vr" else known(kind, index))
        places = [index + (slots if kind == "r" else 0) for kind, index in stage.properties if kind in "vr"]
        # one number alone is no tuple
        self._take = itemgetter(*places) if len(places) > 1 else None
        self._places = places

    def text(self, values: tuple[int | None, ...], runs: tuple[int, ...]) -> str:
        """The fact as JSON."""
        vector = values + runs
        take = self._take
        numbers = tuple([vector[place] for place in self._places]) if take is None else take(vector)
        if None not in numbers:
            return self._template % numbers
        return fact_text(
            self._stage,
            lambda kind, index: (
                {"v": values, "r": runs}[kind][index] if kind in "vr" else self._known(kind, index)
            ),
        )
