"""What the description of the API holds beside the models that FastAPI finds by itself."""

from __future__ import annotations

from pydantic import BaseModel

from api.http.models.decisions import decision_components
from api.http.models.evaluations import EvaluationAsked
from api.http.models.events import DeclarationAsked, EndAsked, SuspensionAsked
from api.http.models.fields import REFERENCE, Schema
from api.http.models.returns import RETURN, RETURN_REF

_READ_BY_US: tuple[type[BaseModel], ...] = (DeclarationAsked, SuspensionAsked, EndAsked, EvaluationAsked)
"""The models of bodies that routes read themselves."""


def components() -> dict[str, Schema]:
    """Schemas by their names: the decision document, a return, and the bodies that routes read themselves."""
    found: dict[str, Schema] = {**decision_components(), "StaffingReturn": RETURN}
    for model in _READ_BY_US:
        schema = model.model_json_schema(mode="validation", ref_template=REFERENCE)
        found.update(schema.pop("$defs", {}))
        found[model.__name__] = schema
    found[EvaluationAsked.__name__]["properties"]["returns"]["items"] = RETURN_REF
    return found
