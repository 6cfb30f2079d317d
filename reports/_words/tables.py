"""Columns that only spreadsheets and programs get: what stands in one cell on a page is several columns there."""

from __future__ import annotations

from reports._format import weeks
from reports.language import gettext as _


def id_() -> str:
    return _("Id")


def unit() -> str:
    return _("Unit")


def percent(column: str) -> str:
    """The column of a share."""
    return _("{column} (percent)").format(column=column)


def points(column: str) -> str:
    """The column of a difference between shares."""
    return _("{column} (points)").format(column=column)


def ahead(length: int) -> str:
    """The column of so many weeks ahead. Unlike `+4 weeks` it looks like no formula."""
    return _("{weeks} ahead").format(weeks=weeks(length))


def low(column: str) -> str:
    return _("{column}, low").format(column=column)


def high(column: str) -> str:
    return _("{column}, high").format(column=column)


def under(column: str, version: str) -> str:
    """A column under one of two versions."""
    return _("{column}, {version}").format(column=column, version=version)


def of(column: str) -> str:
    """Of how many a column counts some."""
    return _("{column}, of").format(column=column)


def newest() -> str:
    return _("Newest return")


def due() -> str:
    return _("Due on")


def days() -> str:
    return _("Days late")


def kind() -> str:
    return _("What")


def more() -> str:
    return _("Since when")


def contact() -> str:
    return _("Whom to ask")
