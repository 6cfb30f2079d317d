from __future__ import annotations

import datetime
import threading

import pytest

from engine.ledger.store import Store
from engine.ledger.store.idempotency import Answer, keep, prune, recall
from rules.problems import StoreError
from tests.ledger.stores import ME, Clock


def test_an_answer_is_given_again(store: Store, clock: Clock) -> None:
    with store.writing() as writing:
        assert recall(writing.connection, "mypdu", "k", "sha256:1") is None
        writing.append("note", {}, ME)
        kept = keep(writing, "mypdu", "k", "sha256:1", 201, b"{}", {"location": "/v1/x"})
    assert kept == Answer(201, {"location": "/v1/x"}, b"{}", 1, "2022-08-22T09:00:00.000000Z")
    clock.pass_(hours=1)
    with store.writing() as writing:
        assert recall(writing.connection, "mypdu", "k", "sha256:1") == kept
        assert recall(writing.connection, "other", "k", "sha256:2") is None
    with store.reading() as connection:
        assert recall(connection, "mypdu", "k", "sha256:1") == kept


def test_a_key_of_another_request_is_refused(store: Store) -> None:
    with store.writing() as writing:
        keep(writing, "mypdu", "k", "sha256:1", 201, b"{}")
    with (
        pytest.raises(StoreError, match="PF707 The key k was used on 2022-08-22T09"),
        store.writing() as writing,
    ):
        recall(writing.connection, "mypdu", "k", "sha256:2")


def test_a_key_is_kept_only_with_its_records(store: Store) -> None:
    def send() -> None:
        with store.writing() as writing:
            writing.append("note", {}, ME)
            keep(writing, "mypdu", "k", "sha256:1", 201, b"{}")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        send()
    with store.reading() as connection:
        assert recall(connection, "mypdu", "k", "sha256:1") is None


def test_old_keys_are_forgotten(store: Store, clock: Clock) -> None:
    for key in ("a", "b"):
        with store.writing() as writing:
            keep(writing, "mypdu", key, "sha256:1", 201, b"{}")
            writing.append("note", {}, ME)
        clock.pass_(days=20)
    with store.writing() as writing:
        assert prune(writing) == 1
        assert prune(writing, datetime.timedelta(days=30)) == 0
    with store.reading() as connection:
        assert recall(connection, "mypdu", "a", "sha256:1") is None
        assert recall(connection, "mypdu", "b", "sha256:1") is not None


def test_of_requests_at_once_one_is_recorded(store_url: str) -> None:
    store = Store(store_url)
    answers: list[Answer] = []

    def send() -> None:
        with store.writing() as writing:
            answer = recall(writing.connection, "mypdu", "k", "sha256:1")
            if answer is None:
                writing.append("note", {}, ME)
                answer = keep(writing, "mypdu", "k", "sha256:1", 201, b"{}")
            answers.append(answer)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.head() == 1
    assert len(answers) == 8
    assert len({(answer.seq, answer.recorded_at) for answer in answers}) == 1
    store.close()
