"""Setting a report as PDF, with Typst: from a template and data, the same bytes for the same data.

The data goes in as JSON and the template reads it as values, so no word of a document is ever taken for markup.
Setting one lets other threads go on. One is set at a time: the typesetter keeps what it can use again.
"""

from __future__ import annotations

import datetime
import functools
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import orjson
import typst

from reports._words import pdf as words
from reports.language import current
from reports.pdf._glyphs import fit, fonts

STANDARDS: Final = ("ua-1", "a-2a")
"""PDF/UA-1, so that everybody can read it, and PDF/A-2a, so that it can be kept."""
_FOLDER = Path(__file__).parent / "templates"
_TYPESETTING = threading.Lock()


def compiled(template: str, data: Mapping[str, Any], day: datetime.date) -> bytes:
    """A template with its data as a PDF. `day` is the one that the file bears as its date."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    given = {**fit(data), "day": [day.year, day.month, day.day]}
    with _TYPESETTING:  # a compiler keeps state from one document to the next
        made = _compiler().compile(
            str(_FOLDER / f"{template}.typ"),
            format="pdf",
            sys_inputs={"data": orjson.dumps(given).decode(), **_spoken()},
            pdf_standards=list(STANDARDS),
            timestamp=noon,
        )
    assert isinstance(made, bytes), "a PDF is one file"
    return made


def _spoken() -> dict[str, str]:
    """The language of the file, for whoever has it read aloud, and what the foot of its pages says in it."""
    locale = current().locale
    region = locale.territory or ""
    return {
        "language": locale.language,
        "region": region if len(region) == 2 else "",  # the typesetter knows countries, and no larger areas
        "page": fit(words.page()),
    }


@functools.cache
def _compiler() -> typst.Compiler:
    """The compiler with the shipped fonts and no others, so that every machine sets the same."""
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts()])
    return typst.Compiler(root=_FOLDER, font_paths=own)
