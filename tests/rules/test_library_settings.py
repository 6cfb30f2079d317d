"""What is in force on a day: the version, and what region and unit have set within its bounds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from rules.check.organisation import check_organisation
from rules.check.settings import check_settings, read_settings
from rules.library import Framework, Setting, load_library
from rules.policy import Policy
from rules.problems import Findings
from rules.text import parse
from tests.support import NORTH, ORGANISATION, PLAN, changed, policy_of, write_library

EACH = settings(max_examples=max(300, settings().max_examples), deadline=None)
SECOND = changed(
    PLAN,
    ("version: v1", "version: v2"),
    ("effective: 2022-08-01", "effective: 2022-09-01"),
    ("{from: 80, to: 95}", "{from: 85.5, to: 92}"),
    ("{title: Red, default: 75}", "{title: Red, default: 75, regions: {from: 70, to: 79.25}}"),
)


def day(text: str) -> datetime.date:
    """`08-15` as a day of 2022."""
    return datetime.date.fromisoformat(f"2022-{text}")


def framework_in(folder: Path, *files: str) -> Framework:
    """The framework of these versions."""
    named = {f"plan/v{number}.yaml": text for number, text in enumerate(files, 1)}
    return load_library(write_library(folder, named)).framework()


def in_force(framework: Framework, on: str) -> str | None:
    """The name of the version in force on a day."""
    policy = framework.in_force(day(on))
    return policy.version.version if policy else None


def test_a_version_is_in_force_from_its_day_until_the_next_ones(tmp_path: Path) -> None:
    framework = framework_in(tmp_path, SECOND, PLAN)
    assert [one.version.version for one in framework.policies] == ["v1", "v2"]
    assert [in_force(framework, on) for on in ("07-31", "08-01", "08-31", "09-01", "12-31")] == [
        None,
        "v1",
        "v1",
        "v2",
        "v2",
    ]


def test_a_version_with_a_last_day_ends_with_it(tmp_path: Path) -> None:
    first = changed(PLAN, ("steps:", "until: 2022-08-20\nsteps:"))
    framework = framework_in(tmp_path, first, changed(SECOND, ("steps:", "until: 2022-09-01\nsteps:")))
    assert [in_force(framework, on) for on in ("08-20", "08-21", "08-31", "09-01", "09-02")] == [
        "v1",
        None,
        None,
        "v2",
        None,
    ]


def test_a_version_that_is_named_judges_every_day(tmp_path: Path) -> None:
    framework = framework_in(tmp_path, changed(PLAN, ("steps:", "until: 2022-08-20\nsteps:")), SECOND)
    assert [in_force(framework.pin("v1"), on) for on in ("01-01", "08-01", "08-21", "09-30")] == ["v1"] * 4


TWO_ENTRIES = (
    NORTH
    + """\
      hull: {withhold: []}
  - effective: 2022-08-22
    set_by: Another director
    reason: Staff came back.
    pdus:
      hull: {trigger_points: {amber_staffing: 81.50}}
"""
)


@pytest.fixture
def framework(tmp_path: Path) -> Framework:
    """One version, and two entries of the north."""
    write_library(tmp_path, {"plan/v1.yaml": PLAN, "plan/regions/north.yaml": TWO_ENTRIES})
    return load_library(tmp_path).framework("plan")


def setting(framework: Framework, region: str, pdu: str, on: str) -> Setting:
    """What is set for a unit on a day."""
    policy = framework.in_force(day(on))
    assert policy is not None
    return framework.setting(policy, region, pdu, day(on))


@pytest.mark.parametrize(
    ("region", "pdu", "on", "number", "set_by", "withheld"),
    [
        ("north", "york", "08-07", "90", "default", []),
        ("north", "york", "08-08", "92", "pdu", ["visits"]),
        ("north", "hull", "08-08", "88", "region", ["visits"]),
        ("north", "hull", "08-21", "88", "region", ["visits"]),
        ("north", "york", "08-22", "90", "default", []),
        ("north", "hull", "08-22", "81.5", "pdu", []),
        ("south", "kent", "08-08", "90", "default", []),
        ("north", "elsewhere", "08-08", "88", "region", ["visits"]),
    ],
)
def test_the_units_number_goes_before_the_regions_and_that_before_the_default(
    framework: Framework, region: str, pdu: str, on: str, number: str, set_by: str, withheld: list[str]
) -> None:
    found = setting(framework, region, pdu, on)
    assert found.numbers["amber_staffing"] == Decimal(number)
    assert found.set_by["amber_staffing"] == set_by
    assert found.numbers["red_staffing"] == 75
    assert found.set_by["red_staffing"] == "default"
    assert sorted(found.withhold) == withheld
    assert (found.entry is None) == (on == "08-07" or region == "south")


def test_a_unit_may_withhold_more_and_never_less(tmp_path: Path) -> None:
    calls = "  - {id: calls, reductions: [{from: red, strength: may, do: Call less.}]}\nguarantees:\n"
    version = changed(PLAN, ("guarantees:\n", calls))
    north = changed(NORTH, ("92}, withhold: [visits]", "92}, withhold: [calls]"))
    write_library(tmp_path, {"plan/v1.yaml": version, "plan/regions/north.yaml": north})
    framework = load_library(tmp_path).framework()
    assert sorted(setting(framework, "north", "york", "08-08").withhold) == ["calls", "visits"]
    assert sorted(setting(framework, "north", "hull", "08-08").withhold) == ["visits"]


def test_an_entry_stays_in_force_under_a_later_version(tmp_path: Path) -> None:
    write_library(
        tmp_path,
        {"plan/v1.yaml": PLAN, "plan/v2.yaml": SECOND, "plan/regions/north.yaml": NORTH},
    )
    framework = load_library(tmp_path).framework()
    assert setting(framework, "north", "hull", "09-01").numbers["amber_staffing"] == 88


def test_what_a_named_version_does_not_take_is_left_out(tmp_path: Path) -> None:
    late = changed(NORTH, ("{amber_staffing: 88}", "{amber_staffing: 88, red_staffing: 77}"))
    late = changed(late, ("effective: 2022-08-08", "effective: 2022-09-05"))
    write_library(tmp_path, {"plan/v1.yaml": PLAN, "plan/v2.yaml": SECOND, "plan/regions/north.yaml": late})
    found = setting(load_library(tmp_path).framework("plan@v1"), "north", "hull", "09-05")
    assert list(found.numbers.values()) == [88, 75]
    assert found.left_out == ("red_staffing",)


# Law 7: what a region may not do cannot be done by any file of a region.

POLICIES = [policy_of(PLAN), policy_of(SECOND)]
BOUNDS = {
    "v1": {"amber_staffing": (Decimal(80), Decimal(95))},
    "v2": {
        "amber_staffing": (Decimal("85.5"), Decimal(92)),
        "red_staffing": (Decimal(70), Decimal("79.25")),
    },
}
DAYS = [day(text) for text in ("07-31", "08-01", "08-08", "08-31", "09-01", "09-05", "10-01")]
Numbers = dict[str, str]
Unit = tuple[Numbers, list[str]]
Entry = tuple[datetime.date, Numbers, list[str], dict[str, Unit], str]


def mostly(*good: str, bad: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One of the good words, and now and then a bad one."""
    return st.integers(0, 11).flatmap(lambda dice: bad if dice == 0 else st.sampled_from(good))


NUMBERS = mostly(
    *("85.5", "85.50", "86", "88", "90", "91.999", "92"),
    bad=st.one_of(
        st.sampled_from(
            ["80", "95", "85.499", "92.001", "79.9", "95.001", "-1", '"90"', "1e2", "null", "[90]"]
        ),
        st.decimals(60, 100, places=2).map(str),
    ),
)
NAMES = mostly("amber_staffing", bad=st.sampled_from(["red_staffing", "staffing", "x"]))
POINTS = st.dictionaries(NAMES, NUMBERS, max_size=2)
WITHHOLD = st.lists(mostly("visits", bad=st.sampled_from(["reports", "calls", "visits "])), max_size=2)
UNITS = st.dictionaries(
    mostly("york", "hull", bad=st.sampled_from(["kent", "zz"])), st.tuples(POINTS, WITHHOLD), max_size=2
)
EXTRA = mostly(
    "", bad=st.sampled_from(["mandatory: []", "reductions: []", "statuses: []", "except: [mappa]"])
)
ENTRIES = st.lists(
    st.tuples(st.sampled_from(DAYS), POINTS, WITHHOLD, UNITS, EXTRA),
    min_size=1,
    max_size=3,
    unique_by=lambda entry: entry[0],
).map(lambda entries: sorted(entries, key=lambda entry: entry[0]))


def entry_text(entry: Entry) -> str:
    """One entry of a settings file."""
    effective, points, withhold, units, extra = entry

    def inner(points: dict[str, str], withhold: list[str]) -> str:
        numbers = ", ".join(f"{name}: {number}" for name, number in points.items())
        ids = ", ".join(f'"{id_}"' for id_ in withhold)
        return f"trigger_points: {{{numbers}}}, withhold: [{ids}]"

    pdus = ", ".join(f"{unit}: {{{inner(*own)}}}" for unit, own in units.items())
    parts = [
        f"effective: {effective}, set_by: Someone, reason: Any, {inner(points, withhold)}, pdus: {{{pdus}}}"
    ]
    return f"  - {{{', '.join([*parts, *([extra] if extra else [])])}}}\n"


@EACH
@given(mostly("north", bad=st.just("south")), ENTRIES)
def test_no_file_of_a_region_goes_beyond_what_a_region_may_do(region: str, entries: list[Entry]) -> None:
    text = f"format: 1\nframework: plan\nregion: {region}\nsettings:\n{''.join(map(entry_text, entries))}"
    findings = Findings()
    register = parse(ORGANISATION, "organisation.yaml", findings)
    source = parse(text, "region.yaml", findings)
    assert source is not None
    assert register is not None
    organisation = check_organisation(register, findings)
    written = read_settings(source, findings)
    if written is not None:
        check_settings(written, source, POLICIES, organisation, findings)
    event(f"refused: {bool(findings.problems)}")
    if written is None or findings.problems:
        assert findings.problems
        return
    framework = Framework("plan", tuple(POLICIES), {region: written})
    for on in DAYS[1:]:
        policy = framework.in_force(on)
        assert policy is not None
        for unit, home in (("york", "north"), ("hull", "north"), ("kent", "south")):
            assert_within(policy, framework.setting(policy, home, unit, on))
            if home != region:
                assert framework.setting(policy, home, unit, on).entry is None


def assert_within(policy: Policy, found: Setting) -> None:
    """Every number lies where the version lets a region put it, and nothing mandatory is withheld."""
    version = policy.version
    bounds = BOUNDS[version.version]
    assert set(found.numbers) == set(version.trigger_points)
    for name, number in found.numbers.items():
        low, high = bounds.get(name, (version.trigger_points[name].default,) * 2)
        assert low <= number <= high
    assert found.withhold <= {"visits"}
    assert found.left_out == ()
