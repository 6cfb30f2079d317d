"""Services to look at with a browser: the shipped framework on a sample, the wards with every state, a guarded one."""

from __future__ import annotations

import datetime
import fcntl
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from api.http.app import with_pages
from api.http.service import Service
from api.http.settings import ServiceSettings, read_settings
from engine.ledger.ledger import Ledger
from engine.ledger.records import Actor
from engine.sample import sample_returns
from rules.figures import Return
from rules.library import load_library, take_texts
from tests.http.issuer import Issuer
from tests.http.kit import serving
from tests.http.pages_kit import PUBLIC, SECRET
from tests.pages import wards
from tests.support import FRAMEWORKS, write_library

NOW = datetime.datetime(2022, 11, 22, 9, 30, tzinfo=datetime.UTC)
"""A Tuesday, the day after the newest returns."""
START, WEEKS = datetime.date(2022, 5, 2), 30
SILENT = "leeds"
"""A unit of the sample that has sent nothing since `SILENT_SINCE`."""
SILENT_SINCE = datetime.date(2022, 10, 31)
_LOADER = Actor("local:loader", None, None)
Place = Literal["sample", "wards", "guarded"]
"""One of the services."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where the services are: `http://127.0.0.1:…`."""

    sample: str
    wards: str
    guarded: str
    """Asks people to sign in."""


@contextmanager
def open_places(own: Path, shared: Path) -> Iterator[Places]:
    """Start them in this process, each with a ledger below `own`; the big one is made once below `shared`."""
    policy = write_library(own / "policy", wards.documents())
    small = own / "wards.sqlite3"
    _record(small, policy, wards.returns())
    with _ledger(small) as ledger, ledger.act(_LOADER) as act:
        act.declare(wards.DECLARATION)
        act.suspend(wards.SUSPENSION)
    big = own / "sample.sqlite3"
    shutil.copy(_once(shared / "sample.sqlite3", _sample), big)
    guarded = own / "guarded.sqlite3"
    shutil.copy(small, guarded)
    sign_in = {"oidc_client_id": "pages", "session_secrets": (SECRET,), "public_url": PUBLIC}
    each = (
        _settings(big, FRAMEWORKS),
        _settings(small, policy),
        Issuer().settings(own, store=str(guarded), frameworks=policy, **sign_in),
    )
    with ExitStack() as stack:
        yield Places(*(stack.enter_context(_served(settings)) for settings in each))


def _settings(path: Path, frameworks: Path) -> ServiceSettings:
    return read_settings(store=str(path), frameworks=frameworks, log_level="error", access_log=False)


@contextmanager
def _served(settings: ServiceSettings) -> Iterator[str]:
    service = Service(settings, clock=lambda: NOW)
    app = with_pages(settings, service)
    service.metrics = app.state.metrics
    with serving(app, settings) as (host, port):
        yield f"http://{host}:{port}"


def _once(path: Path, make: Callable[[Path], None]) -> Path:
    """A file that the first of several processes makes."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            new = path.with_suffix(".new")
            make(new)
            new.rename(path)
    return path


def _sample(path: Path) -> None:
    organisation = load_library(FRAMEWORKS).organisation
    returns = sample_returns(organisation, start=START, weeks=WEEKS)
    _record(path, FRAMEWORKS, (one for one in returns if one.pdu != SILENT or one.as_of <= SILENT_SINCE))


def _record(path: Path, frameworks: Path, returns: Iterable[Return]) -> None:
    with _ledger(path) as ledger:
        ledger.adopt(take_texts(frameworks), _LOADER)
        with ledger.act(_LOADER) as act:
            act.record_returns(returns)


@contextmanager
def _ledger(path: Path) -> Iterator[Ledger]:
    with Ledger(f"sqlite:///{path}", clock=lambda: NOW) as ledger:
        yield ledger
