"""A preview as text, Markdown, a page of HTML, or JSON."""

from __future__ import annotations

import json
from typing import Final, Literal

from engine.preview import Preview, document
from reports._render import set_page
from reports._words import preview as words
from reports.preview._build import page
from rules.model import Organisation

__all__ = ["tell"]

Form = Literal["text", "markdown", "html", "json"]
_TEMPLATES: Final = {"text": "preview.txt.j2", "markdown": "preview.md.j2", "html": "preview.html.j2"}


def tell(preview: Preview, organisation: Organisation, *, form: Form) -> str:
    """What would have been different, in a form.

    :param preview: what was found.
    :param organisation: the register, for names and for the words for units and groups.
    """
    made = page(preview, organisation)
    if form == "json":
        found = {**document(preview), "headline": " ".join((made.headline, *made.lead))}
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of a preview. Use one of {', '.join(_TEMPLATES)}, json.")
    return set_page(_TEMPLATES[form], p=made, h=words.Headings(), n=words.Notes())
