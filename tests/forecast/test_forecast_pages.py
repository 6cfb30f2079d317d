"""Forecasts in words: what was found, in every form; what is drawn; and texts that could do harm."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest

from engine.forecast import Assumption, Target, Week
from reports.forecast import Form, tell
from reports.forecast._build import page
from reports.forecast._plot import BOTTOM, LEFT, RIGHT, TOP, drawn
from reports.preview._shown import levels_of
from rules.framework import Framework
from tests.forecast.outlook_kit import DAY, OF, library, made, outlook, scored, steady

ORGANISATION = library().organisation


def told(*forecasts: Any, form: Form = "text", **more: Any) -> str:
    """Some units' forecasts in a form."""
    return tell([outlook(one) for one in forecasts], ORGANISATION, form=form, **more)


def flat(text: str) -> str:
    """A text without its line breaks."""
    return " ".join(text.split())


def better(week: int) -> tuple[int, int, int]:
    return min(40 * week, 900), OF - min(40 * week, 900) - 10, 10


def open_(week: int) -> tuple[int, int, int]:
    return 400, 350, 250


FOUND = [
    pytest.param(
        made(),
        "York is likelier than not to be at Amber or a more severe status from 6 May 2024, 15 weeks from now: "
        "51.0% of the futures are there on that day.",
        id="worse",
    ),
    pytest.param(
        made(course=steady),
        "York is likely to be Green still on 22 July 2024: 97.4% of the futures are there on that day.",
        id="as now",
    ),
    pytest.param(
        made(
            course=better, now="amber", standing="amber", first_worse=None, first_better=DAY.replace(month=4)
        ),
        "York is likelier than not to be less severe than Amber from 22 April 2024, 13 weeks from now: "
        "52.0% of the futures are there on that day.",
        id="better",
    ),
    pytest.param(
        made(course=open_, first_worse=None),
        "It is open where York will stand on 22 July 2024: the likeliest is Green, with 40.0% of the futures.",
        id="open",
    ),
    pytest.param(
        made(
            now="amber", standing="amber", first_worse=DAY.replace(month=7), course=lambda week: (0, 400, 600)
        ),
        "York is likelier than not to be at Red from 22 July 2024, 26 weeks from now: "
        "60.0% of the futures are there on that day.",
        id="at the most severe",
    ),
    pytest.param(
        made(
            weeks=tuple(week._replace(counts=(0, 0, 0), indeterminate=OF) for week in made().weeks),
            now="indeterminate",
            standing=None,
            first_worse=None,
            target=None,
            drivers=(),
            assumptions=(Assumption("no_returns", {}),),
        ),
        "Nothing can be told of the weeks ahead of York: there are no returns to go by.",
        id="no returns",
    ),
    pytest.param(
        made(
            weeks=tuple(week._replace(counts=(0, 0, 0), indeterminate=OF) for week in made().weeks),
            now="indeterminate",
            standing=None,
            first_worse=None,
            target=None,
        ),
        "Nothing can be told of the weeks ahead of York: its status would not be known.",
        id="never clear",
    ),
    pytest.param(
        made(
            weeks=tuple(week._replace(counts=(), undecided=OF) for week in made().weeks),
            statuses=(),
            now=None,
            standing=None,
            first_worse=None,
            target=None,
        ),
        "Nothing can be told of the weeks ahead of York: no version of the framework is in force then.",
        id="no version",
    ),
]


@pytest.mark.parametrize(("forecast", "headline"), FOUND)
@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_the_finding_comes_first(forecast: Any, headline: str, form: Form) -> None:
    text = flat(re.sub(r"<style>.*?</style>|\\", "", told(forecast, form=form), flags=re.DOTALL))
    assert headline in text
    assert text.index(headline) < text.index("A chance is how many of them come to a status.")
    assert json.loads(told(forecast, form="json"))["headline"] == headline


def test_texts_keep_to_eighty_columns() -> None:
    whole = tell(
        [outlook(made(), made(version="phase-3-v8")), outlook(made("cumbria", steady))],
        ORGANISATION,
        form="text",
        score=scored(),
        scored=True,
        made_up=True,
    )
    assert max(map(len, whole.splitlines())) <= 80
    for said in (
        "1 of 2 PDUs is likelier than not to have a more severe status by 22 July 2024.",
        "First: York from 6 May 2024.",
        "! Synthetic pipeline. What is told of changes to come is made up.",
        "Under Prioritisation Framework for Sentence Management, Phase 3 Version 8",
        "How good such forecasts have been",
    ):
        assert said in flat(whole)


def test_the_bars_and_the_table_say_the_same() -> None:
    lines = told(made()).splitlines()
    bars = {
        line.split()[0]: line.split()[1] for line in lines if re.match(r"  (Green|Amber|Red)  +[▁-█·]", line)
    }
    assert {len(bar) for bar in bars.values()} == {26}
    assert bars["Green"][0] == "█"
    assert bars["Red"][0] == "▁", "what is possible at all has a bar"
    assert re.search(r"26 +22 July 2024 +34\.6% +55\.0% +10\.4%", told(made()))


def test_no_chance_is_a_dot() -> None:
    assert "Red    ··························" in told(made(course=steady))


def test_many_weeks_take_several_strips() -> None:
    weeks = made().weeks * 4
    text = told(made(weeks=weeks, first_worse=None, measures=()))
    assert len(re.findall(r"^  Green  [▁-█]{52}$", text, re.MULTILINE)) == 2


def test_what_drives_it_is_told_from_the_strongest_on() -> None:
    text = flat(told(made()))
    assert "The chance of Amber or a more severe status on 22 July 2024 is 65.4%." in text
    assert "How staff in post usually moves 65.4% 40.0% 25.4 points likelier" in text
    assert text.index("How staff in post") < text.index(
        "Known events: starter 65.4% 70.0% 4.6 points less likely"
    )
    assert "Caseload" not in text, "what makes no difference is left out"
    assert "likelier most: how staff in post usually moves (25.4 points)" in text


def test_how_many_futures_drivers_are_counted_in() -> None:
    assert "counts the same futures again" in flat(told(made()))
    fewer = tuple(one._replace(of=500) for one in made().drivers)
    assert "counts 500 of the futures again" in flat(told(made(drivers=fewer)))


def test_nothing_that_drives_it() -> None:
    text = flat(told(made(drivers=made().drivers[2:])))
    assert "Nothing that was tried makes the chance another one." in text


def test_at_the_most_severe_status_the_target_is_to_stay() -> None:
    found = made(
        now="red",
        standing="red",
        first_worse=None,
        target=Target("stays", "red", 600, OF),
        course=lambda week: (0, 400, 600),
    )
    assert "The chance of Red on 22 July 2024 is 60.0%." in flat(told(found))


def test_measures_have_their_range_and_unit() -> None:
    text = flat(told(made(), form="markdown"))
    assert "| Staffing | 92.1% | 88.0% (80.2 to 93.4) |".replace("(", r"(") in text.replace("\\", "")
    assert "Nothing |" not in text


def test_an_unclear_status_today_is_said() -> None:
    found = made(now="indeterminate")
    week = Week(found.weeks[0].day, (0, 0, 0), OF, 0)
    text = flat(told(dataclasses.replace(found, weeks=(week, *found.weeks[1:]))))
    assert "The status of York is not known today. It was Green when it was last known." in text


SAID = [
    ("declared_now", {"status": "red"}, "Red is declared today. The forecast goes on from the calculated status"),
    ("suspended_now", {}, "The framework is suspended for it today."),
    ("returns_come", {"every": 7, "first": "2024-01-29"}, "Returns come every 7 days, the next one on 29 January"),
    ("stale", {"newest": "2024-01-01", "days": 21}, "The newest return is of 1 January 2024, 21 days ago, and too old"),
    ("unknown_figures", {"figures": ("caseload",)}, "Not given, and taken to stay so: Caseload."),
    ("figures_stay", {}, "Apart from what is known to come, figures stay as they are."),
    ("rates", {"returns": 1, "units": 0, "own": 100}, "Figures go on to move as in 1 return of its own."),
    ("rates", {"returns": 9, "units": 1, "own": 40}, "40% by 9 returns of its own, the rest by those of 1 other PDU."),
    ("short_history", {"returns": 3}, "There are only 3 returns of its own to go by."),
    ("events", {"certain": 1, "likely": 0}, "From the pipeline: 1 certain event."),
    ("events", {"certain": 1, "likely": 2}, "From the pipeline: 1 certain and 2 likely events."),
    ("trends", {"figures": ("caseload",)}, "By a trend that was given, and not by their past, move: Caseload."),
    ("pipeline_off_figures", {"figures": ("caseload",)}, "no effect on what is not given or not known here: Caseload."),
    ("held_at_bounds", {"figures": ("caseload",)}, "held at the least or most that they may be: Caseload."),
    ("versions", {"versions": ("phase-3-v8",)}, "Phase 3 Version 8 begins, and counts from its day."),
    ("something_new", {"a": 1}, "something_new: {'a': 1}."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "values", "said"), SAID)
def test_what_it_rests_on_is_a_sentence(code: str, values: dict[str, Any], said: str) -> None:
    assert said in flat(told(made(assumptions=(Assumption(code, values),))))


def test_without_a_pipeline_that_is_said() -> None:
    bare = made(assumptions=made().assumptions[:2])
    assert "No pipeline was given" in flat(told(bare))
    assert "No pipeline was given" not in flat(told(made()))


def test_how_good_it_has_been() -> None:
    good = flat(told(made(), score=scored(), scored=True))
    assert "13 weeks ahead they were better than saying that nothing changes." in good
    assert "13 1,218 0.412 0.501 0.450 yes" in good
    assert "made-up figures, which are more regular than real ones" in good
    bad = flat(told(made(), score=scored("0.501", "0.501"), scored=True))
    assert (
        "they were no better than saying that nothing changes: so far ahead, go by the status of today."
        in bad
    )
    assert "a straight line through the last weeks was as good or better" in bad
    assert "better than saying that nothing changes." not in bad.replace("no better", "")


def test_how_good_it_has_been_where_nobody_asked_or_nothing_is_known() -> None:
    assert "`prioritise forecast --score` does it." in flat(told(made()))
    assert "The past is too short to tell" in flat(told(made(), scored=True))
    assert "The past is too short to tell" in flat(told(made(), scored=True, score=scored(cases=0)))


class _Page(HTMLParser):
    """Checks that every tag is closed in its order and that no id stands twice."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.ids += [value for name, value in attrs if name == "id"]
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Any) -> None:
        """Closed at once."""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_page_is_whole() -> None:
    page_ = tell(
        [outlook(made(), made(version="phase-3-v8")), outlook(made("cumbria", steady))],
        ORGANISATION,
        form="html",
        score=scored(),
        scored=True,
    )
    found = _Page()
    found.feed(page_)
    assert found.open == []
    assert len(found.ids) == len(set(found.ids))
    assert page_.count('role="img"') == 3
    assert page_.count("<polygon") == 9
    assert ">Amber 55.0%</text>" in page_
    assert re.findall(r"<h1[ >]", page_) == ["<h1>"]
    assert "None" not in page_


def test_the_page_has_every_week_that_is_drawn() -> None:
    page_ = told(made(), form="html")
    body = page_[page_.index("Chance of each status by week, in percent") :]
    assert re.findall(r'scope="row" role="rowheader">(\d+)</th>', body)[:26] == [
        str(week) for week in range(1, 27)
    ]


def test_texts_do_no_harm() -> None:
    bad = "<script>alert(1)</script>`|*x*"
    framework = library().framework()
    policy = framework.in_force(DAY)
    assert policy is not None
    levels = [one.model_copy(update={"title": bad}) for one in policy.version.statuses]
    version = policy.version.model_copy(update={"statuses": levels, "title": bad})
    evil = Framework(framework.id, (dataclasses.replace(policy, version=version),))
    (pdu,) = [one for one in ORGANISATION.pdus if one.id == "york"]
    found = made(
        measures=(dataclasses.replace(made().measures[0], title=bad),),
        drivers=(made().drivers[1]._replace(title=bad),),
        assumptions=(Assumption(bad, {bad: bad}),),
    )
    one = outlook(found)._replace(
        pdu=pdu.model_copy(update={"name": bad}), forecasts=((found, evil), (found, evil))
    )
    page_ = tell([one], ORGANISATION, form="html")
    assert "<script" not in page_
    assert "&lt;script&gt;" in page_
    markdown = tell([one], ORGANISATION, form="markdown")
    assert "<script" not in re.sub(r"```text\n.*?```", "", markdown, flags=re.DOTALL).replace("\\<", "")


def test_the_drawing_keeps_within_its_axes() -> None:
    framework = library().framework()
    policy = framework.in_force(DAY)
    assert policy is not None
    shown = page([outlook(made())], ORGANISATION, None, scored=False, made_up=False)
    levels = shown.levels
    for counts in ([(1000, 0, 0)] * 5, [(0, 0, 1000)] * 5, [(333, 333, 334)] * 1, [(998, 1, 1)] * 104):
        rows = [(level, level.word, [week[at] for week in counts]) for at, level in enumerate(levels)]
        drawing = drawn([DAY] * len(counts), rows, 1000, "title", "summary")
        for band in drawing.bands:
            for x, y in (map(int, spot.split(",")) for spot in band.outline.split()):
                assert LEFT <= x <= RIGHT
                assert TOP <= y <= BOTTOM
        labels = [band.label_y for band in drawing.bands]
        assert all(one - other >= 18 for one, other in pairwise(labels))
        assert all(TOP <= y <= BOTTOM for y in labels)
        edges = [band.edge.split() for band in drawing.bands]
        assert all(spot.endswith(f",{TOP}") for spot in edges[-1]), "together they are all futures"


def test_the_letters_of_bands_differ() -> None:
    assert (
        len(
            {
                level.letter
                for level in page([outlook(made())], ORGANISATION, None, scored=False, made_up=False).levels
            }
        )
        == 3
    )
    assert levels_of([], set()) == {}


def test_of_many_units_the_table_is_told() -> None:
    ids = [pdu.id for pdu in ORGANISATION.pdus if pdu.exists_on(DAY)][:21]
    text = flat(told(*[made(id_) for id_ in ids]))
    assert "Of more than 20 PDUs each is told in the table only." in text
    assert "21 of 21 PDUs are likelier than not" in text
    assert "What drives it" not in text


def test_an_unknown_form() -> None:
    form: Any = "pdf"
    with pytest.raises(ValueError, match="'pdf' is no form"):
        told(made(), form=form)
