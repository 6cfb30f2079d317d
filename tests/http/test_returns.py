from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from tests.http.issuer import Issuer
from tests.http.kit import problem, serving
from tests.http.world import World, a_return

JSON, NDJSON, CSV = "application/json", "application/x-ndjson", "text/csv"
TABLE = (
    "pdu,as_of,grade,required,in_post,points\n"
    "york,2022-08-29,PO,10,5,\nyork,2022-08-29,PSO,10,10,\nyork,2022-08-29,,,,1\n"
)


def lines(*returns: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in returns)


def refused(
    world: World, body: Any, kind: str = JSON, status: int = 422, code: str = "PF724", **more: Any
) -> list[Any]:
    """What is refused records nothing."""
    before = world.head()
    told = problem(world.post("/v1/returns", body, kind, **more), status, code)
    assert world.head() == before
    return [(one["code"], one["file"], one["path"]) for one in told["problems"]]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (JSON, json.dumps(a_return(staff=5)).encode()),
        (JSON, json.dumps([a_return(staff=5)]).encode()),
        ("Application/JSON; charset=UTF-8", b"\n " + json.dumps(a_return(staff=5)).encode()),
        (NDJSON, lines(a_return(staff=5))),
        (CSV, TABLE.encode()),
        ('text/csv; charset="utf-8"; header=present', b"\xef\xbb\xbf" + TABLE.encode()),
    ],
)
def test_one_return_in_each_form_is_recorded_alike(world: World, kind: str, body: bytes) -> None:
    answer = world.post("/v1/returns", body, kind)
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["returns"], told["unchanged"], told["corrected"]) == (1, 0, 0)
    assert told["recorded_at"].startswith("2022-08-31T09:30:00.")
    assert told["records"] == {"first": 3, "last": world.head()}
    (now,) = told["decisions"]
    assert (now["pdu"], now["as_of"], now["status"], now["since"]) == (
        "york",
        "2022-08-29",
        "amber",
        "2022-08-29",
    )
    assert world.get(f"/v1/decisions/{now['decision']}").json()["id"] == now["decision"]


def test_the_decision_told_is_the_one_in_force_now_and_not_that_of_the_day_sent(world: World) -> None:
    world.post("/v1/returns", a_return(as_of="2022-08-29", staff=5))
    answer = world.post("/v1/returns", a_return(as_of="2022-08-01"))
    assert [one["as_of"] for one in answer.json()["decisions"]] == ["2022-08-29"]
    assert answer.json()["decisions"][0]["decision"] == world.get("/v1/pdus/york/status").json()["decision"]


def test_what_stands_already_is_not_recorded_again(world: World) -> None:
    both = [a_return(), a_return("kent")]
    world.post("/v1/returns", both)
    before = world.head()
    answer = world.post("/v1/returns", both)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["recorded_at"], told["records"], told["unchanged"], told["returns"]) == (None, None, 2, 0)
    assert [one["pdu"] for one in told["decisions"]] == ["kent", "york"]
    assert world.head() == before


def test_another_return_for_the_same_day_corrects_the_first(world: World) -> None:
    first = world.post("/v1/returns", a_return(staff=5)).json()
    told = world.post("/v1/returns", [a_return(staff=10), a_return("kent")])
    assert told.status_code == 201
    assert (told.json()["returns"], told.json()["corrected"]) == (2, 1)
    now = {one["pdu"]: one["status"] for one in told.json()["decisions"]}
    assert now == {"york": "green", "kent": "green"}
    known = world.get("/v1/pdus/york/decision", params={"known_at": first["recorded_at"]})
    assert known.json()["status"] == "amber"


def test_a_pdu_that_is_no_more_is_recorded_and_has_no_decision_now(world: World) -> None:
    told = world.post("/v1/returns", a_return("leeds", "2022-08-01")).json()
    assert (told["returns"], told["decisions"]) == (1, [])


def test_an_identical_row_twice_is_noted_in_the_decision(world: World) -> None:
    told = world.post("/v1/returns", [a_return(), a_return()]).json()
    decision = world.get(f"/v1/decisions/{told['decisions'][0]['decision']}").json()
    assert "PF602" in {one["code"] for one in decision["data_quality"]}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([a_return(staff="x"), a_return("atlantis")],
         [("PF508", "body", "/0/in_post/PO"), ("PF504", "body", "/1/pdu")]),
        (a_return("atlantis"), [("PF504", "body", "/pdu")]),
        ({**a_return(), "in_pots": 1}, [("PF502", "body", "/in_pots")]),
        ({"as_of": "2022-08-29"}, [("PF503", "body", "/pdu")]),
        (a_return(as_of="2022-09-02"), [("PF506", "body", "/as_of")]),
        (a_return(as_of="2022-02-30"), [("PF505", "body", "/as_of")]),
        (a_return("leeds", "2022-08-29"), [("PF515", "body", "/as_of")]),
        (a_return(points=1001), [("PF510", "body", "/points")]),
        (a_return(points=0.5), [("PF509", "body", "/points")]),
        (a_return(points=True), [("PF508", "body", "/points")]),
        ([a_return(), a_return(staff=9)], [("PF512", "body", "/1/in_post/PO")]),
        ([a_return(), 1], [("PF501", "body", "/1")]),
        ({**a_return(), "note": "\ud800"}, [("PF501", "body", "/note")]),
    ],
)  # fmt: skip
def test_every_fault_is_told_by_its_json_pointer(still: World, body: Any, expected: list[Any]) -> None:
    found = refused(still, body, code=expected[0][0])
    assert [one for one in found if one in expected] == expected, found


@pytest.mark.parametrize(
    ("kind", "body", "code", "line"),
    [
        (CSV, b"pdu,as_of,points\nyork,2022-08-29,many\n", "PF508", 2),
        (CSV, b"pdu,as_of,pionts\nyork,2022-08-29,1\n", "PF502", 1),
        (CSV, b"pdu,as_of,points\nyork,2022-08-29,1,2\n", "PF514", 2),
        (CSV, b"\xff\xfe", "PF501", 1),
        (NDJSON, b'{"pdu": "york", "as_of": "2022-08-29", "points": 1}\n{"pdu": 1}\n', "PF504", 2),
        (NDJSON, b"{}\n{", "PF501", 2),
        (JSON, b'[{"pdu": "york",\n "pdu": "hull", "as_of": "2022-08-29"}]', "PF514", 1),
        (JSON, b"{", "PF501", 1),
    ],
)
def test_faults_of_text_are_told_by_line(still: World, kind: str, body: bytes, code: str, line: int) -> None:
    before = still.head()
    answer = still.post("/v1/returns", body, kind)
    assert answer.status_code == 422
    assert (code, "body", line) in [
        (one["code"], one["file"], one["line"]) for one in answer.json()["problems"]
    ]
    assert still.head() == before


@pytest.mark.parametrize(
    ("kind", "body"),
    [(JSON, b"[]"), (JSON, b""), (NDJSON, b""), (NDJSON, b"\n\n"), (CSV, b""), (CSV, b"pdu,as_of\n")],
)
def test_nothing_sent_is_refused(still: World, kind: str, body: bytes) -> None:
    before = still.head()
    assert still.post("/v1/returns", body, kind).status_code == 422
    assert still.head() == before


@pytest.mark.parametrize(
    "kind",
    ["", "text/plain", "application/xml", "application/x-www-form-urlencoded", "text/csv; charset=windows-1252",
     "application/json; charset=utf-16", "application/vnd.ms-excel", "multipart/form-data; boundary=x"],
)  # fmt: skip
def test_other_kinds_of_body_are_not_taken(still: World, kind: str) -> None:
    refused(still, b"{}", kind, 415, "PF723")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000,
        b'{"pdu": "york", "as_of": "2022-08-29", "points": ' + b"9" * 1_000_000 + b"}",
        b'{"pdu": "york", "as_of": "2022-08-29", "points": 1e999999999}',
        b'{"pdu": "york", "as_of": "2022-08-29", "points": NaN}',
        b'{"pdu": "york", "as_of": "2022-08-29", "points": -Infinity}',
        b'{"pdu": "\\ud800", "as_of": "2022-08-29"}',
        b'{"\\ud800": 1}',
        b'{"pdu": "york", "as_of": "\\u0000"}',
        b"\x00" * 1000,
        b'"' + b"a" * 1_000_000 + b'"',
        b'{"pdu": "' + b"a" * 1_000_000 + b'"}',
        b"[" + b"1," * 100_000 + b"1]",
    ],
)
def test_malformed_and_huge_bodies_are_refused_within_limits(still: World, body: bytes) -> None:
    before = still.head()
    answer = still.post("/v1/returns", body)
    assert answer.status_code == 422, answer.text[:500]
    assert len(answer.content) < 200_000
    assert still.head() == before


def test_a_body_beyond_the_limit_is_not_read(still: World) -> None:
    refused(still, b" " * (32 * 1024 * 1024 + 1), status=413, code="PF722")


# Who may -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("roles", "claims", "pdus", "allowed"),
    [
        (["pdu-head"], {"pdus": ["york"]}, ["york"], True),
        (["pdu-head"], {"pdus": ["york", "kent"]}, ["york", "kent"], True),
        (["pdu-head"], {"pdus": ["york"]}, ["york", "hull"], False),
        (["pdu-head"], {}, ["york"], False),
        (["regional-director"], {"regions": ["north"]}, ["york", "hull"], True),
        (["regional-director"], {"regions": ["north"]}, ["york", "kent"], False),
        (["regional-director", "pdu-head"], {"regions": ["north"], "pdus": ["kent"]}, ["york", "kent"], True),
        (["hq"], {}, ["york", "kent"], True),
        (["viewer"], {}, ["york"], False),
        (["operator"], {}, ["york"], False),
    ],
)
def test_every_pdu_must_be_within_reach(
    still_guarded: World,
    issuer: Issuer,
    roles: list[str],
    claims: dict[str, Any],
    pdus: list[str],
    allowed: bool,
) -> None:
    before = still_guarded.head()
    answer = still_guarded.post(
        "/v1/returns", [a_return(pdu) for pdu in pdus], headers=issuer.bearer(*roles, **claims)
    )
    if allowed:
        assert answer.status_code in (200, 201), answer.text
    else:
        problem(answer, 403, "PF728")
        assert "insufficient_scope" in answer.headers["www-authenticate"]
        assert still_guarded.head() == before


def test_those_beyond_reach_are_named_and_nothing_is_recorded(still_guarded: World, issuer: Issuer) -> None:
    before = still_guarded.head()
    headers = issuer.bearer("pdu-head", pdus=["york"])
    answer = still_guarded.post(
        "/v1/returns", [a_return(), a_return("kent"), a_return("hull")], headers=headers
    )
    told = problem(answer, 403, "PF728")
    assert told["detail"] == "Your roles do not reach hull, kent. Nothing was recorded."
    assert still_guarded.head() == before


@pytest.mark.parametrize(
    ("roles", "claims", "pdus", "role"),
    [
        (["hq", "pdu-head"], {"pdus": ["york"]}, ["york"], "pdu-head"),
        (["hq", "pdu-head"], {"pdus": ["york"]}, ["york", "kent"], "hq"),
        (["regional-director"], {"regions": ["north"]}, ["york"], "regional-director"),
    ],
)
def test_the_record_names_the_role_that_was_needed(
    guarded: World, issuer: Issuer, roles: list[str], claims: dict[str, Any], pdus: list[str], role: str
) -> None:
    answer = guarded.post(
        "/v1/returns", [a_return(pdu) for pdu in pdus], headers=issuer.bearer(*roles, **claims)
    )
    with guarded.ledger.store.reading() as connection:
        query = f'SELECT "by" FROM records WHERE seq = {answer.json()["records"]["first"]}'
        by = json.loads(connection.exec_driver_sql(query).scalar_one())
    assert by == {"subject": "someone", "role": role, "client": "a-client"}


def test_the_body_is_not_looked_at_without_a_token(still_guarded: World) -> None:
    refused(still_guarded, b"{", status=401, code="PF727")


def test_writes_are_counted(world: World) -> None:
    world.post("/v1/returns", a_return(staff=5))
    assert 'prioritise_decisions_total{status="amber"} 1.0' in world.get("/metrics").text


# On the wire -------------------------------------------------------------------------------------------------------


def sent(address: tuple[str, int], *parts: bytes, wait: float = 0.0) -> bytes:
    """What a server answers to a request that comes in parts."""
    with socket.create_connection(address, timeout=20) as connection:
        for part in parts:
            try:
                connection.sendall(part)
            except OSError:  # it has answered, and closed
                break
            time.sleep(wait)
        found = b""
        with suppress(OSError):
            while more := connection.recv(65536):
                found += more
    return found


@pytest.fixture
def live(tmp_path: Path) -> Iterator[tuple[World, tuple[str, int]]]:
    made = World(tmp_path, body_timeout=1, body_limit=2048, returns_body_limit=65536)
    with made as world, serving(world.app, world.settings) as address:
        yield world, address


HEAD = b"POST %b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    "path", [b"/v1/returns", b"/v1/declarations", b"/v1/suspensions", b"/v1/evaluations"]
)
def test_slow_huge_and_broken_bodies_are_answered_in_time(
    live: tuple[World, tuple[str, int]], path: bytes
) -> None:
    world, address = live
    before = world.head()
    body = json.dumps(a_return()).encode()
    chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
    length = b"Content-Length: %d\r\n\r\n" % len(body)
    began = time.monotonic()
    slow = sent(address, HEAD % path + length, *[body[i : i + 1] for i in range(8)], wait=0.2)
    assert b" 408 " in slow.splitlines()[0]
    assert b"PF731" in slow
    endless = sent(address, HEAD % path + CHUNKED, *[chunk] * 40)
    assert endless == b"" or (b" 413 " in endless.splitlines()[0] and b"PF722" in endless)
    lying = sent(address, HEAD % path + b"Content-Length: 99999999999\r\n\r\n" + body)
    assert b" 413 " in lying.splitlines()[0]
    packed = sent(address, HEAD % path + b"Content-Encoding: gzip\r\n" + length + body)
    assert b" 415 " in packed.splitlines()[0]
    cut = sent(address, HEAD % path + CHUNKED + b"zz\r\n")
    assert cut == b"" or b" 400 " in cut.splitlines()[0]
    assert time.monotonic() - began < 15
    assert world.head() == before


def test_who_goes_away_in_the_middle_records_nothing(live: tuple[World, tuple[str, int]]) -> None:
    world, address = live
    before = world.head()
    body = json.dumps(a_return()).encode()
    with socket.create_connection(address) as connection:
        connection.sendall(HEAD % b"/v1/returns" + b"Content-Length: %d\r\n\r\n" % len(body) + body[:-1])
    time.sleep(0.3)
    assert world.head() == before
