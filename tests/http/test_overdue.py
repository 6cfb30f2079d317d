"""`GET /v1/overdue`: who owes a return by the ledger, as at a day and as known at a moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.http.kit import problem
from tests.http.reads import given, past_weeks, record
from tests.http.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    with past_weeks(tmp_path_factory.mktemp("overdue")) as made:
        yield made


def owed(world: World, query: str = "") -> list[tuple[str, str]]:
    """The units that owe something, and what."""
    answer = world.get(f"/v1/overdue{query}")
    assert answer.status_code == 200, answer.text
    return [(one["pdu"], one["kind"]) for region in answer.json()["regions"] for one in region["owed"]]


def test_nobody_owes_anything_two_days_later(world: World) -> None:
    answer = world.get("/v1/overdue").json()
    assert owed(world) == []
    assert (answer["as_of"], answer["pdus"], answer["fine"]) == ("2022-08-31", 3, 3)
    assert answer["framework"] == {"id": "plan", "version": "v1"}
    assert [region["region"] for region in answer["regions"]] == ["north", "south"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?as_of=2022-08-27", [("kent", "late")]),
        ("?as_of=2022-08-27&region=north", []),
        ("?as_of=2022-09-06", [("york", "late"), ("hull", "late"), ("kent", "late")]),
        ("?as_of=2022-09-13&region=south", [("kent", "stale")]),
        ("?as_of=2022-08-10", [("york", "missing"), ("hull", "missing"), ("leeds", "missing"), ("kent", "missing")]),
        ("?as_of=2022-08-10&kind=late", []),
        ("?as_of=2022-08-10&kind=late&kind=missing&region=south", [("kent", "missing")]),
        ("?as_of=2022-08-22&known_at=2022-08-17T00:00:00Z", []),
        ("?as_of=2022-08-23&known_at=2022-08-17T00:00:00Z", [("york", "late"), ("hull", "late"), ("kent", "late")]),
    ],
)  # fmt: skip
def test_as_at_a_day_and_as_known_then(world: World, query: str, expected: list[tuple[str, str]]) -> None:
    assert owed(world, query) == expected


def test_an_entry_says_what_is_due(world: World) -> None:
    (south,) = world.get("/v1/overdue?as_of=2022-09-06&region=south").json()["regions"]
    assert south["owed"] == [
        {
            "pdu": "kent", "name": "Kent", "contact": None, "kind": "late", "newest": "2022-08-29",
            "due": "2022-09-05", "days": 1, "figure": None, "details": {},
            "says": "A return was due on 2022-09-05, 1 day ago. The newest is of 2022-08-29.",
        }
    ]  # fmt: skip


def test_the_answer_has_an_etag(world: World) -> None:
    first = world.get("/v1/overdue?as_of=2022-08-27")
    again = world.get("/v1/overdue?as_of=2022-08-27", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("?region=nroth", 422, "PF724"),
        ("?region=", 422, "PF724"),
        ("?kind=tardy", 422, "PF724"),
        ("?as_of=soon", 422, "PF730"),
        ("?as_of=2022-02-30", 422, "PF730"),
        ("?known_at=2099-01-01T00:00:00Z", 422, "PF730"),
        ("?known_at=2001-01-01T00:00:00Z", 404, "PF720"),
        ("?as_of=2022-07-31", 404, "PF720"),
        ("?day=2022-08-27", 422, "PF724"),
        ("?region=north&region=south", 422, "PF724"),
    ],
)
def test_what_cannot_be_asked_is_refused(world: World, query: str, status: int, code: str) -> None:
    problem(world.get(f"/v1/overdue{query}"), status, code)


def test_a_correction_takes_the_place_of_what_was_sent(tmp_path: Path) -> None:
    with past_weeks(tmp_path / "own") as own:
        before = own.get("/v1/overdue?region=south").json()
        one = given("kent", "2022-08-29")
        figures = {key: value for key, value in one.figures.items() if key != "points"}
        record(own.ledger, type(one)(one.pdu, one.as_of, figures))
        after = own.get("/v1/overdue?region=south").json()
    assert before["counts"]["not_given"] == 0
    assert [entry["figure"] for entry in after["regions"][0]["owed"]] == ["points"]
