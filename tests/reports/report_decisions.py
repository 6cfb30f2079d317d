"""Decisions under the framework of `report_framework`, written by hand."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from reports import Explanation
from reports import context as words_of
from tests.reports.report_framework import ORGANISATION, VERSION
from tests.reports.report_parts import (
    BASE,
    BELOW,
    HOME_VISITS,
    RED_ONLY,
    TEAM_MEETINGS,
    Decision,
    conditions,
    every_refused,
    measures,
    refused,
)


def decision(**changes: Any) -> Decision:
    """The amber decision, with changes."""
    return copy.deepcopy({**BASE, **changes})


def amber() -> Decision:
    return decision()


def held() -> Decision:
    return decision(
        measures=measures("93.0"),
        conditions=conditions("93.0", "5", "18", "-2", False, run=0, when=False, when_by="8"),
        permitted=[TEAM_MEETINGS],
        not_permitted=[
            refused(
                "home-visits", "Home visits", "amber", code="condition_false", rule="when.home-visits.amber"
            ),
            *RED_ONLY,
        ],
    )


def green() -> Decision:
    return decision(
        status="green",
        calculated="green",
        since="2022-08-03",
        calculated_since="2022-08-03",
        previous=None,
        review_by=None,
        last_determinate={"status": "green", "as_of": "2022-08-29"},
        measures=measures("96.3"),
        conditions=conditions("96.3", "8.3", "21.3", "1.3", False, run=0, when=False, when_by="11.3"),
        permitted=[],
        not_permitted=BELOW,
        data_quality=[],
        fired=["status.green"],
    )


def came_down() -> Decision:
    made = green()
    made.update(previous="amber", since="2022-08-29", calculated_since="2022-08-29", fired=["exit.amber"])
    made["conditions"][1].update(holds=True, run=2)
    return made


def came_down_from_red() -> Decision:
    made = held()
    made.update(previous="red", since="2022-08-29", calculated_since="2022-08-29", fired=["exit.red"])
    return made


def red() -> Decision:
    made = decision(
        status="red",
        calculated="red",
        previous="amber",
        measures=measures("70.0", "108.00"),
        conditions=conditions("70.0", "-18", "-5", "-25", True, workload="108.00", when_by="-15"),
        permitted=[
            {
                **HOME_VISITS,
                "from": "red",
                "strength": "must",
                "do": "Visit only where risk asks for it.",
                "ends": None,
                "releases": {},
            },
            TEAM_MEETINGS,
            {
                **TEAM_MEETINGS,
                "activity": "supervision-notes",
                "title": "Supervision notes",
                "from": "red",
                "strength": "should",
                "do": "Write short notes.",
                "only": [],
            },
        ],
        not_permitted=[refused("home-visits", "Home visits", "amber", code="superseded", by="red")],
        review_by=None,
    )
    red_root = made["conditions"][2]
    red_root.update(holds=True)
    made["conditions"][3].update(holds=False)
    red_root["parts"][0].update(holds=True, run=2)
    return made


def unknown_figures() -> Decision:
    root = conditions(None, None, None, None, None, workload=None)
    return decision(
        status="indeterminate",
        since="2022-08-29",
        previous="amber",
        calculated="indeterminate",
        calculated_since="2022-08-29",
        review_by=None,
        measures=measures(None, None),
        conditions=root,
        indeterminate_because=[
            {
                "code": "unknown_condition",
                "rule": "enter.amber",
                "missing": ["in_post_fte[PO]", "wmt_points"],
            },
            {"code": "could_be", "statuses": ["green", "amber"]},
        ],
        last_determinate={"status": "green", "as_of": "2022-08-22"},
        permitted=[],
        not_permitted=every_refused(code="indeterminate"),
        fired=[],
        data_quality=[],
    )


def grace() -> Decision:
    made = unknown_figures()
    made.update(
        last_determinate={"status": "amber", "as_of": "2022-08-28"},
        permitted=[HOME_VISITS],
        indeterminate_because=[
            {"code": "unknown_condition", "rule": "enter.amber", "missing": ["in_post_fte[PO]"]},
            {"code": "unknown_condition", "rule": "enter.red", "missing": ["in_post_fte[PO]"]},
            {"code": "could_be", "statuses": ["green", "amber", "red"]},
        ],
    )
    return made


def stale() -> Decision:
    return decision(
        as_of="2022-09-20",
        status="indeterminate",
        since="2022-09-13",
        previous="amber",
        calculated="indeterminate",
        review_by=None,
        indeterminate_because=[{"code": "stale", "as_of": "2022-08-29", "stale_after": 14}],
        last_determinate={"status": "amber", "as_of": "2022-09-12"},
        permitted=[],
        not_permitted=every_refused(code="indeterminate"),
        data_quality=[{"code": "PF605"}],
    )


def no_return() -> Decision:
    return decision(
        status="indeterminate",
        since="2022-08-03",
        previous=None,
        calculated="indeterminate",
        review_by=None,
        calculated_since=None,
        step_on=None,
        returns=[],
        conditions=[],
        measures=[],
        fired=[],
        data_quality=[],
        indeterminate_because=[{"code": "no_return"}],
        last_determinate=None,
        permitted=[],
        not_permitted=every_refused(code="indeterminate"),
    )


def declaration(**changes: Any) -> Decision:
    made: Decision = {
        "status": "red",
        "from": "2022-08-29",
        "until": "2022-09-04",
        "by": "regional-director",
        "reason": "The office is flooded",
        "pdu": "york",
        "region": None,
        "renew": [],
        "days_without_break": 1,
        "in_force": True,
    }
    return {**made, **changes}


def raised() -> Decision:
    made = red()
    made.update(
        calculated="green",
        calculated_since="2022-08-03",
        since="2022-08-29",
        declared=declaration(renew=["home-visits", "team-meetings"]),
        conditions=green()["conditions"],
        measures=green()["measures"],
    )
    return made


def lowered() -> Decision:
    made = green()
    made.update(
        calculated="amber",
        conditions=amber()["conditions"],
        measures=amber()["measures"],
        declared=declaration(
            status="green", pdu=None, region="yorkshire-and-the-humber", days_without_break=35
        ),
    )
    return made


def overridden() -> Decision:
    made = red()
    made.update(declared=declaration(status="green", in_force=False))
    return made


def declared_over_unknown() -> Decision:
    made = unknown_figures()
    made.update(status="red", declared=declaration(pdu=None), permitted=red()["permitted"], not_permitted=[])
    return made


def suspended() -> Decision:
    return decision(
        status="suspended",
        since="2022-08-29",
        review_by=None,
        suspended={
            "from": "2022-08-29",
            "until": None,
            "by": "national-lead",
            "reason": "Other plans are in force",
            "pdu": None,
            "region": None,
        },
        permitted=[],
        not_permitted=every_refused(code="suspended"),
    )


def undeclared() -> Decision:
    return decision(
        status="undeclared",
        since="2022-08-03",
        previous=None,
        review_by=None,
        permitted=[],
        not_permitted=every_refused(code="undeclared"),
    )


def outstayed() -> Decision:
    return decision(outstayed=True, since="2022-05-30", calculated_since="2022-05-30")


def first_return() -> Decision:
    made = decision(first_return=True, previous=None, since="2022-08-29", calculated_since="2022-08-29")
    made["conditions"][0]["parts"][0]["run"] = 1
    return made


def waiting() -> Decision:
    """Below the trigger point for one week of two: green still."""
    made = green()
    made["conditions"] = conditions("82.5", "-5.5", "7.5", "-12.5", False, run=1)
    made["measures"] = measures("82.5")
    return made


def minimum_stay() -> Decision:
    made = held()
    made["conditions"][1].update(holds=True, run=2, value="96.0", distance="1")
    return made


def refusals() -> Decision:
    return decision(
        permitted=[],
        settings={**BASE["settings"], "withhold": ["team-meetings"]},
        not_permitted=[
            refused("home-visits", "Home visits", "amber", code="lapsed", on="2022-08-25"),
            refused(
                "home-visits", "Home visits", "red", code="condition_unknown", rule="x", missing=["caseload"]
            ),
            refused("team-meetings", "Team meetings", "amber", code="withheld", set_by="region"),
            refused("supervision-notes", "Supervision notes", "red", code="withheld", set_by="pdu"),
        ],
        data_quality=[
            {"code": "PF602"},
            {"code": "PF603", "input": "absent_fte[PO]"},
            {"code": "PF603", "input": "absent_fte[PSO]"},
            {"code": "PF604", "missed": 2},
            {"code": "PF607", "input": "caseload"},
            {"code": "PF608", "as_of": "2022-08-22"},
            {"code": "PF609", "trigger_point": "red_staffing"},
            {"code": "PF610", "effective": "2022-08-27"},
        ],
    )


def mapped() -> Decision:
    return decision(previous="yellow", data_quality=[{"code": "PF606", "from": "yellow", "to": "amber"}])


def synthetic() -> Decision:
    made = decision()
    made["returns"][0]["annotations"] = {
        "basis": "synthetic",
        "source": "Sample of this project",
        "note": "Seed 7",
    }
    return made


def public() -> Decision:
    made = decision()
    made["returns"][0]["annotations"] = {"basis": "public", "source": "Written answer, 25 January 2024"}
    return made


def no_settings() -> Decision:
    made = green()
    made["settings"].update(sha256=None, set_by=None, effective=None)
    made["settings"]["trigger_points"]["amber_staffing"].update(value="90", set_by="default")
    return made


def for_unit() -> Decision:
    made = decision()
    made["settings"]["trigger_points"]["amber_staffing"].update(set_by="pdu")
    return made


ALL: dict[str, Callable[[], Decision]] = {
    made.__name__: made
    for made in (
        amber,
        held,
        green,
        came_down,
        came_down_from_red,
        red,
        unknown_figures,
        grace,
        stale,
        no_return,
        raised,
        lowered,
        overridden,
        declared_over_unknown,
        suspended,
        undeclared,
        outstayed,
        first_return,
        waiting,
        minimum_stay,
        refusals,
        mapped,
        synthetic,
        public,
        no_settings,
        for_unit,
    )
}


def context(made: Decision) -> Explanation:
    """The words of a decision under the framework above."""
    return words_of(made, VERSION, ORGANISATION)
