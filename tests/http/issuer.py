"""An issuer of access tokens for tests, with keys made on the spot."""

from __future__ import annotations

import base64
import json
import time
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from api.http.settings import ServiceSettings, read_settings

ISSUER, AUDIENCE = "https://issuer.test/auth", "prioritise"
ROLES = ("viewer", "pdu-head", "regional-director", "hq", "operator")


@cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


@cache
def ec_key(name: str, curve: type[ec.EllipticCurve] = ec.SECP256R1) -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(curve())


def jwk_of(key: Any, kid: str, **more: Any) -> dict[str, Any]:
    kind = RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else ECAlgorithm
    public: dict[str, Any] = kind.to_jwk(key.public_key(), as_dict=True)
    return {**public, "kid": kid, "use": "sig", **more}


def jwks(*keys: dict[str, Any]) -> bytes:
    return json.dumps({"keys": keys}).encode()


class Issuer:
    """Two keys: `rsa` and `ec`. The default set names both."""

    def __init__(self) -> None:
        self.keys: dict[str, Any] = {"rsa": rsa_key("rsa"), "ec": ec_key("ec")}

    def jwks(self) -> bytes:
        return jwks(*(jwk_of(key, kid) for kid, key in self.keys.items()))

    def settings(self, folder: Path, **more: Any) -> ServiceSettings:
        """Settings with tokens; the keys are in a file in the folder."""
        file = folder / "jwks.json"
        file.write_bytes(self.jwks())
        given = {
            "token_issuer": ISSUER,
            "token_audiences": (AUDIENCE,),
            "jwks_file": file,
            "log_level": "error",
            "access_log": False,
        }
        return read_settings(**(given | more))

    def claims(self, *roles: str, **more: Any) -> dict[str, Any]:
        now = int(time.time())
        given = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": "someone",
            "client_id": "a-client",
            "iat": now,
            "exp": now + 600,
            "authorities": [f"ROLE_PRIORITISE_{role.upper().replace('-', '_')}" for role in roles],
        }
        return {name: value for name, value in (given | more).items() if value is not None}

    def token(self, *roles: str, kid: str = "rsa", head: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token for roles, with further or other claims (None takes one away)."""
        key = self.keys[kid]
        algorithm = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
        return jwt.encode(self.claims(*roles, **claims), key, algorithm, {"kid": kid} | (head or {}))

    def bearer(self, *roles: str, **more: Any) -> dict[str, str]:
        """The header with such a token."""
        return {"Authorization": f"Bearer {self.token(*roles, **more)}"}


def forged(head: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """A token put together by hand."""
    parts = [json.dumps(head).encode(), json.dumps(claims).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)
