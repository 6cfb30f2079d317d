"""`prioritise load --dry-run`: what would be recorded."""

from __future__ import annotations

import json

from api.cli._ledger import counted, is_new
from api.cli._terminal import tell
from engine.ledger.ledger import Ledger
from engine.ledger.planned import planned
from engine.returns import Returns
from rules.model import Events


def print_plan(ledger: Ledger, returns: Returns, events: Events, as_json: bool, *, adopts: bool) -> None:
    """Say what a load would record. `adopts`: documents of a folder would be put in force, if they differ."""
    if is_new(ledger):
        plan = planned(None, returns.returns)
    else:
        with ledger.view() as view:
            plan = planned(view, returns.returns)
    told = len(events.declarations) + len(events.suspensions)
    recorded = plan.new + plan.corrected
    if as_json:
        content = {"dry_run": True, "returns": recorded, "unchanged": plan.unchanged}
        print(json.dumps({**content, "corrected": plan.corrected, "events": told}, indent=2))
        return
    corrections = f" ({counted(plan.corrected, 'correction')})" if plan.corrected else ""
    there = (
        f"; {plan.unchanged:,} {'is' if plan.unchanged == 1 else 'are'} there already"
        if plan.unchanged
        else ""
    )
    tell(f"{counted(recorded, 'return')} would be recorded{corrections}{there}.")
    if told:
        tell(f"{counted(told, 'event')} would be recorded, less those that are there already.")
    if adopts:
        tell("The documents of the folder would be put in force, where they differ from those recorded.")
    tell("Nothing was written.")
