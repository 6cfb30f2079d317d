"""What a preview answers, by examples worked out by hand."""

from __future__ import annotations

from engine.preview import (
    document,
    previewed,
    total_days,
    version_question,
)
from rules.model import Events
from tests.engine.engine_kit import GREEN, ORGANISATION, day, framework, history
from tests.engine.preview_kit import BY_LOW, RETURNS, asked, entry, of, plain, plan, settings


def test_who_moves_when_and_why() -> None:
    found = asked(plan(), settings(entry("08-01", 88)), RETURNS)
    (york,) = found.units
    assert (str(found.first), str(found.last), found.days) == ("2022-08-01", "2022-09-25", 56)
    # Now Amber on 15 August, the second week below 90. With 88 on the 29th. Both end on 12 September.
    assert [(one.first, one.last, one.before, one.after, one.direction) for one in york.moves] == [
        (day("08-15"), day("08-28"), "amber", "green", "less_severe")
    ]
    assert york.days_before == {"green": 28, "amber": 28}
    assert york.days_after == {"green": 42, "amber": 14}
    (reason,) = [move.reason for move in york.moves]
    assert reason.code == "conditions"
    (compared,) = reason.comparisons
    assert (compared.rule, compared.measure, compared.comparator) == ("enter.amber", "staffing", "below")
    before, after = compared.before, compared.after
    assert before is not None
    assert after is not None
    assert (before.value, before.threshold, before.holds, before.run, before.needs) == (
        "89.0",
        "90",
        True,
        2,
        2,
    )
    assert (after.value, after.threshold, after.holds, after.run, after.needs) == ("89.0", "88", False, 0, 2)
    assert (after.source, after.basis) == ("low", "illustrative")
    (visits,) = york.withdrawn
    assert (visits.activity, visits.first, visits.days) == ("visits", day("08-15"), 14)
    assert york.newly == ()
    assert [(str(week.as_of)[5:], week.before, week.after) for week in york.weeks[1:5]] == [
        ("08-14", "green", "green"),
        ("08-21", "amber", "green"),
        ("08-28", "amber", "green"),
        ("09-04", "amber", "amber"),
    ]


def test_what_is_withheld_moves_nobody() -> None:
    found = asked(plan(), settings(entry("08-22", withhold=["visits"])), RETURNS)
    (york,) = found.units
    assert (york.moves, york.newly) == ((), ())
    assert [(one.activity, one.first, one.days) for one in york.withdrawn] == [("visits", day("08-22"), 21)]
    assert york.changed
    assert found.moved == ()
    assert [tuple(one) for one in found.withheld] == [("visits", True, ("york",))]


def test_an_entry_that_takes_effect_after_all_returns_is_tried_on_them() -> None:
    new = settings(entry("10-03", 88))
    found = asked(plan(), new, RETURNS)
    assert (found.question.effective, found.question.as_if) == (day("10-03"), day("08-01"))
    assert not found.question.asked
    assert [move.first for move in found.units[0].moves] == [day("08-15")]
    (number,) = found.numbers
    assert (number.name, str(number.before), str(number.after), number.units) == (
        "low",
        "90",
        "88",
        ("york",),
    )


def test_from_the_day_asked_for() -> None:
    # In force from the 16th on: the step of the 22nd is the first under 88, and Amber does not end below 95.
    found = asked(plan(), settings(entry("10-03", 88)), RETURNS, as_if=day("08-16"))
    assert found.question.asked
    assert (found.first, found.units[0].moves) == (day("08-16"), ())


def test_an_entry_of_the_past_is_tried_from_its_own_day() -> None:
    found = asked(plan(), settings(entry("08-08", 88)), RETURNS)
    assert found.question.as_if is None
    assert (found.first, found.question.counts_from) == (day("08-08"), day("08-08"))
    assert [(one.first, one.days) for one in found.units[0].moves] == [(day("08-15"), 14)]


def test_it_is_not_tried_under_a_version_that_it_was_not_written_for() -> None:
    both = framework(plain(), plain(version="v2", effective=day("08-10")))
    found = asked(both, settings(entry("10-03", 88)), RETURNS)
    assert found.question.as_if == day("08-10")
    earlier = asked(both, settings(entry("10-03", 88)), RETURNS, as_if=day("08-01"))
    assert earlier.question.as_if == day("08-01")


def test_numbers_that_an_earlier_version_does_not_take_are_told() -> None:
    first = plain(trigger_points={"low": {"default": 90}})
    both = framework(first, plain(version="v2", effective=day("08-17")))
    found = asked(both, settings(entry("10-03", 88)), RETURNS, as_if=day("08-01"))
    assert found.left_out == ("low",)
    assert asked(both, settings(entry("10-03", 88)), RETURNS).left_out == ()


class TestReasons:
    def test_where_one_world_cannot_tell(self) -> None:
        after = plan(measures={"staffing": {"decimals": 1, "unit": "percent", "formula": "s + t - t"}})
        question = version_question(plan(), after, "v1", day("08-01"), day("09-19"))
        found = previewed(question, ORGANISATION, RETURNS, Events(), day("08-01"), day("08-07"))
        (move,) = found.units[0].moves
        assert (move.after, move.direction, move.reason.code) == ("indeterminate", None, "unknown")
        assert [one["code"] for one in move.reason.because] == ["unknown_condition", "could_be"]
        assert found.units[0].days_after == {"indeterminate": 7}

    def test_where_no_version_is_in_force(self) -> None:
        after = plan(until=day("08-21"))
        question = version_question(plan(), after, "v1", day("08-01"), day("09-19"))
        found = previewed(question, ORGANISATION, RETURNS, Events(), day("08-01"), day("08-28"))
        (move,) = found.units[0].moves
        assert (move.first, move.after, move.reason.code) == (day("08-22"), None, "no_decision")
        assert found.units[0].days_after == {"green": 14, "amber": 7}

    def test_where_only_what_went_before_differs(self) -> None:
        """Both begin Amber, on different days; the minimum stay then ends on different days too."""
        stay = {**BY_LOW, "exit": {"staffing": {"at_least": 95}}, "minimum_stay": "21 days"}
        found = asked(
            plan(statuses=[GREEN, stay]),
            settings(entry("08-01", 88)),
            history(99, 89, 89, 86, 86, 99, 99, 99, 99),
        )
        told = [(str(one.first)[5:], one.before, one.after, one.reason.code) for one in found.units[0].moves]
        # Now Amber 15 August to 4 September (21 days over on 5 September); with 88 from 29 August to 18 September.
        assert told == [
            ("08-15", "amber", "green", "conditions"),
            ("09-05", "green", "amber", "earlier"),
        ]

    def test_the_run_of_a_group_is_told_at_its_parts(self) -> None:
        calm = history(*({"s": figure, "t": 0} for figure in (99, 89, 89, 86, 86, 99, 99, 99)))
        grouped = {
            **BY_LOW,
            "enter": {"any": [{"staffing": {"below": "low"}}, {"t": {"above": 5}}], "for": "2 weeks"},
        }
        found = asked(plan(statuses=[GREEN, grouped]), settings(entry("08-01", 88)), calm)
        (compared,) = found.units[0].moves[0].reason.comparisons
        assert (
            compared.rule,
            compared.before and compared.before.run,
            compared.before and compared.before.needs,
        ) == (
            "enter.amber.0",
            2,
            2,
        )


def test_units_without_returns_and_of_other_regions() -> None:
    returns = [*RETURNS, *of("kent", RETURNS)]
    found = asked(plan(), settings(entry("08-01", 88)), returns)
    assert [unit.pdu.id for unit in found.units] == ["york"]
    assert [pdu.id for pdu in found.without_returns] == ["hull"]


def test_a_version_is_about_all_regions() -> None:
    question = version_question(
        plan(), plan(trigger_points={"low": {"default": 88}}), "v1", day("08-01"), day("09-19")
    )
    returns = [*of("kent", RETURNS), *RETURNS, *of("hull", RETURNS)]
    found = previewed(question, ORGANISATION, returns, Events(), day("08-01"), day("09-25"))
    assert [unit.pdu.id for unit in found.units] == ["hull", "york", "kent"]
    assert total_days(found.units, after=True) == {"green": 126, "amber": 42}
    one = previewed(question, ORGANISATION, returns, Events(), day("08-01"), day("09-25"), only=["kent"])
    assert [unit.pdu.id for unit in one.units] == ["kent"]


def test_the_document() -> None:
    told = document(asked(plan(), settings(entry("10-03", 88, withhold=["visits"])), RETURNS))
    assert {
        key: told[key] for key in ("region", "framework", "from", "until", "effective", "as_if", "same")
    } == {
        "region": "north",
        "framework": "plan",
        "from": "2022-08-01",
        "until": "2022-09-25",
        "effective": "2022-10-03",
        "as_if": "2022-08-01",
        "same": False,
    }
    (unit,) = told["pdus"]
    assert unit["weeks"][2] == {"as_of": "2022-08-21", "before": "amber", "after": "green"}
    (move,) = unit["moves"]
    assert {key: value for key, value in move.items() if key != "reason"} == {
        "day": "2022-08-15",
        "until": "2022-08-28",
        "days": 14,
        "from": "amber",
        "to": "green",
        "direction": "less_severe",
    }
    assert move["reason"]["comparisons"][0]["after"]["threshold"] == "88"
    assert told["totals"] == {
        "pdus": 1,
        "moved": 1,
        "days": {"before": {"green": 28, "amber": 28}, "after": {"green": 42, "amber": 14}},
        "permitted": {
            "newly": [],
            "withdrawn": [
                {
                    "activity": "visits",
                    "title": "Home visits",
                    "from": "2022-08-15",
                    "days": 28,
                    "pdus": ["york"],
                }
            ],
        },
    }
    assert told["settings"] == {
        "trigger_points": [{"id": "low", "before": "90", "after": "88", "pdus": ["york"]}],
        "withhold": [{"activity": "visits", "withheld": True, "pdus": ["york"]}],
    }
    assert told["without_returns"] == ["hull"]
