"""Words for why two worlds differ on a day: what each asks of a figure, and whether that is met."""

from __future__ import annotations

from reports._format import number
from reports.language import gettext as _
from reports.language import ngettext, pgettext


def comparison(exit_: bool, status: str, figure: str, value: str, sides: tuple[str, str]) -> str:
    text = (
        _("What ends {status}: {figure} was {value}. Now: {now}. New: {new}.")
        if exit_
        else _("What begins {status}: {figure} was {value}. Now: {now}. New: {new}.")
    )
    return text.format(status=status, figure=figure, value=value, now=sides[0], new=sides[1])


def other_values(exit_: bool, status: str, figure: str, sides: tuple[str, str]) -> str:
    text = (
        _("What ends {status}: {figure}. Now: {now}. New: {new}.")
        if exit_
        else _("What begins {status}: {figure}. Now: {now}. New: {new}.")
    )
    return text.format(status=status, figure=figure, now=sides[0], new=sides[1])


def side(limit_: str, holds: bool | None) -> str:
    # Translators: what is asked of a figure and whether it is met, as in “below 85%, not met”.
    return _("{limit}, {verdict}").format(limit=limit_, verdict=_verdict(holds))


def side_of_run(limit_: str, holds: bool | None, held: str) -> str:
    """A run that is shorter than asked is enough only at the first figures."""
    text = (
        # Translators: what is asked of a figure, whether it is met, and why although it has not held for long enough.
        _("{limit}, {verdict} (the first figures count at once)")
        if holds
        else _("{limit}, {verdict} (held for {length})")
    )
    return text.format(limit=limit_, verdict=_verdict(holds), length=held)


def valued(value: str, rest: str) -> str:
    return _("it was {value}; {rest}").format(value=value, rest=rest)


def no_such() -> str:
    return _("no such condition")


def limit(comparator: str, threshold: str, wait: str | None) -> str:
    if wait:
        text = {
            # Translators: what is asked of a figure, as in “below 85% for 4 weeks”.
            "below": _("below {number} for {length}"),
            "at_most": _("{number} or less for {length}"),
            "above": _("above {number} for {length}"),
            "at_least": _("{number} or more for {length}"),
        }.get(comparator) or _("{number} for {length}")
    else:
        text = {
            "below": _("below {number}"),
            "at_most": _("{number} or less"),
            "above": _("above {number}"),
            "at_least": _("{number} or more"),
        }.get(comparator, "{number}")
    return text.format(number=threshold, length=wait)


def more(size: int) -> str:
    return ngettext("{number} more condition differs.", "{number} more conditions differ.", size).format(
        number=number(str(size))
    )


def earlier() -> str:
    return _("All conditions turn out alike on that day. What went before makes the difference.")


def unknown(new_: bool) -> str:
    if new_:
        return _("New: the figures do not decide which status holds.")
    return _("Now: the figures do not decide which status holds.")


def no_decision() -> str:
    return _("In one of the two no version is in force.")


def _verdict(holds: bool | None) -> str:
    if holds is None:
        return pgettext("whether a condition is met", "not known")
    if holds:
        return pgettext("whether a condition is met", "met")
    return pgettext("whether a condition is met", "not met")
