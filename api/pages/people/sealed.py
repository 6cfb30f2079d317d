"""Values that a browser keeps for us and can neither read nor change: AES-GCM, with a key made from a secret."""

from __future__ import annotations

import base64
import hashlib
import os
import time
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
LONGEST = 3800
"""So many characters a cookie may have: browsers take about 4,000 with its name."""


class Seal:
    """Seals values for one purpose. The first secret seals; what any of them has sealed can be opened."""

    def __init__(self, secrets: Sequence[str], purpose: str) -> None:
        self._purpose = purpose.encode()
        self._keys = [
            AESGCM(hashlib.sha256(b"%b:%b" % (self._purpose, one.encode())).digest()) for one in secrets
        ]

    def sealed(self, value: Mapping[str, Any], until: float) -> str:
        """A value as text, which can be opened until a moment (seconds since 1970). Raises ValueError if too long."""
        nonce = os.urandom(_NONCE)
        # What is secret in a value is another each time, so its size gives nothing away.
        body = zlib.compress(orjson.dumps({"until": int(until), "value": value}))
        text = _written(nonce + self._keys[0].encrypt(nonce, body, self._purpose))
        if len(text) > LONGEST:
            raise ValueError("more than a cookie can hold")
        return text

    def opened(self, text: str) -> dict[str, Any] | None:
        """The value; None where it is not ours, was changed, or is over."""
        if len(text) > LONGEST:
            return None
        try:
            raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        except ValueError:
            return None
        if _written(raw) != text:  # there are several ways to write the same, of which we use one
            return None
        for key in self._keys:
            try:
                packed = key.decrypt(raw[:_NONCE], raw[_NONCE:], self._purpose)
            except (InvalidTag, ValueError):
                continue
            body = orjson.loads(zlib.decompress(packed))
            value: dict[str, Any] = body["value"]
            return value if body["until"] > time.time() else None
        return None


def _written(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
