"""Candidates judged together give what each gives alone, by the columns and by the single path."""

from __future__ import annotations

import random

import numpy as np
import pytest

from engine.bulk._check import single_codes
from engine.columns import INDETERMINATE
from engine.tune import _sweep, sweep
from engine.tune._check import checked, chosen
from rules.decide import Deciders
from rules.problems import DisagreementError
from tests.tune.tune_kit import DAY, alone, random_trial

TRIALS = [seed for seed in range(100) if random_trial(seed) is not None]


def test_there_are_trials_enough() -> None:
    found = [trial[0] for seed in TRIALS if (trial := random_trial(seed)) is not None]
    assert len(found) > 25
    assert sum(len(set(sweep(trial).counts)) > 1 for trial in found) > 8, "in many it matters what is tried"
    assert any(trial.framework.pinned for trial in found)
    assert any(trial.own_numbers() for trial in found)
    assert any(trial.other_versions() for trial in found)
    assert any(trial.grid and len(trial.axes) > 1 for trial in found)


@pytest.mark.parametrize("seed", TRIALS)
def test_each_candidate_is_as_if_it_stood_alone(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    found = random_trial(seed)
    assert found is not None
    trial, units = found
    if seed % 2:
        monkeypatch.setattr(_sweep, "MOST_COLUMNS", 2 * len(units))  # several blocks
    keep = [(number, unit) for number in range(len(trial.candidates)) for unit in range(len(units))]
    swept = sweep(trial, keep=keep)
    assert len(swept.counts) == len(trial.candidates)
    for candidate, count in zip(trial.candidates, swept.counts, strict=True):
        one = alone(trial, candidate)
        together = np.stack([swept.kept[candidate.number, unit] for unit in range(len(units))], axis=1)
        assert np.array_equal(together, one.codes), candidate
        days = one.days_at()
        assert count.days == tuple(int(days[id_].sum()) for id_ in (*one.ids, "indeterminate"))
        assert count.flips == int(one.flips().sum())


@pytest.mark.parametrize("seed", TRIALS[::3])
def test_a_sample_is_the_single_path(seed: int) -> None:
    found = random_trial(seed)
    assert found is not None
    trial, units = found
    dice = random.Random(seed)
    candidate, unit = dice.choice(trial.candidates), dice.randrange(len(units))
    codes = sweep(trial, keep=[(candidate.number, unit)]).kept[candidate.number, unit]
    first = max(trial.first, units[unit].days[0])
    days = [first + number * DAY for number in range((trial.last - first).days + 1)]
    one = alone(trial, candidate)
    deciders = Deciders()
    single = single_codes(
        trial.judging(candidate), units[unit].pdu, list(units[unit].returns), days, one.ids, deciders
    )
    deciders.close()
    assert codes[(first - trial.first).days :].tolist() == [single[day] for day in days]


def test_the_run_checks_a_sample_and_stops_at_a_difference() -> None:
    found = random_trial(TRIALS[0])
    assert found is not None
    trial, units = found
    given = [(one.pdu, list(one.returns)) for one in units]
    pairs = chosen(trial)
    assert pairs == chosen(trial), "the same trial checks the same"
    swept = sweep(trial, keep=pairs)
    told = checked(trial, swept, pairs, lambda wanted: [one for one in given if one[0].id in wanted])
    assert told.days > 0
    assert [number for number, _ in told.pairs] == [number for number, _ in pairs]
    for codes in swept.kept.values():
        codes[:] = np.where(codes == 0, INDETERMINATE, 0)
    with pytest.raises(DisagreementError) as refused:
        checked(trial, swept, pairs, lambda wanted: [one for one in given if one[0].id in wanted])
    (problem,) = refused.value.problems
    assert problem.code == "PF902"
    assert "when it is judged alone" in problem.message
