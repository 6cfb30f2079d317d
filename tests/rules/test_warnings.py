"""What `check` warns of without any proof: PF301 to PF314. Loading says nothing of them, and is not stopped.

A mark (§) says where a warning must stand; the codes are in the order of the places.
"""

from __future__ import annotations

import pytest

from rules.check.version import check_version
from rules.check.warnings import warn_of_version
from rules.library import check_library
from rules.problems import Findings, Problem, ordered
from rules.text import parse
from tests.rules_cases import case, ids
from tests.support import FRAMEWORKS, PLAN, changed, marked, told

V1, V2, V3, R = "plan/v1.yaml", "plan/v2.yaml", "plan/v3.yaml", "organisation.yaml"
GOOD = changed(
    PLAN,
    ("{title: Red, default: 75}", "{title: Red, default: 75, basis: illustrative}"),
    ("      staffing: {at_least: 95}\n", "      staffing: {at_least: 95}\n      basis: illustrative\n"),
    ("{points: {is: 9}}]}\n", "{points: {is: 9}}]}\n      basis: illustrative\n"),
    ("when: {staffing: {below: 85}}", "when: {staffing: {below: 85}, basis: illustrative}"),
    ("        do: Visit least.\n", "        do: Visit least.\n        only: [early]\n"),
)
"""The plan without anything to warn of."""
SECOND = changed(GOOD, ("version: v1", "version: v2"), ("effective: 2022-08-01", "effective: 2022-09-01"))
RED_POINT = "  red_staffing: {title: Red, default: 75, basis: illustrative}\n"
AMBER_FIRST = "        - staffing: {below: amber_staffing}\n          for: 2 weeks\n"
RED_ENTER = "        - {staffing: {below: red_staffing}, for: 2 weeks}\n"
AT_MOST = ("- staffing: {below: amber_staffing}", "- staffing: {at_most: amber_staffing}")
EXIT = "      staffing: {at_least: 95}\n      basis: illustrative\n      for: 2 weeks\n"
RELEASES = "releases: {minutes: 60, per: points, every: month, basis: illustrative}"


def warnings_of(text: str) -> tuple[Problem, ...]:
    """The warnings of a version that has no errors."""
    findings = Findings()
    source = parse(text, "v1.yaml", findings)
    assert source is not None
    policy = check_version(source, findings)
    assert policy is not None, told(findings.problems)
    warn_of_version(policy, source, findings)
    return ordered(findings.problems)


UNUSED = [
    case("PF301", (RED_POINT, RED_POINT + "  §spare: {default: 1, basis: illustrative}\n")),
    case("PF301", ("  red_staffing:", "  §red_staffing:"), ("{below: red_staffing}", "{below: 75}")),
    # A guarantee decides nothing, so it is no use.
    case(
        "PF301",
        (RED_POINT, RED_POINT + "  §spare: {default: 1, basis: illustrative}\n"),
        ("    when: {staffing: {at_least: 90}}\n", "    when: {staffing: {at_least: spare}}\n"),
    ),
    case("PF302", ("  alert:", "  §caseload: {title: Caseload, unit: cases}\n  alert:")),
    case("PF302", ("  alert:", "  §learners: {per: grade}\n  alert:")),
    case(
        "PF302",
        ("  alert:", "  §caseload: {unit: cases}\n  alert:"),
        ("    when: {staffing: {at_least: 90}}\n", "    when: {caseload: {at_least: 90}}\n"),
    ),
    case("PF303", ("  workload:\n", "  §spare: {formula: 2 * points}\n  workload:\n")),
    # Its input is not told as well: the measure is what is left over.
    case(
        "PF303",
        ("  alert:", "  caseload: {unit: cases}\n  alert:"),
        ("  workload:\n", "  §spare: {formula: 2 * caseload}\n  workload:\n"),
    ),
    # What only an unused measure uses is unused as well.
    case(
        "PF303 PF303",
        ("  workload:\n", "  §one: {formula: 2 * points}\n  §two: {formula: 2 * one}\n  workload:\n"),
    ),
    case(
        "PF303",
        ("  workload:\n", "  §spare: {formula: 2 * points}\n  workload:\n"),
        ("    when: {staffing: {at_least: 90}}\n", "    when: {spare: {at_least: 90}}\n"),
    ),
    case("PF304", ("early: Early in the order}", "early: Early in the order, §youth: Young adults}")),
    case("PF304", ("        only: [early]\n", ""), ("early: Early", "§early: Early")),
    case("PF305", ("{contact: Contact}", "{contact: Contact, §risk: Risk}")),
    case("PF306", ("returns: {", "  §guide: {title: A guide}\nreturns: {")),
]

UNSOURCED = [
    case("PF307", ("{because: The law asks for it., source: law}", "§{because: The law asks for it.}")),
    case("PF308", ("default: 75, basis: illustrative}", "default: §75}")),
    case("PF308", ("80, to: 95}, basis: illustrative}", "80, to: 95}, basis: §published}"), AT_MOST),
    case("PF308", (RELEASES, "releases: {minutes: §60, per: points, every: month}")),
    # The source of a reduction says where the reduction comes from, not its minutes.
    case("PF308", (RELEASES, "releases: {minutes: 60, per: points, every: month, basis: §published}")),
    case("PF308", (RELEASES, "releases: {minutes: §60, per: points, every: month, source: law}")),
    case("PF308", ("{below: 85}, basis: illustrative}", "{below: §85}}")),
    case("PF308", ("{below: 85}, basis: illustrative}", "{below: §85}, source: law}")),
    case("PF308", ("{below: 85}, basis: illustrative}", "{at_most: §85}, basis: published}")),
    case("PF308", (EXIT, "      staffing: {at_least: §95}\n      for: 2 weeks\n")),
    case("PF308", ("          source: law\n          basis: published\n", ""), ("above: 110", "above: §110")),
    case(
        "PF308", ("          source: law\n          basis", "          basis"), ("above: 110", "above: §110")
    ),
    # Two comparators on one measure are two numbers in one condition.
    case("PF308", ("{below: 85}, basis: illustrative}", "{below: §85, above: 20}}")),
]

WHEN = "when: {staffing: {below: 85}, basis: illustrative}"
PUBLISHED = "basis: published, source: law"
DOUBTFUL = [
    case(
        "PF309",
        ("    title: Workload\n    decimals: 2\n", "    title: Workload\n    decimals: 1\n"),
        ("above: 110", "above: §110"),
    ),
    case(
        "PF309",
        ("    title: Workload\n    decimals: 2\n", "    title: Workload\n"),
        ("above: 110", "above: §110"),
    ),
    case("PF309", (WHEN, f"when: {{staffing: {{below: §85}}, {PUBLISHED}}}")),
    case("PF309", (WHEN, f"when: {{staffing: {{above: §85.55}}, {PUBLISHED}}}")),
    case(
        "PF309",
        (RED_POINT, RED_POINT.replace("basis: illustrative", PUBLISHED)),
        ("{below: red_staffing}", "{below: §red_staffing}"),
    ),
    # The group says where its parts' numbers come from.
    case("PF309", (WHEN, f"when: {{all: [{{staffing: {{below: §85}}}}], {PUBLISHED}}}")),
    case(
        "PF310 PF310",
        (
            "      any:\n        - staffing: {below: amber",
            "      for: 3 weeks\n      any:\n        - staffing: {below: amber",
        ),
        ("          for: 4 weeks", "          for: §4 weeks"),
        (AMBER_FIRST[-23:] + "        - workload", "          for: §2 weeks\n        - workload"),
    ),
    # A part within another group is a part as well.
    case(
        "PF310",
        (
            "[{alert: {is: very-high}}, {pressure: {at_least: 2}}]",
            "[{alert: {is: very-high}}, {none: [{pressure: {at_least: 2}, for: §1 week}]}]\n          for: 1 week",
        ),
    ),
    case(
        "PF310",
        (
            "- count: {at_least: 2, of: [{workload: {above: 99}},",
            "- for: 1 week\n          count: {at_least: 2, of: [{workload: {above: 99}, for: §2 weeks},",
        ),
    ),
    # Of three depths each is told with the nearest one around it.
    case(
        "PF310 PF310",
        (
            WHEN,
            "when: {any: [{all: [{staffing: {below: 85}, for: §1 week}], for: §2 weeks}], for: 3 weeks,"
            " basis: illustrative}",
        ),
    ),
    case(
        "PF313",
        (", early: Early in the order}", "}"),
        ("        only: [early]\n", "        only: §[]\n"),
    ),
    case("PF313", ("        except: [mappa]\n", "        except: §[early, mappa]\n")),
]
WARNED = [*UNUSED, *UNSOURCED, *DOUBTFUL]

FINE = [
    case(""),
    # A threshold in a `when` is a use, and so is a threshold that is a measure or an input.
    case(
        "",
        ("{below: red_staffing}", "{below: 75}"),
        (WHEN, "when: {staffing: {below: red_staffing}}"),
        (
            RED_ENTER.replace("red_staffing", "75"),
            RED_ENTER.replace("red_staffing}", "75}, basis: illustrative"),
        ),
    ),
    case("", ("  alert:", "  floor: {title: A floor}\n  alert:"), (WHEN, "when: {staffing: {below: floor}}")),
    case(
        "",
        ("  workload:\n", "  usual: {formula: 2 * points}\n  workload:\n"),
        (WHEN, "when: {staffing: {below: usual}}"),
    ),
    # What a release counts is meant for information.
    case("", ("  alert:", "  caseload: {unit: cases}\n  alert:"), ("per: points", "per: caseload")),
    case("", ("  alert:", "  learners: {per: grade}\n  alert:"), ("per: points", 'per: "learners[all]"')),
    # A measure may serve another one, or give points.
    case(
        "",
        ("  workload:\n", "  half: {formula: points / 2}\n  workload:\n"),
        ("100 * points /", "200 * half /"),
    ),
    case("", ("  workload:\n", "  half: {formula: points / 2}\n  workload:\n"), ("of: staffing", "of: half")),
    # To name a source in a guarantee is a use.
    case(
        "",
        ("returns: {", "  guide: {title: A guide}\nreturns: {"),
        ("    when: {staffing: {at_least: 90}}\n", "    when: {staffing: {at_least: 90}, source: guide}\n"),
    ),
    # Categories, trigger points and figures are no numbers written out.
    case("", (WHEN, "when: {alert: {is: high}}")),
    case("", (WHEN, "when: {staffing: {below: amber_staffing}}")),
    case("", (WHEN, "when: {points: {below: available}}")),
    case("", (WHEN, "when: {all: [{staffing: {below: 85}}, {workload: {above: 5}}], basis: illustrative}")),
    case("", (RELEASES, RELEASES.replace("basis: illustrative", PUBLISHED))),
    # Rounding hides nothing where a threshold is not strict, not published, or the figure is not rounded.
    case("", (WHEN, f"when: {{staffing: {{at_most: 85}}, {PUBLISHED}}}")),
    case("", (WHEN, f"when: {{workload: {{below: 85}}, {PUBLISHED}}}")),
    case("", (WHEN, f"when: {{points: {{below: 85}}, {PUBLISHED}}}")),
    case("", (WHEN, f"when: {{pressure: {{below: 2}}, {PUBLISHED}}}")),
    case(
        "",
        ("  workload:\n", "  both: {formula: points + 2 * available}\n  workload:\n"),
        (WHEN, f"when: {{both: {{below: 85}}, {PUBLISHED}}}"),
    ),
    case(
        "",
        ("  workload:\n", "  most: {decimals: 1, formula: 'max(points, 1.5)'}\n  workload:\n"),
        (WHEN, f"when: {{most: {{below: 85}}, {PUBLISHED}}}"),
    ),
    # One cohort in all, and a reduction limited to all of them.
    case("", ("        only: [early]\n", "        only: [early, mappa]\n")),
    case("", (", early: Early in the order}", "}"), ("        only: [early]\n", "")),
]


@pytest.mark.parametrize(("codes", "changes"), WARNED, ids=ids(WARNED))
def test_a_warning_stands_at_its_place_with_a_way_out(
    codes: str, changes: tuple[tuple[str, str], ...]
) -> None:
    text, places = marked(changed(GOOD, *changes))
    found = warnings_of(text)
    assert [(one.code, one.place.line, one.place.column) for one in found] == [
        (code, *place) for code, place in zip(codes.split(), places, strict=True)
    ], told(found)
    for one in found:
        assert one.is_warning
        assert one.message.endswith(".")
        assert one.hint.endswith(".")
        assert one.place.path


@pytest.mark.parametrize(
    ("codes", "changes"), FINE, ids=ids([(code, changes or (("", ""),)) for code, changes in FINE])
)
def test_what_is_in_order_is_left_alone(codes: str, changes: tuple[tuple[str, str], ...]) -> None:
    assert told(warnings_of(changed(GOOD, *changes))) == []


def test_the_shipped_policy_has_no_warnings() -> None:
    assert told(check_library(FRAMEWORKS)) == []


class TestWords:
    def the(self, *changes: tuple[str, str]) -> Problem:
        (found,) = warnings_of(changed(GOOD, *changes))
        return found

    def test_many_numbers_of_a_condition_are_told_once(self) -> None:
        found = self.the(
            (
                WHEN,
                "when:\n          any:\n            - {staffing: {below: 85}}\n"
                "            - {workload: {above: 99, below: 200}}",
            )
        )
        assert found.message == "The number in staffing below 85 has no basis, like 2 more in this condition."
        assert [place.line - found.place.line for place in found.also] == [1, 1]
        assert [place.path.rpartition(".")[2] for place in found.also] == ["above", "below"]

    def test_a_source_that_is_missing_is_told_as_such(self) -> None:
        found = self.the(("{below: 85}, basis: illustrative}", "{at_most: 85}, basis: published}"))
        assert found.message == "The number in staffing at_most 85 is called published and names no source."
        assert "source" in found.hint

    @pytest.mark.parametrize(
        ("compared", "said"),
        [
            ("below: 85", "published 85, so 84.96 is not below it"),
            ("above: 85", "published 85, so 85.04 is not above it"),
            ("above: 85.1", "published 85.1, so 85.14 is not above it"),
            ("below: 85.55", "published 85.55, so values near it may fall on the wrong side"),
        ],
    )
    def test_what_rounding_hides_is_shown(self, compared: str, said: str) -> None:
        found = self.the((WHEN, f"when: {{staffing: {{{compared}}}, {PUBLISHED}}}"))
        assert found.message == f"staffing is rounded to 1 decimal before it is compared with the {said}."

    def test_a_duration_names_the_one_around_it(self) -> None:
        found = self.the(
            (WHEN, "when: {any: [{staffing: {below: 85}, for: 1 week}], for: 3 weeks, basis: illustrative}")
        )
        assert found.message == "This part must hold for 1 week, and its group for 3 weeks as well."
        assert [place.path for place in found.also] == ["activities[0].reductions[0].when.for"]
