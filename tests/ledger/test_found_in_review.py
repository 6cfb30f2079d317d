"""Faults that were found by looking for them: each would have shown another status, or told one that was not so."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from engine.ledger import Actor, Ledger
from engine.ledger.replay import replay
from engine.ledger.store import migrate
from rules.figures import Return
from rules.library import Texts
from rules.model import Declaration, Suspension
from rules.problems import StoreError
from tests import small_policy as policy
from tests.ledger.stores import Clock

WHO = Actor("somebody", "hq")
DAY = datetime.date


def texts(version: str = policy.FIRST, **more: str) -> Texts:
    documents = {"organisation.yaml": policy.ORGANISATION, "plan/v1.yaml": version, **more}
    return Texts({path: text.encode() for path, text in documents.items()})


@pytest.fixture
def ledger(store_url: str, clock: Clock) -> Ledger:
    migrate.upgrade(store_url)
    made = Ledger(store_url, clock=clock)
    made.adopt(texts(), WHO)
    return made


def send(ledger: Ledger, day: str, posts: str, pdu: str = "york") -> None:
    figures = {key: Decimal(10) for key in ("required[PO]", "required[PSO]")}
    figures |= {key: Decimal(posts) for key in ("in_post[PO]", "in_post[PSO]")}
    with ledger.act(WHO) as act:
        act.record_returns([Return(pdu, DAY.fromisoformat(day), figures)])


def status(ledger: Ledger, day: str, pdu: str = "york") -> str:
    with ledger.view(DAY.fromisoformat(day)) as view:
        found = view.short(view.policy.pdus[pdu])
        return found.status if hasattr(found, "status") else found.message


def test_questions_about_the_past_change_nothing_for_the_next_write(ledger: Ledger, clock: Clock) -> None:
    moments = []
    for number in range(6):
        clock.pass_(minutes=1)
        ledger.adopt(texts(policy.FIRST.replace("A plan", f"A plan, {number}")), WHO)
        with ledger.store.reading() as connection:
            moments.append(connection.exec_driver_sql("SELECT max(recorded_at) FROM records").scalar())
    for day, posts in (("2022-08-08", "8"), ("2022-08-15", "8"), ("2022-08-22", "8")):
        send(ledger, day, posts)
    before = status(ledger, "2022-08-22")
    for moment in moments:  # more sets of documents than are kept read
        with ledger.view(known_at=moment) as view:
            view.decision(view.policy.pdus["york"])
    clock.pass_(days=1)
    ledger.tick(WHO)
    assert status(ledger, "2022-08-23") == before
    assert replay(ledger).differing == ()


def test_a_return_from_a_slower_clock_is_judged_for_the_day_that_has_begun(
    store_url: str, clock: Clock
) -> None:
    migrate.upgrade(store_url)
    clock.now = datetime.datetime(2022, 8, 22, 22, 59, 59, 500_000, tzinfo=datetime.UTC)  # 23:59 in London
    fast = Clock()
    fast.now = clock.now + datetime.timedelta(seconds=1)
    with Ledger(store_url, clock=clock) as slow, Ledger(store_url, clock=fast) as quick:
        slow.adopt(texts(), WHO)
        send(slow, "2022-08-08", "10")
        assert quick.today() == DAY(2022, 8, 23)
        quick.tick(WHO)
        assert status(quick, "2022-08-23") == "indeterminate"
        assert slow.today() == DAY(2022, 8, 22)
        send(slow, "2022-08-22", "10")
        assert status(quick, "2022-08-23") == "green"


@pytest.mark.parametrize("kind", [Declaration, Suspension])
def test_an_event_that_is_ended_tells_its_new_last_day_at_once(
    ledger: Ledger, kind: type[Declaration] | type[Suspension]
) -> None:
    send(ledger, "2022-08-22", "10")
    facts = {
        "from": DAY(2022, 8, 22),
        "until": DAY(2022, 9, 10),
        "by": "director",
        "reason": "So.",
        "pdu": "york",
    }
    with ledger.act(WHO) as act:
        if kind is Declaration:
            (id_,) = act.declare(Declaration.model_validate({**facts, "status": "amber"})).events
        else:
            (id_,) = act.suspend(Suspension.model_validate(facts)).events
    with ledger.act(WHO) as act:
        act.end(act.event(id_), DAY(2022, 8, 25), "It is over.")
    with ledger.view() as view:
        decision = view.decision(view.policy.pdus["york"])
    assert isinstance(decision, dict)
    told = decision["declared"] or decision["suspended"]
    assert told["until"] == "2022-08-25"
    assert replay(ledger).differing == ()


def test_one_ledger_holds_one_framework(ledger: Ledger, store_url: str, clock: Clock) -> None:
    other = policy.FIRST.replace("framework: plan", "framework: other")
    both = texts(**{"other/v1.yaml": other})
    with Ledger(store_url, framework="other", clock=clock) as second, pytest.raises(StoreError) as refused:
        second.adopt(both, WHO)
    assert [problem.code for problem in refused.value.problems] == ["PF712"]


def test_the_moment_told_can_be_asked_for_again(ledger: Ledger, clock: Clock) -> None:
    send(ledger, "2022-08-22", "10")
    with ledger.view(known_at="2022-08-22T12:00:00.000000Z") as view:
        moment, known = view.known_at, view.known
        assert view.day == DAY(2022, 8, 22)
    assert moment is not None
    assert moment < "2022-08-22T12:00:00.000000Z"
    send(ledger, "2022-08-22", "5")  # had begun before that question was asked, for all that anybody knows
    with ledger.view(known_at=moment) as view:
        assert view.known == known


def test_history_tells_no_status_for_days_without_a_version(store_url: str, clock: Clock) -> None:
    migrate.upgrade(store_url)
    first = policy.FIRST.replace("effective: 2022-08-01", "effective: 2022-08-01\nuntil: 2022-08-10")
    second = policy.FIRST.replace("version: v1", "version: v2").replace("2022-08-01", "2022-08-15")
    with Ledger(store_url, clock=clock) as ledger:
        ledger.adopt(texts(first, **{"plan/v2.yaml": second}), WHO)
        for day in ("2022-08-01", "2022-08-08", "2022-08-15", "2022-08-22"):
            send(ledger, day, "10")
        with ledger.view() as view:
            found = view.history(view.policy.pdus["york"], DAY(2022, 8, 1), DAY(2022, 8, 22))
        assert [(one.first, one.last, one.status) for one in found] == [
            ("2022-08-01", "2022-08-10", "green"),
            ("2022-08-15", "2022-08-22", "green"),
        ]


def test_documents_that_cannot_be_read_any_more_can_be_replaced(
    store_url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.ledger import documents
    from rules.problems import DocumentError

    migrate.upgrade(store_url)
    with Ledger(store_url, clock=clock) as ledger:
        ledger.adopt(texts(), WHO)
        send(ledger, "2022-08-22", "10")
    with Ledger(store_url, clock=clock) as ledger:

        def stricter(_: object) -> None:
            raise DocumentError([])

        with monkeypatch.context() as patched:
            patched.setattr(documents, "load_library", stricter)
            receipt = ledger.adopt(texts(policy.FIRST.replace("default: 90", "default: 92")), WHO)
        assert receipt is not None
        assert status(ledger, "2022-08-22") == "green"
