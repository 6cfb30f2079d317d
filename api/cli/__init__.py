"""The command line, `prioritise`."""

from api.cli._app import main

__all__ = ["main"]
