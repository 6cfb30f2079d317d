"""A preview in its forms: what its reader finds, well formed, safe, accessible, the same every time."""

from __future__ import annotations

import html
import itertools
import json
import re
from decimal import Decimal
from typing import Any, Literal

import pytest

from engine.preview import Preview, period, previewed, region_question, version_question
from reports._colours import NEUTRAL
from reports._page import Cell, Level, Strip
from reports.preview import tell
from rules.figures import Return
from rules.library import Framework
from rules.model import Events, Organisation, RegionSettings
from tests.engine.engine_kit import AMBER, GREEN, day, framework, history, version
from tests.reports.test_report_contrast import contrast, long
from tests.reports.test_report_forms import POISON, Page, flat

Form = Literal["text", "markdown", "html"]
FORMS: tuple[Form, ...] = ("text", "markdown", "html")
WIDTH = 80

LOW: dict[str, dict[str, Any]] = {
    "low": {"title": "Amber below", "default": 90, "unit": "percent", "regions": {"from": 80, "to": 95}}
}
BY_LOW = {**AMBER, "colour": "amber", "enter": {"staffing": {"below": "low"}, "for": "2 weeks"}}
ACTIVITIES: list[dict[str, Any]] = [
    {
        "id": "visits",
        "title": "Home visits",
        "reductions": [{"from": "amber", "strength": "may", "do": "Fewer visits."}],
    },
    {"id": "mappa", "mandatory": {"because": "The law asks for it."}},
]
MEASURES: dict[str, dict[str, Any]] = {
    "staffing": {"title": "Staffing", "decimals": 1, "unit": "percent", "formula": "s"}
}
RETURNS = history(99, 89, 89, 86, 86, 99, 99, 99)


def organisation(poison: str = "") -> Organisation:
    return Organisation.model_validate(
        {
            "format": 1,
            "regions": [{"id": "north", "name": f"North{poison}"}, {"id": "south", "name": f"South{poison}"}],
            "pdus": [
                {"id": "york", "name": f"York{poison}", "region": "north"},
                {"id": "hull", "name": f"Hull{poison}", "region": "north"},
                {"id": "selby", "name": f"Selby{poison}", "region": "north"},
                {"id": "kent", "name": f"Kent{poison}", "region": "south"},
            ],
        }
    )


def plain(poison: str = "", **changes: Any) -> dict[str, Any]:
    amber = {**BY_LOW, "title": f"Amber{poison}"}
    points = {"low": {**LOW["low"], "title": f"Amber below{poison}"}}
    visits = {**ACTIVITIES[0], "title": f"Home visits{poison}"}
    measures = {"staffing": {**MEASURES["staffing"], "title": f"Staffing{poison}"}}
    found = {
        "title": f"A plan{poison}",
        "trigger_points": points,
        "statuses": [GREEN, amber],
        "activities": [visits, ACTIVITIES[1]],
        "measures": measures,
    }
    return version(**{**found, **changes})


def settings(low: int | None = 88, effective: str = "08-01", **more: Any) -> RegionSettings:
    points = {} if low is None else {"trigger_points": {"low": Decimal(low)}}
    entry = {"effective": day(effective), "set_by": "someone", "reason": "a reason", **points, **more}
    return RegionSettings.model_validate(
        {"format": 1, "framework": "plan", "region": "north", "settings": [entry]}
    )


def of(pdu: str, returns: list[Return]) -> list[Return]:
    return [Return(pdu, one.as_of, one.figures, one.annotations) for one in returns]


ALL = [*RETURNS, *of("hull", history(99, 99, 99, 99, 99, 99, 99, 99))]


def of_region(
    new: RegionSettings, plan: Framework | None = None, register: Organisation | None = None
) -> Preview:
    plan = plan or framework(plain())
    first, last = day("08-01"), day("09-19")
    question = region_question(plan, new, first, last)
    return previewed(question, register or organisation(), ALL, Events(), *period(question, first, last))


def of_version() -> Preview:
    first, last = day("08-01"), day("09-19")
    other = {**BY_LOW, "id": "yellow", "title": "Yellow", "colour": "yellow"}
    visits = {**ACTIVITIES[0], "reductions": [{"from": "yellow", "strength": "may", "do": "Fewer visits."}]}
    after = framework(
        plain(), plain(version="v2", effective=day("10-03"), statuses=[GREEN, other], activities=[visits])
    )
    question = version_question(framework(plain()), after, "v2", first, last)
    given = [*ALL, *of("kent", RETURNS)]
    return previewed(question, organisation(), given, Events(), *period(question, first, last))


PREVIEWS = {
    "moved": lambda: of_region(settings()),
    "tried": lambda: of_region(settings(effective="10-03")),
    "withheld": lambda: of_region(settings(None, withhold=["visits"])),
    "nothing": lambda: of_region(settings(89, effective="09-19")),
    "same": lambda: of_region(settings(), framework(plain()).with_settings("north", settings())),
    "version": of_version,
}


@pytest.fixture(params=list(PREVIEWS))
def preview(request: pytest.FixtureRequest) -> Preview:
    return PREVIEWS[request.param]()


def shown(preview: Preview, form: Form) -> str:
    return tell(preview, organisation(), form=form)


def text(name: str) -> str:
    return flat(shown(PREVIEWS[name](), "text"))


class TestWords:
    def test_the_headline_says_who_moves_for_how_long(self) -> None:
        found = text("moved")
        assert "1 of 2 PDUs would have had another status." in found
        assert "York would have been Green for 14 days more, from 15 August 2022." in found
        assert "In 1 of 2 PDUs, other activities could have been reduced." in found

    def test_the_reason_names_both_numbers(self) -> None:
        found = text("moved")
        assert (
            "From 15 August 2022 to 28 August 2022 (14 days): Green instead of Amber, which is less severe. "
            "What begins Amber: Staffing was 89.0%. Now: below 90% for 2 weeks, met. "
            "New: below 88% for 2 weeks, not met."
        ) in found
        assert "Could not have been reduced any more, on 14 days from 15 August 2022: Home visits." in found

    def test_the_strips_have_a_letter_for_each_week(self) -> None:
        lines = shown(PREVIEWS["moved"](), "text").splitlines()
        place = lines.index("York")
        assert lines[place + 1 : place + 5] == [
            "  2022 Aug  Sep",
            "  now  GGAAAAGG",
            "  new  GGGGAAGG",
            "         ^^",
        ]

    def test_days_are_told_before_and_after(self) -> None:
        lines = [line.split() for line in shown(PREVIEWS["moved"](), "text").splitlines()]
        assert ["York", "28,", "new", "42", "28,", "new", "14"] in lines
        assert ["Hull", "56", "0"] in lines
        assert ["All", "together", "84,", "new", "98", "28,", "new", "14"] in lines

    def test_what_is_tried_is_said_in_one_sentence(self) -> None:
        assert (
            "The new settings take effect on 3 October 2022, after all returns. So they are tried here as if they "
            "had counted from 1 August 2022."
        ) in text("tried")
        assert "The version takes effect on 3 October 2022, after all returns." in text("version")

    def test_units_without_returns_are_named(self) -> None:
        assert "One PDU sent no returns and cannot be judged. Selby." in text("moved")
        assert "One PDU sent no returns and cannot be judged. North: Selby." in text("version")

    def test_nothing_would_change(self) -> None:
        assert (
            "Nothing would have changed for any of the 2 PDUs: the same status and the same reductions each day."
        ) in text("nothing")
        assert "The same activities could have been reduced on each day." in text("nothing")

    def test_the_same_settings(self) -> None:
        found = text("same")
        assert "These settings are the same as those in force. Nothing would have changed" in found
        assert "What is new" not in found

    def test_what_is_withheld(self) -> None:
        found = text("withheld")
        assert "No PDU would have had another status. In 1 of 2 PDUs, other activities" in found
        assert "No trigger point has another number. Home visits: no longer reduced (All PDUs)." in found
        assert "York The same status each day, but other reductions." in found

    def test_a_version_shows_all_regions_and_its_own_statuses(self) -> None:
        lines = shown(PREVIEWS["version"](), "text").splitlines()
        assert lines[0] == "Preview of a version: A plan"
        for name in ("North", "South"):
            assert lines[lines.index(name) + 1] == "~" * len(name)
        assert any("Y Yellow" in line for line in lines)
        assert "North: days at each status:" in lines

    def test_illustrative_and_synthetic_are_said(self) -> None:
        assert "! Illustrative numbers." in text("moved")
        assert "Synthetic figures" not in text("moved")
        made_up = [Return(one.pdu, one.as_of, one.figures, {"basis": "synthetic"}) for one in RETURNS]
        first, last = day("08-01"), day("09-19")
        question = region_question(framework(plain()), settings(), first, last)
        found = previewed(question, organisation(), made_up, Events(), first, last)
        assert "! Synthetic figures." in shown(found, "text")


class TestEveryForm:
    @pytest.mark.parametrize("form", FORMS)
    def test_nothing_leaks(self, preview: Preview, form: Form) -> None:
        page = re.sub(r"<style>.*?</style>", "", shown(preview, form), flags=re.S)
        for leak in ("None", "null", "ndefined", "True", "False", "{{", "{%", "datetime", "Level(", "\n\n\n"):
            assert leak not in page, leak
        assert not re.search(r"\.\.|(?<!\d) \.(?!\d)", page.replace("  .", ""))

    def test_the_same_words(self, preview: Preview) -> None:
        told = json.loads(tell(preview, organisation(), form="json"))
        for form in FORMS:
            page = flat(html.unescape(shown(preview, form))).replace("\\", "")
            plain_page = flat(re.sub(r"</?[a-z][^>]*>", " ", page)).replace("**", "")
            assert told["headline"] in plain_page

    @pytest.mark.parametrize("form", FORMS)
    def test_the_same_each_time(self, preview: Preview, form: Form) -> None:
        assert shown(preview, form) == shown(preview, form)

    def test_an_unknown_form_is_refused(self, preview: Preview) -> None:
        with pytest.raises(ValueError, match="'rtf' is no form of a preview"):
            tell(preview, organisation(), form="rtf")  # type: ignore[arg-type]

    @pytest.mark.parametrize("form", FORMS)
    def test_nothing_of_a_framework_becomes_markup(self, form: Form) -> None:
        poison = f" {POISON}".replace("\x1b", "").replace("\u202e", "")
        register = organisation(poison)
        found = of_region(settings(), framework(plain(poison.replace("\n", " "))), register)
        page = tell(found, register, form=form)
        assert "\x1b" not in page
        if form == "html":
            clean = Page(shown(PREVIEWS["moved"](), "html"))
            assert "<script" not in page
            for tag in {tag for tag, _ in clean.tags}:
                assert len(Page(page).of(tag)) == len(clean.of(tag)), tag
        if form == "text":
            assert max(map(len, page.splitlines())) <= WIDTH


class TestText:
    def test_is_at_most_80_columns_wide(self, preview: Preview) -> None:
        page = shown(preview, "text")
        assert max(map(len, page.splitlines())) <= WIDTH
        assert page == "\n".join(line.rstrip() for line in page.splitlines()) + "\n"

    def test_long_strips_go_on_below(self) -> None:
        level = Level("Green", "G", NEUTRAL, "s0")
        other = Level("Amber", "A", NEUTRAL, "s1")
        strip = Strip(day("01-31"), [Cell(level, level)] * 71 + [Cell(level, other)])
        first, second = strip.blocks(70)
        assert first.ruler.startswith("2022  Feb Mar Apr May  Jun Jul Aug ")
        assert (first.row("now"), first.marks) == ("G" * 70, "")
        assert (second.ruler, second.row("now"), second.row("new"), second.marks) == (
            "2023 Jun",
            "GG",
            "GA",
            " ^",
        )

    def test_statuses_of_one_letter_get_letters_of_their_own(self) -> None:
        statuses = [
            {**GREEN, "id": "a", "title": "Amber"},
            {**BY_LOW, "id": "b", "title": "Ample"},
            {**BY_LOW, "id": "c", "title": "AM", "enter": {"staffing": {"below": 10}}},
        ]
        visits = {**ACTIVITIES[0], "reductions": [{"from": "b", "strength": "may", "do": "Fewer visits."}]}
        plan = framework(plain(statuses=statuses, activities=[visits]))
        page = shown(of_region(settings(), plan), "text")
        assert "A Amber and M Ample" in flat(page)


class TestHtml:
    def test_is_well_formed(self, preview: Preview) -> None:
        page = Page(shown(preview, "html"))
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        labelled = {attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs}
        assert labelled <= set(ids)

    def test_language_title_and_skip_link(self, preview: Preview) -> None:
        page = Page(shown(preview, "html"))
        assert page.of("html") == [{"lang": "en-GB"}]
        assert len(page.of("main")) == len(page.of("h1")) == len(page.of("title")) == 1
        assert page.of("a")[0]["href"] == "#preview"
        assert page.of("main")[0]["id"] == "preview"

    def test_headings_skip_no_level(self, preview: Preview) -> None:
        levels = [int(tag[1]) for tag, _ in Page(shown(preview, "html")).tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

    def test_tables_have_captions_and_scopes(self, preview: Preview) -> None:
        page = Page(shown(preview, "html"))
        assert len(page.of("caption")) == len(page.of("table"))
        assert all(attrs.get("scope") in ("col", "row") for attrs in page.of("th"))

    def test_asks_for_nothing_from_outside(self, preview: Preview) -> None:
        found = shown(preview, "html")
        page = Page(found)
        assert not {tag for tag, _ in page.tags} & {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "form",
            "base",
        }
        assert "url(" not in found
        assert "@import" not in found
        assert not any(
            key.startswith("on") or key in ("src", "style") for _, attrs in page.tags for key in attrs
        )

    def test_strips_have_letters_and_are_told_in_words_too(self) -> None:
        page = Page(shown(PREVIEWS["moved"](), "html"))
        hidden = [attrs for _, attrs in page.tags if attrs.get("aria-hidden") == "true"]
        assert len(hidden) == 3  # the legend, and a strip for each of two units
        words = [words for tag, words in page.words if tag == "li"]
        assert (
            "Now: Green from 1 August 2022 to 14 August 2022; Amber from 15 August 2022 to 11 September 2022; "
            "Green from 12 September 2022 to 25 September 2022."
        ) in words
        assert any(one.startswith("New: Green from 1 August 2022 to 28 August 2022;") for one in words)

    def test_contrast(self, preview: Preview) -> None:
        style = re.search(r"<style>(.*?)</style>", shown(preview, "html"), re.S)
        assert style is not None
        pairs = re.findall(r"background: (#[0-9a-f]{3,6}); color: (#[0-9a-f]{3,6})", style[1])
        assert len(pairs) >= 2
        assert all(contrast(long(ground), long(words)) >= 4.5 for ground, words in pairs)
        for words in set(re.findall(r"(?<![-\w])color: (#[0-9a-f]{3,6})", style[1])) - {"#fff", "#ffffff"}:
            assert contrast(long(words), "#ffffff") >= 4.5


def test_markdown_tables_keep_their_columns(preview: Preview) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", shown(preview, "markdown"), re.M)
    assert tables
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
