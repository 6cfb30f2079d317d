"""Servers for measuring: ours as it is started by people, and the barest FastAPI route that gives the same bytes."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import jwt
import psutil
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from bench._client import Ask, Heard, ask

ROOT = Path(__file__).resolve().parent.parent
ISSUER, AUDIENCE = "https://issuer.test", "prioritise"
_BEGINS = 60.0


@dataclass(slots=True)
class Server:
    """A server that answers."""

    name: str
    port: int
    process: psutil.Process
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, *paths: str, **how: object) -> Heard:
        """Ask it."""
        return ask(Ask(self.port, list(paths), headers=self.headers, **how))  # type: ignore[arg-type]

    def cost(self, path: str, seconds: float) -> tuple[float, float]:
        """Seconds of its processor for an answer, and answers a second on the wall."""
        before = self.process.cpu_times()
        heard = self.ask(path, seconds=seconds)
        after = self.process.cpu_times()
        assert heard.refused == 0, f"{self.name} refused {heard.refused} of {heard.answered}"
        used = after.user + after.system - before.user - before.system
        return used / heard.answered, heard.rate

    def memory(self) -> float:
        """Its memory in MB."""
        return float(self.process.memory_info().rss) / 2**20

    def get(self, path: str) -> bytes:
        """One answer."""
        call = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=self.headers)
        with urllib.request.urlopen(call, timeout=60) as answer:
            return bytes(answer.read())

    def post(self, path: str, body: bytes, kind: str) -> bytes:
        """What a write is answered with."""
        headers = {"Content-Type": kind, **self.headers}
        call = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body, headers=headers)
        with urllib.request.urlopen(call, timeout=60) as answer:
            return bytes(answer.read())


@contextmanager
def ours(store: Path, frameworks: Path, *, token: Path | None = None) -> Iterator[Server]:
    """The service on a ledger, one worker, no access log; with tokens, where there is a folder for the keys."""
    told = {
        "STORE": str(store),
        "FRAMEWORKS": str(frameworks),
        "ACCESS_LOG": "false",
        "LOG_LEVEL": "error",
        "RELOAD_INTERVAL": "60",
        "READS_PER_MINUTE": "0",
        "WRITES_PER_MINUTE": "0",
    }
    headers = {}
    if token is not None:
        more, bearer = _tokens(token)
        told |= more
        headers = {"Authorization": f"Bearer {bearer}"}
    port = _free()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PRIORITISE_")}
    environment |= {f"PRIORITISE_{name}": value for name, value in (told | {"PORT": str(port)}).items()}
    name = "ours" if token is None else "ours, with a token"
    yield from _run(name, [sys.executable, "-m", "api", "serve"], environment, port, "/health/ready", headers)


BARE = """
import os, uvicorn
from fastapi import FastAPI, Response
body = bytes.fromhex(os.environ["BODY"])
app = FastAPI(openapi_url=None)
@app.get("/v1/pdus/{pdu}/status")
async def status(pdu: str, as_of: str | None = None, known_at: str | None = None) -> Response:
    return Response(body, media_type="application/json")
uvicorn.run(app, port=int(os.environ["PORT"]), access_log=False, log_level="error")
"""


@contextmanager
def bare(body: bytes) -> Iterator[Server]:
    """A route that only gives these bytes."""
    port = _free()
    environment = {**os.environ, "BODY": body.hex(), "PORT": str(port)}
    yield from _run("bare", [sys.executable, "-c", BARE], environment, port, "/v1/pdus/x/status", {})


def _run(
    name: str, command: list[str], environment: dict[str, str], port: int, path: str, headers: dict[str, str]
) -> Iterator[Server]:
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    server = Server(name, port, psutil.Process(process.pid), headers)
    try:
        end = time.monotonic() + _BEGINS
        while True:
            try:
                server.get(path)
                break
            except OSError:
                if process.poll() is not None or time.monotonic() > end:
                    raise
                time.sleep(0.1)
        yield server
    finally:
        process.terminate()
        process.wait(30)


def _free() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _tokens(folder: Path) -> tuple[dict[str, str], str]:
    """Settings with an issuer of our own, and a token of it."""
    key = rsa.generate_private_key(65537, 2048)
    public = {**RSAAlgorithm.to_jwk(key.public_key(), as_dict=True), "kid": "one", "use": "sig"}
    file = folder / "jwks.json"
    file.write_text(json.dumps({"keys": [public]}), "utf-8")
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "bench",
        "client_id": "bench",
        "exp": int(time.time()) + 24 * 3600,
        "authorities": ["ROLE_PRIORITISE_HQ"],
    }
    settings = {"TOKEN_ISSUER": ISSUER, "TOKEN_AUDIENCES": AUDIENCE, "JWKS_FILE": str(file)}
    return settings, jwt.encode(claims, key, "RS256", {"kid": "one"})
