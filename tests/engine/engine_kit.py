"""A small framework, histories and decisions for the tests of the engine.

The framework of most examples: Amber below 90 for two weeks, until 95 or more for two weeks; Red below 75
for two weeks. Home visits may be reduced from Amber, team meetings from Red; MAPPA meetings are mandatory.
The days are those of 2022, in which 1 August was a Monday.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from hypothesis import Phase, settings

from engine.course import Course
from engine.deciding import Engine, Undecided
from engine.decision import Scribe
from engine.timeline import standings
from rules.check.version import check_version
from rules.decide import Deciders
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Organisation, Pdu, RegionSettings
from rules.policy import Policy
from rules.problems import Findings
from rules.text import parse
from tests.oracle.generate import to_yaml

Document = dict[str, Any]
Decision = dict[str, Any]

GREEN: Document = {"id": "green", "title": "Green", "colour": "green", "meaning": "All is done."}
AMBER: Document = {
    "id": "amber",
    "title": "Amber",
    "enter": {"staffing": {"below": 90}, "for": "2 weeks"},
    "exit": {"staffing": {"at_least": 95}, "for": "2 weeks"},
}
RED: Document = {"id": "red", "title": "Red", "enter": {"staffing": {"below": 75}, "for": "2 weeks"}}
VISITS: Document = {
    "id": "visits",
    "title": "Home visits",
    "reductions": [{"from": "amber", "strength": "may", "do": "Fewer visits."}],
}
MEETINGS: Document = {
    "id": "meetings",
    "title": "Team meetings",
    "reductions": [{"from": "red", "strength": "should", "do": "No meetings."}],
}
MAPPA: Document = {"id": "mappa", "title": "MAPPA meetings", "mandatory": {"because": "The law asks for it."}}

ORGANISATION = Organisation.model_validate(
    {
        "format": 1,
        "regions": [{"id": "north", "name": "North"}, {"id": "south", "name": "South"}],
        "pdus": [
            {"id": "york", "name": "York", "region": "north"},
            {"id": "hull", "name": "Hull", "region": "north"},
            {"id": "kent", "name": "Kent", "region": "south"},
        ],
    }
)
YORK = ORGANISATION.pdus[0]


def share(part: float) -> settings:
    """Settings for tests over seeds: so many times the profile's examples, none of them shrunk."""
    examples = max(1, int(settings().max_examples * part))
    return settings(max_examples=examples, phases=[Phase.explicit, Phase.reuse, Phase.generate])


def day(text: str) -> datetime.date:
    """`08-15` as a day of 2022."""
    return datetime.date.fromisoformat(f"2022-{text}")


def version(**changes: Any) -> Document:
    """The framework of the examples, with changes; a change to None takes a key away."""
    document: Document = {
        "format": 1,
        "framework": "plan",
        "version": "v1",
        "title": "A plan",
        "effective": day("08-01"),
        "returns": {"every": "7 days", "stale_after": "14 days"},
        "first_return": "at_once",
        "activation": "automatic",
        "declarations": {"by": "director", "may": ["raise", "lower"], "at_most": "28 days"},
        "inputs": {"s": {"decimals": 2}, "t": {"decimals": 1}},
        "measures": {"staffing": {"decimals": 1, "unit": "percent", "formula": "s"}},
        "statuses": [GREEN, AMBER, RED],
        "activities": [VISITS, MEETINGS, MAPPA],
    }
    return {key: value for key, value in (document | changes).items() if value is not None}


def history(*figures: Any, first: str = "08-01", every: int = 7) -> list[Return]:
    """Returns of York, one a period: `s` or a mapping; None is a return without figures, "-" no return."""
    start = day(first)
    return [
        returned(start + datetime.timedelta(days=every * place), given)
        for place, given in enumerate(figures)
        if given != "-"
    ]


def on(**by_day: Any) -> list[Return]:
    """Returns of York by their days: `on(d0801=80, d0809=None)`."""
    return [returned(day(f"{key[1:3]}-{key[3:]}"), given) for key, given in by_day.items()]


def returned(as_of: datetime.date, given: Any) -> Return:
    """A return of York."""
    figures = given if isinstance(given, Mapping) else {} if given is None else {"s": given}
    return Return(
        "york",
        as_of,
        {k: v if isinstance(v, str) and not _numeric(v) else Decimal(v) for k, v in figures.items()},
    )


def _numeric(text: str) -> bool:
    return text.replace(".", "").replace("-", "").isdigit()


def policy_of(document: Document) -> Policy:
    """A version, read and checked as any document is."""
    findings = Findings()
    source = parse(to_yaml(document), f"{document['version']}.yaml", findings)
    policy = None if source is None else check_version(source, findings)
    assert policy is not None, [str(problem) for problem in findings.problems]
    return policy


def framework(*documents: Document, settings: Sequence[Document] = (), pinned: bool = False) -> Framework:
    """A framework of some versions, with the entries of the region `north`."""
    regions = {}
    if settings:
        entries = [{"set_by": "someone", "reason": "a reason", **entry} for entry in settings]
        regions["north"] = RegionSettings.model_validate(
            {"format": 1, "framework": "plan", "region": "north", "settings": entries}
        )
    policies = tuple(policy_of(document) for document in documents or (version(),))
    return Framework("plan", policies, regions, pinned=pinned)


def declared(first: str, last: str, status: str, **more: Any) -> Document:
    """A declaration."""
    return {"from": day(first), "until": day(last), "status": status, "by": "director", "reason": "x", **more}


def suspended(first: str, last: str | None = None, **more: Any) -> Document:
    """A suspension."""
    until = {} if last is None else {"until": day(last)}
    return {"from": day(first), "by": "director", "reason": "x", **until, **more}


def events_of(declarations: Iterable[Document] = (), suspensions: Iterable[Document] = ()) -> Events:
    """Declarations and suspensions."""
    return Events.model_validate({"declarations": list(declarations), "suspensions": list(suspensions)})


class Asker:
    """Decides York (or another unit) under one framework, day by day."""

    def __init__(
        self,
        returns: Iterable[Return],
        *documents: Document,
        settings: Sequence[Document] = (),
        declarations: Iterable[Document] = (),
        suspensions: Iterable[Document] = (),
        pinned: bool = False,
        pdu: Pdu = YORK,
    ) -> None:
        self.framework = framework(*documents, settings=settings, pinned=pinned)
        self.pdu = pdu
        self.returns = list(returns)
        self.events = events_of(declarations, suspensions)

    def __call__(self, asked: str) -> Decision:
        """The decision for a day, which has one."""
        found = self.answer(asked)
        assert not isinstance(found, Undecided), found.message
        return found

    def answer(self, asked: str) -> Decision | Undecided:
        """The decision for a day, by returns up to it, or why there is none."""
        wanted = day(asked)
        with Engine(self.framework, ORGANISATION) as engine:
            known = [one for one in self.returns if one.as_of <= wanted]
            return engine.decision(engine.course(self.pdu, known, self.events), wanted)

    def on(self, asked: str, *fields: str) -> tuple[Any, ...]:
        """Some fields of the decision for a day: `status`, `since` and `previous` unless named."""
        decision = self(asked)
        return tuple(decision[field] for field in fields or ("status", "since", "previous"))

    def statuses(self, *asked: str) -> list[str]:
        """The status on each of some days."""
        return [self(one)["status"] for one in asked]

    def permitted(self, asked: str) -> list[tuple[str, str]]:
        """What is permitted on a day: activity and `from`."""
        return [(one["activity"], one["from"]) for one in self(asked)["permitted"]]

    def why_not(self, asked: str) -> dict[tuple[str, str], Document]:
        """What is not permitted on a day, and why."""
        return {(one["activity"], one["from"]): one["because"] for one in self(asked)["not_permitted"]}

    def notes(self, asked: str) -> list[str]:
        """The codes of the notes on the data."""
        return [one["code"] for one in self(asked)["data_quality"]]


def conditions(decision: Decision) -> dict[str, Document]:
    """Every condition of a decision, by its rule."""
    found: dict[str, Document] = {}

    def walk(nodes: Iterable[Document]) -> Iterator[Document]:
        for node in nodes:
            yield node
            yield from walk(node.get("parts", ()))

    for node in walk(decision["conditions"]):
        assert node["rule"] not in found, f"{node['rule']} stands twice"
        found[node["rule"]] = node
    return found


def decide(course: Course, days: Sequence[datetime.date]) -> list[Decision]:
    """The decisions of a course for some days."""
    deciders = Deciders()
    try:
        return [Scribe().write(course, standing) for standing in standings(course, days, deciders)]
    finally:
        deciders.close()
