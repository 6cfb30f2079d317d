"""The page that compares two versions."""

from __future__ import annotations

from dataclasses import dataclass

from reports.compare import ComparisonPage
from rules.framework import Framework


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Which versions there are, which two are compared, and what was found."""

    versions: tuple[tuple[str, str], ...]
    before: str
    after: str
    found: ComparisonPage | None


def compare_page(framework: Framework, before: str, after: str, found: ComparisonPage | None) -> ComparePage:
    """The page; without two versions it asks for them."""
    versions = tuple((one.version.version, one.version.title) for one in framework.policies)
    return ComparePage(versions, before, after, found)
