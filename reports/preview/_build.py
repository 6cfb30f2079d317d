"""A preview made into words, once for all forms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from engine.preview import Preview, UnitPreview, total_days, total_permissions
from reports._build import tidy
from reports._explanation import Label, Table
from reports._format import capital, day, listed
from reports._words import preview as words
from reports._words import questions
from reports.preview._page import Group, PreviewPage
from reports.preview._shown import Shown
from reports.preview._units import unit_page
from rules.model import Organisation
from rules.model._fields import number_text


def page(preview: Preview, organisation: Organisation) -> PreviewPage:
    """The words of a preview, in the order of the page. It decides nothing."""
    shown = Shown(preview, organisation)
    question = preview.question
    region = question.region is not None
    headline, *lead = sentences(preview, organisation, shown)
    subject = shown.regions.get(question.region or "", question.region) or _version_title(preview)
    levels = list(shown.levels.values())
    made = PreviewPage(
        title=words.title(subject, region),
        headline=headline,
        lead=tuple(lead),
        labels=tuple(_labels(preview, organisation, shown)),
        about=tuple(_about(preview, shown)),
        settings=_settings(preview, shown),
        settings_notes=tuple(_notes(preview, shown)),
        legend=words.how_to_read(listed([f"{level.letter} {level.word}" for level in levels])),
        levels=tuple(levels),
        changed=_groups([unit for unit in preview.units if unit.changed], shown),
        unchanged=_groups([unit for unit in preview.units if not unit.changed], shown),
        days=tuple(_days(preview, shown)),
        activities=tuple(_activities(preview, shown)),
        without_returns=tuple(_without_returns(preview, shown)),
    )
    clean: PreviewPage = tidy(made)
    return clean


def _version_title(preview: Preview) -> str:
    version = preview.question.version
    return next(
        one.version.title for one in preview.question.after.policies if one.version.version == version
    )


def sentences(preview: Preview, organisation: Organisation, shown: Shown) -> list[str]:
    """The headline, and what goes with it."""
    one, many, size = organisation.unit.one, organisation.unit.many, len(preview.units)
    changed = [unit for unit in preview.units if unit.changed]
    if not changed:
        same = preview.question.same
        region = preview.question.region is not None
        return [words.same(region, one, many, size) if same else words.nothing(one, many, size)]
    moved = len(preview.moved)
    only = preview.units[0].pdu.name
    found = [words.one_moved(only, moved > 0) if size == 1 else words.moved(moved, size, one, many)]
    found += _most(preview, shown)
    other = [unit for unit in preview.units if unit.newly or unit.withdrawn]
    if other:
        found.append(words.other_reductions(len(other), size, many))
    return found


def _most(preview: Preview, shown: Shown) -> list[str]:
    """The unit that would have been different for longest, and how."""
    best: tuple[int, int, str, str, str] | None = None
    for unit in preview.moved:
        for status in {move.after for move in unit.moves} - {None}:
            moves = [move for move in unit.moves if move.after == status]
            more = unit.days_after.get(status or "", 0) - unit.days_before.get(status or "", 0)
            days = sum(move.days for move in moves)
            found = (more, days, str(moves[0].first), unit.pdu.name, status or "")
            if best is None or (found[:2], best[3]) > (best[:2], found[3]):
                best = found
    if best is None:
        return []
    more, days, first, name, status = best
    word = shown.level(status).word
    return [words.gained(name, word, more, first) if more > 0 else words.shifted(name, word, days, first)]


def _labels(preview: Preview, organisation: Organisation, shown: Shown) -> Iterator[Label]:
    points = [point for policy in shown.policies for point in policy.version.trigger_points.values()]
    if any(point.basis != "published" for point in points):
        yield Label(*questions.illustrative())
    if preview.synthetic:
        yield Label(*questions.synthetic(organisation.unit.one))


def _about(preview: Preview, shown: Shown) -> Iterator[str]:
    question = preview.question
    region = question.region is not None
    if question.as_if is not None:
        yield words.tried(str(question.effective), str(question.as_if), question.asked, region)
    else:
        yield words.counts_from(str(question.effective), region)
    if question.in_place:
        yield words.in_place(region)
    if preview.left_out:
        yield words.left_out([shown.trigger(name) for name in preview.left_out])
    yield questions.period(str(preview.first), str(preview.last), preview.days)


def _settings(preview: Preview, shown: Shown) -> Table | None:
    if not preview.numbers:
        return None
    rows = [
        (
            shown.trigger(change.name),
            shown.number(change.name, number_text(change.before)),
            shown.number(change.name, number_text(change.after)),
            shown.whom(change.units),
        )
        for change in preview.numbers
    ]
    many = capital(shown.organisation.unit.many)
    heads = words.Columns()
    return Table(heads.settings, (heads.trigger_point, heads.now, heads.new, many), tuple(rows))


def _notes(preview: Preview, shown: Shown) -> Iterator[str]:
    if preview.question.region is None or preview.question.same:
        return
    if not preview.numbers:
        yield words.no_numbers()
    for one in preview.withheld:
        yield words.withheld(shown.activity(one.activity), one.withheld, shown.whom(one.units))


def _region(shown: Shown) -> Callable[[UnitPreview], str]:
    return lambda unit: shown.regions.get(unit.pdu.region, unit.pdu.region)


def _groups(units: Sequence[UnitPreview], shown: Shown) -> tuple[Group, ...]:
    """Units by region, which is named where a version is previewed."""
    named = shown.preview.question.region is None
    return tuple(
        Group(
            region if named else None,
            tuple(unit_page(unit, shown) for unit in sorted(group, key=_moved_days)),
        )
        for region, group in groupby(units, _region(shown))
    )


def _moved_days(unit: UnitPreview) -> int:
    """What sorts the units that would have been different for longest first."""
    return -sum(move.days for move in unit.moves)


def _days(preview: Preview, shown: Shown) -> Iterator[Table]:
    """A table of days for each region, with the sum of its units."""
    statuses = [id_ for id_ in shown.levels if id_ is not None]
    columns = (capital(shown.organisation.unit.one), *(shown.level(id_).word for id_ in statuses))
    for region, group in groupby(preview.units, _region(shown)):
        units = list(group)
        rows = [
            (unit.pdu.name, *(_cell(unit.days_before, unit.days_after, id_) for id_ in statuses))
            for unit in units
        ]
        if len(units) > 1:
            before, after = total_days(units, after=False), total_days(units, after=True)
            rows.append((questions.total(), *(_cell(before, after, id_) for id_ in statuses)))
        named = preview.question.region is None
        yield Table(words.days_caption(region if named else None), columns, tuple(rows))


def _cell(before: Mapping[str, int], after: Mapping[str, int], status: str) -> str:
    return words.cell(before.get(status, 0), after.get(status, 0))


def _activities(preview: Preview, shown: Shown) -> Iterator[Table]:
    headings, heads = words.Headings(), words.Columns()
    for newly, caption in ((True, headings.newly), (False, headings.withdrawn)):
        found = total_permissions(preview.units, newly=newly)
        if found:
            many = capital(shown.organisation.unit.many)
            rows = tuple((one.title, str(len(one.units)), str(one.days), day(one.first)) for one in found)
            yield Table(caption, (heads.activity, many, heads.days, heads.first), rows)


def _without_returns(preview: Preview, shown: Shown) -> Iterator[str]:
    if not preview.without_returns:
        return
    unit = shown.organisation.unit
    yield words.without_returns(unit.one, unit.many, len(preview.without_returns))
    named = preview.question.region is None
    for region, group in groupby(
        preview.without_returns, lambda pdu: shown.regions.get(pdu.region, pdu.region)
    ):
        yield words.who(region if named else None, [pdu.name for pdu in group])
