"""Words for what a forecast rests on: its labels, and a sentence for each of its assumptions."""

from __future__ import annotations

from typing import Final

from reports._format import day, days, listed, number, quantity, weeks
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext

NO_PIPELINE: Final = N_(
    "No pipeline was given: nothing is known of starters, leavers or other changes to come."
)
SUSPENDED: Final = N_(
    "The framework is suspended for it today. The forecast tells what is calculated meanwhile."
)
FIGURES_STAY: Final = N_("Apart from what is known to come, figures stay as they are.")


def synthetic_pipeline() -> tuple[str, str]:
    return _("Synthetic pipeline"), _("What is told of changes to come is made up.")


def drawn(futures: int, seed: int, length: int, first: str) -> str:
    return _(
        "{number} futures of {weeks} were drawn from {day} on (seed {seed}), "
        "and each was judged by the rules of the framework. A chance is how many of them come to a status."
    ).format(number=number(str(futures)), weeks=weeks(length), day=day(first), seed=seed)


def declared_now(status: str) -> str:
    return _("{status} is declared today. The forecast goes on from the calculated status instead.").format(
        status=status
    )


def returns_come(every: int, first: str) -> str:
    return _("Returns come every {days}, the next one on {day}.").format(days=days(every), day=day(first))


def stale(newest: str, age: int) -> str:
    return _(
        "The newest return is of {day}, {days} ago, and too old to go by today. "
        "The forecast assumes that returns come again."
    ).format(day=day(newest), days=days(age))


def unknown_figures(figures: str) -> str:
    return _("Not given, and taken to stay so: {figures}.").format(figures=figures)


def rates(returns: int, units: int, own: int, one: str, many: str) -> str:
    if not units:
        return ngettext(
            "Figures go on to move as in {number} return of its own.",
            "Figures go on to move as in {number} returns of its own.",
            returns,
        ).format(number=number(str(returns)))
    return ngettext(
        "Figures go on to move as they have: {share} by {number} return of its own, "
        "the rest by those of {others} other {units}.",
        "Figures go on to move as they have: {share} by {number} returns of its own, "
        "the rest by those of {others} other {units}.",
        returns,
    ).format(
        share=quantity(str(own), "percent"),
        number=number(str(returns)),
        others=units,
        units=one if units == 1 else many,
    )


def short_history(returns: int) -> str:
    return ngettext(
        "There are only {number} return of its own to go by.",
        "There are only {number} returns of its own to go by.",
        returns,
    ).format(number=number(str(returns)))


def events(certain: int, likely: int) -> str:
    if certain and likely:
        return _("From the pipeline: {certain} certain and {likely} likely events.").format(
            certain=certain, likely=likely
        )
    text = (
        ngettext(
            "From the pipeline: {number} likely event.", "From the pipeline: {number} likely events.", likely
        )
        if likely
        else ngettext(
            "From the pipeline: {number} certain event.",
            "From the pipeline: {number} certain events.",
            certain,
        )
    )
    return text.format(number=certain or likely)


def trends(figures: str) -> str:
    return _("By a trend that was given, and not by their past, move: {figures}.").format(figures=figures)


def off_figures(figures: str) -> str:
    return _(
        "Events of the pipeline have no effect on what is not given or not known here: {figures}."
    ).format(figures=figures)


def held(figures: str) -> str:
    return _("In some futures these were held at the least or most that they may be: {figures}.").format(
        figures=figures
    )


def versions(names: list[str]) -> str:
    return ngettext(
        "Within these weeks {names} begins, and counts from its day.",
        "Within these weeks {names} begin, and counts from its day.",
        len(names),
    ).format(names=listed(names))
