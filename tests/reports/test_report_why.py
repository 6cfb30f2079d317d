"""Why a decision is not as expected: the part of its explanation that answers, and no more."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.scenarios import run_scenarios
from reports import why_not
from rules.library import load_library

Folder = Callable[..., Path]
SCENARIO = """\
format: 1
framework: plan
version: v1
scenarios:
  - name: one
    {more}
    inputs: {{required: {{PO: 10, PSO: 10}}, in_post: {{PO: 10, PSO: 10}}, points: {points}}}
    returns:
      - {{as_of: 2022-08-01}}
      - {{as_of: 2022-08-08, in_post: {{PO: 7}}}}
      - {{as_of: 2022-08-15, in_post: {{PO: 7}}}}
    expect: {expect}
"""


@pytest.fixture
def why(policy_folder: Folder) -> Callable[..., str]:
    """The answer to one failed scenario, as one line."""

    def answer(expect: str, points: str = "1", more: str = "region: south") -> str:
        text = SCENARIO.format(expect=expect, points=points, more=more)
        library = load_library(policy_folder({"plan/scenarios/basics.yaml": text}))
        framework = library.framework()
        ((result,), _) = run_scenarios(library, [(framework, framework.scenarios[0])])
        (decision,) = result.decisions
        wanted = [(one.field, one.expected) for one in result.unlike(decision)]
        lines = why_not(decision, framework.policies[0].version, library.organisation, wanted, width=70)
        assert lines
        assert max(map(len, lines)) <= 70
        return " ".join(line.strip() for line in lines)

    return answer


def test_the_status_and_what_decided_it(why: Callable[..., str]) -> None:
    told = why("{status: green}")
    assert told.startswith("Amber since 15 August 2022. Staffing is 85.0%, 5 points below 90%")
    assert "What begins Amber is met:" in told
    assert "Held for 2 weeks; it needs 2 weeks." in told
    assert "What ends Amber is not met:" in told  # why it is not the milder one that was expected


def test_a_status_that_has_not_held_long_enough(why: Callable[..., str]) -> None:
    told = why("{as_of: 2022-08-08, status: amber}")
    assert "What begins Amber is not met:" in told
    assert "Held for 1 week of the 2 weeks that it needs." in told


@pytest.mark.parametrize("expect", ["{since: 2022-08-08}", "{previous: amber}", "{outstayed: true}"])
def test_other_fields_of_the_status(why: Callable[..., str], expect: str) -> None:
    assert "Amber since 15 August 2022." in why(expect)


def test_a_reduction_whose_condition_is_not_met(why: Callable[..., str]) -> None:
    told = why("{includes_permitted: [visits]}", points="600")
    assert "Home visits (from Amber on): Its own condition is not met: points is 600" in told.replace(
        "Points", "points"
    )
    assert "What allows it from Amber on is not met:" in told
    assert "since" not in told  # the status is as expected, and is left out


def test_a_reduction_that_lacks_a_figure(why: Callable[..., str]) -> None:
    told = why("{permitted: [visits]}", points="null")
    assert "Whether its own condition is met is not known." in told
    assert "Whether it is allowed from Amber on is not known:" in told


def test_a_reduction_of_a_status_that_is_not_reached(why: Callable[..., str]) -> None:
    assert why("{as_of: 2022-08-08, permitted: [visits]}") == "Home visits: Only from Amber on."


def test_a_reduction_that_is_withheld(why: Callable[..., str]) -> None:
    told = why("{permitted: [visits]}", more="pdu: hull")
    assert told.startswith("Home visits (from Amber on):")
    assert "taken this reduction away" in told


def test_a_reduction_that_is_permitted(why: Callable[..., str]) -> None:
    told = why("{permitted: []}")
    assert told.startswith("Home visits: permitted, by the reduction from Amber on, since 15 August 2022.")
    assert "What allows it from Amber on is met:" in told


def test_when_a_reduction_ends(why: Callable[..., str]) -> None:
    told = why("{ends: {visits: 2022-11-08}}")
    assert told == ("Home visits: permitted since 15 August 2022, for 84 days. It lapses on 7 November 2022.")


def test_a_measure_and_the_figures_that_it_rests_on(why: Callable[..., str]) -> None:
    told = why("{measures: {staffing: 86}}")
    assert told.startswith("Staffing is 85.0%, worked out as 100 * in_post[all] / required[all].")
    assert "in_post[PO] 7" in told


def test_what_is_not_mandatory(why: Callable[..., str]) -> None:
    assert why("{protected: [visits]}") == "Home visits is not mandatory in this version."


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("exit.amber", "What ends Amber is not met:"),
        ("status.green", "Amber since 15 August 2022."),
        ("permit.visits.amber", "Home visits (from Amber on): Its own condition is not met"),
        ("possible.green", "possible.green did not fire"),
    ],
)
def test_a_rule_that_did_not_fire(why: Callable[..., str], rule: str, said: str) -> None:
    assert said in why(f"{{because: [{rule}]}}", points="600")
