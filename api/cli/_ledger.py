"""What the commands of the ledger share: opening it, writing to it, and how its errors end the program."""

from __future__ import annotations

import getpass
import os
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from api.cli._folders import shipped
from api.cli._terminal import FOUND_PROBLEMS, WRONG_USE, list_problems, progress, reporting, say
from engine.ledger.documents import set_payload
from engine.ledger.ledger import Ledger
from engine.ledger.recording import Act
from engine.ledger.records import Actor
from engine.ledger.store.location import default_url, locate
from engine.ledger.undecided import Unsettled
from rules.library import Framework, Library, Texts, load_library, take_texts
from rules.problems import DocumentError, Place, Problem, StoreError, UsageError

ROLE = "operator"
"""Whoever can reach the store may do everything with it."""
_NOT_OPENED = frozenset(["PF701", "PF703"])
_NO_LEVELS = {
    "indeterminate": "Indeterminate",
    "undeclared": "Undeclared",
    "suspended": "Suspended",
}


@contextmanager
def telling(as_json: bool = False) -> Iterator[None]:
    """As `reporting`; and a store that cannot be opened ends the program as wrong use does."""
    with reporting(as_json):
        try:
            yield
        except StoreError as error:
            tell_problems(error.problems, as_json)
            opened = not any(problem.code in _NOT_OPENED for problem in error.problems)
            sys.exit(FOUND_PROBLEMS if opened else WRONG_USE)


def tell_problems(problems: Iterable[Problem], as_json: bool) -> None:
    """Problems of a store or of a call on stderr: what they are about has no lines."""
    if as_json:
        list_problems(problems, as_json)
        return
    for problem in problems:
        say(f"{problem.place.file}: {problem.code} {problem.message} {problem.hint}".rstrip())


def end_if_undecided(undecided: Iterable[Unsettled], as_json: bool) -> None:
    """End the program where units could not be decided, and say so: what was told of them is recorded."""
    problems = [one.problem() for one in undecided]
    if problems:
        tell_problems(problems, as_json)
        sys.exit(FOUND_PROBLEMS)


def ledger_at(store: str | None, framework: str | None, *, make: bool = False) -> Ledger:
    """The ledger of a store: the one named, else that of the service's settings, else the user's own.

    A file that does not exist is only made where that is asked for: a slip in its name is no empty ledger. Raises
    StoreError, UsageError.
    """
    url = (_configured() or default_url()) if store is None else store
    location = locate(url)
    if framework is not None and "@" in framework:
        raise UsageError("The ledger decides by the version in force on each day: name no version.")
    if not make and location.path is not None and not location.path.exists():
        hint = "`prioritise load FILE` makes one."
        raise StoreError([Problem("PF701", "There is no ledger here yet.", Place(location.shown), hint)])
    return Ledger(url, framework=framework, version=_version())


def _configured() -> str | None:
    """The store that the service's settings file names, unless the environment names one. Raises UsageError."""
    path = os.environ.get("PRIORITISE_SETTINGS")
    if not path or os.environ.get("PRIORITISE_STORE"):
        return None
    try:
        store = tomllib.loads(Path(path).read_text("utf-8")).get("store")
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}, which PRIORITISE_SETTINGS names, cannot be read: {error}.") from None
    return store if isinstance(store, str) and store else None


def is_new(ledger: Ledger) -> bool:
    """Whether nothing is recorded. A file that does not exist stays unmade: what is loaded may yet be refused."""
    path = locate(ledger.store.url).path
    return (path is not None and not path.exists()) or ledger.head() == 0


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("prioritise")
    except PackageNotFoundError:
        return ""


def operator() -> Actor:
    """Who is at the keyboard."""
    try:
        login = getpass.getuser()
    except (KeyError, OSError):  # a user without a name, as in some containers
        login = str(os.getuid()) if hasattr(os, "getuid") else "unknown"
    return Actor(f"local:{login}", ROLE)


class Documents(NamedTuple):
    """The documents of a folder, as they are to be recorded, and what they say."""

    folder: Path
    texts: Texts
    library: Library


def documents_of(folder: Path | None) -> Documents:
    """The documents of a folder, by default the shipped one. Raises DocumentError, UsageError."""
    path = folder if folder is not None else shipped()
    texts = take_texts(path)
    try:
        return Documents(path, texts, load_library(texts))
    except DocumentError:
        load_library(path)  # tells the files under the names that people typed
        raise


def differ(ledger: Ledger, documents: Documents) -> bool:
    """Whether documents are others than those in force. Raises StoreError."""
    recorded, _ = ledger.texts()
    return bool(recorded.sha256 != set_payload(documents.texts)["set"])


class Meter:
    """What a long write goes through, each phase with a progress bar of its own."""

    def __init__(self) -> None:
        self._advance: Callable[[], None] = lambda: None

    def __call__(self) -> None:
        """One more unit is done."""
        self._advance()

    @contextmanager
    def phase(self, label: str, total: int) -> Iterator[None]:
        """While something is done for so many units."""
        with progress(label, total) as self._advance:
            try:
                yield
            finally:
                self._advance = lambda: None


@contextmanager
def acting(ledger: Ledger, documents: Documents | None) -> Iterator[tuple[Act, Meter]]:
    """One write to the ledger, all or nothing, by the documents given or else by those in force.

    Documents that differ from those in force are recorded first. Raises StoreError: PF710 where there are none.
    """
    if documents is None:
        with ledger.policy() as policy:
            units = len(policy.pdus)
    else:
        ledger.shelves.check(documents.library)
        units = len(documents.library.organisation.pdus)
    meter = Meter()
    adopted = False
    with ExitStack() as stack:
        with meter.phase("Bringing the days up to date", units):
            act = stack.enter_context(ledger.act(operator(), meter))
        if documents is not None:
            before = act.documents
            with meter.phase("Deciding by the documents", units):
                act.adopt(documents.texts, documents.library)
            adopted = act.documents != before
        yield act, meter
    if adopted and documents is not None:
        count = len(documents.texts.documents)
        files = "1 file" if count == 1 else f"{count} files"
        say(f"From now on the ledger decides by the documents in {documents.folder} ({files}).")


def titles(framework: Framework) -> dict[str, str]:
    """What each status is called, in the order of severity; then what is no level."""
    found: dict[str, str] = {}
    for policy in reversed(framework.policies):
        for status in policy.version.statuses:
            found.setdefault(status.id, status.title or status.id)
    return {**found, **_NO_LEVELS}


def counted(count: int, one: str, many: str | None = None) -> str:
    """A number of things: 1 return, 1,204 returns."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def seconds(moment: str) -> str:
    """A moment of a record, for people: to the second, in UTC."""
    return f"{moment[:10]} {moment[11:19]} UTC"
