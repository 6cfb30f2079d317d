"""What an impact says is what the single path says of each unit and day, over random frameworks."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from engine.course import Course
from rules.framework import Framework
from tests.columns.test_columns_agree import courses
from tests.compare.impact_kit import DAY, impact, one_by_one
from tests.oracle.generate import random_case


@pytest.mark.parametrize("seed", range(20))
def test_an_impact_is_what_the_single_path_comes_to(seed: int) -> None:
    dice = random.Random(seed)
    units: list[Course] = []
    for number in range(9000 + seed, 9900, 100):  # the first case that has returns
        units = units or [one for one in courses(random_case(random.Random(number), 1), dice) if one.days]
    whole = units[0].framework
    other = whole.pin(whole.policies[-1].version.version)
    if seed % 2:  # as if no region had set anything
        other = Framework(whole.id, other.policies, pinned=True)
    worlds = (whole.pin(whole.policies[0].version.version), other)
    first = min(one.days[0] for one in units)
    last = max(one.days[-1] for one in units) + 20 * DAY
    days = [first + number * DAY for number in range((last - first).days + 1)]
    found = impact(worlds, [(one.pdu, one.returns) for one in units], first, last)
    told = [
        [one_by_one(Course(world, one.pdu, one.returns, one.events, one.days), days) for one in units]
        for world in worlds
    ]
    pairs = [
        (unit.pdu.id, day, before[day], after[day])
        for unit, before, after in zip(units, *told, strict=True)
        for day in days
        if before[day].status is not None
    ]
    cells = Counter((one.status, other.status) for _, _, one, other in pairs)
    assert {(one.before, one.after): one.days for one in found.matrix} == cells
    standing: dict[tuple[object, object], set[str]] = {}
    for id_, day, before_, after_ in pairs:
        if day == last:
            standing.setdefault((before_.status, after_.status), set()).add(id_)
    named_cells = {(one.before, one.after): {pdu.id for pdu in one.pdus} for one in found.transitions}
    assert named_cells == standing
    parted: dict[str, tuple[object, ...]] = {}
    for id_, day, before_, after_ in pairs:
        if before_.status != after_.status:
            parted.setdefault(id_, (day, before_.status, after_.status))
    assert {one.pdu.id: (one.day, one.before, one.after) for one in found.first_differences} == parted
    for number, side in enumerate(found.days):
        statuses = Counter((before_, after_)[number].status for _, _, before_, after_ in pairs)
        assert {id_: size for id_, size in side.items() if size} == statuses
    newly = Counter(activity for *_, a, b in pairs for activity in b.permitted - a.permitted)
    withdrawn = Counter(activity for *_, a, b in pairs for activity in a.permitted - b.permitted)
    assert {one.activity: one.newly.days for one in found.activities if one.newly.days} == newly
    assert {one.activity: one.withdrawn.days for one in found.activities if one.withdrawn.days} == withdrawn
    for one in found.activities:
        for whom, here in ((one.newly, True), (one.withdrawn, False)):
            named = {
                id_
                for id_, _, before, after in pairs
                if (one.activity in after.permitted) == here and (one.activity in before.permitted) != here
            }
            assert {pdu.id for pdu in whom.pdus} == named
    assert sum(len(one.transitions) > 0 for one in found.regions) == len(
        {unit.pdu.region for unit in units if unit.pdu.exists_on(last)}
    )
