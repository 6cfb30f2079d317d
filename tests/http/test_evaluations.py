from __future__ import annotations

from typing import Any

import pytest

from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.world import World, a_return

PATH = "/v1/evaluations"
EVENT = {
    "from": "2022-08-29",
    "until": "2022-08-30",
    "status": "amber",
    "by": "regional-director",
    "reason": "x",
}


def asked(staff: Any = 5, **more: Any) -> dict[str, Any]:
    return {"returns": [a_return(staff=staff)], **more}


def tried(**numbers: Any) -> list[dict[str, Any]]:
    return [{"pdu": "york", "numbers": numbers}]


def decided(world: World, body: Any) -> list[dict[str, Any]]:
    before = world.head()
    answer = world.post(PATH, body)
    assert answer.status_code == 200, answer.text
    assert world.head() == before
    found: list[dict[str, Any]] = answer.json()["decisions"]
    return found


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (asked(10), "green"),
        (asked(5), "amber"),
        (asked(8), "green"),
        (asked(7.5), "amber"),
        (asked(7.5, trigger_points=[{"pdu": "york", "numbers": {"low": 85}}]), "green"),
        (asked(7.5, trigger_points=[{"region": "north", "numbers": {"low": 85.0}}]), "green"),
        (asked(7.5, trigger_points=[{"region": "south", "numbers": {"low": 85}}]), "amber"),
        (asked(7.5, trigger_points=[{"pdu": "hull", "numbers": {"low": 85}}]), "amber"),
        (asked(8.8, trigger_points=[{"region": "north", "numbers": {"low": 95}}]), "amber"),
        (asked(8.8, trigger_points=[{"region": "north", "numbers": {"low": 95}},
                                    {"pdu": "york", "numbers": {"low": 80}}]), "green"),
        (asked(7.3, version="v2"), "amber"),
        (asked(5, as_of="2022-09-30"), "indeterminate"),
        (asked(5, as_of="2022-09-10"), "amber"),
        (asked(10, events={"declarations": [EVENT]}), "amber"),
        (asked(10, events={"suspensions": [{"from": "2022-08-01", "by": "hq", "reason": "x"}]}), "suspended"),
        (asked(10, events={"suspensions": [{"from": "2022-08-01", "by": "hq", "reason": "x", "region": "south"}]}),
         "green"),
        (asked(10, events={}), "green"),
        (asked(10, events=None, version=None, as_of=None, trigger_points=[]), "green"),
    ],
)  # fmt: skip
def test_what_would_follow(still: World, body: Any, status: str) -> None:
    (decision,) = decided(still, body)
    assert (decision["status"], decision["decided_at"]) == (status, None)


def test_what_is_recorded_does_not_count(world: World) -> None:
    world.post("/v1/returns", a_return(as_of="2022-08-22", staff=5))
    world.post("/v1/suspensions", {"from": "2022-08-01", "reason": "x"})
    (decision,) = decided(world, asked(10))
    assert (decision["status"], decision["since"]) == ("green", "2022-08-29")


def test_a_region_s_own_settings_count(still: World) -> None:
    body = {
        "returns": [a_return("hull", staff=5)],
        "trigger_points": [{"region": "north", "numbers": {"low": 95}}],
    }
    (decision,) = decided(still, body)
    assert decision["settings"]["withhold"] == ["visits"]
    assert decision["settings"]["trigger_points"]["low"]["value"] == "95"


def test_each_pdu_has_its_decision_in_order_and_those_that_are_not_are_told(still: World) -> None:
    body = {"returns": [a_return("york"), a_return("kent"), a_return("leeds", "2022-08-01")]}
    answer = still.post(PATH, body).json()
    assert [one["pdu"]["id"] for one in answer["decisions"]] == ["kent", "york"]
    assert [(one["pdu"], one["as_of"]) for one in answer["undecided"]] == [("leeds", "2022-08-29")]


def test_no_version_in_force_is_told(still: World) -> None:
    answer = still.post(PATH, {"returns": [a_return(as_of="2022-07-01")]}).json()
    assert answer["decisions"] == []
    assert "No version" in answer["undecided"][0]["message"]


def test_returns_in_any_order_give_the_same(still: World) -> None:
    returns = [
        a_return(as_of=f"2022-08-{day:02}", staff=staff)
        for day, staff in ((8, 10), (15, 5), (22, 5), (29, 9))
    ]
    one, other = decided(still, {"returns": returns}), decided(still, {"returns": returns[::-1]})
    assert one == other


EVENT = {
    "from": "2022-08-29",
    "until": "2022-08-30",
    "status": "amber",
    "by": "regional-director",
    "reason": "x",
}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, [("PF724", "/returns")]),
        ({"returns": []}, [("PF724", "/returns")]),
        ({"returns": {}}, [("PF724", "/returns")]),
        ({"returns": [1]}, [("PF501", "/returns/0")]),
        ({"returns": [a_return(), {}]}, [("PF503", "/returns/1/as_of"), ("PF503", "/returns/1/pdu")]),
        ({"returns": [a_return("atlantis")]}, [("PF504", "/returns/0/pdu")]),
        (asked("5"), [("PF508", "/returns/0/in_post/PO")]),
        (asked(5.55), [("PF509", "/returns/0/in_post/PO")]),
        (asked(True), [("PF508", "/returns/0/in_post/PO")]),
        ({"returns": [{**a_return(), "pionts": 1}]}, [("PF502", "/returns/0/pionts")]),
        ({"returns": [a_return(as_of="2023-01-01")]}, [("PF506", "/returns/0/as_of")]),
        ({"returns": [a_return(), a_return(staff=9)]}, [("PF512", "/returns/1/in_post/PO")]),
        (asked(version="v9"), [("PF724", "/version")]),
        (asked(version=""), [("PF724", "/version")]),
        (asked(version=8), [("PF724", "/version")]),
        (asked(as_of="tomorrow"), [("PF724", "/as_of")]),
        (asked(as_of="9999-12-31"), [("PF724", "/as_of")]),
        (asked(what="x"), [("PF724", "/what")]),
        (asked(trigger_points={}), [("PF724", "/trigger_points")]),
        (asked(trigger_points=[{"numbers": {"low": 85}}]), [("PF724", "/trigger_points/0")]),
        (asked(trigger_points=[{"pdu": "york", "region": "north", "numbers": {"low": 85}}]),
         [("PF724", "/trigger_points/0")]),
        (asked(trigger_points=[{"pdu": "york", "numbers": {}}]), [("PF724", "/trigger_points/0/numbers")]),
        (asked(trigger_points=tried(low="85")), [("PF724", "/trigger_points/0/numbers/low")]),
        (asked(trigger_points=tried(low=True)), [("PF724", "/trigger_points/0/numbers/low")]),
        (asked(trigger_points=tried(low=99)), [("PF203", "/trigger_points/0/numbers/low")]),
        (asked(trigger_points=tried(lwo=85)), [("PF250", "/trigger_points/0/numbers/lwo")]),
        (asked(trigger_points=[{"pdu": "atlantis", "numbers": {"low": 85}}]), [("PF524", "/trigger_points/0/pdu")]),
        (asked(trigger_points=[{"region": "atlantis", "numbers": {"low": 85}}]),
         [("PF524", "/trigger_points/0/region")]),
        (asked(as_of="2022-07-01", trigger_points=[{"pdu": "york", "numbers": {"low": 85}}]),
         [("PF724", "/trigger_points")]),
        (asked(events=[]), [("PF724", "/events")]),
        (asked(events={"ends": []}), [("PF724", "/events/ends")]),
        (asked(events={"declarations": [EVENT | {"status": "red"}]}), [("PF521", "/events/declarations/0/status")]),
        (asked(events={"declarations": [EVENT | {"by": "minister"}]}), [("PF522", "/events/declarations/0/by")]),
        (asked(events={"declarations": [EVENT | {"pdu": "x"}]}), [("PF524", "/events/declarations/0/pdu")]),
        (asked(events={"declarations": [EVENT | {"until": "2022-08-01"}]}),
         [("PF523", "/events/declarations/0/until")]),
        (asked(events={"declarations": [EVENT | {"reason": "\ud800"}]}), [("PF724", "/events/declarations/0/reason")]),
        (asked(events={"suspensions": [{"from": "2022-08-01"}]}),
         [("PF724", "/events/suspensions/0/by"), ("PF724", "/events/suspensions/0/reason")]),
        (asked(events={"declarations": [EVENT] * 201}), [("PF724", "/events/declarations")]),
        ({"returns": [a_return()] * 2_501}, [("PF724", "/returns")]),
        (asked(trigger_points=tried(low=85) * 21), [("PF724", "/trigger_points")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_pointer(
    still: World, body: Any, expected: list[tuple[str, str]]
) -> None:
    before = still.head()
    told = problem(still.post(PATH, body), 422, expected[0][0])
    assert sorted((one["code"], one["path"]) for one in told["problems"]) == expected
    assert still.head() == before


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"null", b"{", b"\xff", b'{"returns": [{"pdu": "york", "pdu": "kent"}]}',
        b'{"returns": ' + b"[" * 100_000, b'{"returns": [' + b'{"a":' * 100_000,
        b'{"returns": [{"pdu": "york", "as_of": "2022-08-29", "points": ' + b"9" * 1_000_000 + b"}]}",
        b'{"returns": [{"pdu": "york", "as_of": "2022-08-29", "points": 1e400}]}',
        b'{"returns": [{"pdu": "york", "as_of": "2022-08-29", "points": NaN}]}',
        b'{"returns": [{"pdu": "york", "as_of": "2022-08-29", "note": "\\udc00"}]}',
        b'{"returns": [{"pdu": "york", "as_of": "2022-08-29", "\\udc00": 1}]}',
        b'{"returns": [' + b"[]," * 2_000 + b"[]]}",
        b'{"returns": [{' + b",".join(b'"k%d": 1' % index for index in range(20_000)) + b"}]}",
    ],
)  # fmt: skip
def test_malformed_bodies_are_refused_within_limits(still: World, body: bytes) -> None:
    answer = still.post(PATH, body)
    assert answer.status_code == 422, answer.text[:300]
    assert len(answer.content) < 300_000


@pytest.mark.parametrize(
    "kind", ["", "text/csv", "application/x-ndjson", "application/json; charset=latin-1"]
)
def test_other_kinds_of_body_are_not_taken(still: World, kind: str) -> None:
    problem(still.post(PATH, b"{}", kind), 415, "PF723")


@pytest.mark.parametrize("role", ["viewer", "pdu-head", "regional-director", "hq"])
def test_everyone_may_try_out_everyone(still_guarded: World, issuer: Issuer, role: str) -> None:
    assert still_guarded.post(PATH, asked(), headers=issuer.bearer(role)).status_code == 200


def test_but_not_nobody(still_guarded: World, issuer: Issuer) -> None:
    problem(still_guarded.post(PATH, asked()), 401, "PF727")
    problem(still_guarded.post(PATH, asked(), headers=issuer.bearer("operator")), 403, "PF728")
