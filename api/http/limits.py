"""How many requests a client may make: a token bucket each, in memory, for each worker by itself."""

from __future__ import annotations

import ipaddress
import math
import time
from functools import lru_cache
from typing import NamedTuple

REMEMBERED = 10_000
"""So many clients are remembered; the one that was quiet longest is forgotten first."""


class Verdict(NamedTuple):
    """Whether a request may be made, and what its client is told."""

    allowed: bool
    left: int
    wait: int
    """Seconds until the next one may be made (refused) or until the bucket is full again (allowed)."""


class Limiter:
    """So many requests a minute for each client; a client that was quiet may make them all at once."""

    def __init__(self, name: str, per_minute: int) -> None:
        self.per_minute = per_minute
        self._rate = per_minute / 60
        self._buckets: dict[object, tuple[float, float]] = {}
        self.policy = f'"{name}";q={per_minute};w=60'.encode()
        self.name = name

    def take(self, client: object, now: float | None = None) -> Verdict:
        """One request of a client."""
        moment = time.monotonic() if now is None else now
        buckets, size = self._buckets, self.per_minute
        level, since = buckets.pop(client, (size, moment))
        level = min(size, level + (moment - since) * self._rate)
        allowed = level >= 1
        if allowed:
            level -= 1
        if len(buckets) >= REMEMBERED:
            del buckets[next(iter(buckets))]  # pop and set keep the quietest at the front
        buckets[client] = (level, moment)
        wait = (size - level) if allowed else (1 - level)
        return Verdict(allowed, int(level), max(1, math.ceil(wait / self._rate)))

    def is_spent(self, client: object) -> bool:
        """Whether a client has no request left, without taking one."""
        found = self._buckets.get(client)
        return found is not None and found[0] + (time.monotonic() - found[1]) * self._rate < 1

    def __len__(self) -> int:
        return len(self._buckets)


@lru_cache(4096)
def address_key(host: str) -> str:
    """What of an address is one client: all of IPv4, and the network (/64) of IPv6."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        mapped = address.ipv4_mapped
        return str(mapped or ipaddress.ip_network((int(address) >> 64 << 64, 64)))
    return host
