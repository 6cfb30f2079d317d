"""May this be reduced for such a case: the answer over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.http.models.fields import Day, Told
from api.http.models.status import DECISION, ISO_DAY

EXAMPLE: dict[str, Any] = {
    "answer": "limited",
    "pdu": "york",
    "as_of": "2022-08-29",
    "status": "amber",
    "activity": "home-visits",
    "title": "Home visits",
    "cohorts": ["new-to-supervision"],
    "do": "Undertake home visits in line with National Standards as a minimum.",
    "floor": "National Standards",
    "from": "amber",
    "until": "2022-11-13",
    "review_by": "2022-09-19",
    "strength": "may",
    "usual": "Home visits as the Home Visits Policy Framework sets out.",
    "except": ["mappa", "very-high-rosh"],
    "only": [],
    "because": {
        "code": "within_limits",
        "limits": [{"code": "floor"}, {"code": "lapses", "until": "2022-11-13"}],
    },
    "source": {"id": "updates", "title": "Rolling updates", "published": "2022-08-03", "url": None},
    "decision": "sha256:" + "0f" * 32,
}


class Limit(Told):
    """Something to mind where a reduction is permitted within limits."""

    code: Literal["cohort_not_given", "floor", "lapses", "grace", "declared"] = Field(
        description="`cohort_not_given`: look whether the case is among `except` or `only`; `floor`: no less than "
        "`floor`; `lapses`, `grace`, `declared`: it ends, because its time is over, because the status is not known, "
        "or with a declaration."
    )
    until: Day | None = Field(default=None, description="The last day, where the limit has one.")


class MayBecause(Told):
    """Why the answer is what it is. Which other keys there are depends on the code."""

    code: Literal[
        "permitted",
        "within_limits",
        "mandatory",
        "excepted",
        "not_among",
        "no_reduction",
        "below_status",
        "withheld",
        "lapsed",
        "condition_false",
        "condition_unknown",
        "superseded",
        "suspended",
        "undeclared",
        "indeterminate",
    ]
    limits: list[Limit] | None = Field(default=None, description="With `within_limits`: what to mind.")
    because: str | None = Field(default=None, description="With `mandatory`: why it must be done.")
    cohorts: list[str] | None = Field(
        default=None,
        description="With `excepted`: those that spare the case; with `not_among`: those it is for.",
    )
    from_: str | None = Field(
        default=None,
        alias="from",
        description="The status from which on the reduction begins that is told of.",
    )
    needs: str | None = Field(default=None, description="With `below_status`: the status that it takes.")
    set_by: str | None = Field(default=None, description="With `withheld`: who has taken it away.")
    on: Day | None = Field(default=None, description="With `lapsed`: the first day without it.")
    rule: str | None = Field(default=None, description="The rule of the condition that does not hold.")
    missing: list[str] | None = Field(
        default=None, description="With `condition_unknown`: figures not given."
    )
    by: str | None = Field(default=None, description="With `superseded`: the status of the one that stands.")


class CitedSource(Told):
    """Where a rule comes from."""

    id: str
    title: str
    published: Day | None
    url: str | None


class May(Told):
    """Whether an activity may be reduced for a case."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_extra={"examples": [EXAMPLE]})

    answer: Literal["yes", "no", "limited"] = Field(
        description="`limited`: yes, and `because` says what to mind."
    )
    pdu: str
    as_of: str = Field(pattern=ISO_DAY, description="The day that the answer is for.")
    status: str = Field(
        description="A status of the framework, or `indeterminate`, `undeclared` or `suspended`."
    )
    activity: str
    title: str = Field(description="What the activity is called.")
    cohorts: list[str] | None = Field(
        description="The cohorts that the case is in; empty: in none; null: it was not said in which."
    )
    do: str | None = Field(description="What may be done instead; null where the answer is no.")
    floor: str | None = Field(description="What must be done at the least.")
    from_: str | None = Field(alias="from", description="The status from which on the reduction begins.")
    until: str | None = Field(
        pattern=ISO_DAY,
        description="The last day on which it is permitted, as things stand; null: no day is set.",
    )
    review_by: str | None = Field(pattern=ISO_DAY, description="The day by which it is to be reviewed.")
    strength: Literal["may", "should", "must", "consider"] | None
    usual: str | None = Field(description="How the activity is done when nothing is reduced.")
    except_: list[str] = Field(alias="except", description="The cohorts that the reduction spares.")
    only: list[str] = Field(description="The cohorts that it is limited to.")
    because: MayBecause
    source: CitedSource | None = Field(description="The law, policy or text that it rests on.")
    decision: str = Field(pattern=DECISION, description="The decision that says so, by its id.")
