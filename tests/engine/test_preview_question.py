"""What a preview asks: which two worlds, from which day on, and over which days."""

from __future__ import annotations

import datetime

import pytest

from engine.preview import (
    Question,
    period,
    previewed,
    region_question,
    version_question,
)
from rules.library import Framework
from rules.model import Events
from rules.problems import UsageError
from tests.engine.engine_kit import GREEN, ORGANISATION, day, framework
from tests.engine.preview_kit import ACTIVITIES, BY_LOW, RETURNS, asked, entry, plain, plan, settings


class TestWhichEntry:
    def old(self) -> Framework:
        return plan().with_settings("north", settings(entry("08-01", 92)))

    def test_the_first_that_is_new_is_tried(self) -> None:
        new = settings(entry("08-01", 92), entry("10-03", 88), entry("11-07", 85))
        question = region_question(self.old(), new, day("08-01"), day("09-19"))
        tried = question.after.regions["north"].settings
        assert [(one.effective, str(one.trigger_points["low"])) for one in tried] == [
            (day("08-01"), "88"),
            (day("11-07"), "85"),
        ]

    def test_what_is_moved_replaces_what_began_in_between(self) -> None:
        old = plan().with_settings("north", settings(entry("08-01", 92), entry("08-20", 91)))
        new = settings(entry("08-01", 92), entry("08-20", 91), entry("10-03", 88))
        question = region_question(old, new, day("08-10"), day("09-19"))
        tried = question.after.regions["north"].settings
        assert [one.effective for one in tried] == [day("08-01"), day("08-10")]
        later = region_question(old, new, day("08-10"), day("09-19"), as_if=day("11-01"))
        assert [one.effective for one in later.after.regions["north"].settings] == [
            day("08-01"),
            day("08-20"),
            day("11-01"),
        ]

    def test_a_correction_of_the_past_counts_from_its_day(self) -> None:
        question = region_question(self.old(), settings(entry("08-01", 88)), day("08-01"), day("09-19"))
        assert (question.as_if, question.same) == (None, False)

    def test_what_is_in_force_already_is_the_same(self) -> None:
        question = region_question(self.old(), settings(entry("08-01", 92)), day("08-01"), day("09-19"))
        assert question.same
        found = asked(self.old(), settings(entry("08-01", 92)), RETURNS)
        assert not any(unit.changed for unit in found.units)
        assert (found.numbers, found.withheld) == ((), ())

    def test_in_its_place_the_last_entry_is_compared_with_those_before(self) -> None:
        inside = plan().with_settings("north", settings(entry("08-01", 92), entry("08-08", 88)))
        question = region_question(inside, inside.regions["north"], day("08-01"), day("09-19"), in_place=True)
        assert [one.effective for one in question.before.regions["north"].settings] == [day("08-01")]
        assert (question.effective, question.same) == (day("08-08"), False)

    def test_in_its_place_an_only_entry_is_compared_with_the_defaults(self) -> None:
        question = region_question(
            self.old(), settings(entry("08-01", 92)), day("08-01"), day("09-19"), in_place=True
        )
        assert dict(question.before.regions) == {}


class TestVersions:
    def test_a_new_version(self) -> None:
        before = plan()
        after = framework(
            plain(), plain(version="v2", effective=day("10-03"), trigger_points={"low": {"default": 88}})
        )
        question = version_question(before, after, "v2", day("08-01"), day("09-19"))
        assert (question.as_if, [one.version.version for one in question.after.policies]) == (
            day("08-01"),
            ["v2"],
        )
        found = previewed(
            question, ORGANISATION, RETURNS, Events(), *period(question, day("08-01"), day("09-19"))
        )
        assert [(one.first, one.days, one.after) for one in found.units[0].moves] == [
            (day("08-15"), 14, "green")
        ]

    def test_a_version_replaces_the_one_of_its_name(self) -> None:
        before, after = plan(), plan(trigger_points={"low": {"default": 88}})
        question = version_question(before, after, "v1", day("08-01"), day("09-19"))
        assert (question.as_if, question.same, question.differs_from) == (None, False, day("08-01"))
        assert version_question(before, plan(), "v1", day("08-01"), day("09-19")).same

    def test_in_its_place_it_is_compared_with_the_policy_without_it(self) -> None:
        both = framework(plain(), plain(version="v2", effective=day("08-20")))
        question = version_question(both, both, "v2", day("08-01"), day("09-19"), in_place=True)
        assert [one.version.version for one in question.before.policies] == ["v1"]
        with pytest.raises(UsageError, match="plan@v1 is the only version"):
            version_question(plan(), plan(), "v1", day("08-01"), day("09-19"), in_place=True)

    def test_it_cannot_begin_after_its_end(self) -> None:
        after = framework(plain(), plain(version="v2", effective=day("08-20"), until=day("08-31")))
        with pytest.raises(UsageError, match=r"plan@v2 ends on 2022-08-31, before 2022-09-01\."):
            version_question(plan(), after, "v2", day("08-01"), day("09-19"), as_if=day("09-01"))

    def test_a_status_that_is_gone(self) -> None:
        other = {**BY_LOW, "id": "yellow", "title": "Yellow"}
        activities = [{**ACTIVITIES[1]}]
        after = plan(statuses=[GREEN, other], activities=activities)
        question = version_question(plan(), after, "v1", day("08-01"), day("09-19"))
        found = previewed(question, ORGANISATION, RETURNS, Events(), day("08-01"), day("09-19"))
        (move,) = found.units[0].moves
        assert (move.before, move.after, move.direction) == ("amber", "yellow", None)
        assert {one.rule for one in move.reason.comparisons} == {"enter.amber", "enter.yellow"}
        assert {one.after is None for one in move.reason.comparisons if one.rule == "enter.amber"} == {True}


class TestPeriod:
    def question(self) -> Question:
        return region_question(plan(), settings(entry("08-08", 88)), day("08-01"), day("09-19"))

    def test_from_the_first_day_that_may_differ_to_the_end_of_the_last_week(self) -> None:
        assert period(self.question(), day("08-01"), day("09-19")) == (day("08-08"), day("09-25"))

    def test_as_given(self) -> None:
        given = (day("07-01"), day("12-31"))
        assert period(self.question(), day("08-01"), day("09-19"), *given) == given

    def test_what_cannot_be(self) -> None:
        with pytest.raises(UsageError, match=r"There is no day from 2022-08-08 until 2022-08-01\."):
            period(self.question(), day("08-01"), day("09-19"), None, day("08-01"))
        with pytest.raises(UsageError, match="is too long"):
            period(self.question(), day("08-01"), day("09-19"), None, datetime.date.max)
