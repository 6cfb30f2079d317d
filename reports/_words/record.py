"""Words for the record of who did what."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, number, plain, sentence

TITLE: Final = "Record"
LEAD: Final = (
    "Who had what recorded, and when. Times are those of London. Nothing here is ever changed or removed."
)
COLUMNS: Final = ("When", "Who", "Role", "What")
NOTHING: Final = "Nothing is recorded here."
OLDER: Final = "Older entries"
NEWEST: Final = "Newest entries"
SERVICE: Final = "The service itself"
ANYBODY: Final = "Not known: the service was open"
NO_ROLE: Final = "None"
DOCUMENTS: Final = "Put documents of policy in force."
TIME: Final = "A new day began: every status was brought up to it."
EVERYONE: Final = "everyone"


def role(role: str, unit: str) -> str:
    """A role in words; `unit` is what the organisation calls a unit."""
    known = {"hq": "HQ", "pdu-head": f"{unit} head"}
    return known.get(role) or capital(plain(role))


def through(subject: str, client: str) -> str:
    return f"{subject}, through {client}"


def moment(on: str, clock: str) -> str:
    return f"{day(on)}, {clock}"


def one_return(unit: str, on: str) -> str:
    return f"Sent the figures of {unit} for {day(on)}."


def returns_of_one(size: int, unit: str, first: str, last: str) -> str:
    return f"Sent {number(str(size))} returns of {unit}, for days from {day(first)} to {day(last)}."


def returns(size: int, units: int, many: str, first: str, last: str) -> str:
    if first == last:
        return f"Sent {number(str(size))} returns of {units} {many} for {day(first)}."
    return f"Sent {number(str(size))} returns of {units} {many}, for days from {day(first)} to {day(last)}."


def declared(status: str, whom: str, first: str, until: str, by: str, reason: str) -> str:
    return (
        f"Declared {status} for {whom}, from {day(first)} to {day(until)}. "
        f"Decided by: {by}. Reason: {sentence(reason)}"
    )


def suspended(whom: str, first: str, until: str | None, by: str, reason: str) -> str:
    how_long = "until it is ended" if until is None else f"to {day(until)}"
    return (
        f"Set the framework aside for {whom}, from {day(first)} {how_long}. "
        f"Decided by: {by}. Reason: {sentence(reason)}"
    )


def ended(event: str, whom: str, last: str, reason: str) -> str:
    kind = event.partition("-")[0]
    return f"Ended a {kind} for {whom}: its last day is {day(last)}. Reason: {sentence(reason)}"


def decisions(size: int) -> str:
    return f"{count(size, 'decision')} followed."
