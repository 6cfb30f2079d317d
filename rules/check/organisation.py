"""What an organisation's register must be: ids once, regions and predecessors that exist, days in order."""

from __future__ import annotations

from rules.check.names import check_ids
from rules.model import Organisation
from rules.model.read import read_model
from rules.problems import Findings, did_you_mean
from rules.text import Source


def check_organisation(source: Source, findings: Findings) -> Organisation | None:
    """The organisation, or None with every fault in `findings`."""
    with findings.reading():
        return _checked(source, findings)
    return None


def _checked(source: Source, findings: Findings) -> Organisation | None:
    before = len(findings.errors)
    organisation = read_model(Organisation, source, findings)
    if organisation is None:
        return None
    check_ids([region.id for region in organisation.regions], ("regions",), source, findings)
    check_ids([pdu.id for pdu in organisation.pdus], ("pdus",), source, findings)
    regions = {region.id for region in organisation.regions}
    ids = {pdu.id for pdu in organisation.pdus}
    for index, pdu in enumerate(organisation.pdus):
        if pdu.region not in regions:
            place = source.place(("pdus", index, "region"))
            findings.add(
                "PF261", f"{pdu.region} is no region here.", place, did_you_mean(pdu.region, regions)
            )
        if pdu.from_ is not None and pdu.until is not None and pdu.until < pdu.from_:
            place = source.place(("pdus", index, "until"))
            findings.add("PF263", f"{pdu.id} ends before it begins.", place, "Set a later last day.")
        for position, replaced in enumerate(pdu.replaces):
            if replaced not in ids or replaced == pdu.id:
                place = source.place(("pdus", index, "replaces", position))
                findings.add(
                    "PF262", f"{replaced} is no other unit here.", place, did_you_mean(replaced, ids)
                )
    return None if len(findings.errors) > before else organisation
