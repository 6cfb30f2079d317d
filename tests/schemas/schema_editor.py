"""What an editor sees of a text, and what the loader says of it."""

from __future__ import annotations

import datetime
import re
from typing import Any

import yaml

from engine.decision_schema import schema
from engine.forecast._reading import read_pipeline
from engine.returns import read_events, read_returns
from rules.check.mappings import check_mapping
from rules.check.organisation import check_organisation
from rules.check.scenarios import check_scenarios
from rules.check.settings import check_settings, read_settings
from rules.check.version import check_version
from rules.check.views import check_views
from rules.figures import Vocabulary
from rules.model import Organisation
from rules.policy import Policy
from rules.problems import Findings, Problem, ReturnsError
from rules.text import Source, parse
from tests.schemas.schema_documents import BASES

TODAY = datetime.date(2022, 9, 1)

# The core schema of YAML 1.2, as editors' parsers resolve plain scalars.
_NULL = re.compile(r"~|null|Null|NULL|")
_TRUTH = re.compile(r"(?P<true>true|True|TRUE)|false|False|FALSE")
_WHOLE = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_REAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"(?P<sign>[-+]?)\.(inf|Inf|INF)")
_NO_NUMBER = re.compile(r"\.(nan|NaN|NAN)")


def seen(text: str) -> Any:
    """A document as an editor's parser of YAML 1.2 gives it to a schema; keys are texts."""
    return _seen(yaml.compose(text, Loader=yaml.SafeLoader))


def _seen(node: yaml.Node | None) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _seen(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_seen(item) for item in node.value]
    if not isinstance(node, yaml.ScalarNode):
        return None
    text: str = node.value
    return resolved(text) if node.style is None else text


def resolved(text: str) -> Any:
    """What a plain scalar is under the core schema of YAML 1.2."""
    if _NULL.fullmatch(text):
        return None
    if truth := _TRUTH.fullmatch(text):
        return truth["true"] is not None
    if _WHOLE.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text[2:], 16)
    if _REAL.fullmatch(text):
        return float(text)
    if infinite := _INFINITE.fullmatch(text):
        return float(f"{infinite['sign']}inf")
    return float("nan") if _NO_NUMBER.fullmatch(text) else text


def _source(text: str, findings: Findings) -> Source:
    source = parse(text, "base.yaml", findings)
    assert source is not None, findings.problems
    return source


def policy() -> Policy:
    """The version of the base document."""
    findings = Findings()
    found = check_version(_source(BASES["framework"], findings), findings)
    assert found is not None, findings.problems
    return found


def organisation() -> Organisation:
    """The organisation of the base document."""
    findings = Findings()
    found = check_organisation(_source(BASES["organisation"], findings), findings)
    assert found is not None, findings.problems
    return found


POLICY, ORGANISATION = policy(), organisation()
VOCABULARY = Vocabulary([POLICY.version])
SCHEMAS = {name: schema(name, VOCABULARY) for name in BASES}


def problems(name: str, text: str) -> tuple[Problem, ...]:
    """What the loader says of a document, errors only. The name `events.json` is for events in JSON."""
    findings = Findings()
    data = text.encode()
    try:
        if name == "returns":
            read_returns(data, "x.json", vocabulary=VOCABULARY, organisation=ORGANISATION, today=TODAY)
            return ()
        if name.startswith("events"):
            file = "x.json" if name == "events.json" else "x.yaml"
            read_events(data, file, organisation=ORGANISATION, versions=[POLICY.version])
            return ()
        if name == "pipeline":
            read_pipeline(data, "x.yaml", vocabulary=VOCABULARY, organisation=ORGANISATION)
            return ()
    except ReturnsError as error:
        return error.problems
    source = parse(text, f"{name}.yaml", findings)
    if source is not None:
        _check(name, source, findings)
    return tuple(findings.errors)


def _check(name: str, source: Source, findings: Findings) -> None:
    if name == "framework":
        check_version(source, findings)
    elif name == "organisation":
        check_organisation(source, findings)
    elif name == "view":
        check_views([source], "plan", VOCABULARY, findings)
    elif name == "mapping":
        check_mapping(source, "plan", [POLICY], ORGANISATION, findings)
    elif name == "scenarios":
        check_scenarios(source, "plan", [POLICY], ORGANISATION, findings)
    else:
        settings = read_settings(source, findings)
        if settings is not None:
            check_settings(settings, source, [POLICY], ORGANISATION, findings)
