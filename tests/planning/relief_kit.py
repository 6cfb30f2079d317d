"""A framework that says what it lacks and what its reductions release, and what is asked of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from engine.deciding import Engine
from engine.relief import Relief, document, relief
from rules.decide import Deciders, Outcome, PlainDecider, Program, Situation
from rules.figures import Return
from tests.engine.engine_kit import AMBER, GREEN, MAPPA, ORGANISATION, RED, Asker, Document, day, version

Told = dict[str, Any]
SHORTFALL: Document = {"formula": "10 * (100 - s)", "basis": "illustrative"}
INPUTS: Document = {
    "s": {"title": "Staff", "decimals": 2},
    "cases": {"title": "Caseload", "unit": "cases", "minimum": 0},
    "late": {"title": "Late cases", "unit": "cases", "minimum": 0, "carry_forward": "14 days"},
    "usual": {"title": "Usual cases", "unit": "cases", "default": 30},
    "learners": {"title": "Learners", "decimals": 1, "per": "stage", "minimum": 0},
}
LISTS: Document = {"stage": {"L1": "First", "L2": "Second"}}


def releases(minutes: Any, per: str = "cases", every: str = "month", **more: Any) -> Document:
    minutes = Decimal(minutes) if isinstance(minutes, str) else minutes
    return {"minutes": minutes, "per": per, "every": every, "basis": "illustrative", **more}


def reducible(id_: str, part: str | None = None, **reductions: Any) -> Document:
    """An activity whose reductions are given by their status: what each releases (None: nothing is said), or more."""
    told: list[Document] = []
    for from_, one in reductions.items():
        more = one if one is not None and "minutes" not in one else {"releases": one} if one else {}
        told.append({"from": from_, "strength": "may", "do": "Less.", **more})
    activity: Document = {"id": id_, "title": id_.capitalize(), "reductions": told}
    return activity if part is None else {**activity, "part": part}


ACTIVITIES = [
    reducible("visits", "b", amber=releases(60), red=releases(90)),
    reducible("calls", "a", amber=releases(30)),
    reducible("letters", "b", red=releases(12)),
    MAPPA,
]
PARTS: Document = {"a": "Part A", "b": "Part B"}


def plan(**changes: Any) -> Document:
    """The framework of the examples. 80 of 100 are there: 200 hours are missing; Amber from 90, Red from 75 down."""
    base: Document = {
        "inputs": INPUTS,
        "lists": LISTS,
        "parts": PARTS,
        "activities": ACTIVITIES,
        "relief": {"shortfall": SHORTFALL},
        "statuses": [GREEN, AMBER, RED],
    }
    return version(**{**base, **changes})


def found(asker: Asker, asked: str) -> Relief:
    """The relief of York on a day, by returns up to it."""
    decision, wanted = asker(asked), day(asked)
    with Engine(asker.framework, ORGANISATION) as engine:
        known = [one for one in asker.returns if one.as_of <= wanted]
        return relief(engine, engine.course(asker.pdu, known, asker.events), wanted, decision)


def asked_of(returns: Iterable[Return], asked: str, *documents: Document, **more: Any) -> Told:
    """The same as a document."""
    asker = Asker(returns, *(documents or (plan(),)), **more)
    policy = asker.framework.in_force(day(asked))
    assert policy is not None
    return document(found(asker, asked), policy.version)


def by_activity(told: Told, key: str) -> dict[str, Any]:
    return {one["activity"]: one[key] for one in told["reductions"]}


class Plain(Deciders):
    """Decides by the plain decider alone, which is quick to make; that both agree is tested elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[int, tuple[Program, PlainDecider]] = {}

    def decide(self, program: Program, situation: Situation) -> Outcome:
        return self._made.setdefault(id(program), (program, PlainDecider(program)))[1].decide(situation)
