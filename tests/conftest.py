"""Profiles of Hypothesis: `ci` gives the same examples each time, `fuzz` (make fuzz) many new ones."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings

settings.register_profile("ci", max_examples=100, deadline=None, derandomize=True)
settings.register_profile(
    "fuzz",
    max_examples=5_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)
settings.load_profile("ci")
