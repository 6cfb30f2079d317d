"""Sentences for differences within conditions and reductions. Names and values come as words."""

from __future__ import annotations

from reports.language import gettext as _


def root(key: str, name: str, status: str | None = None) -> str:
    """What a condition is for; it begins the sentences for differences within it."""
    if key == "when":
        # Translators: begins such as "Home visits, from Red on, may be reduced under a condition. It is new: …".
        text = _("{name}, from {status} on, may be reduced under a condition")
        return text.format(name=name, status=status)
    if key == "guarantee":
        # Translators: begins such as "The guarantee “…” is given under a condition. It is new: …".
        return _("The guarantee “{name}” is given under a condition").format(name=name)
    if key == "enter":
        # Translators: begins such as "What begins Red: staffing below 85% is new."
        return _("What begins {status}").format(status=name)
    # Translators: begins such as "What ends Red: staffing above 95% is new."
    return _("What ends {status}").format(status=name)


def condition_new(root_: str, condition: str) -> str:
    # Translators: {root} is such as "What begins Red".
    return _("{root}. It is new: {condition}.").format(root=root_, condition=condition)


def condition_gone(root_: str, condition: str) -> str:
    # Translators: {root} is such as "What begins Red".
    return _("{root}. It is gone: {condition}.").format(root=root_, condition=condition)


def condition_other(root_: str, before: str, after: str) -> str:
    # Translators: {root} is such as "What begins Red".
    text = _("{root}. It is another one: {after}. Before: {before}.")
    return text.format(root=root_, before=before, after=after)


def part_new(root_: str, part: str, within: str | None) -> str:
    if not within:
        # Translators: {root} is such as "What begins Red", {condition} such as "staffing below 85%".
        return _("{root}: {condition} is new.").format(root=root_, condition=part)
    # Translators: {root} is such as "What begins Red"; {condition} and {group} are such as "staffing below 85%".
    text = _("{root}: {condition} is new among {group}.")
    return text.format(root=root_, condition=part, group=within)


def part_gone(root_: str, part: str, within: str | None) -> str:
    if not within:
        # Translators: {root} is such as "What begins Red", {condition} such as "staffing below 85%".
        return _("{root}: {condition} is gone.").format(root=root_, condition=part)
    # Translators: {root} is such as "What begins Red"; {condition} and {group} are such as "staffing below 85%".
    text = _("{root}: {condition} is gone from {group}.")
    return text.format(root=root_, condition=part, group=within)


def threshold(root_: str, before: str, after: str) -> str:
    # Translators: {root} is such as "What begins Red"; {after} and {before} are such as "staffing below 85%".
    return _("{root}: {after}. Before: {before}.").format(root=root_, before=before, after=after)


def held(root_: str, condition: str, before: str | None, after: str | None) -> str:
    """For how long a condition must hold; `before` and `after` are lengths of time, such as `2 weeks`."""
    if after is None:
        # Translators: {root} is such as "What begins Red", {condition} such as "staffing below 85%".
        text = _("{root}: {condition} need not hold for {before} any more. It counts at once.")
    elif before is None:
        # Translators: {root} is such as "What begins Red", {condition} such as "staffing below 85%".
        text = _("{root}: {condition} must now hold for {after}. Before, it counted at once.")
    else:
        # Translators: {root} is such as "What begins Red", {condition} such as "staffing below 85%".
        text = _("{root}: {condition} must hold for {after} instead of {before}.")
    return text.format(root=root_, condition=condition, before=before, after=after)


def at_least(root_: str, before: str, after: str) -> str:
    # Translators: {root} is such as "What begins Red"; {after} and {before} are numbers.
    text = _("{root}: at least {after} of the parts must hold, instead of {before}.")
    return text.format(root=root_, before=before, after=after)


def remark(root_: str, condition: str, what: str) -> str:
    # Translators: {root} is such as "What begins Red", {what} a field of a document, such as "the note".
    text = _("{root}: {what} of “{condition}” is another one.")
    return text.format(root=root_, condition=condition, what=what)


def reduction_new(name: str, status: str, do: str) -> str:
    text = _("{name} may now be reduced from {status} on: {do}.")
    return text.format(name=name, status=status, do=do)


def reduction_gone(name: str, status: str, do: str) -> str:
    text = _("{name} has no reduction from {status} on any more. It was: {do}.")
    return text.format(name=name, status=status, do=do)


def begins_at(name: str, before: str, after: str) -> str:
    # Translators: {before} and {after} are statuses.
    text = _("{name} may be reduced from {after} on, instead of from {before} on.")
    return text.format(name=name, before=before, after=after)


def judge(name: str, status: str, key: str) -> str:
    if key == "floor":
        text = _("{name}, from {status} on: what must be done at the least has changed. Read both.")
    elif key == "strength":
        text = _("{name}, from {status} on: how strongly it is meant has changed. Read both.")
    else:
        text = _("{name}, from {status} on: what may be done has changed. Read both.")
    return text.format(name=name, status=status)


def spared(name: str, status: str, cohort: str, added: bool) -> str:
    text = (
        _("{name}, from {status} on: must now spare this cohort: {cohort}.")
        if added
        else _("{name}, from {status} on: need not spare this cohort any more: {cohort}.")
    )
    return text.format(name=name, status=status, cohort=cohort)


def limited(name: str, status: str, cohort: str, added: bool) -> str:
    text = (
        _("{name}, from {status} on: is limited to some cohorts, and this is now one of them: {cohort}.")
        if added
        else _(
            "{name}, from {status} on: this is no longer one of the cohorts that it is limited to: {cohort}."
        )
    )
    return text.format(name=name, status=status, cohort=cohort)


def lapses(name: str, status: str, before: str | None, after: str | None) -> str:
    """After how long a reduction lapses; `before` and `after` are lengths of time, such as `84 days`."""
    if after is None:
        text = _("{name}, from {status} on: does not lapse any more. Before, it lapsed after {before}.")
    elif before is None:
        text = _("{name}, from {status} on: now lapses after {after}. Before, it did not lapse.")
    else:
        text = _("{name}, from {status} on: lapses after {after} instead of {before}.")
    return text.format(name=name, status=status, before=before, after=after)


def of_reduction(name: str, status: str, what: str) -> str:
    # Translators: {what} is a field of a document, such as "the time that it releases"; it is what has changed.
    return _("{name}, from {status} on, {what}").format(name=name, status=status, what=what)
