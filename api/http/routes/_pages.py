"""Pages of what was recorded: their cursors hold the number of a record."""

from __future__ import annotations

from api.http.cursors import place, refused


def seq_of(kind: str, after: str | None) -> int:
    """The number after which a page begins; 0 without a cursor. Refuses (PF729) what is no cursor of this list."""
    if after is None:
        return 0
    (text,) = place(kind, after, 1)
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise refused()
    return int(text)
