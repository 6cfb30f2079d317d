"""Where the ledger is kept: its tables on SQLite or PostgreSQL, one writer at a time, and the chain of records."""

from engine.ledger.store._faults import NOTHING, WAITS
from engine.ledger.store._store import Store
from engine.ledger.store._writing import Actor, Writing, moment, utc_now
from engine.ledger.store.chain import Record
from engine.ledger.store.location import default_url

__all__ = ["NOTHING", "WAITS", "Actor", "Record", "Store", "Writing", "default_url", "moment", "utc_now"]
