"""A comparison in its forms: what its reader finds, well formed, safe, and no wider than a terminal."""

from __future__ import annotations

import json
from typing import Any, Literal

import pytest

from engine.compare import Comparison, Proof, compared, version_side
from reports.compare import tell
from reports.compare._page import ComparisonPage
from tests.compare.compare_kit import changed, comparison, policy
from tests.compare.test_compare_sentences import ORGANISATION
from tests.reports.test_report_forms import POISON, Page

Form = Literal["text", "markdown", "html"]
FORMS: tuple[Form, ...] = ("text", "markdown", "html")


def neutral(a: object, b: object, numbers: object = None) -> Proof:
    return Proof({})


def several() -> Comparison:
    return comparison(
        ("title: A plan\n", "title: Another plan\n"),
        ("default: 90", "default: 92"),
        ("do: Fewer visits.", "do: No visits."),
        ("[mappa, high]", "[mappa]"),
        ("{title: A study, published: 2021-03-30}", "{title: A study}"),
        ("minimum_stay: 14 days", "minimum_stay: 21 days"),
    )


def test_the_verdict_comes_first_and_words_last() -> None:
    text = tell(several(), ORGANISATION, form="text")
    order = [
        "Compared: A plan, and Another plan",
        "Another plan permits all that A plan permitted. It also permits more:",
        "This is proved for all figures",
        "What staff must know first",
        "One case for each",
        "All differences in numbers",
        "What is different",
        "Trigger points\n~~~~",
        "Statuses\n~~~~",
        "Activities\n~~~~",
        "In other words only",
    ]
    places = [text.index(one) for one in order]
    assert places == sorted(places)
    assert "[Loosens] Amber below: 92% instead of 90%." in text
    assert "v1.yaml:21 -> v2.yaml:21" in text
    assert "Was: Fewer visits." in text
    assert "Now: No visits." in text


def test_nothing_is_wider_than_a_terminal() -> None:
    assert max(map(len, tell(several(), ORGANISATION, form="text").splitlines())) <= 80


def test_two_that_are_the_same() -> None:
    text = tell(comparison(), ORGANISATION, form="text")
    assert "A plan and A plan are the same." in text
    assert "What is different" not in text


def test_json_has_every_key() -> None:
    found: dict[str, Any] = json.loads(tell(several(), ORGANISATION, form="json"))
    assert list(found) == ["from", "to", "verdict", "changes", "impact"]
    assert found["impact"] is None
    assert list(found["from"]) == [
        "framework", "version", "title", "effective", "file", "sha256", "region", "settings_of",
    ]  # fmt: skip
    assert list(found["verdict"]) == [
        "effect", "proved", "loosens", "tightens", "activities", "unsettled", "judge", "sentence",
    ]  # fmt: skip
    for change in found["changes"]:
        assert list(change) == [
            "kind", "group", "path", "before", "after", "effect", "judged", "wording", "judge", "places", "witness",
            "sentence",
        ]  # fmt: skip
        assert change["sentence"].endswith((".", "…"))


@pytest.mark.parametrize("form", FORMS)
def test_the_same_each_time(form: Form) -> None:
    assert tell(several(), ORGANISATION, form=form) == tell(several(), ORGANISATION, form=form)


def test_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="is no form of a comparison"):
        tell(comparison(), ORGANISATION, form="pdf")  # type: ignore[arg-type]


def poisoned() -> Comparison:
    """Versions whose texts are written to harm."""
    poison = json.dumps(f"x{POISON}".replace("\x1b", ""), ensure_ascii=False)
    texts = [
        ("do: Fewer visits.", f"do: {poison}"),
        ("title: Audits", f"title: {poison}"),
        ("A plan", poison),
    ]
    after = policy(changed(*texts, ("default: 90", "default: 92")))
    return compared(version_side(policy()), version_side(after), neutral)


def test_html_takes_no_markup_of_authors() -> None:
    page = Page(tell(poisoned(), ORGANISATION, form="html"))
    assert "script" not in {tag for tag, _ in page.tags}


def test_html_is_one_page_with_sections_in_order() -> None:
    text = tell(several(), ORGANISATION, form="html")
    assert text.startswith("<!doctype html>")
    headings = [
        text.index(f'<h2 id="{one}">') for one in ("first", "examples", "counts", "changes", "wording")
    ]
    assert headings == sorted(headings)


@pytest.mark.parametrize("form", FORMS)
def test_no_control_characters(form: Form) -> None:
    text = tell(poisoned(), ORGANISATION, form=form)
    assert not any(ord(sign) < 32 and sign != "\n" for sign in text)


def test_the_page_has_a_place_for_what_it_means_for_units() -> None:
    assert "impact" in ComparisonPage.__dataclass_fields__
