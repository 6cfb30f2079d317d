"""With certain events and rates off, every future is the way ahead as the single path decides it."""

from __future__ import annotations

import random

import pytest

from engine.forecast import INDETERMINATE, Forecast, forecast
from rules.decide import Deciders
from rules.model import Organisation
from tests.columns.test_columns_agree import courses
from tests.forecast.certain_kit import (
    DAY,
    NOBODY,
    ahead,
    pipeline_of,
    random_events,
    single_path,
    versions_between,
)
from tests.oracle.generate import random_case

WEEKS, FUTURES = 9, 3


def certain(found: Forecast) -> list[str | None]:
    """The one status that all futures are at in each week."""
    told: list[str | None] = []
    for week in found.weeks:
        whole = [id_ for id_, count in zip(found.statuses, week.counts, strict=True) if count == FUTURES]
        whole += [INDETERMINATE] * (week.indeterminate == FUTURES)
        assert len(whole) + (week.undecided == FUTURES) == 1, "all futures are alike"
        told.append(whole[0] if whole else None)
    return told


@pytest.mark.parametrize("seed", range(40))
def test_a_certain_forecast_is_the_single_path(seed: int) -> None:
    dice = random.Random(seed)
    own = courses(random_case(random.Random(31_000 + seed), 1 + seed % 2), random.Random(seed))
    whole = own[0].framework
    organisation = Organisation.model_construct(regions=[], pdus=[course.pdu for course in own])
    deciders, compared = Deciders(), 0
    for framework in (whole, whole.pin(whole.policies[-1].version.version)):
        for course in own[:3]:
            turns = [*course.days, *(policy.version.effective for policy in framework.policies)]
            day = dice.choice(turns) + dice.choice([-1, 0, 1, 9]) * DAY
            last = day + 7 * WEEKS * DAY
            known = [one for one in course.returns if one.as_of <= day]
            policies = versions_between(framework, day, last)
            if not known or not policies:
                continue
            events = list(random_events(dice, policies, known, day))
            (found,) = forecast(
                framework,
                organisation,
                [(course.pdu, course.returns)],
                NOBODY,
                pipeline_of(events),
                day=day,
                weeks=WEEKS,
                futures=FUTURES,
                rates=False,
            )
            returns = [*known, *ahead(policies[0], known, events, day, last)]
            days = [week.day for week in found.weeks]
            assert certain(found) == single_path(framework, course.pdu, returns, days, deciders), (
                course.pdu.id
            )
            assert [found.now] == single_path(framework, course.pdu, known, [day], deciders)
            compared += 1
    deciders.close()
    assert compared, "some unit has a return and a version to go by"
