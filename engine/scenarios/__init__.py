"""Scenarios: the tests of a policy, run through the engine as any return is."""

from engine.scenarios._compare import Difference
from engine.scenarios._coverage import Coverage, Uncovered, VersionCoverage
from engine.scenarios._run import Result, run_scenarios

__all__ = ["Coverage", "Difference", "Result", "Uncovered", "VersionCoverage", "run_scenarios"]
