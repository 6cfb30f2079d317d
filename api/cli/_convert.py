"""`prioritise convert`, and what other commands read by a mapping."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from pathlib import Path

from api.cli._load import library, shipped, today
from api.cli._terminal import end, read_file, reporting, say, write_out
from engine.mapping import Conversion, Export, convert
from engine.returns import Returns, write_returns
from reports.conversion import document, lines
from rules.library import Framework, Shelf
from rules.mappings import load_mapping
from rules.model import Organisation


def run(
    exports: Sequence[Path],
    mappings: Sequence[str],
    frameworks: Path | None,
    name: str | None,
    day: datetime.date | None,
    out: Path | None,
    dry_run: bool,
    form: str,
) -> None:
    """Turn exports into a file of returns, and say what became of every row."""
    if dry_run and out is not None:
        end("--dry-run writes nothing: leave --out out.")
    with reporting(form == "json"):
        loaded = library(frameworks)
        framework, folder = loaded.framework(name), frameworks if frameworks is not None else shipped()
        found = converted(exports, mappings, folder, framework, loaded.organisation, day)
    if not dry_run:
        write_out(write_returns(found.returns.returns, framework.vocabulary, "csv"), out)
    print_report(found, loaded.organisation, form, aside=not dry_run and out is None)


def converted(
    exports: Sequence[Path],
    mappings: Sequence[str],
    folder: Shelf | None,
    framework: Framework,
    organisation: Organisation,
    day: datetime.date | None,
) -> Conversion:
    """The returns of some exports: each by its own mapping, or all by one. Raises what `convert` raises."""
    if len(mappings) not in (1, len(exports)):
        end(
            f"Give one --mapping for all exports, or one for each: there are {len(exports)} and {len(mappings)}."
        )
    loaded = [load_mapping(one, folder, framework, organisation) for one in mappings]
    each = loaded * len(exports) if len(loaded) == 1 else loaded
    pairs = zip(exports, each, strict=True)
    read = [Export(read_file(path), str(path), mapping) for path, mapping in pairs]
    return convert(read, vocabulary=framework.vocabulary, organisation=organisation, today=today(), day=day)


def mapped(
    path: Path,
    mapping: str | None,
    folder: Shelf | None,
    framework: Framework,
    organisation: Organisation,
    day: datetime.date | None,
    skip_bad_rows: bool,
) -> Returns:
    """The returns of one export, for a command that goes on with them; what became of its rows goes to stderr.

    Raises what `convert` raises.
    """
    if mapping is None:
        end("--day is the day of an export that is read by a mapping: say --mapping too.")
    if skip_bad_rows:
        end("With --mapping no bad row is left out: leave --skip-bad-rows out, or change the mapping.")
    found = converted([path], [mapping], folder, framework, organisation, day)
    print_report(found, organisation, "text", aside=True)
    return found.returns


def print_report(found: Conversion, organisation: Organisation, form: str, *, aside: bool) -> None:
    """What became of the exports: on stdout, or `aside` on stderr where stdout has the result."""
    if form == "json":
        told = json.dumps(document(found), ensure_ascii=False, indent=2)
    else:
        told = "\n".join(lines(found, organisation.unit.one, organisation.unit.many))
    if aside:
        say(told)
    else:
        print(told)
