"""Forms that only our own pages can send.

Each browser gets a random cookie that other sites can neither read nor set, and each form a copy of it. The copy is
masked anew each time, so that compressing a page gives nothing away. Besides, a form that a browser says comes from
elsewhere is refused.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from secrets import token_bytes
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from api.http.problems import Refusal
from api.pages.people.cookies import read, written
from rules.said import said

NAME = "form"
FIELD = "form_token"
_SIZE = 16
_TOKEN = re.compile(rf"[0-9a-f]{{{2 * _SIZE}}}", re.ASCII)
_MOST_FIELDS = 2000


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: each field's last value, and the files."""

    values: Mapping[str, str]
    lists: Mapping[str, list[str]] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.values.get(name, "").strip()


def form_token(request: Request) -> tuple[str, str | None]:
    """The token for the forms of a page, and the Set-Cookie header where the browser has no cookie yet."""
    secure = is_secure(request)
    secret = read(request.headers.get("cookie"), NAME, secure=secure)
    if secret is not None and _TOKEN.fullmatch(secret):
        return masked(secret), None
    secret = token_bytes(_SIZE).hex()
    return masked(secret), written(NAME, secret, secure=secure, strict=True)


def masked(secret: str) -> str:
    """A token that differs each time: a random mask, and the secret under it."""
    mask = token_bytes(_SIZE)
    hidden = bytes(one ^ other for one, other in zip(mask, bytes.fromhex(secret), strict=True))
    return (mask + hidden).hex()


async def read_form(request: Request) -> Form:
    """The form of a POST. Refuses (PF728) one that none of our pages has sent."""
    check_origin(request)
    try:
        async with request.form(max_fields=_MOST_FIELDS, max_files=1) as data:
            form = await _taken(data)
    except (ValueError, KeyError, AssertionError) as error:
        raise Refusal("PF736", said("The form cannot be read.")) from error
    secret = read(request.headers.get("cookie"), NAME, secure=is_secure(request))
    if secret is None or not _TOKEN.fullmatch(secret) or not _matches(form[FIELD], secret):
        raise Refusal(
            "PF728",
            said("This form was not sent from a page of this service, or the page is too old. Open it anew."),
        )
    return form


def check_origin(request: Request) -> None:
    """Refuse a form that a browser says comes from another site."""
    origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    own = site in (None, "same-origin", "none")
    if origin == "null":  # it does not say from where: then something else must
        own = site == "same-origin"
    elif origin is not None:
        own = own and _is_own(origin, request)
    if not own:
        raise Refusal("PF728", said("This form comes from another site."))


def _is_own(origin: str, request: Request) -> bool:
    """Whether an Origin header names this service, by the address that was asked or by the one it is known by."""
    try:
        parts, public = urlsplit(origin), urlsplit(request.app.state.settings.public_url or "")
    except ValueError:
        return False
    if parts.scheme != "https" and is_secure(request):
        return False
    return parts.netloc.lower() in {request.headers.get("host", "").lower(), public.netloc.lower()} - {""}


def is_secure(request: Request) -> bool:
    """Whether browsers reach this service over HTTPS."""
    public: str | None = request.app.state.settings.public_url
    return request.url.scheme == "https" if public is None else public.startswith("https://")


def _matches(token: str, secret: str) -> bool:
    try:
        raw = bytes.fromhex(token)
    except ValueError:
        return False
    if len(raw) != 2 * _SIZE:
        return False
    shown = bytes(one ^ other for one, other in zip(raw[:_SIZE], raw[_SIZE:], strict=True))
    return hmac.compare_digest(shown.hex(), secret)


async def _taken(data: FormData) -> Form:
    values: dict[str, str] = {}
    lists: dict[str, list[str]] = {}
    files: dict[str, bytes] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            files[name] = await value.read()
        else:
            values[name] = value
            lists.setdefault(name, []).append(value)
    return Form(values, lists, files)
