"""Conditions in a few words, with the names that the document itself uses: `staffing below red_staffing`."""

from __future__ import annotations

from rules.formula.tree import Categories, Comparison, Condition, Constant, Group
from rules.model._fields import number_text

MOST = 72
"""A group is told by its parts while they fit into so many characters, and else by how many there are."""

_COMPARED = {
    "below": "below",
    "at_most": "at most",
    "above": "above",
    "at_least": "at least",
    "is": "is",
    "one_of": "is",
    "none_of": "is not",
}
_GROUPS = {"any": "any of", "all": "all of", "none": "none of"}


def in_words(condition: Condition, every: int) -> str:
    """A condition in words; `every` is the length of a return period in days."""
    text = _comparison(condition) if isinstance(condition, Comparison) else _group(condition, every)
    return text if condition.periods is None else f"{text}, for {span_in_words(condition.periods * every)}"


def span_in_words(days: int) -> str:
    """A duration as a document writes it: `2 weeks`, `10 days`."""
    size, unit = (days // 7, "week") if days and days % 7 == 0 else (days, "day")
    return f"{size} {unit}{'' if size == 1 else 's'}"


def _comparison(condition: Comparison) -> str:
    threshold = condition.threshold
    if isinstance(threshold, Categories):
        shown = " or ".join(threshold.ids)
    elif isinstance(threshold, Constant):
        shown = number_text(threshold.value)
    else:
        shown = str(threshold)
    return f"{condition.subject} {_COMPARED[condition.comparator]} {shown}"


def _group(group: Group, every: int) -> str:
    opening = f"at least {group.at_least} of" if group.operator == "count" else _GROUPS[group.operator]
    size = len(group.parts)
    parts = "; ".join(in_words(part, every) for part in group.parts)
    if size == 1 and group.operator in ("any", "all"):
        return parts
    if len(parts) <= MOST and all(isinstance(part, Comparison) for part in group.parts):
        return f"{opening} these: {parts}" if group.periods is None else f"{opening} these ({parts})"
    return f"{opening} its {size} parts"
