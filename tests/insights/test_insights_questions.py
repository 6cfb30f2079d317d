"""What is asked: which words are understood, and what is refused with a hint."""

from __future__ import annotations

import datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from engine.insights import MOST_WEEKS, asked
from rules.framework import Library
from rules.problems import UsageError
from tests.insights.insights_kit import (
    MONDAY,
    ORGANISATION,
    VIEW,
    library_in,
    posts,
    read_views,
    told,
    view_text,
)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_in(tmp_path)


def question(library: Library, *texts: str, **more: Any) -> Any:
    views, problems = read_views(library, *(texts or (VIEW,)))
    assert not problems
    more.setdefault("last", MONDAY)
    return asked(library.framework(), library.organisation, views, **more)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ({"names": ["post"]}, "plan has no view post. Did you mean posts?"),
        ({"by": ["regon"]}, "Nothing can be split by regon. Did you mean region?"),
        ({"by": ["grade", "tenure"]}, "Split by one list at a time: grade or tenure."),
        ({"by": ["tenure"]}, "No figure of posts can be split by tenure"),
        ({"regions": ["nort"]}, "There is no region nort. Did you mean north?"),
        ({"pdus": ["yorc"]}, "There is no PDU yorc. Did you mean york?"),
        ({"pdus": ["york"], "regions": ["south"]}, "york is no PDU of south."),
        ({"weeks": 0}, "Ask for 1 to 520 weeks, not 0."),
        ({"weeks": MOST_WEEKS + 1}, "Ask for 1 to 520 weeks, not 521."),
        ({"first": datetime.date(1990, 1, 1)}, "Ask for 1 to 520 weeks, not 1,702."),
        ({"first": datetime.date(2022, 8, 9)}, "The first day, 2022-08-09, is after the last, 2022-08-08."),
        ({"first": MONDAY, "weeks": 3}, "Name the first day or the number of weeks, not both."),
        ({"weeks": 520, "last": datetime.date(5, 1, 1)}, "There are no 520 weeks before 0005-01-01."),
    ],
)
def test_what_is_refused(library: Library, more: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as refused:
        question(library, **more)
    assert refused.value.message.startswith(message)


def test_without_tags_there_is_nothing_to_split_by(tmp_path: Path) -> None:
    bare = ORGANISATION.replace(", tags: [rural]", "").replace(", tags: [coast, rural]", "")
    library = library_in(tmp_path, {"organisation.yaml": bare})
    with pytest.raises(UsageError, match="No PDU has tags"):
        question(library, by=["tag"])


def test_too_many_figures_are_refused_before_they_are_worked_out(library: Library) -> None:
    returns = [posts("york", MONDAY, (1, 1), (1, 1))]
    ask = {"by": ["pdu", "grade"], "weeks": 10, "last": MONDAY + datetime.timedelta(weeks=4)}
    with pytest.raises(UsageError) as refused:  # 4 units, 2 grades, 10 weeks, 3 figures
        told(library, [VIEW], returns, most=239, **ask)
    assert "That is 240 figures; at most 239" in refused.value.message
    assert told(library, [VIEW], returns, most=240, **ask).views


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, ("region",)),
        ({"by": ["grade"]}, ("grade",)),
        ({"by": ["region", "region"]}, ("region",)),
        ({"weeks": 3}, ("region", "week")),
        ({"pdus": ["york"]}, ("pdu",)),
        ({"by": ["grade"], "pdus": ["york"]}, ("pdu", "grade")),
        ({"by": ["grade"], "regions": ["north"]}, ("region", "grade")),
        ({"by": ["pdu"], "regions": ["north"]}, ("pdu",)),
    ],
)
def test_what_is_named_is_told_by_itself(
    library: Library, more: dict[str, Any], words: tuple[str, ...]
) -> None:
    ((_, found),) = question(library, **more).views
    assert found == words


@pytest.mark.parametrize(
    ("more", "days"),
    [
        ({}, 1),
        ({"by": ["week"]}, 13),
        ({"by": ["week"], "begun": MONDAY - datetime.timedelta(days=15)}, 3),
        ({"by": ["week"], "begun": MONDAY + datetime.timedelta(days=15)}, 13),
        ({"weeks": 2}, 2),
        ({"first": MONDAY - datetime.timedelta(days=13)}, 2),
        ({"first": MONDAY - datetime.timedelta(days=14)}, 3),
    ],
)
def test_which_days_are_told(library: Library, more: dict[str, Any], days: int) -> None:
    found = question(library, **more).days
    assert len(found) == days
    assert found[-1] == MONDAY
    assert all((later - day).days == 7 for day, later in pairwise(found))


def test_each_view_has_its_own_split(library: Library) -> None:
    found = question(library, VIEW, view_text("staff", by="tenure")).views
    assert [(view.id, words) for view, words in found] == [("one", ("tenure",)), ("posts", ("region",))]
