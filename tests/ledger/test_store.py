from __future__ import annotations

import datetime
import hashlib
import json
import threading
from pathlib import Path

import orjson
import pytest
import sqlalchemy as sa

from engine.ledger.store import Store, moment, tables
from engine.ledger.store.chain import Record, unpacked
from engine.ledger.store.location import default_url, locate
from rules.problems import StoreError
from tests.ledger.stores import ME, START, Clock


def records(store: Store) -> list[Record]:
    with store.reading() as connection:
        return [unpacked(row) for row in connection.execute(sa.select(tables.records).order_by("seq"))]


def note(store: Store, count: int = 1, kind: str = "note") -> None:
    with store.writing() as writing:
        for number in range(count):
            writing.append(kind, {"number": number}, ME)


def code(error: pytest.ExceptionInfo[StoreError]) -> str:
    (problem,) = error.value.problems
    return problem.code


def test_what_is_appended_is_read_back(store: Store) -> None:
    assert store.head() == 0
    with store.writing() as writing:
        assert (writing.head, writing.recorded_at) == (0, moment(START))
        first = writing.append("note", {"b": "é", "a": [1, None, True]}, ME)
        second = writing.append("note", b'{"a":1}', ME)
        assert writing.head == 2
    assert records(store) == [first, second]
    assert first.body == '{"a":[1,null,true],"b":"é"}'.encode()
    assert orjson.loads(first.by) == ME
    assert (first.seq, second.seq, store.head()) == (1, 2, 2)


def test_the_hashes_are_as_documented(store: Store) -> None:
    note(store, 2)
    previous = None
    for record in records(store):
        body = "sha256:" + hashlib.sha256(record.body).hexdigest()
        held = {"seq": record.seq, "kind": record.kind, "recorded_at": record.recorded_at, "by": record.by}
        text = json.dumps(
            {**held, "body": body, "previous": previous},
            sort_keys=True,
            separators=(",", ":"),
            ensure_ascii=False,
        )
        assert record.sha256 == body
        assert record.hash == "sha256:" + hashlib.sha256(text.encode()).hexdigest()
        previous = record.hash


def test_a_transaction_has_one_moment_later_than_those_before(store: Store, clock: Clock) -> None:
    note(store, 2)
    note(store)
    clock.pass_(seconds=-1.5)
    note(store)
    clock.pass_(hours=1)
    note(store)
    moments = [record.recorded_at for record in records(store)]
    assert moments == [
        "2022-08-22T09:00:00.000000Z",
        "2022-08-22T09:00:00.000000Z",
        "2022-08-22T09:00:00.000001Z",
        "2022-08-22T09:00:00.000002Z",
        "2022-08-22T09:59:58.500000Z",
    ]


def test_a_clock_that_goes_backwards_records_nothing(store: Store, clock: Clock) -> None:
    note(store)
    clock.pass_(seconds=-2.1)
    with pytest.raises(StoreError, match=r"PF704 The clock of this machine says 2022-08-22T08:59:57.900000Z"):
        note(store)
    assert len(records(store)) == 1
    clock.pass_(seconds=2)
    note(store)
    assert store.head() == 2


def test_a_clock_of_another_zone_is_told_in_utc() -> None:
    zone = datetime.timezone(datetime.timedelta(hours=1))
    assert moment(datetime.datetime(2022, 1, 1, tzinfo=zone)) == "2021-12-31T23:00:00.000000Z"


def test_what_fails_within_leaves_nothing(store: Store) -> None:
    def fail() -> None:
        with store.writing() as writing:
            writing.append("note", {}, ME)
            writing.flush()
            raise RuntimeError

    note(store)
    with pytest.raises(RuntimeError):
        fail()
    assert [record.seq for record in records(store)] == [1]
    note(store)
    assert [record.seq for record in records(store)] == [1, 2]


def test_a_reader_sees_one_moment(store: Store) -> None:
    note(store)
    count = sa.select(sa.func.count()).select_from(tables.records)
    with store.reading() as connection:
        note(store)
        assert connection.execute(count).scalar() == 1
        note(store)
        assert connection.execute(count).scalar() == 1
    with store.reading() as connection:
        assert connection.execute(count).scalar() == 3


def test_a_reader_cannot_write(store: Store) -> None:
    row = {"sha256": "x", "text": b""}
    with pytest.raises(StoreError, match="PF701"), store.reading() as connection:
        connection.execute(sa.insert(tables.texts), row)
    note(store)


def test_a_write_sees_what_it_has_flushed(store: Store) -> None:
    with store.writing() as writing:
        writing.append("note", {}, ME)
        writing.insert(tables.ticks, [{"seq": 1, "framework": "f", "day": "2022-08-22"}])
        writing.flush()
        assert writing.connection.execute(sa.select(tables.ticks.c.day)).scalar() == "2022-08-22"


def test_an_index_row_needs_its_record_and_known_columns(store: Store) -> None:
    with pytest.raises(StoreError, match="PF702"), store.writing() as writing:
        writing.insert(tables.ticks, [{"seq": 1, "framework": "f", "day": "2022-08-22"}])
    with pytest.raises(KeyError, match="ticks has no column dey"), store.writing() as writing:
        writing.insert(tables.ticks, [{"seq": 1, "dey": ""}])


def test_a_text_is_kept_once(store: Store) -> None:
    for _ in range(2):
        with store.writing() as writing:
            writing.insert(tables.texts, [{"sha256": "a", "text": b"1"}, {"sha256": "a", "text": b"1"}])
    with store.reading() as connection:
        assert connection.execute(sa.select(tables.texts)).all() == [("a", b"1")]


@pytest.mark.parametrize("statement", ["UPDATE records SET kind = 'x'", "DELETE FROM records"])
def test_a_record_is_never_changed_or_removed(store: Store, statement: str) -> None:
    note(store)
    with pytest.raises(StoreError, match="never changed or removed"), store.writing() as writing:
        writing.connection.exec_driver_sql(statement)
    assert len(records(store)) == 1


def test_the_head_follows_every_writer(store: Store, store_url: str, clock: Clock) -> None:
    other = Store(store_url, clock=clock)
    for turn in range(1, 4):
        note(store)
        assert (store.head(), other.head()) == (2 * turn - 1, 2 * turn - 1)
        note(other)
        assert (store.head(), other.head()) == (2 * turn, 2 * turn)
    other.close()


def test_many_threads_write_one_after_the_other(store_url: str) -> None:
    stores = [Store(store_url), Store(store_url)]
    failed: list[BaseException] = []

    def work(store: Store) -> None:
        try:
            for _ in range(10):
                note(store, 2)
                assert store.head() >= 2
                with store.reading() as connection:
                    query = sa.select(sa.func.count(), sa.func.max(tables.records.c.seq))
                    count, last = connection.execute(query.select_from(tables.records)).one()
                    assert count == last
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=[stores[number % 2]]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert [record.seq for record in records(stores[0])] == list(range(1, 161))
    assert len({record.recorded_at for record in records(stores[0])}) == 80
    for store in stores:
        store.close()


def test_stores_that_open_one_new_file_at_once_agree(sqlite_path: Path) -> None:
    stores = [Store(str(sqlite_path)) for _ in range(6)]
    failed: list[BaseException] = []

    def work(store: Store) -> None:
        try:
            note(store)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=[store]) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert stores[0].head() == 6
    for store in stores:
        store.close()


def test_a_closed_store_opens_again(store: Store) -> None:
    note(store)
    store.close()
    assert store.head() == 1
    store.close()
    store.close()


def test_a_password_is_never_shown() -> None:
    store = Store("postgresql://me:secret@host:1/ledger?password=secret&sslpassword=secret&x=1")
    assert store.shown == "postgresql://me:***@host:1/ledger?password=***&sslpassword=***&x=1"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mysql://host/db",
        "sqlite://",
        "sqlite:///",
        ":memory:",
        "sqlite:///:memory:",
        "postgresql://host:port/db",
    ],
)
def test_what_names_no_store_is_told(url: str) -> None:
    with pytest.raises(StoreError, match=r"PF701 .* names no store\. Give the path") as error:
        Store(url)
    assert code(error) == "PF701"


def test_a_store_by_its_url_or_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert locate(f"sqlite:///{tmp_path}/a b.db").path == tmp_path / "a b.db"
    assert locate("sqlite:///a.db").path == locate("a.db").path == tmp_path / "a.db"
    assert locate("postgres://h/d").address == locate("postgresql://h/d").address
    monkeypatch.setenv("PRIORITISE_STORE", "b.db")
    assert default_url() == "b.db"


def test_the_usual_file_and_its_folder_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PRIORITISE_STORE", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    store = Store(default_url())
    assert store.head() == 0
    assert list(tmp_path.rglob("ledger.sqlite3"))
    store.close()
