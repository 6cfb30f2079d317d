"""The page of an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports._words import pages as words
from rules.problems import Problem

_MOST = 20


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What happened, and what to do."""

    title: str
    told: tuple[str, ...]
    code: str
    request: str


def error_page(code: str, title: str, detail: str, problems: Iterable[Problem], request: str) -> ErrorPage:
    """The page of an error with a code. `request` is the id under which it stands in the log."""
    told = [detail, *(problem.message for problem in problems)]
    heading = words.ERROR_TITLES.get(code, title)
    own = [one for one in dict.fromkeys(told) if one and one != f"{heading}."]
    return ErrorPage(heading, tuple(own[:_MOST]), code, request)
