"""The issuer's public keys: from an address, kept and renewed, or from a file, read again when it changes.

Nothing here blocks the event loop: files are small, and an address is asked in a thread, one ask at a time.
"""

from __future__ import annotations

import asyncio
import json
import time
import urllib.error
import urllib.request
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Protocol

from jwt import PyJWK

from api.http.settings import ServiceSettings

LARGEST = 256 * 1024
LEAST_RSA = 2048
"""Keys of fewer bits are not believed."""
KEPT = 24 * 3600
"""While the address is out of reach, keys are used for so many seconds at most."""
Keys = Mapping[str, PyJWK]


class KeysError(Exception):
    """The keys cannot be had. The text is for the log."""


class KeySource(Protocol):
    """Where keys come from."""

    generation: int
    """Goes up whenever the keys are other ones: what was verified before must be verified again."""

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key of an id; without an id the only one there is. Raises KeysError where there are no keys."""

    def look(self) -> None:
        """A quick look, now and then, whether the keys are out of date."""


def key_source(settings: ServiceSettings) -> KeySource:
    """The source that the settings name."""
    if settings.jwks_file is not None:
        return FileKeys(settings.jwks_file, settings.token_algorithms)
    assert settings.jwks_url is not None
    return UrlKeys(
        settings.jwks_url,
        settings.token_algorithms,
        max_age=settings.jwks_max_age,
        min_interval=settings.jwks_min_interval,
        timeout=settings.jwks_timeout,
    )


def read_keys(text: bytes, algorithms: Collection[str]) -> dict[str, PyJWK]:
    """The fit keys of a JWKS by id (without an id: by their place): RS256 and ES256, public, for signatures."""
    try:
        written = json.loads(text)["keys"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise KeysError("it is no JWKS") from None
    found: dict[str, PyJWK] = {}
    for index, one in enumerate(written if isinstance(written, list) else ()):
        if not isinstance(one, dict) or one.get("kty") not in ("RSA", "EC"):
            continue
        if one.get("use", "sig") != "sig" or "verify" not in one.get("key_ops", ["verify"]) or "d" in one:
            continue
        try:
            key = PyJWK(one)
        except Exception:  # the library raises many kinds; a key that it cannot read is no key
            continue
        if key.algorithm_name in algorithms and getattr(key.key, "key_size", 0) >= _least(key):
            found.setdefault(str(one.get("kid", f"#{index}")), key)
    if not found:
        raise KeysError("it holds no key that can be used")
    return found


def _least(key: PyJWK) -> int:
    return LEAST_RSA if key.key_type == "RSA" else 256


def _pick(keys: Keys, kid: str | None) -> PyJWK | None:
    if kid is None:
        return next(iter(keys.values())) if len(keys) == 1 else None
    return keys.get(kid)


class FileKeys:
    """Keys from a file. A file that has become wrong is told, and the keys of before are kept."""

    def __init__(self, path: Path, algorithms: Collection[str]) -> None:
        self._path, self._algorithms = path, algorithms
        self._seen: tuple[int, int, int] | None = None
        self._keys: Keys = {}
        self._fault = ""
        self.generation = 0

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key of an id."""
        self.look()
        if not self._keys:
            raise KeysError(f"{self._path}: {self._fault}")
        return _pick(self._keys, kid)

    def look(self) -> None:
        """Read the file again if it is another one."""
        try:
            stat = self._path.stat()
            seen = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
            if seen == self._seen:
                return
            if stat.st_size > LARGEST:
                raise KeysError("it is too large")
            keys = read_keys(self._path.read_bytes(), self._algorithms)
        except OSError as error:
            self._fault = f"it cannot be read: {error.strerror}"
        except KeysError as error:
            self._fault, self._seen = str(error), seen
        else:
            self._keys, self._seen, self._fault = keys, seen, ""
            self.generation += 1


class UrlKeys:
    """Keys from an address."""

    def __init__(
        self, url: str, algorithms: Collection[str], *, max_age: float, min_interval: float, timeout: float
    ) -> None:
        self._url, self._algorithms = url, algorithms
        self._max_age, self._min_interval, self._timeout = max_age, min_interval, timeout
        self._keys: Keys = {}
        self._fetched = self._tried = -float("inf")
        self._fault = ""
        self._under_way: asyncio.Task[None] | None = None
        self.generation = 0

    async def key(self, kid: str | None) -> PyJWK | None:
        """The key of an id. An unknown id has the keys fetched anew, though not more often than allowed."""
        self.look()
        found = _pick(self._keys, kid)
        if found is None and (self._under_way or time.monotonic() - self._tried >= self._min_interval):
            await asyncio.shield(self._renew())
            found = _pick(self._keys, kid)
        if not self._keys:
            raise KeysError(f"{self._url}: {self._fault}")
        return found

    def look(self) -> None:
        """Renew keys that are old, in the background; drop those that are far too old."""
        age = time.monotonic() - self._fetched
        if age > KEPT and self._keys:
            self._keys, self._fault = {}, "the keys are too old"
            self.generation += 1
        elif self._keys and age > self._max_age and time.monotonic() - self._tried >= self._min_interval:
            self._renew()

    def _renew(self) -> asyncio.Task[None]:
        if self._under_way is None:
            self._tried = time.monotonic()
            self._under_way = asyncio.create_task(self._fetch())
            self._under_way.add_done_callback(self._done)
        return self._under_way

    def _done(self, _: asyncio.Task[None]) -> None:
        self._under_way = None

    async def _fetch(self) -> None:
        try:
            async with asyncio.timeout(2 * self._timeout):  # the thread's own limit is for each read
                text = await asyncio.to_thread(fetch, self._url, self._timeout)
            keys = read_keys(text, self._algorithms)
        except (KeysError, TimeoutError) as error:
            self._fault = str(error) or "it did not answer in time"
            return
        self._fetched, self._fault = time.monotonic(), ""
        if {kid: key._jwk_data for kid, key in keys.items()} != {
            kid: key._jwk_data for kid, key in self._keys.items()
        }:
            self._keys = keys
            self.generation += 1


class NoRedirects(urllib.request.HTTPRedirectHandler):
    """Keys come from the address that was set, and from nowhere else."""

    def redirect_request(self, *_: Any) -> None:
        """Do not follow."""
        return


def fetch(url: str, timeout: float) -> bytes:
    """The bytes behind an address. Blocks, so it runs in a thread."""
    try:
        ask = urllib.request.Request(url, headers={"Accept": "application/json"})
        with urllib.request.build_opener(NoRedirects).open(ask, timeout=timeout) as answer:
            text: bytes = answer.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise KeysError(f"it cannot be fetched ({type(error).__name__})") from None
    if len(text) > LARGEST:
        raise KeysError("it is too large")
    return text
