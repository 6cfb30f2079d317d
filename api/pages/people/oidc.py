"""Signing in through OpenID Connect: the authorisation code flow with PKCE (RFC 7636).

The issuer is the one whose tokens the API believes. What somebody may do on the pages is what their access token says,
verified exactly as the API does; the ID token only ties the answer to the question (its nonce and its subject).
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_urlsafe
from typing import Any
from urllib.parse import urlencode

import jwt

from api.http.auth.keys import LARGEST, KeysError, NoRedirects, fetch
from api.http.auth.person import Person
from api.http.auth.tokens import Verifier, no_token
from api.http.problems import Refusal
from api.http.settings import ServiceSettings, is_loopback
from api.pages.people.cookies import read, written
from api.pages.people.sealed import Seal
from rules.said import said

NAME = "signing-in"
SIGN_IN = "/sign-in"
CALLBACK = "/sign-in/callback"
_MINUTES = 10
_KNOWN_FOR = 3600.0


@dataclass(frozen=True, slots=True)
class Endpoints:
    """Where the issuer is asked."""

    authorise: str
    token: str
    end: str | None


class SignIn:
    """Signs people in."""

    def __init__(self, settings: ServiceSettings, secrets: tuple[str, ...], verifier: Verifier) -> None:
        self._settings = settings
        self._verifier = verifier
        self._seal = Seal(secrets, "signing-in")
        self._known: tuple[float, Endpoints] | None = None
        assert settings.public_url is not None, "the settings were checked"
        self._public = settings.public_url.rstrip("/")
        self.secure = self._public.startswith("https://")

    async def begun(self, after: str) -> tuple[str, str]:
        """Where the browser is sent, and the cookie with what must come back. `after` is a path of ours."""
        endpoints = await self._endpoints()
        state, nonce, verifier = token_urlsafe(24), token_urlsafe(24), token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        asked = {
            "response_type": "code",
            "client_id": self._settings.oidc_client_id,
            "redirect_uri": self._public + CALLBACK,
            "scope": " ".join(self._settings.oidc_scopes),
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        kept = {"state": state, "nonce": nonce, "verifier": verifier, "after": safe_path(after)}
        sealed = self._seal.sealed(kept, time.time() + 60 * _MINUTES)
        cookie = written(NAME, sealed, secure=self.secure, strict=False, seconds=60 * _MINUTES)
        join = "&" if "?" in endpoints.authorise else "?"
        return f"{endpoints.authorise}{join}{urlencode(asked)}", cookie

    async def finished(self, query: Mapping[str, str], cookies: str | None) -> tuple[Person, float, str]:
        """Who has signed in, until when, and where they wanted to go. Refuses (PF727) anything that does not fit."""
        text = read(cookies, NAME, secure=self.secure)
        kept = None if text is None else self._seal.opened(text)
        if kept is None or query.get("state") != kept["state"]:
            raise _refused(said("Signing in took too long, or began in another browser. Sign in again."))
        if query.get("iss", self._settings.token_issuer) != self._settings.token_issuer:
            raise _failed()  # another issuer's answer (RFC 9207)
        if "code" not in query:
            raise _refused(said("You were not signed in. Sign in again, or ask whoever runs this service."))
        endpoints = await self._endpoints()
        answer = await asyncio.to_thread(self._exchange, endpoints.token, query["code"], kept["verifier"])
        access, identity = answer.get("access_token"), answer.get("id_token")
        if not isinstance(access, str) or not isinstance(identity, str):
            raise _failed()
        person = await self._verifier.verify(b"Bearer " + access.encode("latin-1", "replace"))
        if isinstance(person, Refusal):
            raise person
        claims = await self._identity(identity)
        if claims.get("nonce") != kept["nonce"] or not _is_of(claims, access):
            raise _failed()
        if self._settings.claim_subject == "sub" and claims["sub"] != person.subject:
            raise _failed()
        until = min(_expiry(access), time.time() + 24 * 3600)
        return person, until, kept["after"]

    def forgotten(self) -> str:
        """The header that takes away what was kept while somebody signed in."""
        return written(NAME, "", secure=self.secure, strict=False)

    async def end(self) -> str | None:
        """Where the browser is sent so that the issuer ends its session too, if the issuer has such a place."""
        endpoints = await self._endpoints()
        if endpoints.end is None:
            return None
        back = {"client_id": self._settings.oidc_client_id, "post_logout_redirect_uri": self._public + "/"}
        return f"{endpoints.end}?{urlencode(back)}"

    async def _identity(self, token: str) -> dict[str, Any]:
        """The claims of an ID token that is the issuer's, is meant for us and has not expired."""
        try:
            kid = jwt.get_unverified_header(token).get("kid")
            key = await self._verifier.key(kid if isinstance(kid, str) else None)
            if key is None:
                raise _failed()
            claims: dict[str, Any] = jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                audience=self._settings.oidc_client_id,
                issuer=self._settings.token_issuer,
                leeway=self._settings.token_leeway,
                options={"require": ["exp", "iss", "aud", "sub"]},
            )
        except (jwt.PyJWTError, KeysError, ValueError, TypeError, RecursionError) as error:
            raise _failed() from error
        if isinstance(claims["aud"], list) and claims.get("azp") not in (None, self._settings.oidc_client_id):
            raise _failed()  # meant for several, and given to another
        return claims

    async def _endpoints(self) -> Endpoints:
        known = self._known
        if known is not None and time.monotonic() - known[0] < _KNOWN_FOR:
            return known[1]
        issuer = (self._settings.token_issuer or "").rstrip("/")
        try:
            text = await asyncio.to_thread(
                fetch, f"{issuer}/.well-known/openid-configuration", self._settings.jwks_timeout
            )
            told = json.loads(text)
            found = Endpoints(
                _safe_url(told["authorization_endpoint"]),
                _safe_url(told["token_endpoint"]),
                _safe_url(told["end_session_endpoint"]) if "end_session_endpoint" in told else None,
            )
            if told["issuer"] != self._settings.token_issuer:
                raise ValueError("another issuer")
        except (KeysError, ValueError, KeyError, TypeError) as error:
            raise _unreachable() from error
        self._known = (time.monotonic(), found)
        return found

    def _exchange(self, url: str, code: str, verifier: str) -> dict[str, Any]:
        """The tokens for a code. In a thread."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._public + CALLBACK,
            "client_id": self._settings.oidc_client_id or "",
            "code_verifier": verifier,
        }
        headers = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}
        secret = self._settings.oidc_client_secret
        if secret is not None:
            pair = ":".join(
                urllib.parse.quote(part, safe="")
                for part in (self._settings.oidc_client_id or "", secret.get_secret_value())
            )
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        request = urllib.request.Request(url, urlencode(asked).encode(), headers)
        try:
            with urllib.request.build_opener(NoRedirects).open(
                request, timeout=self._settings.jwks_timeout
            ) as answer:
                found = json.loads(answer.read(LARGEST))
        except urllib.error.HTTPError as error:
            raise _failed() if error.code < 500 else _unreachable() from error
        except OSError as error:
            raise _unreachable() from error
        except ValueError as error:
            raise _failed() from error
        if not isinstance(found, dict):
            raise _failed()
        return found


def safe_path(path: str) -> str:
    """A path of this service, whatever was asked for: nobody is sent elsewhere after signing in."""
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and "\\" not in path
    return path if plain and path.isprintable() and len(path) <= 500 else "/"


def _safe_url(url: Any) -> str:
    parts = urllib.parse.urlsplit(str(url))
    if parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        return str(url)
    raise ValueError("no https address")


def _is_of(claims: Mapping[str, Any], access: str) -> bool:
    """Whether an ID token belongs to an access token, as far as it says so (`at_hash`)."""
    half = hashlib.sha256(access.encode()).digest()[:16]  # both algorithms that are accepted hash so
    told = claims.get("at_hash")
    return told is None or told == base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def _expiry(token: str) -> float:
    """When a token ends that was verified before."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return float(claims["exp"])


def _unreachable() -> Refusal:
    return Refusal("PF733", said("The service that signs people in cannot be reached. Try again."))


def _failed() -> Refusal:
    return _refused(said("Signing in did not work. Sign in again, or ask whoever runs this service."))


def _refused(detail: str) -> Refusal:
    return Refusal("PF727", detail, headers=dict(no_token().headers or {}))
