"""A real server: what no test within the process can send."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from api.http.front import LARGEST_HEAD
from api.http.settings import read_settings
from tests.http.kit import Service, app_of, serving

Address = tuple[str, int]


@pytest.fixture(scope="module")
def settings() -> Any:
    return read_settings(
        header_timeout=0.8,
        body_timeout=0.9,
        handling_timeout=0.8,
        keep_alive=1,
        shutdown_timeout=2,
        concurrency=30,
        body_limit=200_000,
        log_level="error",
        access_log=False,
    )


@pytest.fixture(scope="module")
def server(settings: Any) -> Iterator[Address]:
    with serving(app_of(settings), settings) as address:
        yield address


def said(address: Address, *parts: bytes, pause: float = 0.0, shut: bool = False) -> bytes:
    """Everything the server answers to some bytes, until it closes the connection."""
    with socket.create_connection(address, timeout=5) as client:
        for part in parts:
            try:
                client.sendall(part)
            except OSError:
                break
            time.sleep(pause)
        if shut:
            client.shutdown(socket.SHUT_WR)
        answer = b""
        try:
            while chunk := client.recv(65536):
                answer += chunk
        except (ConnectionResetError, TimeoutError):
            pass
        return answer


def problem_in(answer: bytes, status: int, code: str) -> dict[str, Any]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status), answer[:300]
    assert b"content-type: application/problem+json" in head.lower()
    assert b"server:" not in head.lower()
    told: dict[str, Any] = json.loads(body)
    assert told["code"] == code
    return told


GET = b"GET /v1/plain HTTP/1.1\r\nHost: localhost\r\n"
POST = b"POST /v1/whole HTTP/1.1\r\nHost: localhost\r\n"
CLOSE = b"Connection: close\r\n\r\n"


def test_a_plain_call(server: Address) -> None:
    answer = said(server, GET + CLOSE)
    assert answer.startswith(b"HTTP/1.1 200 OK")
    assert b"server:" not in answer.lower()


@pytest.mark.parametrize(
    "text",
    [
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET\r\n\r\n",
        b"GET /v1/plain HTTP/9.9\r\n\r\n",
        b"FOO /v1/plain HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET /v1/\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        GET + b"No colon\r\n\r\n",
        GET + b"A B: c\r\n\r\n",
        GET + b"A: b\x00c\r\n\r\n",
        POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        POST + b"Content-Length: x\r\n\r\nab",
        POST + b"Content-Length: -1\r\n\r\nab",
        POST + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ],
)
def test_what_is_no_http(server: Address, text: bytes) -> None:
    problem_in(said(server, text), 400, "PF736")


@pytest.mark.parametrize("size", [LARGEST_HEAD + 1, 200_000, 2_000_000])
def test_a_head_that_is_too_large(server: Address, size: int) -> None:
    long_line = b"GET /" + b"a" * size + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    many = GET + b"X: a\r\n" * (size // 6 + 1) + b"\r\n"
    for text in (GET + b"X: " + b"a" * size + b"\r\n\r\n", long_line, many):
        answer = said(server, text)
        if answer:  # where much was still on its way the connection is reset
            problem_in(answer, 431, "PF722")


def test_a_large_body_behind_a_small_head_is_no_large_head(server: Address) -> None:
    body = b"x" * 150_000
    answer = said(server, POST + b"Content-Length: 150000\r\n" + CLOSE + body)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"150000")


def test_a_head_that_drips_is_given_up(server: Address) -> None:
    began = time.monotonic()
    answer = said(server, *(bytes([byte]) for byte in GET), pause=0.05)
    problem_in(answer, 408, "PF731")
    assert time.monotonic() - began < 4


def test_a_connection_that_says_nothing_is_given_up(server: Address) -> None:
    problem_in(said(server), 408, "PF731")


def test_an_idle_connection_is_closed_without_a_word(server: Address) -> None:
    answer = said(server, GET + b"\r\n")
    assert answer.count(b"HTTP/1.1") == 1


def test_a_body_that_drips_is_given_up(server: Address) -> None:
    parts = [POST + b"Content-Length: 100\r\n\r\n", *([b"x"] * 30)]
    problem_in(said(server, *parts, pause=0.05), 408, "PF731")


def test_a_body_that_never_comes_is_given_up(server: Address) -> None:
    problem_in(said(server, POST + b"Content-Length: 100\r\n\r\nx"), 408, "PF731")
    problem_in(said(server, POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"), 408, "PF731")


def test_a_body_that_is_announced_too_large_is_not_awaited(server: Address) -> None:
    began = time.monotonic()
    problem_in(said(server, POST + b"Content-Length: 99999999\r\n\r\n"), 413, "PF722")
    assert time.monotonic() - began < 0.8


def test_a_chunked_body_is_given_up_once_it_is_too_large(server: Address) -> None:
    chunk = b"8000\r\n" + b"x" * 0x8000 + b"\r\n"
    answer = said(server, POST + b"Transfer-Encoding: chunked\r\n\r\n", *([chunk] * 40))
    if answer:
        problem_in(answer, 413, "PF722")


def test_a_client_that_leaves_is_no_error(server: Address) -> None:
    for text in (
        POST + b"Content-Length: 10\r\n\r\nabc",
        b"GET /v1/slow HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ):
        with socket.create_connection(server) as client:
            client.sendall(text)
            time.sleep(0.05)
    assert said(server, GET + CLOSE).startswith(b"HTTP/1.1 200")


def test_a_slow_answer_is_given_up_and_the_connection_lives_on(server: Address) -> None:
    with httpx.Client(base_url=f"http://{server[0]}:{server[1]}") as client:
        for path in ("/v1/slow", "/v1/slow-thread"):
            assert client.get(path).status_code == 503
        assert client.get("/v1/plain").status_code == 200


def test_requests_in_one_go_are_answered_in_order(server: Address) -> None:
    text = (
        GET.replace(b"plain", b"query?limit=1")
        + b"\r\n"
        + GET.replace(b"plain", b"query?limit=2")
        + b"\r\n"
        + GET
        + CLOSE
    )
    answer = said(server, text)
    assert [answer.index(b'"limit":1') < answer.index(b'"limit":2'), answer.count(b"HTTP/1.1 200")] == [
        True,
        3,
    ]


def test_head_has_no_body_on_the_wire(server: Address) -> None:
    head, _, body = said(server, GET.replace(b"GET", b"HEAD") + CLOSE).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"content-length: 11" in head
    assert body == b""


def test_an_answer_that_breaks_off_is_not_taken_for_whole(server: Address) -> None:
    with pytest.raises(httpx.RemoteProtocolError):
        httpx.get(f"http://{server[0]}:{server[1]}/v1/broken-stream")


@pytest.mark.parametrize("host", [b"evil.test", b"localhost.evil.test", b"192.0.2.1:8000", b"", b"a b"])
def test_rebinding(server: Address, host: bytes) -> None:
    problem_in(said(server, b"GET /v1/plain HTTP/1.1\r\nHost: " + host + b"\r\n" + CLOSE), 421, "PF728")
    problem_in(said(server, b"GET /v1/plain HTTP/1.0\r\n\r\n"), 421, "PF728")


def test_a_websocket_is_a_plain_call(server: Address) -> None:
    text = (
        GET
        + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    assert b"101" not in said(server, text)[:20]


def test_too_many_connections(settings: Any) -> None:
    few = settings.model_copy(update={"concurrency": 3, "header_timeout": 3.0})
    with serving(app_of(few), few) as address:
        waiting = [socket.create_connection(address) for _ in range(3)]
        try:
            time.sleep(0.1)
            answer = said(address, GET + b"\r\n")
            problem_in(answer, 503, "PF733")
            assert b"retry-after" in answer.lower()
        finally:
            for client in waiting:
                client.close()
        time.sleep(0.1)
        assert said(address, GET + CLOSE).startswith(b"HTTP/1.1 200")


def test_stopping_lets_requests_finish(settings: Any) -> None:
    service = Service()
    answers: list[httpx.Response] = []
    with serving(app_of(settings, service), settings) as (host, port):
        asking = threading.Thread(target=lambda: answers.append(httpx.get(f"http://{host}:{port}/v1/stream")))
        asking.start()
        time.sleep(0.2)
    asking.join()
    assert answers[0].text == "part" * 4
    assert service.calls[-1] == "stop"


def test_stopping_does_not_wait_for_ever(settings: Any) -> None:
    slow = settings.model_copy(update={"handling_timeout": 60.0})
    with serving(app_of(slow), slow) as (host, port):

        def wait() -> None:
            with pytest.raises(httpx.HTTPError):
                httpx.get(f"http://{host}:{port}/v1/slow", timeout=20).raise_for_status()

        asking = threading.Thread(target=wait)
        asking.start()
        time.sleep(0.2)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    asking.join()
