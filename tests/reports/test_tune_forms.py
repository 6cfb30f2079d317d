"""What was tried, as a page and as a table: every sentence, the drawing, and texts that could do harm."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from engine.bulk import Bulk, read_bulk
from engine.tune import Tuning, declared_reference, trial_of, tuned
from reports.tune import tables, tell
from reports.tune._plot import BOTTOM, LEFT, RIGHT, TOP, WIDTH, plotted
from rules.library import Library, load_library
from rules.model import Events
from tests.small_policy import FIRST, ORGANISATION

WEEKS = [f"2022-08-{day:02}" for day in (1, 8, 15, 22, 29)]
AMBER = {
    "from": datetime.date(2022, 8, 8),
    "until": datetime.date(2022, 8, 14),
    "status": "amber",
    "by": "director",
    "reason": "A.",
}


def bulk_of(library: Library) -> Bulk:
    lines = ["pdu,as_of,grade,required,in_post,basis"]
    for day, staff in zip(WEEKS, (19, 17, 17, 17, 17), strict=True):
        lines += [f"york,{day},{grade},20,{staff},synthetic" for grade in ("PO", "PSO")]
    framework = library.framework()
    return read_bulk(
        [("\n".join(lines).encode(), "returns.csv")],
        7,
        vocabulary=framework.vocabulary,
        organisation=library.organisation,
        today=datetime.date(2022, 10, 1),
    )


def tuning_of(library: Library, *points: str, events: Events | None = None) -> Tuning:
    bulk, framework = bulk_of(library), library.framework()
    trial = trial_of(framework, "north", bulk.frame, points, None, None)
    assert trial is not None
    reference = None
    if events is not None:
        reference = declared_reference(
            "declared.yaml", events, framework, trial.frame, trial.first, trial.last
        )
    return tuned(trial, bulk, reference)


@pytest.fixture
def library(policy_folder: Callable[..., Path]) -> Library:
    return load_library(policy_folder())


class _Tags(HTMLParser):
    """Checks that every tag is closed in its order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        """Closed at once."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_is_whole(library: Library) -> None:
    page = tell(tuning_of(library), library.organisation, form="html")
    tags = _Tags()
    tags.feed(page)
    assert tags.open == []
    for said in (
        "Trigger points tried: The North",
        "15 candidates tried on 35 days of one PDU.",
        "This recommends nothing",
        "Illustrative numbers.",
        "Synthetic figures.",
        "were decided again one by one",
        "To the left: fewer changes of status. Further down: fewer PDU-days above Green.",
        "80% to 95%, by 1%",
    ):
        assert said in page
    assert 'role="img"' in page
    assert "None" not in page


def test_the_drawing_and_the_table_have_the_same_places(library: Library) -> None:
    tuning = tuning_of(library, "low=80:95:1")
    page = tell(tuning, library.organisation, form="html")
    assert page.count('class="best"') == len({tuning.aims(number) for number in tuning.efficient})
    assert ">now</text>" in page
    assert page.count('<tr role="row">') == 3 + 1 + 1 + len(tuning.trial.candidates)


def test_with_a_reference(library: Library) -> None:
    events = Events.model_validate({"declarations": [AMBER]})
    tuning = tuning_of(library, "low=85:90:5", events=events)
    page = tell(tuning, library.organisation, form="html")
    assert "The reference is what was declared (declared.yaml), on 7 PDU-days." in page
    assert "As set now, 0 of 7 days have the same status as the reference: 0.0%." in page
    assert ">0/7</td>" in page


def test_of_very_many_the_frontier_is_shown(library: Library) -> None:
    tuning = tuning_of(library, "low=80:95:0.02")
    page = tell(tuning, library.organisation, form="html")
    table, sentences = tables(tuning, library.organisation)
    said = "Shown are 2 of 751 candidates: what is set now, and of those on the frontier one"
    assert said in page
    assert any(said in sentence for sentence in sentences)
    assert table.row_count == 2
    assert tell(tuning, library.organisation, form="csv").count("\n") == 752


def test_texts_do_no_harm(policy_folder: Callable[..., Path]) -> None:
    bad = "<script>alert(1)</script>"
    first = FIRST.replace("title: Low,", f'title: "{bad}",').replace("title: Green,", f'title: "{bad}",')
    changes = {
        "organisation.yaml": ORGANISATION.replace("name: The North", f'name: "{bad}"'),
        "plan/v1.yaml": first,
        "plan/v2.yaml": first.replace("v1", "v2").replace("2022-08-01", "2022-09-05"),
    }
    library = load_library(policy_folder(changes))
    page = tell(tuning_of(library), library.organisation, form="html")
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_an_unknown_form(library: Library) -> None:
    form: Any = "pdf"
    with pytest.raises(ValueError, match="'pdf' is no form"):
        tell(tuning_of(library, "low=85:90:5"), library.organisation, form=form)


@pytest.mark.parametrize(
    "points",
    [[(0, 0)], [(0, 0), (1, 0)], [(7, 10**9), (9, 3)], [(x, 100 - x) for x in range(100)]],
)
def test_everything_is_drawn_within_the_axes(points: list[tuple[int, int]]) -> None:
    frontier = [(point, f"{place} and 17 more") for place, point in enumerate(points)]
    plot = plotted(points, frontier, (points[0], "now"), ("x", "y"), "both")
    for mark in (*plot.frontier, plot.now):
        assert LEFT <= mark.spot.x <= RIGHT
        assert TOP <= mark.spot.y <= BOTTOM
        assert mark.label_x <= WIDTH
    for ticks, low in ((plot.x_ticks, LEFT), (plot.y_ticks, BOTTOM)):
        assert 2 <= len(ticks) <= 8
        assert ticks[0].place == low
        assert len({tick.text for tick in ticks}) == len(ticks)


def test_labels_cover_no_other_label() -> None:
    points = [(x, 100 - x) for x in range(100)]
    plot = plotted(points, [(point, "12345") for point in points], (points[50], "now"), ("x", "y"), "both")
    shown = [mark for mark in plot.frontier if mark.label]
    assert 5 < len(shown) < len(points), "where there is no room there is no label"
    for one in shown:
        near = [
            other
            for other in shown
            if other is not one
            and other.anchor == one.anchor
            and abs(other.label_x - one.label_x) < 35
            and abs(other.label_y - one.label_y) < 16
        ]
        assert near == []


def test_percentages_are_exact_decimals(library: Library) -> None:
    events = Events.model_validate(
        {
            "declarations": [
                AMBER,
                {**AMBER, "from": datetime.date(2022, 8, 15), "until": datetime.date(2022, 8, 18)},
            ]
        }
    )
    tuning = tuning_of(library, "low=85:95:1", events=events)
    for number, count in enumerate(tuning.counts):
        share = tuning.share_same(number)
        assert share is not None
        assert re.fullmatch(r"\d+\.\d", share)
        assert abs(Decimal(share) * tuning.compared - 100 * count.same) * 20 <= tuning.compared
