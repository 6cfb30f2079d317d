"""Planted faults in what a version says and never uses, and reductions that reach nobody."""

from __future__ import annotations

from tests.prove.planted_case import RED_REDUCTION, amber, miss, part, plant, point, reduction, strict_part

LAW = "  law: {title: A law, published: 2020-01-31}\n"
COHORTS = "cohorts: {mappa: Cases under MAPPA, early: Early in the order}"
PARTS = "parts: {contact: Contact}"
REPORTS = "mandatory: {because: The law asks for it., source: law}}\n"
MEASURE = "  pressure:\n    title"


UNUSED = [
    plant(
        "PF301",
        "a trigger point that regions may set",
        point("§spare", "80", "{from: 75, to: 85}"),
        says="spare",
    ),
    plant(
        "PF301",
        "one that a constant stands in for",
        (
            "{staffing: {below: red_point}, for: 2 weeks}",
            "{staffing: {below: 70}, for: 2 weeks, basis: illustrative}",
        ),
        (
            "all: [{staffing: {at_least: red_point}}, {alert",
            "all: [{staffing: {at_least: 70}, basis: illustrative}, {alert",
        ),
        ("  red_point: {title", "  §red_point: {title"),
        says="red_point",
    ),
    plant(
        "PF302",
        "an input",
        ("  strain: {title", "  §leavers: {title: Leavers, minimum: 0}\n  strain: {title"),
        says="leavers",
    ),
    plant(
        "PF302",
        "an input of categories",
        ("  strain: {title", "  §site: {title: Site, values: [open, shut]}\n  strain: {title"),
        says="site",
    ),
    plant(
        "PF303",
        "a measure",
        (MEASURE, "  §load: {title: Load, decimals: 2, formula: 10 * strain}\n" + MEASURE),
        says="load",
    ),
    plant(
        "PF303",
        "points",
        (
            MEASURE,
            "  §heat: {title: Heat, points: {of: strain, bands: [{above: 5, give: 1}], otherwise: 0}}\n"
            + MEASURE,
        ),
        says="heat",
    ),
    plant(
        "PF304",
        "one among others",
        (COHORTS, "cohorts: {mappa: Cases under MAPPA, early: Early in the order, §lifers: Lifers}"),
        says="lifers",
    ),
    plant(
        "PF304",
        "none is named",
        (", only: [early]", ""),
        (COHORTS, "cohorts: {mappa: Cases under MAPPA, §early: Early in the order}"),
        says="early",
    ),
    plant("PF305", "one among others", (PARTS, "parts: {contact: Contact, §risk: Risk}"), says="risk"),
    plant(
        "PF305",
        "what no activity names any more",
        (PARTS, "parts: {contact: Contact, §courts: Courts}"),
        ("title: Reports, part: contact, ", "title: Reports, "),
        says="courts",
    ),
    plant("PF306", "one among others", (LAW, LAW + "  §answer: {title: A written answer}\n"), says="answer"),
    plant(
        "PF306",
        "the only one",
        (REPORTS, "mandatory: {because: The law asks for it.}}\n"),
        (LAW, LAW.replace("law:", "§law:")),
        says="law",
        along="PF307",
    ),
]

USED = [
    miss(
        "a trigger point in an exit alone",
        point("back_point", "96"),
        amber("{staffing: {below: amber_point}}", "{staffing: {at_least: back_point}}"),
    ),
    miss("a trigger point in a reduction alone", point("spare", "80"), part("{staffing: {below: spare}}")),
    miss(
        "an input in a formula alone",
        ("formula: 100 * in_post / required", "formula: 100 * (in_post - away) / required"),
        ("  strain: {title", "  away: {title: Away, decimals: 1, minimum: 0, default: 0}\n  strain: {title"),
    ),
    miss(
        "an input in what a reduction releases alone",
        ("  strain: {title", "  cases: {title: Cases, minimum: 0}\n  strain: {title"),
        reduction(
            "{from: red, strength: may, do: Call., "
            "releases: {minutes: 5, per: cases, every: week, basis: illustrative}}"
        ),
    ),
    miss(
        "an input as a threshold alone",
        ("  strain: {title", "  least: {title: Least, minimum: 0}\n  strain: {title"),
        part("{staffing: {below: least}}"),
    ),
    miss(
        "a measure in the formula of another alone",
        (
            "100 * in_post / required}\n",
            "100 * share}\n  share: {title: Share, decimals: 4, formula: in_post / required}\n",
        ),
    ),
    miss(
        "a measure that points are of alone",
        (
            MEASURE,
            "  heat: {title: Heat, points: {of: load, bands: [{above: 50, give: 1}], otherwise: 0}}\n"
            "  load: {title: Load, decimals: 2, formula: 10 * strain}\n" + MEASURE,
        ),
        part("{heat: {is: 1}}"),
    ),
    miss(
        "a part of a mandatory activity alone",
        (PARTS, "parts: {contact: Contact, risk: Risk}"),
        ("title: Reports, part: contact, ", "title: Reports, part: risk, "),
    ),
    miss(
        "a source of a condition alone",
        (LAW, LAW + "  answer: {title: A written answer}\n"),
        strict_part("{strain: {below: 4}, source: answer}"),
    ),
    miss(
        "a source of a trigger point alone",
        (LAW, LAW + "  answer: {title: A written answer}\n"),
        (
            "{from: 60, to: 75}, basis: illustrative}",
            "{from: 60, to: 75}, basis: illustrative, source: answer}",
        ),
    ),
    miss(
        "a source of a reduction alone",
        (LAW, LAW + "  answer: {title: A written answer}\n"),
        reduction("{from: red, strength: may, do: Call., source: answer}"),
    ),
    miss(
        "a source of what is released alone",
        (LAW, LAW + "  answer: {title: A written answer}\n"),
        reduction(
            "{from: red, strength: may, do: Call., "
            "releases: {minutes: 5, per: strain, every: week, basis: published, source: answer}}"
        ),
    ),
    miss(
        "a cohort that is excepted alone",
        (", only: [early]", ""),
        ("except: [mappa]", "except: [early]"),
        (COHORTS, "cohorts: {early: Early in the order}"),
    ),
    miss("a part of a reducible activity alone", ("title: Reports, part: contact, ", "title: Reports, ")),
]

EXCEPT = "        except: [mappa]\n"
EXCEPTED = [
    plant(
        "PF313",
        "all cohorts are excepted",
        (EXCEPT, "        §except: [mappa, early]\n"),
        ("      - from: amber\n", "      - §from: amber\n"),
        says="visits",
    ),
    plant(
        "PF313",
        "limited to nobody",
        (RED_REDUCTION, RED_REDUCTION.replace("[early]", "[]").replace("{from", "§{from")),
        (EXCEPT, "        except: [early]\n"),
        (COHORTS, "cohorts: {early: Early in the order, mappa: Cases under MAPPA}"),
        reduction("{from: red, strength: may, do: Call., only: [mappa]}"),
        says="visits",
    ),
]
REACHES_SOME = [
    miss("excepts nobody", ("        except: [mappa]\n", ""), (", only: [early]", ", only: [mappa, early]")),
    miss(
        "the only cohort that there is",
        (COHORTS, "cohorts: {mappa: Cases under MAPPA}"),
        (", only: [early]", ""),
    ),
    miss("limited to all cohorts", (", only: [early]", ", only: [early, mappa]")),
    miss(
        "one cohort is left",
        (COHORTS, "cohorts: {mappa: Cases under MAPPA, early: Early in the order, lifers: Lifers}"),
        (EXCEPT, "        except: [mappa, lifers]\n"),
    ),
]
