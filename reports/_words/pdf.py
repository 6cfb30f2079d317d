"""Words that only PDF uses."""

from __future__ import annotations

from typing import Final


class Area:
    """The headings and short sentences of a region's or the country's summary."""

    counts: Final = "How many have each status"
    changes: Final = "Changes in the last seven days"
    no_changes: Final = "No status changed."
    reviews: Final = "Reviews due within seven days"
    outstayed: Final = "Statuses that have lasted longer than expected"
    none: Final = "None."
    status: Final = "Status"
    since: Final = "Since"
    review: Final = "Review by"
    past: Final = "Last half year"
    none_today: Final = "None today"
    illustrative: Final = (
        "These statuses rest on illustrative numbers, unless the framework names a source for them."
    )


def title(area: str, day: str) -> str:
    return f"{area}: statuses on {day}"


def share(percent: int) -> str:
    return f"{percent}%"


REASONS: Final = "Why each of them differs is told on the page of this comparison."


def past(summary: str, statuses: list[str]) -> str:
    """What a strip shows, for whoever does not see it."""
    return f"{summary}: {', then '.join(statuses)}"


SHARE: Final = "Share"


def change(unit: str, before: str, after: str, day: str) -> str:
    return f"{unit}: from {before} to {after} on {day}"


def review(unit: str, status: str, day: str) -> str:
    return f"{unit}, {status}: review by {day}"


def outstayed(unit: str, status: str, day: str) -> str:
    return f"{unit}, {status} since {day}"
