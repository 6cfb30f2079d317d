from __future__ import annotations

from typing import Any

import pytest

from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.world import World, a_return

PATH = "/v1/declarations"


def declared(**changes: Any) -> dict[str, Any]:
    """A declaration for York; None takes a key away."""
    given = {
        "pdu": "york",
        "from": "2022-08-31",
        "until": "2022-09-02",
        "status": "amber",
        "by": "regional-director",
        "reason": "The office is flooded.",
    } | changes
    return {key: value for key, value in given.items() if value is not None}


def made(world: World, **changes: Any) -> dict[str, Any]:
    answer = world.post(PATH, declared(**changes))
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def refused(
    world: World, body: Any, status: int = 422, code: str = "PF724", path: str = PATH, **more: Any
) -> list[tuple[str, str]]:
    """What is refused records nothing. The code and place of each problem."""
    before = world.head()
    told = problem(world.post(path, body, **more), status, code)
    assert world.head() == before
    return [(one["code"], one["path"]) for one in told["problems"]]


def test_a_declaration_sets_the_status(world: World) -> None:
    world.post("/v1/returns", a_return(as_of="2022-08-29"))
    answer = world.post(PATH, declared())
    told = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{PATH}/{told['declaration']['id']}"
    assert world.get(answer.headers["location"]).json() == told["declaration"]
    assert told["declaration"] == declared() | {
        "id": told["declaration"]["id"],
        "kind": "declaration",
        "region": None,
        "renew": [],
        "recorded_at": told["recorded_at"],
        "ended": None,
        "in_force_until": "2022-09-02",
        "taken_back": False,
    }
    (now,) = told["decisions"]
    assert (now["pdu"], now["status"], now["as_of"]) == ("york", "amber", "2022-08-31")
    decision = world.get(f"/v1/decisions/{now['decision']}").json()
    assert decision["declared"]["reason"] == "The office is flooded."


@pytest.mark.parametrize(
    ("changes", "pdus"),
    [
        ({}, ["york"]),
        ({"pdu": None, "region": "north"}, ["hull", "york"]),
        ({"pdu": None}, ["hull", "kent", "york"]),
        ({"from": "2022-09-02"}, []),
    ],
)
def test_whom_it_is_for(world: World, changes: dict[str, Any], pdus: list[str]) -> None:
    told = made(world, **changes)
    assert [one["pdu"] for one in told["decisions"] if one["status"] == "amber"] == pdus


def test_a_reason_may_have_lines_and_any_language(world: World) -> None:
    reason = "Überschwemmung\n\tin York 🌊"
    assert made(world, reason=f"  {reason} ")["declaration"]["reason"] == reason


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": "red"}, [("PF521", "/status")]),
        ({"by": "minister"}, [("PF522", "/by")]),
        ({"by": None}, [("PF522", "/by")]),
        ({"until": "2022-08-30"}, [("PF523", "/until")]),
        ({"until": "2022-12-31"}, [("PF522", "/until")]),
        ({"from": "2022-07-30", "until": "2022-08-01"}, [("PF522", "/from")]),
        ({"pdu": "atlantis"}, [("PF524", "/pdu")]),
        ({"pdu": None, "region": "atlantis"}, [("PF524", "/region")]),
        ({"region": "north"}, [("PF520", "/region")]),
        ({"pdu": "leeds"}, [("PF515", "/pdu")]),
        ({"renew": ["visits", "naps"]}, [("PF525", "/renew/1")]),
        ({"status": "red", "by": "minister", "renew": ["naps"]},
         [("PF522", "/by"), ("PF525", "/renew/0"), ("PF521", "/status")]),
        ({"reason": ""}, [("PF724", "/reason")]),
        ({"reason": "\x1b[31m"}, [("PF724", "/reason")]),
        ({"reason": "\x00"}, [("PF724", "/reason")]),
        ({"reason": " \n "}, [("PF724", "/reason")]),
        ({"reason": "\ud800"}, [("PF724", "/reason")]),
        ({"reason": "a" * 4001}, [("PF724", "/reason")]),
        ({"reason": 1}, [("PF724", "/reason")]),
        ({"from": "2022-02-30"}, [("PF724", "/from")]),
        ({"from": "2022-08-31T00:00:00Z"}, [("PF724", "/from")]),
        ({"from": 20220831}, [("PF724", "/from")]),
        ({"from": "9999-12-31", "until": "9999-12-31"}, [("PF724", "/from"), ("PF724", "/until")]),
        ({"from": "0001-01-01"}, [("PF724", "/from")]),
        ({"from": "٢٠٢٢-٠٨-٣١"}, [("PF724", "/from")]),
        ({"pdu": "yo rk"}, [("PF724", "/pdu")]),
        ({"pdu": ["york"]}, [("PF724", "/pdu")]),
        ({"status": True}, [("PF724", "/status")]),
        ({"renew": "visits"}, [("PF724", "/renew")]),
        ({"renew": ["visits"] * 501}, [("PF724", "/renew")]),
        ({"colour": "red", "from_": "2022-08-31"}, [("PF724", "/colour"), ("PF724", "/from_")]),
        ({"until": None, "reason": None}, [("PF724", "/reason"), ("PF724", "/until")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_pointer(
    still: World, changes: dict[str, Any], expected: list[Any]
) -> None:
    found = refused(still, declared(**changes), code=expected[0][0])
    assert sorted(found, key=lambda one: one[1]) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'"a"',
        b"1",
        b"{",
        b"{}x",
        b"\xff",
        b"\xef\xbb\xbf{}",
        b'{"pdu": "york", "pdu": "kent"}',
        b'{"reason": "a", "x": {"b": 1, "b": 2}}',
        b"[" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
        b"9" * 1_000_000,
        b'{"from": ' + b"9" * 1_000_000 + b"}",
        b'{"from": 1e999999}',
        b'{"from": NaN}',
        b'{"from": -Infinity}',
        b'{"\\ud800": 1}',
        b'{"a": "\\udfff\\ud800"}',
        b'{"a": "\n"}',
        b"{" + b",".join(b'"k%d": 1' % index for index in range(20_000)) + b"}",
        b'{"renew": [' + b"1," * 100_000 + b"1]}",
    ],
)
def test_malformed_bodies_are_refused_within_limits(still: World, body: bytes) -> None:
    before = still.head()
    answer = still.post(PATH, body)
    problem(answer, 422, "PF724")
    assert len(answer.content) < 300_000
    assert still.head() == before


def test_the_line_and_column_of_broken_json(still: World) -> None:
    told = problem(still.post(PATH, b'{"pdu":\n  "york",,}'), 422, "PF724")
    assert (told["problems"][0]["line"], told["problems"][0]["column"]) == (2, 10)


def test_a_body_beyond_the_limit(still: World) -> None:
    refused(still, b" " * (1024 * 1024 + 1), 413, "PF722")


@pytest.mark.parametrize(
    "kind", ["", "text/csv", "application/json; charset=latin-1", "application/x-ndjson"]
)
def test_other_kinds_of_body_are_not_taken(still: World, kind: str) -> None:
    refused(still, b"{}", 415, "PF723", kind=kind)


# Who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "claims", "changes", "status"),
    [
        (["regional-director"], {"regions": ["north"]}, {"by": None}, 201),
        (["regional-director"], {"regions": ["north"]}, {}, 201),
        (["regional-director"], {"regions": ["north"]}, {"by": None, "pdu": None, "region": "north"}, 201),
        (["hq"], {}, {}, 201),
        (["hq"], {}, {"pdu": None}, 201),
        (["regional-director"], {"regions": ["south"]}, {"by": None}, 403),
        (["regional-director"], {"regions": ["north"]}, {"by": None, "pdu": None}, 403),
        (["regional-director"], {"regions": ["north"]}, {"by": None, "pdu": None, "region": "south"}, 403),
        (["regional-director"], {}, {"by": None}, 403),
        (["regional-director"], {"regions": ["north"]}, {"by": "hq"}, 422),
        (["regional-director"], {"regions": ["north"]}, {"by": "minister"}, 422),
        (["pdu-head"], {"pdus": ["york"]}, {}, 403),
        (["viewer"], {}, {}, 403),
        (["operator"], {}, {}, 403),
        (["hq"], {}, {"by": None}, 422),
    ],
)
def test_who_may_declare(
    still_guarded: World, issuer: Issuer, roles: list[str], claims: dict[str, Any], changes: Any, status: int
) -> None:
    headers = issuer.bearer(*roles, **claims)
    before = still_guarded.head()
    answer = still_guarded.post(PATH, declared(**changes), headers=headers)
    assert answer.status_code == status, answer.text
    if status == 201:
        assert answer.json()["declaration"]["by"] == "regional-director"
    else:
        assert still_guarded.head() == before
        assert answer.json()["code"] == ("PF728" if status == 403 else "PF522")


def test_no_person_is_told_of(guarded: World, issuer: Issuer) -> None:
    headers = issuer.bearer("regional-director", regions=["north"], sub="jo.bloggs")
    answer = guarded.post(PATH, declared(by=None), headers=headers)
    answers = [
        answer,
        guarded.get(PATH, headers=headers),
        guarded.get(answer.headers["location"], headers=headers),
    ]
    assert all("bloggs" not in one.text and "a-client" not in one.text for one in answers)


# Ending ------------------------------------------------------------------------------------------------------------


def end(world: World, id_: str, **body: Any) -> Any:
    return world.post(f"{PATH}/{id_}/end", {"reason": "It is dry."} | body)


def test_an_end_without_a_day_holds_from_today(world: World) -> None:
    id_ = made(world, **{"from": "2022-08-29"})["declaration"]["id"]
    told = end(world, id_)
    assert told.status_code == 200, told.text
    declaration = told.json()["declaration"]
    assert declaration["ended"] == {
        "last_day": "2022-08-30",
        "reason": "It is dry.",
        "recorded_at": told.json()["recorded_at"],
    }
    assert (declaration["until"], declaration["in_force_until"]) == ("2022-09-02", "2022-08-30")
    assert [one["status"] for one in told.json()["decisions"]] == ["indeterminate"]
    past = world.get("/v1/pdus/york/decision", params={"as_of": "2022-08-30"}).json()
    assert past["status"] == "amber"


def test_an_end_before_the_first_day_takes_it_back(world: World) -> None:
    id_ = made(world, **{"from": "2022-08-29"})["declaration"]["id"]
    told = end(world, id_, last_day="2022-08-28").json()["declaration"]
    assert (told["taken_back"], told["in_force_until"]) == (True, None)
    past = world.get("/v1/pdus/york/decision", params={"as_of": "2022-08-30"}).json()
    assert past["status"] == "indeterminate"
    assert world.get(PATH, params={"in_force_on": "2022-08-30"}).json()["declarations"] == []


def test_a_later_last_day_may_lie_ahead(world: World) -> None:
    id_ = made(world)["declaration"]["id"]
    assert end(world, id_, last_day="2022-09-01").json()["declaration"]["in_force_until"] == "2022-09-01"


@pytest.mark.parametrize("last_day", ["2022-09-02", "2022-09-03", "9800-12-31"])
def test_an_end_makes_nothing_last_longer(world: World, last_day: str) -> None:
    id_ = made(world)["declaration"]["id"]
    refused(world, {"reason": "x", "last_day": last_day}, 409, "PF709", f"{PATH}/{id_}/end")


def test_what_is_over_cannot_be_ended(world: World) -> None:
    id_ = made(world, **{"from": "2022-08-20", "until": "2022-08-25"})["declaration"]["id"]
    refused(world, {"reason": "x"}, 409, "PF709", f"{PATH}/{id_}/end")


def test_what_was_ended_cannot_be_ended_again(world: World) -> None:
    id_ = made(world)["declaration"]["id"]
    end(world, id_)
    refused(world, {"reason": "x", "last_day": "2022-08-29"}, 409, "PF709", f"{PATH}/{id_}/end")


@pytest.mark.parametrize(
    "id_", ["declaration-1", "suspension-3", "declaration-999999999999999999999", "x", "%00", "a%2Fb", "😀"]
)
def test_what_is_not_there_cannot_be_ended(still: World, id_: str) -> None:
    before = still.head()
    answer = still.post(f"{PATH}/{id_}/end", {"reason": "x"})
    assert answer.status_code == 404
    assert answer.json()["code"] in ("PF708", "PF720")
    assert still.head() == before


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({}, ["/reason"]),
        ({"reason": "x", "last_day": "soon"}, ["/last_day"]),
        ({"reason": "x", "last_day": 5}, ["/last_day"]),
        ({"reason": "x", "until": "2022-09-01"}, ["/until"]),
        ([], [""]),
    ],
)
def test_what_is_wrong_with_an_end(world: World, body: Any, paths: list[str]) -> None:
    id_ = made(world)["declaration"]["id"]
    assert [path for _, path in refused(world, body, path=f"{PATH}/{id_}/end")] == paths


@pytest.mark.parametrize(
    ("roles", "claims", "status"),
    [
        (["regional-director"], {"regions": ["north"]}, 200),
        (["hq"], {}, 200),
        (["regional-director"], {"regions": ["south"]}, 403),
        (["pdu-head"], {"pdus": ["york"]}, 403),
        (["viewer"], {}, 403),
    ],
)
def test_who_may_end(
    guarded: World, issuer: Issuer, roles: list[str], claims: dict[str, Any], status: int
) -> None:
    hq = issuer.bearer("hq")
    id_ = guarded.post(PATH, declared(), headers=hq).json()["declaration"]["id"]
    before = guarded.head()
    answer = guarded.post(f"{PATH}/{id_}/end", {"reason": "x"}, headers=issuer.bearer(*roles, **claims))
    assert answer.status_code == status
    assert (guarded.head() > before) == (status == 200)
