"""What commands say and how they end: results on stdout, the rest on stderr, exit codes 0, 1 and 2."""

from __future__ import annotations

import io
import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NoReturn

if TYPE_CHECKING:
    from rich.console import Console

    from rules.problems import Problem

FOUND_PROBLEMS, WRONG_USE = 1, 2
MAX_TOLD = 200
"""How many problems are told as text; JSON has all of them."""
MAX_ALSO = 3
"""How many further places of one problem are told as text."""


def guarded(app: Callable[[], None]) -> None:
    """Run the program; nothing ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # The same bytes whatever the locale, and no fault of a file's name.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
    try:
        app()
    except BrokenPipeError:  # the reader of a pipe has gone: no fault of ours
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FOUND_PROBLEMS)
    except KeyboardInterrupt:
        say("Stopped.")
        sys.exit(130)


def say(text: str) -> None:
    """A message on stderr."""
    print(text, file=sys.stderr)


def end(text: str, code: int = WRONG_USE) -> NoReturn:
    """Say something and stop."""
    say(text)
    sys.exit(code)


def tell(text: str) -> None:
    """A sentence on stdout, in lines of at most 80 characters."""
    print(textwrap.fill(text, 80, break_long_words=False, break_on_hyphens=False))


def list_problems(problems: Iterable[Problem], as_json: bool) -> None:
    """Problems on stderr, as lines or as one JSON list."""
    if as_json:
        say(json.dumps([problem.as_dict() for problem in problems], ensure_ascii=False, indent=2))
    else:
        for line in problem_lines(list(problems)):
            say(line)


def problem_lines(problems: Sequence[Problem], *, with_also: bool = False) -> Iterator[str]:
    """Problems as lines, the first 200 of them: errors before warnings, and what is shown by place.

    With `with_also` the other places that a problem is about follow it, indented.
    """
    shown = problems
    if len(problems) > MAX_TOLD:
        by_weight = sorted(range(len(problems)), key=lambda index: (problems[index].is_warning, index))
        shown = [problems[index] for index in sorted(by_weight[:MAX_TOLD])]
    for problem in shown:
        yield str(problem)
        others = problem.also if with_also else ()
        yield from (f"    also {place.file}:{place.line}:{place.column}" for place in others[:MAX_ALSO])
        if len(others) > MAX_ALSO:
            yield f"    and {len(others) - MAX_ALSO:,} more places"
    if len(problems) > MAX_TOLD:
        yield f"… and {len(problems) - MAX_TOLD:,} more"


@contextmanager
def reporting(as_json: bool = False) -> Iterator[None]:
    """Turn the project's errors into messages and exit codes."""
    from rules.problems import PrioritiseError, UsageError

    try:
        yield
    except UsageError as error:
        end(error.message)
    except PrioritiseError as error:
        list_problems(error.problems, as_json)
        sys.exit(FOUND_PROBLEMS)


def read_file(path: Path) -> bytes:
    """The bytes of a file; a file that cannot be opened ends the program with code 2."""
    try:
        return path.read_bytes()
    except OSError as error:
        end(f"{path} cannot be opened: {error.strerror}.")


def write_out(data: bytes, out: Path | None) -> None:
    """Bytes to a file, whole or not at all, or to stdout."""
    with open_out(out) as file:
        file.write(data)


@contextmanager
def open_out(out: Path | None) -> Iterator[BinaryIO]:
    """A file that is there whole or not at all, or stdout. Where it cannot be written the program ends with code 2.

    A device or a pipe is written to as it is: a file in its place would take it away from everybody.
    """
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if out.is_dir():
        end(f"{out} cannot be written: it is a folder.")
    special = out.exists() and not out.is_file()
    part = out if special else out.with_name(out.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        if not special:
            part.replace(out)
    except BaseException as error:
        if not special:
            with suppress(OSError):
                part.unlink()
        if isinstance(error, OSError):
            end(f"{out} cannot be written: {error.strerror}.")
        raise


def console() -> Console:
    """Tables on stdout: colour on a terminal only, at least 80 columns wide."""
    from rich.console import Console

    wide = Console()
    return wide if wide.width >= 80 and wide.is_terminal else Console(width=max(80, min(wide.width, 100)))


@contextmanager
def status_line() -> Iterator[Callable[[str], None]]:
    """One line on stderr that says what is being done, on a terminal only; it is gone at the end."""
    if not sys.stderr.isatty():
        yield lambda what: None
        return
    try:
        yield lambda what: print(f"\r\x1b[K{what}", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


@contextmanager
def progress(label: str, total: int) -> Iterator[Callable[[], None]]:
    """A progress bar on stderr, on a terminal only; the value is called once for each thing done."""
    if not sys.stderr.isatty() or total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda: bar.advance(task)
