"""Two deciders that differ on one unit: the others go on, nothing wrong stands, and later all of it is caught up."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson
import pytest

from engine.deciding import Undecided
from engine.ledger import Ledger
from engine.ledger.export import rows
from engine.ledger.overview import Overview
from engine.ledger.store import migrate
from rules.library import Texts
from rules.model import Declaration, Suspension
from rules.problems import DisagreementError, EngineError, Place, Problem
from tests import small_policy as policy
from tests.ledger.plant import BAD, Plant, plant
from tests.ledger.stores import START, Clock
from tests.ledger.undecided_kit import (
    DAY,
    UNITS,
    WHO,
    begin,
    faults,
    fed,
    given,
    send,
    status,
    stretches,
    texts,
    whole,
)

__all__ = ["plant"]


@pytest.fixture
def ledger(store_url: str, clock: Clock) -> Iterator[Ledger]:
    """York, Hull and Kent are green since 8 August; today is 22 August."""
    migrate.upgrade(store_url)
    with Ledger(store_url, clock=clock) as made:
        begin(made)
        yield made


def test_the_others_go_on_and_all_is_caught_up(ledger: Ledger, clock: Clock, plant: Plant) -> None:
    returns = (
        given("york", "2022-08-22", "5"),
        given("hull", "2022-08-22", "5", BAD),
        given("kent", "2022-08-22"),
    )
    before = ledger.head()
    receipt = send(ledger, *returns)
    assert faults(receipt) == [("hull", "2022-08-22", "PF900")]
    assert receipt.returns == 3
    assert (status(ledger, "york"), status(ledger, "kent")) == ("green", "green")
    assert status(ledger, "hull") == "PF900"
    assert status(ledger, "hull", "2022-08-21") == "green", "the days before are as they were"
    assert stretches(ledger, "hull") == [("2022-08-08", "2022-08-21", "green")]
    assert fed(ledger, "hull", before) == [(("undecided",), "2022-08-22", "green", None)]

    clock.pass_(days=7)  # a week goes by, and York turns amber
    receipt = send(ledger, given("york", "2022-08-29", "5"))
    assert faults(receipt) == [("hull", "2022-08-22", "PF900")], "a new day tries again"
    assert status(ledger, "york") == "amber"
    assert status(ledger, "hull") == "PF900"

    plant.on = False
    receipt = ledger.tick(WHO)
    assert receipt.undecided == ()
    assert receipt.decisions.total() > 0
    assert status(ledger, "hull") == "green"
    assert stretches(ledger, "hull") == [("2022-08-08", "2022-08-29", "green")]
    assert fed(ledger, "hull", before)[-1] == (("decided",), "2022-08-22", None, "green")
    assert ledger.tick(WHO).last < ledger.tick(WHO).first, "nothing is left"
    whole(ledger)


def test_what_is_caught_up_is_what_would_have_been_decided_at_once(
    ledger: Ledger, tmp_path: Path, clock: Clock, plant: Plant
) -> None:
    """Day by day, against a ledger that never met the fault."""

    def lived(own: Ledger, on: bool) -> list[Any]:
        plant.on = on
        send(own, given("hull", "2022-08-22", "5", BAD))
        clock.pass_(days=7)
        send(own, given("hull", "2022-08-29", "5"), given("york", "2022-08-29", "5", BAD))
        send(own, given("hull", "2022-08-22", "4", BAD))  # a correction
        clock.pass_(days=7)
        send(own, given("hull", "2022-09-05", "10"))
        plant.on = False
        own.tick(WHO)
        return [
            answer(own, pdu, DAY(2022, 8, 8) + datetime.timedelta(days))
            for pdu in UNITS
            for days in range(29)
        ]

    def answer(own: Ledger, pdu: str, day: datetime.date) -> Any:
        with own.view(day) as view:
            found = view.decision(view.policy.pdus[pdu])
            assert isinstance(found, dict)
            assert found["decided_at"] is not None, "recorded"
            returns = [one["as_of"] for one in found["returns"]]
            passing = ("id", "decided_at", "as_of", "returns")
            return {key: value for key, value in found.items() if key not in passing} | {"rests on": returns}

    faulty = lived(ledger, on=True)
    clock.now = START
    with Ledger(f"sqlite:///{tmp_path}/other.sqlite3", clock=clock) as other:
        begin(other)
        assert faulty == lived(other, on=False)
    whole(ledger)


def test_nothing_new_is_recorded_while_it_stays_so(ledger: Ledger, clock: Clock, plant: Plant) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    head = ledger.head()
    for _ in range(3):
        assert faults(ledger.tick(WHO)) == [("hull", "2022-08-22", "PF900")]
    assert ledger.head() == head
    clock.pass_(days=1)
    ledger.tick(WHO)
    with ledger.store.reading() as connection:
        kinds = [row[1] for row in list(rows(connection, "records"))[head:]]
    assert kinds == ["tick"]


def test_another_process_sees_it_and_catches_up(
    ledger: Ledger, store_url: str, clock: Clock, plant: Plant
) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    with Ledger(store_url, clock=clock) as other:
        assert status(other, "hull") == "PF900"
        with other.view() as view:
            assert list(view.undecided) == ["hull"]
        send(other, given("york", "2022-08-22", "5"))
        plant.on = False
        assert status(other, "hull") == "green", "asking works as soon as it can be decided"
        with other.view() as view:
            found = view.short(view.policy.pdus["hull"])
            assert not isinstance(found, Undecided)
            assert not found.recorded
        assert send(other, given("hull", "2022-08-22", "6", BAD)).undecided == ()
    assert status(ledger, "hull") == "green"
    whole(ledger)


def test_a_correction_of_an_earlier_day_moves_the_first_day(ledger: Ledger, plant: Plant) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    assert faults(send(ledger, given("hull", "2022-08-15", "5", BAD))) == [("hull", "2022-08-15", "PF900")]
    assert status(ledger, "hull", "2022-08-15") == "PF900"
    assert status(ledger, "hull", "2022-08-14") == "green"
    assert faults(send(ledger, given("hull", "2022-08-15", "5"))) == [("hull", "2022-08-22", "PF900")]
    assert status(ledger, "hull", "2022-08-21") == "green"
    assert send(ledger, given("hull", "2022-08-22", "5")).undecided == ()
    assert status(ledger, "hull") == "amber", "two weeks below"
    whole(ledger)


@pytest.mark.parametrize("kind", ["declared", "suspended"])
@pytest.mark.parametrize("whose", ["hull", None])
def test_what_people_decide_is_recorded_and_holds_for_the_others(
    ledger: Ledger, plant: Plant, kind: str, whose: str | None
) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    facts: dict[str, Any] = {
        "from": DAY(2022, 8, 22),
        "until": DAY(2022, 8, 25),
        "by": "director",
        "reason": "So.",
    }
    facts |= {} if whose is None else {"pdu": whose}
    with ledger.act(WHO) as act:
        if kind == "declared":
            receipt = act.declare(Declaration.model_validate(facts | {"status": "amber"}))
        else:
            receipt = act.suspend(Suspension.model_validate(facts))
    assert faults(receipt) == [("hull", "2022-08-22", "PF900")]
    expected = "amber" if kind == "declared" else "suspended"
    assert status(ledger, "york") == ("green" if whose else expected)
    assert status(ledger, "hull") == "PF900"
    plant.on = False
    ledger.tick(WHO)
    assert status(ledger, "hull") == expected
    whole(ledger)


def test_other_documents_are_taken_up_and_may_mend_it(ledger: Ledger, plant: Plant) -> None:
    send(ledger, given("york", "2022-08-22", "9.2"), given("hull", "2022-08-22", "9.2", BAD))
    stricter = policy.FIRST.replace("default: 90", "default: 93")
    receipt = ledger.adopt(texts(stricter), WHO)
    assert receipt is not None
    assert faults(receipt) == [("hull", "2022-08-22", "PF900")]
    assert status(ledger, "york") == "green"
    assert status(ledger, "hull") == "PF900"
    without = stricter.replace("        when: {points: {below: 500}, basis: illustrative}\n", "")
    receipt = ledger.adopt(texts(without), WHO)
    assert receipt is not None
    assert receipt.undecided == (), "these do not look at points"
    assert status(ledger, "hull") == "green"


def test_documents_under_which_a_unit_cannot_be_decided_hold_for_the_others(
    ledger: Ledger, plant: Plant
) -> None:
    """The first documents do not look at points; those that do come later."""
    looks = "        when: {points: {below: 500}, basis: illustrative}\n"
    ledger.adopt(texts(policy.FIRST.replace(looks, "")), WHO)
    send(ledger, given("york", "2022-08-22", "5"), given("hull", "2022-08-22", "5", BAD))
    assert status(ledger, "hull") == "green"
    receipt = ledger.adopt(texts(policy.FIRST.replace("default: 90", "default: 85")), WHO)
    assert receipt is not None
    assert [one[0] for one in faults(receipt)] == ["hull"]
    assert status(ledger, "york") == "green"
    assert status(ledger, "hull") == "PF900"


def test_what_was_known_stays_as_it_was_known(ledger: Ledger, clock: Clock, plant: Plant) -> None:
    def at(moment: str) -> str:
        with ledger.view(known_at=moment) as view:
            try:
                found = view.short(view.policy.pdus["hull"])
            except DisagreementError:
                return "PF900"
            assert not isinstance(found, Undecided)
            return f"{found.status}, {'recorded' if found.recorded else 'for the question'}"

    moments = []
    for sent in (given("york", "2022-08-22"), given("hull", "2022-08-22", "5", BAD)):
        clock.pass_(minutes=1)
        moments.append(send(ledger, sent).recorded_at)
    assert [at(one) for one in moments] == ["green, recorded", "PF900"]
    plant.on = False
    clock.pass_(minutes=1)
    moments.append(ledger.tick(WHO).recorded_at)
    expected = ["green, recorded", "green, for the question", "green, recorded"]
    assert [at(one) for one in moments] == expected


def test_a_list_of_all_tells_which_one_is_missing(ledger: Ledger, plant: Plant) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    with ledger.view() as view:
        found: dict[str, EngineError] = {}
        shorts = Overview().shorts(view, view.units(), found)
        assert set(shorts) == {"york", "kent"}
        assert set(found) == {"hull"}
        with pytest.raises(DisagreementError, match="PF900"):
            Overview().shorts(view, view.units())


def test_exported_statuses_end_where_it_cannot_be_decided(ledger: Ledger, plant: Plant) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    with ledger.store.reading() as connection:
        last = {row[1]: row[4] for row in rows(connection, "statuses")}
        (kind,) = {row[1] for row in rows(connection, "records") if row[0] == ledger.head()}
        (body,) = (
            orjson.loads(str(row[4])) for row in rows(connection, "records") if row[0] == ledger.head()
        )
    assert last == {"hull": "2022-08-21", "york": None, "kent": None}
    assert kind == "undecided"
    assert (body["pdu"], body["first"], body["cause"], body["code"]) == (
        "hull",
        "2022-08-22",
        "return",
        "PF900",
    )


def test_a_fault_in_the_midst_of_a_correction_keeps_what_could_be_decided(
    ledger: Ledger, plant: Plant
) -> None:
    """The 8th and the 15th are decided anew; the 22nd cannot be, and what stood there counts no more."""
    plant.on = False
    send(ledger, given("hull", "2022-08-22", "10", BAD))
    assert status(ledger, "hull") == "green"
    ledger.forget()
    plant.on = True
    receipt = send(ledger, given("hull", "2022-08-08", "5"), given("hull", "2022-08-15", "5"))
    assert faults(receipt) == [("hull", "2022-08-22", "PF900")]
    assert status(ledger, "hull", "2022-08-16") == "amber"
    assert status(ledger, "hull") == "PF900"
    plant.on = False
    ledger.tick(WHO)
    assert status(ledger, "hull") == "amber", "not two weeks at the exit"
    whole(ledger)


def test_the_past_as_it_was_decided_stands_where_it_can_no_longer_be_decided(
    ledger: Ledger, clock: Clock, plant: Plant
) -> None:
    """A program that finds a fault in what an earlier one decided without any takes nothing of that back."""
    plant.on = False
    send(ledger, given("hull", "2022-08-22", "10", BAD))
    ledger.forget()
    plant.on = True
    clock.pass_(days=7)
    receipt = send(ledger, given("hull", "2022-08-29", "10"))
    assert faults(receipt) == [("hull", "2022-08-23", "PF900")]
    assert status(ledger, "hull", "2022-08-22") == "green"
    assert status(ledger, "hull", "2022-08-23") == "PF900"


def test_a_fault_of_the_rule_library_is_one_units_too(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PF901 passes: at the next tick it is caught up; until then questions are answered from the facts."""
    from engine.timeline import Fold

    visit = Fold.visit

    def fails(self: Fold, day: datetime.date) -> Any:
        if self.course.pdu.id == "hull":
            raise EngineError([Problem("PF901", "The rule library failed.", Place("engine"))])
        return visit(self, day)

    with monkeypatch.context() as patch:
        patch.setattr(Fold, "visit", fails)
        receipt = send(ledger, given("hull", "2022-08-22", "5"), given("york", "2022-08-22", "5"))
        assert faults(receipt) == [("hull", "2022-08-22", "PF901")]
    assert status(ledger, "hull") == "green"
    ledger.tick(WHO)
    with ledger.view() as view:
        assert view.undecided == {}
    whole(ledger)


def test_a_unit_that_leaves_the_register_is_no_longer_told(ledger: Ledger, plant: Plant) -> None:
    send(ledger, given("hull", "2022-08-22", "5", BAD))
    documents = dict(texts().documents) | {
        "organisation.yaml": policy.ORGANISATION.replace(
            "  - {id: hull, name: Hull, region: north}\n", ""
        ).encode()
    }
    fewer = Texts(documents)
    ledger.adopt(fewer, WHO)
    with ledger.view() as view:
        assert view.undecided == {}
    ledger.tick(WHO)
    ledger.adopt(texts(), WHO)
    assert status(ledger, "hull") == "PF900"
