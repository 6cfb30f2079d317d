"""Which of a row something is: `second`, `twenty-first` as `21st`."""

from __future__ import annotations

from typing import Final

from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import pgettext

_FIRST: Final = (
    # Translators: stands in "with the second return from now".
    N_("second"),
    # Translators: stands in "with the third return from now".
    N_("third"),
    # Translators: stands in "with the fourth return from now".
    N_("fourth"),
    # Translators: stands in "with the fifth return from now".
    N_("fifth"),
    # Translators: stands in "with the sixth return from now".
    N_("sixth"),
    # Translators: stands in "with the seventh return from now".
    N_("seventh"),
    # Translators: stands in "with the eighth return from now".
    N_("eighth"),
    # Translators: stands in "with the ninth return from now".
    N_("ninth"),
    # Translators: stands in "with the tenth return from now".
    N_("tenth"),
)
"""Those that are written as words, from the second on."""


def ordinal(size: int) -> str:
    """The word for the second to the tenth, and a number with its ending for those after them."""
    if 2 <= size < len(_FIRST) + 2:
        return _(_FIRST[size - 2])
    return _numbered(size).format(number=size)


def _numbered(size: int) -> str:
    if size % 100 not in (11, 12, 13):
        match size % 10:
            case 1:
                # Translators: numbers that end in 1 but not in 11, from 21 on: "with the 21st return from now".
                return pgettext("ordinal", "{number}st")
            case 2:
                # Translators: numbers that end in 2 but not in 12, from 22 on: "with the 22nd return from now".
                return pgettext("ordinal", "{number}nd")
            case 3:
                # Translators: numbers that end in 3 but not in 13, from 23 on: "with the 23rd return from now".
                return pgettext("ordinal", "{number}rd")
    # Translators: all other numbers, from 11 on: "with the 11th return from now".
    return pgettext("ordinal", "{number}th")
