"""What a status means over time, simulated day by day from the first day of the framework.

Nothing here is clever: each day is lived through in turn, and each step looks at all returns again.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any

from .evaluate import Document, Judged, Return, Row, Truth, as_text, days, judge, rhythm, row_of
from .facts import (
    Event,
    applies,
    days_without_break,
    ids,
    mapped,
    trigger_points,
    version_on,
    winner,
    withheld,
)
from .state import Clock, State, Step, Stretch


def decide(
    versions: list[Document],
    returns: list[Return],
    asked: date,
    *,
    declarations: Sequence[Event] = (),
    suspensions: Sequence[Event] = (),
    settings: Sequence[Event] = (),
    pdu: str = "p1",
    region: str = "r1",
) -> dict[str, Any] | None:
    """The decision for one day, or None where no version is in force on it."""
    fold = Fold(versions, returns, declarations, suspensions, settings, pdu, region)
    return fold.live((asked,))[asked]


class Fold:
    """One PDU's life under one framework."""

    def __init__(
        self,
        versions: list[Document],
        returns: list[Return],
        declarations: Sequence[Event] = (),
        suspensions: Sequence[Event] = (),
        settings: Sequence[Event] = (),
        pdu: str = "p1",
        region: str = "r1",
    ) -> None:
        self.versions, self.returns = versions, returns
        self.declarations, self.suspensions, self.settings = declarations, suspensions, settings
        self.pdu, self.region = pdu, region
        self.state = State()
        self.rows: dict[tuple[date, int], Row] = {}

    def live(self, asked: Collection[date]) -> dict[date, dict[str, Any] | None]:
        """The decisions for some days, by living through all days from the first version's first one."""
        decisions: dict[date, dict[str, Any] | None] = dict.fromkeys(asked)
        day = self.versions[0]["effective"]
        while day <= max(asked):
            version = version_on(self.versions, day)
            if version is not None:
                decision = self.live_day(day, version, day in decisions)
                if decision is not None:
                    decisions[day] = decision
            day += timedelta(days=1)
        return decisions

    def live_day(self, day: date, version: Document, asked: bool) -> dict[str, Any] | None:
        """Live through one day on which a version is in force; the decision, if it is asked for."""
        state = self.state
        past = [given for given in self.returns if given["as_of"] <= day]
        stale = not past or (day - past[-1]["as_of"]).days > days(version["returns"]["stale_after"])
        is_return_day = bool(past) and past[-1]["as_of"] == day

        begins = version is not state.version
        if begins:
            if state.level is not None and state.version is not None:
                level = mapped(state.level, state.version, version)
                if level != state.level:
                    state.level, state.since = level, day
            state.version, state.step = version, None
        if is_return_day or (begins and not stale):
            self.take_step(day, version, past)

        determinate = not stale and state.step is not None and len(state.step.candidates) == 1
        if determinate:
            assert state.level is not None
            state.unclear_since, state.last_determinate = None, (state.level, day)
        elif state.unclear_since is None:
            state.unclear_since = day

        suspension = winner(self.suspensions, day, self.pdu, self.region)
        declaration = winner(self.declarations, day, self.pdu, self.region)
        active = self.active_status(version, determinate, suspension, declaration)
        self.lengthen(active, day)

        self.clear_clocks(active, day, version, is_return_day)
        permitted = self.permitted(active, day, version)
        for clock in permitted:
            state.clocks.setdefault(clock, day)
        if determinate:
            state.stands = frozenset(permitted)
        if not asked:
            return None
        return self.report(day, version, determinate, suspension, declaration, permitted)

    # Steps.

    def row(self, version: Document, index: int) -> Row:
        """The figures and measures of one return, as a version reads them."""
        key = (version["effective"], index)
        if key not in self.rows:
            self.rows[key] = row_of(version, self.returns, index)
        return self.rows[key]

    def take_step(self, day: date, version: Document, past: list[Return]) -> None:
        """Judge the newest return, and move the calculated status where that is certain."""
        state = self.state
        state.step = self.judged(day, version, past)
        if len(state.step.candidates) == 1:
            (level,) = state.step.candidates
            if level != state.level:
                state.level, state.since = level, day

    def judged(self, day: date, version: Document, past: list[Return]) -> Step:
        """What the version says of the newest of these returns; where there is none, all is unknown."""
        history = [self.row(version, index) for index in range(len(past))]
        dates = [given["as_of"] for given in past]
        pace, points = rhythm(version), trigger_points(version, self.settings, day, self.pdu)
        truths: dict[str, Truth] = {}
        runs: dict[str, int] = {}

        def look(node: dict[str, Any], path: str, durations: bool = True) -> Judged:
            return judge(node, path, history, dates, pace, points, durations)

        def note(judged: Judged) -> None:
            truths.update({path: column[-1] if column else None for path, column in judged.truths.items()})
            runs.update({path: column[-1] if column else 0 for path, column in judged.runs.items()})

        at_once = self.state.level is None and version["first_return"] == "at_once"
        for status in version["statuses"][1:]:
            enter, leave = f"enter.{status['id']}", f"exit.{status['id']}"
            bare = look(status["enter"], enter, durations=False)
            note(look(status["enter"], enter))
            if at_once:
                note(bare)
            if "exit" in status:
                note(look(status["exit"], leave))
            else:
                truths[leave] = _opposite(bare.truths[enter][-1]) if past else None
        for activity in version["activities"]:
            for reduction in activity.get("reductions", []):
                if "when" in reduction:
                    note(look(reduction["when"], f"when.{activity['id']}.{reduction['from']}"))
        candidates = self.candidates(day, version, truths, at_once)
        return Step(truths, runs, history[-1] if past else {}, frozenset(candidates))

    def candidates(self, day: date, version: Document, truths: dict[str, Truth], at_once: bool) -> set[str]:
        """The statuses that the step could lead to; one only where every way leads to the same."""
        state, order = self.state, ids(version)
        limits = {} if at_once else version.get("steps", {})
        top = len(order) - 1
        p = 0 if state.level is None else order.index(state.level)
        highest = min(top, p + limits.get("up", top))
        lowest = max(0, p - limits.get("down", top))

        found: set[int] = set()
        for place in range(top, p, -1):
            enter = truths[f"enter.{order[place]}"]
            if enter is not False:
                found.add(min(place, highest))
            if enter is True:
                return {order[place] for place in found}
        # Nothing above is certain: the PDU may stay or go down.
        if p == 0:
            found.add(0)
            return {order[place] for place in found}
        enter, leave = truths[f"enter.{order[p]}"], truths[f"exit.{order[p]}"]
        stay = version["statuses"][p].get("minimum_stay")
        stay_over = stay is None or (day - state.since).days >= days(stay)
        if not (leave is True and enter is False and stay_over):
            found.add(p)
        if leave is not False and enter is not True and stay_over:
            for place in range(p - 1, -1, -1):
                held = place == 0 or truths[f"exit.{order[place]}"] is False
                if held or truths[f"exit.{order[place]}"] is None:
                    found.add(max(place, lowest))
                if held:
                    break
        return {order[place] for place in found}

    # What is active, and what it permits.

    def active_status(
        self, version: Document, determinate: bool, suspension: Event | None, declaration: Event | None
    ) -> str:
        """The active status of a day."""
        if suspension is not None:
            return "suspended"
        if declaration is not None:
            return self.declared_status(version, determinate, declaration)
        if not determinate:
            return "indeterminate"
        if version["activation"] == "declared":
            return "undeclared"
        assert self.state.level is not None
        return self.state.level

    def declared_status(self, version: Document, determinate: bool, declaration: Event) -> str:
        """What a declaration in force makes of the calculated status."""
        order = ids(version)
        home = version_on(self.versions, declaration["from"]) or self.versions[0]
        result = order.index(mapped(declaration["status"], home, version))
        if self.state.level is None:
            return order[result]
        calculated = order.index(self.state.level)
        may = version.get("declarations", {}).get("may", ["raise", "lower"])
        if determinate and list(may) == ["raise"]:
            result = max(result, calculated)
        if determinate and list(may) == ["lower"]:
            result = min(result, calculated)
        if version["statuses"][calculated].get("binding", False):
            result = max(result, calculated)
        return order[result]

    def lengthen(self, active: str, day: date) -> None:
        """Go on with the present stretch of the active status, or begin a new one."""
        state = self.state
        if state.stretch is not None and state.stretch.status == active:
            return
        before = state.interrupted
        if before is not None and before.status == active:
            # Not knowing for a while has not broken the stretch.
            state.stretch, state.interrupted = before, None
            return
        state.interrupted = state.stretch if active == "indeterminate" else None
        state.stretch = Stretch(active, day, state.stretch.status if state.stretch else None)

    def clear_clocks(self, active: str, day: date, version: Document, is_return_day: bool) -> None:
        """Clear the clocks of what is below its status at a return, and of what is renewed."""
        order, clocks = ids(version), self.state.clocks
        known = {activity["id"] for activity in version["activities"]}
        for activity, start_from in list(clocks):
            seen = activity in known and start_from in order
            if is_return_day and seen and active in order and order.index(active) < order.index(start_from):
                del clocks[activity, start_from]
        for declaration in self.declarations:
            if declaration["from"] == day and applies(declaration, self.pdu, self.region):
                for clock in list(clocks):
                    if clock[0] in declaration.get("renew", []):
                        del clocks[clock]

    def permitted(self, active: str, day: date, version: Document) -> list[Clock]:
        """Every reduction that is permitted on a day, also those that another one supersedes."""
        state, order = self.state, ids(version)
        grace = days(version["returns"].get("grace", "0 days"))
        found: list[Clock] = []
        for activity in version["activities"]:
            for reduction in activity.get("reductions", []):
                clock = (activity["id"], reduction["from"])
                if active in order:
                    truth = True
                    if "when" in reduction:
                        truth = (
                            state.step is not None
                            and state.step.truths[f"when.{clock[0]}.{clock[1]}"] is True
                        )
                    open_ = order.index(active) >= order.index(reduction["from"]) and truth
                elif active == "indeterminate" and state.last_determinate is not None:
                    open_ = clock in state.stands and (day - state.last_determinate[1]).days <= grace
                else:
                    open_ = False
                ends = self.ends(clock, reduction)
                if (
                    open_
                    and clock[0] not in withheld(self.settings, day, self.pdu)
                    and (ends is None or day < ends)
                ):
                    found.append(clock)
        return found

    def ends(self, clock: Clock, reduction: dict[str, Any]) -> date | None:
        """The first day on which a running reduction has lapsed."""
        start = self.state.clocks.get(clock)
        if start is None or "lapses_after" not in reduction:
            return None
        return start + timedelta(days=days(reduction["lapses_after"]))

    # The answer.

    # The answer.

    def report(
        self,
        day: date,
        version: Document,
        determinate: bool,
        suspension: Event | None,
        declaration: Event | None,
        permitted: list[Clock],
    ) -> dict[str, Any]:
        """The decision of a day."""
        state, order = self.state, ids(version)
        assert state.stretch is not None
        stretch = state.stretch
        # Under a version that has not judged any return yet nothing is known.
        step = state.step or self.judged(day, version, [])
        outstayed, review_by = False, None
        if stretch.status in order:
            status = version["statuses"][order.index(stretch.status)]
            if "outstays_after" in status:
                outstayed = (day - stretch.since).days >= days(status["outstays_after"])
            review_by = next_review(stretch.since, status.get("review_every"), day)
        last, declared = state.last_determinate, None
        if declaration is not None:
            declared = {key: declaration[key] for key in ("status", "from", "until")}
            unbroken = days_without_break(self.declarations, day, self.pdu, self.region)
            declared["days_without_break"] = unbroken
        calculated = None if state.level is None else state.level if determinate else "indeterminate"
        return {
            "status": stretch.status,
            "since": stretch.since,
            "previous": stretch.previous,
            "calculated": calculated,
            "calculated_since": state.since if determinate else state.unclear_since,
            "last_determinate": {"status": last[0], "as_of": last[1]} if last else None,
            "outstayed": outstayed,
            "review_by": review_by,
            "declared": declared,
            "suspended": suspension is not None,
            "measures": measures(version, step.row),
            "conditions": step.truths,
            "runs": step.runs,
            "permitted": self.standing(permitted, day, version),
            "indeterminate": not determinate,
            "candidates": set(state.step.candidates)
            if state.step and len(state.step.candidates) > 1
            else set(),
        }

    def standing(self, permitted: list[Clock], day: date, version: Document) -> list[dict[str, Any]]:
        """Of what is permitted, the reduction that stands for each activity: the most severe one."""
        order = ids(version)
        lines: list[dict[str, Any]] = []
        for activity in sorted(version["activities"], key=lambda one: str(one["id"])):
            open_ = [
                one for one in activity.get("reductions", []) if (activity["id"], one["from"]) in permitted
            ]
            if not open_:
                continue
            one = max(open_, key=lambda reduction: order.index(reduction["from"]))
            clock = (activity["id"], one["from"])
            start = self.state.clocks[clock]
            line = {"activity": clock[0], "from": clock[1], "since": start, "ends": self.ends(clock, one)}
            lines.append({**line, "review_by": next_review(start, one.get("review_every"), day)})
        return lines


def next_review(since: date, every: str | None, day: date) -> date | None:
    """The first `since + k * every` (k at least 1) after the day."""
    if every is None:
        return None
    review = since + timedelta(days=days(every))
    while review <= day:
        review += timedelta(days=days(every))
    return review


def measures(version: Document, row: Row) -> dict[str, str | None]:
    """The measures as text, None where unknown."""
    texts: dict[str, str | None] = {}
    for name, spec in version["measures"].items():
        value = row.get(name)
        assert not isinstance(value, str)
        texts[name] = None if value is None else as_text(value, spec["decimals"])
    return texts


def _opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth
