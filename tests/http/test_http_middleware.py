from __future__ import annotations

import asyncio
import io
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.http import limits, logs
from api.http.limits import Limiter, address_key
from api.http.settings import ServiceSettings, read_settings
from tests.http.issuer import Issuer
from tests.http.kit import app_of, ask, problem


def settings(**given: Any) -> ServiceSettings:
    return read_settings(**({"log_level": "error", "access_log": False} | given))


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return app_of()


@pytest.fixture(scope="module")
def quick() -> FastAPI:
    return app_of(settings(handling_timeout=0.5, body_timeout=0.5))


@pytest.fixture(scope="module")
def narrow() -> FastAPI:
    return app_of(settings(body_limit=1024, returns_body_limit=4096))


def test_every_answer_is_safe_to_show(app: FastAPI) -> None:
    for path in ("/v1/plain", "/nothing", "/v1/errors/crash"):
        headers = ask(app, "GET", path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"
        assert "strict-transport-security" not in headers


def test_a_route_may_say_otherwise_of_caching_and_content(app: FastAPI) -> None:
    headers = ask(app, "GET", "/v1/cached").headers
    assert headers["cache-control"] == "max-age=5"
    assert headers.get_list("content-security-policy") == ["default-src 'self'"]


def test_strict_transport_only_where_it_is_set() -> None:
    headers = ask(app_of(settings(hsts_seconds=60)), "GET", "/v1/plain").headers
    assert headers["strict-transport-security"] == "max-age=60; includeSubDomains"


@pytest.mark.parametrize("given", ["abc", "A.b_c-1:2", "x" * 64])
def test_a_safe_request_id_is_taken_over(app: FastAPI, given: str) -> None:
    assert ask(app, "GET", "/v1/plain", headers={"X-Request-ID": given}).headers["x-request-id"] == given


@pytest.mark.parametrize("given", ["", "x" * 65, "a b", "a\tb", "ä", '"', "<script>", "a,b"])
def test_any_other_request_id_is_replaced(app: FastAPI, given: str) -> None:
    found = ask(app, "GET", "/nothing", headers={"X-Request-ID": given.encode()}).headers["x-request-id"]
    assert len(found) == 16
    assert found.isalnum()


def test_request_ids_differ(app: FastAPI) -> None:
    assert len({ask(app, "GET", "/v1/plain").headers["x-request-id"] for _ in range(20)}) == 20


def test_head_is_get_without_its_body(app: FastAPI) -> None:
    got, head = ask(app, "GET", "/v1/plain"), ask(app, "HEAD", "/v1/plain")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    assert ask(app, "HEAD", "/nothing").status_code == 404


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/v1/whole", 1024, 200),
        ("/v1/whole", 1025, 413),
        ("/v1/returns", 4096, 200),
        ("/v1/returns", 4097, 413),
    ],
)
@pytest.mark.parametrize("chunked", [False, True])
def test_bodies_are_limited(narrow: FastAPI, path: str, size: int, status: int, chunked: bool) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for start in range(0, size, 100):
            yield b"x" * min(100, size - start)

    answer = ask(narrow, "POST", path, content=parts() if chunked else b"x" * size)
    if status == 200:
        assert answer.json() == size
    else:
        problem(answer, 413, "PF722")
        assert answer.headers["connection"] == "close"


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30, "1e3", "0x10", ""])
def test_a_length_that_is_none(narrow: FastAPI, length: str) -> None:
    problem(ask(narrow, "POST", "/v1/whole", content=b"x", headers={"Content-Length": length}), 413, "PF722")


@pytest.mark.parametrize("coding", ["gzip", "br", "identity, gzip", "x"])
def test_compressed_bodies_are_not_taken(narrow: FastAPI, coding: str) -> None:
    answer = ask(narrow, "POST", "/v1/whole", content=b"x", headers={"Content-Encoding": coding})
    problem(answer, 415, "PF723")


def test_a_body_of_get_is_limited_too(narrow: FastAPI) -> None:
    problem(ask(narrow, "GET", "/v1/plain", content=b"x" * 2000), 413, "PF722")


def test_a_slow_body_is_given_up(quick: FastAPI) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x"
            await asyncio.sleep(0.2)

    began = time.monotonic()
    problem(ask(quick, "POST", "/v1/whole", content=parts()), 408, "PF731")
    assert time.monotonic() - began < 2


def test_awaiting_a_body_is_not_counted_as_handling() -> None:
    async def parts() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"x"
            await asyncio.sleep(0.3)

    app = app_of(settings(handling_timeout=0.5))
    assert ask(app, "POST", "/v1/whole", content=parts()).json() == 3


@pytest.mark.parametrize("path", ["/v1/slow", "/v1/slow-thread"])
def test_a_slow_answer_is_given_up(quick: FastAPI, path: str) -> None:
    answer = ask(quick, "GET", path)
    problem(answer, 503, "PF731")
    assert answer.headers["retry-after"] == "5"


def test_a_slow_write_says_how_to_ask_again(quick: FastAPI) -> None:
    for body in (b"", b"x"):
        told = problem(ask(quick, "POST", "/v1/slow", content=body), 503, "PF731")
        assert "Idempotency-Key" in told["detail"]


def test_what_is_streamed_may_take_longer(quick: FastAPI) -> None:
    assert ask(quick, "GET", "/v1/stream").text == "part" * 4


@pytest.mark.parametrize(
    "host",
    ["evil.test", "localhost.evil.test", "127.0.0.1.evil.test", "192.0.2.1", "0.0.0.0", "[::2]", "localhost:x",
     "user@localhost", "2130706433", "[::1", "127.0.0.1:80:80", "localhöst"],
)  # fmt: skip
def test_an_open_service_answers_to_this_machine_only(app: FastAPI, host: str) -> None:
    problem(ask(app, "GET", "/v1/plain", headers={"Host": host.encode()}), 421, "PF728")


@pytest.mark.parametrize("name", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"])
def test_an_open_service_answers_nothing_that_a_proxy_passes_on(app: FastAPI, name: str) -> None:
    problem(ask(app, "GET", "/v1/plain", headers={name: "192.0.2.1"}), 403, "PF728")


@pytest.mark.parametrize(
    "host", ["localhost", "LOCALHOST:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"]
)
def test_any_name_of_this_machine_will_do(app: FastAPI, host: str) -> None:
    assert ask(app, "GET", "/v1/plain", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.test", "null", "http://localhost:1", "http://127.0.0.1", ""]
)
def test_an_open_service_answers_no_page_of_another_site(app: FastAPI, origin: str) -> None:
    problem(ask(app, "POST", "/v1/whole", headers={"Origin": origin}), 403, "PF728")


def test_its_own_pages_are_answered(app: FastAPI) -> None:
    assert ask(app, "GET", "/v1/plain", headers={"Origin": "http://localhost"}).status_code == 200


def test_an_open_service_that_is_reached_from_beyond_answers_nothing(app: FastAPI) -> None:
    problem(
        ask(app, "GET", "/v1/plain", base="http://192.0.2.1", headers={"Host": "localhost"}), 403, "PF728"
    )


def test_with_tokens_any_name_will_do(tmp_path: Path) -> None:
    app = app_of(Issuer().settings(tmp_path))
    answer = ask(
        app, "GET", "/v1/plain", base="https://prioritise.test", headers={"Origin": "https://x.test"}
    )
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_too_many_reads_and_writes_are_refused_apart() -> None:
    app = app_of(settings(reads_per_minute=3, writes_per_minute=1))
    answers = [ask(app, "GET", "/v1/plain") for _ in range(3)]
    assert [answer.headers["ratelimit"][:12] for answer in answers] == [f'"reads";r={n};' for n in (2, 1, 0)]
    refused = ask(app, "GET", "/v1/plain")
    problem(refused, 429, "PF725")
    assert 1 <= int(refused.headers["retry-after"]) <= 20
    assert refused.headers["ratelimit-policy"] == '"reads";q=3;w=60'
    assert ask(app, "POST", "/v1/whole").status_code == 200
    problem(ask(app, "POST", "/v1/whole"), 429, "PF725")
    assert ask(app, "GET", "/health/live").status_code == 200


def test_each_client_has_its_own_count(tmp_path: Path) -> None:
    issuer = Issuer()
    app = app_of(issuer.settings(tmp_path, reads_per_minute=1))
    for client in ("one", "two"):
        header = issuer.bearer("viewer", client_id=client)
        assert ask(app, "GET", "/v1/me", headers=header).status_code == 200
        problem(ask(app, "GET", "/v1/me", headers=header), 429, "PF725")
    assert ask(app, "GET", "/v1/me").status_code == 401  # an address, which has its own
    problem(ask(app, "GET", "/v1/me"), 429, "PF725")


def test_bad_tokens_count_against_the_address_and_are_then_not_even_looked_at(tmp_path: Path) -> None:
    issuer = Issuer()
    app = app_of(issuer.settings(tmp_path, reads_per_minute=2))
    answers = [ask(app, "GET", "/v1/me", headers={"Authorization": f"Bearer {n}"}) for n in range(4)]
    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    problem(ask(app, "POST", "/v1/own/york", headers={"Authorization": "Bearer x"}), 429, "PF725")


def test_a_bucket_fills_again() -> None:
    limiter = Limiter("reads", 60)
    assert all(limiter.take("a", 0.0).allowed for _ in range(60))
    assert limiter.take("a", 0.0) == (False, 0, 1)
    assert not limiter.take("a", 0.5).allowed
    assert limiter.take("a", 1.1).allowed
    assert not limiter.take("a", 1.2).allowed
    assert limiter.take("a", 1000.0) == (True, 59, 1)


def test_clients_are_forgotten_so_that_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "REMEMBERED", 100)
    limiter = Limiter("reads", 1)
    limiter.take("first", 0.0)
    for client in range(1000):
        limiter.take(client, 0.0)
        assert not limiter.take("first", 0.0).allowed, "who asks on is remembered"
    assert len(limiter) == 100


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("not an address", "not an address"),
    ],
)
def test_what_of_an_address_is_one_client(host: str, key: str) -> None:
    assert address_key(host) == key


@pytest.fixture
def own_logs() -> Iterator[None]:
    """Logs as they were, afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    yield
    root.handlers, root.level = handlers, level
    logs._logger = logs._lines = None
    logs._settled = 40


@pytest.fixture
def logged(own_logs: None) -> Callable[[], list[dict[str, Any]]]:
    """What has been logged; logs are on."""
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")

    def lines() -> list[dict[str, Any]]:
        stream.flush()
        raw: Any = stream.buffer
        return [json.loads(line) for line in raw.getvalue().splitlines()]

    given = settings(access_log=True, log_level="info", log_format="json")
    logs.configure(given, stream)
    return lines


def test_a_line_for_each_request_and_no_personal_data(
    tmp_path: Path, logged: Callable[[], list[dict[str, Any]]]
) -> None:
    issuer = Issuer()
    given = issuer.settings(tmp_path, access_log=True)
    app = app_of(given)
    header = issuer.bearer("viewer", sub="jo.bloggs@justice.test", client_id="dashboard")
    ask(app, "GET", "/v1/pdus/jo-bloggs?q=jo.bloggs", headers=header | {"X-Request-ID": "an-id"})
    ask(app, "GET", "/v1/pdus/jo-bloggs", headers=header | {"User-Agent": "jo.bloggs"})
    ask(app, "GET", "/jo-bloggs")
    ask(app, "GET", "/v1/errors/crash")
    lines = logged()
    assert "bloggs" not in json.dumps(lines)
    requests = [line for line in lines if line["event"] == "request"]
    assert [(line["route"], line["status"], line["client"]) for line in requests] == [
        ("/v1/pdus/{pdu}", 422, "dashboard"),
        ("/v1/pdus/{pdu}", 404, "dashboard"),
        ("(none)", 404, None),
        ("/v1/errors/{code}", 500, None),
    ]
    assert requests[0]["request_id"] == "an-id"
    assert all(line["ms"] >= 0 and line["timestamp"].endswith("Z") for line in requests)


def test_a_log_that_cannot_be_written_is_no_fault_of_the_request(own_logs: None) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "utf-8")
    given = settings(access_log=True, log_level="info", log_format="json")
    logs.configure(given, stream)
    stream.close()
    assert ask(app_of(given), "GET", "/v1/plain").status_code == 200
    problem(ask(app_of(given), "GET", "/v1/errors/crash"), 500, "PF726")
    problem(ask(app_of(given), "GET", "/v1/errors/PF701"), 503, "PF701")


def test_requests_are_counted_by_route(app: FastAPI) -> None:
    for _ in range(3):
        ask(app, "GET", "/v1/query?limit=0&jo=bloggs")
    ask(app, "FOO", "/v1/query")
    text = ask(app, "GET", "/metrics").text
    assert 'prioritise_requests_total{method="GET",route="/v1/query",status="422"} 3.0' in text
    assert 'method="(other)",route="(none)",status="501"' in text
    assert "bloggs" not in text


def test_requests_at_the_same_time_are_kept_apart(app: FastAPI) -> None:
    async def call(client: httpx.AsyncClient, number: int) -> None:
        answer = await client.get("/v1/pdus/x", headers={"X-Request-ID": f"id-{number}"})
        assert answer.json()["request_id"] == f"id-{number}" == answer.headers["x-request-id"]

    async def all_at_once() -> None:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://localhost"
        ) as client:
            await asyncio.gather(*(call(client, number) for number in range(50)))

    asyncio.run(all_at_once())
