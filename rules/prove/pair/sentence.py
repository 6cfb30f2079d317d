"""A case of two versions in one sentence."""

from __future__ import annotations

from rules.prove.places import listed, told_text
from rules.prove.told import CaseTold, EndTold, PointTold, RunTold

Names = tuple[str, str]
"""What the two versions are called."""


def sentence(told: CaseTold, names: Names) -> str:
    """Where the unit stands, on which figures, and what each version makes of it."""
    ends = [_ended(end, told.activity, name) for end, name in zip(told.ends, names, strict=True)]
    return f"{_beginning(told, names)}: {listed(ends) if told.activity is None else '; '.join(ends)}."


def run_text(run: RunTold, names: Names) -> str:
    """For how long a condition has held."""
    return f"{told_text(run.condition)} for {_days(run.days)}{_where(run.side, names)}"


def _ended(end: EndTold, activity: str | None, name: str) -> str:
    """What one version decides."""
    text = f"{name} gives {end.status}"
    if activity is None:
        return text
    if end.from_ is None:
        return f"{text} and permits no reduction of {activity}"
    text += f" and permits the reduction of {activity} from {end.from_}"
    if end.scope:
        text += f", but not for {listed(end.except_)}" if end.except_ else ""
        text += f", only for {listed(end.only)}" if end.only else ""
        text += ", for all cases" if not end.except_ and not end.only else ""
    return text


def _beginning(told: CaseTold, names: Names) -> str:
    """Where the unit stands, and on which figures."""
    one, other = told.standing
    if one is None:
        start = "At the first return" if told.at_once else "Before the first status"
    else:
        start = f"From {one}"
        start += f" ({other} in {names[1]})" if other != one else ""
        start += f" after {_days(told.stayed)}" if told.stayed is not None else ""
    values = [
        f"{value.name} {'unknown' if value.value is None else f'= {value.value}'}{_where(value.side, names)}"
        for value in told.values
    ]
    runs = [run_text(run, names) for run in told.runs]
    clocks = [
        f"the reduction of {clock.activity} from {clock.from_} permitted for {_days(clock.days)}"
        for clock in told.clocks
    ]
    parts = [listed(values) if values else "any figures", *(listed(part) for part in (runs, clocks) if part)]
    points = [_point(point, names) for point in told.points]
    return f"{start} with {', '.join(parts)}" + (f", with {listed(points)}" if points else "")


def _point(point: PointTold, names: Names) -> str:
    if len(point.numbers) == 1:
        return f"{point.name} at {point.numbers[0]}"
    return f"{point.name} at {point.numbers[0]} in {names[0]} and {point.numbers[1]} in {names[1]}"


def _where(side: int | None, names: Names) -> str:
    """In which version something is so; nothing where it is so in both."""
    return "" if side is None else f" in {names[side]}"


def _days(days: int) -> str:
    return f"{days} {'day' if days == 1 else 'days'}"
