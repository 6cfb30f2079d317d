"""What `check` looks for in a version beyond its guarantees: what never, always or wrongly happens."""

from rules.prove.analyses.bands import check_bands
from rules.prove.analyses.conditions import check_conditions
from rules.prove.analyses.orders import check_flapping, check_orders
from rules.prove.analyses.reductions import check_reductions
from rules.prove.analyses.statuses import check_ends, check_entered
from rules.prove.case import Case

__all__ = ["analyse"]


def analyse(case: Case) -> None:
    """Note everything that the analyses find (PF320 to PF329)."""
    check_conditions(case)
    check_entered(case)
    check_orders(case)
    check_flapping(case)
    check_bands(case)
    check_reductions(case)
    check_ends(case)
