"""Words for the weeks ahead: how likely each status is, what drives it, how good it has been, what it rests on."""

from __future__ import annotations

from typing import Final

from reports._format import capital, count, day, listed, number, plain

NOW: Final = "Now"
WEEK: Final = "Week"
DAY: Final = "Day"
UNDECIDED: Final = "No decision"
FUTURES_NOTE: Final = "Each week adds up to 100%, but for rounding."
STRIP_NOTE: Final = (
    "A column is a week. The higher the bar, the likelier the status; a dot is no chance at all."
)
BANDS: Final = "The height of a band is the chance of its status in that week."
RANGE_NOTE: Final = "Half of the futures are below the first number; eight in ten lie between the other two."
DRIVERS_COLUMNS: Final = ("What", "With it", "Without it", "Makes it")
HORIZON_COLUMNS: Final = (
    "Weeks ahead", "Cases", "Forecast", "Nothing changes", "Straight line", "Better than nothing changes",
)  # fmt: skip
COVERAGE_COLUMNS: Final = ("Measure", "Weeks ahead", "Cases", "Within the range of eight in ten")
BINS_COLUMNS: Final = ("Weeks ahead", "Chance that was told", "Cases", "Told on average", "Came true")
MEASURE: Final = "Measure"
LIKELIEST: Final = "Likeliest at the end"
FROM: Final = "Likelier than not from"
YES, NO = "yes", "no"
NO_CHANCE, BARS = "·", "▁▂▃▄▅▆▇█"


def title(name: str | None, size: int, many: str) -> str:
    return f"The weeks ahead: {name}" if name is not None else f"The weeks ahead: {size} {many}"


def under(version: str) -> str:
    return f"Under {version}"


def worse(name: str, status: str, only: bool, first: str, chance: str, week: int) -> str:
    what = status if only else f"{status} or a more severe status"
    return (
        f"{name} is likelier than not to be at {what} from {day(first)}, {_weeks(week)} from now: "
        f"{chance}% of the futures are there on that day."
    )


def better(name: str, status: str, first: str, chance: str, week: int) -> str:
    return (
        f"{name} is likelier than not to be less severe than {status} from {day(first)}, {_weeks(week)} from now: "
        f"{chance}% of the futures are there on that day."
    )


def stays(name: str, status: str, last: str, chance: str) -> str:
    return f"{name} is likely to be {status} still on {day(last)}: {chance}% of the futures are there on that day."


def open_(name: str, last: str, likeliest: str, chance: str) -> str:
    return (
        f"It is open where {name} will stand on {day(last)}: "
        f"the likeliest is {likeliest}, with {chance}% of the futures."
    )


def nothing(name: str, why: str) -> str:
    return f"Nothing can be told of the weeks ahead of {name}: {why}."


NO_VERSION: Final = "no version of the framework is in force then"
NO_RETURNS: Final = "there are no returns to go by"
NOT_CLEAR: Final = "its status would not be known"


def chances(last: str, parts: list[str]) -> str:
    return f"On {day(last)}: {', '.join(parts)}."


def not_known_now(name: str, standing: str | None) -> str:
    rest = f" It was {standing} when it was last known." if standing is not None else ""
    return f"The status of {name} is not known today.{rest}"


def most_driven(what: str, points: str, target: str) -> str:
    return f"What makes {target} likelier most: {what[:1].lower()}{what[1:]} ({points} points)."


def several(size: int, of: int, many: str, last: str) -> str:
    if not size:
        return f"None of {of} {many} is likelier than not to have a more severe status by {day(last)}."
    verb = "is" if size == 1 else "are"
    return f"{size} of {of} {many} {verb} likelier than not to have a more severe status by {day(last)}."


def first_of(names: list[str]) -> str:
    return f"First: {listed(names)}."


def from_day(name: str, first: str) -> str:
    return f"{name} from {day(first)}"


def better_of(size: int, of: int, many: str) -> str:
    verb = "is" if size == 1 else "are"
    return f"{size} of {of} {many} {verb} likelier than not to have a less severe one."


def details_left_out(size: int, most: int, many: str) -> str:
    return (
        f"Of more than {most} {many} each is told in the table only. Ask for some of them to see them whole."
    )


def strip_caption(name: str) -> str:
    return f"Chance of each status by week: {name}"


def drawing(name: str, first: str, last: str, statuses: list[str]) -> str:
    return (
        f"Bands from {day(first)} to {day(last)} for {name}, from bottom to top: {listed(statuses)}. {BANDS} "
        "The table has the same numbers."
    )


def at_end(word: str, chance: str) -> str:
    return f"{word} {chance}%"


def target(status: str, only: bool, last: str, chance: str) -> str:
    what = status if only else f"{status} or a more severe status"
    return f"The chance of {what} on {day(last)} is {chance}%. This is what makes it more or less likely:"


def target_short(status: str, only: bool) -> str:
    return status if only else f"{status} or worse"


NO_DRIVERS: Final = "Nothing that was tried makes the chance another one."


def drivers_note(of: int, futures: int) -> str:
    which = "the same futures" if of == futures else f"{number(str(of))} of the futures"
    return f"Each line leaves out one thing and counts {which} again. The lines need not add up."


def driver(kind: str, id_: str, title: str) -> str:
    if kind == "event":
        return f"Known events: {plain(id_)}"
    if kind == "trend":
        return f"The trend that was given for {_lower(title)}"
    return f"How {_lower(title)} usually moves"


def _lower(title: str) -> str:
    """A title within a sentence; one that begins with an abbreviation stays."""
    return title if title[1:2].isupper() else f"{title[:1].lower()}{title[1:]}"


def points(text: str) -> str:
    if text.startswith("-"):
        return f"{text[1:]} points less likely"
    return "no difference" if text == "0.0" else f"{text} points likelier"


def range_cell(middle: str, low: str, high: str) -> str:
    return f"{middle} ({low} to {high})"


def week_column(week: int) -> str:
    return f"+{count(week, 'week')}"


def _weeks(size: int) -> str:
    return count(size, "week")


# How good forecasts have been

NOT_SCORED: Final = (
    "How good such forecasts have been was not worked out here. `prioritise forecast --score` does it."
)
NO_PAST: Final = "The past is too short to tell how good such forecasts have been."
SCORE_NOTE: Final = (
    "The numbers are Brier scores: 0 is always right, 2 is always wrong, and less is better. "
    "Nothing changes: the status stays as it is. Straight line: the measures go on as in the last weeks."
)
COVERAGE_NOTE: Final = (
    "Eight in ten (80%) would be as told; less means that the future was more open than told."
)


def scored(size: int, units: int, many: str, first: str, last: str) -> str:
    return (
        f"Forecasts were made for {units} {many} as they would have been made on {_days_word(size)} from {day(first)} "
        f"to {day(last)}, each from what was known on its day, and compared with what came."
    )


def _days_word(size: int) -> str:
    return count(size, "day")


def beaten(weeks: list[str]) -> str:
    return f"{capital(listed(weeks))} ahead they were better than saying that nothing changes."


def not_beaten(weeks: list[str]) -> str:
    return (
        f"{capital(listed(weeks))} ahead they were no better than saying that nothing changes: "
        "so far ahead, go by the status of today."
    )


def trend_not_beaten(weeks: list[str]) -> str:
    return f"{capital(listed(weeks))} ahead a straight line through the last weeks was as good or better."


def horizon(weeks: int) -> str:
    return count(weeks, "week")


def score_synthetic() -> str:
    return "They were tried on made-up figures, which are more regular than real ones."


# What it rests on

PAGE_NOTE: Final = (
    "A forecast says how likely something is, if figures go on as they have and what is known comes about. "
    "It is no decision, and nobody is bound by it."
)
ILLUSTRATIVE: Final = ("Illustrative numbers", "The trigger points are examples, not published policy.")
NO_PIPELINE: Final = "No pipeline was given: nothing is known of starters, leavers or other changes to come."


def synthetic(one: str) -> tuple[str, str]:
    return ("Synthetic figures", f"The figures are made up. They say nothing about any real {one}.")


SYNTHETIC_PIPELINE: Final = ("Synthetic pipeline", "What is told of changes to come is made up.")


def drawn(futures: int, seed: int, weeks: int, first: str) -> str:
    return (
        f"{number(str(futures))} futures of {_weeks(weeks)} were drawn from {day(first)} on (seed {seed}), "
        "and each was judged by the rules of the framework. A chance is how many of them come to a status."
    )


CALCULATED: Final = "These are calculated statuses: declarations and suspensions play no part in them."


def declared_now(status: str) -> str:
    return f"{status} is declared today. The forecast goes on from the calculated status instead."


SUSPENDED: Final = "The framework is suspended for it today. The forecast tells what is calculated meanwhile."


def returns_come(every: int, first: str) -> str:
    return f"Returns come every {_days(every)}, the next one on {day(first)}."


def _days(size: int) -> str:
    return count(size, "day")


def stale(newest: str, age: int) -> str:
    return (
        f"The newest return is of {day(newest)}, {_days(age)} ago, and too old to go by today. "
        "The forecast assumes that returns come again."
    )


def unknown_figures(figures: str) -> str:
    return f"Not given, and taken to stay so: {figures}."


FIGURES_STAY: Final = "Apart from what is known to come, figures stay as they are."


def rates(returns: int, units: int, own: int, one: str, many: str) -> str:
    if not units:
        return f"Figures go on to move as in {_returns(returns)} of its own."
    others = f"those of {units} other {one if units == 1 else many}"
    return (
        f"Figures go on to move as they have: {own}% by {_returns(returns)} of its own, the rest by {others}."
    )


def _returns(size: int) -> str:
    return count(size, "return")


def short_history(returns: int) -> str:
    return f"There are only {_returns(returns)} of its own to go by."


def events(certain: int, likely: int) -> str:
    parts = [f"{certain} certain"] if certain else []
    parts += [f"{likely} likely"] if likely else []
    return f"From the pipeline: {listed(parts)} {'event' if certain + likely == 1 else 'events'}."


def trends(figures: str) -> str:
    return f"By a trend that was given, and not by their past, move: {figures}."


def off_figures(figures: str) -> str:
    return f"Events of the pipeline have no effect on what is not given or not known here: {figures}."


def held(figures: str) -> str:
    return f"In some futures these were held at the least or most that they may be: {figures}."


def versions(names: list[str]) -> str:
    verb = "begins" if len(names) == 1 else "begin"
    return f"Within these weeks {listed(names)} {verb}, and counts from its day."


class Headings:
    """The headings of the page."""

    units: Final = "All of them"
    units_caption: Final = "Chance of a more severe status than today's, in percent"
    weeks: Final = "Chance of each status by week"
    measures: Final = "Where the measures may be"
    drivers: Final = "What drives it"
    score: Final = "How good such forecasts have been"
    score_caption: Final = "Forecasts compared with what came"
    coverage_caption: Final = "How often a measure was within its range"
    bins_caption: Final = "How often it came as told"
    assumptions: Final = "What it rests on"
    table_caption: Final = "Chance of each status by week, in percent"
    measures_caption: Final = "Measures"
    drivers_caption: Final = "What drives it"
    skip: Final = "Skip to the page"
