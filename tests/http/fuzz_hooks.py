"""Hooks of schemathesis: some of the ids and bodies that it makes up become ones that the small world knows.

Else nearly every call would end at a PDU that there is not. What was made wrong on purpose stays as it is.
"""

from __future__ import annotations

import json
import os
import uuid
import zlib
from itertools import count
from typing import Any

import jsonschema
import schemathesis
from schemathesis.core.parameters import ParameterLocation

from api.http.middleware import METHODS

KNOWN = "PRIORITISE_FUZZ_KNOWN"
"""The variable with what the world knows, by the name of the parameter, as JSON."""
_known: dict[str, list[str]] = json.loads(os.environ.get(KNOWN, "{}"))
_count = count()
_PDUS = ("york", "hull", "kent", "leeds")


def _number(value: Any) -> int:
    return zlib.crc32(repr(value).encode("utf-8", "replace"))


@schemathesis.hook
def map_path_parameters(context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
    if not path_parameters:  # None where the path has none
        return path_parameters
    found = dict(path_parameters)
    for name, value in path_parameters.items():
        number = _number(value)
        if isinstance(value, str) and number % 4 and _known.get(_key(context, name)):
            among = _known[_key(context, name)]
            found[name] = among[number % len(among)]
    return found


def _key(context: Any, name: str) -> str:
    """`id` is of different things at different paths."""
    return name if name != "id" else context.operation.path.split("/")[2]


@schemathesis.serializer("application/x-ndjson", "text/csv")
def _text(context: Any, value: Any) -> bytes:
    """Lines and tables are texts in the description."""
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.hook
def before_call(context: Any, case: Any, kwargs: dict[str, Any]) -> None:
    """Keys of their own for most requests, since the one of the example would serve one only."""
    number = next(_count)
    data = None if case.meta is None else case.meta.phase.data
    if getattr(data, "parameter_location", None) == ParameterLocation.HEADER:
        return  # a header is left out or wrong on purpose
    key = (case.headers or {}).get("Idempotency-Key")
    if isinstance(key, str) and number % 5 and 0 < len(key) < 200 and key.isascii():
        case.headers["Idempotency-Key"] = (
            f'"{uuid.uuid4()}"' if key.startswith('"') else f"{key}-{uuid.uuid4()}"
        )
    if (case.query or {}).get("known_at") == "2022-08-30T09:00:00Z" and number % 3:
        case.query["known_at"] = "2022-08-31T12:00:00Z"  # by then something is known


@schemathesis.hook
def filter_failure(context: Any, failure: Any, case: Any, response: Any) -> bool:
    """A method that is taken nowhere is 501 here, as RFC 9110 has it, and not 405."""
    taken = case.method.upper() in METHODS
    return taken or response is None or response.status_code != 501


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    number = _number(body)
    if number % 3 == 0 or not _is_fit(context.operation, body):
        return body
    pdu = _PDUS[number % 4]
    day = f"2022-08-{number % 28 + 1:02}"
    match context.operation.path:
        case "/v1/returns":
            return _return(number, pdu, day)
        case "/v1/evaluations":
            numbers = [{"pdu": pdu, "numbers": {"low": 80 + number % 15}}] if number % 2 else []
            return {"returns": [_return(number, pdu, day)], "trigger_points": numbers}
        case "/v1/declarations":
            status = ("amber", "green")[number % 2]
            return body | {"pdu": pdu, "region": None, "by": "regional-director", "status": status, "renew": [],
                           "from": day, "until": f"2022-09-{number % 20 + 1:02}"}  # fmt: skip
        case "/v1/suspensions":
            return body | {"pdu": None, "region": ("north", "south")[number % 2], "from": day, "until": None}
    return body


def _return(number: int, pdu: str, day: str) -> dict[str, Any]:
    posts = {"required": {"PO": 10, "PSO": 10}, "in_post": {"PO": number % 11, "PSO": number % 7}}
    return {"pdu": pdu, "as_of": day, **posts, "points": number % 1000}


def _is_fit(operation: Any, body: Any) -> bool:
    """Whether a body is of the kind and shape that is described."""
    if not isinstance(body, dict | list):
        return False
    raw = operation.schema.raw_schema
    content = raw["paths"][operation.path]["post"]["requestBody"]["content"]["application/json"]
    validator = jsonschema.Draft202012Validator(
        {**content["schema"], "components": raw["components"]},
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )
    return bool(validator.is_valid(body))
