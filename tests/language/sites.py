"""The whole service on policies without a plain English word, to be asked as by a browser."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from engine.sample import sample_returns
from rules.figures import Return
from rules.library import load_library
from tests.http.pages_kit import PUBLIC, Browser, PagesWorld
from tests.http.world import LOADER
from tests.http.world import files as files_of_world
from tests.language import policy
from tests.language.pseudo import accented
from tests.pages import wards

NOW = datetime.datetime(2022, 11, 22, 9, 30, tzinfo=datetime.UTC)
START, WEEKS = datetime.date(2022, 5, 2), 30
SILENT, SILENT_SINCE = "hull-and-east-riding", datetime.date(2022, 10, 31)
"""A unit that has sent nothing since then."""
REASON = accented("A reason that somebody gave")


class Site(PagesWorld):
    """A service on some policy, with a browser that keeps its cookies."""

    def __init__(self, folder: Path, files: dict[str, str]) -> None:
        changes = {**dict.fromkeys(files_of_world(), ""), **files}
        super().__init__(folder, changes=changes, handling_timeout=600)
        self.clock.now = NOW
        self.browser = Browser(self)

    def record(self, returns: Iterable[Return]) -> None:
        """Put returns into the ledger."""
        with self.ledger.act(LOADER) as act:
            act.record_returns(returns)

    def page(self, path: str, fields: dict[str, Any] | None = None) -> str:
        """A page, or what follows once a form with these fields was sent."""
        if fields is None:
            return self.browser.get(path).text
        return self.browser.post(path, {"form_token": self.browser.token(), **fields}).text

    def sent(self, file: bytes, name: str = "1.csv") -> str:
        """The page that follows once a file of returns was sent."""
        token = {"form_token": self.browser.token()}
        answer = self.browser.ask(
            "POST", "/returns/upload", {"Origin": PUBLIC}, data=token, files={"file": (name, file)}
        )
        return answer.text


def shipped_site(folder: Path) -> Site:
    """The shipped framework on a sample of a few units."""
    site = Site(folder, policy.shipped())
    organisation = load_library(site.policy).organisation
    returns = sample_returns(organisation, start=START, weeks=WEEKS)
    site.record(one for one in returns if one.pdu != SILENT or one.as_of <= SILENT_SINCE)
    return site


def wards_site(folder: Path) -> Site:
    """The wards, where each state of a unit stands once."""
    site = Site(folder, policy.wards_files())
    site.record(wards.returns())
    with site.ledger.act(LOADER) as act:
        act.declare(wards.DECLARATION.model_copy(update={"reason": REASON}))
        act.suspend(wards.SUSPENSION.model_copy(update={"reason": REASON}))
    return site
