"""Over random frameworks and pasts: every figure of every future is one that its input takes."""

from __future__ import annotations

import random
from decimal import Decimal

import numpy as np
import pytest

from engine.columns import NOT_GIVEN
from engine.forecast import EMPTY, forecast
from engine.forecast._forecast import known_frame
from engine.forecast._futures import futures_of
from engine.forecast._ready import make_ready
from rules.figures import figure_specs
from rules.model import Organisation
from tests.columns.test_columns_agree import courses
from tests.forecast.certain_kit import DAY, NOBODY, pipeline_of, random_events, versions_between
from tests.oracle.generate import random_case

WEEKS, FUTURES = 7, 20


@pytest.mark.parametrize("seed", range(25))
def test_every_figure_of_every_future_fits(seed: int) -> None:
    dice = random.Random(seed)
    own = courses(random_case(random.Random(47_000 + seed), 2), random.Random(seed))
    framework, units = own[0].framework, [(course.pdu, course.returns) for course in own]
    day = max(own[0].days) + dice.choice([0, 0, 3, -10]) * DAY
    policies = versions_between(framework, day, day + 7 * WEEKS * DAY)
    if not policies:
        framework = framework.pin(framework.policies[0].version.version)
        policies = list(framework.policies)
    frame, _ = known_frame(framework, units, day)
    ready = make_ready(framework, frame, day, WEEKS)
    for place, (_, returns) in enumerate(units):
        setup, known = ready.set_up(place), [one for one in returns if one.as_of <= day]
        if setup is None:
            assert not known
            continue
        events = list(random_events(dice, policies, known, day))
        pipeline = pipeline_of(events).of(known[0].pdu, units[place][0].region)
        futures = futures_of(setup, ready.rates, place, pipeline, FUTURES, seed)
        found = futures.frame(0, FUTURES)
        for policy, rows in setup.judged():
            specs = figure_specs(policy.version)
            old = setup.past.rows
            for key, column in found.numbers.items():
                spec, base = specs.get(key.partition("[")[0]), setup.figures.get(key)
                if spec is None or spec.values is not None:
                    continue
                if base is not None and spec.misfit(Decimal(base).scaleb(-column.decimals)) is not None:
                    continue  # what this version does not take today is not made to fit
                numbers = column.numbers[old:][rows]
                assert column.low <= column.numbers.min() <= column.numbers.max() <= column.high
                given = column.given[old:][rows]
                for number in np.unique(numbers[given]).tolist():
                    assert spec.misfit(Decimal(number).scaleb(-column.decimals)) is None, key
            for key in setup.categories if policy is setup.way.judging else ():
                words, spec = found.categories[key], specs.get(key.partition("[")[0])
                codes = words.codes[old:][rows]
                assert (codes != NOT_GIVEN).all()
                if spec is not None:
                    assert {words.ids[code] for code in np.unique(codes)} <= set(spec.values or ())


@pytest.mark.parametrize("seed", range(15))
def test_a_forecast_of_anything_accounts_for_every_future(seed: int) -> None:
    dice = random.Random(seed)
    own = courses(random_case(random.Random(53_000 + seed), 1 + seed % 2), random.Random(seed))
    whole, units = own[0].framework, [(course.pdu, course.returns) for course in own]
    organisation = Organisation.model_construct(regions=[], pdus=[pdu for pdu, _ in units])
    turns = [*own[0].days, *(policy.version.effective for policy in whole.policies)]
    day = dice.choice(turns) + dice.choice([-30, 0, 20]) * DAY
    for framework in (whole, whole.pin(whole.policies[-1].version.version)):
        found = forecast(
            framework, organisation, units, NOBODY, EMPTY, day=day, weeks=WEEKS, futures=FUTURES, seed=seed
        )
        assert [one.pdu for one in found] == [pdu.id for pdu, _ in units]
        for one in found:
            assert [week.day for week in one.weeks] == [
                day + 7 * number * DAY for number in range(1, WEEKS + 1)
            ]
            for week in one.weeks:
                assert sum(week.counts) + week.indeterminate + week.undecided == FUTURES
            for measure in one.measures:
                for span in measure.weeks:
                    assert span is None or span.low <= span.middle <= span.high
                    assert span is None or 0 <= span.unknown < FUTURES
            assert one.standing is None or one.standing in one.statuses
