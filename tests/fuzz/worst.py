"""Documents made to cost as much time and memory as any can that keeps to the limit of size."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.frames import plain, put
from tests.fuzz.worst_versions import VERSIONS
from tests.support import NORTH, ORGANISATION, SCENARIOS, changed

Case = tuple[str, Callable[[], str]]

TEXTS: dict[str, Callable[[], str]] = {
    "one long scalar": plain("a: §", "x" * 64),
    "one long key": plain("§: 1", "x" * 64),
    "brackets never closed": plain("§", "["),
    "braces never closed": plain("§", "{"),
    "lists in lists at the limit": plain("[§]", f"{'[' * 39}{']' * 39},"),
    "hyphens in one line": plain("§", "- "),
    "keys in one line": plain("§", "a: "),
    "question marks": plain("§", "? "),
    "quotes": plain('- "§"', "\\x41"),
    "a quote never closed": plain('"§', "x\n\n"),
    "broken lines": plain("a:§", "\n  x"),
    "a block of empty lines": plain("a: |\n§", "\n"),
    "a folded block": plain("a: >\n§", "  x\n\n"),
    "comments": plain("§", "#\n"),
    "white space": plain("§", " "),
    "tabs": plain("§", "\t"),
    "next lines": plain("a: '§'", "\x85"),
    "control characters": plain("a: §", "\x07"),
    "line separators": plain("a: '§'", "\u2028"),
    "carriage returns": plain("a: |\n§", "  x\r"),
    "letters of four bytes": plain("a: §", "\U0001f600"),
    "documents": plain("§", "---\n"),
    "ends of documents": plain("a\n§", "...\n"),
    "tag directives": plain("§--- 1", lambda n: f"%TAG !{n}! a\n"),
    "directives": plain("§--- 1", "%X y\n"),
    "anchors": plain("[§]", lambda n: f"&a{n} 1,"),
    "aliases": plain("[&a 1,§]", "*a,"),
    "tags": plain("[§]", "!a 1,"),
    "long tags": plain("[§]", f"!{'a' * 900} 1,"),
    "a key many times": plain("{§}", "a: 1,"),
    "keys that are lists": plain("{§}", "[a]: 1,"),
    "merge keys": plain("{§}", "<<: 1,"),
    "empty lists": plain("[§]", "[],"),
    "empty mappings": plain("[§]", "{},"),
    "small mappings": plain("[§]", "{a: 1},"),
    "faults of UTF-8": plain("§", "\x80", 400_000),
}
REGIONS: dict[str, Callable[[], str]] = {
    "entries": plain(
        changed(NORTH, ("  - effective: 2022-08-08\n", "§  - effective: 2022-08-08\n")),
        "  - {effective: 2022-08-01, set_by: a, reason: b}\n",
    ),
    "empty entries": plain(
        changed(NORTH, ("  - effective: 2022-08-08\n", "§  - effective: 2022-08-08\n")), "  - {}\n"
    ),
    "trigger points that are none": plain(
        changed(NORTH, ("{amber_staffing: 88}", "{§}")), lambda n: f"amber_{n}: 1,"
    ),
    "names that are none": plain(changed(NORTH, ("{amber_staffing: 88}", "{§}")), lambda n: f"{n}: a,"),
    "withheld": plain(
        changed(NORTH, ("    withhold: [visits]\n", "    withhold: [visits§]\n")), lambda n: f",home{n}"
    ),
    "units": plain(NORTH + "§", lambda n: f"      york{n}: {{withhold: [home-visits]}}\n"),
    "units that are numbers": plain(NORTH + "§", lambda n: f"      york{n}: 1\n"),
}
SCENARIO = "  - name: enough staff is green\n"
SCENARIO_FILES: dict[str, Callable[[], str]] = {
    "scenarios": put(
        SCENARIOS, SCENARIO, "§" + SCENARIO, lambda n: f"  - {{name: a{n}, returns: [], expect: {{}}}}\n"
    ),
    "scenarios by date": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            (SCENARIO, "§" + SCENARIO),
        ),
        lambda n: (
            f"  - {{name: a{n}, region: nort{n}, returns: [{{as_of: 2022-08-08}}], expect: {{status: x}}}}\n"
        ),
    ),
    "empty scenarios": put(SCENARIOS, SCENARIO, "§" + SCENARIO, "  - {}\n"),
    "returns that are numbers": put(SCENARIOS, "[{as_of: 2022-08-08}]", "[§]", "1,"),
    "returns on one day": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("[{as_of: 2022-08-08}]", "[§]"),
        ),
        "{as_of: 2022-08-08},",
    ),
    "inputs and returns": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("points: 100,", f"{''.join(f'i{n}: 1,' for n in range(20_000))}"),
            ("{as_of: 2022-08-08}\n", "{as_of: 2022-08-08}\n§"),
        ),
        "      - {as_of: 2022-08-09}\n",
    ),
    "figures and returns": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("{as_of: 2022-08-08}\n", "{as_of: 2022-08-08}\n§"),
        ),
        "      - {as_of: 2022-08-09}\n",
    ),
    "figures of many digits": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("points: 100,", "caseload: 0.§1,"),
        ),
        "0" * 64,
    ),
    "expectations": put(SCENARIOS, "expect:\n      - ", "expect:\n§      - ", "      - {}\n"),
    "activities permitted": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("permitted: []", "permitted: [§]"),
        ),
        lambda n: f"visits{n},",
    ),
    "declarations": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("    declarations:\n", "    declarations:\n§"),
        ),
        lambda n: (
            f"      - {{from: 2022-08-08, until: 2022-08-01, status: amber{n}, by: director, reason: a}}\n"
        ),
    ),
    "trigger points tried": plain(
        changed(
            SCENARIOS,
            ("framework: plan\nversion: v1", "framework: sentence-management\nversion: by-date"),
            ("{amber_staffing: 85}", "{§}"),
        ),
        lambda n: f"amber_{n}: 1,",
    ),
}
ORGANISATIONS: dict[str, Callable[[], str]] = {
    "units": plain(ORGANISATION + "§", lambda n: f"  - {{id: u{n}, name: a, region: south}}\n"),
    "misspelt regions": plain(ORGANISATION + "§", lambda n: f"  - {{id: u{n}, name: a, region: sout{n}}}\n"),
    "empty units": plain(ORGANISATION + "§", "  - {}\n"),
    "units that are numbers": plain(ORGANISATION + "§", "  - 1\n"),
    "a unit twice": plain(ORGANISATION + "§", "  - {id: york, name: a, region: south}\n"),
    "replaced by one": plain(
        ORGANISATION + "  - {id: new, name: a, region: south, replaces: [§]}\n", lambda n: f"york{n},"
    ),
    "replaced many times": plain(
        ORGANISATION + "  - {id: new, name: a, region: south, replaces: [§]}\n", "york,"
    ),
    "regions and units": plain(
        changed(
            ORGANISATION,
            ("regions:\n", "regions:\n" + "".join(f"  - {{id: r{n}, name: a}}\n" for n in range(9_000))),
        )
        + "§",
        lambda n: f"  - {{id: u{n}, name: a, region: south}}\n",
    ),
    "misspelt regions of many": plain(
        changed(
            ORGANISATION,
            ("regions:\n", "regions:\n" + "".join(f"  - {{id: region{n}, name: a}}\n" for n in range(9_000))),
        )
        + "§",
        lambda n: f"  - {{id: u{n}, name: a, region: regoin{n}}}\n",
    ),
    "tags": plain(ORGANISATION + "  - {id: new, name: a, region: south, tags: [§]}\n", "a,"),
}
EVENTS: dict[str, Callable[[], str]] = {
    "declarations": plain(
        "declarations:\n§",
        "  - {from: 2022-08-08, until: 2022-08-14, status: red, by: regional-director, reason: a}\n",
    ),
    "declarations of nothing": plain(
        "declarations:\n§",
        lambda n: (
            f"  - {{from: 2022-08-08, until: 2022-08-14, status: re{n}, by: x, reason: a, pdu: p{n}}}\n"
        ),
    ),
    "empty declarations": plain("declarations:\n§", "  - {}\n"),
    "renewed": plain(
        "declarations:\n  - {from: 2022-08-08, until: 2022-08-14, status: red, by: regional-director, reason: a, "
        "renew: [§]}\n",
        lambda n: f"visit{n},",
    ),
    "suspensions": plain("suspensions:\n§", "  - {from: 2022-08-08, by: director, reason: a}\n"),
    "wrong days": plain("suspensions:\n§", "  - {from: 2022-02-30, by: director, reason: a}\n"),
}
CASES: dict[str, Case] = {
    f"{kind}: {name}": (kind, write)
    for kind, cases in (
        ("version", TEXTS | VERSIONS),
        ("regions", REGIONS),
        ("scenarios", SCENARIO_FILES),
        ("organisation", ORGANISATIONS),
        ("events", EVENTS),
    )
    for name, write in cases.items()
}
