"""The language that reports and pages are written in."""

from __future__ import annotations

import os
import sys

from api.cli._terminal import WRONG_USE, list_problems

VARIABLE = "PRIORITISE_LANGUAGE"
"""A setting of the service too, so that `serve` and its workers speak what was asked for."""


def choose(tag: str) -> None:
    """Speak a language from now on. One that is not there ends the program with code 2 (PF735)."""
    from reports.language import CatalogueError, language_of, languages, speak

    try:
        language = language_of(tag)
    except CatalogueError as error:
        from rules.problems import Place, Problem

        known = languages()
        told = str(error) if tag in known else f"It must be one of these: {', '.join(known)}."
        place = Place("settings", path=VARIABLE)
        list_problems([Problem("PF735", f"{VARIABLE}: {told}", place)], as_json=False)
        sys.exit(WRONG_USE)
    speak(language)
    os.environ[VARIABLE] = language.tag
