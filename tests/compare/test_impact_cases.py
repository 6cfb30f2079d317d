"""What an impact tells, on a few returns: who moves, when first and why, what is released, and what is checked."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

import engine.compare.impact as whole
from engine.compare._worlds import world_of
from engine.compare.impact_document import impact_document
from engine.compare.impact_values import Impact, Released, exact, in_hours
from rules.figures import Figure, Return
from rules.framework import Framework
from rules.model import Pdu
from rules.problems import DisagreementError
from tests.compare.compare_kit import changed, policy
from tests.compare.impact_kit import DAY, impact

START = datetime.date(2022, 8, 1)
YORK, HULL, KENT = (
    Pdu.model_validate({"id": id_, "name": id_.capitalize(), "region": region})
    for id_, region in (("york", "north"), ("hull", "north"), ("kent", "south"))
)


def world(*pairs: tuple[str, str]) -> Framework:
    """The first version with some words in place of others, judging all days."""
    return Framework("plan", (policy(changed(*pairs)),), pinned=True)


def weeks(pdu: Pdu, *staff: int | None, work: int | None = 100) -> tuple[Pdu, list[Return]]:
    """A return of a unit for each week, unless it is None."""
    found = []
    for number, size in enumerate(staff):
        if size is not None:
            figures: dict[str, Figure] = {"staff": Decimal(size)}
            if work is not None:
                figures["work"] = Decimal(work)
            found.append(Return(pdu.id, START + 7 * number * DAY, figures))
    return pdu, found


def judged(before: Framework, after: Framework, *units: tuple[Pdu, list[Return]], size: int = 28) -> Impact:
    return impact((before, after), units, START, START + (size - 1) * DAY)


LOWER = ("default: 90", "default: 80")


def test_who_moves_is_named_by_status_and_region() -> None:
    found = judged(
        world(),
        world(LOWER),
        weeks(YORK, 85, 85, 85, 85),
        weeks(HULL, 99, 99, 99, 99),
        weeks(KENT, 60, 60, 60, 60),
    )
    told = impact_document(found)
    assert told["transitions"] == [
        {"from": "green", "to": "green", "pdus": ["hull"]},
        {"from": "amber", "to": "green", "pdus": ["york"]},
        {"from": "red", "to": "red", "pdus": ["kent"]},
    ]
    assert {one["region"]: (one["pdus"], one["differ"]) for one in told["regions"]} == {
        "north": (2, 1),
        "south": (1, 0),
    }
    assert told["matrix_days"] == [
        {"from": "green", "to": "green", "days": 28},
        {"from": "amber", "to": "green", "days": 28},
        {"from": "red", "to": "red", "days": 28},
    ]
    assert told["days"]["to"] == {"green": 56, "amber": 0, "red": 28, "indeterminate": 0}
    assert found.differ == 1


def test_the_first_difference_names_the_comparison_that_sets_the_versions_apart() -> None:
    found = judged(world(), world(LOWER), weeks(YORK, 99, 85, 79, 79))
    (first,) = found.first_differences
    assert (first.day, first.before, first.after, first.differs) == (START + 7 * DAY, "amber", "green", 7)
    (compared,) = first.reason.comparisons
    assert (first.reason.code, compared.measure, compared.comparator) == ("conditions", "staff", "below")
    assert compared.before is not None
    assert compared.after is not None
    assert (compared.before.value, compared.before.threshold, compared.before.holds) == ("85", "90", True)
    assert (compared.after.threshold, compared.after.source, compared.after.holds) == ("80", "low", False)


def test_what_went_before_can_make_the_difference() -> None:
    # under the older version Red is kept for two weeks; the conditions are the same under both
    found = judged(world(), world(("    minimum_stay: 14 days\n", "")), weeks(YORK, 60, 99, 99, 99))
    (first,) = found.first_differences
    assert (first.day, first.before, first.after) == (START + 7 * DAY, "red", "green")
    assert first.reason.code == "earlier"
    (flips,) = found.flips
    assert (flips.before, flips.after) == (1, 1)


def test_a_return_that_is_too_old_for_one_version_only() -> None:
    longer = world(("stale_after: 14 days", "stale_after: 21 days"))
    found = judged(world(), longer, weeks(YORK, 99), size=21)
    (first,) = found.first_differences
    assert (first.day, first.before, first.after) == (START + 15 * DAY, "indeterminate", "green")
    assert first.reason.code == "unknown"
    assert first.reason.because == ({"code": "stale", "as_of": "2022-08-01", "stale_after": 14},)


def test_statuses_of_both_versions_stand_in_one_order() -> None:
    renamed = world(
        ("- id: amber", "- id: orange"),
        ("      - from: amber\n        strength", "      - from: orange\n        strength"),
        (
            "{from: amber, strength: may, do: Fewer audits.}",
            "{from: orange, strength: may, do: Fewer audits.}",
        ),
    )
    found = judged(world(), renamed, weeks(YORK, 85, 85), size=14)
    assert found.statuses == ("green", "amber", "orange", "red", "indeterminate")
    assert [(one.before, one.after) for one in found.transitions] == [("amber", "orange")]


def test_activities_by_unit_and_day() -> None:
    found = judged(world(), world(LOWER), weeks(YORK, 84, 84, 79, 79), weeks(HULL, 99, 99, 99, 99))
    told = {one["activity"]: one for one in impact_document(found)["activities"]}
    assert set(told) == {"visits", "audits"}
    assert told["visits"] == {
        "activity": "visits",
        "title": "Home visits",
        "newly": [],
        "withdrawn": ["york"],
        "days": {"newly": 0, "withdrawn": 14},
        "on_the_last_day": {"newly": [], "withdrawn": []},
    }


PUBLISHED = "{minutes: 7.5, per: work, every: month, basis: published, source: study}"
TIMED = (
    ("may, do: Fewer audits.}", f"may, do: Fewer audits., releases: {PUBLISHED}}}"),
    ("        lapses_after: 84 days\n", "        releases: {minutes: 10, per: work, every: month}\n"),
    (
        "should, do: One visit., ",
        "should, do: One visit., releases: {minutes: 20, per: strain, every: month}, ",
    ),
)


def test_hours_are_those_of_the_reductions_that_stand() -> None:
    found = judged(
        world(*TIMED), world(*TIMED, LOWER), weeks(YORK, 84, 84, 84, 84), weeks(KENT, 60, 60, 60, 60)
    )
    (hours,) = found.hours
    # York: audits 7.5 x 100, visits 10 x 100; Kent: audits 7.5 x 100, visits from red on 20 x (100 - 60 + 100)
    assert hours.before == Released(Fraction(1750 + 750 + 2800), Fraction(1000 + 2800), 0, 1)
    assert hours.after == Released(Fraction(750 + 2800), Fraction(2800), 0, 1)
    told = impact_document(found)["hours"]
    assert told == [
        {
            "every": "month",
            "from": {
                "minutes": "5300",
                "hours": "88.3",
                "illustrative_minutes": "3800",
                "unknown": 0,
                "unsaid": 1,
            },
            "to": {
                "minutes": "3550",
                "hours": "59.2",
                "illustrative_minutes": "2800",
                "unknown": 0,
                "unsaid": 1,
            },
            "change": {"minutes": "-1750", "hours": "-29.2"},
        }
    ]


def test_a_figure_that_is_not_known_is_left_out_and_counted() -> None:
    found = judged(world(*TIMED), world(*TIMED, LOWER), weeks(YORK, 84, 84, work=None), size=14)
    (hours,) = found.hours
    assert (hours.before.minutes, hours.before.unknown) == (Fraction(0), 2)


def test_without_times_nothing_is_released() -> None:
    assert judged(world(), world(LOWER), weeks(YORK, 84)).hours == ()


@pytest.mark.parametrize(
    ("minutes", "text", "hours"),
    [
        (Fraction(15, 2), "7.5", "0.1"),
        (Fraction(-9), "-9", "-0.2"),
        (Fraction(3), "3", "0.1"),
        (Fraction(0), "0", "0.0"),
    ],
)
def test_minutes_are_exact_and_hours_rounded_half_away_from_zero(
    minutes: Fraction, text: str, hours: str
) -> None:
    assert (exact(minutes), in_hours(minutes)) == (text, hours)


def test_two_that_are_the_same() -> None:
    found = judged(world(), world(), weeks(YORK, 85, 85), weeks(HULL, 99))
    assert (found.differ, found.first_differences, found.activities) == (0, (), ())


@pytest.mark.parametrize("what", ["status", "permitted"])
def test_columns_that_are_wrong_are_found_out(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    right = world_of

    def wrong(*given: object) -> object:
        made = right(*given)  # type: ignore[arg-type]
        if what == "status":
            made.daily.codes[:] = 0
            return made
        return dataclasses.replace(made, permits=dataclasses.replace(made.permits, flags=~made.permits.flags))

    monkeypatch.setattr(whole, "world_of", wrong)
    with pytest.raises(DisagreementError) as raised:
        judged(world(), world(LOWER), weeks(YORK, 60, 60))
    (problem,) = raised.value.problems
    assert problem.code == "PF902"
    assert "when all units are judged at once" in problem.message
