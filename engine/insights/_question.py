"""What is asked: which views, split by what, for whom and for which days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rules.framework import Framework
from rules.model import Organisation
from rules.problems import UsageError, did_you_mean
from rules.views import UNIT_WORDS, CheckedView

MOST_WEEKS = 520
USUAL_WEEKS = 13
WEEK = datetime.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Question:
    """Views, each with what it is split by; the units asked for (none named: all); and the days, in their order.

    With several days one is a week after the other, and the last is the day asked for.
    """

    views: tuple[tuple[CheckedView, tuple[str, ...]], ...]
    regions: tuple[str, ...]
    pdus: tuple[str, ...]
    days: tuple[datetime.date, ...]


def asked(
    framework: Framework,
    organisation: Organisation,
    views: Mapping[str, CheckedView],
    *,
    names: Sequence[str] = (),
    by: Sequence[str] = (),
    regions: Sequence[str] = (),
    pdus: Sequence[str] = (),
    first: datetime.date | None = None,
    last: datetime.date,
    weeks: int | None = None,
    begun: datetime.date | None = None,
) -> Question:
    """The question that somebody's words come to. Raises UsageError where they name what there is not.

    :param views: those of the framework, by id.
    :param names: the views asked for; all of them if none is named.
    :param by: what to split by; what each view says itself if nothing is named.
    :param first: the first day; the days go back from the last one, week by week, as far as it.
    :param last: the last day, on which figures are told in any case.
    :param weeks: so many days instead, a week apart.
    :param begun: the day of the first return, before which nothing is told unless it is asked for.
    """
    for name in names:
        _known(name, views, f"{framework.id} has no view")
    _check_units(organisation, regions, pdus)
    days = _days(first, last, weeks)
    weekly = first is not None or weeks is not None
    chosen = [views[name] for name in dict.fromkeys(names)] or list(views.values())
    if by:
        _check_by(by, framework, organisation)
    split = [(view, _split(view, by, regions, pdus, weekly)) for view in chosen]
    if by and split:
        _check_split(split, framework)
    if not weekly and any("week" in words for _, words in split):
        days = _days(None, last, _usual(last, begun))
    return Question(tuple(split), tuple(dict.fromkeys(regions)), tuple(dict.fromkeys(pdus)), days)


def needed_from(framework: Framework, question: Question) -> datetime.date:
    """The first day whose returns can bear on the answer to a question."""
    figures = [figure for view, _ in question.views for figure in view.figures]
    back = max((total.days for figure in figures for total in figure.totals.values()), default=0)
    versions = [policy.version for policy in framework.policies]
    stale = max(version.returns.stale_after for version in versions)
    carry = max(
        (one.carry_forward or 0 for version in versions for one in version.inputs.values()), default=0
    )
    first = question.days[0].toordinal() - back - stale - carry
    return datetime.date.fromordinal(max(1, first))


def list_of(words: Sequence[str]) -> str | None:
    """The list among the words that something is split by, if there is one."""
    return next((word for word in words if word not in UNIT_WORDS), None)


def _split(
    view: CheckedView, by: Sequence[str], regions: Sequence[str], pdus: Sequence[str], weekly: bool
) -> tuple[str, ...]:
    """What a view is split by; who or what is named is told by itself."""
    words = list(by) or list(view.by)
    if pdus and "pdu" not in words:
        words = ["pdu", *(word for word in words if word != "region")]
    elif regions and not {"pdu", "region"} & set(words):
        words = ["region", *words]
    if weekly and "week" not in words:
        words.append("week")
    return tuple(dict.fromkeys(words))


def _known(name: str, known: Mapping[str, object], message: str) -> None:
    if name not in known:
        raise UsageError(f"{message} {name[:80]}. {did_you_mean(name, known)}")


def _check_units(organisation: Organisation, regions: Sequence[str], pdus: Sequence[str]) -> None:
    groups = {one.id: one for one in organisation.regions}
    units = {one.id: one for one in organisation.pdus}
    for region in regions:
        _known(region, groups, f"There is no {organisation.group.one}")
    for pdu in pdus:
        _known(pdu, units, f"There is no {organisation.unit.one}")
        if regions and units[pdu].region not in regions:
            raise UsageError(f"{pdu} is no {organisation.unit.one} of {' or '.join(regions)}.")


def _check_by(by: Sequence[str], framework: Framework, organisation: Organisation) -> None:
    lists = framework.vocabulary.lists
    for word in by:
        _known(word, dict.fromkeys([*UNIT_WORDS, *lists]), "Nothing can be split by")
    named = [word for word in dict.fromkeys(by) if word not in UNIT_WORDS]
    if len(named) > 1:
        raise UsageError(f"Split by one list at a time: {' or '.join(named)}.")
    if "tag" in by and not any(pdu.tags for pdu in organisation.pdus):
        raise UsageError(f"No {organisation.unit.one} has tags: give them some in organisation.yaml.")


def _check_split(split: Sequence[tuple[CheckedView, tuple[str, ...]]], framework: Framework) -> None:
    """Of some views one at least must have a figure that can be split by the list that is asked for."""
    list_id = list_of(split[0][1])
    vocabulary = framework.vocabulary
    if list_id is not None and all(
        figure.unfit_for(list_id, vocabulary) is not None for view, _ in split for figure in view.figures
    ):
        names = ", ".join(view.id for view, _ in split[:5])
        raise UsageError(
            f"No figure of {names} can be split by {list_id}: their inputs are not by {list_id}."
        )


def _days(first: datetime.date | None, last: datetime.date, weeks: int | None) -> tuple[datetime.date, ...]:
    """Days a week apart that end on the last one."""
    if first is not None and weeks is not None:
        raise UsageError("Name the first day or the number of weeks, not both.")
    if first is not None and first > last:
        raise UsageError(f"The first day, {first}, is after the last, {last}.")
    size = (last - first).days // 7 + 1 if first is not None else 1 if weeks is None else weeks
    if not 1 <= size <= MOST_WEEKS:
        raise UsageError(f"Ask for 1 to {MOST_WEEKS} weeks, not {size:,}.")
    if (last - datetime.date.min).days < 7 * size:
        raise UsageError(f"There are no {size} weeks before {last}.")
    return tuple(last - WEEK * back for back in reversed(range(size)))


def _usual(last: datetime.date, begun: datetime.date | None) -> int:
    """How many weeks are told where nobody says: no more than there are returns for."""
    since = USUAL_WEEKS if begun is None or begun > last else (last - begun).days // 7 + 1
    return max(1, min(USUAL_WEEKS, since))
