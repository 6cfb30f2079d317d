from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.http.issuer import Issuer
from tests.http.kit import problem
from tests.http.world import World, a_return

RETURNS, DECLARATIONS = "/v1/returns", "/v1/declarations"
DECLARED = {
    "pdu": "york",
    "from": "2022-08-31",
    "until": "2022-09-02",
    "status": "amber",
    "by": "regional-director",
    "reason": "The office is flooded.",
}


def keyed(key: str) -> dict[str, str]:
    return {"Idempotency-Key": key}


def is_replay(answer: httpx.Response, first: httpx.Response) -> bool:
    assert answer.headers.get("idempotency-replayed") == "true"
    return (answer.status_code, answer.content, answer.headers.get("location")) == (
        first.status_code,
        first.content,
        first.headers.get("location"),
    )


@pytest.mark.parametrize(("path", "body"), [(RETURNS, a_return()), (DECLARATIONS, DECLARED)])
def test_a_request_sent_again_is_answered_as_it_was_and_does_nothing(
    world: World, path: str, body: Any
) -> None:
    first = world.post(path, body, headers=keyed("a-key"))
    assert first.status_code == 201, first.text
    assert "idempotency-replayed" not in first.headers
    before = world.head()
    assert is_replay(world.post(path, body, headers=keyed("a-key")), first)
    assert world.head() == before
    fresh = world.post(path, body, headers=keyed("another"))
    assert fresh.content != first.content


def test_without_a_key_a_declaration_is_made_twice(world: World) -> None:
    one, other = world.post(DECLARATIONS, DECLARED), world.post(DECLARATIONS, DECLARED)
    assert one.json()["declaration"]["id"] != other.json()["declaration"]["id"]


def test_an_end_sent_again_is_no_second_end(world: World) -> None:
    path = world.post(DECLARATIONS, DECLARED).headers["location"] + "/end"
    first = world.post(path, {"reason": "It is dry."}, headers=keyed("e"))
    assert first.status_code == 200
    assert is_replay(world.post(path, {"reason": "It is dry."}, headers=keyed("e")), first)
    problem(world.post(path, {"reason": "It is dry."}, headers=keyed("f")), 409, "PF709")


def test_the_answer_stays_when_what_was_sent_would_be_refused_by_now(world: World) -> None:
    first = world.post(DECLARATIONS, DECLARED, headers=keyed("k"))
    world.policy.joinpath("organisation.yaml").write_text(
        "format: 1\nregions:\n  - {id: north, name: N}\npdus:\n  - {id: hull, name: Hull, region: north}\n"
    )
    world.policy.joinpath("plan/regions/north.yaml").unlink()
    from rules.library import take_texts
    from tests.http.world import LOADER

    world.ledger.adopt(take_texts(world.policy), LOADER)
    problem(world.post(DECLARATIONS, DECLARED, headers=keyed("other")), 422, "PF524")
    assert is_replay(world.post(DECLARATIONS, DECLARED, headers=keyed("k")), first)


def test_the_same_key_with_quotation_marks_is_the_same_key(world: World) -> None:
    first = world.post(RETURNS, a_return(), headers=keyed("8e03978e-40d5"))
    assert is_replay(world.post(RETURNS, a_return(), headers=keyed('"8e03978e-40d5"')), first)


@pytest.mark.parametrize(
    ("path", "body", "kind"),
    [
        (RETURNS, a_return(staff=9), "application/json"),
        (RETURNS, [a_return()], "application/json"),
        (RETURNS, a_return(), "application/x-ndjson"),
        (DECLARATIONS, DECLARED, "application/json"),
    ],
)
def test_a_key_serves_one_request_only(world: World, path: str, body: Any, kind: str) -> None:
    world.post(RETURNS, a_return(), headers=keyed("k"))
    before = world.head()
    problem(world.post(path, body, kind, headers=keyed("k")), 409, "PF707")
    assert world.head() == before


def test_a_refused_request_may_be_mended_and_sent_with_its_key(world: World) -> None:
    problem(world.post(RETURNS, a_return("atlantis"), headers=keyed("k")), 422, "PF504")
    answer = world.post(RETURNS, a_return(), headers=keyed("k"))
    assert answer.status_code == 201
    assert "idempotency-replayed" not in answer.headers


def test_each_caller_has_keys_of_their_own(guarded: World, issuer: Issuer) -> None:
    answers = [
        guarded.post(
            RETURNS,
            a_return(staff=staff),
            headers=issuer.bearer("hq", sub=sub, client_id=client) | keyed("k"),
        )
        for sub, client, staff in [("a", "x", 9), ("b", "x", 8), ("a", "y", 7), ("a", "x", 9)]
    ]
    assert [answer.status_code for answer in answers] == [201] * 4
    assert ["idempotency-replayed" in answer.headers for answer in answers] == [False, False, False, True]


def test_a_key_opens_nothing_to_those_who_may_not(guarded: World, issuer: Issuer) -> None:
    guarded.post(RETURNS, a_return(), headers=issuer.bearer("hq") | keyed("k"))
    problem(guarded.post(RETURNS, a_return(), headers=issuer.bearer("viewer") | keyed("k")), 403, "PF728")
    problem(guarded.post(RETURNS, a_return(), headers=keyed("k")), 401, "PF727")


@pytest.mark.parametrize(
    "key",
    [
        "",
        " ",
        '"',
        '""',
        '" "',
        '"a',
        'a"',
        "a b",
        "a,b",
        "ä",
        "a" * 256,
        f'"{"a" * 256}"',
        '"\\a"',
        '"a"; x=1',
        "\t",
    ],
)
def test_what_is_no_key_is_refused(still: World, key: str) -> None:
    before = still.head()
    headers = [(b"Content-Type", b"application/json"), (b"Idempotency-Key", key.encode())]
    answer = still.ask("POST", RETURNS, content=b"{}", headers=headers)
    told = problem(answer, 422, "PF724")
    assert [(one["file"], one["path"]) for one in told["problems"]] == [("header", "/Idempotency-Key")]
    assert still.head() == before


def test_two_keys_are_refused(still: World) -> None:
    headers = [("Content-Type", "application/json"), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")]
    problem(still.ask("POST", RETURNS, content=b"{}", headers=headers), 400, "PF736")


@pytest.mark.parametrize(
    "key", ["a" * 255, "~!#$%&'()*+-./:;<=>?@[]^_`{|}", '"a \\" \\\\ b"', f'"{"a" * 255}"']
)
def test_what_is_a_key(world: World, key: str) -> None:
    first = world.post(RETURNS, a_return(), headers=keyed(key))
    assert first.status_code == 201, first.text
    assert is_replay(world.post(RETURNS, a_return(), headers=keyed(key)), first)


# At once -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("path", "body"), [(RETURNS, a_return()), (DECLARATIONS, DECLARED)])
def test_many_retries_at_once_do_it_once(world: World, path: str, body: Any) -> None:
    before = world.head()
    more = {"json": body, "headers": keyed("k")}
    answers = world.at_once([("POST", path, more)] * 12)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
    records = answers[0].json()["records"]
    assert (records["first"], records["last"]) == (before + 1, world.head())


def test_retries_at_once_with_another_body_are_refused(world: World) -> None:
    calls = [
        ("POST", RETURNS, {"json": a_return(staff=staff), "headers": keyed("k")}) for staff in range(1, 7)
    ]
    answers = world.at_once(calls)
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409, 409, 409]
    assert sum(answer.status_code == 201 for answer in answers) == 1


def test_retries_at_two_services_on_one_ledger_do_it_once(tmp_path: Path) -> None:
    with (
        World(tmp_path / "one") as one,
        World(tmp_path / "two", url=f"sqlite:///{tmp_path}/one/ledger.sqlite3") as two,
    ):
        before = one.head()
        answers: list[httpx.Response] = []

        def send(world: World) -> None:
            answers.extend(
                world.at_once([("POST", DECLARATIONS, {"json": DECLARED, "headers": keyed("k")})] * 5)
            )

        threads = [threading.Thread(target=send, args=(world,)) for world in (one, two)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == 10
        assert len({(answer.status_code, answer.content) for answer in answers}) == 1
        assert sum("idempotency-replayed" not in answer.headers for answer in answers) == 1
        assert one.head() == two.head() == answers[0].json()["records"]["last"] > before
