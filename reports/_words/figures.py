"""Words for what the figures lacked, for the settings, and for checking a decision."""

from __future__ import annotations

from typing import Final

from reports._format import day, number, plain
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext, pgettext


def all_given() -> str:
    return _("Nothing was missing: every figure that counted was in the return.")


def no_figures() -> str:
    return _("There is no return to look at.")


def carried(figures: str, as_of: str) -> str:
    text = _("Not given, so the figure of {day} still counts: {figures}.")
    return text.format(day=day(as_of), figures=figures)


def defaulted(figures: str) -> str:
    return _("Not given, so the default counts: {figures}.").format(figures=figures)


def not_given(figures: str) -> str:
    return _("Not given, and nothing stands in for it: {figures}.").format(figures=figures)


def identical() -> str:
    return _("A row came twice, word for word. It counts once.")


def returns_missing(missed: int | None) -> str:
    if not missed:
        return _("At least one return before this one is missing.")
    return ngettext(
        "Before the newest return, {number} return is missing.",
        "Before the newest return, {number} returns are missing.",
        missed,
    ).format(number=number(str(missed)))


def stale_note() -> str:
    return _("The newest return is too old to decide on.")


def misfit(figures: str) -> str:
    text = _("Left out, because it does not fit this version of the framework: {figures}.")
    return text.format(figures=figures)


def skipped(as_of: str | None) -> str:
    if not as_of:
        return _("Bad rows were left out.")
    return _("Bad rows were left out on {day}.").format(day=day(as_of))


def number_left_out(title: str) -> str:
    text = _("A number that was set does not fit this version, and its default counts: {title}.")
    return text.format(title=title)


def settings_wait(effective: str) -> str:
    return _(
        "New settings are in force from {day}. The conditions are judged by them at the next return."
    ).format(day=day(effective))


def child_absent(child: str) -> str:
    text = _("{unit} has sent no return that is new enough, so nothing of it counts.")
    return text.format(unit=child)


def child_lacks(child: str, figures: str) -> str:
    return _("Not given by {unit}: {figures}.").format(unit=child, figures=figures)


def child_unclear(child: str) -> str:
    return _("{unit} has no clear status, so it cannot be counted.").format(unit=child)


def other_note(code: str) -> str:
    # Translators: {code} is such as PF605.
    return _("Note {code}.").format(code=code)


def settings_caption() -> str:
    return _("The numbers that conditions are compared with")


def settings_columns() -> tuple[str, ...]:
    return (
        # Translators: the heading of a column.
        pgettext("column", "Number"),
        # Translators: the heading of a column.
        pgettext("column", "Value"),
        # Translators: the heading of a column.
        pgettext("column", "Default"),
        # Translators: the heading of a column.
        pgettext("column", "Set by"),
        # Translators: the heading of a column: whether a number is published or illustrative.
        pgettext("column", "Basis"),
    )


def settings(set_by: str, effective: str, group: str) -> str:
    # Translators: {group} is what the organisation calls a group of units, such as "region".
    text = _("Settings of the {group}, by {who}, in force from {day}.")
    return text.format(group=group, who=set_by, day=day(effective))


def no_settings(group: str) -> str:
    # Translators: {group} is what the organisation calls a group of units, such as "region".
    return _("The {group} has set nothing. The framework's defaults apply.").format(group=group)


def withholds(activities: str) -> str:
    return _("Reductions that these settings take away: {activities}.").format(activities=activities)


def all_illustrative() -> str:
    return _("Every number here is illustrative: an example, not published policy.")


def no_numbers() -> str:
    return _("This framework has no numbers that can be set.")


def measures_caption() -> str:
    return _("Figures that were worked out")


def measures_columns() -> tuple[str, ...]:
    return (
        # Translators: the heading of a column.
        pgettext("column", "Measure"),
        # Translators: the heading of a column.
        pgettext("column", "Value"),
        # Translators: the heading of a column with formulas.
        pgettext("column", "Worked out as"),
    )


def inputs_caption() -> str:
    return _("Figures that they rest on")


def inputs_columns() -> tuple[str, ...]:
    return (
        # Translators: the heading of a column.
        pgettext("column", "Figure"),
        # Translators: the heading of a column.
        pgettext("column", "Value"),
        # Translators: the heading of a column.
        pgettext("column", "Day"),
        # Translators: the heading of a column: "given in the return", "carried forward", …
        pgettext("column", "How it came"),
    )


HOW: Final = {
    "given": N_("given in the return"),
    "carried": N_("carried forward"),
    "default": N_("default"),
    "missing": N_("missing"),
    "unfit": N_("left out, does not fit"),
}


def how(code: str) -> str:
    """How a figure came to a decision, in a table."""
    return _(HOW[code]) if code in HOW else code


def came(code: str) -> str:
    """How a figure that the return does not give came to a decision, in a word behind it."""
    match code:
        case "carried":
            # Translators: stands in brackets behind a figure that was carried forward from an earlier return.
            return pgettext("figure", "carried")
        case "default":
            # Translators: stands in brackets behind a figure: the framework's default counts.
            return pgettext("figure", "default")
        case _:
            return plain(code)


def basis(*, published: bool) -> str:
    """Whether a number is published, in a table."""
    # Translators: of a number, in a table.
    return pgettext("number", "Published") if published else pgettext("number", "Illustrative")


def set_by(who: str, group: str, unit: str) -> str:
    """Who set a number, in a table."""
    # Translators: who set a number, in a table.
    return {"default": pgettext("set by", "framework"), "region": group, "pdu": unit}.get(who, who)


def line(rule: str, number: int | None) -> str:
    if not number:
        return rule
    # Translators: {rule} is a rule's name in a framework's document, {line} the number of the line that it stands at.
    return _("{rule} (line {line})").format(rule=rule, line=number)


FACTS: Final = {
    "id": N_("Decision"),
    "framework": N_("Framework"),
    "framework_hash": N_("Hash of the framework"),
    "settings_hash": N_("Hash of the settings"),
    "recorded": N_("Return recorded at"),
    "decided": N_("Worked out at"),
    "known": N_("As known at"),
}


def fact(key: str) -> str:
    """The label of something by which a decision can be checked."""
    return _(FACTS[key])


def fact_of_return(as_of: str) -> str:
    return _("Return of {day}").format(day=day(as_of))
