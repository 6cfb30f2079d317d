"""What ends the quick way: anything that is not plainly fine is for the careful reader to judge."""

from __future__ import annotations


class Doubt(Exception):
    """Something is not plainly fine. It says nothing more: the careful reader finds the words."""
