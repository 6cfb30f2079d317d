"""Whatever is recorded in whatever order: parents in the ledger are as if decided from the facts at once."""

from __future__ import annotations

import datetime
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.deciding import Undecided
from engine.ledger import Ledger
from engine.ledger.answers import same_answer
from engine.ledger.fresh import Fresh
from engine.ledger.replay import replay
from rules.library import Texts
from tests.ledger import test_ledger_laws as laws
from tests.ledger.test_ledger_laws import ACTS, FIRST, UNITS, WHO, Desk, perform
from tests.support import seeds

ROLLUPS = {
    "sums": "rollup: {region: {by: sums}, country: {by: sums, of: regions, complete: 50}}\n",
    "mean": """\
rollup:
  region: {by: mean, means: {staffing: {weight: "required[all]"}}, complete: 60}
  country: {by: mean, means: {staffing: {weight: 1}}}
""",
    "count": """\
rollup:
  region:
    by: count
    complete: 50
    statuses: {amber: {enter: {"units_at[amber]": {at_least: 1}}}}
  country:
    by: count
    of: regions
    statuses: {amber: {enter: {"units_share[amber]": {at_least: 50}, for: 2 weeks}}}
""",
}
PARENTS = ("region:north", "region:south", "country:everyone")


def with_rollup(found: Texts, rollup: str) -> Texts:
    """Documents whose first version says how parents get a status; a second one does so by sums."""
    documents = dict(found.documents)
    documents["plan/v1.yaml"] += rollup.encode()
    if "plan/v2.yaml" in documents:
        documents["plan/v2.yaml"] += ROLLUPS["sums"].encode()
    return Texts(documents)


ROWS = st.tuples(
    st.sampled_from(UNITS), st.integers(0, 5), st.sampled_from([None, "6", "10"]), st.sampled_from([1, 600])
)
OURS = st.one_of(
    st.tuples(st.just("returns"), st.lists(ROWS, min_size=2, max_size=8)),
    st.tuples(st.just("wait"), st.integers(3, 12)),
    ACTS,
)


@pytest.mark.parametrize("by", sorted(ROLLUPS))
@settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=None,
    max_examples=len(seeds(6, 60)),
)
@given(acts=st.lists(OURS, min_size=6, max_size=14), which=st.integers(0, 13))
def test_parents_are_as_if_decided_from_the_facts_at_once(
    monkeypatch: pytest.MonkeyPatch, by: str, acts: list[tuple[Any, ...]], which: int
) -> None:
    plain = laws.texts
    with TemporaryDirectory() as folder, monkeypatch.context() as patched:
        patched.setattr(laws, "texts", lambda region, two: with_rollup(plain(region, two), ROLLUPS[by]))
        desk = Desk(f"{folder}/ledger.sqlite3")
        ledger = desk.ledger
        ledger.adopt(laws.texts("none", two=False), WHO)
        for act in acts:
            perform(desk, act)
        for known in (None, desk.moments[which % len(desk.moments)]):
            for days in range(0, (ledger.today() - FIRST).days + 4, 2):
                check(ledger, FIRST + datetime.timedelta(days), known)
        found = replay(ledger)
        ledger.close()
        assert found.broken is None
        assert found.differing == ()


def check(ledger: Ledger, day: datetime.date, known: str | None) -> None:
    """What is recorded of each parent is what comes of the facts as they were known."""
    with ledger.view(day, known) as view:
        for id_ in PARENTS:
            parent = view.policy.everyone[id_]
            recorded, fresh = view.decision(parent), Fresh().decision(view, parent)
            if isinstance(recorded, Undecided):
                assert isinstance(fresh, Undecided)
                continue
            assert not isinstance(fresh, Undecided)
            assert same_answer(recorded, fresh, lines=False), (id_, day, known)
