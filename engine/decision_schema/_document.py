"""A decision document as JSON Schema."""

from __future__ import annotations

from engine.decision import SCHEMA
from engine.decision_schema._writing import (
    a_day,
    day_or_null,
    keys,
    list_of,
    or_null,
    ref_or_null,
    says,
    texts,
)
from rules.schema import Schema, ref

_ROOT_CONDITIONS = says(
    "Every condition of the framework, as it was judged.",
    "array",
    items={"allOf": [ref("Condition"), {"required": ["kind", "status"]}]},
)

DECISION: Schema = keys(
    "Decision",
    "The whole answer for one unit on one day, with its reasons. Numbers are texts, days are ISO days.",
    schema=says("The edition of this document.", "integer", const=SCHEMA),
    id=ref("Hash", description="The hash of the decision's facts: all but id, decided_at and asked."),
    decided_at=or_null("When the decision was made; null where that is not recorded."),
    asked=keys(
        "Asked",
        "What the caller gave.",
        as_of=day_or_null("The day asked for; null where none was named."),
        known_at=or_null("The moment as known at which was asked; null for now."),
    ),
    pdu=keys(
        "Unit",
        "The unit decided for.",
        id=says("Its id."),
        name=says("What it is called."),
        region=says("Its region, by id."),
    ),
    as_of=a_day("The day decided for."),
    framework=keys(
        "Framework",
        "The version that judged.",
        id=says("The id of the framework."),
        version=says("The name of the version."),
        title=says("What the version is called."),
        sha256=ref("Hash", description="The hash of the version's text."),
    ),
    settings=keys(
        "Settings",
        "What the region set for the unit.",
        sha256=ref_or_null("Hash", "The hash of the region's entry; null where there is none."),
        set_by=or_null("The role that set it."),
        effective=day_or_null("The day from which on it is in force."),
        withhold=texts("The activities whose reductions are withheld."),
        trigger_points=says(
            "The trigger points by name.", "object", additionalProperties=ref("TriggerPoint")
        ),
    ),
    returns=list_of("The newest return and those that gave figures carried forward, newest first.", "Return"),
    step_on=day_or_null("The day on which the figures were last judged."),
    first_return=says("Whether durations were left out, as at a first return.", "boolean"),
    status=says("The active status, or indeterminate, undeclared or suspended."),
    since=a_day("The day on which the active status began."),
    previous=or_null("The active status before it; null where there was none."),
    calculated=says("The calculated status, or indeterminate."),
    calculated_since=day_or_null("The day on which the calculated status began."),
    declared=ref_or_null("Declaration", "The declaration that is in force; null where there is none."),
    suspended=ref_or_null("Suspension", "The suspension that is in force; null where there is none."),
    outstayed=says("Whether the status has lasted longer than it should.", "boolean"),
    review_by=day_or_null("The day by which the status is to be reviewed."),
    indeterminate_because=list_of("Why no one status follows; empty where one does.", "IndeterminateBecause"),
    last_determinate={
        "description": "The last day on which one status followed; null where there was none.",
        "anyOf": [
            keys(
                "Last determinate",
                "The calculated status of the last day on which there was one.",
                status=says("The calculated status."),
                as_of=a_day("The day."),
            ),
            {"type": "null"},
        ],
    },
    measures=list_of("Every measure, with the figures that it rests on.", "Measure"),
    conditions=_ROOT_CONDITIONS,
    permitted=list_of("The reductions that are permitted and stand.", "Permitted"),
    protected=list_of("Everything that must always be done.", "Protected"),
    not_permitted=list_of("The reductions that do not stand, and why.", "NotPermitted"),
    fired=texts("The rules in the order in which they fired."),
    data_quality=list_of("What the data lacked.", "DataQuality"),
)
