"""The page for whoever has signed out."""

from __future__ import annotations

from dataclasses import dataclass

from reports._words import signing as words
from reports.language import gettext as _


@dataclass(frozen=True, slots=True)
class SignedOut:
    """What has been done, and where the session of whoever signs people in ends too."""

    title: str
    told: str
    onward: str | None
    link: str


def signed_out_page(onward: str | None) -> SignedOut:
    """The page. `onward` is where a browser goes on to, if there is such a place."""
    told = _(words.HERE_ONLY if onward is None else words.GOING_ON)
    link = _(words.GO_ON if onward else words.SIGN_IN_AGAIN)
    return SignedOut(_(words.SIGNED_OUT), told, onward, link)
