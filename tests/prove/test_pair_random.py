"""The verdict on tiny random pairs is what going through everything that can be gives."""

from __future__ import annotations

import pytest

from rules.prove.pair import can_differ_in_status, compare_policies
from rules.prove.pair.verdict import effect_of
from tests.prove.pair_random import Everything, Maker
from tests.support import seeds


@pytest.mark.parametrize("seed", seeds(30, 60))
def test_the_verdict_is_what_going_through_everything_gives(seed: int) -> None:
    pair = Maker(seed).pair()
    everything = Everything(pair)
    verdict = compare_policies(*pair.policies)
    assert verdict.settled, verdict.unsettled
    found = {
        (direction, one.kind, one.activity, one.from_)
        for direction, differences in (("loosens", verdict.loosens), ("tightens", verdict.tightens))
        for one in differences
    }
    texts = [policy.text for policy in pair.policies]
    assert found == everything.labels, texts
    for activity, effect in verdict.activities.items():
        directions = {label[0] for label in found if label[2] == activity}
        assert effect == effect_of("loosens" in directions, "tightens" in directions)
    answer = can_differ_in_status(*pair.policies)
    assert (answer.witness is not None) == everything.statuses_differ, texts
    assert answer.proved is not everything.statuses_differ
