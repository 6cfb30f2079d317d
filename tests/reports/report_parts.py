"""The parts that decisions of the tests are put together from."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.reports.report_framework import VERSION_DOCUMENT

Decision = dict[str, Any]


def leaf(
    rule: str, measure: str, comparator: str, threshold: Any, value: str | None, **more: Any
) -> Decision:
    """A comparison of a decision; `distance` is for the test's author to give."""
    node = {
        "rule": rule,
        "measure": measure,
        "comparator": comparator,
        "threshold": threshold,
        "from": None,
        "value": value,
        "distance": None,
        "holds": None,
        "run": None,
        "needs": None,
        "source": None,
        "basis": "illustrative",
        "note": None,
        "line": 66,
    }
    return {**node, **more}


def group(rule: str, op: str, holds: bool | None, parts: list[Decision], **more: Any) -> Decision:
    """A group of a decision."""
    node = {
        "rule": rule,
        "op": op,
        "holds": holds,
        "run": None,
        "needs": None,
        "parts": parts,
        "source": None,
        "basis": None,
        "note": None,
        "line": 60,
    }
    return {**node, **more}


def apart(value: str | None, threshold: str) -> str | None:
    """The distance as a decision writes it."""
    return None if value is None else number_text(Decimal(value) - Decimal(threshold))


def number_text(value: Decimal) -> str:
    """A number in its shortest form."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def conditions(
    staffing: str | None,
    amber_by: str | None,
    red_by: str | None,
    exit_by: str | None,
    amber: bool | None,
    **more: Any,
) -> list[Decision]:
    """The conditions of the framework above, as far as staffing decides them."""
    known = staffing is not None
    workload: str | None = more.get("workload", "104.50")
    over: Decision = {"holds": None, "run": None} if workload is None else {"holds": False, "run": 0}
    return [
        group(
            "enter.amber",
            "any",
            amber,
            [
                leaf(
                    "enter.amber.0",
                    "staffing",
                    "below",
                    "88",
                    staffing,
                    distance=amber_by,
                    holds=amber,
                    **{"from": "amber_staffing"},
                    run=more.get("run", 2) if known else None,
                    needs=2,
                ),
                leaf(
                    "enter.amber.1",
                    "workload",
                    "above",
                    "110",
                    workload,
                    distance=apart(workload, "110"),
                    holds=over["holds"],
                    run=over["run"],
                    needs=4,
                    source="written-answer",
                    basis="published",
                    line=69,
                ),
            ],
            kind="enter",
            status="amber",
        ),
        leaf(
            "exit.amber",
            "staffing",
            "at_least",
            "95",
            staffing,
            distance=exit_by,
            holds=False if known else None,
            run=0 if known else None,
            needs=2,
            kind="exit",
            status="amber",
            line=75,
        ),
        group(
            "enter.red",
            "any",
            False if known else None,
            [
                leaf(
                    "enter.red.0",
                    "staffing",
                    "below",
                    "75",
                    staffing,
                    distance=red_by,
                    holds=False if known else None,
                    **{"from": "red_staffing"},
                    run=0 if known else None,
                    needs=2,
                ),
                group(
                    "enter.red.1",
                    "count",
                    False,
                    [
                        leaf(
                            "enter.red.1.0",
                            "local_alert",
                            "one_of",
                            ["high", "very-high"],
                            "none",
                            holds=False,
                        ),
                        leaf(
                            "enter.red.1.1",
                            "workload",
                            "above",
                            "125",
                            workload,
                            distance=apart(workload, "125"),
                            holds=over["holds"],
                        ),
                    ],
                    at_least=2,
                ),
            ],
            kind="enter",
            status="red",
        ),
        {
            "rule": "exit.red",
            "op": "none",
            "parts": [],
            "implicit": True,
            "holds": True,
            "run": None,
            "needs": None,
            "kind": "exit",
            "status": "red",
            "source": None,
            "basis": None,
            "note": None,
            "line": 80,
        },
        leaf(
            "when.home-visits.amber",
            "staffing",
            "below",
            "85",
            staffing,
            distance=more.get("when_by", "-2.5"),
            holds=more.get("when", True if known else None),
            kind="when",
            activity="home-visits",
            line=95,
            **{"from": "amber"},
        ),
    ]


HOME_VISITS: Decision = {
    "activity": "home-visits",
    "title": "Home visits",
    "from": "amber",
    "strength": "may",
    "do": "Undertake home visits in line with National Standards as a minimum.",
    "floor": "National Standards",
    "except": ["mappa", "very-high-rosh"],
    "only": [],
    "since": "2022-08-22",
    "review_by": "2022-09-19",
    "ends": "2022-11-14",
    "releases": {"minutes": "60", "per": "caseload", "every": "month", "basis": "illustrative"},
    "source": "updates",
}
TEAM_MEETINGS: Decision = {
    "activity": "team-meetings",
    "title": "Team meetings",
    "from": "amber",
    "strength": "consider",
    "do": "Meet every two weeks",
    "floor": None,
    "except": [],
    "only": ["mappa"],
    "since": "2022-08-22",
    "review_by": None,
    "ends": None,
    "releases": {},
    "source": None,
}
PROTECTED: list[Decision] = [
    {
        "activity": "mappa-level-2-3",
        "title": "MAPPA level 2 and 3 meetings",
        "because": "The authorities must co-operate in managing risk.",
        "source": "cja-2003",
    },
    {
        "activity": "safeguarding",
        "title": "Safeguarding checks",
        "because": "Children must be kept safe",
        "source": None,
    },
]


def refused(activity: str, title: str, from_: str, **because: Any) -> Decision:
    """An entry of `not_permitted`."""
    return {"activity": activity, "title": title, "from": from_, "because": because}


RED_ONLY = [
    refused("home-visits", "Home visits", "red", code="below_status", needs="red"),
    refused("supervision-notes", "Supervision notes", "red", code="below_status", needs="red"),
]


def every_refused(**because: Any) -> list[Decision]:
    """Every reduction, refused for one reason."""
    return [
        refused("home-visits", "Home visits", "amber", **because),
        refused("home-visits", "Home visits", "red", **because),
        refused("team-meetings", "Team meetings", "amber", **because),
        refused("supervision-notes", "Supervision notes", "red", **because),
    ]


BELOW = [{**entry, "because": {"code": "below_status", "needs": entry["from"]}} for entry in every_refused()]


def measures(staffing: str | None, workload: str | None = "104.50") -> list[Decision]:
    """The measures and the figures that they rest on."""
    given = {"as_of": "2022-08-29", "how": "given"}
    gone = {"value": None, "as_of": None, "how": "missing"}
    return [
        {
            "id": "staffing",
            "title": "Staffing available against target",
            "value": staffing,
            "unit": "percent",
            "formula": VERSION_DOCUMENT["measures"]["staffing"]["formula"],
            "points": None,
            "inputs": {
                "in_post_fte[PO]": {"value": "13", **given} if staffing else gone,
                "absent_fte[PO]": {"value": "0", "as_of": None, "how": "default"},
                "required_fte[PO]": {"value": "20", **given},
            },
            "missing": [] if staffing else ["in_post_fte[PO]", "in_post_fte[PSO]"],
        },
        {
            "id": "workload",
            "title": "Workload",
            "value": workload,
            "unit": "percent",
            "formula": "100 * wmt_points / wmt_available",
            "points": None,
            "inputs": {
                "wmt_points": {"value": "41800", "as_of": "2022-08-22", "how": "carried"}
                if workload
                else gone,
                "wmt_available": {"value": "40000", **given},
            },
            "missing": [] if workload else ["wmt_points"],
        },
    ]


BASE: Decision = {
    "schema": 1,
    "id": "sha256:" + "0d" * 32,
    "decided_at": "2022-08-29T09:30:00Z",
    "asked": {"as_of": None, "known_at": None},
    "pdu": {"id": "york", "name": "York", "region": "yorkshire-and-the-humber"},
    "as_of": "2022-08-29",
    "framework": {
        "id": "sentence-management",
        "version": "phase-3-v8",
        "title": VERSION_DOCUMENT["title"],
        "sha256": "sha256:" + "1e" * 32,
    },
    "settings": {
        "sha256": "sha256:" + "2f" * 32,
        "set_by": "Regional Probation Director, Yorkshire and the Humber",
        "effective": "2022-08-15",
        "withhold": [],
        "trigger_points": {
            "amber_staffing": {"value": "88", "default": "90", "set_by": "region", "basis": "illustrative"},
            "red_staffing": {"value": "75", "default": "75", "set_by": "default", "basis": "illustrative"},
        },
    },
    "returns": [
        {"as_of": "2022-08-29", "recorded_at": None, "sha256": "sha256:" + "3a" * 32, "annotations": {}},
    ],
    "status": "amber",
    "since": "2022-08-22",
    "previous": "green",
    "calculated": "amber",
    "calculated_since": "2022-08-22",
    "declared": None,
    "suspended": None,
    "outstayed": False,
    "review_by": "2022-09-05",
    "indeterminate_because": [],
    "last_determinate": {"status": "amber", "as_of": "2022-08-29"},
    "first_return": False,
    "step_on": "2022-08-29",
    "measures": measures("82.5"),
    "conditions": conditions("82.5", "-5.5", "7.5", "-12.5", True),
    "permitted": [HOME_VISITS, TEAM_MEETINGS],
    "protected": PROTECTED,
    "not_permitted": RED_ONLY,
    "fired": ["enter.amber.0", "enter.amber", "status.amber", "permit.home-visits.amber"],
    "data_quality": [{"code": "PF601", "input": "wmt_points", "as_of": "2022-08-22"}],
}
