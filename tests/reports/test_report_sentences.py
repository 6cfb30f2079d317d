"""What the top of an explanation says: the status, since when, and why."""

from __future__ import annotations

import pytest

from reports import Explanation, context, explain
from rules.model import Version
from tests.reports import report_decisions as given
from tests.reports.report_framework import ORGANISATION, VERSION, VERSION_DOCUMENT
from tests.reports.report_parts import HOME_VISITS, Decision


def told(decision: Decision) -> Explanation:
    return context(decision, VERSION, ORGANISATION)


def text(decision: Decision) -> str:
    """The text form on one line, so that a sentence can be looked for."""
    return " ".join(explain(decision, VERSION, ORGANISATION, form="text").split())


class TestHeadline:
    def test_says_unit_status_and_since(self) -> None:
        assert told(given.amber()).title == "York: Amber since 22 August 2022"

    def test_says_why_in_one_sentence_with_the_distance_and_the_time(self) -> None:
        why = told(given.amber()).why
        assert why == "Staffing available against target is 82.5%, 5.5 points below 88% (held for 2 weeks)."

    def test_says_what_was_before_and_when_to_review(self) -> None:
        lead = told(given.amber()).lead
        assert "Before that: Green." in lead
        assert "Review by 5 September 2022." in lead

    def test_without_review_says_nothing_of_it(self) -> None:
        assert not any("Review" in sentence for sentence in told(given.green()).lead)

    def test_shows_the_status_by_word_and_letter(self) -> None:
        badge = told(given.red()).badge
        assert (badge.word, badge.letter) == ("Red", "R")

    def test_outstayed(self) -> None:
        assert "Amber has now lasted for 84 days or more. Ask whether" in text(given.outstayed())

    def test_first_figures(self) -> None:
        said = text(given.first_return())
        assert "These were the first figures that could be judged." in said
        assert "It has held for 1 week. It needs 2 weeks, but the first figures count at once." in said

    def test_a_status_mapped_to_a_new_version(self) -> None:
        assert "This version of the framework has no status Yellow. It became Amber." in text(given.mapped())


class TestWhy:
    def test_the_condition_that_decided_comes_first(self) -> None:
        found = told(given.amber())
        assert [check.text for check in found.deciding] == ["Amber begins when any one of these holds:"]
        assert [check.text for check in found.others] == [
            "Amber ends when this holds:",
            "Red begins when any one of these holds:",
        ]

    def test_who_set_a_number(self) -> None:
        assert "Amber staffing, 88%, was set by the region (Yorkshire and the Humber)." in text(given.amber())
        assert "The framework's default is 90%." in text(given.amber())
        assert "Amber staffing, 88%, was set for this PDU." in text(given.for_unit())
        assert "Red staffing, 75%, is the framework's default." in text(given.red())
        assert "The framework itself sets 110%." in text(given.amber())

    def test_published_and_illustrative_numbers(self) -> None:
        first, second = told(given.amber()).deciding[0].parts
        assert "Illustrative number." in first.details
        assert "Published number: Written answer 172934, Probation staff (30 March 2021)." in second.details

    def test_not_met_and_not_known_are_told_apart(self) -> None:
        assert [part.verdict for part in told(given.amber()).deciding[0].parts] == ["Met", "Not met"]
        unknown = told(given.unknown_figures()).deciding[0].parts[0]
        assert (unknown.verdict, unknown.mark) == ("Not known", "unknown")
        assert unknown.text == "Staffing available against target is not known."
        assert "Missing: Staff in post (Probation officer and Probation services officer)." in unknown.details

    def test_a_group_that_counts(self) -> None:
        group = told(given.amber()).others[1].parts[1]
        assert group.text == "At least 2 of these hold:"
        assert group.parts[0].text == "Local alert is none. The condition: high or very high."

    def test_a_status_that_is_held(self) -> None:
        found = told(given.held())
        assert found.why.startswith("Amber goes on because what would end it is not met yet: Staffing")
        assert "93.0%, 2 points below 95%" in found.why
        assert found.deciding[0].text == "Amber ends when this holds:"

    def test_a_minimum_stay(self) -> None:
        assert (
            "What ends Amber is met, but Amber lasts at least 14 days. It can end from 5 September 2022"
            in text(given.minimum_stay())
        )

    def test_nothing_triggered(self) -> None:
        assert told(given.green()).why == "No condition for Amber or Red is met."

    def test_coming_down_says_what_ended(self) -> None:
        found = told(given.came_down())
        assert found.why == "What ends Amber is met."
        assert found.deciding[0].text == "Amber ends when this holds:"
        assert found.deciding[0].mark == "met"

    def test_going_up_names_no_exit(self) -> None:
        decision = given.amber()
        decision.update(since="2022-08-29", calculated_since="2022-08-29", fired=["exit.red", "enter.amber"])
        found = told(decision)
        assert found.why.startswith("Staffing available against target is 82.5%")
        assert [check.text for check in found.deciding] == ["Amber begins when any one of these holds:"]

    def test_held_on_the_way_down(self) -> None:
        found = told(given.came_down_from_red())
        assert found.why == "What ends Red is met."
        assert found.lead[0] == (
            "Held at Amber, because what would end it is not met: "
            "Staffing available against target is 93.0%, 2 points below 95%."
        )
        assert [check.text for check in found.deciding] == [
            "Red ends when no condition that begins it is met.",
            "Amber ends when this holds:",
        ]

    def test_held_on_the_way_down_by_what_begins_it(self) -> None:
        decision = given.amber()
        decision.update(previous="red", since="2022-08-29", calculated_since="2022-08-29")
        found = told(decision)
        assert found.why == "What ends Red is met."
        assert found.lead[0].startswith("Held at Amber, because what begins it is met: Staffing available")
        assert [check.mark for check in found.deciding] == ["met", "met"]

    def test_held_on_the_way_down_by_the_limit_of_steps(self) -> None:
        decision = given.came_down_from_red()
        decision["conditions"][1].update(holds=True, run=2, value="96.0", distance="1")
        version = Version.model_validate({**VERSION_DOCUMENT, "steps": {"down": 1}})
        found = context(decision, version, ORGANISATION)
        assert (found.why, found.lead[0]) == (
            "What ends Red is met.",
            "The framework limits how many levels a status may move at one return. That leaves Amber.",
        )

    @pytest.mark.parametrize("previous", ["indeterminate", "suspended", "undeclared"])
    def test_where_it_came_from_when_another_stretch_was_between(self, previous: str) -> None:
        decision = given.came_down_from_red()
        decision.update(previous=previous)
        assert told(decision).why == "What ends Red is met."  # there is no other way to Amber
        decision = given.came_down()
        decision.update(previous=previous)
        assert told(decision).why == "No condition for Amber or Red is met."  # from Amber or from Red

    def test_a_mapped_status_did_not_come_down(self) -> None:
        decision = given.came_down_from_red()
        decision.update(data_quality=[{"code": "PF606", "from": "yellow", "to": "amber"}])
        assert "What ends Red" not in text(decision)

    def test_an_end_that_has_not_held_long_enough(self) -> None:
        decision = given.held()
        decision["conditions"][1].update(run=1, value="96.0", distance="1")
        assert told(decision).why == (
            "Amber goes on because what would end it has held for only 1 week. It needs 2 weeks."
        )
        decision = given.came_down_from_red()
        decision["conditions"][1].update(run=1, value="96.0", distance="1")
        assert told(decision).lead[0] == (
            "Held at Amber, because what would end it has held for only 1 week. It needs 2 weeks."
        )

    def test_a_status_without_an_end_of_its_own_goes_on(self) -> None:
        decision = given.held()
        decision["conditions"][1] = {
            **decision["conditions"][3],
            "rule": "exit.amber",
            "status": "amber",
            "holds": False,
        }
        found = told(decision)
        assert found.why == (
            "Amber stays because what begins it holds, though not for long enough to begin it anew."
        )
        assert [check.text for check in found.deciding] == [
            "Amber ends when no condition that begins it is met.",
            "Amber begins when any one of these holds:",
        ]

    def test_a_condition_on_its_way_is_announced(self) -> None:
        said = text(given.waiting())
        assert "It has held for 1 week so far. It needs 2 weeks." in said
        assert "It has held for 1 week. From 2 weeks on it counts towards Amber." in said

    def test_an_implicit_exit(self) -> None:
        assert "Not met: Red ends when no condition that begins it is met." in text(given.red())

    def test_zero_distance(self) -> None:
        decision = given.amber()
        decision["conditions"][0]["parts"][0].update(value="88.0", distance="0", holds=False)
        assert "Staffing available against target is 88.0%, exactly at 88%." in text(decision)

    def test_a_threshold_that_is_another_figure(self) -> None:
        decision = given.amber()
        decision["conditions"][0]["parts"][0].update({"from": "required_fte[PO]", "threshold": "20"})
        assert "It is compared with another figure, Required staff (Probation officer): 20%." in text(
            decision
        )

    def test_a_duration_in_days_where_returns_are_daily(self) -> None:
        document = {**VERSION_DOCUMENT, "returns": {"every": "1 day", "stale_after": "3 days"}}
        version = Version.model_validate(document)
        page = explain(given.amber(), version, ORGANISATION, form="text")
        assert "below 88%, for 2 days." in page


class TestIndeterminate:
    def test_says_plainly_what_is_not_decided(self) -> None:
        found = told(given.unknown_figures())
        assert found.title == "York: Indeterminate since 29 August 2022"
        assert found.why == "Indeterminate: the figures do not decide between Green and Amber."

    def test_says_what_is_missing_and_the_last_clear_status(self) -> None:
        lead = told(given.unknown_figures()).lead
        assert "Missing: Staff in post (Probation officer); Workload points." in lead
        assert "The last clear status was Green, on 22 August 2022." in lead

    def test_nothing_may_be_reduced(self) -> None:
        for decision in (given.unknown_figures(), given.stale(), given.no_return()):
            assert told(decision).reductions_intro == (
                "While the status is not known, nothing may be reduced.",
            )

    def test_grace(self) -> None:
        said = text(given.grace())
        assert "the figures do not decide between Green, Amber and Red." in said
        assert (
            "What was allowed on 28 August 2022, the last clear day, still stands until the end of "
            "11 September 2022. Nothing new may start."
        ) in said
        assert "1 reduction still stands. Do everything else in full." in said
        assert "may be reduced." not in said

    def test_how_long_a_reduction_stands_in_grace(self) -> None:
        def when(ends: str | None) -> str:
            decision = given.grace()
            decision["permitted"] = [{**HOME_VISITS, "ends": ends}]
            limits = told(decision).reductions[0].items[0].limits
            return next(line.text for line in limits if line.label == "When")

        stands = (
            "From 22 August 2022. While the status is not known, "
            "it stands until the end of 11 September 2022."
        )
        assert when(None) == stands
        assert when("2022-11-14") == f"{stands} It would lapse on 14 November 2022 in any case."
        assert when("2022-09-11").startswith("From 22 August 2022 up to and including 10 September 2022.")

    def test_what_went_before_is_told_only_where_it_was_clear(self) -> None:
        decision = given.amber()
        decision.update(previous="indeterminate")
        assert "Before that" not in text(decision)

    def test_conditions_with_nothing_before_them_are_no_others(self) -> None:
        assert told(given.stale()).headings.others == "The conditions"
        assert "The other conditions" not in text(given.stale())
        assert told(given.amber()).headings.others == "The other conditions, in short"

    def test_stale(self) -> None:
        found = told(given.stale())
        assert found.why.startswith("Indeterminate: the newest return is too old. It is from 29 August 2022,")
        assert "a return counts for 14 days." in found.why
        assert "The last clear status was Amber, on 12 September 2022." in found.lead

    def test_no_return(self) -> None:
        found = told(given.no_return())
        assert found.why == "Indeterminate: there is no return for this PDU that can be used."
        assert "There has been no clear status before." in found.lead


class TestPeople:
    def test_a_declaration_that_raises(self) -> None:
        found = told(given.raised())
        assert found.why == (
            "The regional director declared Red for this PDU, from 29 August 2022 until 4 September 2022. "
            "Reason: The office is flooded."
        )
        assert "The figures alone give Green. The declaration raised it." in found.lead
        assert "The declaration starts the time limit again for: Home visits and Team meetings." in found.lead

    def test_a_declaration_that_lowers(self) -> None:
        said = text(given.lowered())
        assert "declared Green for this region" in said
        assert "The figures alone give Amber. The declaration lowered it." in said
        assert "A status has been declared for 35 days without a break." in said

    def test_a_binding_status_overrides(self) -> None:
        said = text(given.overridden())
        assert "The declaration has no effect today. Red is binding: no declaration goes below it." in said
        assert told(given.overridden()).why.startswith("Staffing available against target is 70.0%")

    def test_a_declaration_over_unknown_figures(self) -> None:
        said = text(given.declared_over_unknown())
        assert "The figures alone do not decide which status holds. The declaration stands." in said
        assert "declared Red for everyone" in said

    def test_suspended(self) -> None:
        found = told(given.suspended())
        assert found.why == (
            "The framework is set aside for everyone, from 29 August 2022 with no last day set, "
            "by the national lead. Reason: Other plans are in force."
        )
        assert (
            "The figures alone would give Amber. While the framework is set aside, that has no effect."
            in found.lead
        )
        assert found.reductions_intro == ("Nothing may be reduced.",)

    def test_undeclared_gives_advice(self) -> None:
        found = told(given.undeclared())
        assert "until the regional director declares one. Nothing may be reduced until then." in found.why
        assert "Advice: the figures point to Amber." in found.lead


def test_an_address_is_not_made_a_sentence() -> None:
    decision = given.amber()
    decision["returns"][0]["annotations"] = {"basis": "public", "source": "https://example.org/report"}
    assert "https://example.org/report" in explain(decision, VERSION, ORGANISATION, form="text")
