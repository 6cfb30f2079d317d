"""What counts where a key is left out, in words: for the reference of the format."""

from __future__ import annotations

from pydantic import BaseModel

from rules.model import (
    Activity,
    Expectation,
    Input,
    Measure,
    Pdu,
    Reduction,
    Status,
    Suspension,
    TriggerPoint,
    Version,
)
from rules.model.rollup import CountryRules, ParentRules, ParentStatus, Rollup
from rules.model.version import DeclarationRules, Guarantee, Releases, ReturnRules, Steps
from rules.model.view import View, ViewFigure
from rules.schema._mapping import MAPPING_LEFT_OUT

LEFT_OUT: dict[tuple[type[BaseModel], str], str] = {
    (Version, "until"): "until the next version begins",
    (Version, "declarations"): "nobody may declare",
    (Version, "steps"): "any number of levels",
    (ReturnRules, "longest_gap"): "as `stale_after`",
    (DeclarationRules, "at_most"): "any length",
    (Steps, "down"): "any number",
    (Steps, "up"): "any number",
    (Input, "title"): "the input's name",
    (Input, "per"): "one figure",
    (Input, "minimum"): "no lower limit",
    (Input, "maximum"): "no upper limit",
    (Input, "carry_forward"): "earlier figures do not count",
    (Input, "default"): "a missing figure is unknown",
    (Input, "values"): "the input is a number",
    (Measure, "title"): "the measure's name",
    (Measure, "formula"): "write `points`",
    (Measure, "points"): "write `formula`",
    (TriggerPoint, "regions"): "no region may move it",
    (TriggerPoint, "basis"): "illustrative",
    (Status, "title"): "the status' id",
    (Status, "enter"): "only the first status",
    (Status, "exit"): "`enter` no longer holds",
    (Status, "review_every"): "no review is asked for",
    (Status, "outstays_after"): "it never outstays",
    (Activity, "title"): "the activity's id",
    (Activity, "mandatory"): "write `reductions`",
    (Activity, "reductions"): "write `mandatory`",
    (Reduction, "when"): "no further condition",
    (Reduction, "except"): "nobody is spared",
    (Reduction, "only"): "all cases",
    (Reduction, "review_every"): "no review is asked for",
    (Reduction, "lapses_after"): "it does not end by itself",
    (Releases, "basis"): "illustrative",
    (Version, "rollup"): "only units have a status",
    (Rollup, "region"): "regions have no status",
    (Rollup, "country"): "the whole has no status",
    (CountryRules, "title"): "all, with the word for several regions",
    (ParentStatus, "enter"): "only the first status",
    (ParentStatus, "exit"): "`enter` no longer holds",
    **{
        (rules, "combine"): "numbers are summed; a category has none" for rules in (ParentRules, CountryRules)
    },
    (Guarantee, "when"): "any figures",
    (Guarantee, "never"): "write `always`",
    (Guarantee, "always"): "write `never`",
    (Guarantee, "where"): "all outcomes",
    (Pdu, "from"): "it has always been there",
    (Pdu, "until"): "it goes on",
    (Suspension, "until"): "until further notice",
    (Expectation, "as_of"): "the last return's day",
    (View, "basis"): "the formulas need none",
    (View, "by"): "it is not split",
    (ViewFigure, "title"): "the figure's name",
    **MAPPING_LEFT_OUT,
}
"""What counts where a key without a default is left out; of the others nothing follows."""
