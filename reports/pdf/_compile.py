"""Setting a report as PDF, with Typst: from a template and data, the same bytes for the same data.

The data goes in as JSON and the template reads it as values, so no word of a document is ever taken for markup.
"""

from __future__ import annotations

import datetime
import functools
import threading
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any, Final

import orjson
import typst

STANDARDS: Final = ("ua-1", "a-2a")
"""PDF/UA-1, so that everybody can read it, and PDF/A-2a, so that it can be kept."""
_TYPESETTING = threading.Lock()


def compiled(template: str, data: Mapping[str, Any], day: datetime.date) -> bytes:
    """A template with its data as a PDF. `day` is the one that the file bears as its date."""
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    with _TYPESETTING:  # a compiler keeps state from one document to the next
        made = _compiler().compile(
            str(_folder() / f"{template}.typ"),
            format="pdf",
            sys_inputs={"data": orjson.dumps(data).decode()},
            pdf_standards=list(STANDARDS),
            timestamp=noon,
        )
    assert isinstance(made, bytes), "a PDF is one file"
    return made


def _folder() -> Path:
    return Path(str(resources.files("reports.pdf"))) / "templates"


@functools.cache
def _compiler() -> typst.Compiler:
    """The compiler with the shipped fonts and no others, so that every machine sets the same."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[_folder().parent / "fonts"]
    )
    return typst.Compiler(root=_folder(), font_paths=fonts)
