"""Decisions in words: the explanation of one decision as text, Markdown or a page of HTML.

A report decides nothing. It says what the decision document says, in sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from reports._build import context
from reports._explanation import Explanation
from reports._render import render
from reports._why import why_not
from rules.model import Organisation, Version

__all__ = ["Explanation", "context", "explain", "why_not"]


def explain(
    decision: Mapping[str, Any],
    version: Version,
    organisation: Organisation,
    *,
    form: Literal["text", "markdown", "html"],
    distance: Mapping[str, Any] | None = None,
) -> str:
    """One decision, explained in a form.

    :param decision: the decision document.
    :param version: the version of the framework that the decision names.
    :param organisation: the register, for names and for the words for units and groups.
    :param distance: how far the unit is from another status, as `engine.distance` gives it; told if given.
    """
    return render(context(decision, version, organisation, distance), form)
