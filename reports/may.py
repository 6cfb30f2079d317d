"""May this be reduced? The answer in words for somebody with one case in hand."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping
from typing import Any, Literal

from reports._build import tidy
from reports._deciding import deciding
from reports._explanation import Label, Line
from reports._format import sentence
from reports._labels import labels
from reports._names import Names
from reports._render import fill
from reports._sections import refusals
from reports._words import may as words
from reports._words import sections
from reports.language import gettext as _
from rules.model import Organisation, Version

Told = Mapping[str, Any]


def tell_may(
    told: Told,
    decision: Told,
    version: Version,
    organisation: Organisation,
    *,
    form: Literal["text", "json"],
) -> str:
    """An answer of `engine.may`, in a form.

    :param told: the answer.
    :param decision: the decision that it was taken from, and `version` the one that this names.
    :param organisation: the register, for names and for the words for units and groups.
    """
    if form == "json":
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    found = may_words(told, decision, version, organisation)
    lines = [fill(found.title), ""]
    lines += [fill(text) for text in found.reasons]
    lines += [fill(f"{one.title}. {one.text}", 0, "! ") for one in found.labels]
    lines += [fill(f"{line.label}: {line.text}", 2, "- ") for line in found.limits]
    return "\n".join(lines) + "\n"


@dataclasses.dataclass(frozen=True, slots=True)
class MayWords:
    """An answer in words: in short, why, what to know of its numbers, and what to mind."""

    answer: str
    title: str
    reasons: tuple[str, ...]
    labels: tuple[Label, ...]
    limits: tuple[Line, ...]


def may_words(told: Told, decision: Told, version: Version, organisation: Organisation) -> MayWords:
    """The words of an answer of `engine.may`."""
    names = Names(decision, version, organisation)
    is_law = told["because"]["code"] == "mandatory"  # which rests on no number
    made: MayWords = tidy(
        MayWords(
            answer=_(words.ANSWERS[told["answer"]]),
            title=words.headline(told["answer"], told["title"], decision["pdu"]["name"], told["as_of"]),
            reasons=tuple(_reasons(names, told)),
            labels=() if is_law else labels(names, deciding(names)),
            limits=tuple(Line(*limit) for limit in _limits(names, told)),
        )
    )
    return made


def _reasons(names: Names, told: Told) -> Iterator[str]:
    """Why, and what to do."""
    because, decision = told["because"], names.decision
    code = because["code"]
    if code == "mandatory":
        yield words.mandatory(because["because"])
        return
    yield words.status(names.status(told["status"]), decision["since"])
    match code:
        case "excepted":
            yield words.excepted(names.cohorts(because["cohorts"]))
        case "not_among":
            yield words.not_among(names.cohorts(because["cohorts"]))
        case "no_reduction":
            yield words.no_reduction()
        case "permitted" | "within_limits":
            yield f"{sections.strength(told['strength'])} {sentence(told['do'])}"
            yield from _case(told)
        case _:
            yield words.refused(_refusal(names, told))


def _case(told: Told) -> Iterator[str]:
    """What the cohorts of the case have to do with the answer."""
    if told["cohorts"] is None:
        if told["except"] or told["only"]:
            yield words.look_first(bool(told["except"]))
    elif told["only"]:
        yield words.among()
    elif told["except"]:
        yield words.none_spared()


def _refusal(names: Names, told: Told) -> str:
    """The reason of a refusal, as the whole explanation words it."""
    entry = {
        "activity": told["activity"],
        "title": told["title"],
        "from": told["because"]["from"],
        "because": told["because"],
    }
    alone = {**names.decision, "permitted": [], "not_permitted": [entry]}
    return refusals(dataclasses.replace(names, decision=alone))[0].reason


def _limits(names: Names, told: Told) -> Iterator[tuple[str, str]]:
    """What to mind: labels and what they say."""
    permitted = told["answer"] != "no"
    if permitted:
        if told["floor"]:
            yield _(words.NEVER_LESS), sentence(told["floor"])
        if told["except"]:
            yield _(words.NOT_FOR), sentence(names.cohorts(told["except"]))
        if told["only"]:
            yield _(words.ONLY_FOR), sentence(names.cohorts(told["only"]))
        yield _(words.LAST_DAY), _last_day(names, told)
        if told["review_by"]:
            yield _(words.REVIEW), words.review(told["review_by"])
    if told["usual"]:
        yield _(words.USUALLY), sentence(told["usual"])
    source = names.source(None if told["source"] is None else told["source"]["id"])
    if source is not None:
        yield _(words.SOURCE), sentence(source.text)
        if source.url:
            yield _(words.SOURCE), source.url
    yield _(words.DECISION), told["decision"]


def _last_day(names: Names, told: Told) -> str:
    until = told["until"]
    if until is None:
        return words.while_status(names.status(told["from"]))
    limits = told["because"]["limits"]
    reasons = [words.LAST_BECAUSE[one["code"]] for one in limits if one.get("until") == until]
    return words.last_day(until, reasons)
