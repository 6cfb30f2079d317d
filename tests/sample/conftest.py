"""Organisations to sample: the shipped one, and one in which PDUs split and begin within the sample."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from engine.sample import PUBLIC_VACANCIES
from rules.model import Organisation
from rules.problems import Findings
from rules.text import parse, value_of

SHIPPED = Path(__file__).parents[2] / "frameworks" / "organisation.yaml"


@pytest.fixture(scope="session")
def shipped() -> Organisation:
    """The organisation that the project ships."""
    source = parse(SHIPPED.read_bytes(), SHIPPED.name, Findings())
    assert source is not None
    return Organisation.model_validate(value_of(source.root))


@pytest.fixture(scope="session")
def changing() -> Organisation:
    """All regions, with PDUs of made-up names: one splits in two, one begins and one ends."""
    regions = [*PUBLIC_VACANCIES, "elsewhere"]
    pdus: list[dict[str, object]] = [
        {"id": f"{region}-{number}", "name": f"{region} {number}", "region": region}
        for region in regions
        for number in range(19 if region == "london" else 10)
    ]
    pdus[0] |= {"until": datetime.date(2022, 10, 2)}
    split = datetime.date(2022, 10, 3)
    for half in ("a", "b"):
        pdus.append(
            {
                "id": f"half-{half}",
                "name": f"Half {half}",
                "region": regions[0],
                "from": split,
                "replaces": [pdus[0]["id"]],
            }
        )
    pdus[12] |= {"from": datetime.date(2023, 9, 14)}
    pdus[14] |= {"until": datetime.date(2023, 12, 24)}
    return Organisation.model_validate(
        {"format": 1, "regions": [{"id": r, "name": r} for r in regions], "pdus": pdus}
    )
