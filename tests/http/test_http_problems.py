from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.http.problems import KINDS, Refusal, body_of, kind_of, pointer, wrong
from rules.problems import Place, Problem
from tests.http.kit import app_of, ask, problem


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return app_of()


def faults(answer: httpx.Response, status: int = 422, code: str = "PF724") -> list[tuple[str, str]]:
    """Where a request was found wrong."""
    return [(one["file"], one["path"]) for one in problem(answer, status, code)["problems"]]


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/nothing", "/v1/plain/", "/v1//plain", "/%00", "/docs", "/redoc"]
)
def test_no_such_path(app: FastAPI, path: str) -> None:
    told = problem(ask(app, "GET", path), 404, "PF720")
    assert told["instance"] == path


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/v1/plain", "GET, HEAD"),
        ("DELETE", "/v1/pdus/york", "GET, HEAD, POST"),
        ("GET", "/v1/figures", "POST"),
        ("OPTIONS", "/v1/plain", "GET, HEAD"),
        ("HEAD", "/v1/figures", "POST"),
    ],
)
def test_a_method_not_taken_names_all_that_are(app: FastAPI, method: str, path: str, allow: str) -> None:
    answer = ask(app, method, path)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allow
    if method != "HEAD":
        problem(answer, 405, "PF721")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "X"])
def test_a_method_taken_nowhere(app: FastAPI, method: str) -> None:
    problem(ask(app, method, "/v1/plain"), 501, "PF721")


def test_a_thing_that_is_not_there(app: FastAPI) -> None:
    told = problem(ask(app, "GET", "/v1/pdus/atl%22antis%20x"), 404, "PF720")
    assert told["detail"] == 'There is no PDU atl"antis x.'
    assert told["instance"] == "/v1/pdus/atl%22antis%20x"


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("dya=2022-08-29", ["/dya"]),
        ("day=1&day=2", ["/day"]),
        ("day=1&day=1", ["/day"]),
        ("a=1&b=2&day=1", ["/a", "/b"]),
        ("a/b~c=1", ["/a~1b~0c"]),
        ("=1", ["/"]),
        ("DAY=1", ["/DAY"]),
        ("limit=5&limit=6", ["/limit"]),
        ("%ff=1", ["/\N{REPLACEMENT CHARACTER}"]),
    ],
)
def test_strange_and_doubled_parameters(app: FastAPI, query: str, places: list[str]) -> None:
    assert faults(ask(app, "GET", f"/v1/query?{query}")) == [("query", place) for place in places]


def test_a_strange_parameter_is_told_with_the_one_that_is_meant(app: FastAPI) -> None:
    told = problem(ask(app, "GET", "/v1/query?limt=5"), 422, "PF724")
    assert told["problems"][0]["hint"] == "Did you mean limit?"
    assert told["detail"] == "limt is no parameter of this call."


def test_a_parameter_that_is_a_list_may_come_often(app: FastAPI) -> None:
    answer = ask(app, "GET", "/v1/query?region=a&region=b&limit=2")
    assert answer.json() == {"day": None, "region": ["a", "b"], "limit": 2}


@pytest.mark.parametrize("limit", ["0", "11", "x", "", "1.5", "9" * 5000, "NaN", "٣x"])
def test_a_value_that_is_wrong(app: FastAPI, limit: str) -> None:
    assert faults(ask(app, "GET", "/v1/query", params={"limit": limit})) == [("query", "/limit")]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        (b"", [("body", "")]),
        (b"null", [("body", "")]),
        (b"{}", [("body", "")]),
        (b'[{"name": "a"}]', [("body", "/0/value")]),
        (b'[{"name": "a", "value": -1}, {"value": 1, "x": 2}]', [
            ("body", "/0/value"), ("body", "/1/name"), ("body", "/1/x")]),
        (b'[{"name": 1, "value": NaN}]', [("body", "/0/name"), ("body", "/0/value")]),
        (b'[{"name": "a", "value": 1, "a/b": 1}]', [("body", "/0/a~1b")]),
        (b'[{"name": "a", "value": 1, "\\ud800": 1}]', [("body", "/0")]),
    ],
)  # fmt: skip
def test_every_fault_of_a_body_with_its_place(
    app: FastAPI, body: bytes, places: list[tuple[str, str]]
) -> None:
    answer = ask(app, "POST", "/v1/figures", content=body, headers={"Content-Type": "application/json"})
    assert faults(answer) == places


@pytest.mark.parametrize(
    ("body", "line", "column"), [(b"[1,\n 2,,\n]", 2, 4), (b"{", 1, 2), (b"nope", 1, 1), (b"[1]\n[2]", 2, 1)]
)
def test_a_body_that_is_no_json_is_told_by_line_and_column(
    app: FastAPI, body: bytes, line: int, column: int
) -> None:
    answer = ask(app, "POST", "/v1/figures", content=body, headers={"Content-Type": "application/json"})
    found = problem(answer, 422, "PF724")["problems"][0]
    assert (found["file"], found["line"], found["column"]) == ("body", line, column)


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[" * 100_000, b'["\xc3"]'])
def test_a_body_that_breaks_the_reader_is_no_crash(app: FastAPI, body: bytes) -> None:
    answer = ask(app, "POST", "/v1/figures", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["code"] in ("PF724", "PF736")


@pytest.mark.parametrize("kind", ["text/plain", "", "application/xml", "application/json;;;"])
def test_a_body_of_another_kind(app: FastAPI, kind: str) -> None:
    answer = ask(app, "POST", "/v1/figures", content=b"hello", headers={"Content-Type": kind})
    assert answer.status_code == 422


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("PF201", 422),
        ("PF402", 422),
        ("PF504", 422),
        ("PF701", 503),
        ("PF702", 503),
        ("PF703", 503),
        ("PF704", 503),
        ("PF705", 500),
        ("PF706", 500),
        ("PF707", 409),
        ("PF708", 404),
        ("PF709", 409),
        ("PF710", 503),
        ("PF900", 503),
        ("PF999", 500),
    ],
)
def test_an_error_of_the_project_by_its_code(app: FastAPI, code: str, status: int) -> None:
    answer = ask(app, "GET", f"/v1/errors/{code}")
    told = problem(answer, status, code)
    if status >= 500:
        assert not told["problems"]
        assert "first is wrong" not in answer.text
        assert ("retry-after" in answer.headers) == (status == 503)
    else:
        assert [one["message"] for one in told["problems"]] == ["The first is wrong.", "The second is wrong."]
        assert told["problems"][0]["also"][0]["file"] == "b.yaml"


def test_a_wrong_call_of_the_project(app: FastAPI) -> None:
    assert problem(ask(app, "GET", "/v1/errors/usage"), 422, "PF724")["detail"] == "There is no framework x."


@pytest.mark.parametrize("what", ["crash", "bare"])
def test_what_nobody_foresaw_tells_nothing(
    app: FastAPI, what: str, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = ask(app, "GET", f"/v1/errors/{what}")
    told = problem(answer, 500, "PF726")
    assert "hunter2" not in answer.text
    logged = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    assert logged[0]["request_id"] == told["request_id"]
    assert "hunter2" not in json.dumps(logged)
    assert any("kit.py" in where for where in logged[0]["where"])


def test_many_problems_are_cut() -> None:
    many = [Problem("PF504", f"Row {index}.", Place("x", index)) for index in range(1, 1001)]
    told = json.loads(body_of(Refusal("PF504", "Bad.", many), "id", b"/x"))
    assert len(told["problems"]) == 200
    assert told["detail"] == "Bad. The first 200 of 1,000 problems are listed."


@pytest.mark.parametrize("text", ["\ud800", "\x00\x1b[31m", "a" * 10_000, "ünïcode"])
def test_any_text_can_be_told(text: str) -> None:
    found = Problem("PF724", text, Place(text, path=text), text)
    told = json.loads(body_of(Refusal("PF724", text, [found]), "id", text.encode("utf-8", "surrogatepass")))
    assert told["code"] == "PF724"
    assert told["instance"].isascii()


@pytest.mark.parametrize(
    ("parts", "expected"),
    [([], ""), (["a", 0], "/a/0"), (["a/b", "~"], "/a~1b/~0"), (["x" * 999], "/" + "x" * 499)],
)
def test_pointers(parts: list[Any], expected: str) -> None:
    assert pointer(parts) == expected


def test_one_wrong_value() -> None:
    refusal = wrong("query", "as_of", "There is no such day.", "Write it as 2022-08-29.", code="PF730")
    assert (refusal.status_code, refusal.code) == (422, "PF730")
    assert refusal.problems[0].place.path == "/as_of"


def test_every_code_has_a_status_and_a_title() -> None:
    for code, kind in KINDS.items():
        assert 400 <= kind.status < 600
        assert kind.title
        assert kind.detail or kind.status != 500, f"{code} could tell internals"
    assert kind_of("PF101").status == 422
    assert kind_of("PF901").status == 500


def test_an_error_while_answering_is_told_only_in_the_log(capfd: pytest.CaptureFixture[str]) -> None:
    app = app_of()

    async def call() -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        async def receive() -> Any:
            await asyncio.sleep(60)

        scope = {
            "type": "http", "method": "GET", "path": "/v1/broken-stream", "raw_path": b"/v1/broken-stream",
            "query_string": b"", "headers": [(b"host", b"localhost")], "server": ("127.0.0.1", 1),
        }  # fmt: skip
        await app(scope, receive, send)
        return sent

    sent = asyncio.run(call())
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[1]["more_body"]  # never finished: the server closes the connection
    assert '"failed"' in capfd.readouterr().err
