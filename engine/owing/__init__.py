"""Who owes a return, and whose figures look wrong: a list to act on, by region. Nothing is decided here."""

from engine.owing._list import Owing, owing
from engine.owing._options import KINDS, Options
from engine.owing._values import Owed

__all__ = ["KINDS", "Options", "Owed", "Owing", "owing"]
