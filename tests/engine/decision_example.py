"""A framework that uses much of the format, for decisions worked out by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tests.engine.engine_kit import GREEN, MAPPA, day, version

RICH: dict[str, Any] = version(
    sources={"answer": {"title": "Written answer"}, "updates": {"title": "Updates"}},
    lists={"grade": {"PO": "Officer", "PSO": "Services officer"}},
    inputs={
        "required": {"decimals": 2, "per": "grade"},
        "in_post": {"decimals": 2, "per": "grade"},
        "absent": {"decimals": 2, "per": "grade", "default": 0},
        "wmt": {"decimals": 0, "carry_forward": "14 days"},
        "available": {"decimals": 0, "carry_forward": "14 days"},
        "alert": {"values": ["none", "high"], "default": "none"},
    },
    measures={
        "staffing": {
            "title": "Staffing",
            "unit": "percent",
            "decimals": 1,
            "formula": "100 * (in_post[PO, PSO] - absent[all]) / required[all]",
        },
        "workload": {"unit": "percent", "decimals": 2, "formula": "100 * wmt / available"},
        "pressure": {
            "decimals": 0,
            "points": {"of": "staffing", "bands": [{"below": 85, "give": 2}], "otherwise": 0},
        },
    },
    trigger_points={
        "amber_staffing": {
            "default": Decimal("90.00"),
            "regions": {"from": 80, "to": 95},
            "basis": "published",
            "source": "updates",
        },
        "heavy": {"default": 130, "basis": "published", "source": "updates"},
    },
    statuses=[
        GREEN,
        {
            "id": "amber",
            "title": "Amber",
            "enter": {
                "any": [
                    {"staffing": {"below": "amber_staffing"}, "for": "2 weeks", "note": "A note."},
                    {"workload": {"above": 110}, "for": "4 weeks", "source": "answer", "basis": "published"},
                    {"all": [{"alert": {"is": "high"}}, {"pressure": {"at_least": 2}}], "source": "updates"},
                    {
                        "count": {
                            "at_least": 2,
                            "of": [{"workload": {"above": "staffing"}}, {"in_post[PO]": {"at_most": 18}}],
                        }
                    },
                ]
            },
            "exit": {"staffing": {"at_least": 95}, "for": "2 weeks"},
            "review_every": "28 days",
        },
        {
            "id": "red",
            "title": "Red",
            "enter": {
                "all": [
                    {"workload": {"above": "heavy"}},
                    {"alert": {"one_of": ["none", "high"]}, "for": "9 weeks"},
                ]
            },
        },
    ],
    cohorts={"mappa-cases": "MAPPA"},
    activities=[
        {
            "id": "visits",
            "title": "Home visits",
            "reductions": [
                {
                    "from": "amber",
                    "strength": "may",
                    "do": "Fewer visits.",
                    "floor": "National Standards",
                    "except": ["mappa-cases"],
                    "when": {"staffing": {"below": 85}},
                    "releases": {
                        "minutes": Decimal("60.50"),
                        "per": "wmt",
                        "every": "month",
                        "basis": "illustrative",
                    },
                    "review_every": "14 days",
                    "lapses_after": "84 days",
                    "source": "updates",
                },
                {"from": "red", "strength": "must", "do": "None."},
            ],
        },
        {
            "id": "letters",
            "reductions": [
                {"from": "amber", "strength": "may", "do": "x", "when": {"workload": {"above": 110}}}
            ],
        },
        {"id": "courses", "reductions": [{"from": "amber", "strength": "may", "do": "x"}]},
        MAPPA | {"mandatory": {"because": "The law asks for it.", "source": "answer"}},
    ],
)
FIGURES = {
    "required[PO]": 20,
    "required[PSO]": 20,
    "in_post[PO]": 18,
    "in_post[PSO]": 15,
    "wmt": 41230,
    "available": 40000,
}
ENTRY = {
    "effective": day("08-01"),
    "set_by": "The director",
    "trigger_points": {"amber_staffing": 88},
    "withhold": ["courses"],
}
