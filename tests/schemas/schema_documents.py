"""One whole document of each kind, from which the tests make broken and odd ones."""

FRAMEWORK = """\
format: 1
framework: plan
version: v-1
title: A plan
effective: 2022-08-03
until: 2022-12-31
approved: {by: A team, on: 2022-07-28}
summary: What it is for.
changes: [The first edition]
sources:
  law: {title: A law, published: 2021-03-30, url: "https://example.org/law"}
returns: {every: 7 days, stale_after: 14 days, longest_gap: 3 weeks, grace: 0 days}
first_return: at_once
activation: automatic
declarations: {by: director, may: [raise, lower], at_most: 28 days}
steps: {down: 1, up: 2}
lists:
  grade: {PO: Officer, PSO: Services officer}
inputs:
  required: {title: Required, unit: FTE, decimals: 2, per: grade, minimum: 0}
  in_post: {title: In post, unit: FTE, decimals: 2, per: grade, minimum: 0, lever: {step: 0.1}}
  points: {decimals: 0, minimum: 0, maximum: 100000, carry_forward: 14 days, default: 50}
  alert: {title: Alert, values: [none, high], default: none}
measures:
  staffing: {title: Staffing, unit: percent, decimals: 1, formula: "100 * in_post[all] / required[PO, PSO]"}
  pressure:
    points:
      of: staffing
      bands: [{below: 70, give: 3}, {at_least: 70, at_most: 85, give: 1.0}, {above: 99, give: 1}]
      otherwise: 0
trigger_points:
  low: {title: Low, default: 90, unit: percent, regions: {from: 80, to: 95}, basis: published, source: law}
statuses:
  - {id: green, title: Green, colour: green, meaning: All is well.}
  - id: amber
    enter:
      any:
        - {staffing: {below: low}, for: 2 weeks, source: law, basis: published, note: As the law says.}
        - count: {at_least: 1, of: [{alert: {one_of: [high]}}, {"in_post[PO]": {at_most: points}}]}
    exit: {staffing: {at_least: 95}, for: 7 days}
    minimum_stay: 14 days
    review_every: 7 days
    outstays_after: 84 days
    binding: true
  - id: red
    enter: {all: [{alert: {is: high}}, {none: [{pressure: {below: 2}}]}]}
parts: {contact: Contact}
cohorts: {mappa: Cases under MAPPA}
activities:
  - id: visits
    title: Visits
    part: contact
    usual: Visit.
    reductions:
      - from: amber
        strength: may
        do: Visit less.
        floor: The standard
        when: {staffing: {above: 10, below: 85}}
        except: [mappa]
        releases: {minutes: 60, per: points, every: month, basis: illustrative, source: law}
        review_every: 28 days
        lapses_after: 84 days
        source: law
      - {from: red, strength: must, do: Do not visit., only: [mappa]}
  - {id: reports, mandatory: {because: The law says so., source: law}}
relief:
  shortfall: {formula: "130 * required[all]", decimals: 2, basis: published, source: law, note: By the month.}
guarantees:
  - {name: nobody is red when staffed, when: {staffing: {at_least: 90}}, never: {enter: red}}
  - {name: whoever visits less is amber, always: {at_least: amber}, where: {permitted: [visits]}}
"""

REGION = """\
format: 1
framework: plan
region: north
settings:
  - effective: 2022-08-03
    set_by: Director
    reason: Too few staff.
    trigger_points: {low: 88}
    withhold: [visits]
  - effective: 2022-08-15
    set_by: Director
    reason: Still too few.
    pdus:
      york: {trigger_points: {low: 85.5}, withhold: [visits]}
"""

ORGANISATION = """\
format: 1
unit: {one: PDU, many: PDUs}
group: {one: region, many: regions}
as_at: 2022-08-01
regions:
  - {id: north, name: The North, contact: north@example.org}
pdus:
  - {id: york, name: York, region: north, code: Y1, tags: [rural], contact: york@example.org}
  - {id: leeds, name: Leeds, region: north, until: 2022-05-31}
  - {id: leeds-east, name: Leeds East, region: north, from: 2022-06-01, replaces: [leeds]}
"""

SCENARIOS = """\
format: 1
framework: plan
version: v-1
scenarios:
  - name: one thing follows from another
    region: north
    pdu: york
    trigger_points: {low: 90}
    inputs: {required: {PO: 20, PSO: 20}, in_post: {PO: 20, PSO: 20}, alert: none}
    returns:
      - {as_of: 2022-08-08}
      - {as_of: 2022-08-15, in_post: {PO: 13, PSO: null}, alert: high, points: null}
    declarations:
      - {from: 2022-08-08, until: 2022-08-14, status: red, by: director, reason: A flood, renew: [visits]}
    suspensions:
      - {from: 2022-08-16, until: 2022-08-20, by: director, reason: Other plans}
    expect:
      - as_of: 2022-08-15
        status: amber
        calculated: amber
        since: 2022-08-15
        previous: green
        outstayed: false
        permitted: [visits]
        includes_permitted: [visits]
        reductions: {visits: amber}
        ends: {visits: 2022-11-07}
        protected: [reports]
        measures: {staffing: 82.5, pressure: unknown}
        because: [enter.amber]
  - name: a text is no number
    returns: [{as_of: 2022-08-08, points: "13"}]
    expect: {error: PF508}
  - name: to be written
    todo: Nobody has had the time.
    returns: [{as_of: 2022-08-08}]
    expect: {status: green}
"""

EVENTS = """\
declarations:
  - from: 2022-08-08
    until: 2022-08-14
    status: red
    by: director
    reason: A flood
    renew: [visits]
    pdu: york
  - {from: 2022-08-15, until: 2022-08-20, status: amber, by: director, reason: After it, region: north}
suspensions:
  - {from: 2022-08-16, until: 2022-08-20, by: director, reason: Other plans}
  - {from: 2022-08-30, by: director, reason: Other plans, region: north}
"""

PIPELINE = """\
events:
  - event: new-officer
    pdu: york
    on: 2022-09-05
    kind: starter
    change: {in_post: {PO: 1, PSO: -0.5}, points: 20}
    likelihood: 80%
    until: 2022-12-31
    spread: 2 weeks
    basis: synthetic
    note: Made up
  - {pdu: york, on: 2022-09-05, change: {points: -20}, likelihood: 75}
trends:
  - {region: north, input: points, per_week: 3, basis: synthetic, note: Made up}
  - {pdu: york, input: "required[PO]", percent: -0.2%}
  - {input: points, percent: 0.2}
"""

RETURNS = """\
[{"pdu": "york", "as_of": "2022-08-08",
  "required": {"PO": 20, "PSO": 20.25}, "in_post": {"PO": 13, "PSO": null}, "points": 41230, "alert": "high",
  "source": "A form", "basis": "illustrative", "note": "As sent"},
 {"pdu": "york", "as_of": "2022-08-15", "required": null, "alert": null}]
"""

VIEW = """\
format: 1
framework: plan
view: posts
title: Posts
note: Posts that nobody is in.
basis: illustrative
figures:
  rate:
    title: Posts that are filled
    unit: percent
    decimals: 1
    formula: 100 * in_post / required
    note: Above 100 with more people than posts.
  points: {formula: "fall(points, 52 weeks)"}
by: [region, grade]
"""

MAPPING = """\
format: 1
framework: plan
mapping: tool
title: The tool
note: What to know.
reads: {format: csv, encoding: windows-1252, delimiter: semicolon, skip: 2, thousands: point, decimal: comma}
day: {column: Date, format: DD/MM/YYYY}
unit: {column: Unit, by: name, drop: [PDU], names: {City of York: york}}
rows: {where: {State: [Open, ""]}, without: {Kind: Total}, one_per: [Date, Number]}
figures:
  - input: in_post
    member: {column: Grade, by: names, names: {Officer: PO, Services officer: PSO}, ignore: [Head, ""]}
    column: Hours
    without: {Status: [Lent, Left]}
    sum: true
    multiply: 2
    divide: 37
    decimals: 2
    blank: zero
    no_rows: not_given
  - {input: required, member: PO, column: Posts}
  - {input: points, count: true, where: {Grade: Officer}}
  - {input: alert, column: Alert, values: {Very: high}}
ignore: [Remark]
"""

BASES = {
    "framework": FRAMEWORK,
    "region": REGION,
    "organisation": ORGANISATION,
    "scenarios": SCENARIOS,
    "events": EVENTS,
    "pipeline": PIPELINE,
    "returns": RETURNS,
    "view": VIEW,
    "mapping": MAPPING,
}
