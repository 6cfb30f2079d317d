"""What every page of the service shows around its content."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the navigation. `current` is the page itself, `active` one of its parts."""

    text: str
    href: str
    active: bool = False
    current: bool = False


@dataclass(frozen=True, slots=True)
class Site:
    """The service as a page tells of it.

    `unit` and `group` are the organisation's words; `person` is who is signed in, if anybody is; `notice` what
    everybody should know, such as that figures are synthetic.
    """

    name: str
    unit: str
    units: str
    group: str
    groups: str
    navigation: tuple[Entry, ...]
    token: str = ""
    """The token of the browser's forms."""
    person: str | None = None
    signs_in: bool = False
    """Whether people sign in to this service."""
    sees_record: bool = False
    """Whether whoever looks may see the record of who did what."""
    said: str | None = None
    """What has just been done, to be told once."""
    notice: str | None = None
