"""Scenarios: the tests of a policy, run through the engine as any return is."""

from engine.scenarios._coverage import Coverage
from engine.scenarios._run import Difference, Result, run_scenarios

__all__ = ["Coverage", "Difference", "Result", "run_scenarios"]
