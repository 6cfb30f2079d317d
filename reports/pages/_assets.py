"""What pages fetch besides themselves: styles, one script and an icon. All of it ships with the package.

The name of each file carries a part of its hash, so that it may be kept for ever.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from importlib import resources
from typing import NamedTuple

_HASH = 12
_MEDIA = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
_PARTS = {
    "site.css": ("govuk.css", "site.css"),
    "govuk-frontend.js": ("govuk-frontend.js",),
    "site.js": ("site.js",),
    "icon.svg": ("icon.svg",),
}
"""The files that pages name, and what each is put together from."""


class Asset(NamedTuple):
    """A file as it is served."""

    path: str
    body: bytes
    media: str


@functools.cache
def assets() -> Mapping[str, Asset]:
    """The files by the names under which templates ask for them."""
    folder = resources.files("reports.pages") / "assets"
    found: dict[str, Asset] = {}
    for name, parts in _PARTS.items():
        body = b"\n".join((folder / part).read_bytes() for part in parts)
        if name == "site.js":  # it imports the other by its name
            body = body.replace(
                b"govuk-frontend.js", found["govuk-frontend.js"].path.rpartition("/")[2].encode()
            )
        stem, _, kind = name.rpartition(".")
        digest = hashlib.sha256(body).hexdigest()[:_HASH]
        found[name] = Asset(f"/assets/{stem}-{digest}.{kind}", body, _MEDIA[kind])
    return found
