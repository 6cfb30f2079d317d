"""Whatever is recorded in whatever order: the ledger answers as if it had been decided from the facts at once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.deciding import Undecided
from engine.ledger import Actor, Ledger
from engine.ledger.answers import same_answer
from engine.ledger.fresh import Fresh
from engine.ledger.replay import replay
from rules.figures import Return
from rules.library import Texts
from rules.model import Declaration, Suspension
from tests import small_policy as policy

WHO = Actor("somebody", "hq")
UTC = datetime.UTC
FIRST = datetime.date(2022, 8, 1)
DAY = datetime.timedelta(days=1)
UNITS = ("york", "hull", "kent", "leeds")
REVIEWED = (
    policy.FIRST.replace(
        "    exit:",
        "    minimum_stay: 7 days\n    review_every: 7 days\n    outstays_after: 21 days\n    exit:",
    )
    .replace("lapses_after: 84 days", "review_every: 14 days\n        lapses_after: 28 days")
    .replace("stale_after: 14 days}", "stale_after: 14 days, grace: 3 days}")
)
REGIONS = {
    "none": None,
    "north": policy.REGION,
    "later": policy.REGION.replace("2022-08-01", "2022-08-20").replace("low: 88", "low: 81"),
}


def texts(region: str, two: bool) -> Texts:
    """A set of documents: with or without settings of a region, and with one version or two."""
    documents = {"organisation.yaml": policy.ORGANISATION, "plan/v1.yaml": REVIEWED}
    if two:
        second = REVIEWED.replace("v1", "v2").replace("2022-08-01", "2022-09-05")
        documents["plan/v2.yaml"] = second.replace("default: 90", "default: 85")
    if REGIONS[region] is not None:
        documents["plan/regions/north.yaml"] = REGIONS[region] or ""
    return Texts({path: text.encode() for path, text in documents.items()})


@dataclass
class Desk:
    """A ledger, and a clock that somebody sets."""

    path: str
    now: datetime.datetime = datetime.datetime(2022, 8, 3, 9, tzinfo=UTC)
    events: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.ledger = Ledger(self.path, clock=lambda: self.now)


DAYS = st.integers(0, 60).map(lambda days: FIRST + days * DAY)
RETURNS = st.tuples(
    st.sampled_from(UNITS),
    st.integers(0, 9),
    st.sampled_from([None, "6", "8.5", "9.2", "10"]),
    st.integers(0, 700),
)
ACTS = st.one_of(
    st.tuples(st.just("returns"), st.lists(RETURNS, min_size=1, max_size=5)),
    st.tuples(st.just("wait"), st.integers(1, 12)),
    st.tuples(st.just("declare"), st.sampled_from([*UNITS, "north", None]), DAYS, st.integers(0, 20)),
    st.tuples(st.just("suspend"), st.sampled_from([*UNITS, "north", None]), DAYS, st.integers(0, 9)),
    st.tuples(st.just("end"), st.integers(0, 9), DAYS),
    st.tuples(st.just("documents"), st.sampled_from(sorted(REGIONS)), st.booleans()),
    st.tuples(st.just("restart")),
)


def perform(desk: Desk, act: tuple[Any, ...]) -> None:
    """Do one thing; days later than tomorrow are not reported on, as elsewhere."""
    ledger, today = desk.ledger, desk.ledger.today()
    match act:
        case ("wait", days):
            desk.now += days * DAY
            ledger.tick(WHO)
        case ("returns", rows):
            with ledger.act(WHO) as writing:
                found = [_returned(*row) for row in rows if _returned(*row).as_of <= today + DAY]
                units = writing.policy.pdus
                unique = {(one.pdu, one.as_of): one for one in found if units[one.pdu].exists_on(one.as_of)}
                writing.record_returns(unique.values())
        case ("declare" | "suspend" as what, whom, first, length):
            event = {"from": first, "until": first + length * DAY, "by": "director", "reason": "So."}
            event |= {"region": whom} if whom == "north" else {"pdu": whom}
            with ledger.act(WHO) as writing:
                if what == "declare":
                    desk.events += writing.declare(
                        Declaration.model_validate({**event, "status": "amber"})
                    ).events
                else:
                    desk.events += writing.suspend(Suspension.model_validate(event)).events
        case ("end", which, last) if desk.events:
            id_ = desk.events.pop(which % len(desk.events))
            with ledger.act(WHO) as writing:
                told = writing.event(id_)
                if last.isoformat() < told.facts["until"]:
                    writing.end(told, last, "It is over.")
        case ("documents", region, two):
            ledger.adopt(texts(region, two), WHO)
        case ("restart",):
            ledger.forget()
    desk.moments.append(_newest(ledger))


def _returned(pdu: str, week: int, posts: str | None, points: int) -> Return:
    figures = {"required[PO]": Decimal(10), "required[PSO]": Decimal(10), "points": Decimal(points)}
    if posts is not None:
        figures |= {"in_post[PO]": Decimal(posts), "in_post[PSO]": Decimal(posts)}
    return Return(pdu, FIRST + week * 7 * DAY, figures)


def _newest(ledger: Ledger) -> str:
    with ledger.store.reading() as connection:
        return str(connection.exec_driver_sql("SELECT max(recorded_at) FROM records").scalar())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(
    acts=st.lists(ACTS, min_size=1, max_size=12),
    questions=st.lists(st.tuples(st.sampled_from(UNITS), DAYS, st.integers(-1, 12)), min_size=4, max_size=10),
)
def test_the_ledger_answers_as_if_decided_from_the_facts_at_once(
    acts: list[tuple[Any, ...]],
    questions: list[tuple[str, datetime.date, int]],
) -> None:
    with TemporaryDirectory() as folder:
        desk = Desk(f"{folder}/ledger.sqlite3")
        ledger = desk.ledger
        ledger.adopt(texts("none", two=False), WHO)
        for act in acts:
            perform(desk, act)
        for pdu, day, which in questions:
            known = None if which < 0 else desk.moments[which % len(desk.moments)]
            with ledger.view(day, known) as view:
                unit = view.policy.pdus[pdu]
                recorded, fresh = view.decision(unit), Fresh().decision(view, unit)
                if isinstance(recorded, Undecided):
                    assert isinstance(fresh, Undecided) or not unit.exists_on(day)
                    continue
                assert not isinstance(fresh, Undecided)
                assert same_answer(recorded, fresh, lines=False), (pdu, day, known)
        found = replay(ledger)
        ledger.close()
        assert found.broken is None
        assert found.differing == ()
