"""Figures of a whole country, week by week, from returns that have been read."""

from __future__ import annotations

import datetime
import time
from pathlib import Path

from engine.bulk import read_bulk
from engine.insights import asked, insights
from engine.returns import write_returns
from engine.sample import sample_returns
from rules.library import load_library, load_views

ROOT = Path(__file__).parents[1]
WEEKS = 104
MOST_SECONDS = 4.0
"""Of a processor; a quiet machine takes about one."""


def test_all_views_by_unit_and_week() -> None:
    library = load_library(ROOT / "frameworks")
    framework, organisation = library.framework(), library.organisation
    views = load_views(ROOT / "frameworks", framework)
    data = write_returns(sample_returns(organisation), framework.vocabulary, "csv")
    bulk = read_bulk(
        [(data, "r.csv")],
        7,
        vocabulary=framework.vocabulary,
        organisation=organisation,
        today=datetime.date(2030, 1, 1),
    )
    last = datetime.date.fromordinal(int(bulk.frame.day.max()))
    for by in (["region"], ["pdu"]):
        question = asked(framework, organisation, views, by=by, last=last, weeks=WEEKS)
        began = time.process_time()
        found = insights(framework, organisation, bulk.frame, question)
        took = time.process_time() - began
        cells = sum(len(view.rows) * len(view.figures) for view in found.views)
        print(f"{len(found.views)} views by {by[0]}, {WEEKS} weeks: {cells:,} figures in {took:.2f} s")
        assert took < MOST_SECONDS
