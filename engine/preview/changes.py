"""What differs for one unit between two worlds: days, weeks, moves and permissions."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from engine.preview.values import Move, Permission, UnitPreview, Week
from engine.standing import Standing
from engine.worlds import Pair, Stretch
from engine.worlds.reasons import Reasons, direction
from engine.worlds.tracks import Piece, permitted_of, pieces

WEEK = 7


def unit_preview(pair: Pair, reasons: Reasons) -> UnitPreview:
    """One unit in both worlds, compared."""
    cut = list(pieces([pair.before, pair.after]))
    before, after = pair.before.stretches(), pair.after.stretches()
    newly, withdrawn = _permissions(pair, cut)
    return UnitPreview(
        pdu=pair.pdu,
        before=before,
        after=after,
        weeks=tuple(_weeks(pair)),
        days_before=_days(before),
        days_after=_days(after),
        moves=tuple(_moves(pair, cut, reasons)),
        newly=newly,
        withdrawn=withdrawn,
    )


def _days(stretches: Iterable[Stretch]) -> dict[str, int]:
    """Days at each status; days without a decision are none of any."""
    found: dict[str, int] = {}
    for stretch in stretches:
        if stretch.status is not None:
            found[stretch.status] = found.get(stretch.status, 0) + stretch.days
    return found


def _weeks(pair: Pair) -> Iterator[Week]:
    """The status at the end of each week, counted from the first day; the last week may be a short one."""
    first, last = pair.before.first, pair.before.last
    for start in range(0, (last - first).days + 1, WEEK):
        day = min(first + datetime.timedelta(days=start + WEEK - 1), last)
        yield Week(day, pair.before.status(day), pair.after.status(day))


def _moves(pair: Pair, cut: Iterable[Piece], reasons: Reasons) -> Iterator[Move]:
    """The stretches on which the two worlds differ in status, each with its reason."""
    held: Piece | None = None
    for piece in [*cut, None]:
        if held is not None and piece is not None and held[2:] == piece[2:]:
            held = held._replace(last=piece.last)
            continue
        if held is not None and held.one != held.other:
            day = held.first
            yield Move(day, held.last, held.one, held.other, direction(pair, day), reasons.why(pair, day))
        held = piece


def _permissions(pair: Pair, cut: Iterable[Piece]) -> tuple[tuple[Permission, ...], tuple[Permission, ...]]:
    """What may be reduced in one world only: newly, and no more. By title."""
    newly: dict[str, Permission] = {}
    withdrawn: dict[str, Permission] = {}
    for piece in cut:
        before, after = pair.before.at(piece.first), pair.after.at(piece.first)
        one, other = permitted_of(before), permitted_of(after)
        days = (piece.last - piece.first).days + 1
        for found, activities, standing in ((newly, other - one, after), (withdrawn, one - other, before)):
            for activity in activities:
                known = found.get(activity)
                if known is None:
                    title = _title(standing, activity)
                    known = Permission(activity, title, piece.first, 0, (pair.pdu.id,))
                found[activity] = known._replace(days=known.days + days)
    return by_title(newly.values()), by_title(withdrawn.values())


def _title(standing: Standing | None, activity: str) -> str:
    assert standing is not None, "what is permitted is permitted by a version"
    reductions = standing.policy.reductions
    found = next(one.activity for one in reductions if one.activity.id == activity)
    return found.title or found.id


def by_title(permissions: Iterable[Permission]) -> tuple[Permission, ...]:
    """Permissions in the order in which people look for them."""
    return tuple(sorted(permissions, key=lambda one: (one.title, one.activity)))
