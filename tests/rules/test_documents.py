"""One small change to a good document: each fault is told with its code, at its place, with a way out.

A mark (§) in a change says where the problem must stand; the codes are in the order of the marks.
"""

from __future__ import annotations

import pytest

from rules.problems import did_you_mean
from tests.rules_cases import assert_told, case, ids
from tests.support import PLAN, changed, marked, read_version

ARABIC_DAY = "\u0662\u0660\u0662\u0662-\u0660\u0668-\u0660\u0661"
RED_END = "    binding: true\n"
TEN_MORE = "".join(f"  - {{id: s{n}, enter: {{points: {{above: {n}}}}}}}\n" for n in range(10))
VISITS_END = "        do: Visit least.\n"
GUARANTEE_END = "    never: {enter: red}\n"
PRESSURE = "    points: {of: staffing, bands: [{below: 70, give: 3}, {below: 85, give: 2}], otherwise: 0}\n"
RETURNS = "returns: {every: 7 days, stale_after: 14 days}"

SHAPES = [
    case("PF201", ("title: A plan", "title:§")),
    case("PF201", ("title: A plan", 'title: §""')),
    case("PF201", ("title: A plan", 'title: §"  "')),
    case("PF201", ("title: A plan", "title: §[A plan]")),
    case("PF201", ("title: A plan", "title: §{a: plan}")),
    case("PF201", (RETURNS, "returns: §7 days")),
    case("PF201", (RETURNS, "returns:§")),
    case("PF201", ("parts: {contact: Contact}", "parts: §[contact]")),
    case("PF201", ("except: [mappa]", "except: §mappa")),
    case("PF201", ("except: [mappa]", "except: [§[mappa]]")),
    case("PF201", ("may: [raise, lower]", "may: §[]")),
    case("PF201", ("binding: true", "binding: §yes")),
    case("PF201", ("binding: true", 'binding: §"true"')),
    case("PF201", ("first_return: at_once", "first_return:§")),
    case("PF201", ("effective: 2022-08-01", "effective:§")),
    case("PF201", ("lists:\n", "lists:\n  stage: §{}\n")),
    case("PF201", ("          for: 4 weeks", "          for: §[4 weeks]")),
    case("PF201", ("          source: law\n          basis", "          source:§\n          basis")),
    case("PF201", (VISITS_END, VISITS_END + "  - id: meetings\n    reductions: §[]\n")),
    case("PF202", ("framework: plan", "framework: §my plan")),
    case("PF202", ("version: v1", "version: §v/1")),
    case("PF202", ("- id: green", "- id: §gre.en")),
    case("PF202", ("- id: green", f"- id: §{'g' * 81}")),
    case("PF202", ("  alert:", "  §in-post: {}\n  alert:")),
    case("PF202", ("  alert:", "  §2nd: {}\n  alert:")),
    case("PF202", ("  alert:", "  §naïve: {}\n  alert:")),
    case("PF202", ("  alert:", "  §as_of: {}\n  alert:")),
    case("PF202", ("PSO: Services officer", "PSO: Services officer, §all: Everyone")),
    case("PF202", ("  workload:\n", "  §max: {formula: points}\n  workload:\n")),
    case("PF202", ("{contact: Contact}", "{contact: Contact, §a part: A part}")),
    case(
        "PF202",
        (RED_END, RED_END + "  - {id: §undeclared, enter: {points: {above: 1}}}\n"),
    ),
    case(
        "PF202",
        (RED_END, RED_END + "  - {id: §suspended, enter: {points: {above: 1}}}\n"),
    ),
    case(
        "PF202",
        (RED_END, RED_END + "  - {id: §indeterminate, enter: {points: {is: 1}}}\n"),
    ),
    case("PF204", ("effective: 2022-08-01", "effective: §2022-02-30")),
    case("PF204", ("effective: 2022-08-01", "effective: §1/8/2022")),
    case("PF204", ("effective: 2022-08-01", "effective: §2022-8-1")),
    case("PF204", ("effective: 2022-08-01", "effective: §2022-08-01T00:00:00")),
    case("PF204", ("effective: 2022-08-01", f"effective: §{ARABIC_DAY}")),
    case("PF204", ("published: 2020-01-31", "published: §2020")),
    case("PF204", ("steps:", "approved: {by: A director, on: §2022-13-01}\nsteps:")),
    case("PF205", (RETURNS, "returns: {every: §7, stale_after: 14 days}")),
    case("PF205", (RETURNS, "returns: {every: 7 days, stale_after: §1 month}")),
    case("PF205", (RETURNS, "returns: {every: 7 days, stale_after: 14 days, grace: §-7 days}")),
    case("PF205", (RETURNS, "returns: {every: 7 days, stale_after: 14 days, longest_gap: §1.5 weeks}")),
    case("PF205", (RETURNS, "returns: {every: §0 days, stale_after: 14 days}")),
    case("PF205", (RETURNS, "returns: {every: 7 days, stale_after: §36526 days}")),
    case("PF205", ("lapses_after: 84 days", "lapses_after: §99999 weeks")),
    case("PF205", ("review_every: 28 days", "review_every: §5218 weeks")),
    case("PF205", ("          for: 4 weeks", "          for: §5300 weeks")),
    case("PF205", (RETURNS, "returns: {every: 7 days, stale_after: §0 days}")),
    case("PF205", ("minimum_stay: 14 days", "minimum_stay: §two weeks")),
    case("PF205", ("          for: 4 weeks", "          for: §4weeks")),
    case("PF205", ("          for: 4 weeks", "          for: §0 weeks")),
    case("PF206", ("format: 1\nframework: plan\n", "§format: 1\n")),
    case("PF206", ("format: 1\n", "§"), ("framework: plan", "framework: plan")),
    case("PF206", ("format: 1\n", "§format: 1\n"), ("activation: automatic\n", "")),
    case("PF206", (RETURNS, "returns: §{every: 7 days}")),
    case("PF206", ("        do: Visit least.\n", ""), ("      - from: red", "      - §from: red")),
    case("PF206", ("    title: A law\n    published", "    §published")),
    case("PF206", ("lever: {step: 0.1}", "lever: §{}")),
    case("PF206", ("{below: 70, give: 3}", "§{below: 70}")),
    case("PF206", ("{because: The law asks for it., source: law}", "§{source: law}")),
    case("PF206", ("  - name: nobody enters Red while nine of ten are there\n    when", "  - §when")),
    case("PF206", ("    title: Pressure\n" + PRESSURE, "    §title: Pressure\n")),
    case("PF206", ("    title: Pressure\n", "    §title: Pressure\n    formula: points\n")),
    case("PF206", ("{title: Red, default: 75}", "§{title: Red}")),
    case("PF206 PF207", ("format: 1\n", "§format: 1\n"), ("effective: 2022", "§efective: 2022")),
    case("PF206 PF207", ("      - from: red", "      - §§from_: red")),
    case("PF207", ("    minimum_stay:", "    §minimum_stey:")),
    case("PF207", ("  alert: {title: Alert,", "  alert: {§titel: Alert,")),
    case("PF207", ("summary:", "§owner: HQ\nsummary:")),
    case("PF207", ("summary:", '§"[key]": HQ\nsummary:')),
    case("PF207", ("unit: points, decimals: 0, minimum: 0}", "unit: points, decimals: 0, §minimun: 0}")),
    case("PF208", ("format: 1", "format: §2")),
    case("PF208", ("format: 1", 'format: §"1"')),
    case("PF208", ("colour: amber", "colour: §ambar")),
    case("PF208", ("strength: should", "strength: §shall")),
    case("PF208", ("first_return: at_once", "first_return: §immediately")),
    case("PF208", ("activation: automatic", "activation: §Automatic")),
    case("PF208", ("may: [raise, lower]", "may: [raise, §lowr]")),
    case("PF208", ("every: month", "every: §fortnight")),
    case("PF208", ("basis: published", "basis: §publishd")),
    case("PF208", ("regions: {from: 80, to: 95}, basis: illustrative", "basis: §guess")),
    case("PF209", ("default: 75", "default: §seventy")),
    case("PF209", ("default: 75", 'default: §"75"')),
    case("PF209", ("default: 75", "default: §7.5e1")),
    case("PF209", ("default: 75", "default: §+75")),
    case("PF209", ("default: 75", "default: §.75")),
    case("PF209", ("default: 75", "default: §75.")),
    case("PF209", ("default: 75", "default: §7_5")),
    case("PF209", ("default: 75", "default: §0x4B")),
    case("PF209", ("default: 75", f"default: §{ARABIC_DAY[-1]}")),
    case("PF209", ("default: 75", "default: §75%")),
    case("PF209", ("default: 75", "default: §.inf")),
    case("PF209", ("default: 75", "default: §true")),
    case("PF209", ("default: 75", "default: §1234567890123456")),
    case("PF209", ("default: 75", "default: §0.1234567890123456")),
    case("PF209", ("{below: 85}", "{below: §1234567890123456}")),
    case("PF209", ("{below: 85}", '{below: §"85"}')),
    case("PF209", ("100 * points / available", "§1234567890123456 * points / available")),
    case("PF209", ("steps: {down: 1}", "steps: {down: §0}")),
    case("PF209", ("steps: {down: 1}", "steps: {down: §1.5}")),
    case("PF209", ("    decimals: 2\n", "    decimals: §10\n")),
    case("PF209", ("    decimals: 2\n", "    decimals: §-1\n")),
]

WHOLE = [
    case("PF220", ("    colour: green\n", "    colour: green\n    §enter: {points: {above: 1}}\n")),
    case("PF220", ("    colour: green\n", "    colour: green\n    §exit: {points: {above: 1}}\n")),
    case("PF220", (RED_END, RED_END + "  - §id: black\n")),
    case("PF221", (RED_END, RED_END + "  - {id: §amber, enter: {points: {above: 1}}}\n")),
    case("PF221", ("- id: reports", "- id: §visits")),
    case("PF221", ("  workload:\n", "  §points: {formula: available}\n  workload:\n")),
    case("PF221", ("  red_staffing:", "  §staffing: {default: 1}\n  red_staffing:")),
    case("PF221", ("  alert:", "  §PSO: {}\n  alert:")),
    case("PF221", ("  grade: {", "  stage: {PO: Probation officer}\n  grade: {§")),
    case("PF221", ("  alert:", "  grade: {}\n  alert:"), ("  grade: {PO:", "  §grade: {PO:")),
    case("PF221", ("values: [none, high, very-high]", "values: [none, high, very-high, §high]")),
    case("PF222", ("  - id: reports\n", "  - §id: meetings\n  - id: reports\n")),
    case(
        "PF222", (VISITS_END, VISITS_END + "    mandatory: {because: x}\n"), ("- id: visits", "- §id: visits")
    ),
    case("PF223", ("    title: Home visits\n    part: contact", "    part: §contract")),
    case("PF223", ("- from: red", "- from: §read")),
    case("PF223", ("except: [mappa]", "except: [mappa, §mapa]")),
    case(
        "PF223",
        ("lapses_after: 84 days\n        source: law", "lapses_after: 84 days\n        source: §lore"),
    ),
    case("PF223", ("for it., source: law}", "for it., source: §low}")),
    case("PF223", ("          source: law", "          source: §laws")),
    case("PF223", ("basis: illustrative}\n  red", "basis: illustrative, source: §lwa}\n  red")),
    case("PF223", ("month, basis: illustrative", "month, source: §lawyer")),
    case("PF223", ("  alert:", "  learners: {per: §stage}\n  alert:")),
    case("PF224", ("- from: red", "- from: §amber")),
    case("PF224", (VISITS_END, VISITS_END + "      - {strength: may, do: Visit, from: §red}\n")),
    case(
        "PF224",
        (
            VISITS_END,
            VISITS_END + "      - {from: §amber, strength: may, do: Visit, when: {points: {is: 1}}}\n",
        ),
    ),
    case("PF225", ("        except: [mappa]\n", "        except: [mappa]\n        §only: [early]\n")),
    case("PF225", ("        except: [mappa]\n", "        §only: [mappa]\n        except: [mappa]\n")),
    case("PF226", ("default: 90, regions", "default: §97, regions")),
    case("PF226", ("default: 90, regions", "default: §79.999, regions")),
    case("PF226", ("{from: 80, to: 95}", "{from: 95, to: §80}")),
    case("PF227", ("default: none}", "default: §low}")),
    case("PF227", ("default: none}", "default: §[none]}")),
    case("PF227", ("default: none}", "default: §}")),
    case("PF227", ("default: none}", "§minimum: 0}")),
    case("PF227", ("default: none}", "§lever: {step: 1}}")),
    case("PF227", ("minimum: 0, maximum: 1000000", "minimum: 5, maximum: §4")),
    case("PF227", ("minimum: 0, maximum: 1000000", "minimum: §0.5")),
    case("PF227", ("minimum: 0, maximum: 1000000", "minimum: 0, default: §-1")),
    case("PF227", ("minimum: 0, maximum: 1000000", "minimum: 0, default: §1.5")),
    case("PF227", ("minimum: 0, maximum: 1000000", 'minimum: 0, default: §"5"')),
    case("PF227", ("step: 0.1", "step: §0")),
    case("PF227", ("step: 0.1", "step: §-0.1")),
    case("PF228", (RED_END, RED_END + TEN_MORE.replace("{id: s9", "§{id: s9"))),
    case(
        "PF228",
        (
            RED_END,
            RED_END + TEN_MORE.replace("{id: s9", "§{id: s9") + "  - {id: t, enter: {points: {is: 1}}}\n",
        ),
    ),
    case("PF229", ("effective: 2022-08-01\n", "until: §1999-12-31\neffective: 2022-08-01\n")),
    case("PF229", ("effective: 2022-08-01\n", "effective: 2022-08-01\nuntil: §2022-07-31\n")),
    case("PF230", ("https://example.org/law", "§example.org/law")),
    case("PF230", ("https://example.org/law", "§javascript:alert(1)")),
    case("PF270", ("  - name: nobody", "  - §name: nobody"), (GUARANTEE_END, "")),
    case(
        "PF270",
        ("- name: nobody", "- §name: nobody"),
        (GUARANTEE_END, GUARANTEE_END + "    always: {at_least: red}\n"),
    ),
    case("PF270", ("never: {enter: red}", "never: §red")),
    case("PF270", ("never: {enter: red}", "never: §{enters: red}")),
    case("PF270", ("never: {enter: red}", "never: §{enter: red, status: red}")),
    case("PF223", ("never: {enter: red}", "never: {enter: §reed}")),
    case("PF223", ("never: {enter: red}", "never: {permitted: [visits, §visit]}")),
]


@pytest.mark.parametrize(("codes", "changes"), [*SHAPES, *WHOLE], ids=ids([*SHAPES, *WHOLE]))
def test_a_fault_is_told_at_its_place_with_a_way_out(
    codes: str, changes: tuple[tuple[str, str], ...]
) -> None:
    assert_told(codes, changes)


def test_every_problem_is_told_at_once_in_the_order_of_their_places() -> None:
    changes = [
        ("published: 2020-01-31", "published: §soon"),
        ("colour: amber", "colour: §blood"),
        ("strength: should", "strength: §shall"),
        ("steps: {down: 1}", "steps: {down: §none}"),
        ("    title: Workload\n", "    title: Workload\n    §unti: percent\n"),
    ]
    text, places = marked(changed(PLAN, *changes))
    _, problems = read_version(text)
    assert [(one.place.line, one.place.column) for one in problems] == places
    assert [one.code for one in problems] == ["PF204", "PF209", "PF207", "PF208", "PF208"]


def test_faults_of_meaning_are_told_at_once_as_well() -> None:
    changes = [
        ("100 * points / available", "100 * §pionts / available"),
        ("{below: amber_staffing}", "{below: §amber_stafing}"),
        ("{at_least: 95}", "{at_lest: 95}"),
        ("[high]", "[§hihg]"),
        ("[mappa]", "[§mapa]"),
        ("          for: 4 weeks", "          for: §10 days"),
    ]
    text, places = marked(changed(PLAN, *changes, ("      staffing: {at_lest", "      staffing: {§at_lest")))
    _, problems = read_version(text)
    assert [(one.place.line, one.place.column) for one in problems] == places
    assert [one.code for one in problems] == ["PF210", "PF210", "PF216", "PF215", "PF213", "PF223"]


@pytest.mark.parametrize(
    ("old", "new", "meant"),
    [
        ("    minimum_stay:", "    minimum_stey:", "minimum_stay"),
        ("summary:", "sumary:", "summary"),
        ("colour: amber", "colour: ambar", "amber"),
        ("strength: should", "strength: shoud", "should"),
        ("- from: red", "- from: rad", "red"),
        ("* points /", "* pionts /", "points"),
        ("[PO, PSO]", "[PO, PS]", "PSO"),
        ("{below: amber_staffing}", "{below: amber_stafing}", "amber_staffing"),
        ("{below: 85}", "{belw: 85}", "below"),
        ("[high]", "[hihg]", "high"),
        ("except: [mappa]", "except: [mapa]", "mappa"),
    ],
)
def test_what_was_probably_meant_is_named(old: str, new: str, meant: str) -> None:
    _, problems = read_version(changed(PLAN, (old, new)))
    assert f"Did you mean {meant}?" in [problem.hint for problem in problems]


def test_a_key_that_is_there_is_never_offered_for_one_that_is_missing() -> None:
    for key in ("activation: automatic\n", "title: A plan\n", "first_return: at_once\n"):
        _, problems = read_version(changed(PLAN, (key, "")))
        assert [problem.hint for problem in problems] == [f"Add {key.partition(':')[0]}: here."]


def test_a_clash_names_the_other_place() -> None:
    _, problems = read_version(changed(PLAN, ("- id: reports", "- id: visits")))
    (problem,) = problems
    (other,) = problem.also
    assert PLAN.splitlines()[other.line - 1].strip() == "- id: visits"
    assert other.line < problem.place.line


def test_a_problem_names_its_path_and_can_be_printed_and_sent() -> None:
    _, problems = read_version(changed(PLAN, ("          for: 4 weeks", "          for: 10 days")))
    (problem,) = problems
    assert problem.place.path == "statuses[1].enter.any[1].for"
    assert str(problem).startswith(f"v1.yaml:{problem.place.line}:{problem.place.column}: PF216 ")
    assert set(problem.as_dict()) == {"code", "message", "file", "line", "column", "path", "hint", "also"}


@pytest.mark.parametrize("known", [[], ["one"], [f"known{n}" for n in range(30)]])
def test_there_is_always_a_hint(known: list[str]) -> None:
    assert did_you_mean("zzz", known)
