"""Words for one case in which two versions differ: where the unit stands, on which figures, and what each decides."""

from __future__ import annotations

from typing import Final

from reports._format import days, either, listed
from reports.language import gettext as _
from reports.language import mark as N_

_LIMITS: Final = {
    "below": N_("below {value}"),
    "at_most": N_("at most {value}"),
    "above": N_("above {value}"),
    "at_least": N_("at least {value}"),
    "is": N_("is {value}"),
    "one_of": N_("one of {value}"),
    "none_of": N_("none of {value}"),
}
_GROUPS: Final = {
    "any": N_("the any group of {figures}"),
    "all": N_("the all group of {figures}"),
    "none": N_("the none group of {figures}"),
    "count": N_("the count group of {figures}"),
}


def quoted(title: str) -> str:
    # Translators: the title of an activity.
    return _("“{title}”").format(title=title)


def whole(start: str, ends: tuple[str, str]) -> str:
    # Translators: a case: where the unit stands and on which figures, and what each of the two versions decides.
    return _("{case}: {first}; {second}.").format(case=start, first=ends[0], second=ends[1])


def first_return(figures: str) -> str:
    return _("At the first return with {figures}").format(figures=figures)


def before_first(figures: str) -> str:
    return _("Before the first status with {figures}").format(figures=figures)


def standing(status: str, other: str | None, version: str, stayed: int | None, figures: str) -> str:
    """Where a unit stands. `other` is the status under the second version where that has another one."""
    if other is None:
        text = (
            _("From {status} with {figures}")
            if stayed is None
            else _("From {status} after {days} with {figures}")
        )
    else:
        text = (
            _("From {status} ({other} in {version}) with {figures}")
            if stayed is None
            else _("From {status} ({other} in {version}) after {days} with {figures}")
        )
    return text.format(status=status, other=other, version=version, days=days(stayed or 0), figures=figures)


def with_points(case: str, points: list[str]) -> str:
    # Translators: a case, and trigger points that have other numbers in it than usual.
    return _("{case}, with {points}").format(case=case, points=listed(points))


def parts(groups: list[list[str]]) -> str:
    """Figures, how long conditions have held, and how long reductions have been permitted."""
    return ", ".join(listed(group) for group in groups if group)


def any_figures() -> str:
    return _("any figures")


def value(figure: str, shown: str | None, version: str | None) -> str:
    """A figure of a case, in one version only where that is given."""
    if shown is None:
        text = _("{figure} unknown") if version is None else _("{figure} unknown in {version}")
    else:
        text = _("{figure} = {value}") if version is None else _("{figure} = {value} in {version}")
    return text.format(figure=figure, value=shown, version=version)


def compared(figure: str, limits: list[tuple[str, list[str]]]) -> str:
    told = [
        _(_LIMITS[comparator]).format(value=either(values)) if comparator in _LIMITS else either(values)
        for comparator, values in limits
    ]
    # Translators: a condition: a figure, and what it is compared with, as in “Staff in post below 85%”.
    return _("{figure} {limits}").format(figure=figure, limits=listed(told))


def group(operator: str, figures: list[str]) -> str:
    return _(_GROUPS[operator]).format(figures=listed(figures))


def held(condition: str, size: int, version: str | None) -> str:
    """For how long a condition has held."""
    text = _("{condition} for {days}") if version is None else _("{condition} for {days} in {version}")
    return text.format(condition=condition, days=days(size), version=version)


def permitted(activity: str, status: str, size: int) -> str:
    return _("the reduction of {activity} from {status} permitted for {days}").format(
        activity=activity, status=status, days=days(size)
    )


def point(name: str, number: str) -> str:
    # Translators: a trigger point and its number.
    return _("{point} at {number}").format(point=name, number=number)


def points(name: str, numbers: tuple[str, str], versions: tuple[str, str]) -> str:
    return _("{point} at {number} in {first} and {other} in {second}").format(
        point=name, number=numbers[0], first=versions[0], other=numbers[1], second=versions[1]
    )


def gives(version: str, status: str) -> str:
    return _("{version} gives {status}").format(version=version, status=status)


def permits_none(version: str, status: str, activity: str) -> str:
    return _("{version} gives {status} and permits no reduction of {activity}").format(
        version=version, status=status, activity=activity
    )


def permits(version: str, status: str, activity: str, from_: str) -> str:
    return _("{version} gives {status} and permits the reduction of {activity} from {from_status}").format(
        version=version, status=status, activity=activity, from_status=from_
    )


def for_cases(end: str, spared: list[str], only: list[str]) -> str:
    """What a version decides, with the cohorts that are spared, and those that it is limited to."""
    if spared and only:
        text = _("{decision}, but not for {spared}, only for {only}")
    elif spared:
        text = _("{decision}, but not for {spared}")
    elif only:
        text = _("{decision}, only for {only}")
    else:
        text = _("{decision}, for all cases")
    return text.format(decision=end, spared=listed(spared), only=listed(only))


def open_(version: str, second: bool, more_cases: bool, activity: str, status: str) -> str:
    """A question that was left open: whether one version permits what the other does not."""
    if second and more_cases:
        text = _(
            "whether {version} permits more cases of the reduction of {activity} from {status} "
            "where the first does not"
        )
    elif second:
        text = _(
            "whether {version} permits the reduction of {activity} from {status} where the first does not"
        )
    elif more_cases:
        text = _(
            "whether {version} permits more cases of the reduction of {activity} from {status} "
            "where the second does not"
        )
    else:
        text = _(
            "whether {version} permits the reduction of {activity} from {status} where the second does not"
        )
    return text.format(version=version, activity=activity, status=status)
