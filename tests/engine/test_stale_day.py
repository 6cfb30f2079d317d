"""Why a status is indeterminate on the very day on which the newest return has grown too old."""

from __future__ import annotations

from typing import Any

import pytest

from tests.engine.engine_kit import Asker, day, declared, history, on, suspended, version

STALE = {"code": "stale", "as_of": "2022-08-01", "stale_after": 14}


def because(asker: Asker, text: str) -> Any:
    return asker(text)["indeterminate_because"]


@pytest.mark.parametrize(
    ("asked", "status", "expected"),
    [
        ("08-14", "amber", []),
        ("08-15", "amber", []),  # fourteen days old
        ("08-16", "indeterminate", [STALE]),
        ("08-17", "indeterminate", [STALE]),
    ],
)
def test_the_reason_is_there_from_the_first_day(asked: str, status: str, expected: list[Any]) -> None:
    asker = Asker(history(80))
    assert asker.on(asked, "status") == (status,)
    assert because(asker, asked) == expected


def test_it_names_the_newest_return_that_there_was() -> None:
    asker = Asker(on(d0801=80, d0805=80))
    assert because(asker, "08-19") == []
    assert because(asker, "08-20") == [{**STALE, "as_of": "2022-08-05"}]


def test_it_counts_by_the_version_in_force_on_the_day() -> None:
    """The second version begins on the day on which the figures are too old for the first."""
    longer = version(
        version="v2", effective=day("08-16"), returns={"every": "7 days", "stale_after": "21 days"}
    )
    asker = Asker(history(80), version(), longer)
    assert because(asker, "08-16") == []
    assert because(asker, "08-22") == []
    assert because(asker, "08-23") == [{**STALE, "stale_after": 21}]
    shorter = version(
        version="v2", effective=day("08-10"), returns={"every": "7 days", "stale_after": "7 days"}
    )
    asker = Asker(history(80), version(), shorter)
    assert because(asker, "08-09") == []
    assert because(asker, "08-10") == [{**STALE, "stale_after": 7}], "it begins with figures that are too old"


def test_a_return_without_figures_is_no_stale_one() -> None:
    asker = Asker(on(d0801=80, d0815=None))
    assert [one["code"] for one in because(asker, "08-16")] == [
        "unknown_condition",
        "unknown_condition",
        "could_be",
    ]
    assert because(asker, "08-30") == [{**STALE, "as_of": "2022-08-15"}]


def test_it_is_told_beside_what_people_have_decided() -> None:
    asker = Asker(history(80), declarations=[declared("08-16", "08-20", "red")])
    assert asker.on("08-16", "status", "calculated") == ("red", "indeterminate")
    assert because(asker, "08-16") == [STALE]
    asker = Asker(history(80), suspensions=[suspended("08-16")])
    assert asker.on("08-16", "status") == ("suspended",)
    assert because(asker, "08-16") == [STALE]
