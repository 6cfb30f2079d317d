"""The page of an error."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reports._words import pages as words
from reports.language import gettext as _
from reports.language import told
from rules.problems import Problem

_MOST = 20


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What happened, and what to do."""

    title: str
    told: tuple[str, ...]
    code: str
    request: str
    sign_in: str | None = None
    """Where to sign in, if that is what is missing and people can."""


def error_page(
    code: str,
    title: str,
    detail: str,
    problems: Iterable[Problem],
    request: str,
    sign_in: str | None = None,
) -> ErrorPage:
    """The page of an error with a code. `request` is the id under which it stands in the log.

    `sign_in` is where to sign in, if that is what is missing and people can.
    """
    if code == "PF727" and not detail:
        detail = _(words.NO_SIGN_IN if sign_in is None else words.NOT_SIGNED_IN)
    heading = words.ERROR_TITLES.get(code, title)
    texts = dict.fromkeys([detail, *(problem.message for problem in problems)])
    own = [told(one) for one in texts if one and one != f"{heading}."]
    title = _(heading) if code in words.ERROR_TITLES else told(title)
    return ErrorPage(title, tuple(own[:_MOST]), code, request, sign_in)
