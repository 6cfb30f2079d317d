"""A case is told from its parts: in English as the prover says it, and in another language without any English left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from engine.compare import Case, Comparison
from reports.compare._cases import Cases
from reports.compare._titles import Titles
from reports.language import Language, speaking
from rules.prove.pair.compare import _open_text
from rules.prove.pair.sentence import sentence
from rules.prove.pair.verdict import Label
from tests.compare.compare_kit import comparison

NAMES = ("A plan", "Another plan")
IDS = {
    "staff": "Staff",
    "work": "Work",
    "alert": "Alert",
    "strain": "Strain",
    "low": "Amber below",
    "lowest": "Red below",
    "green": "Green",
    "amber": "Amber",
    "red": "Red",
    "indeterminate": "Indeterminate",
    "visits": "“Home visits”",
    "meetings": "“Team meetings”",
    "audits": "“Audits”",
    "reports": "“Reports”",
    "the first version": NAMES[0],
    "the second version": NAMES[1],
}
CHANGES = (
    (("default: 90", "default: 92"),),
    (("work: {above: 110}", "work: {above: 120}"),),
    (("enter: {staff: {below: lowest}}", "enter: {staff: {below: lowest}, for: 14 days}"),),
    (("minimum_stay: 14 days", "minimum_stay: 21 days"),),
    (("lapses_after: 84 days", "lapses_after: 28 days"),),
    (("[mappa, high]", "[mappa]"), ("only: [new]", "only: [new, high]")),
    (
        (
            "exit: {staff: {at_least: 95}}",
            "exit: {all: [staff: {at_least: 95}, work: {below: 100}], for: 28 days}",
        ),
    ),
)


class Elsewhere(NullTranslations):
    """Another language: every letter of a text that is no place's name becomes an x."""

    def gettext(self, message: str) -> str:
        return re.sub(r"\{\w+\}|[A-Za-z]", lambda match: match[0] if match[0][0] == "{" else "x", message)

    def ngettext(self, one: str, many: str, size: int) -> str:
        return self.gettext(one if size == 1 else many)

    def pgettext(self, context: str, message: str) -> str:
        return self.gettext(message)


def cases(found: Comparison) -> Iterator[Case]:
    told = (*found.verdict.loosens, *found.verdict.tightens)
    yield from (one.case for one in told if one.case is not None)
    yield from (one.case for one in found.changes if one.case is not None)


def named(text: str) -> str:
    """The prover's sentence with names in place of ids, and a capital."""
    ids = "|".join(IDS)
    shown = re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda match: IDS[match[0]], text)
    return shown[:1].upper() + shown[1:]


@pytest.fixture(params=CHANGES, ids=lambda changes: changes[0][1][:30])
def found(request: pytest.FixtureRequest) -> Comparison:
    return comparison(*request.param)


def test_the_parts_tell_what_the_sentence_tells(found: Comparison) -> None:
    words = Cases(found, Titles(found.before, found.after), NAMES)
    verdict = [one.case for one in (*found.verdict.loosens, *found.verdict.tightens) if one.case is not None]
    assert verdict
    for case in verdict:
        assert sentence(case.told, ("the first version", "the second version")) == case.sentence
        assert words.words(case) == named(case.sentence)
        assert words.words(case).startswith(words.start(case))


def test_nothing_of_a_case_stays_english(found: Comparison) -> None:
    with speaking(Language("de", Elsewhere())):
        words = Cases(found, Titles(found.before, found.after), NAMES)
        for case in cases(found):
            for alone in (False, True):
                text = words.words(case, alone=alone)
                for name in sorted({*IDS.values(), *NAMES}, key=len, reverse=True):
                    text = text.replace(name, "")
                left = set(re.findall(r"[A-Za-z]+", text)) - {"none", "high", "mappa", "new", "und", "oder"}
                assert {word for word in left if set(word.lower()) != {"x"}} == set(), text


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        (
            Label("loosens", "permitted", "visits", "amber"),
            "Whether Another plan permits the reduction of “Home visits” from Amber where the first does not",
        ),
        (
            Label("tightens", "permitted", "visits", "amber"),
            "Whether A plan permits the reduction of “Home visits” from Amber where the second does not",
        ),
        (
            Label("loosens", "scope", "audits", "red"),
            "Whether Another plan permits more cases of the reduction of “Audits” from Red where the first does not",
        ),
        (
            Label("tightens", "scope", "audits", "red"),
            "Whether A plan permits more cases of the reduction of “Audits” from Red where the second does not",
        ),
    ],
)
def test_an_open_question(label: Label, expected: str) -> None:
    found = comparison(("default: 90", "default: 92"))
    words = Cases(found, Titles(found.before, found.after), NAMES)
    assert words.question(_open_text(label)) == expected
    with speaking(Language("de", Elsewhere())):
        assert "permits" not in words.question(_open_text(label))


def test_a_question_of_another_kind_is_told_as_it_is() -> None:
    found = comparison(("default: 90", "default: 92"))
    assert (
        Cases(found, Titles(found.before, found.after), NAMES).question("whether low is so")
        == "Whether Amber below is so"
    )
