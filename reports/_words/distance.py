"""Words for what would change the status: the figures that people can change, by how much, and when."""

from __future__ import annotations

from reports._format import day, either, listed, number, quantity
from reports._words.ordinals import ordinal
from reports.language import gettext as _
from reports.language import ngettext, pgettext


def headings() -> dict[str, str]:
    """The headings of the page."""
    return {"skip": _("Skip to what would change the status")}


def heading_of_all() -> str:
    return _("What would change the status")


def measures(*, less: bool) -> str:
    """The heading above what keeps a unit from a status."""
    return _("What stands in the way") if less else _("What would bring it")


def rests() -> str:
    return _("What this rests on")


def columns() -> tuple[str, ...]:
    return (
        # Translators: the heading of a column.
        pgettext("column", "Status now"),
        # Translators: the heading of a column: what would bring the next status that is less severe.
        pgettext("column", "Less severe"),
        # Translators: the heading of a column: what would bring the next status that is more severe.
        pgettext("column", "More severe"),
    )


def caption() -> str:
    return _("The least change of one figure that would bring the next status")


def none() -> str:
    # Translators: in a table: there is no status that is more, or less, severe.
    return pgettext("status", "none")


def no_single() -> str:
    # Translators: in a table.
    return _("no single figure would do")


def title(unit: str, as_of: str) -> str:
    return _("What would change the status? {unit}, {day}").format(unit=unit, day=day(as_of))


def heading(status: str, *, less: bool) -> str:
    text = _("{status}: one status less severe") if less else _("{status}: one status more severe")
    return text.format(status=status)


def by_itself(status: str, on: str) -> str:
    text = _("Nothing need change: if the figures stay as they are, {status} comes on {day}.")
    return text.format(status=status, day=day(on))


def goes_on(status: str) -> str:
    return _("If the figures stay as they are, {status} goes on.").format(status=status)


def ahead(steps: list[tuple[str, str]]) -> str:
    # Translators: stands in "If the figures stay as they are: Amber from 5 September 2022 and Green from …".
    text = pgettext("ahead", "{status} from {day}")
    told = [text.format(status=status, day=day(on)) for status, on in steps]
    # Translators: {statuses} is such as "Amber from 5 September 2022 and Green from 12 September 2022".
    return _("If the figures stay as they are: {statuses}.").format(statuses=listed(told))


def needed(
    name: str, unit: str | None, start: str, end: str, change: str, status: str, on: str, returns: int
) -> str:
    text = (
        # Translators: such as "Staff in post: 2.5 FTE less (80.0 to 77.5 FTE)."
        _("{figure}: {size} less ({start} to {end}).")
        if change.startswith("-")
        # Translators: such as "Staff in post: 2.5 FTE more (80.0 to 82.5 FTE)."
        else _("{figure}: {size} more ({start} to {end}).")
    )
    told = text.format(
        figure=name, size=quantity(change.lstrip("-"), unit), start=number(start), end=quantity(end, unit)
    )
    return f"{told} {_comes(status, on, returns)}"


def _comes(status: str, on: str, returns: int) -> str:
    """When a status would come: so many returns from now."""
    if returns == 0:
        text = _("{status} would come on {day}, before another return.")
    elif returns == 1:
        text = _("{status} would come on {day}, with the next return.")
    else:
        # Translators: {ordinal} is "second", "third", …, "21st".
        text = _("{status} would come on {day}, with the {ordinal} return from now.")
    return text.format(status=status, day=day(on), ordinal=ordinal(returns))


def together(parts: list[str], status: str, on: str, returns: int) -> str:
    # Translators: {changes} is such as "Staff in post 2 FTE more (to 82 FTE) and Absent 1 FTE less (to 3 FTE)".
    text = _("No single figure would do. Together these would: {changes}.")
    return f"{text.format(changes=listed(parts))} {_comes(status, on, returns)}"


def part(name: str, unit: str | None, change: str, end: str) -> str:
    text = (
        # Translators: stands in a list: "Absent 1 FTE less (to 3 FTE)".
        _("{figure} {size} less (to {end})")
        if change.startswith("-")
        # Translators: stands in a list: "Staff in post 2 FTE more (to 82 FTE)".
        else _("{figure} {size} more (to {end})")
    )
    return text.format(figure=name, size=quantity(change.lstrip("-"), unit), end=quantity(end, unit))


def nothing_would(status: str) -> str:
    text = _("Nothing that people can change would bring {status} by itself. Other figures stand in the way.")
    return text.format(status=status)


def nothing_found(status: str, steps: int) -> str:
    return ngettext(
        "No change was found that brings {status}. All of up to {number} step together were tried.",
        "No change was found that brings {status}. All of up to {number} steps together were tried.",
        steps,
    ).format(status=status, number=number(str(steps)))


def not_by_itself(figures: str) -> str:
    return _("Not by itself, whatever it is: {figures}.").format(figures=figures)


def not_found(figures: str) -> str:
    return _("Not by itself, within the changes that were tried: {figures}.").format(figures=figures)


def no_part(figures: str) -> str:
    return _("No status rests on: {figures}.").format(figures=figures)


def not_given(figures: str) -> str:
    return _("Not known, so nothing can be said of it: {figures}.").format(figures=figures)


def measure(verdict: str, text: str, run: str | None, needs: str | None) -> str:
    """A condition that stands in the way; `run` and `needs` are lengths of time, such as `2 weeks`."""
    if run and needs:
        # Translators: {run} and {needs} are lengths of time, such as "2 weeks".
        told = _("It has held for {run}. It needs {needs}.")
        text = f"{text} {told.format(run=run, needs=needs)}"
    elif needs:
        # Translators: {needs} is a length of time, such as "2 weeks".
        told = _("It needs {needs}.")
        text = f"{text} {told.format(needs=needs)}"
    return f"{verdict}: {text}"


def status_of_figures(status: str) -> str:
    text = _("This speaks of what the figures give, which is {status}, and of no declaration or suspension.")
    return text.format(status=status)


def suspended() -> str:
    return _("The framework is set aside. Until that ends, a change of the figures changes nothing.")


def undeclared() -> str:
    return _("A person must declare the status, and nobody has. What the figures give is advice.")


def declared(status: str) -> str:
    text = _("A person has declared {status}. The declaration stands for its time, whatever the figures do.")
    return text.format(status=status)


def no_return() -> str:
    return _("There is no return, so there is nothing to go by. Send one.")


def stale(as_of: str) -> str:
    return _(
        "The newest return, of {day}, is too old. What follows is what its figures would give again."
    ).format(day=day(as_of))


def unknown(figures: str, statuses: list[str]) -> str:
    # Translators: {statuses} is such as "Amber or Red".
    could = _("It could be {statuses}.").format(statuses=either(statuses)) if statuses else ""
    if not figures:
        told = [_("Which status holds is not known, so nothing can be said."), could]
    else:
        text = _("Which status holds is not known, because these figures are missing: {figures}.")
        # Translators: "them" are figures that are missing.
        told = [text.format(figures=figures), could, _("Send them.")]
    return " ".join(filter(None, told))


def no_return_ahead() -> str:
    return _("No further return is due, so nothing can change.")


def no_levers() -> str:
    return _("The framework names no figure that people can change.")


def one_cell(figure: str, change: str, unit: str | None, status: str, on: str) -> str:
    sign = "" if change.startswith("-") else "+"
    return f"{figure} {sign}{quantity(change, unit)}: {status}, {day(on)}"


def comes_cell(status: str, on: str) -> str:
    # Translators: in a table: without any change, the status comes on that day.
    return _("{status} comes by itself, {day}").format(status=status, day=day(on))


def together_cell(size: int, status: str, on: str) -> str:
    # Translators: in a table: so many figures would have to change together to bring the status.
    text = ngettext(
        "{number} figure together: {status}, {day}", "{number} figures together: {status}, {day}", size
    )
    return text.format(number=number(str(size)), status=status, day=day(on))


def all_note() -> str:
    # Translators: {command} is a command to type.
    text = _("From the next return on, with all else as it is. `{command}` says it in full.")
    return text.format(command="prioritise distance PDU")


def now_status(status: str, since: str | None) -> str:
    if not since:
        return _("The status is {status}.").format(status=status)
    return _("The status is {status}, since {day}.").format(status=status, day=day(since))
