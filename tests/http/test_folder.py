"""The folder of policy as the service looks at it."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest

from api.http.folder import Folder
from tests.http.world import files
from tests.support import write_library


@pytest.mark.parametrize("change", ["new", "gone", "longer", "same size", "link"])
def test_a_folder_is_seen_to_change_once_it_lies_still(tmp_path: Path, change: str) -> None:
    path = write_library(tmp_path / "policy", files())
    folder = Folder(path)
    folder.take()
    assert not folder.changed()
    file = path / "plan/v1.yaml"
    match change:
        case "new":
            (path / "plan/v3.yaml").write_text("x")
        case "gone":
            file.unlink()
        case "longer":
            file.write_text(file.read_text() + "# more\n")
        case "same size":
            file.write_text(file.read_text().replace("90", "91"))
            stamp = datetime.datetime(2030, 1, 1, tzinfo=datetime.UTC).timestamp()
            os.utime(file, (stamp, stamp))
        case "link":
            file.unlink()
            file.symlink_to(path / "plan/v2.yaml")
    assert not folder.changed(), "it may still be written to"
    assert folder.changed()
    assert folder.changed(), "until it is taken"
    folder.take()
    assert not folder.changed()


def test_what_is_no_document_is_not_looked_at(tmp_path: Path) -> None:
    path = write_library(tmp_path / "policy", files())
    folder = Folder(path)
    folder.take()
    for name in ("README.md", ".git/x.yaml", "plan/_draft/y.yaml", "plan/v1.yaml~"):
        (path / name).parent.mkdir(exist_ok=True)
        (path / name).write_text("x")
    assert not folder.changed()
    assert not folder.changed()
