"""One unit of a preview in words: its weeks as strips, its moves with their reasons, its reductions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from engine.preview import Move, UnitPreview
from engine.preview.values import Permission
from engine.worlds import Compared, Side, Stretch
from reports._conditions import threshold
from reports._format import span
from reports._names import Names
from reports._page import Cell, Strip
from reports._words import preview as words
from reports._words import reasons
from reports.preview._page import MoveText, UnitPage
from reports.preview._shown import Shown

MOST = 3
"""How many comparisons a reason tells."""


def unit_page(unit: UnitPreview, shown: Shown) -> UnitPage:
    """One unit in words."""
    return UnitPage(
        name=unit.pdu.name,
        changed=unit.changed,
        moved=bool(unit.moves),
        summary=words.only_reductions() if unit.changed and not unit.moves else None,
        strip=Strip(
            shown.preview.first,
            [Cell(shown.level(week.before), shown.level(week.after)) for week in unit.weeks],
        ),
        moves=tuple(_move(move, shown) for move in unit.moves),
        permissions=(
            *_permissions(unit.newly, words.may_newly),
            *_permissions(unit.withdrawn, words.may_no_more),
        ),
        spoken=tuple(_spoken(unit, shown)),
    )


def _spoken(unit: UnitPreview, shown: Shown) -> Iterator[str]:
    """The strips in words, for those who do not see them."""
    rows = [(words.now(), unit.before), *([(words.new(), unit.after)] if unit.moves else [])]
    for label, stretches in rows:
        yield words.spoken(label, [_stretch(one, shown) for one in stretches])


def _stretch(stretch: Stretch, shown: Shown) -> str:
    return words.stretch(shown.level(stretch.status).word, str(stretch.first), str(stretch.last))


def _move(move: Move, shown: Shown) -> MoveText:
    text = words.move(
        str(move.first),
        str(move.last),
        move.days,
        shown.level(move.before).word,
        shown.level(move.after).word,
        move.direction,
    )
    return MoveText(text, tuple(_reasons(move, shown)))


def _reasons(move: Move, shown: Shown) -> Iterator[str]:
    """Why, in a sentence for each comparison."""
    reason = move.reason
    if reason.code == "no_decision":
        yield reasons.no_decision()
    elif reason.code == "unknown":
        yield reasons.unknown(move.after == "indeterminate")
    elif reason.code == "earlier":
        yield reasons.earlier()
    else:
        yield from (_comparison(one, shown) for one in reason.comparisons[:MOST])
        if len(reason.comparisons) > MOST:
            yield reasons.more(len(reason.comparisons) - MOST)


def _comparison(one: Compared, shown: Shown) -> str:
    names = shown.figure(one.measure)
    kind, status = one.rule.split(".")[:2]
    word = shown.level(status).word if status in shown.levels else names.status(status)
    exit_, figure = kind == "exit", names.figure(one.measure)
    now, new = (limit_of(one, side, names) for side in (one.before, one.after))
    values = {side.value for side in (one.before, one.after) if side is not None}
    if len(values) == 1:
        (value,) = values
        return reasons.comparison(exit_, word, figure, names.value(one.measure, value), (now, new))
    now, new = (
        told if side is None else reasons.valued(names.value(one.measure, side.value), told)
        for told, side in ((now, one.before), (new, one.after))
    )
    return reasons.other_values(exit_, word, figure, (now, new))


def limit_of(one: Compared, side: Side | None, names: Names) -> str:
    """What one world asks of a figure, and whether it is met."""
    if side is None:
        return reasons.no_such()
    node = {
        "measure": one.measure,
        "comparator": one.comparator,
        "threshold": side.threshold,
        "from": side.source,
    }
    every = names.every
    wait = span(side.needs, every) if side.needs else None
    limit = reasons.limit(one.comparator, threshold(node, names), wait)
    if not side.needs or not side.run or side.run >= side.needs:
        return reasons.side(limit, side.holds)
    return reasons.side_of_run(limit, side.holds, span(side.run, every))


def _permissions(
    permissions: Sequence[Permission], sentence: Callable[[int, str, list[str]], str]
) -> Iterator[str]:
    """Reductions in sentences: those of the same days together."""
    grouped: dict[tuple[str, int], list[str]] = {}
    for one in permissions:
        grouped.setdefault((str(one.first), one.days), []).append(one.title)
    for (first, size), titles in sorted(grouped.items()):
        yield sentence(size, first, titles)
