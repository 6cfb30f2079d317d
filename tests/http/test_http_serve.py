"""`serve` as a process of its own: settings, sockets, workers and signals."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.cli import _serve
from api.http import logs
from api.http.serve import configured, listen
from api.http.settings import SettingsError, read_settings
from rules.problems import UsageError
from tests.http.issuer import Issuer

ROOT = Path(__file__).parents[2]
RUN = "import sys; from api.cli._serve import run; from api.cli._terminal import guarded; guarded(lambda: run({}))"


def command(arguments: str) -> list[str]:
    return [sys.executable, "-c", RUN.format(arguments)]


def environment(**more: str) -> dict[str, str]:
    """The environment of a service; its ledger is none of the user's own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PRIORITISE_")}
    more = {"STORE": str(Path(tempfile.mkdtemp()) / "ledger.sqlite3"), **more}
    return {**kept, "PYTHONPATH": str(ROOT), **{f"PRIORITISE_{name}": value for name, value in more.items()}}


class Process:
    def __init__(self, running: subprocess.Popen[bytes]) -> None:
        self.running = running
        self.lines: list[dict[str, Any]] = []
        self.url = str(self.until("listening")["url"])

    def until(self, event: str) -> dict[str, Any]:
        """Read the log until a line says something."""
        assert self.running.stderr is not None
        for line in self.running.stderr:
            self.lines.append(json.loads(line))
            if self.lines[-1]["event"].startswith(event):
                return self.lines[-1]
        raise AssertionError(f"it ended without {event}: {self.lines}")

    def stop(self, how: int = signal.SIGTERM) -> int:
        self.running.send_signal(how)
        assert self.running.stderr is not None
        self.lines += [json.loads(line) for line in self.running.stderr if line.startswith(b"{")]
        return self.running.wait(20)


@contextmanager
def running(arguments: str = "None, 0, None, None, None, None", **more: str) -> Iterator[Process]:
    started = subprocess.Popen(
        command(arguments),
        env=environment(**more),
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(
            signal.SIGINT, signal.SIG_DFL
        ),  # ignored in what runs in the background
    )
    try:
        yield Process(started)
    finally:
        if started.poll() is None:
            started.kill()
        started.wait()
        assert started.stderr is not None
        started.stderr.close()


def test_it_starts_says_that_it_is_open_and_stops() -> None:
    with running() as process:
        assert process.until("open")["level"] == "warning"
        process.until("Application startup complete")
        answer = httpx.get(f"{process.url}/health/live")
        assert answer.json() == {"status": "live"}
        assert "server" not in answer.headers
        assert httpx.get(f"{process.url}/info").json()["open"] is True
        assert process.stop() in (0, -signal.SIGTERM)
    assert process.lines[-1]["event"].startswith("Finished")
    assert [line["route"] for line in process.lines if line["event"] == "request"] == [
        "/health/live",
        "/info",
    ]


def test_ctrl_c_stops_it_quietly() -> None:
    with running() as process:
        process.until("Application startup complete")
        assert process.stop(signal.SIGINT) == 130


def refused(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *given: Any, **more: str
) -> str:
    """What is said where a start must fail with code 2."""
    monkeypatch.setattr(os, "environ", environment(**more))
    with pytest.raises(SystemExit) as stopped:
        _serve.run(*given)
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


@pytest.mark.parametrize(
    ("given", "variables", "said"),
    [
        (("0.0.0.0", 0, None, None), {}, "PF734"),
        (("192.0.2.1", 0, None, None), {}, "PF734"),
        ((None, 99999, None, None), {}, "PF735 PRIORITISE_PORT"),
        ((None, 0, None, 0), {}, "PF735 PRIORITISE_WORKERS"),
        ((None, 0, None, None), {"TOKEN_ISSUER": "https://i"}, "PF735 PRIORITISE_JWKS_URL"),
        ((None, 0, None, None), {"TOKN_ISSUER": "https://i"}, "PF735 PRIORITISE_TOKN_ISSUER"),
        ((None, 0, None, None), {"SETTINGS": "/nowhere.toml"}, "PF735 /nowhere.toml cannot be opened"),
    ],
)
def test_wrong_settings_end_it_with_a_message(
    given: tuple[Any, ...],
    variables: dict[str, str],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert said in refused(capsys, monkeypatch, *given, None, None, **variables)


def test_a_port_that_is_taken(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "configure", lambda settings: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(capsys, monkeypatch, None, port, None, None, None, None)
    assert said == f"127.0.0.1:{port} cannot be listened at: Address already in use.\n"


def test_a_host_that_there_is_not(tmp_path: Path) -> None:
    given = Issuer().settings(tmp_path, host="192.0.2.1", port=0)
    with pytest.raises(UsageError, match="cannot be listened at"):
        listen(given)


def test_a_name_that_means_another_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def elsewhere(*_: object, **__: object) -> Sequence[Any]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 0))]

    monkeypatch.setattr(socket, "getaddrinfo", elsewhere)
    with pytest.raises(SettingsError) as error:
        listen(read_settings(host="localhost", port=0))
    assert error.value.problems[0].code == "PF734"


def test_several_workers_are_counted_together(tmp_path: Path) -> None:
    with running("None, 0, None, 2, None, None", ACCESS_LOG="off") as process:
        for _ in range(2):
            process.until("Application startup complete")
        for _ in range(30):  # each on a connection of its own, so that both workers get some
            assert httpx.get(f"{process.url}/health/live").status_code == 200
        deadline = time.monotonic() + 5
        line = ""
        while time.monotonic() < deadline and not line.endswith(" 30.0"):
            text = httpx.get(f"{process.url}/metrics").text
            line = next(
                line for line in text.splitlines() if 'route="/health/live"' in line and "total" in line
            )
        assert line == 'prioritise_requests_total{method="GET",route="/health/live",status="200"} 30.0'
        assert process.stop() in (0, -signal.SIGTERM)
    assert sum(line["event"].startswith("Finished") for line in process.lines) == 2


def test_with_tokens_it_listens_anywhere(tmp_path: Path) -> None:
    issuer = Issuer()
    (tmp_path / "keys.json").write_bytes(issuer.jwks())
    variables = {
        "TOKEN_ISSUER": "https://issuer.test/auth",
        "TOKEN_AUDIENCES": "prioritise",
        "JWKS_FILE": str(tmp_path / "keys.json"),
    }
    with running('"0.0.0.0", 0, None, None, None, None', **variables) as process:
        process.until("Application startup complete")
        url = process.url.replace("0.0.0.0", "127.0.0.1")
        assert httpx.get(f"{url}/info").status_code == 401
        assert httpx.get(f"{url}/info", headers=issuer.bearer("operator")).json()["open"] is False
        process.stop()
    assert not [line for line in process.lines if line["event"] == "open"]


def test_proxies_are_believed_only_where_they_are_named() -> None:
    assert not configured("x:y", read_settings()).proxy_headers
    named = configured("x:y", read_settings(trusted_proxies=("10.0.0.1",)))
    assert named.proxy_headers
    assert named.forwarded_allow_ips == ["10.0.0.1"]
