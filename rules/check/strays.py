"""YAML files in a folder of policy that nothing reads (PF314): a rule in one of them would be missed in silence."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from rules.problems import Findings, Place
from rules.texts import INNER


def check_strays(folder: Path, findings: Findings) -> None:
    """Note each file that is passed over, and each folder of files that is, once."""
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith((".", "_")))
        here = Path(above)
        found = sorted(name for name in names if name.lower().endswith((".yaml", ".yml")))
        if not found:
            continue
        if not _is_read(here, folder):
            more = f" Nor are {len(found) - 1} more in this folder." if len(found) > 1 else ""
            hint = _where_to(here, folder)
            findings.add("PF314", f"This file is not read.{more}", Place(str(here / found[0])), hint)
            continue
        for name, hint in _passed_over(found, at_top=here == folder):
            findings.add("PF314", "This file is not read.", Place(str(here / name)), hint)


def _is_read(here: Path, folder: Path) -> bool:
    """Whether files that end in .yaml are read where this one stands."""
    inside = here.relative_to(folder).parts
    if len(inside) < 2:
        return not inside or _has_versions(here)
    return len(inside) == 2 and inside[1] in INNER and _has_versions(here.parent)


def _has_versions(framework: Path) -> bool:
    return any(path.name.endswith(".yaml") for path in framework.iterdir())


def _passed_over(names: list[str], *, at_top: bool) -> Iterator[tuple[str, str]]:
    for name in names:
        if at_top and name != "organisation.yaml":
            meant = name.lower().rpartition(".")[0] == "organisation"
            hint = (
                "Rename it to organisation.yaml."
                if meant
                else "Move it into the folder of its framework: only organisation.yaml is read here."
            )
            yield name, hint
        elif not name.endswith(".yaml"):
            yield name, f"Rename it to {name.rpartition('.')[0]}.yaml."


def _where_to(here: Path, folder: Path) -> str:
    inside = here.relative_to(folder).parts
    if len(inside) <= 2 and (len(inside) == 1 or inside[1] in INNER):
        return f"Put a version, whose name ends in .yaml, into {inside[0]}: without one it is no framework."
    *others, last = INNER
    return f"Move it: a framework's files lie in its folder itself, in {', '.join(others)} or in {last}."
