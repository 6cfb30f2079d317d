"""A small framework and a register, for the tests of reports."""

from __future__ import annotations

import datetime
from typing import Any

from rules.model import Organisation, Version

VERSION_DOCUMENT: dict[str, Any] = {
    "format": 1,
    "framework": "sentence-management",
    "version": "phase-3-v8",
    "title": "Prioritisation Framework for Sentence Management, Phase 3 Version 8",
    "effective": datetime.date(2022, 8, 3),
    "sources": {
        "updates": {
            "title": "Prioritising Probation rolling updates",
            "published": datetime.date(2022, 8, 3),
        },
        "written-answer": {
            "title": "Written answer 172934, Probation staff",
            "published": datetime.date(2021, 3, 30),
            "url": "https://questions-statements.parliament.uk/",
        },
        "cja-2003": {"title": "Criminal Justice Act 2003, section 325"},
    },
    "returns": {"every": "7 days", "stale_after": "14 days", "grace": "14 days"},
    "first_return": "at_once",
    "activation": "automatic",
    "declarations": {"by": "regional-director", "may": ["raise", "lower"], "at_most": "28 days"},
    "lists": {"grade": {"PO": "Probation officer", "PSO": "Probation services officer"}},
    "inputs": {
        "required_fte": {"title": "Required staff", "unit": "FTE", "decimals": 2, "per": "grade"},
        "in_post_fte": {"title": "Staff in post", "unit": "FTE", "decimals": 2, "per": "grade"},
        "absent_fte": {"title": "Absent", "unit": "FTE", "decimals": 2, "per": "grade", "default": 0},
        "wmt_points": {"title": "Workload points", "unit": "points", "carry_forward": "14 days"},
        "wmt_available": {"title": "Available points", "unit": "points", "carry_forward": "14 days"},
        "caseload": {"title": "Caseload", "unit": "cases"},
        "local_alert": {"title": "Local alert", "values": ["none", "high", "very-high"], "default": "none"},
    },
    "measures": {
        "staffing": {
            "title": "Staffing available against target",
            "unit": "percent",
            "decimals": 1,
            "formula": "100 * (in_post_fte[PO, PSO] - absent_fte[PO, PSO]) / required_fte[PO, PSO]",
        },
        "workload": {
            "title": "Workload",
            "unit": "percent",
            "decimals": 2,
            "formula": "100 * wmt_points / wmt_available",
        },
    },
    "trigger_points": {
        "amber_staffing": {
            "title": "Amber staffing",
            "default": 90,
            "unit": "percent",
            "basis": "illustrative",
        },
        "red_staffing": {"title": "Red staffing", "default": 75, "unit": "percent", "basis": "illustrative"},
    },
    "statuses": [
        {
            "id": "green",
            "title": "Green",
            "colour": "green",
            "meaning": "Every activity is delivered in full.",
        },
        {
            "id": "amber",
            "title": "Amber",
            "colour": "amber",
            "minimum_stay": "14 days",
            "review_every": "7 days",
            "outstays_after": "84 days",
            "enter": {"any": []},
            "exit": {"staffing": {"at_least": 95}},
        },
        {"id": "red", "title": "Red", "colour": "red", "enter": {"any": []}, "binding": True},
    ],
    "parts": {
        "contact": "Contact and home visits",
        "risk": "Risk and safeguarding",
        "office": "Office and meetings",
    },
    "cohorts": {"mappa": "Cases managed under MAPPA", "very-high-rosh": "Very high risk of serious harm"},
    "activities": [
        {
            "id": "home-visits",
            "title": "Home visits",
            "part": "contact",
            "usual": "Home visits as the Home Visits Policy Framework sets out",
            "reductions": [
                {
                    "from": "amber",
                    "strength": "may",
                    "do": "Visit as National Standards say",
                    "source": "updates",
                },
                {
                    "from": "red",
                    "strength": "must",
                    "do": "Visit only where risk asks for it.",
                    "source": "updates",
                },
            ],
        },
        {
            "id": "mappa-level-2-3",
            "title": "MAPPA level 2 and 3 meetings",
            "part": "risk",
            "mandatory": {
                "because": "The authorities must co-operate in managing risk.",
                "source": "cja-2003",
            },
        },
        {
            "id": "safeguarding",
            "title": "Safeguarding checks",
            "part": "risk",
            "mandatory": {"because": "Children must be kept safe"},
        },
        {
            "id": "team-meetings",
            "title": "Team meetings",
            "part": "office",
            "reductions": [{"from": "amber", "strength": "consider", "do": "Meet every two weeks"}],
        },
        {
            "id": "supervision-notes",
            "title": "Supervision notes",
            "part": "office",
            "reductions": [{"from": "red", "strength": "should", "do": "Write short notes."}],
        },
    ],
}
ORGANISATION_DOCUMENT: dict[str, Any] = {
    "format": 1,
    "unit": {"one": "PDU", "many": "PDUs"},
    "group": {"one": "region", "many": "regions"},
    "regions": [{"id": "yorkshire-and-the-humber", "name": "Yorkshire and the Humber"}],
    "pdus": [{"id": "york", "name": "York", "region": "yorkshire-and-the-humber"}],
}

VERSION = Version.model_validate(VERSION_DOCUMENT)
ORGANISATION = Organisation.model_validate(ORGANISATION_DOCUMENT)
