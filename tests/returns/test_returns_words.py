"""An organisation's own words for its units stand in what is said of returns and events; parsed values are read too."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from engine.returns import Returns, read_parsed
from rules.model import Events, Organisation
from rules.problems import Place, ReturnsError
from tests.returns.conftest import ORGANISATION, ORGANISED, TODAY, VOCABULARY, model

PRISONS: Organisation = model(
    Organisation,
    ORGANISATION + "unit: {one: prison, many: prisons}\ngroup: {one: estate, many: estates}\n",
)


def said(work: Callable[[], Any]) -> list[tuple[str, str, str]]:
    with pytest.raises(ReturnsError) as refused:
        work()
    return [(one.code, one.message, one.hint) for one in refused.value.problems]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("r.csv", "pdu,as_of,wmt_points\n,2022-08-22,1\n",
         [("PF503", "There is no prison here.", "Write the id of the prison.")]),
        ("r.csv", "pdu,as_of,wmt_points\nyorc,2022-08-22,1\n",
         [("PF504", "There is no prison 'yorc'.", "Did you mean york?")]),
        ("r.csv", "as_of,wmt_points\n2022-08-22,1\n",
         [("PF503", "The column pdu is missing: the id of each prison.", "Add pdu to the header.")]),
        ("r.csv", "pdu,as_of,wmt_points\nhull,2022-08-22,1\nleeds-east,2022-01-03,1\n",
         [("PF515", "leeds-east begins on 2022-06-01, after 2022-01-03.", "Send the figures of leeds.")]),
        ("r.json", '{"pdu": true, "as_of": "2022-08-22", "wmt_points": 1}',
         [("PF504", "pdu takes an id, which is a text, not true.", "Write the id of the prison.")]),
    ],
)  # fmt: skip
def test_returns_are_refused_in_the_organisations_words(
    read: Callable[..., Returns], name: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert said(lambda: read(text, name, organisation=PRISONS)) == expected
    plain = said(lambda: read(text, name))
    assert [one[0] for one in plain] == [one[0] for one in expected]
    assert "prison" not in str(plain)


def test_a_row_that_is_left_out_is_told_in_the_organisations_words(read: Callable[..., Returns]) -> None:
    text = "pdu,as_of,wmt_points\n,2022-08-22,1\nyork,2022-08-22,1\n"
    (note,) = read(text, organisation=PRISONS, skip_bad_rows=True).notes
    assert note.message == "Row 2 is left out: it does not tell its prison and day."


@pytest.mark.parametrize(
    ("whose", "expected"),
    [
        ("pdu: york, region: north", ("PF520", "An event is for one prison or one estate, not for both.")),
        ("pdu: yorc", ("PF524", "There is no prison 'yorc'.")),
        ("region: nort", ("PF524", "There is no estate 'nort'.")),
    ],
)
def test_events_are_refused_in_the_organisations_words(
    events: Callable[..., Events], whose: str, expected: tuple[str, str]
) -> None:
    text = f"suspensions: [{{from: 2022-08-22, by: hq, reason: So., {whose}}}]"
    assert [one[:2] for one in said(lambda: events(text, organisation=PRISONS))] == [expected]


def place(number: int, name: str) -> Place:
    return Place("body", path=f"/returns/{number - 1}/{name}")


def parsed(*values: Any) -> Returns:
    return read_parsed(values, "body", place, vocabulary=VOCABULARY, organisation=ORGANISED, today=TODAY)


def test_parsed_values_are_read_as_a_file_of_them_is(read: Callable[..., Returns]) -> None:
    value = {"pdu": "york", "as_of": "2022-08-22", "in_post_fte": {"PO": Decimal("1.50")}, "note": "So."}
    text = '{"pdu": "york", "as_of": "2022-08-22", "in_post_fte": {"PO": 1.50}, "note": "So."}'
    assert parsed(value) == read(text, "returns.json")


def test_all_that_is_wrong_with_parsed_values_is_told_where_it_stands() -> None:
    with pytest.raises(ReturnsError) as refused:
        parsed(
            {"pdu": "york", "as_of": "2022-08-22", "wmt_points": Decimal(-1)},
            7,
            {"pdu": "york", "as_of": "2022-08-22", "in_post_fte": {"XX": Decimal(1)}, "wmt": None},
        )
    assert {(one.code, one.place.path) for one in refused.value.problems} == {
        ("PF510", "/returns/0/wmt_points"),
        ("PF501", "/returns/1/"),
        ("PF507", "/returns/2/in_post_fte[XX]"),
        ("PF502", "/returns/2/wmt"),
    }
