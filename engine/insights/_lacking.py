"""Which units a view lacks on a day, and what of them: whom to ask."""

from __future__ import annotations

from collections.abc import Sequence

from engine.columns._arrays import Flags
from engine.insights._found import Lacking
from engine.insights._past import Past
from rules.formula.totals import Total
from rules.views import FigureOfView


def lacking(
    past: Past, figures: Sequence[FigureOfView], day: int, exists: Flags, places: Sequence[int]
) -> tuple[Lacking, ...]:
    """The units among `places` that exist and of which something is not known, in the order of their ids."""
    totals = {str(total): total for figure in figures for total in figure.totals.values()}
    there, fresh = (flags.tolist() for flags in past.returned(day))
    unknown: dict[int, list[tuple[str, Total]]] = {}
    for name, total in totals.items():
        for key in past.keys(total, None, None, day) or ():
            known = past.knows(key, total, day)
            shown = name if key == total.input else f"{name.replace(total.input, key, 1)}"
            for place in places:
                if exists[place] and not known[place]:
                    unknown.setdefault(place, []).append((shown, total))
    found = []
    for place in unknown:
        id_ = past.units[place].id
        if not there[place]:
            found.append(Lacking(id_, "no_return", ()))
        elif not fresh[place]:
            found.append(Lacking(id_, "stale", ()))
        else:
            inputs = tuple(dict.fromkeys(shown for shown, _ in unknown[place]))
            now = any(not total.days for _, total in unknown[place])
            found.append(Lacking(id_, "not_given" if now else "no_past", inputs))
    return tuple(sorted(found))
