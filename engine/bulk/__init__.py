"""Many returns at once: frames straight from tables, and what many statuses come to."""

from engine.bulk._check import checked
from engine.bulk._document import columns_of, document, parquet, rows_of
from engine.bulk._parts import MANIFEST, Manifest, Part, Result, parts_of, sha256
from engine.bulk._past import UNKNOWN, Past, RegionPast, Stay, Sum, UnitPast, past_of, period, stretches
from engine.bulk._read import Bulk, Desk, bulk_of, read_bulk
from engine.bulk._run import Asked, backtest, fingerprint

__all__ = [
    "MANIFEST",
    "UNKNOWN",
    "Asked",
    "Bulk",
    "Desk",
    "Manifest",
    "Part",
    "Past",
    "RegionPast",
    "Result",
    "Stay",
    "Sum",
    "UnitPast",
    "backtest",
    "bulk_of",
    "checked",
    "columns_of",
    "document",
    "fingerprint",
    "parquet",
    "parts_of",
    "past_of",
    "period",
    "read_bulk",
    "rows_of",
    "sha256",
    "stretches",
]
