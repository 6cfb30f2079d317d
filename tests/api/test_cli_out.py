"""Where results are written: a file is replaced whole, and a device stays what it is."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from api.cli._terminal import open_out, write_out


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_bytes(b"old")
    write_out(b"new", out)
    assert out.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [out]


def test_what_fails_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_bytes(b"old")
    with pytest.raises(TypeError), open_out(out) as file:
        file.writelines([b"ne", "w"])  # type: ignore[list-item]
    assert out.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_device_or_a_pipe_stays_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "pipe"
    os.mkfifo(out)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(out.read_bytes()))
    reader.start()
    write_out(b"new", out)
    reader.join(10)
    assert read == [b"new"]
    assert stat.S_ISFIFO(out.stat().st_mode)


def test_a_folder_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        write_out(b"new", tmp_path)
    assert ended.value.code == 2
    assert "is a folder" in capsys.readouterr().err


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        write_out(b"new", tmp_path / "gone" / "out.json")
    assert ended.value.code == 2
    assert "cannot be written" in capsys.readouterr().err
