from __future__ import annotations

from typing import Any

import pytest

from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.world import World, a_return

PATH = "/v1/suspensions"
EVENT = {"pdu": "york", "from": "2022-08-31", "reason": "Exceptional delivery models are in force."}


def suspended(**changes: Any) -> dict[str, Any]:
    """A suspension for York; None takes a key away."""
    return {key: value for key, value in (EVENT | changes).items() if value is not None}


def made(world: World, **changes: Any) -> dict[str, Any]:
    answer = world.post(PATH, suspended(**changes))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def test_a_suspension_sets_the_framework_aside(world: World) -> None:
    world.post("/v1/returns", a_return(staff=5))
    answer = world.post(PATH, suspended(until="2022-09-10"))
    assert answer.status_code == 201
    told = answer.json()
    assert told["suspension"] == suspended(until="2022-09-10") | {
        "id": told["suspension"]["id"],
        "kind": "suspension",
        "by": "hq",
        "region": None,
        "recorded_at": told["recorded_at"],
        "ended": None,
        "in_force_until": "2022-09-10",
        "taken_back": False,
    }
    assert answer.headers["location"] == f"{PATH}/{told['suspension']['id']}"
    assert world.get(answer.headers["location"]).json() == told["suspension"]
    assert [one["status"] for one in told["decisions"]] == ["suspended"]
    later = world.get("/v1/pdus/york/decision", params={"as_of": "2022-09-11"}).json()
    assert later["status"] == "amber"


def test_until_further_notice_and_then_ended(world: World) -> None:
    told = made(world, pdu=None, **{"from": "2022-08-15"})
    assert (told["suspension"]["until"], told["suspension"]["in_force_until"]) == (None, None)
    assert [one["pdu"] for one in told["decisions"]] == ["hull", "kent", "york"]
    answer = world.post(
        f"{PATH}/{told['suspension']['id']}/end", {"reason": "Over.", "last_day": "2022-08-31"}
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["suspension"]["in_force_until"] == "2022-08-31"
    assert {one["status"] for one in answer.json()["decisions"]} == {"suspended"}
    history = world.get("/v1/pdus/york/history", params={"from": "2022-08-10"}).json()["stretches"]
    assert [(one["first"], one["status"]) for one in history] == [("2022-08-15", "suspended")]
    tomorrow = world.get("/v1/pdus/york/decision", params={"as_of": "2022-09-01"}).json()
    assert tomorrow["status"] == "indeterminate"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"until": "2022-08-30"}, ("PF523", "/until")),
        ({"pdu": "atlantis"}, ("PF524", "/pdu")),
        ({"pdu": "leeds"}, ("PF515", "/pdu")),
        ({"region": "north"}, ("PF520", "/region")),
        ({"pdu": None, "region": "atlantis"}, ("PF524", "/region")),
        ({"status": "amber"}, ("PF724", "/status")),
        ({"renew": []}, ("PF724", "/renew")),
        ({"reason": None}, ("PF724", "/reason")),
        ({"from": None}, ("PF724", "/from")),
        ({"until": "9999-12-31"}, ("PF724", "/until")),
        ({"until": 0}, ("PF724", "/until")),
        ({"by": ""}, ("PF724", "/by")),
    ],
)
def test_what_is_wrong_is_told_with_its_pointer(
    still: World, changes: Any, expected: tuple[str, str]
) -> None:
    before = still.head()
    told = problem(still.post(PATH, suspended(**changes)), 422, expected[0])
    assert [(one["code"], one["path"]) for one in told["problems"]] == [expected]
    assert still.head() == before


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b"[" * 100_000, b'{"from": NaN}', b'{"reason": "a", "reason": "b"}', b"1" * 1_000_000],
)
def test_malformed_bodies_are_refused(still: World, body: bytes) -> None:
    before = still.head()
    problem(still.post(PATH, body), 422, "PF724")
    assert still.head() == before


@pytest.mark.parametrize(
    ("roles", "claims", "changes", "status", "by"),
    [
        (["regional-director"], {"regions": ["north"]}, {}, 201, "regional-director"),
        (["hq"], {}, {"pdu": None}, 201, "hq"),
        (["hq"], {}, {"by": "minister"}, 201, "minister"),
        (["regional-director"], {"regions": ["north"]}, {"by": "minister"}, 422, "PF522"),
        (["regional-director"], {"regions": ["north"]}, {"pdu": None}, 403, "PF728"),
        (["regional-director"], {"regions": ["south"]}, {}, 403, "PF728"),
        (["pdu-head"], {"pdus": ["york"]}, {}, 403, "PF728"),
        (["viewer"], {}, {}, 403, "PF728"),
        (["operator"], {}, {}, 403, "PF728"),
    ],
)
def test_who_may_suspend(
    still_guarded: World, issuer: Issuer, roles: list[str], claims: Any, changes: Any, status: int, by: str
) -> None:
    answer = still_guarded.post(PATH, suspended(**changes), headers=issuer.bearer(*roles, **claims))
    assert answer.status_code == status, answer.text
    assert (answer.json()["suspension"]["by"] if status == 201 else answer.json()["code"]) == by


def test_suspensions_and_declarations_are_kept_apart(world: World) -> None:
    told = made(world)["suspension"]
    problem(world.get(f"/v1/declarations/{told['id']}"), 404, "PF708")
    problem(world.post(f"/v1/declarations/{told['id']}/end", {"reason": "x"}), 404, "PF708")
    assert world.get("/v1/declarations").json() == {"declarations": [], "next": None}
    assert world.get(PATH).json() == {"suspensions": [told], "next": None}


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"pdu": "york"}, 1),
        ({"pdu": "kent"}, 0),
        ({"region": "north", "in_force_on": "2030-01-01"}, 1),
        ({"in_force_on": "2022-08-30"}, 0),
    ],
)
def test_which_are_listed(world: World, query: dict[str, str], count: int) -> None:
    made(world, pdu=None, region="north")
    assert len(world.get(PATH, params=query).json()["suspensions"]) == count


@pytest.mark.parametrize(
    ("last_day", "status"), [("2022-09-04", 200), ("2022-09-05", 409), ("2022-09-06", 409)]
)
def test_an_end_makes_nothing_last_longer(world: World, last_day: str, status: int) -> None:
    id_ = made(world, until="2022-09-05")["suspension"]["id"]
    answer = world.post(f"{PATH}/{id_}/end", {"reason": "x", "last_day": last_day})
    assert answer.status_code == status
    if status == 409:
        problem(answer, 409, "PF709")
