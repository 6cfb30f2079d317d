"""The page about running the service: settings and metrics are those of the code, and backups can be restored."""

from __future__ import annotations

import datetime
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.http.metrics import Metrics
from api.http.settings import read_settings
from api.http.settings_table import table
from engine.ledger.ledger import Ledger
from engine.ledger.records import Actor
from engine.ledger.replay import Replayed, replay
from engine.ledger.store import migrate
from engine.returns import read_returns
from rules.library import take_texts
from tests.docs.docs_blocks import ROOT, page_blocks
from tests.ledger import postgres

PAGE = ROOT / "docs" / "running-it.md"
TEXT = PAGE.read_text("utf-8")
ME = Actor("test", "hq")
FILES = {block.marks["file"]: block.text for block in page_blocks(PAGE) if "file" in block.marks}


def test_the_table_of_settings_is_current() -> None:
    start, end = "<!-- settings:start -->\n", "<!-- settings:end -->"
    shown = TEXT[TEXT.index(start) + len(start) : TEXT.index(end)]
    assert shown == table(), "run python -m api.http.settings_table"


def test_every_metric_is_explained() -> None:
    found = re.findall(r"^# HELP (\S+)", Metrics().text().decode(), re.MULTILINE)
    shown = re.findall(r"^\| `(prioritise_\w+)` \|", TEXT, re.MULTILINE)
    assert shown == found


def test_every_code_that_needs_an_operator_has_a_first_step() -> None:
    for number in (701, 702, 703, 704, 705, 706, 710, 711, 726, 733, 734, 735):
        assert f"[PF{number}](errors.md#pf{number})" in TEXT[TEXT.index("## What to do") :]


def test_the_file_of_settings_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("PRIORITISE_")]:
        monkeypatch.delenv(name)
    (tmp_path / "service.toml").write_text(FILES["service.toml"], "utf-8")
    monkeypatch.setenv("PRIORITISE_SETTINGS", str(tmp_path / "service.toml"))
    found = read_settings()
    assert not found.open
    assert (found.workers, found.host, found.roles["ROLE_PROBATION_HQ"]) == (2, "0.0.0.0", "hq")


def week(number: int) -> bytes:
    day = datetime.date(2022, 8, 22) + datetime.timedelta(7 * number)
    return f"pdu,as_of,grade,required_fte,in_post_fte\nyork,{day},PO,20,{10 + number % 10}\n".encode()


def record(ledger: Ledger, number: int) -> None:
    """Record one return of York."""
    with ledger.act(ME) as act:
        given = read_returns(
            week(number),
            "week.csv",
            vocabulary=act.policy.framework.vocabulary,
            organisation=act.policy.library.organisation,
            today=ledger.today(),
        )
        act.record_returns(given.returns)


@contextmanager
def being_written_to(ledger: Ledger) -> Iterator[None]:
    """While another thread records return after return."""
    stop, begun = threading.Event(), threading.Event()

    def work() -> None:
        for number in range(200):
            record(ledger, number)
            begun.set()
            if stop.is_set():
                return

    writer = threading.Thread(target=work)
    writer.start()
    try:
        assert begun.wait(60)
        yield
    finally:
        stop.set()
        writer.join(60)


def replayed(url: str) -> Replayed:
    with Ledger(url) as ledger:
        return replay(ledger)


def newest(url: str) -> tuple[int, str]:
    with Ledger(url) as ledger, ledger.store.reading() as connection:
        found = connection.exec_driver_sql("SELECT seq, hash FROM records ORDER BY seq DESC LIMIT 1").one()
    return found[0], found[1]


def test_a_backup_of_sqlite_taken_while_it_is_written_to_can_be_restored(tmp_path: Path) -> None:
    store, copy = tmp_path / "ledger.sqlite3", tmp_path / "copy.sqlite3"
    (tmp_path / "backup.py").write_text(FILES["backup.py"], "utf-8")
    with Ledger(str(store)) as ledger:
        ledger.adopt(take_texts(ROOT / "frameworks"), ME)
        with being_written_to(ledger):
            said = [
                subprocess.run(
                    [sys.executable, "backup.py", str(store), str(copy)],
                    cwd=tmp_path,
                    capture_output=True,
                    text=True,
                    check=True,
                ).stdout.split()
                for _ in range(3)
            ]
        head = ledger.head()
    seq, hash_ = newest(str(copy))
    assert said[-1] == [str(seq), hash_]
    assert 3 <= int(said[0][0]) <= seq <= head
    found = replayed(str(copy))
    assert (found.records, found.broken, found.differing) == (seq, None, ())

    for name in ("ledger.sqlite3", "ledger.sqlite3-wal", "ledger.sqlite3-shm"):  # the page's way to restore
        (tmp_path / name).unlink(missing_ok=True)
    shutil.copyfile(copy, store)
    with Ledger(str(store)) as ledger:
        record(ledger, 100)
        assert ledger.head() > seq
        with ledger.store.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    assert replayed(str(store)).broken is None


def test_postgresql_with_the_rights_of_the_page_is_backed_up_and_restored(tmp_path: Path) -> None:
    server = postgres.shared()
    url, other = server.fresh(schema=False), server.fresh(schema=False)
    migrate.upgrade(url)
    server.execute("DROP ROLE IF EXISTS prioritise")
    server.execute("CREATE ROLE prioritise LOGIN")
    try:
        server.execute(FILES["rights.sql"], named(url))
        with Ledger(url.replace("postgres@", "prioritise@")) as ledger:
            ledger.adopt(take_texts(ROOT / "frameworks"), ME)
            with being_written_to(ledger):
                pg(tmp_path, FILES["dump.sh"], url)
        pg(tmp_path, FILES["restore.sh"], other)
        server.execute(FILES["rights.sql"], named(other))
        found = replayed(other)
        assert found.records >= 3
        assert (found.broken, found.differing) == (None, ())
        with Ledger(other.replace("postgres@", "prioritise@")) as ledger:
            record(ledger, 100)
            assert ledger.head() > found.records
        assert replayed(other).broken is None
    finally:
        for each in (url, other):
            server.execute("DROP OWNED BY prioritise", named(each))
        server.execute("DROP ROLE prioritise")


def named(url: str) -> str:
    """The name of the database in a URL of the tests' server."""
    return url.partition("@/")[2].partition("?")[0]


def pg(folder: Path, command: str, url: str) -> None:
    """Run a command of the page with the server's own programs."""
    programs = postgres.programs()
    assert programs is not None
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env={**os.environ, "DATABASE": url, "PATH": f"{programs}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
