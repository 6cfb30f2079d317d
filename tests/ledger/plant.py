"""A planted fault: two deciders that differ on certain figures, for tests of what follows from it."""

from __future__ import annotations

import pytest

from rules.decide.plain import PlainDecider
from rules.decide.situation import Outcome, Situation

BAD = 13
"""So many points are what the planted fault is about: one decider judges them otherwise."""


class Plant:
    """A fault of the plain decider, while it is `on`."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.on = True
        decide = PlainDecider.decide

        def faulty(decider: PlainDecider, situation: Situation) -> Outcome:
            found = decide(decider, situation)
            if self.on and BAD in situation.values and situation.moves:
                return found._replace(permitted=(*found.permitted, 99))
            return found

        monkeypatch.setattr(PlainDecider, "decide", faulty)


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    return Plant(monkeypatch)
