"""Versions made to cost as much time and memory as any can, far beyond the limits and just within them."""

from __future__ import annotations

from collections.abc import Callable

from tests.fuzz.frames import MARK, plain, put
from tests.support import PLAN, changed

HELD = "{points: {is: 1}, for: 1 week}"
MEASURES = "  pressure:\n"
ENTER = "        - workload: {above: 110}\n"
VERSIONS: dict[str, Callable[[], str]] = {
    "unknown keys": plain(PLAN + "§", lambda n: f"k{n}: 1\n"),
    "unknown keys within": put(PLAN, "steps: {down: 1}", "steps: {down: 1§}", lambda n: f", k{n}: 1"),
    "empty activities": put(PLAN, "  - id: visits\n", "§  - id: visits\n", "  - {}\n"),
    "empty statuses": put(PLAN, "  - id: green\n", "§  - id: green\n", "  - {}\n"),
    "activities that are numbers": put(PLAN, "  - id: visits\n", "§  - id: visits\n", "  - 1\n"),
    "empty sources": put(PLAN, "  law:\n", "§  law:\n", lambda n: f"  s{n}: {{}}\n"),
    "lists that are texts": put(PLAN, "lists:\n", "lists:\n§", lambda n: f"  l{n}: 1\n"),
    "names that are none": put(PLAN, "Services officer}", "Services officer§}", lambda n: f", {n}: 1"),
    "empty texts": put(PLAN, "summary: What", "changes: [§]\nsummary: What", "'',"),
    "ways to declare": put(PLAN, "[raise, lower]", "[§]", "x,"),
    "many ways to declare": put(PLAN, "[raise, lower]", "[§]", "raise,"),
    "many changes": put(PLAN, "summary: What", "changes: [§]\nsummary: What", "a,"),
    "wrong inputs": put(PLAN, "inputs:\n", "inputs:\n§", lambda n: f"  i{n}: {{decimals: 99}}\n"),
    "inputs": put(PLAN, "inputs:\n", "inputs:\n§", lambda n: f"  i{n}: {{}}\n"),
    "defaults that do not fit": put(
        PLAN, "inputs:\n", "inputs:\n§", lambda n: f"  i{n}: {{values: [a], default: b}}\n"
    ),
    "a number of many digits": put(PLAN, "maximum: 1000000,", "maximum: §,", "9" * 64),
    "a number of many decimals": put(PLAN, "maximum: 1000000,", "maximum: 0.§1,", "0" * 64),
    "numbers of many decimals": put(
        PLAN, "inputs:\n", "inputs:\n§", lambda n: f"  i{n}: {{maximum: 0.{'0' * 4000}1, minimum: 1}}\n"
    ),
    "a default of many decimals": put(PLAN, "default: 75", "default: 0.§1", "0" * 64),
    "a default of an input": put(PLAN, "minimum: 0, maximum", "default: 0.§1, maximum", "0" * 64),
    "a list in place of a default": put(PLAN, "default: none", "default: [§]", "[],"),
    "categories": put(PLAN, "[none, high, very-high]", "[none, high, very-high§]", lambda n: f",c{n}"),
    "categories twice": put(PLAN, "[none, high, very-high]", "[none, high, very-high§]", ",c"),
    "members": put(PLAN, "Services officer}", "Services officer§}", lambda n: f",m{n}: a"),
    "lists": put(PLAN, "lists:\n", "lists:\n§", lambda n: f"  l{n}: {{m{n}: a}}\n"),
    "members of two lists": put(PLAN, "lists:\n", "lists:\n§", lambda n: f"  l{n}: {{PO: a}}\n"),
    "members in formulas": plain(
        changed(
            PLAN,
            ("Services officer}", f"Services officer{''.join(f',m{n}: a' for n in range(20_000))}}}"),
            (MEASURES, f"{MARK}{MEASURES}"),
        ),
        lambda n: f"  x{n}: {{formula: 'in_post_fte[all]'}}\n",
    ),
    "a long formula": put(PLAN, "100 * points / available", "'§1'", "1 + "),
    "brackets in a formula": put(PLAN, "100 * points / available", "'§'", "("),
    "signs in a formula": put(PLAN, "100 * points / available", "'§1'", "-"),
    "spaces in a formula": put(PLAN, "100 * points / available", "'points§ &'", " "),
    "measures": put(PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: points}}\n"),
    "formulas": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: '{'points + ' * 199}points'}}\n"
    ),
    "deep formulas": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: '{'(' * 59}points{')' * 59}'}}\n"
    ),
    "formulas of minus signs": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: '{'-' * 59}points'}}\n"
    ),
    "formulas of the greatest": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: 'max({'points,' * 500}points)'}}\n"
    ),
    "formulas with unknown names": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: point{n}}}\n"
    ),
    "formulas with long names": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: '{'p' * 3990}'}}\n"
    ),
    "a chain of measures": put(
        PLAN, MEASURES, "  x0: {formula: points}\n§" + MEASURES, lambda n: f"  x{n + 1}: {{formula: x{n}}}\n"
    ),
    "a chain of measures the wrong way": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: x{n + 1}}}\n", 900
    ),
    "a circle of measures": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: x{(n + 1) % 900}}}\n", 900
    ),
    "a great circle of measures": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: x{(n + 1) % 20_000}}}\n", 20_000
    ),
    "squares of squares": put(
        PLAN,
        MEASURES,
        "  x0: {formula: points}\n§" + MEASURES,
        lambda n: f"  x{n + 1}: {{decimals: 9, formula: '{'*'.join([f'x{n}'] * 100)}'}}\n",
    ),
    "bands": put(PLAN, "bands: [", "bands: [§", lambda n: f"{{below: {n}, give: 3}}, "),
    "trigger points": put(
        PLAN, "trigger_points:\n", "trigger_points:\n§", lambda n: f"  t{n}: {{default: 1}}\n"
    ),
    "trigger points out of bounds": put(
        PLAN,
        "trigger_points:\n",
        "trigger_points:\n§",
        lambda n: f"  t{n}: {{default: 9, regions: {{from: 1, to: 2}}}}\n",
    ),
    "trigger points without a source": put(
        PLAN, "trigger_points:\n", "trigger_points:\n§", lambda n: f"  t{n}: {{default: 1, source: law{n}}}\n"
    ),
    "sources": put(PLAN, "  law:\n", "§  law:\n", lambda n: f"  s{n}: {{title: a}}\n"),
    "urls": put(PLAN, "  law:\n", "§  law:\n", lambda n: f"  s{n}: {{title: a, url: b}}\n"),
    "statuses": put(
        PLAN,
        "  - id: red\n",
        "§  - id: red\n",
        lambda n: f"  - {{id: s{n}, enter: {{points: {{above: {n}}}}}}}\n",
    ),
    "statuses and reductions": plain(
        changed(
            PLAN,
            ("  - id: red\n", "".join(f"  - {{id: s{n}}}\n" for n in range(10_000)) + "  - id: red\n"),
            ("      - from: amber\n", "§      - from: amber\n"),
        ),
        lambda n: f"      - {{from: s{n}, strength: may, do: a}}\n",
    ),
    "a status twice": put(PLAN, "  - id: red\n", "§  - id: red\n", "  - {id: s}\n"),
    "activities": put(
        PLAN,
        "  - id: visits\n",
        "§  - id: visits\n",
        lambda n: f"  - {{id: a{n}, mandatory: {{because: b}}}}\n",
    ),
    "an activity twice": put(PLAN, "  - id: visits\n", "§  - id: visits\n", "  - {id: a}\n"),
    "activities and parts": plain(
        changed(
            PLAN,
            ("parts: {contact", f"parts: {{{''.join(f'p{n}: a,' for n in range(20_000))}contact"),
            ("  - id: visits\n", "§  - id: visits\n"),
        ),
        lambda n: f"  - {{id: a{n}, part: contact, mandatory: {{because: b}}}}\n",
    ),
    "misspelt parts": plain(
        changed(
            PLAN,
            ("parts: {contact", f"parts: {{{''.join(f'contact{n}: a,' for n in range(20_000))}contact"),
            ("  - id: visits\n", "§  - id: visits\n"),
        ),
        lambda n: f"  - {{id: a{n}, part: kontact{n}, mandatory: {{because: b}}}}\n",
    ),
    "misspelt cohorts": put(PLAN, "except: [mappa]", "except: [mappa§]", lambda n: f", mapa{n}"),
    "cohorts": put(PLAN, "{mappa: Cases", "{§mappa: Cases", lambda n: f"c{n}: a,"),
    "exceptions": put(PLAN, "except: [mappa]", "except: [mappa§]", ", mappa"),
    "reductions": put(
        PLAN,
        "  - id: reports\n",
        "§  - id: reports\n",
        lambda n: f"  - {{id: a{n}, reductions: [{{from: amber, strength: may, do: a}}]}}\n",
    ),
    "reductions with conditions": put(
        PLAN,
        "  - id: reports\n",
        "§  - id: reports\n",
        lambda n: (
            f"  - {{id: a{n}, reductions: [{{from: amber, strength: may, do: a, when: {{points: {{is: {n}}}}}}}]}}\n"
        ),
    ),
    "reductions from one status": put(
        PLAN, "      - from: red\n", "§      - from: red\n", "      - {from: amber, strength: may, do: a}\n"
    ),
    "releases per nothing": put(
        PLAN,
        "  - id: reports\n",
        "§  - id: reports\n",
        lambda n: (
            f"  - {{id: a{n}, reductions: [{{from: amber, strength: may, do: a, "
            f"releases: {{minutes: 1, per: x{n}, every: day}}}}]}}\n"
        ),
    ),
    "parts of any": put(PLAN, ENTER, "§" + ENTER, lambda n: f"        - points: {{above: {n}}}\n"),
    "parts of any with durations": put(
        PLAN, ENTER, "§" + ENTER, lambda n: f"        - {{points: {{above: {n}}}, for: 1 week}}\n"
    ),
    "conditions that are none": put(PLAN, ENTER, "§" + ENTER, "        - 1\n"),
    "conditions without a source": put(
        PLAN, ENTER, "§" + ENTER, lambda n: f"        - {{points: {{above: 1}}, source: la{n}}}\n"
    ),
    "conditions on nothing": put(
        PLAN, ENTER, "§" + ENTER, lambda n: f"        - {{poins{n}: {{above: 1}}}}\n"
    ),
    "conditions against nothing": put(
        PLAN, ENTER, "§" + ENTER, lambda n: f"        - {{points: {{above: x{n}}}}}\n"
    ),
    "comparators": put(PLAN, "{above: 110}", "{§}", lambda n: f"above{n}: 1,"),
    "measures in a condition": put(PLAN, "{workload: {above: 99}}", "{§}", lambda n: f"m{n}: 1,"),
    "categories that are none": put(PLAN, "one_of: [high]", "one_of: [§]", lambda n: f"high{n},"),
    "a category many times": put(PLAN, "one_of: [high]", "one_of: [§]", "high,"),
    "every second category": plain(
        changed(
            PLAN,
            ("[none, high, very-high]", f"[none, high, very-high{''.join(f',c{n}' for n in range(900))}]"),
            ("one_of: [high]", "one_of: [§]"),
        ),
        lambda n: f"c{n * 2 % 900},",
    ),
    "lists of categories": plain(
        changed(
            PLAN,
            ("[none, high, very-high]", f"[none, high, very-high{''.join(f',c{n}' for n in range(900))}]"),
            (ENTER, "§" + ENTER),
        ),
        lambda n: f"        - alert: {{none_of: [{','.join(f'c{m * 2}' for m in range(450))}]}}\n",
    ),
    "deep conditions": put(
        PLAN, ENTER, "§" + ENTER, f"        - {'{any: [' * 16}{{points: {{above: 1}}}}{']}' * 16}\n"
    ),
    "counts": put(
        PLAN,
        ENTER,
        "§" + ENTER,
        f"        - count: {{at_least: 39, of: [{', '.join(['{points: {is: 1}}'] * 40)}]}}\n",
    ),
    "small counts": put(
        PLAN,
        ENTER,
        "§" + ENTER,
        f"        - count: {{at_least: 3, of: [{', '.join(['{points: {is: 1}}'] * 7)}]}}\n",
    ),
    "a wide count": put(PLAN, "{points: {is: 9}}", "§{points: {is: 9}}", "{points: {is: 1}},"),
    "as many conditions as may be": put(
        PLAN, ENTER, "§" + ENTER, lambda n: f"        - {{points: {{above: {n}}}, for: 1 week}}\n", 1_980
    ),
    "as many counts as may be": put(
        PLAN,
        ENTER,
        "§" + ENTER,
        f"        - {{for: 2 weeks, count: {{at_least: 3, of: [{', '.join([HELD] * 5)}]}}}}\n",
        328,
    ),
    "as many wide counts as may be": put(
        PLAN,
        ENTER,
        "§" + ENTER,
        f"        - {{for: 2 weeks, count: {{at_least: 39, of: [{', '.join([HELD] * 40)}]}}}}\n",
        47,
    ),
    "as many groups as may be": put(
        PLAN,
        ENTER,
        "§" + ENTER,
        f"        - {'{for: 1 week, any: [{all: [' * 8}{{points: {{above: 1}}}}{']}]}' * 8}\n",
        115,
    ),
    "as wide a group as may be": put(
        PLAN, "all: [{alert", "all: [§{alert", "{points: {above: 1}, for: 1 week},", 1_980
    ),
    "as wide a count as may be": put(
        PLAN, "{points: {is: 9}}", "§{points: {is: 9}}", "{points: {is: 1}},", 1_980
    ),
    "as many listed categories as may be": plain(
        changed(
            PLAN,
            ("[none, high, very-high]", f"[none, high, very-high{''.join(f',c{n}' for n in range(990))}]"),
            (ENTER, "§" + ENTER),
        ),
        lambda n: (
            f"        - {{alert: {{none_of: [{','.join(f'c{m * 2}' for m in range(490))}]}}, for: 1 week}}\n"
        ),
        3,
    ),
    "as many reductions as may be": put(
        PLAN,
        "  - id: reports\n",
        "§  - id: reports\n",
        lambda n: (
            f"  - {{id: a{n}, reductions: [{{from: amber, strength: may, do: a, when: {{points: {{is: {n}}}}}}},"
            f"{{from: red, strength: may, do: a, when: {{points: {{above: {n}}}, for: 1 week}}}}]}}\n"
        ),
        980,
    ),
    "as many measures as may be": put(
        PLAN, MEASURES, "§" + MEASURES, lambda n: f"  x{n}: {{formula: '{'points+' * 13}points'}}\n", 990
    ),
    "a chain as long as may be": put(
        PLAN,
        MEASURES,
        "  x0: {formula: points}\n§" + MEASURES,
        lambda n: f"  x{n + 1}: {{decimals: 9, formula: x{n} + x{n}}}\n",
        990,
    ),
    "a chain of quotients": put(
        PLAN,
        MEASURES,
        "  x0: {formula: points}\n§" + MEASURES,
        lambda n: f"  x{n + 1}: {{decimals: 9, formula: x{n} / available}}\n",
        990,
    ),
    "as long sums as may be": plain(
        changed(
            PLAN,
            ("Services officer}", f"Services officer{''.join(f',m{n}: a' for n in range(490))}}}"),
            (MEASURES, f"{MARK}{MEASURES}"),
        ),
        lambda n: f"  x{n}: {{formula: '{'+'.join(['in_post_fte[all]'] * 5)}'}}\n",
        990,
    ),
    "as many inputs as may be": plain(
        changed(
            PLAN,
            ("inputs:\n", f"inputs:\n{''.join(f'  i{n}: {{}}{chr(10)}' for n in range(1_990))}"),
            (ENTER, "§" + ENTER),
        ),
        lambda n: f"        - {{i{n}: {{above: i{n + 1}}}, for: 1 week}}\n",
        1_980,
    ),
    "guarantees": plain(PLAN + "§", "  - {name: a, when: {staffing: {at_least: 90}}, never: {enter: red}}\n"),
    "guarantees on nothing": plain(PLAN + "§", lambda n: f"  - {{name: a, never: {{enter: red{n}}}}}\n"),
    "a guarantee on many": plain(PLAN + "  - {name: a, always: {permitted: [§]}}\n", lambda n: f"visit{n},"),
}
