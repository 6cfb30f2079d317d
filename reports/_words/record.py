"""Words for the record of who did what."""

from __future__ import annotations

from typing import Final

from reports._format import capital, day, number, plain, sentence
from reports.language import gettext as _
from reports.language import mark as N_
from reports.language import ngettext

TITLE: Final = N_("Record")
LEAD: Final = N_(
    "Who had what recorded, and when. Times are those of London. Nothing here is ever changed or removed."
)
COLUMNS: Final = (N_("When"), N_("Who"), N_("Role"), N_("What"))
NOTHING: Final = N_("Nothing is recorded here.")
OLDER: Final = N_("Older entries")
NEWEST: Final = N_("Newest entries")
SERVICE: Final = N_("The service itself")
ANYBODY: Final = N_("Not known: the service was open")
NO_ROLE: Final = N_("None")
DOCUMENTS: Final = N_("Put documents of policy in force.")
TIME: Final = N_("A new day began: every status was brought up to it.")
EVERYONE: Final = N_("everyone")
_ROLES: Final = {
    "hq": N_("HQ"),
    "regional-director": N_("Regional director"),
    "viewer": N_("Viewer"),
    "operator": N_("Operator"),
}


def role(role: str, unit: str) -> str:
    """A role in words; `unit` is what the organisation calls a unit."""
    if role == "pdu-head":
        return _("{unit} head").format(unit=unit)
    return _(_ROLES[role]) if role in _ROLES else capital(plain(role))


def through(subject: str, client: str) -> str:
    # Translators: a person, and the program that the person used.
    return _("{subject}, through {client}").format(subject=subject, client=client)


def moment(on: str, clock: str) -> str:
    return _("{day}, {time}").format(day=day(on), time=clock)


def one_return(unit: str, on: str) -> str:
    return _("Sent the figures of {unit} for {day}.").format(unit=unit, day=day(on))


def returns_of_one(size: int, unit: str, first: str, last: str) -> str:
    return ngettext(
        "Sent {number} return of {unit}, for days from {first} to {last}.",
        "Sent {number} returns of {unit}, for days from {first} to {last}.",
        size,
    ).format(number=number(str(size)), unit=unit, first=day(first), last=day(last))


def returns(size: int, units: int, many: str, first: str, last: str) -> str:
    """Returns of several units: `many` is what the organisation calls them."""
    places = {"number": number(str(size)), "size": number(str(units)), "units": many}
    if first == last:
        return ngettext(
            "Sent {number} return of {size} {units} for {day}.",
            "Sent {number} returns of {size} {units} for {day}.",
            size,
        ).format(day=day(first), **places)
    return ngettext(
        "Sent {number} return of {size} {units}, for days from {first} to {last}.",
        "Sent {number} returns of {size} {units}, for days from {first} to {last}.",
        size,
    ).format(first=day(first), last=day(last), **places)


def declared(status: str, whom: str, first: str, until: str, by: str, reason: str) -> str:
    return _(
        "Declared {status} for {whom}, from {first} to {last}. Decided by: {role}. Reason: {reason}"
    ).format(status=status, whom=whom, first=day(first), last=day(until), role=by, reason=sentence(reason))


def suspended(whom: str, first: str, until: str | None, by: str, reason: str) -> str:
    places = {"whom": whom, "first": day(first), "role": by, "reason": sentence(reason)}
    if until is None:
        return _(
            "Set the framework aside for {whom}, from {first} until it is ended. "
            "Decided by: {role}. Reason: {reason}"
        ).format(**places)
    return _(
        "Set the framework aside for {whom}, from {first} to {last}. Decided by: {role}. Reason: {reason}"
    ).format(last=day(until), **places)


def ended(event: str, whom: str, last: str, reason: str) -> str:
    if event.startswith("declaration-"):
        told = _("Ended a declaration for {whom}: its last day is {day}. Reason: {reason}")
    else:
        told = _("Ended a suspension for {whom}: its last day is {day}. Reason: {reason}")
    return told.format(whom=whom, day=day(last), reason=sentence(reason))


def decisions(size: int) -> str:
    told = ngettext("{number} decision followed.", "{number} decisions followed.", size)
    return told.format(number=number(str(size)))
