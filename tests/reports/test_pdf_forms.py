"""Frameworks, comparisons, regions and the country as PDF, and every report of what is shipped."""

from __future__ import annotations

import dataclasses
import datetime
import functools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from api.cli._load import shipped
from engine.compare import compared, version_side
from engine.deciding import Engine, decide_all
from engine.sample import sample_returns
from reports.compare import page as comparison_page
from reports.framework import framework_document
from reports.pages import Area, Asked, Stay, area_page
from reports.pdf import area_pdf, comparison_pdf, explanation_pdf, framework_pdf
from rules.library import Library, load_library
from rules.model import Events, Organisation, Pdu, Version
from tests.compare.test_compare_forms import neutral, several
from tests.compare.test_impact_cases import LOWER
from tests.compare.test_impact_words import REGISTER, comparison
from tests.reports.pdf_kit import Pdf, conforms
from tests.reports.report_framework import ORGANISATION_DOCUMENT, VERSION
from tests.reports.test_pdf_explanation import HOSTILE

DAY = datetime.date(2022, 8, 29)


@functools.cache
def library() -> Library:
    return load_library(shipped())


# Frameworks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["phase-1", "simplified", "version-3", "phase-3-v8"])
def test_each_shipped_version(version: str) -> None:
    loaded = library()
    framework = loaded.framework("sentence-management")
    policy = framework.version(version)
    assert policy is not None
    pdf = conforms(framework_pdf(framework, policy, loaded.organisation, DAY))
    words = framework_document(framework, policy, loaded.organisation, DAY)
    assert pdf.headings()[0] == (1, words.title)
    told = [words.in_force, words.duties_intro, *(label.text for label in words.labels), *words.changes]
    for part in words.duties:
        told += [text for duty in part.items for text in (duty.title, duty.because)]
    for level in words.levels:
        told += [text for part in level.parts for item in part.items for text in (item.title, item.do)]
    for table in (words.triggers, words.measures):
        told += [cell for row in table.rows for cell in row] if table is not None else []
    assert [text for text in told if not pdf.says(text)] == []
    assert pdf.says("llustrative")


# Comparisons -------------------------------------------------------------------------------------------------------


def test_a_comparison_says_all_that_the_page_says() -> None:
    words = comparison_page(several(), REGISTER)
    pdf = conforms(comparison_pdf(words, DAY))
    assert pdf.headings()[0] == (1, words.title)
    items = [item for section in words.changes for _, own in section.groups for item in own]
    told = [words.headline, *words.lead, *words.about, *words.first]
    for item in items:
        told += [item.sentence, *filter(None, (item.before, item.after)), *item.notes]
    told += [text for example in words.examples for text in (example.name, example.text)]
    assert items
    assert [text for text in told if not pdf.says(text)] == []


def test_a_comparison_with_its_impact() -> None:
    words = comparison_page(comparison(LOWER), REGISTER)
    impact = words.impact
    assert impact is not None
    pdf = conforms(comparison_pdf(words, DAY))
    told = [*impact.findings, *impact.about, *impact.flips, *impact.hours]
    told += [first.text for first in impact.firsts]
    told += [text for cell in impact.cells for text in (cell.title, *cell.names)]
    told += [command for _, command in impact.openings]
    told += [text for one in impact.activities for text in (one.title, *one.sentences)]
    assert [text for text in told if not pdf.says(text)] == []
    assert len(pdf.root.all("Table")) >= 3
    assert [text for level, text in pdf.headings() if level == 2][-1] == "Where the versions first part"


def test_nothing_of_a_comparison_becomes_markup() -> None:
    clean = comparison_page(comparison(LOWER), REGISTER)
    pdf, plain = conforms(comparison_pdf(hostile(clean), DAY)), conforms(comparison_pdf(clean, DAY))
    assert pdf.says(HOSTILE)
    for tag in ("H1", "H2", "H3", "H4", "Table", "TR", "TH", "TD", "L", "LI", "Link", "Figure", "Formula"):
        assert len(pdf.root.all(tag)) == len(plain.root.all(tag)), tag


def hostile(value: Any) -> Any:
    """Every text with what means something to a typesetter after it."""
    if isinstance(value, str):
        return f"{value} {HOSTILE}" if value else value
    if isinstance(value, tuple):
        return tuple(hostile(one) for one in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {one.name: hostile(getattr(value, one.name)) for one in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value


def test_two_shipped_versions_compared() -> None:
    framework = library().framework("sentence-management")
    sides = [framework.version(one) for one in ("phase-1", "simplified")]
    one, other = (version_side(side) for side in sides if side is not None)
    found = compared(one, other, neutral)  # what it says, and not what is proved
    pdf = conforms(comparison_pdf(comparison_page(found, library().organisation), DAY))
    assert len(pdf.reader.pages) > 5


# Regions and the country -------------------------------------------------------------------------------------------

STATUSES = ("green", "amber", "red", "indeterminate", "suspended", "undeclared", None)


def organisation(units: int, name: str = "Unit") -> Organisation:
    regions = [{"id": "north", "name": f"The North {name}"}, {"id": "south", "name": f"The South {name}"}]
    pdus = [
        {"id": f"u{number}", "name": f"{name} {number}", "region": ("north", "south")[number % 2]}
        for number in range(units)
    ]
    document = {key: value for key, value in ORGANISATION_DOCUMENT.items() if key not in ("regions", "pdus")}
    return Organisation.model_validate({**document, "regions": regions, "pdus": pdus})


def area(
    register: Organisation, region: str | None = None, version: Version = VERSION, day: datetime.date = DAY
) -> Area:
    """Units with each status there is in turn; each has been Green before."""
    units: list[Pdu] = [one for one in register.pdus if region in (None, one.region)]
    told: dict[str, Mapping[str, Any]] = {}
    stays: dict[str, list[Stay]] = {}
    for place, unit in enumerate(units):
        status = STATUSES[place % len(STATUSES)]
        if status is not None:
            told[unit.id] = {"status": status, "since": "2022-08-27", "review_by": "2022-09-02"}
            stays[unit.id] = [
                Stay("2022-03-01", "2022-08-26", "green"),
                Stay("2022-08-27", "2022-08-29", status),
            ]
    return area_page(version, register, region, units, told, stays, day, Asked())


@pytest.mark.parametrize(("units", "region"), [(0, None), (1, None), (7, "north"), (40, None), (110, None)])
def test_a_region_or_the_country(units: int, region: str | None) -> None:
    register = organisation(units)
    words = area(register, region)
    pdf = conforms(area_pdf(words, register))
    assert pdf.headings()[0] == (1, f"{words.name}: statuses on 29 August 2022")
    assert pdf.says(words.headline)
    assert pdf.says(words.shown)
    tables = pdf.root.all("Table")
    heads = ["PDU", *(["Region"] if region is None else []), "Status", "Since", "Review by", "Last half year"]
    assert [pdf.text_of(cell) for cell in tables[-1].all("TH")] == heads
    rows = tables[-1].all("TR")[1:]
    assert [pdf.text_of(row.children[0]) for row in rows] == [row.name for row in words.rows]
    statuses = [pdf.text_of(row.children[len(heads) - 4]) for row in rows]
    for row, told in zip(words.rows, statuses, strict=True):
        assert told == ("None today" if row.status is None else f"{row.status.letter} {row.status.word}")


def test_each_strip_says_what_it_shows() -> None:
    register = organisation(7)
    pdf = conforms(area_pdf(area(register), register))
    figures = pdf.root.all("Figure")
    assert len(figures) == 6, "a unit without a past has no strip"
    assert figures[1].alt == "Unit 1: 1 change of status since 1 March 2022: Green, then Amber"


def test_without_anything_to_tell_it_says_so() -> None:
    register = organisation(3)
    words = area_page(VERSION, register, None, register.pdus, {}, {}, DAY, Asked())
    pdf = conforms(area_pdf(words, register))
    assert pdf.says("No status changed.")
    assert pdf.plain.count("None.") == 2


def test_nothing_of_a_register_becomes_markup() -> None:
    bad, good = organisation(7, HOSTILE), organisation(7)
    pdf, clean = conforms(area_pdf(area(bad), bad)), conforms(area_pdf(area(good), good))
    assert pdf.says(HOSTILE)
    for tag in ("H1", "H2", "Table", "TR", "TH", "TD", "L", "LI", "Link", "Figure"):
        assert len(pdf.root.all(tag)) == len(clean.root.all(tag)), tag
    assert any(HOSTILE[:30] in (one.alt or "") for one in pdf.root.all("Figure"))


# What is shipped ---------------------------------------------------------------------------------------------------


def demo() -> Iterator[tuple[dict[str, Any], Version]]:
    """Decisions on synthetic figures, as the demo makes them: one of each status, with its version."""
    loaded = library()
    framework = loaded.framework("sentence-management")
    returns = sample_returns(loaded.organisation, start=datetime.date(2022, 8, 1), weeks=3, seed=1)
    seen = set()
    with Engine(framework, loaded.organisation) as engine:
        decisions, _ = decide_all(engine, returns, Events())
    for decision in decisions:
        if decision["status"] not in seen:
            seen.add(decision["status"])
            policy = framework.in_force(datetime.date.fromisoformat(decision["as_of"]))
            assert policy is not None
            yield decision, policy.version


def test_the_decisions_of_the_demo() -> None:
    found = list(demo())
    assert len(found) >= 3
    for decision, version in found:
        pdf: Pdf = conforms(explanation_pdf(decision, version, library().organisation))
        assert pdf.says(decision["pdu"]["name"])
