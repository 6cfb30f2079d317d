"""The weeks ahead as text, Markdown, a page of HTML, CSV or JSON."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any, Final, Literal

from engine.forecast.document import COLUMNS, document, rows_of, score_document
from engine.forecast.values import Score
from reports._render import set_page
from reports._words import forecast as words
from reports.forecast._build import Outlook, page
from reports.forecast._build import page as forecast_page
from reports.forecast._page import ForecastPage, ScorePage
from reports.forecast._score import score_alone
from reports.language import gettext as _
from rules.model import Organisation

__all__ = ["ForecastPage", "Form", "Outlook", "ScorePage", "forecast_page", "score_alone", "tell", "told"]

Form = Literal["text", "markdown", "html", "json", "csv"]
_TEMPLATES: Final = {"text": "forecast.txt.j2", "markdown": "forecast.md.j2", "html": "forecast.html.j2"}


def tell(
    outlooks: Sequence[Outlook],
    organisation: Organisation,
    *,
    form: Form,
    score: Score | None = None,
    scored: bool = False,
    made_up: bool = False,
) -> str:
    """The weeks ahead of some units, in a form.

    :param outlooks: one or more units with their forecasts, all from one day and over the same weeks.
    :param organisation: the register, for names and for the words for units and groups.
    :param scored: whether it was asked how good forecasts have been; `score` is None where the past is too short.
    :param made_up: whether the pipeline says that it is synthetic.
    """
    if form == "csv":
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS)
        for outlook in outlooks:
            for forecast, _framework in outlook.forecasts:
                writer.writerows(["" if cell is None else cell for cell in row] for row in rows_of(forecast))
        return text.getvalue()
    if form == "json":
        found = told(outlooks, organisation, score=score, scored=scored, made_up=made_up)
        return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    if form not in _TEMPLATES:
        raise ValueError(f"{form!r} is no form of a forecast. Use one of {', '.join(_TEMPLATES)}, json, csv.")
    made = page(outlooks, organisation, score, scored=scored, made_up=made_up)
    return set_page(_TEMPLATES[form], p=made, h=words.Headings(), n=words.Notes())


def told(
    outlooks: Sequence[Outlook],
    organisation: Organisation,
    *,
    score: Score | None = None,
    scored: bool = False,
    made_up: bool = False,
) -> dict[str, Any]:
    """The weeks ahead of some units as plain values, with what was found in a sentence."""
    made = page(outlooks, organisation, score, scored=scored, made_up=made_up)
    return {
        "headline": made.headline,
        "forecasts": [
            document(forecast) for outlook in outlooks for forecast, _framework in outlook.forecasts
        ],
        "score": None if score is None else score_document(score),
        "note": f"{_(words.CALCULATED)} {_(words.PAGE_NOTE)}",
    }
