"""Where policy lies: the shipped folder, or the one in which some paths lie."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import rules
from api.cli._terminal import end


def shipped() -> Path:
    """The folder of policy that comes with the program."""
    return _as_given(Path(rules.__file__).resolve().parents[1] / "frameworks")


def folder_of(frameworks: Path | None, paths: Sequence[Path]) -> Path:
    """The folder of policy in which all paths lie; where they do not the program ends with code 2.

    Without `frameworks` it is the nearest above the first path that has an organisation; without a path the
    shipped one.
    """
    for path in paths:
        if not path.exists():
            end(f"{path} cannot be opened: there is no such file.")
    folder = frameworks
    if folder is None and paths:
        folders = (paths[0], *map(_as_given, paths[0].resolve().parents))
        folder = next((above for above in folders if (above / "organisation.yaml").is_file()), None)
        if folder is None:
            end(f"{paths[0]} lies in no folder of policy: there is no organisation.yaml above it.")
    folder = folder or shipped()
    for path in paths:
        if folder.resolve() not in (path.resolve(), *path.resolve().parents):
            end(f"{path} does not lie in {folder}.")
    return folder


def _as_given(folder: Path) -> Path:
    """The folder as seen from here, so that problems name files as people typed them."""
    try:
        return folder.relative_to(Path.cwd())
    except ValueError:
        return folder
