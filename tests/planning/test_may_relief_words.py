"""The answers in words: what a practitioner and a PDU head read, in every form."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Literal

import pytest

from engine.may import may
from reports.may import tell_may
from reports.relief import all_csv, all_table, tell
from tests.engine.engine_kit import MAPPA, ORGANISATION, Asker, Document, day, declared, history
from tests.planning.relief_kit import ACTIVITIES, SHORTFALL, found, plan, reducible, releases
from tests.planning.test_may_answers import plan as may_plan

FORMS: tuple[Literal["text", "markdown", "html"], ...] = ("text", "markdown", "html")
HOSTILE = "<script>alert(1)</script> [x](javascript:y) \u202e|*_`"


def may_text(
    what: str, cohorts: list[str] | None = None, figures: Any = 80, asked: str = "08-03", **more: Any
) -> str:
    asker = Asker(history(figures), may_plan(), **more)
    decision, read = asker(asked), asker.framework.policies[0].version
    return tell_may(may(decision, read, what, cohorts), decision, read, ORGANISATION, form="text")


def squeezed(text: str) -> str:
    return " ".join(text.split())


class TestMay:
    @pytest.mark.parametrize(
        ("what", "cohorts", "figures", "sentences"),
        [
            ("plain", None, 80, ["Yes. Plain, York, 3 August 2022.", "You may do this instead: Fewer."]),
            ("floored", None, 80, ["Yes, within limits.", "You should do this instead", "Never less than: One a month.",
                                   "Usually: Each week.", "Source: Rules (2 January 2022)."]),
            ("lapsing", None, 80, ["Last day: 14 August 2022. Its time is over then. After that, do it in full.",
                                   "Review by: 8 August 2022."]),
            ("sparing", None, 80, ["Look first whether the case is one of those below. If so, do it in full.",
                                   "Not for: Cases under MAPPA; High risk."]),
            ("sparing", ["young"], 80, ["Yes. Sparing", "This case is none of those that must be spared."]),
            ("limited", None, 80, ["If not, do it in full.", "Only for: Young adults."]),
            ("limited", ["young"], 80, ["This case is one of those that it is for."]),
            ("sparing", ["mappa"], 80, ["No. Sparing", "never for this case: Cases under MAPPA. Do it in full."]),
            ("limited", ["mappa"], 80, ["only for these cases, and this is none of them: Young adults."]),
            ("mappa", None, 80, ["No. MAPPA meetings", "This must always be done in full, whatever the status. "
                                 "The law asks for it.", "Source: A law.", "Source: https://example.org/law"]),
            ("severe", None, 80, ["No. Severe", "The status is Amber, since 1 August 2022.", "Only from Red on."]),
            ("tied", None, {"s": 80, "t": 9}, ["Its own condition is not met"]),
            ("tied", None, 80, ["Whether its own condition is met is not known. Missing: T. Do it in full."]),
            ("plain", None, None, ["No. Plain", "The status is indeterminate."]),
        ],
    )  # fmt: skip
    def test_sentences(
        self, what: str, cohorts: list[str] | None, figures: Any, sentences: list[str]
    ) -> None:
        told = squeezed(may_text(what, cohorts, figures))
        for one in sentences:
            assert one in told, told

    def test_no_last_day(self) -> None:
        told = squeezed(may_text("plain"))
        assert "Last day: As long as the status stays Amber or becomes more severe" in told

    def test_a_declaration(self) -> None:
        told = squeezed(may_text("severe", declarations=[declared("08-02", "08-05", "red")]))
        assert "Last day: 5 August 2022. The declaration ends then." in told

    def test_grace(self) -> None:
        assert "While the status is not known, it stands no longer." in squeezed(
            may_text("plain", asked="08-16")
        )

    def test_numbers_that_decided_are_told_as_illustrative(self) -> None:
        assert "! Illustrative numbers decided this." in may_text("plain")
        assert "Illustrative" not in may_text("mappa")

    def test_lines_are_short_and_nothing_is_left_blank(self) -> None:
        for what in ("plain", "floored", "sparing", "limited", "mappa", "severe"):
            lines = may_text(what).splitlines()
            assert max(len(line) for line in lines if "sha256" not in line) <= 80
            assert "None" not in "".join(lines)

    def test_json_is_the_answer(self) -> None:
        asker = Asker(history(80), may_plan())
        decision, read = asker("08-03"), asker.framework.policies[0].version
        told = may(decision, read, "plain")
        assert json.loads(tell_may(told, decision, read, ORGANISATION, form="json")) == told


def relief_in(form: Literal["text", "markdown", "html", "json"], returns: Any = None, **more: Any) -> str:
    changes = more.pop("changes", {})
    asker = Asker(history({"s": 80, "cases": 60}) if returns is None else returns, plan(**changes), **more)
    return tell(found(asker, "08-03"), asker.framework.policies[0].version, ORGANISATION, form=form)


class TestRelief:
    @pytest.mark.parametrize("form", FORMS)
    def test_not_enough(self, form: Literal["text", "markdown", "html"]) -> None:
        told = squeezed(relief_in(form)).replace("\\", "")
        for one in (
            "Are the reductions enough? York, 3 August 2022",
            "Amber: 200.0 hours a month are missing.",
            "What may be reduced now releases 90.0 hours a month, if all of it is used.",
            "That is not enough: 110.0 hours a month stay missing.",
            "At Red the reductions would release 132.0 hours a month, which is not enough.",
            "Illustrative numbers",
            "60 minutes each month for each of 60 cases" if form != "text" else "60 minutes each month",
            "The hours that are missing are worked out as 10 * (100 - s).",
            "Each reduction is used to the full.",
        ):
            assert one in told, one
        assert "None" not in told

    def test_enough_names_the_fewest(self) -> None:
        told = squeezed(relief_in("text", history({"s": 80, "cases": 200})))
        assert "That is enough." in told
        assert "One reduction would be enough by itself: Visits (200.0 hours a month)." in told
        two = squeezed(relief_in("text", history({"s": 80, "cases": 140})))
        assert "The fewest that would be enough are 2: Calls and Visits (210.0 hours a month)." in two

    def test_nothing_is_missing(self) -> None:
        told = squeezed(relief_in("text", history({"s": 120, "cases": 60})))
        assert "Green: no hours are missing. There are 200.0 hours a month to spare." in told
        assert "enough." not in told.replace("which is enough.", "")
        even = squeezed(relief_in("text", history({"s": 100, "cases": 60})))
        assert "Green: no hours are missing. Nothing may be reduced now, so nothing is released." in even

    def test_one_hour_is_told_as_one(self) -> None:
        told = squeezed(
            relief_in("text", changes={"activities": [reducible("visits", amber=releases(1)), MAPPA]})
        )
        assert "releases 1.0 hour a month" in told

    @pytest.mark.parametrize(
        ("returns", "changes", "sentence"),
        [
            (None, {"relief": None}, "this version of the framework does not say how to tell."),
            ([], {}, "this PDU has sent no figures."),
            (history({"cases": 60}), {}, "Not given: Staff."),
            (
                None,
                {"relief": {"shortfall": {**SHORTFALL, "formula": "1 / (s - 80)"}}},
                "a division by zero.",
            ),
        ],
    )
    def test_why_it_is_not_known(self, returns: Any, changes: Document, sentence: str) -> None:
        told = squeezed(relief_in("text", returns, changes=changes))
        assert "How many hours are missing is not known" in told
        assert sentence in told

    def test_a_release_that_is_not_known_is_not_nothing(self) -> None:
        only = [reducible("visits", amber=None), reducible("calls", amber=releases(60)), MAPPA]
        told = squeezed(relief_in("text", changes={"activities": only}))
        assert "releases at least 60.0 hours a month" in told
        assert "It is not known whether that is enough: 140.0 hours a month stay missing" in told
        assert (
            "Visits: the framework does not say what time it releases. It is not counted as nothing." in told
        )
        assert "no time is stated" in told

    def test_where_no_hours_are_known_none_are_told(self) -> None:
        told = squeezed(relief_in("text", history({"s": 80})))
        assert "What the reductions release that are allowed now is not known." in told
        assert "What the reductions would release at Red is not known." in told
        assert "0.0" not in told.replace("200.0", "")

    @pytest.mark.parametrize("form", FORMS)
    def test_what_an_author_wrote_is_shown_and_never_obeyed(
        self, form: Literal["text", "markdown", "html"]
    ) -> None:
        activities = [{**one, "title": HOSTILE} for one in ACTIVITIES]
        told = relief_in(form, changes={"activities": activities, "title": HOSTILE})
        assert "\u202e" not in told
        if form == "html":
            assert "<script>" not in told
        if form == "markdown":
            assert "[x](" not in told

    def test_an_unknown_form(self) -> None:
        with pytest.raises(ValueError, match="no form"):
            relief_in("pdf")  # type: ignore[arg-type]


class TestMany:
    def made(self, *figures: Document) -> tuple[list[Any], Any]:
        askers = [Asker(history(one), plan()) for one in figures]
        reliefs = [found(asker, "08-03") for asker in askers]
        return reliefs, askers[0].framework.policies[0].version

    def test_the_table_has_those_that_fall_short_first(self) -> None:
        reliefs, read = self.made({"s": 80, "cases": 200}, {"cases": 9}, {"s": 80, "cases": 60})
        lines = all_table(reliefs, lambda one: read, ORGANISATION).splitlines()
        verdicts = [word for line in lines[2:5] for word in ("not known", " no ", " yes ") if word in line]
        assert verdicts[0] == " no "
        assert " yes " in verdicts[-1]
        assert "Of 3 PDUs, for 1 they are enough, for 1 they are not and for 1 it is not" in "\n".join(lines)

    def test_csv_has_a_row_for_each(self) -> None:
        reliefs, read = self.made({"s": 80, "cases": 200}, {"cases": 9})
        one, other = csv.DictReader(io.StringIO(all_csv(reliefs, lambda one: read)))
        assert (one["shortfall"], one["covers"], one["least"], one["next_covers"]) == (
            "200.0",
            "true",
            "visits",
            "true",
        )
        assert (other["shortfall"], other["covers"], other["because"]) == ("", "", "missing")
        assert one["as_of"] == str(day("08-03"))
