"""What is said in English in one room is told in another language where people read it."""

from __future__ import annotations

import copy
import pickle
from gettext import NullTranslations

import orjson
import pytest

from reports.language import Language, speaking, told
from rules.problems import LONGEST, Place, Problem
from rules.said import Said, said, said_of

WELSH = {
    "There is no column {name}.": "Nid oes colofn {name}.",
    "Did you mean {name}?": "Ai {name} oeddech chi’n ei feddwl?",
    "{number} row is left out.": "Mae {number} rhes wedi’i hepgor.",
    "{number} rows are left out.": "Mae {number} o resi wedi’u hepgor.",
    "none": "dim",
    "Known here: {names}.": "Yn hysbys yma: {names}.",
}


class Welsh(NullTranslations):
    """A few sentences."""

    def gettext(self, message: str) -> str:
        return WELSH.get(message, message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def in_welsh(text: str) -> str:
    with speaking(Language("cy", Welsh())):
        return told(text)


def test_it_is_english_until_it_is_told() -> None:
    text = said("There is no column {name}.", name="pionts")
    assert text == "There is no column pionts."
    assert orjson.dumps({"message": text}) == b'{"message":"There is no column pionts."}'
    assert told(text) == "There is no column pionts."
    assert in_welsh(text) == "Nid oes colofn pionts."


@pytest.mark.parametrize(
    ("number", "english", "welsh"),
    [
        (1, "1 row is left out.", "Mae 1 rhes wedi’i hepgor."),
        (2, "2 rows are left out.", "Mae 2 o resi wedi’u hepgor."),
        (0, "0 rows are left out.", "Mae 0 o resi wedi’u hepgor."),
    ],
)
def test_a_number_chooses_the_form(number: int, english: str, welsh: str) -> None:
    text = said_of(number, "{number} row is left out.", "{number} rows are left out.", number=number)
    assert text == english
    assert in_welsh(text) == welsh


def test_what_fills_a_place_is_told_too() -> None:
    text = said("Known here: {names}.", names=said("none"))
    assert text == "Known here: none."
    assert in_welsh(text) == "Yn hysbys yma: dim."


def test_what_nobody_translated_stays_english() -> None:
    assert in_welsh(said("The file has no {what}.", what="header")) == "The file has no header."
    assert in_welsh("There is no column {name}.") == "There is no column {name}."


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))])
def test_a_copy_knows_what_it_was_made_of(copied: object) -> None:
    text = said_of(2, "{number} row is left out.", "{number} rows are left out.", number=2)
    again = copied(text)  # type: ignore[operator]
    assert isinstance(again, Said)
    assert again == text
    assert in_welsh(again) == in_welsh(text)


def test_a_problem_keeps_it_whatever_it_quotes() -> None:
    problem = Problem("PF502", said("There is no column {name}.", name="a\x1b[31mb"), Place("file"))
    assert problem.message == "There is no column a\\x1b[31mb."
    assert in_welsh(problem.message) == "Nid oes colofn a\\x1b[31mb."


def test_a_problem_that_quotes_too_much_is_cut() -> None:
    problem = Problem("PF502", said("There is no column {name}.", name="n" * 4 * LONGEST), Place("file"))
    assert problem.message == f"There is no column {'n' * 4 * LONGEST}"[: LONGEST - 1] + "…"


def test_a_place_without_a_value_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError, match="name"):
        said("There is no column {name}.")
