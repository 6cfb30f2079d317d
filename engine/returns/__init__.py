"""Staffing returns and events: reading what people send, refusing what is wrong with all reasons at once."""

from engine.returns._assemble import Note, Returns
from engine.returns._events import read_events
from engine.returns._read import FORMATS, read_parsed, read_returns
from engine.returns._rows import ANNOTATIONS, PlaceOf
from engine.returns._write import template, write_returns
from rules.check.events import check_events, check_scopes

__all__ = [
    "ANNOTATIONS",
    "FORMATS",
    "Note",
    "PlaceOf",
    "Returns",
    "check_events",
    "check_scopes",
    "read_events",
    "read_parsed",
    "read_returns",
    "template",
    "write_returns",
]
