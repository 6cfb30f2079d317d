"""Parents in the ledger, on both databases: decided with each return below them, and made again byte for byte."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from engine.deciding import Undecided
from engine.ledger import Actor, Ledger
from engine.ledger.asking import changes_after, decisions_of
from engine.ledger.rebuild import rebuild
from engine.ledger.replay import replay
from engine.ledger.store import migrate
from engine.parents import Made
from rules.decide.plain import PlainDecider
from rules.decide.situation import Outcome, Situation
from rules.figures import Return
from rules.library import Texts
from rules.model import Suspension
from tests.ledger.stores import Clock
from tests.parents.parents_kit import FIRST, ORGANISATION, codes, leaves, measure, returned

WHO = Actor("somebody", "hq")
SUMS = "rollup: {region: {by: sums}, country: {by: sums, of: regions}}\n"
COUNT = """\
rollup:
  region: {by: sums, complete: 50}
  country:
    by: count
    complete: 50
    statuses:
      amber: {enter: {"units_at[amber]": {at_least: 1}}}
      red: {enter: {"units_at[red]": {at_least: 2}}}
"""
MONDAY = datetime.date(2022, 8, 22)


def texts(rollup: str = SUMS, **changes: str) -> Texts:
    documents = {"organisation.yaml": ORGANISATION, "plan/v1.yaml": FIRST + rollup}
    return Texts({path: text.encode() for path, text in (documents | changes).items()})


def week(day: datetime.date | str, **posts: float) -> list[Return]:
    return [returned(unit, str(day), required=10, in_post=number) for unit, number in posts.items()]


@pytest.fixture
def url(store_url: str) -> str:
    migrate.upgrade(store_url)
    return store_url


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Ledger]:
    """It is Monday 22 August 2022."""
    made = Ledger(url, clock=clock)
    made.adopt(texts(), WHO)
    yield made
    made.close()


def record(ledger: Ledger, *returns: Return) -> Any:
    with ledger.act(WHO) as act:
        return act.record_returns(returns)


def decided(ledger: Ledger, id_: str, day: datetime.date | None = None) -> dict[str, Any]:
    """The decision in force for a parent, as it is recorded."""
    with ledger.view(day) as view:
        found = view.decision(view.policy.everyone[id_])
    assert not isinstance(found, Undecided), found.message
    assert found["decided_at"] is not None
    return found


def is_the_same_again(ledger: Ledger) -> None:
    found = replay(ledger)
    assert (found.broken, found.differing) == (None, ())


def test_a_return_decides_its_region_and_the_whole(ledger: Ledger) -> None:
    receipt = record(ledger, *week(MONDAY, york=10, hull=10, kent=5))
    assert decided(ledger, "region:north")["status"] == "green"
    assert decided(ledger, "region:south")["status"] == "red"
    country = decided(ledger, "country:everyone")
    assert measure(country, "staffing") == "83.3"
    assert receipt.decisions.total() == 3 + 3
    is_the_same_again(ledger)


def test_units_that_return_one_after_another_complete_their_region(ledger: Ledger) -> None:
    record(ledger, *week(MONDAY, york=7))
    first = decided(ledger, "region:north")
    assert (first["status"], codes(first)) == ("indeterminate", [("PF611", "hull")])
    record(ledger, *week(MONDAY, hull=10))
    second = decided(ledger, "region:north")
    assert (second["status"], measure(second, "staffing"), codes(second)) == ("amber", "85.0", [])
    assert decided(ledger, "country:everyone")["status"] == "indeterminate"  # the South is missing
    is_the_same_again(ledger)


def test_a_correction_of_the_past_decides_parents_again_from_its_day(ledger: Ledger, clock: Clock) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    clock.pass_(days=7)
    record(ledger, *week("2022-08-29", york=10, hull=10, kent=10))
    before = ledger.head()
    record(ledger, *week(MONDAY, york=1))
    assert measure(decided(ledger, "region:north", MONDAY), "staffing") == "55.0"
    assert decided(ledger, "region:north", MONDAY)["status"] == "red"
    # On the 29th the calculated status has come down again, and its first day is another one.
    assert decided(ledger, "region:north")["status"] == "green"
    with ledger.view() as view:
        found = changes_after(view.connection, "plan", before, 100)
    assert {one.cause for one in found} == {"correction"}
    assert {one.pdu for one in found} >= {"york", "region:north", "country:everyone"}
    assert "region:south" not in {one.pdu for one in found}
    is_the_same_again(ledger)


def test_time_alone_takes_a_child_out(ledger: Ledger, clock: Clock) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    clock.pass_(days=7)
    record(ledger, *week("2022-08-29", york=10))
    clock.pass_(days=8)  # Hull's return is 15 days old now
    ledger.tick(WHO)
    north = decided(ledger, "region:north")
    assert (north["status"], codes(north)) == ("indeterminate", [("PF611", "hull")])
    assert north["last_determinate"] == {"status": "green", "as_of": "2022-09-05"}
    assert decided(ledger, "region:north", datetime.date(2022, 9, 5))["status"] == "green"
    is_the_same_again(ledger)


def test_children_are_counted_by_what_was_decided(url: str, clock: Clock) -> None:
    with Ledger(url, clock=clock) as ledger:
        ledger.adopt(texts(COUNT), WHO)
        record(ledger, *week(MONDAY, york=5, hull=10))
        country = decided(ledger, "country:everyone")
        assert (country["status"], leaves(country)["units_at[red]"]) == ("amber", "1")
        assert codes(country) == [("PF611", "kent")]
        record(ledger, *week(MONDAY, kent=5))
        country = decided(ledger, "country:everyone")
        assert (country["status"], leaves(country)["units_at[red]"]) == ("red", "2")
        clock.pass_(days=15)
        ledger.tick(WHO)
        country = decided(ledger, "country:everyone")
        assert [one["code"] for one in country["indeterminate_because"]] == ["stale"]
        is_the_same_again(ledger)


def test_a_process_that_begins_anew_goes_on_where_the_other_was(
    url: str, ledger: Ledger, clock: Clock
) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    with Ledger(url, clock=clock) as other:
        clock.pass_(days=7)
        record(other, *week("2022-08-29", york=5, hull=10))
        assert measure(decided(other, "region:north"), "staffing") == "75.0"
    # This process knew nothing of it, and is told of Kent only.
    record(ledger, *week("2022-08-29", kent=10))
    assert measure(decided(ledger, "country:everyone"), "staffing") == "83.3"
    record(ledger, *week("2022-08-29", hull=5))
    assert measure(decided(ledger, "region:north"), "staffing") == "50.0"
    is_the_same_again(ledger)


def test_a_unit_that_is_told_after_its_parents_looked_at_it(url: str, ledger: Ledger, clock: Clock) -> None:
    """What another process recorded of York is first read for the North, and then counts for York itself."""
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    with Ledger(url, clock=clock) as other:
        record(other, *week(MONDAY, york=5))
    record(ledger, *week(MONDAY, hull=9))
    clock.pass_(days=1)
    ledger.tick(WHO)
    with ledger.view() as view:
        york = view.decision(view.policy.pdus["york"])
    assert not isinstance(york, Undecided)
    assert york["status"] == "red"
    assert measure(decided(ledger, "region:north"), "staffing") == "70.0"
    is_the_same_again(ledger)


def test_a_return_for_tomorrow_counts_tomorrow(ledger: Ledger, clock: Clock) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    record(ledger, *week("2022-08-23", york=5))
    assert measure(decided(ledger, "region:north"), "staffing") == "100.0"
    clock.pass_(days=1)
    ledger.tick(WHO)
    assert measure(decided(ledger, "region:north"), "staffing") == "75.0"
    is_the_same_again(ledger)


def test_a_day_that_is_not_settled_is_decided_for_the_question(ledger: Ledger) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    with ledger.view(datetime.date(2022, 9, 20)) as view:
        for id_ in ("region:north", "country:everyone"):
            found = view.decision(view.policy.everyone[id_])
            assert not isinstance(found, Undecided)
            assert (found["status"], found["decided_at"]) == ("indeterminate", None)


def test_what_was_known_before_can_be_asked_for(ledger: Ledger, clock: Clock) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    clock.pass_(minutes=5)
    moment = record(ledger, *week(MONDAY, york=9)).recorded_at
    clock.pass_(minutes=5)
    record(ledger, *week(MONDAY, york=5))
    with ledger.view(MONDAY, moment) as view:
        found = view.decision(view.policy.everyone["region:north"])
    assert not isinstance(found, Undecided)
    assert measure(found, "staffing") == "95.0"


def test_documents_that_bring_parents_decide_them_from_their_day(url: str, clock: Clock) -> None:
    with Ledger(url, clock=clock) as ledger:
        ledger.adopt(texts(""), WHO)
        record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
        with ledger.view() as view:
            assert view.policy.everyone == view.policy.pdus
        ledger.adopt(texts(), WHO)
        assert decided(ledger, "region:north")["status"] == "green"
        rules = SUMS.replace("region: {by: sums}", "region: {by: sums, complete: 50}")
        ledger.adopt(texts(rules), WHO)
        record(ledger, *week("2022-08-23", hull=4))
        clock.pass_(days=1)
        ledger.tick(WHO)
        assert measure(decided(ledger, "region:north"), "staffing") == "70.0"
        ledger.adopt(texts(""), WHO)
        with ledger.view() as view:
            assert "region:north" not in view.policy.everyone
        record(ledger, *week("2022-08-23", york=9))
        is_the_same_again(ledger)


def test_settings_of_a_region_decide_its_parent_again(ledger: Ledger) -> None:
    record(ledger, *week(MONDAY, york=8.5, hull=8.5, kent=8.5))
    assert decided(ledger, "region:north")["status"] == "amber"
    settings = (
        "format: 1\nframework: plan\nregion: north\nsettings:\n"
        "  - {effective: 2022-08-15, set_by: the director, reason: as agreed, trigger_points: {low: 80}}\n"
    )
    ledger.adopt(texts(**{"plan/regions/north.yaml": settings}), WHO)
    assert decided(ledger, "region:north")["status"] == "green"
    assert decided(ledger, "region:south")["status"] == "amber"
    is_the_same_again(ledger)


def test_a_suspension_of_a_region_reaches_its_parent(ledger: Ledger) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    event = {"from": MONDAY, "by": "director", "reason": "A flood.", "region": "north"}
    with ledger.act(WHO) as act:
        act.suspend(Suspension.model_validate(event))
    assert decided(ledger, "region:north")["status"] == "suspended"
    assert decided(ledger, "region:south")["status"] == "green"
    assert decided(ledger, "country:everyone")["status"] == "green"
    is_the_same_again(ledger)


def test_the_feed_tells_of_parents(ledger: Ledger) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    with ledger.view() as view:
        of_region = changes_after(view.connection, "plan", 0, 100, region="north")
        of_parent = changes_after(view.connection, "plan", 0, 100, pdu="country:everyone")
    assert [one.pdu for one in of_region] == ["hull", "york", "region:north"]
    assert [(one.region, one.to_status) for one in of_parent] == [("country:everyone", "green")]


def test_the_past_of_a_parent_can_be_listed(ledger: Ledger, clock: Clock) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    clock.pass_(days=7)
    record(ledger, *week("2022-08-29", york=1, hull=1))
    with ledger.view() as view:
        north = view.policy.everyone["region:north"]
        stretches = view.history(north, MONDAY, view.day)
        rows = decisions_of(view.connection, "plan", north.id, 0, 100)
    assert [(one.first, one.status) for one in stretches] == [("2022-08-22", "green"), ("2022-08-29", "red")]
    assert [row.short.as_of for row in rows] == ["2022-08-22", "2022-08-29"]


def test_indexes_can_be_made_again(ledger: Ledger) -> None:
    record(ledger, *week(MONDAY, york=10, hull=10, kent=5))
    before = decided(ledger, "country:everyone")
    rebuild(ledger.store)
    ledger.forget()
    assert decided(ledger, "country:everyone") == before
    record(ledger, *week(MONDAY, kent=10))
    assert measure(decided(ledger, "country:everyone"), "staffing") == "100.0"
    is_the_same_again(ledger)


def test_a_parent_that_cannot_be_decided_keeps_nobody_from_it(
    ledger: Ledger, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One decider is made to differ on a staffing of 75.0%, which is the North's."""
    decide, on = PlainDecider.decide, [True]

    def faulty(decider: PlainDecider, situation: Situation) -> Outcome:
        found = decide(decider, situation)
        return (
            found._replace(permitted=(*found.permitted, 99)) if on[0] and 750 in situation.values else found
        )

    monkeypatch.setattr(PlainDecider, "decide", faulty)
    record(ledger, *week(MONDAY, york=5, hull=10, kent=10))
    with ledger.view() as view:
        assert set(view.undecided) == {"region:north"}
        assert view.undecided["region:north"].code == "PF900"
    assert decided(ledger, "region:south")["status"] == "green"
    assert decided(ledger, "country:everyone")["status"] == "amber"
    on[0] = False
    clock.pass_(days=1)
    ledger.tick(WHO)
    with ledger.view() as view:
        assert view.undecided == {}
    assert decided(ledger, "region:north")["status"] == "amber"
    is_the_same_again(ledger)


def test_a_changed_return_of_a_parent_is_noticed_when_it_is_made_again(ledger: Ledger) -> None:
    """Replay makes a parent's decision of what is recorded below it: one that says otherwise is told."""
    record(ledger, *week(MONDAY, york=10, hull=10, kent=10))
    through = Made.through

    def other(self: Made, *words: Any) -> Any:
        found = through(self, *words)
        self.returns = [Return(one.pdu, one.as_of, {}) for one in self.returns]
        return found

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Made, "through", other)
        found = replay(ledger)
    assert [(one.pdu, "returns" in one.what) for one in found.differing] == [
        ("region:north", True),
        ("region:south", True),
        ("country:everyone", True),
    ]


def test_a_child_that_cannot_be_decided_is_not_counted(
    url: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """York's staffing of 50.0% is what the planted fault is about."""
    decide, on = PlainDecider.decide, [True]

    def faulty(decider: PlainDecider, situation: Situation) -> Outcome:
        found = decide(decider, situation)
        return (
            found._replace(permitted=(*found.permitted, 99)) if on[0] and 500 in situation.values else found
        )

    with Ledger(url, clock=clock) as ledger:
        ledger.adopt(texts(COUNT.replace("complete: 50\n    statuses", "statuses")), WHO)
        record(ledger, *week(MONDAY, york=10, hull=5.1, kent=5.1))
        assert leaves(decided(ledger, "country:everyone"))["units_at[red]"] == "2"
        monkeypatch.setattr(PlainDecider, "decide", faulty)
        clock.pass_(days=1)
        record(ledger, *week("2022-08-23", york=5))
        country = decided(ledger, "country:everyone")
        assert (country["status"], codes(country)) == ("indeterminate", [("PF613", "york")])
        assert decided(ledger, "country:everyone", MONDAY)["status"] == "red"
        on[0] = False
        clock.pass_(days=1)
        ledger.tick(WHO)
        assert leaves(decided(ledger, "country:everyone"))["units_at[red]"] == "3"
        is_the_same_again(ledger)
