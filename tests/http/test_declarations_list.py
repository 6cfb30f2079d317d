from __future__ import annotations

from typing import Any

import pytest

from tests.http.kit import problem
from tests.http.test_declarations import PATH, made
from tests.http.world import World


@pytest.fixture
def many(world: World) -> World:
    for changes in (
        {},
        {"pdu": "kent"},
        {"pdu": None, "region": "north"},
        {"pdu": None},
        {"from": "2022-09-10", "until": "2022-09-12"},
    ):
        made(world, **changes)
    return world


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"pdu": "york"}, [0, 2, 3, 4]),
        ({"pdu": "kent"}, [1, 3]),
        ({"region": "north"}, [0, 2, 3, 4]),
        ({"region": "south"}, [1, 3]),
        ({"in_force_on": "2022-09-02"}, [0, 1, 2, 3]),
        ({"in_force_on": "2022-09-11"}, [4]),
        ({"in_force_on": "2022-09-05"}, []),
        ({"pdu": "york", "region": "south"}, [3]),
    ],
)
def test_which_are_listed(many: World, query: dict[str, str], places: list[int]) -> None:
    ids = [one["id"] for one in many.get(PATH).json()["declarations"]]
    assert len(ids) == 5
    found = [one["id"] for one in many.get(PATH, params=query).json()["declarations"]]
    assert found == [ids[place] for place in places]


@pytest.mark.parametrize("limit", [1, 2, 4, 5, 1000])
def test_pages_miss_nothing_and_repeat_nothing(many: World, limit: int) -> None:
    query: dict[str, Any] = {"region": "north", "limit": limit}
    found: list[str] = []
    while True:
        page = many.get(PATH, params=query).json()
        assert len(page["declarations"]) <= limit
        found += [one["id"] for one in page["declarations"]]
        if page["next"] is None:
            break
        query["after"] = page["next"]
    assert found == [one["id"] for one in many.get(PATH, params={"region": "north"}).json()["declarations"]]


def test_an_answer_that_is_still_the_same(many: World) -> None:
    tag = many.get(PATH).headers["etag"]
    assert many.get(PATH, headers={"If-None-Match": tag}).status_code == 304
    made(many)
    assert many.get(PATH, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("pdu=atlantis", 404, "PF720"),
        ("region=atlantis", 422, "PF724"),
        ("in_force_on=tomorrow", 422, "PF730"),
        ("in_force_on=2022-02-30", 422, "PF730"),
        ("after=x", 422, "PF729"),
        ("after=", 422, "PF729"),
        ("after=" + "a" * 5000, 422, "PF729"),
        ("limit=0", 422, "PF724"),
        ("limit=1001", 422, "PF724"),
        ("limit=" + "9" * 5000, 422, "PF724"),
        ("pdus=york", 422, "PF724"),
        ("pdu=york&pdu=kent", 422, "PF724"),
    ],
)
def test_what_is_wrong_with_a_query(still: World, query: str, status: int, code: str) -> None:
    problem(still.get(f"{PATH}?{query}"), status, code)


def test_a_cursor_of_another_list_is_refused(many: World) -> None:
    cursor = many.get(PATH, params={"limit": 1}).json()["next"]
    problem(many.get("/v1/suspensions", params={"after": cursor}), 422, "PF729")


def test_there_is_no_such_declaration(still: World) -> None:
    problem(still.get(f"{PATH}/declaration-1"), 404, "PF708")
