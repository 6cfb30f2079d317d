"""Access tokens (JWT, RFC 9068 and what came before it): verified once, then remembered until they end.

Only RS256 and ES256 are believed, with a key of the issuer's own set; what the token itself says of its algorithm
chooses nothing.
"""

from __future__ import annotations

import hashlib
import time
from typing import Any

import jwt
from jwt.exceptions import (
    ExpiredSignatureError,
    ImmatureSignatureError,
    InvalidAudienceError,
    InvalidIssuerError,
    MissingRequiredClaimError,
    PyJWTError,
)

from api.http.auth.keys import KeysError, KeySource, key_source
from api.http.auth.person import Person
from api.http.problems import Refusal
from api.http.settings import ServiceSettings
from rules.said import said

LONGEST = 8 * 1024
REMEMBERED = 10_000
_TYPES = (None, "jwt", "at+jwt", "application/at+jwt")
_LONGEST_NAME = 200
_DAY = 24 * 3600


def unauthorised(detail: str, error: str = "invalid_token") -> Refusal:
    """401 by RFC 6750."""
    description = detail.replace('"', "'").encode("ascii", "replace").decode()
    challenge = f'Bearer realm="prioritise", error="{error}", error_description="{description}"'
    return Refusal("PF727", detail, headers={"WWW-Authenticate": challenge})


NO_TOKEN = "This call needs an access token: Authorization: Bearer …"


def no_token() -> Refusal:
    """401 for a call that brings no token: no error code, by RFC 6750."""
    return Refusal("PF727", NO_TOKEN, headers={"WWW-Authenticate": 'Bearer realm="prioritise"'})


class Verifier:
    """Turns an Authorization header into a person."""

    def __init__(self, settings: ServiceSettings, keys: KeySource | None = None) -> None:
        self._settings = settings
        self._keys = keys or key_source(settings)
        self._leeway = settings.token_leeway
        self._generation = self._keys.generation
        self._known: dict[bytes, tuple[Person, float]] = {}

    def remembered(self, header: bytes) -> Person | None:
        """The person of a header that was verified before and has not ended. Costs a hash."""
        if self._generation != self._keys.generation:
            self._known.clear()
            self._generation = self._keys.generation
            return None
        found = self._known.get(hashlib.sha256(header).digest())
        if found is None or found[1] <= time.time():
            return None
        return found[0]

    def look(self) -> None:
        """To be called every few seconds: renews keys that are out of date."""
        self._keys.look()

    async def key(self, kid: str | None) -> jwt.PyJWK | None:
        """The issuer's key of an id. Raises KeysError where there are no keys."""
        return await self._keys.key(kid)

    async def verify(self, header: bytes) -> Person | Refusal:
        """The person of a header, or why it is refused. Nothing of the token is told or logged."""
        token = _bearer(header)
        if isinstance(token, Refusal):
            return token
        try:
            person, until = await self._verified(token)
        except Refusal as refusal:
            return refusal
        if self._generation != self._keys.generation:  # this one was verified with the newest keys
            self._known.clear()
            self._generation = self._keys.generation
        if len(self._known) >= REMEMBERED:
            self._forget()
        self._known[hashlib.sha256(header).digest()] = (person, until)
        return person

    def _forget(self) -> None:
        """Make room: drop what has ended, and if that is not enough the oldest half."""
        now = time.time()
        self._known = {key: kept for key, kept in self._known.items() if kept[1] > now}
        if len(self._known) >= REMEMBERED:
            self._known = dict(list(self._known.items())[REMEMBERED // 2 :])

    async def _verified(self, token: str) -> tuple[Person, float]:
        try:
            head = jwt.get_unverified_header(token)
        except (PyJWTError, ValueError, RecursionError):
            raise unauthorised(said("The access token cannot be read.")) from None
        if head.get("alg") not in self._settings.token_algorithms:
            raise unauthorised(said("The access token's signature is of a kind that is not accepted."))
        kind = head.get("typ")
        if "crit" in head or (kind.lower() if isinstance(kind, str) else kind) not in _TYPES:
            raise unauthorised(said("It is not an access token that can be used here."))
        kid = head.get("kid")
        try:
            key = await self._keys.key(kid if isinstance(kid, str) else None)
        except KeysError:
            raise Refusal("PF733", said("The issuer's keys cannot be had at present.")) from None
        if key is None or key.algorithm_name != head["alg"]:
            raise unauthorised(said("The access token is signed with a key that the issuer does not name."))
        claims = self._claims(token, key)
        return self._person(claims), min(int(claims["exp"]), time.time() + _DAY) + self._leeway

    def _claims(self, token: str, key: jwt.PyJWK) -> dict[str, Any]:
        settings = self._settings
        required = ["exp", "iss", settings.claim_subject]
        if settings.token_audience_checked:
            required.append("aud")
        try:
            return jwt.decode(
                token,
                key,
                algorithms=[key.algorithm_name],
                audience=settings.token_audiences if settings.token_audience_checked else None,
                issuer=settings.token_issuer,
                leeway=self._leeway,
                options={"require": required, "verify_aud": settings.token_audience_checked},
            )
        except ExpiredSignatureError:
            raise unauthorised(said("The access token has expired.")) from None
        except ImmatureSignatureError:
            raise unauthorised(said("The access token is not valid yet.")) from None
        except InvalidAudienceError:
            raise unauthorised(said("The access token is meant for another service.")) from None
        except InvalidIssuerError:
            raise unauthorised(said("The access token was issued by somebody else.")) from None
        except MissingRequiredClaimError as error:
            raise unauthorised(said("The access token has no {claim}.", claim=error.claim)) from None
        except (PyJWTError, ValueError, TypeError, OverflowError, RecursionError):
            raise unauthorised(said("The access token's signature or claims are wrong.")) from None

    def _person(self, claims: dict[str, Any]) -> Person:
        settings = self._settings
        subject = claims.get(settings.claim_subject)
        client = claims.get(settings.claim_client, claims.get("azp"))
        if not _is_name(subject) or not (client is None or _is_name(client)):
            raise unauthorised(said("The access token names nobody."))
        roles = {
            settings.roles[word]
            for word in _words(claims.get(settings.claim_roles))
            if word in settings.roles
        }
        return Person(
            str(subject),
            client,
            frozenset(roles),
            frozenset(_words(claims.get(settings.claim_pdus))),
            frozenset(_words(claims.get(settings.claim_regions))),
        )


def _bearer(header: bytes) -> str | Refusal:
    scheme, _, token = header.partition(b" ")
    token = token.strip()
    if scheme.lower() != b"bearer" or not token:
        return no_token()
    if len(token) > LONGEST or not token.isascii():
        return unauthorised(said("The access token cannot be read."))
    return token.decode("ascii")


def _words(claim: Any) -> list[str]:
    """A claim that lists names, as JSON or with spaces between; anything else lists none."""
    if isinstance(claim, str):
        return claim.split()
    return [word for word in claim if isinstance(word, str)] if isinstance(claim, list) else []


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= _LONGEST_NAME and value.isprintable()
