"""Work beside: in a copy of the process where that can be, and here where the copy comes to nothing."""

from __future__ import annotations

import os
import time

import pytest

from api.cli import _process
from api.cli._process import beside

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no process can be copied here")
HERE = os.getpid()


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work of these tests is so plain that threads do no harm."""
    monkeypatch.setattr(_process, "_can_be_copied", lambda: True)


@pytest.mark.usefixtures("copied")
def test_the_copy_works() -> None:
    with beside(lambda: (os.getpid(), "done")) as fetch:
        pid, word = fetch()
    assert pid != HERE
    assert word == "done"


@pytest.mark.usefixtures("copied")
def test_what_fails_in_the_copy_is_done_here() -> None:
    def work() -> int:
        if os.getpid() != HERE:
            raise SystemExit(0)
        return os.getpid()

    with beside(work) as fetch:
        assert fetch() == HERE


@pytest.mark.usefixtures("copied")
def test_what_goes_wrong_is_told_here(capfd: pytest.CaptureFixture[str]) -> None:
    def work() -> int:
        os.write(2, b"told ")
        raise ValueError("refused")

    with pytest.raises(ValueError, match="refused"), beside(work) as fetch:
        fetch()
    assert capfd.readouterr().err == "told "


@pytest.mark.usefixtures("copied")
def test_what_cannot_be_sent_is_made_here() -> None:
    with beside(lambda: lambda: os.getpid()) as fetch:
        assert fetch()() == HERE


@pytest.mark.usefixtures("copied")
def test_a_copy_that_nobody_waits_for_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(KeyError), beside(lambda: time.sleep(60)):
        raise KeyError
    assert time.monotonic() - start < 30


def test_without_a_copy_the_work_is_done_when_it_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_process, "_can_be_copied", lambda: False)
    done: list[int] = []
    with beside(lambda: done.append(os.getpid())) as fetch:
        assert not done
        fetch()
    assert done == [HERE]
