"""Every error over HTTP is one RFC 9457 problem: `application/problem+json`, with our code, never internals.

A route raises `Refusal` (or one of its short forms below), or lets an error of the project pass; `answer_to` says
which problem any exception is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

import orjson
from starlette.exceptions import HTTPException

from api.http._validation import in_parameter
from rules.problems import Place, PrioritiseError, Problem, UsageError
from rules.said import said, said_of

MEDIA_TYPE = "application/problem+json"
MAX_TOLD = 200
"""So many problems are listed in one answer."""
_LONGEST_PATH = 500


class Kind(NamedTuple):
    """What a code means over HTTP."""

    status: int
    title: str
    detail: str = ""
    """What is told instead of the error's own words, where those could hold internals."""
    retry_after: int = 0


KINDS = {
    "PF701": Kind(
        503, said("The ledger cannot be reached"), said("The ledger cannot be reached at present."), 5
    ),
    "PF702": Kind(
        503, said("The ledger cannot be written"), said("Nothing has been recorded. Try again."), 5
    ),
    "PF703": Kind(
        503, said("The ledger must be migrated"), said("The ledger's schema is not this program's."), 60
    ),
    "PF704": Kind(
        503, said("The clock is behind"), said("The machine's clock is behind the ledger's newest record."), 5
    ),
    "PF705": Kind(
        500, said("The ledger's chain is broken"), said("The ledger's records are not as they were written.")
    ),
    "PF706": Kind(
        500, said("A decision differs from its record"), said("A recorded decision was decided differently.")
    ),
    "PF707": Kind(409, said("This Idempotency-Key was used for another request")),
    "PF708": Kind(404, said("There is no such declaration or suspension")),
    "PF709": Kind(409, said("It has ended already")),
    "PF710": Kind(503, said("There are no documents yet"), said("The ledger holds no documents yet."), 5),
    "PF711": Kind(
        503, said("It is not known whether it is recorded"), said("Send it again with the same key."), 5
    ),
    "PF712": Kind(
        503, said("The ledger is another framework's"), said("The ledger decides by another framework."), 60
    ),
    "PF720": Kind(404, said("There is no such thing")),
    "PF721": Kind(405, said("This method is not allowed here")),
    "PF722": Kind(413, said("The request is too large")),
    "PF723": Kind(415, said("This media type is not taken")),
    "PF724": Kind(422, said("The request is wrong")),
    "PF725": Kind(429, said("Too many requests")),
    "PF726": Kind(
        500,
        said("Something went wrong here"),
        said("The fault is not yours. The request's id finds it in the log."),
    ),
    "PF727": Kind(401, said("Not signed in")),
    "PF728": Kind(403, said("Not allowed")),
    "PF729": Kind(422, said("The cursor is not one of ours")),
    "PF730": Kind(422, said("The day or the moment is wrong")),
    "PF731": Kind(503, said("It took too long"), "", 5),
    "PF732": Kind(406, said("None of the accepted forms can be given")),
    "PF733": Kind(503, said("The service is not ready"), "", 5),
    "PF736": Kind(400, said("The request cannot be met")),
    "PF737": Kind(
        503,
        said("The pipeline cannot be used"),
        said("The pipeline that the service was given has problems."),
        60,
    ),
    "PF741": Kind(
        503, said("The views cannot be used"), said("The views of the documents in use have problems."), 60
    ),
    "PF900": Kind(
        503,
        said("The two deciders differ"),
        said("The two deciders gave different answers, so none is given."),
        300,
    ),
}
_REFUSED = Kind(422, said("The input is refused"))
_FAULT = Kind(
    500,
    said("A fault of the engine"),
    said("The engine found a fault in itself, so no answer is given."),
)
_BY_STATUS = {401: "PF727", 403: "PF728", 404: "PF720", 405: "PF721", 406: "PF732", 408: "PF731", 413: "PF722"} | {
    415: "PF723", 422: "PF724", 429: "PF725", 431: "PF722", 503: "PF733", 504: "PF731"
}  # fmt: skip


def kind_of(code: str) -> Kind:
    """The status and title of a code; of documents and returns (PF1xx to PF6xx) the family's."""
    return KINDS.get(code) or (_FAULT if code.startswith("PF9") else _REFUSED)


class Refusal(HTTPException):
    """An answer that is a problem. Raised by routes, dependencies and the middleware alike.

    It is an HTTPException so that one raised while a body is being read passes through FastAPI unchanged.
    """

    def __init__(
        self,
        code: str,
        detail: str = "",
        problems: Iterable[Problem] = (),
        *,
        status: int | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        kind = kind_of(code)
        self.code = code
        self.problems = tuple(problems)
        own = dict(headers or {})
        if kind.retry_after:
            own.setdefault("Retry-After", str(kind.retry_after))
        # Translators: a heading as a sentence, where there is no more to be said.
        told = detail or kind.detail or said("{title}.", title=kind.title)
        super().__init__(status or kind.status, told, own)


def not_found(detail: str) -> Refusal:
    """404 for a thing that is not there: the detail says which."""
    return Refusal("PF720", detail)


def wrong(where: str, name: str, message: str, hint: str = "", code: str = "PF724") -> Refusal:
    """422 for one value: `where` is query, path, header or body, and `name` the value's name there."""
    problem = Problem(code, message, Place(where, path=pointer([name])), hint)
    return Refusal(code, problem.message, [problem])


def pointer(parts: Iterable[Any]) -> str:
    """A JSON pointer (RFC 6901) that can stand in an answer, whatever the keys hold."""
    path = "".join(f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in parts)
    return path.encode("utf-8", "backslashreplace").decode()[:_LONGEST_PATH]


def body_of(refusal: Refusal, request_id: str, raw_path: bytes) -> bytes:
    """The problem as JSON."""
    told = refusal.problems[:MAX_TOLD]
    detail = refusal.detail
    if len(refusal.problems) > MAX_TOLD:
        detail = f"{detail} The first {MAX_TOLD} of {len(refusal.problems):,} problems are listed."
    return orjson.dumps(
        {
            "type": f"/problems/{refusal.code}",
            "title": kind_of(refusal.code).title,
            "status": refusal.status_code,
            "detail": detail.encode("utf-8", "backslashreplace").decode(),
            "instance": quote(raw_path, safe="/%:@!$&'()*+,;=-._~"),
            "code": refusal.code,
            "problems": [_safe(problem.as_dict()) for problem in told],
            "request_id": request_id,
        }
    )


def answer_to(error: BaseException) -> Refusal:
    """The refusal that an exception is told as. What is no refusal of ours is PF726, whatever it says."""
    from fastapi.exceptions import RequestValidationError

    match error:
        case Refusal():
            return error
        case RequestValidationError():
            return _invalid(error)
        case HTTPException():
            return _foreign(error)
        case UsageError():
            return Refusal("PF724", error.message)
        case PrioritiseError():
            return _of_project(error)
        case _:
            return Refusal("PF726")


def _of_project(error: PrioritiseError) -> Refusal:
    if not error.problems:
        return Refusal("PF726")
    errors = [problem for problem in error.problems if not problem.is_warning] or list(error.problems)
    code = errors[0].code
    kind = kind_of(code)
    if kind.status >= 500:  # its words may name hosts and files: they are for the log
        return Refusal(code)
    detail = errors[0].message
    if len(errors) > 1:
        detail = said_of(
            len(errors),
            "{number} problem was found; nothing is changed.",
            "{number} problems were found; nothing is changed.",
            number=f"{len(errors):,}",
        )
    return Refusal(code, detail, error.problems)


def _foreign(error: HTTPException) -> Refusal:
    """What Starlette or FastAPI raise."""
    status = error.status_code
    code = _BY_STATUS.get(status, "PF726" if status >= 500 else "PF736")
    detail = {
        "PF720": said("There is nothing at this path."),
        "PF721": said(
            "What is at this path does not take this method; the Allow header lists those it takes."
        ),
    }.get(code, "" if status >= 500 else str(error.detail))
    return Refusal(code, detail, status=status, headers=error.headers)


def _invalid(error: Any) -> Refusal:
    """What FastAPI found wrong in a request: each fault with its place."""
    problems = [_fault(one, error.body) for one in error.errors()]
    detail = problems[0].message
    if len(problems) > 1:
        detail = said_of(
            len(problems),
            "{number} thing in the request is wrong.",
            "{number} things in the request are wrong.",
            number=f"{len(problems):,}",
        )
    return Refusal("PF724", detail, problems)


def _fault(one: Mapping[str, Any], body: Any) -> Problem:
    where, *rest = one["loc"] or ("body",)
    if one["type"] == "json_invalid":
        text, at = body if isinstance(body, str) else "", int(rest[0]) if rest else 0
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        reason = one.get("ctx", {}).get("error", "")
        message: str = said("The body is not JSON: {reason}.", reason=reason)
        return Problem("PF724", message, Place("body", line, column))
    if rest:
        message = in_parameter(str(rest[-1]), one)
    elif one["type"] == "missing":
        message = said("The body: A body is needed.")
    else:
        message = in_parameter(said("The body"), one)
    return Problem("PF724", message, Place(str(where), path=pointer(rest)))


def check_names(given: Iterable[str], known: Mapping[str, bool]) -> None:
    """Refuse query parameters that nothing reads, and two of one where one is due (`known`: name to many)."""
    from rules.problems import did_you_mean

    problems, seen = [], set()
    for name in given:
        place = Place("query", path=pointer([name]))
        if name not in known:
            hint = did_you_mean(name, known) if known else said("Nothing is asked for here.")
            message = said("{name} is no parameter of this call.", name=_quoted(name))
            problems.append(Problem("PF724", message, place, hint))
        elif name in seen and not known[name]:
            message = said("{name} is given twice.", name=_quoted(name))
            problems.append(Problem("PF724", message, place, said("Give it once.")))
        seen.add(name)
    if problems:
        unique = tuple(dict.fromkeys(problems))
        detail = unique[0].message
        if len(unique) > 1:
            detail = said_of(
                len(unique),
                "{number} parameter of the query is wrong.",
                "{number} parameters of the query are wrong.",
                number=len(unique),
            )
        raise Refusal("PF724", detail, unique)


def _quoted(name: str) -> str:
    return name if re.fullmatch(r"[\w.\[\]-]{1,60}", name, re.ASCII) else repr(name[:60])


def _safe(problem: dict[str, Any]) -> dict[str, Any]:
    """Without what JSON in UTF-8 cannot hold: a path or a file's name can be any text."""
    for place in (problem, *problem["also"]):
        for key in ("path", "file"):
            place[key] = place[key].encode("utf-8", "backslashreplace").decode()
    return problem
