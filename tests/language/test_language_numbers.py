"""Days, numbers and lists as languages write them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from reports.language import ENGLISH, Language, all_of, any_of, current, day, month, number, speak, speaking

SEPTEMBER = datetime.date(2022, 9, 5)


def language(tag: str) -> Language:
    return Language(tag, NullTranslations())


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    speak(ENGLISH)


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("en-GB", ("5 September 2022", "Sep", "1,234,567.50", "-0.5", "a, b and c", "a or b")),
        ("cy", ("5 Medi 2022", "Medi", "1,234,567.50", "-0.5", "a, b, a(c) c", "a neu b")),
        ("fr", ("5 septembre 2022", "sept.", "1\u202f234\u202f567,50", "-0,5", "a, b et c", "a ou b")),
        ("de", ("5. September 2022", "Sep", "1.234.567,50", "-0,5", "a, b und c", "a oder b")),
        ("pl", ("5 września 2022", "wrz", "1\xa0234\xa0567,50", "-0,5", "a, b i c", "a lub b")),
    ],
)
def test_each_language_has_its_own_way(tag: str, told: tuple[str, ...]) -> None:
    with speaking(language(tag)):
        found = (
            day(SEPTEMBER), month(SEPTEMBER), number("1234567.50"), number("-0.5"), all_of(["a", "b", "c"]),
            any_of(["a", "b"]),
        )  # fmt: skip
    assert found == told


@pytest.mark.parametrize("texts", [[], ["a"]])
def test_what_is_no_list_stays_as_it_is(texts: list[str]) -> None:
    assert all_of(texts) == any_of(texts) == "".join(texts)


def test_a_number_keeps_all_its_digits() -> None:
    for text in ("0", "999", "1000", "10000000", "0.000", "12.30", "-1234.5", "not a number"):
        with speaking(language("en-GB")):
            assert number(text).replace(",", "") == text


def test_months_in_english_have_three_letters() -> None:
    names = [month(SEPTEMBER.replace(month=one)) for one in range(1, 13)]
    assert names == ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def test_a_block_speaks_another_language_than_the_program() -> None:
    welsh, french = language("cy"), language("fr")
    speak(welsh)
    with speaking(french):
        assert current() is french
        assert day(SEPTEMBER) == "5 septembre 2022"
    assert current() is welsh
    assert day(SEPTEMBER) == "5 Medi 2022"
    speak(ENGLISH)
    assert day(SEPTEMBER) == "5 September 2022"


def test_a_block_that_fails_is_left() -> None:
    with pytest.raises(ValueError, match="no"), speaking(language("cy")):
        raise ValueError("no")
    assert current() is ENGLISH
