"""Where a store is: an SQLite file or a PostgreSQL database, named by a URL or a plain path."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from rules.problems import Place, Problem, StoreError

ENVIRONMENT = "PRIORITISE_STORE"
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):")
_WINDOWS_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_SECRET = re.compile(r"(//[^/@:]*:)[^/]*(?=@)|((?:^|[?&])(?:ssl)?password=)[^&]*")


class Location(NamedTuple):
    """An SQLite file's `path`, or a PostgreSQL `address` for the driver; `shown` may be printed and logged."""

    shown: str
    path: Path | None
    address: str | None


def default_path() -> Path:
    """The file that holds the ledger where nobody says another: in the user's data folder."""
    home = Path.home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "prioritise" / "ledger.sqlite3"


def default_url() -> str:
    """The store that the environment names, else the file in the user's data folder."""
    return os.environ.get(ENVIRONMENT) or str(default_path())


def masked(url: str) -> str:
    """The URL without its password."""
    return _SECRET.sub(lambda found: f"{found[1] or found[2]}***", url)


def locate(url: str) -> Location:
    """Where the store of this URL is; PF701 where it names none."""
    shown = masked(url)
    scheme = _SCHEME.match(url)
    if scheme is None or _WINDOWS_DRIVE.match(url):
        return _file(url, shown)
    if scheme[1] == "sqlite" and url.startswith("sqlite:///"):
        return _file(url.removeprefix("sqlite:///"), shown)
    if scheme[1] in ("postgresql", "postgres", "postgresql+psycopg"):
        address = f"postgresql+psycopg{url[len(scheme[1]) :]}"
        try:
            make_url(address)
        except (ArgumentError, ValueError):
            raise _unusable(shown) from None
        return Location(shown, None, address)
    raise _unusable(shown)


def _file(name: str, shown: str) -> Location:
    if not name or name == ":memory:" or "\0" in name:
        raise _unusable(shown)
    path = Path(name).expanduser()
    return Location(str(path), path.absolute(), None)


def _unusable(shown: str) -> StoreError:
    message = f"{shown or 'An empty text'} names no store."
    hint = "Give the path of an SQLite file, sqlite:///PATH, or postgresql://USER@HOST/DATABASE."
    return StoreError([Problem("PF701", message, Place(shown or "store"), hint)])
