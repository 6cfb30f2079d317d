"""The events of the sample keep to what the framework allows."""

from __future__ import annotations

import datetime

from engine.sample import awkward_pdus, sample_events
from rules.model import Organisation

START = datetime.date(2022, 1, 31)


def test_declarations_keep_to_the_role_and_the_days(shipped: Organisation) -> None:
    events = sample_events(shipped)
    pdus, regions = {pdu.id for pdu in shipped.pdus}, {region.id for region in shipped.regions}
    assert len(events.declarations) == 4
    for declaration in events.declarations:
        assert declaration.by == "regional-director"
        assert 1 <= (declaration.until - declaration.from_).days + 1 <= 28
        assert declaration.reason.startswith("Synthetic: ")
        assert declaration.pdu is None or declaration.pdu in pdus
        assert declaration.region is None or declaration.region in regions
        assert (declaration.pdu is None) != (declaration.region is None)


def test_one_lapses_and_one_is_renewed(shipped: Organisation) -> None:
    _, lapsing, first, again = sample_events(shipped).declarations
    assert lapsing.pdu is not None
    assert (lapsing.until - lapsing.from_).days == 27
    assert first.region == again.region
    assert again.from_ - first.until == datetime.timedelta(days=1)
    assert first.reason != again.reason


def test_a_region_is_suspended_when_the_framework_begins(shipped: Organisation) -> None:
    (suspension,) = sample_events(shipped).suspensions
    assert suspension.region in {region.id for region in shipped.regions}
    assert suspension.in_force(START)
    assert suspension.until == datetime.date(2022, 2, 13)
    assert sample_events(shipped, start=datetime.date(2023, 1, 2)).suspensions == []


def test_the_flood_is_declared_where_it_is(shipped: Organisation) -> None:
    flooded = {case.id: pdu for pdu, case in awkward_pdus(shipped, START).items()}["flood"]
    assert sample_events(shipped).declarations[0].pdu == flooded == "york"


def test_an_organisation_of_other_names_has_events_that_fit_it(changing: Organisation) -> None:
    pdus = {pdu.id for pdu in changing.pdus}
    assert all(found.pdu is None or found.pdu in pdus for found in sample_events(changing).declarations)
