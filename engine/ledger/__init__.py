"""The ledger: an append-only, bitemporal record of returns, people's decisions, documents and decisions.

One chain of records is the truth; what is asked often stands in indexes beside it that can be made again. Every write
settles all units through today, in the same transaction.
"""

from engine.ledger.ledger import Ledger
from engine.ledger.recording import Act, Receipt
from engine.ledger.records import Actor
from engine.ledger.shorts import Short, Stretch
from engine.ledger.store import Store, default_url
from engine.ledger.view import View

__all__ = ["Act", "Actor", "Ledger", "Receipt", "Short", "Store", "Stretch", "View", "default_url"]
