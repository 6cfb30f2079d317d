"""A comparison of two versions as text, Markdown, a page of HTML, or JSON."""

from __future__ import annotations

import importlib
import json
from typing import Any, Final, Literal

from engine.compare import Comparison, document
from reports._format import number
from reports._render import load_template, set_page
from reports._words import compare as words
from reports._words import impact as impact_words
from reports.compare._build import findings_of, page, sentences_of
from reports.compare._page import ComparisonPage
from rules.model import Organisation

__all__ = ["ComparisonPage", "load", "page", "tell"]

Form = Literal["text", "markdown", "html", "json"]
_TEMPLATES: Final = {"text": "compare.txt.j2", "markdown": "compare.md.j2", "html": "compare.html.j2"}


def load(form: str) -> None:
    """Make ready to tell a comparison with its impact in a form, while that is still on its way."""
    importlib.import_module("reports.compare._impact")
    if form in _TEMPLATES:
        load_template(_TEMPLATES[form])
        number("1000")  # how numbers are written is looked up once


def tell(comparison: Comparison, organisation: Organisation, *, form: Form) -> str:
    """What is different, and what that does, in a form.

    :param comparison: what was found.
    :param organisation: the register, for the names of regions.
    """
    if form == "json":
        found = with_sentences(comparison, organisation)
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of a comparison. Use one of {', '.join(_TEMPLATES)}, json.")
    return set_page(
        _TEMPLATES[form],
        p=page(comparison, organisation),
        h=words.Headings(),
        i=impact_words.Headings(),
        n=impact_words,
    )


def with_sentences(comparison: Comparison, organisation: Organisation) -> dict[str, Any]:
    """The comparison as plain values, each change with its sentence."""
    found = document(comparison)
    verdict, told = sentences_of(comparison, organisation)
    found["verdict"]["sentence"] = " ".join(verdict)
    for change, one in zip(found["changes"], told, strict=True):
        change["sentence"] = one.sentence
    if found["impact"] is not None:
        found["impact"]["sentence"] = " ".join(findings_of(comparison, organisation))
    return found
