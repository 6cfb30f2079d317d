"""The form of a decision document: canonical, with an id that any reader can compute, and its shape."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.canonical import canonical_bytes
from engine.decision import Scribe
from engine.timeline import standings
from rules.decide import Deciders
from tests.engine.decision_example import ENTRY, FIGURES, RICH
from tests.engine.decision_shape import check_shape, id_by_a_reader
from tests.engine.engine_kit import (
    Asker,
    Decision,
    day,
    declared,
    history,
    share,
    version,
)
from tests.oracle.generate import random_case
from tests.oracle.harness import course_for


@pytest.fixture(scope="module")
def rich() -> Decision:
    """Two weeks at 82.5%; the workload is that of the week before."""
    second = {key: value for key, value in FIGURES.items() if key not in ("wmt", "available")}
    return Asker(history(FIGURES, second), RICH, settings=[ENTRY])("08-10")


class TestForm:
    def test_canonical_bytes(self, rich: Decision) -> None:
        plain = json.dumps(rich, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
        assert canonical_bytes(rich) == plain

    def test_any_reader_can_compute_the_id(self, rich: Decision) -> None:
        odd = version(title="Ynys Môn “\U0001d538” \t\\ \u2028 </script> é")
        event = declared("08-01", "08-01", "red", reason="\x7f \x01 \r\n \ufeff \ud7ff")
        for decision in (rich, Asker(history(80), odd, declarations=[event])("08-01")):
            for printed in (json.dumps(decision), json.dumps(decision, indent=2, ensure_ascii=False)):
                assert id_by_a_reader(printed) == decision["id"]

    def test_the_id_is_of_the_facts_alone(self) -> None:
        asker = Asker(history(80))
        course_id = asker("08-02")["id"]
        framework = asker.framework
        from engine.deciding import Engine
        from tests.engine.engine_kit import ORGANISATION, YORK, events_of  # the same through another door

        with Engine(framework, ORGANISATION) as engine:
            course = engine.course(YORK, history(80), events_of())
            asked = engine.decision(course, day("08-02"), asked=day("08-02"))
            noted = engine.decision(course, day("08-02"), notes=[{"code": "PF602", "as_of": "2022-08-01"}])
        assert isinstance(asked, dict)
        assert isinstance(noted, dict)
        assert (asked["id"], asked["asked"]) == (course_id, {"as_of": "2022-08-02", "known_at": None})
        assert noted["id"] != course_id
        assert {"code": "PF602", "as_of": "2022-08-01"} in noted["data_quality"]
        assert Asker(history("80.00"))("08-02")["id"] == course_id  # the same figure
        assert Asker(history("80.01"))("08-02")["id"] != course_id
        assert Asker(history(80), version(title="Another"))("08-02")["id"] != course_id

    @share(0.4)
    @given(seed=st.integers(0, 2**64 - 1))
    def test_every_decision_has_the_shape(self, seed: int) -> None:
        case = random_case(random.Random(seed), size=1 + seed % 2)
        course, deciders = course_for(case), Deciders()
        scribe = Scribe()
        try:
            for standing in standings(course, case.asked, deciders):
                decision = scribe.write(course, standing)
                check_shape(decision)
                assert id_by_a_reader(json.dumps(decision)) == decision["id"]
                mandatory = [one.id for one in standing.policy.version.activities if one.mandatory]
                assert [one["activity"] for one in decision["protected"]] == mandatory
                told = [
                    (one["activity"], one["from"])
                    for one in (*decision["permitted"], *decision["not_permitted"])
                ]
                assert sorted(told) == sorted(one.key for one in standing.policy.reductions)
        finally:
            deciders.close()

    def test_the_same_facts_give_the_same_decision_on_any_day_order(self) -> None:
        case = random_case(random.Random(3), size=2)
        course, deciders = course_for(case), Deciders()
        together = [Scribe().write(course, one) for one in standings(course, case.asked, deciders)]
        alone = [
            Scribe().write(course, one)
            for asked in reversed(case.asked)
            for one in standings(course, [asked], deciders)
        ]
        deciders.close()
        assert together == list(reversed(alone))
