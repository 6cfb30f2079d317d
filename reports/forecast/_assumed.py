"""What a forecast rests on, in sentences: one for each of its assumptions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.forecast.values import Forecast
from reports._words import forecast_assumed as words
from reports.forecast._shown import Shown
from reports.language import gettext as _

_Values = Mapping[str, Any]
_SAID_ELSEWHERE = frozenset(["calculated_only", "synthetic", "no_returns"])
"""Codes that the head of the page tells already."""


def assumptions(forecast: Forecast, shown: Shown) -> Iterator[str]:
    """A sentence for each assumption; a code that is not known here is told as it is, rather than left out."""
    codes = {one.code for one in forecast.assumptions}
    for one in forecast.assumptions:
        if one.code in _SAID_ELSEWHERE:
            continue
        say = _SENTENCES.get(one.code)
        yield say(one.values, shown) if say is not None else f"{one.code}: {dict(one.values)}."
    if not codes & {"events", "trends", "no_returns"}:
        yield _(words.NO_PIPELINE)


def _rates(values: _Values, shown: Shown) -> str:
    unit = shown.organisation.unit
    return words.rates(values["returns"], values["units"], values["own"], unit.one, unit.many)


_SENTENCES: dict[str, Callable[[_Values, Shown], str]] = {
    "declared_now": lambda values, shown: words.declared_now(shown.status(values["status"])),
    "suspended_now": lambda values, shown: _(words.SUSPENDED),
    "returns_come": lambda values, shown: words.returns_come(values["every"], values["first"]),
    "stale": lambda values, shown: words.stale(values["newest"], values["days"]),
    "unknown_figures": lambda values, shown: words.unknown_figures(shown.figures(values["figures"])),
    "figures_stay": lambda values, shown: _(words.FIGURES_STAY),
    "rates": _rates,
    "short_history": lambda values, shown: words.short_history(values["returns"]),
    "events": lambda values, shown: words.events(values["certain"], values["likely"]),
    "trends": lambda values, shown: words.trends(shown.figures(values["figures"])),
    "pipeline_off_figures": lambda values, shown: words.off_figures(shown.figures(values["figures"])),
    "held_at_bounds": lambda values, shown: words.held(shown.figures(values["figures"])),
    "versions": lambda values, shown: words.versions(
        [shown.version_title(version) for version in values["versions"]]
    ),
}
