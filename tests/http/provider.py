"""An OpenID Connect provider for tests: it answers on this machine, and can be made to answer wrongly."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

from tests.http.issuer import AUDIENCE, Issuer

CLIENT = "pages"


class Provider:
    """Signs one person in. What is set in `identity` and `access` goes into the tokens before all else."""

    def __init__(self, issuer: Issuer) -> None:
        self.issuer = issuer
        self.url = ""
        self.begin_anew()

    def begin_anew(self) -> None:
        """Answer as is due again."""
        self.person: dict[str, Any] = {"sub": "jo", "authorities": ["ROLE_PRIORITISE_HQ"]}
        self.identity: dict[str, Any] = {}
        self.access: dict[str, Any] = {}
        self.discovery: dict[str, Any] = {}
        self.answer: dict[str, Any] = {}
        self.raw: bytes | None = None
        self.status = 200
        self.secret: str | None = None
        self.key: Any = None
        self.algorithm = "RS256"
        self.asked: list[dict[str, str]] = []
        """What was sent for tokens."""
        self._codes: dict[str, dict[str, str]] = {}

    def authorise(self, url: str) -> str:
        """What a browser does there once the person has signed in: the path that it comes back to."""
        assert url.startswith(f"{self.url}/authorise?")
        query = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
        code = hashlib.sha256(url.encode()).hexdigest()
        self._codes[code] = query
        back = urlsplit(query["redirect_uri"]).path
        return f"{back}?{urlencode({'code': code, 'state': query['state'], 'iss': self.url})}"

    def described(self) -> dict[str, Any]:
        told = {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorise",
            "token_endpoint": f"{self.url}/token",
            "end_session_endpoint": f"{self.url}/end",
        }
        return {name: value for name, value in (told | self.discovery).items() if value is not None}

    def tokens(self, form: dict[str, str], authorisation: str | None) -> tuple[int, dict[str, Any]]:
        """The answer to who brings a code, with the proof that it is theirs."""
        self.asked.append(form)
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None:
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        fits = challenge == asked["code_challenge"] and form["redirect_uri"] == asked["redirect_uri"]
        if self.secret is not None:
            pair = f"{CLIENT}:{self.secret}".encode()
            fits = fits and authorisation == f"Basic {base64.b64encode(pair).decode()}"
        if not fits or form["client_id"] != asked["client_id"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        shared = {"iss": self.url, "sub": self.person["sub"], "iat": now, "exp": now + 600}
        access = self._signed(
            {**shared, **self.person, "aud": AUDIENCE, "client_id": CLIENT} | self.access,
            self.issuer.keys["rsa"],
        )
        half = base64.urlsafe_b64encode(hashlib.sha256(access.encode()).digest()[:16]).rstrip(b"=").decode()
        identity = self._signed(
            {**shared, "aud": CLIENT, "nonce": asked["nonce"], "at_hash": half} | self.identity,
            self.key or self.issuer.keys["rsa"],
        )
        told = {"access_token": access, "id_token": identity, "token_type": "Bearer", "expires_in": 600}
        return 200, {name: value for name, value in (told | self.answer).items() if value is not None}

    def _signed(self, claims: dict[str, Any], key: Any) -> str:
        given = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(given, key, self.algorithm, {"kid": "rsa"})


class _Answers(BaseHTTPRequestHandler):
    provider: Provider

    def do_GET(self) -> None:
        if self.path == "/.well-known/openid-configuration":
            self._tell(200, self.provider.raw or json.dumps(self.provider.described()).encode())
        else:
            self._tell(404, b"{}")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        status, told = self.provider.tokens(form, self.headers.get("Authorization"))
        if self.provider.status != 200:
            status = self.provider.status
        self._tell(status, self.provider.raw or json.dumps(told).encode())

    def _tell(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        if 300 <= status < 400:
            self.send_header("Location", f"{self.provider.url}/.well-known/openid-configuration")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing is written to the terminal."""


@contextmanager
def provider_of(issuer: Issuer) -> Iterator[Provider]:
    """A provider that answers while the context lasts."""
    provider = Provider(issuer)
    handler = type("Answers", (_Answers,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    provider.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
