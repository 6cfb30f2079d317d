"""The parts of a decision document as JSON Schema."""

from __future__ import annotations

from engine.decision_schema._writing import (
    a_day,
    closed,
    codes,
    day_or_null,
    keys,
    list_of,
    or_null,
    ref_or_null,
    says,
    texts,
)
from rules.schema import Schema, described, ref

BASES = ["published", "illustrative"]

_RULE = says("The rule, by its path, as in enter.amber.0.")
_MISSING = texts("The figures that are not known.")
_INPUT = says("The figure, as in wmt_points or in_post_fte[PO].")
_RETURN_DAY = a_day("The day of the return.")
_CHILD = says("The unit, or the region where regions are the children, by its id.")
_CHANGE_DAY = a_day("The day from which on this is so.")

_SCOPE: dict[str, Schema] = {
    "pdu": or_null("The unit that it is for; null where it is for more."),
    "region": or_null("The region that it is for; null where it is for a unit or for everyone."),
}
"""Whom a declaration or a suspension is for."""

_NODE: dict[str, Schema] = {
    "rule": _RULE,
    "holds": says("Whether it holds; null where that is unknown.", ["boolean", "null"]),
    "run": says(
        "For how many returns' periods it has held; null without a duration, or where unknown.",
        ["integer", "null"],
        minimum=0,
    ),
    "needs": says(
        "For how many periods it must hold; null without a duration.", ["integer", "null"], minimum=1
    ),
    "source": or_null("Where its numbers are published, by the id of the source."),
    "basis": or_null("Whether its numbers are published or illustrative.", enum=[*BASES, None]),
    "note": or_null("The remark that the framework makes on it."),
    "line": says("Its line in the framework's text; null where it has none.", ["integer", "null"], minimum=1),
    "kind": says("At a root: what the condition is for.", enum=["enter", "exit", "when"]),
    "status": says("At a root: the status, or the status from which the reduction is permitted."),
    "activity": says("At a root for a reduction: the activity."),
}
_OF_ROOTS = ("kind", "status", "activity")

DEFINITIONS: dict[str, Schema] = {
    "Day": described(
        "Day", "A day, as in 2022-08-03.", type="string", pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
    ),
    "Hash": described("Hash", "A SHA-256 hash.", type="string", pattern="^sha256:[0-9a-f]{64}$"),
    "Decimal": described(
        "Decimal", "An exact number as text.", type="string", pattern=r"^-?(0|[1-9][0-9]*)(\.[0-9]+)?$"
    ),
    "Condition": described(
        "Condition", "A group of conditions or one comparison.", anyOf=[ref("Group"), ref("Comparison")]
    ),
    "Group": closed(
        "Group",
        "Conditions combined.",
        {
            **_NODE,
            "op": says("How its parts are combined.", enum=["any", "all", "none", "count"]),
            "at_least": says("For count: how many parts must hold.", "integer", minimum=1),
            "parts": list_of("Its parts, in the order of the framework.", "Condition"),
            "implicit": says("True where the framework leaves it out: that enter does not hold.", "boolean"),
        },
        *(*_OF_ROOTS, "at_least", "implicit"),
    ),
    "Comparison": closed(
        "Comparison",
        "A measure or input and what it is compared with.",
        {
            **_NODE,
            "measure": says("The measure or input, as in staffing or in_post_fte[PO]."),
            "comparator": says(
                "How it is compared.",
                enum=["below", "at_most", "above", "at_least", "is", "one_of", "none_of"],
            ),
            "threshold": {
                "description": "A number, a category or categories to compare with; null where unknown.",
                "type": ["string", "array", "null"],
                "items": {"type": "string"},
            },
            "from": or_null("The trigger point, measure or input that gives the threshold, if one does."),
            "value": or_null("The value; null where it is unknown."),
            "distance": ref_or_null(
                "Decimal", "The value less the threshold; null for categories and where unknown."
            ),
        },
        *_OF_ROOTS,
    ),
    "Measure": keys(
        "Measure",
        "A figure computed from inputs.",
        id=says("The name of the measure."),
        title=says("What the measure is called."),
        value=ref_or_null("Decimal", "The value with all its decimals; null where it is unknown."),
        unit=or_null("What it is counted in."),
        formula=or_null("The formula; null for points."),
        points=or_null("What the points are given for; null for a formula."),
        inputs=says(
            "Every figure that the measure rests on, by its key.", "object", additionalProperties=ref("Input")
        ),
        missing=_MISSING,
    ),
    "Input": keys(
        "Input",
        "A figure as it counted.",
        value=or_null("The number or category; null where it is unknown."),
        as_of=day_or_null("The day of the return that gave it; null where none did."),
        how=says(
            "How it was found; unfit means that this version does not take the figure that was given.",
            enum=["given", "carried", "default", "missing", "unfit"],
        ),
    ),
    "TriggerPoint": keys(
        "Trigger point",
        "The number of a trigger point as it decided.",
        value=ref("Decimal", description="The number that counted."),
        default=ref("Decimal", description="The number that counts where nobody sets another."),
        set_by=says("Who set the number.", enum=["default", "region", "pdu"]),
        basis=says("Whether the number is published or illustrative.", enum=BASES),
    ),
    "Return": keys(
        "Return",
        "A return that the decision rests on.",
        as_of=_RETURN_DAY,
        recorded_at=or_null("When the return was recorded; null outside the ledger."),
        sha256=ref("Hash", description="The hash of the facts of the return."),
        annotations=says(
            "What the return says of itself: source, basis and note; it decides nothing.",
            "object",
            additionalProperties={"type": "string"},
        ),
    ),
    "Declaration": keys(
        "Declaration",
        "A status that a person declared.",
        status=says("The status declared."),
        **{"from": a_day("The first day."), "until": a_day("The last day.")},
        by=says("The role of the person."),
        reason=says("Why it was declared."),
        **_SCOPE,
        renew=texts("The activities whose reductions it starts again."),
        days_without_break=says("For how many days a status has been declared.", "integer", minimum=0),
        in_force=says("False where another status is active in spite of it.", "boolean"),
    ),
    "Suspension": keys(
        "Suspension",
        "The framework set aside by a person.",
        **{"from": a_day("The first day."), "until": day_or_null("The last day; null until further notice.")},
        by=says("The role of the person."),
        reason=says("Why it was set aside."),
        **_SCOPE,
    ),
    "Permitted": keys(
        "Permitted reduction",
        "A reduction that is permitted and stands.",
        activity=says("The activity, by its id."),
        title=says("What the activity is called."),
        **{"from": says("The status from which on it is permitted.")},
        strength=says("How strongly it is meant.", enum=["may", "should", "must", "consider"]),
        do=says("What is done instead of the usual work."),
        floor=or_null("What is done at the least."),
        **{"except": texts("The cohorts that it must not touch.")},
        only=texts("The cohorts that it is limited to; empty where it is not."),
        since=a_day("The first day on which it was permitted."),
        review_by=day_or_null("The day by which it is to be reviewed."),
        ends=day_or_null("The first day without it, as things stand."),
        releases={
            "description": "The time that it releases; empty where the framework does not say.",
            "anyOf": [{"type": "object", "maxProperties": 0}, ref("Releases")],
        },
        source=or_null("The source that it rests on, by its id."),
    ),
    "Releases": keys(
        "Releases",
        "The time that a reduction releases.",
        minutes=ref("Decimal", description="How many minutes for each unit of the input."),
        per=says("The input that is multiplied."),
        every=says("The period.", enum=["day", "week", "month", "quarter", "year"]),
        basis=says("Whether the number is published or illustrative.", enum=BASES),
        source=or_null("Where the number is published, by the id of the source."),
    ),
    "Protected": keys(
        "Protected activity",
        "An activity that must always be done.",
        activity=says("The activity, by its id."),
        title=says("What the activity is called."),
        because=says("Why it must be done."),
        source=or_null("The law or policy that says so, by the id of the source."),
    ),
    "NotPermitted": keys(
        "Reduction that is not permitted",
        "A reduction that does not stand, and why.",
        activity=says("The activity, by its id."),
        title=says("What the activity is called."),
        **{"from": says("The status from which on it would be permitted.")},
        because=ref("NotPermittedBecause", description="Why it is not permitted."),
    ),
    "NotPermittedBecause": codes(
        "Why not",
        "Why a reduction is not permitted.",
        {
            "below_status": ("The status is less severe.", {"needs": says("The status that it needs.")}),
            "condition_false": ("Its condition does not hold.", {"rule": _RULE}),
            "condition_unknown": ("Its condition is unknown.", {"rule": _RULE, "missing": _MISSING}),
            "withheld": ("The region withholds it.", {"set_by": or_null("The role that withholds it.")}),
            "lapsed": ("It has lapsed.", {"on": a_day("The first day without it.")}),
            "superseded": (
                "Another one stands.",
                {"by": says("The status from which the other is permitted.")},
            ),
            "suspended": ("The framework is suspended.", {}),
            "undeclared": ("Nobody has declared a status.", {}),
            "indeterminate": ("No one status follows from the figures.", {}),
        },
    ),
    "IndeterminateBecause": codes(
        "Why indeterminate",
        "Why no one status follows.",
        {
            "no_return": ("There is no return.", {}),
            "stale": (
                "The newest return is too old.",
                {
                    "as_of": _RETURN_DAY,
                    "stale_after": says("After how many days a return is too old.", "integer", minimum=1),
                },
            ),
            "unknown_condition": ("A condition is unknown.", {"rule": _RULE, "missing": _MISSING}),
            "could_be": (
                "Several statuses are possible.",
                {"statuses": texts("The statuses, by their ids.")},
            ),
        },
    ),
    "DataQuality": codes(
        "Note on the data",
        "What the data lacked.",
        {
            "PF601": ("An earlier figure counted.", {"input": _INPUT, "as_of": _RETURN_DAY}),
            "PF602": ("An identical row was ignored.", {"as_of": _RETURN_DAY}),
            "PF603": ("The default counted.", {"input": _INPUT, "as_of": _RETURN_DAY}),
            "PF604": (
                "Returns are missing before this one.",
                {"missed": says("How many are missing.", "integer", minimum=1), "as_of": _RETURN_DAY},
            ),
            "PF605": ("The newest return is too old.", {"as_of": _RETURN_DAY}),
            "PF606": (
                "A status is gone, and another took its place.",
                {"from": says("The status that is gone."), "to": says("The status that took its place.")},
            ),
            "PF607": ("The version does not take the figure given.", {"input": _INPUT, "as_of": _RETURN_DAY}),
            "PF608": ("Rows that are wrong were left out.", {"as_of": day_or_null("The day of the rows.")}),
            "PF609": (
                "The version does not take the number that the region set.",
                {"trigger_point": says("The trigger point, by its name.")},
            ),
            "PF610": (
                "New settings count from the next return on.",
                {"effective": a_day("The day on which the settings begin.")},
            ),
            "PF611": (
                "Of a parent: a child has no return that counts.",
                {"unit": _CHILD, "as_of": _CHANGE_DAY},
            ),
            "PF612": (
                "Of a parent: a child lacks figures.",
                {
                    "unit": _CHILD,
                    "inputs": texts("The figures and measures that it lacks."),
                    "as_of": _CHANGE_DAY,
                },
            ),
            "PF613": (
                "Of a parent: a child has no clear status.",
                {"unit": _CHILD, "as_of": _CHANGE_DAY},
            ),
        },
    ),
}
