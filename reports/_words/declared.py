"""Words for what a person decided about a status, in a declaration or a suspension."""

from __future__ import annotations

from reports._format import day, days, plain, sentence
from reports.language import gettext as _
from reports.language import pgettext


def suspended(by: str, from_: str, until: str | None, scope: str, reason: str) -> str:
    if until:
        # Translators: {scope} is "for this PDU", "for this region" or "for everyone"; {role} is who decided it.
        text = _(
            "The framework is set aside {scope}, from {first} until {last}, by the {role}. Reason: {reason}"
        )
        return text.format(
            scope=scope, first=day(from_), last=day(until), role=plain(by), reason=sentence(reason)
        )
    # Translators: {scope} is "for this PDU", "for this region" or "for everyone"; {role} is who decided it.
    text = _(
        "The framework is set aside {scope}, from {first} with no last day set, by the {role}. Reason: {reason}"
    )
    return text.format(scope=scope, first=day(from_), role=plain(by), reason=sentence(reason))


def figures_unseen(status: str) -> str:
    text = _("The figures alone would give {status}. While the framework is set aside, that has no effect.")
    return text.format(status=status)


def declared(status: str, by: str, from_: str, until: str, scope: str, reason: str) -> str:
    # Translators: {scope} is "for this PDU", "for this region" or "for everyone"; {role} is who decided it.
    text = _("The {role} declared {status} {scope}, from {first} until {last}. Reason: {reason}")
    return text.format(
        role=plain(by),
        status=status,
        scope=scope,
        first=day(from_),
        last=day(until),
        reason=sentence(reason),
    )


def declared_days(size: int) -> str:
    return _("A status has been declared for {days} without a break.").format(days=days(size))


def renewed(activities: str) -> str:
    text = _("The declaration starts the time limit again for: {activities}.")
    return text.format(activities=activities)


def not_in_force(status: str, binding: bool) -> str:
    text = (
        _("The declaration has no effect today. {status} is binding: no declaration goes below it.")
        if binding
        else _("The declaration has no effect today. The framework does not let it replace {status}.")
    )
    return text.format(status=status)


def figures_alone(status: str, direction: str | None) -> str:
    """What the figures alone give; `direction` is "raised" or "lowered" where a declaration did that."""
    if direction is None:
        return _("The figures alone give {status}.").format(status=status)
    text = (
        _("The figures alone give {status}. The declaration raised it.")
        if direction == "raised"
        else _("The figures alone give {status}. The declaration lowered it.")
    )
    return text.format(status=status)


def figures_undecided() -> str:
    return _("The figures alone do not decide which status holds. The declaration stands.")


def undeclared(by: str | None) -> str:
    if by:
        # Translators: {role} is who may declare a status, such as "regional director".
        text = _("No status is in force until the {role} declares one. Nothing may be reduced until then.")
        return text.format(role=plain(by))
    return _(
        "No status is in force until someone who may do so declares one. Nothing may be reduced until then."
    )


def advice(status: str) -> str:
    return _("Advice: the figures point to {status}.").format(status=status)


def scope(unit: str | None, group: str | None) -> str:
    if unit:
        # Translators: stands in "The framework is set aside … by …" and in "The … declared Red … from …".
        return pgettext("scope", "for this {unit}").format(unit=unit)
    if group:
        # Translators: stands in "The framework is set aside … by …" and in "The … declared Red … from …".
        return pgettext("scope", "for this {group}").format(group=group)
    # Translators: stands in "The framework is set aside … by …" and in "The … declared Red … from …".
    return pgettext("scope", "for everyone")
