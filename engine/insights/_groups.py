"""Which units belong together, and what each group of them is held against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.columns._arrays import Numbers
from rules.model import Pdu


@dataclass(frozen=True, slots=True)
class Group:
    """Some units, by their positions; what they are told by is None where they are not split by it.

    `within` is the region that they are a part of, and `whole` says that they are all units.
    """

    region: str | None
    pdu: str | None
    tag: str | None
    units: Numbers
    within: str | None
    whole: bool


def groups(
    units: Sequence[Pdu], words: Sequence[str], regions: Sequence[str], pdus: Sequence[str]
) -> Iterator[Group]:
    """The groups of units that something is split into, in the order of regions, units and tags."""
    chosen = [
        place
        for place, unit in enumerate(units)
        if (not regions or unit.region in regions) and (not pdus or unit.id in pdus)
    ]
    by_unit, by_region, by_tag = ("pdu" in words, "region" in words or "pdu" in words, "tag" in words)
    parts: dict[tuple[str, str, str], list[int]] = {}
    for place in chosen:
        unit = units[place]
        for tag in sorted(set(unit.tags)) or [""] if by_tag else [""]:
            key = (unit.region if by_region else "", unit.id if by_unit else "", tag)
            parts.setdefault(key, []).append(place)
    split = by_region or by_tag
    for (region, pdu, tag), places in sorted(parts.items()):
        within = region if by_region and (by_unit or by_tag) else None
        yield Group(
            region=region if by_region else None,
            pdu=pdu if by_unit else None,
            tag=tag if by_tag else None,
            units=np.array(places, np.intp),
            within=within,
            whole=not split and len(places) == len(units),
        )
