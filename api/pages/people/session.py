"""Sessions: who has signed in, sealed in a cookie. Nothing is kept on the server, so any worker can read it."""

from __future__ import annotations

import time
from collections.abc import Mapping

from api.http.auth.person import Person
from api.http.problems import Refusal
from api.pages.people.cookies import read, written
from api.pages.people.sealed import Seal
from rules.said import said

NAME = "session"
API = "/v1/"


class Sessions:
    """The sessions of a service. `secure` says that its pages are reached over HTTPS."""

    def __init__(self, secrets: tuple[str, ...], *, secure: bool, seconds: int) -> None:
        self._seal = Seal(secrets, "session")
        self.secure = secure
        self._seconds = seconds

    def begun(self, person: Person, until: float) -> str:
        """The header that begins a session, which ends with the token or after the longest time.

        Refuses (PF728) somebody whose token says more than a cookie can hold.
        """
        until = min(until, time.time() + self._seconds)
        value = {
            "subject": person.subject,
            "client": person.client,
            "roles": sorted(person.roles),
            "pdus": sorted(person.pdus),
            "regions": sorted(person.regions),
        }
        try:
            sealed = self._seal.sealed(value, until)
        except ValueError:
            detail = said("Your account names more places than can be kept. Ask whoever runs this service.")
            raise Refusal("PF728", detail) from None
        seconds = max(int(until - time.time()), 1)
        # Lax: whoever follows a link from an e-mail is still signed in. Forms have a token of their own.
        return written(NAME, sealed, secure=self.secure, strict=False, seconds=seconds)

    def ended(self) -> str:
        """The header that ends a session."""
        return written(NAME, "", secure=self.secure, strict=False)

    def person(self, path: str, headers: Mapping[bytes, bytes]) -> Person | None:
        """Who has signed in. Cookies say nothing to the API: programs bring tokens."""
        if path.startswith(API):
            return None
        cookie = headers.get(b"cookie")
        text = read(None if cookie is None else cookie.decode("latin-1"), NAME, secure=self.secure)
        value = None if text is None else self._seal.opened(text)
        if value is None:
            return None
        return Person(
            value["subject"],
            value["client"],
            frozenset(value["roles"]),
            frozenset(value["pdus"]),
            frozenset(value["regions"]),
        )
