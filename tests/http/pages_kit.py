"""What the tests of pages share: a world with pages, and a browser that keeps cookies and fills in forms."""

from __future__ import annotations

import time
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path
from secrets import token_bytes
from typing import Any
from urllib.parse import urlencode

import httpx
from fastapi import FastAPI

from api.http.app import with_pages
from api.http.auth import Person
from api.pages.people.forms import masked
from tests.http.issuer import Issuer
from tests.http.world import World, call

SECRET = "a secret of more than thirty-two characters"
PUBLIC = "http://localhost"
HTML = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PEOPLE: dict[str, tuple[tuple[str, ...], dict[str, frozenset[str]]] | None] = {
    "nobody": None,
    "viewer": (("viewer",), {}),
    "head": (("pdu-head",), {"pdus": frozenset({"york"})}),
    "director": (("regional-director",), {"regions": frozenset({"north"})}),
    "hq": (("hq",), {}),
    "operator": (("operator",), {}),
    "no-role": ((), {}),
    "director-of-none": (("regional-director",), {}),
    "swapped": (("pdu-head", "regional-director"), {"pdus": frozenset({"north"}), "regions": frozenset({"york"})}),
}  # fmt: skip


class PagesWorld(World):
    """A world with the whole service: the API and the pages."""

    def make_app(self) -> FastAPI:
        return with_pages(self.settings, self.service)


def guarded_world(folder: Path, issuer: Issuer, **settings: Any) -> PagesWorld:
    """A world that asks for tokens, and in which people can sign in."""
    given: dict[str, Any] = {
        "oidc_client_id": "pages",
        "session_secrets": (SECRET,),
        "public_url": PUBLIC,
        "reads_per_minute": 0,
        "writes_per_minute": 0,
    }
    return PagesWorld(folder, issuer, **(given | settings))


def person(name: str) -> Person | None:
    """One of `PEOPLE`."""
    known = PEOPLE[name]
    return None if known is None else Person(name, "pages", frozenset(known[0]), **known[1])


class Browser:
    """Keeps the cookies of one person, and says that it wants pages."""

    def __init__(self, world: World, who: Person | None = None) -> None:
        self.world = world
        self.cookies: dict[str, str] = {}
        if who is not None:
            self._take(world.app.state.sessions.begun(who, time.time() + 600))

    def ask(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **more: Any
    ) -> httpx.Response:
        """One call, without following where it leads."""
        own: dict[Any, Any] = {**HTML, **(headers or {})}
        if self.cookies:
            pairs = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            own["Cookie"] = pairs.encode("latin-1")
        answer = self.world._runner.run(call(self.world.app, method, path, headers=own, **more))
        for header in answer.headers.get_list("set-cookie"):
            self._take(header)
        return answer

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers)

    def post(
        self, path: str, fields: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """A form, as a browser sends it from a page of ours."""
        own = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": PUBLIC,
            "Sec-Fetch-Site": "same-origin",
        }
        body = urlencode(fields, doseq=True).encode()
        sent = {name: value for name, value in (own | dict(headers or {})).items() if value}
        return self.ask("POST", path, sent, content=body)

    def token(self) -> str:
        """A token that goes with this browser's cookie for forms, which is set if it has none."""
        secret = self.cookies.setdefault("form", token_bytes(16).hex())
        return masked(secret)

    def filled(self, path: str, **fields: Any) -> dict[str, Any]:
        """The fields of the form of a page, with what it holds, and some filled in."""
        return form_of(self.get(path)) | fields

    def _take(self, header: str) -> None:
        pair, _, rest = header.partition(";")
        name, _, value = pair.partition("=")
        if value and "Max-Age=0" not in rest:
            self.cookies[name] = value
        else:
            self.cookies.pop(name, None)


class Seen(HTMLParser):
    """What matters of a page here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.h1: list[str] = []
        self.title = ""
        self.words = ""
        self.links: list[tuple[str, str]] = []
        self.inline: list[str] = []
        self.scripts: list[str] = []
        self.fields: dict[str, Any] = {}
        self.sources: list[str] = []
        self.meta: dict[str, str] = {}
        self._open: list[str] = []
        self._form = False
        self._select = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.inline += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        self.sources += [given[name] for name in ("src", "srcset") if name in given]
        if tag == "link" and given.get("rel") != "canonical":
            self.sources.append(given["href"])
        if tag == "style":
            self.inline.append("style")
        if tag == "meta":
            self.meta[given.get("name") or given.get("http-equiv", "")] = given.get("content", "")
        if tag == "a":
            self.links.append((given.get("href", ""), ""))
        if tag == "form":
            self._form = given.get("method", "get").lower() == "post" and given.get("action") != "/sign-out"
        if self._form:
            self._field(tag, given)
        if tag not in ("meta", "link", "input", "br", "hr", "img", "rect", "line", "path"):
            self._open.append(tag)

    def _field(self, tag: str, given: Mapping[str, str]) -> None:
        name = given.get("name", "")
        if tag == "input" and name and given.get("type") not in ("checkbox", "radio", "file"):
            self.fields[name] = given.get("value", "")
        elif tag == "input" and name and "checked" in given:
            self.fields[name] = given.get("value", "on")
        elif tag == "textarea":
            self.fields[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in given:
            self.fields[self._select] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = False
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        tag = self._open[-1] if self._open else ""
        if tag == "script":
            if data.strip():
                self.scripts.append(data)
            return
        if tag == "title":
            self.title += data
        if "h1" in self._open:
            self.h1.append(data)
        if tag == "a" and self.links:
            self.links[-1] = (self.links[-1][0], self.links[-1][1] + data)
        self.words += f" {data.strip()}"


def seen(answer: httpx.Response) -> Seen:
    """A page, read."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8", answer.text
    return Seen(answer.text)


def form_of(answer: httpx.Response) -> dict[str, Any]:
    """The fields of the form of a page with their values."""
    assert answer.status_code in (200, 422), answer.text
    return seen(answer).fields
