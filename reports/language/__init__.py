"""The language that people are spoken to in: its texts, and how it writes days, numbers and lists.

English is the language of the source. Another one is a file of translations in `catalogues`, in the format of GNU
gettext, that is made from `prioritise.pot`. `speak` chooses for the whole program, `speaking` for a block.

In code, `gettext` (as `_`), `ngettext` and `pgettext` mark a text and give its translation; `mark` (as `N_`) only marks
one that stands in a constant and is translated where it is used. A text is a whole sentence with named places, filled
by `format` after it was translated. Rooms to the left of this one know no language: what they have `said` (see
`rules.said`) is `told` here.
"""

from reports.language._catalogues import CatalogueError, language_of, languages
from reports.language._jinja import install
from reports.language._language import ENGLISH, Language, current, speak, speaking
from reports.language._numbers import all_of, any_of, day, month, number
from reports.language._texts import gettext, mark, ngettext, npgettext, pgettext, told

__all__ = [
    "ENGLISH",
    "CatalogueError",
    "Language",
    "all_of",
    "any_of",
    "current",
    "day",
    "gettext",
    "install",
    "language_of",
    "languages",
    "mark",
    "month",
    "ngettext",
    "npgettext",
    "number",
    "pgettext",
    "speak",
    "speaking",
    "told",
]
