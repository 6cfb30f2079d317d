"""Relief in words: as text, Markdown, a page of HTML, or JSON."""

from __future__ import annotations

import json
from typing import Final, Literal

from engine.relief import Relief, document
from reports._render import set_page
from reports._words import relief as words
from reports.relief._all import all_csv, all_table
from reports.relief._build import ReliefPage, page
from rules.model import Organisation, Version

__all__ = ["ReliefPage", "all_csv", "all_table", "page", "tell"]

Form = Literal["text", "markdown", "html", "json"]
_TEMPLATES: Final = {"text": "relief.txt.j2", "markdown": "relief.md.j2", "html": "relief.html.j2"}


def tell(found: Relief, version: Version, organisation: Organisation, *, form: Form) -> str:
    """Whether the reductions of one unit are enough, in a form.

    :param found: what was found.
    :param version: the version of the framework that the decision names.
    :param organisation: the register, for names and for the words for units and groups.
    """
    if form == "json":
        return json.dumps(document(found, version), ensure_ascii=False, indent=2) + "\n"
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of relief. Use one of {', '.join(_TEMPLATES)}, json.")
    return set_page(_TEMPLATES[form], p=page(found, version, organisation), h=words.headings())
