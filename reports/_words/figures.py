"""Words for what the figures lacked, for the settings, and for checking a decision."""

from __future__ import annotations

from typing import Final

from reports._format import count, day


def all_given() -> str:
    return "Nothing was missing: every figure that counted was in the return."


def no_figures() -> str:
    return "There is no return to look at."


def carried(figures: str, as_of: str) -> str:
    return f"Not given, so the figure of {day(as_of)} still counts: {figures}."


def defaulted(figures: str) -> str:
    return f"Not given, so the default counts: {figures}."


def not_given(figures: str) -> str:
    return f"Not given, and nothing stands in for it: {figures}."


def identical() -> str:
    return "A row came twice, word for word. It counts once."


def returns_missing(missed: int | None) -> str:
    if not missed:
        return "At least one return before this one is missing."
    return f"Before the newest return, {count(missed, 'return is', 'returns are')} missing."


def stale_note() -> str:
    return "The newest return is too old to decide on."


def misfit(figures: str) -> str:
    return f"Left out, because it does not fit this version of the framework: {figures}."


def skipped(as_of: str | None) -> str:
    return f"Bad rows were left out{f' on {day(as_of)}' if as_of else ''}."


def number_left_out(title: str) -> str:
    return f"A number that was set does not fit this version, and its default counts: {title}."


def settings_wait(effective: str) -> str:
    return (
        f"New settings are in force from {day(effective)}. "
        "The conditions are judged by them at the next return."
    )


def child_absent(child: str) -> str:
    return f"{child} has sent no return that is new enough, so nothing of it counts."


def child_lacks(child: str, figures: str) -> str:
    return f"Not given by {child}: {figures}."


def child_unclear(child: str) -> str:
    return f"{child} has no clear status, so it cannot be counted."


def other_note(code: str) -> str:
    return f"Note {code}."


SETTINGS_CAPTION: Final = "The numbers that conditions are compared with"
SETTINGS_COLUMNS: Final = ("Number", "Value", "Default", "Set by", "Basis")
BASES: Final = {True: "published", False: "illustrative"}


def settings(set_by: str, effective: str, group: str) -> str:
    return f"Settings of the {group}, by {set_by}, in force from {day(effective)}."


def no_settings(group: str) -> str:
    return f"The {group} has set nothing. The framework's defaults apply."


def withholds(activities: str) -> str:
    return f"Reductions that these settings take away: {activities}."


def all_illustrative() -> str:
    return "Every number here is illustrative: an example, not published policy."


def no_numbers() -> str:
    return "This framework has no numbers that can be set."


MEASURES_CAPTION: Final = "Figures that were worked out"
MEASURES_COLUMNS: Final = ("Measure", "Value", "Worked out as")
INPUTS_CAPTION: Final = "Figures that they rest on"
INPUTS_COLUMNS: Final = ("Figure", "Value", "Day", "How it came")
HOW: Final = {
    "given": "given in the return",
    "carried": "carried forward",
    "default": "default",
    "missing": "missing",
    "unfit": "left out, does not fit",
}


def set_by(who: str, group: str, unit: str) -> str:
    return {"default": "framework", "region": group, "pdu": unit}.get(who, who)


def line(rule: str, number: int | None) -> str:
    return f"{rule} (line {number})" if number else rule


FACTS: Final = {
    "id": "Decision",
    "framework": "Framework",
    "framework_hash": "Hash of the framework",
    "settings_hash": "Hash of the settings",
    "return": "Return of {}",
    "recorded": "Return recorded at",
    "decided": "Worked out at",
    "known": "As known at",
}
