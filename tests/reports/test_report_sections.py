"""What the sections of an explanation say: reductions, refusals, data, labels, settings, audit."""

from __future__ import annotations

import copy

from reports import Explanation, context, explain
from rules.model import Organisation, Version
from tests.reports import report_decisions as given
from tests.reports.report_framework import ORGANISATION, ORGANISATION_DOCUMENT, VERSION, VERSION_DOCUMENT
from tests.reports.report_parts import TEAM_MEETINGS, Decision, leaf, refused


def told(decision: Decision) -> Explanation:
    return context(decision, VERSION, ORGANISATION)


def text(decision: Decision) -> str:
    """The text form on one line, so that a sentence can be looked for."""
    return " ".join(explain(decision, VERSION, ORGANISATION, form="text").split())


def labels(decision: Decision) -> dict[str, str]:
    return {label.title: label.text for label in told(decision).labels}


class TestReductions:
    def test_one_reduction_in_full(self) -> None:
        part = told(given.amber()).reductions[0]
        item = part.items[0]
        limits = {line.label: line.text for line in item.limits}
        assert (part.title, item.title, item.lead) == (
            "Contact and home visits",
            "Home visits",
            "You may do this instead:",
        )
        assert item.do == "Undertake home visits in line with National Standards as a minimum."
        assert limits["Never less than"] == "National Standards."
        assert limits["Not for"] == "Cases managed under MAPPA; Very high risk of serious harm."
        assert (
            limits["When"]
            == "From 22 August 2022 up to and including 13 November 2022. It lapses on 14 November 2022."
        )
        assert limits["Review by"] == "19 September 2022."
        assert limits["Time released"] == "About 60 minutes for each case every month (illustrative number)."
        assert item.source is not None
        assert item.source.text == "Prioritising Probation rolling updates (3 August 2022)"
        assert item.check is not None
        assert item.check.text == "This is allowed when this holds:"

    def test_a_number_of_the_framework_in_its_own_condition(self) -> None:
        assert "The framework itself sets 85%." in text(given.amber())

    def test_a_trigger_point_in_its_own_condition(self) -> None:
        activities = copy.deepcopy(VERSION_DOCUMENT["activities"])
        activities[0]["reductions"][0]["when"] = {"staffing": {"below": "amber_staffing"}}
        version = Version.model_validate({**VERSION_DOCUMENT, "activities": activities})
        decision = given.amber()
        decision["conditions"][-1].update(threshold="88", distance="-5.5")
        item = context(decision, version, ORGANISATION).reductions[0].items[0]
        assert item.check is not None
        assert (
            "Amber staffing, 88%, was set by the region (Yorkshire and the Humber). "
            "The framework's default is 90%." in item.check.parts[0].details
        )

    def test_strengths(self) -> None:
        leads = [item.lead for part in told(given.red()).reductions for item in part.items]
        assert leads == [
            "You must do this instead:",
            "Consider doing this instead:",
            "You should do this instead:",
        ]

    def test_parts_stand_in_the_order_of_the_document(self) -> None:
        decision = given.red()
        decision["permitted"].reverse()
        assert [part.title for part in told(decision).reductions] == [
            "Contact and home visits",
            "Office and meetings",
        ]

    def test_only_for(self) -> None:
        limits = [
            line for part in told(given.amber()).reductions for item in part.items for line in item.limits
        ]
        assert ("Only for", "Cases managed under MAPPA.") in [(line.label, line.text) for line in limits]

    def test_one_activity_is_singular(self) -> None:
        assert told(given.held()).reductions_intro == (
            "1 activity may be reduced. Do everything else in full.",
        )

    def test_duties_name_their_law(self) -> None:
        duty = told(given.amber()).duties[0].items[0]
        assert duty.because == "The authorities must co-operate in managing risk."
        assert duty.source is not None
        assert duty.source.text == "Criminal Justice Act 2003, section 325"


class TestRefusals:
    def test_reasons(self) -> None:
        reasons = {refusal.reason: refusal.titles for refusal in told(given.refusals()).refusals}
        assert reasons == {
            "Its time is over: it lapsed on 25 August 2022.": ("Home visits (from Amber on)",),
            "Whether its own condition is met is not known. Missing: Caseload.": (
                "Home visits (from Red on)",
            ),
            "The region has taken this reduction away.": ("Team meetings",),
            "The settings for this PDU have taken this reduction away.": ("Supervision notes",),
        }

    def test_below_its_status(self) -> None:
        refusals = [(refusal.reason, refusal.titles) for refusal in told(given.amber()).refusals]
        assert refusals == [
            ("Only from Red on.", ("Supervision notes",)),
            ("A further reduction, only from Red on.", ("Home visits",)),
        ]

    def test_what_is_reduced_already_stands_last(self) -> None:
        decision = given.amber()
        decision["permitted"] = [TEAM_MEETINGS]
        reasons = [(refusal.reason, refusal.titles) for refusal in told(decision).refusals]
        assert reasons == [("Only from Red on.", ("Home visits", "Supervision notes"))]
        decision = given.amber()
        decision["not_permitted"] = [
            *decision["not_permitted"],
            refused("team-meetings", "Team meetings", "red", code="below_status", needs="red"),
            refused("duty-desk", "Duty desk", "amber", code="lapsed", on="2022-08-25"),
        ]
        assert [(refusal.reason, refusal.titles) for refusal in told(decision).refusals] == [
            ("Only from Red on.", ("Supervision notes",)),
            ("Its time is over: it lapsed on 25 August 2022.", ("Duty desk",)),
            ("A further reduction, only from Red on.", ("Home visits", "Team meetings")),
        ]

    def test_its_own_condition(self) -> None:
        said = text(given.held())
        assert (
            "Its own condition is not met: Staffing available against target is 93.0%, 8 points above 85%."
            in said
        )

    def test_superseded(self) -> None:
        assert "The reduction from Red on stands in its place." in text(given.red())


class TestData:
    def test_nothing_missing(self) -> None:
        assert told(given.green()).data == (
            "Nothing was missing: every figure that counted was in the return.",
        )

    def test_carried_forward_with_its_day(self) -> None:
        assert told(given.amber()).data == (
            "Not given, so the figure of 22 August 2022 still counts: Workload points.",
        )

    def test_missing(self) -> None:
        assert told(given.unknown_figures()).data == (
            "Not given, and nothing stands in for it: Staff in post (Probation officer and "
            "Probation services officer); Workload points.",
        )

    def test_other_notes(self) -> None:
        assert told(given.refusals()).data == (
            "A row came twice, word for word. It counts once.",
            "Before the newest return, 2 returns are missing.",
            "Bad rows were left out on 22 August 2022.",
            "A number that was set does not fit this version, and its default counts: Red staffing.",
            "New settings are in force from 27 August 2022. "
            "The conditions are judged by them at the next return.",
            "Not given, so the default counts: Absent (Probation officer and Probation services officer).",
            "Left out, because it does not fit this version of the framework: Caseload.",
        )


class TestLabels:
    def test_illustrative_numbers_that_decided(self) -> None:
        said = labels(given.amber())["Illustrative numbers decided this"]
        assert "Amber staffing 88%, for 2 weeks" in said
        assert "110%" not in said

    def test_numbers_of_an_exit_that_was_not_left_decided_nothing(self) -> None:
        decision = given.amber()
        decision.update(since="2022-08-29", calculated_since="2022-08-29")
        decision["conditions"][3] = leaf(
            "exit.red",
            "staffing",
            "at_least",
            "80",
            "82.5",
            distance="2.5",
            holds=True,
            kind="exit",
            status="red",
        )
        assert "80%" not in labels(decision)["Illustrative numbers decided this"]
        decision.update(previous="red")
        assert "80%" in labels(decision)["Illustrative numbers decided this"]

    def test_no_label_where_only_published_numbers_decided(self) -> None:
        decision = given.amber()
        staffing, workload = decision["conditions"][0]["parts"]
        staffing.update(holds=False, run=0)
        workload.update(holds=True, run=4, value="111.00", distance="1")
        decision.update(permitted=[TEAM_MEETINGS])
        assert labels(decision) == {}

    def test_no_label_where_a_person_decided(self) -> None:
        assert labels(given.raised()) == {}

    def test_an_open_status_was_not_decided_by_numbers(self) -> None:
        assert list(labels(given.unknown_figures())) == ["Illustrative numbers would decide this"]

    def test_a_minimum_stay_is_a_number_too(self) -> None:
        assert (
            "the shortest stay, 14 days" in labels(given.minimum_stay())["Illustrative numbers decided this"]
        )

    def test_synthetic_figures(self) -> None:
        assert labels(given.synthetic())["Synthetic figures"] == (
            "The figures of this return are made up. They say nothing about the real PDU. "
            "Source: Sample of this project. Seed 7."
        )

    def test_public_figures(self) -> None:
        assert labels(given.public())["Public figures"] == "Source: Written answer, 25 January 2024."


class TestSettings:
    def test_table(self) -> None:
        table = told(given.amber()).settings
        assert table is not None
        assert table.rows[0] == ("Amber staffing", "88%", "90%", "Region", "Illustrative")
        assert table.rows[1] == ("Red staffing", "75%", "75%", "Framework", "Illustrative")

    def test_nothing_set(self) -> None:
        assert (
            "The region has set nothing. The framework's defaults apply."
            in told(given.no_settings()).settings_intro
        )


class TestAudit:
    def test_everything_to_check_it(self) -> None:
        decision = given.amber()
        audit = told(decision).audit
        facts = [line.text for line in audit.facts]
        for fact in (
            decision["id"],
            "sentence-management@phase-3-v8",
            decision["framework"]["sha256"],
            decision["settings"]["sha256"],
            decision["returns"][0]["sha256"],
        ):
            assert fact in facts
        assert audit.fired[0] == "enter.amber.0 (line 66)"
        assert " ".join(audit.command) == (
            "prioritise explain york --returns FILE --as-of 2022-08-29 --framework sentence-management"
        )


class TestWordsOfTheOrganisation:
    def test_a_hospital_reads_of_wards_and_trusts(self) -> None:
        document = {**ORGANISATION_DOCUMENT, "unit": {"one": "ward", "many": "wards"}}
        document["group"] = {"one": "trust", "many": "trusts"}
        organisation = Organisation.model_validate(document)
        for made in given.ALL.values():
            page = explain(made(), VERSION, organisation, form="text")
            assert "PDU" not in page
            assert "region" not in page.replace("regional", "").replace("Regional", "")
        assert "declared Red for this ward" in explain(given.raised(), VERSION, organisation, form="text")
