"""A backtest as plain values, as rows, and as Parquet. Sentences are made elsewhere."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from engine.bulk._past import UNKNOWN, Past, Sum
from rules.model import Organisation

Told = dict[str, Any]


def document(past: Past, organisation: Organisation, by: str) -> Told:
    """The backtest for programs. Units are told of where it is `by` pdu, regions always."""
    names = {region.id: region.name for region in organisation.regions}
    regions = [
        {"region": one.region, "name": names.get(one.region, one.region), "pdus": one.units, **_sum(one.sum)}
        for one in past.regions()
    ]
    units = [
        {
            "pdu": unit.pdu.id,
            "name": unit.pdu.name,
            "region": unit.pdu.region,
            **_sum(unit.sum),
            "weeks": list(unit.weeks),
        }
        for unit in past.units
    ]
    return {
        "framework": past.framework.id,
        "version": past.version,
        "calculated": True,
        "from": past.first.isoformat(),
        "until": past.last.isoformat(),
        "days": past.days,
        "statuses": list(past.statuses),
        "synthetic": past.synthetic,
        **({"pdus": units} if by == "pdu" else {}),
        "regions": regions,
        "totals": {"pdus": len(past.units), **_sum(past.total)},
        "checked": {"pdus": list(past.checked.units), "days": past.checked.days},
    }


def _sum(one: Sum) -> Told:
    stay = one.longest
    return {
        "days": dict(one.days),
        "judged": one.judged,
        "indeterminate_share": one.share(UNKNOWN),
        "flips": one.flips,
        "longest": None if stay is None else {"pdu": stay.pdu.id, "status": stay.status, "days": stay.days},
    }


def columns_of(past: Past, by: str) -> list[str]:
    """The columns of the rows."""
    head = ["pdu", "name", "region"] if by == "pdu" else ["region", "name", "pdus"]
    tail = ["indeterminate_share", "flips", "longest_status", "longest_days"]
    return [
        *head,
        "from",
        "until",
        "judged",
        *(f"days_{status}" for status in past.statuses),
        *tail,
        *([] if by == "pdu" else ["longest_pdu"]),
    ]


def rows_of(past: Past, organisation: Organisation, by: str) -> list[list[Any]]:
    """A row for each unit or region."""
    if by == "pdu":
        return [[unit.pdu.id, unit.pdu.name, unit.pdu.region, *_cells(past, unit.sum)] for unit in past.units]
    names = {region.id: region.name for region in organisation.regions}
    return [
        [
            one.region,
            names.get(one.region, one.region),
            one.units,
            *_cells(past, one.sum),
            None if one.sum.longest is None else one.sum.longest.pdu.id,
        ]
        for one in past.regions()
    ]


def _cells(past: Past, one: Sum) -> list[Any]:
    stay, share = one.longest, one.share(UNKNOWN)
    return [
        past.first,
        past.last,
        one.judged,
        *(one.days[status] for status in past.statuses),
        None if share is None else Decimal(share),
        one.flips,
        None if stay is None else stay.status,
        None if stay is None else stay.days,
    ]


def parquet(past: Past, organisation: Organisation, by: str) -> bytes:
    """The rows as Parquet, with the weeks of each unit. The same rows give the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    texts = {"pdu", "name", "region", "longest_status", "longest_pdu"}
    kinds: dict[str, Any] = {name: pa.string() for name in texts}
    kinds |= {"from": pa.date32(), "until": pa.date32(), "indeterminate_share": pa.decimal128(4, 1)}
    names = columns_of(past, by)
    rows = rows_of(past, organisation, by)
    fields = [pa.field(name, kinds.get(name, pa.int64())) for name in names]
    arrays = [pa.array([row[place] for row in rows], field.type) for place, field in enumerate(fields)]
    if by == "pdu":
        fields.append(pa.field("weeks", pa.list_(pa.string())))
        arrays.append(pa.array([list(unit.weeks) for unit in past.units], fields[-1].type))
    about: dict[bytes | str, bytes | str] = {
        "framework": past.framework.id,
        "version": past.version or "",
        "statuses": "calculated",
    }
    sink = io.BytesIO()
    pq.write_table(pa.table(arrays, schema=pa.schema(fields, metadata=about)), sink, compression="zstd")
    return sink.getvalue()
