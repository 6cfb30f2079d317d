"""Draws: whole numbers from a seed, the same on every machine and for every version of the libraries.

Only the generator's raw bits are used, which are promised to stay. Each purpose of each unit has a stream of its
own, so that nothing changes a draw but the seed: no other unit, no order, no number of processes, and no further
event in a pipeline.
"""

from __future__ import annotations

import hashlib

import numpy as np

from engine.columns import Flags, Numbers

_HALF = 32


def stream(seed: int, unit: str, purpose: str, count: int) -> Numbers:
    """So many whole numbers from 0 up to 2 ** 32 (left out). A longer stream begins as a shorter one does."""
    digest = hashlib.sha256(f"{seed}/{unit}/{purpose}".encode()).digest()
    bits = np.random.PCG64(int.from_bytes(digest[:16], "big")).random_raw(count)
    found: Numbers = bits >> np.uint64(_HALF)
    return found


def below(draws: Numbers, limit: int) -> Numbers:
    """The draws as whole numbers from 0 up to `limit` (left out), each as likely as another to one in 2 ** 32."""
    found: Numbers = ((draws * np.uint64(limit)) >> np.uint64(_HALF)).astype(np.intp)
    return found


def happens(draws: Numbers, count: int, of: int) -> Flags:
    """Where something comes true that does so `count` times in `of`."""
    found: Flags = draws < np.uint64((count << _HALF) // of)
    return found
