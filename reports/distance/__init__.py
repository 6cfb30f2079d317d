"""What would change the status, in words: as text, Markdown, a page of HTML, or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final, Literal

from reports._build import tidy
from reports._names import Names
from reports._render import set_page
from reports._words import distance as words
from reports.distance._all import all_csv, all_table
from reports.distance._build import section
from reports.distance._page import DistancePage
from rules.model import Organisation, Version

__all__ = ["all_csv", "all_table", "tell"]

Form = Literal["text", "markdown", "html", "json"]
_TEMPLATES: Final = {"text": "distance.txt.j2", "markdown": "distance.md.j2", "html": "distance.html.j2"}


def tell(
    told: Mapping[str, Any],
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    *,
    form: Form,
) -> str:
    """How far one unit is from another status, in a form.

    :param told: the distance, as `engine.distance` gives it.
    :param decision: the decision that it rests on.
    :param version: the version of the framework that the decision names.
    :param organisation: the register, for names and for the words for units and groups.
    """
    if form == "json":
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of a distance. Use one of {', '.join(_TEMPLATES)}, json.")
    page = _page(told, decision, version, organisation)
    return set_page(_TEMPLATES[form], p=page, h=words.headings())


def _page(
    told: Mapping[str, Any], decision: Mapping[str, Any], version: Version, organisation: Organisation
) -> DistancePage:
    from reports._deciding import deciding
    from reports._labels import labels

    names = Names(decision, version, organisation)
    made = DistancePage(
        title=words.title(decision["pdu"]["name"], told["as_of"]),
        headline=words.now_status(names.status(told["status"]), decision["since"]),
        lead=(),
        labels=labels(names, deciding(names)),
        about=(),
        section=section(names, told),
    )
    clean: DistancePage = tidy(made)
    return clean
