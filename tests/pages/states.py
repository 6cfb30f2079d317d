"""Every page in every state that it has, how a browser comes there, and by what it is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.pages.looking import Visit
from tests.pages.places import SILENT, Place

AMBER, GREEN, RED = "york", "bolton", "croydon"
"""Units of the sample, by what they have on the day that is looked at."""
PERMITTED = "kirklees"
"""One that is permitted fewer home visits."""
REGION = "yorkshire-and-the-humber"
_DAY = "2022-11-21"
_WRONG_FILE = """\
pdu,as_of,grade,required_fte,in_post_fte
york,2022-11-21,PO,20,many
nowhere,2022-11-21,PO,20,18
york,yesterday,PSO,10,9
"""
_EVENT = {"until": "2022-12-02", "reason": "Snow has closed the roads."}
Act = Callable[[Visit], None]


@dataclass(frozen=True, slots=True)
class State:
    """A page: its place and path, a text that it shows in this state, what brings it about, and its answer's code."""

    name: str
    place: Place
    path: str
    shows: str
    act: Act | None = None
    status: int = 200
    leads_to: str | None = None
    """The route of the page that is looked at in the end, where a link leads there."""

    def reach(self, visit: Visit) -> None:
        """Open the page, and do what brings the state about."""
        visit.go(self.path)
        if self.act is not None:
            self.act(visit)


def _press(name: str) -> Act:
    return lambda visit: visit.page.get_by_role("button", name=name, exact=True).click()


def _follow(name: str) -> Act:
    return lambda visit: visit.page.get_by_role("link", name=name).first.click()


def _fill(button: str, **fields: str) -> Act:
    """Fill fields by their ids (`__` stands for `-`), and press a button."""

    def act(visit: Visit) -> None:
        for name, text in fields.items():
            field = visit.page.locator("#" + name.replace("__", "-"))
            if field.evaluate("one => one.tagName") == "SELECT":
                field.select_option(text)
            else:
                field.fill(text)
        _press(button)(visit)

    return act


def _upload(text: str) -> Act:
    def act(visit: Visit) -> None:
        visit.page.locator("#file").set_input_files(
            {"name": "returns.csv", "mimeType": "text/csv", "buffer": text.encode()}
        )
        _press("Record the file")(visit)

    return act


def _end_wrongly(visit: Visit) -> None:
    _follow("End it")(visit)
    _fill("End it", last_day="soon")(visit)


HOME = (
    State("home", "sample", "/", "East Midlands"),
    State("home, some found", "sample", "/?q=manchester", "2 PDUs found"),
    State("home, nothing found", "sample", "/?q=atlantis", "No PDU has this in its name"),
    State("home of the wards", "wards", "/", "Find your ward"),
)
UNITS = (
    State("unit, amber", "sample", f"/pdus/{AMBER}", "Review by"),
    State("unit, green", "sample", f"/pdus/{GREEN}", "Nothing may be reduced at Green"),
    State("unit, red", "wards", "/pdus/long", "28 activities may be reduced"),
    State("unit, silent", "sample", f"/pdus/{SILENT}", "the newest return is too old"),
    State("unit, figures missing", "wards", "/pdus/partial", "Missing: Nurses there (Night shift)"),
    State("unit, no return yet", "wards", "/pdus/new", "there is no return for this ward"),
    State("unit, suspended", "wards", "/pdus/aside", "The framework is set aside for this ward"),
    State("unit, declared", "wards", "/pdus/told", "declared Unsafe for this ward"),
    State("unit, outstayed", "wards", "/pdus/old", "Short has now lasted for 42 days or more"),
    State("unit, black", "wards", "/pdus/closed", "Closing"),
    State("unit, done", "wards", "/pdus/calm?done=return", "Done"),
)
_WORK = "/pdus/long/may?asked=true&activity=work"
_VISITS = f"/pdus/{PERMITTED}/may?asked=true&activity=home-visits"
PLANS = (
    State("may", "sample", f"/pdus/{AMBER}/may", "What would you like to do less of?"),
    State("may, yes", "wards", f"{_WORK}-4", "Yes"),
    State("may, limited", "sample", _VISITS, "Never less than"),
    State("may, no", "sample", f"{_VISITS}&cohort=mappa", "Cases managed under MAPPA"),
    State("may, law", "wards", f"{_WORK}-7", "The law asks for it"),
    State("may, no activity", "sample", f"/pdus/{AMBER}/may", "There is a problem", _press("May I?"), 422),
    State("may, clash", "wards", f"{_WORK}-1&cohort=frail&no_cohort=true", "none of them", None, 422),
    State("ahead", "sample", f"/pdus/{AMBER}/ahead", "Chance of each status by week"),
    State("ahead of a ward", "wards", "/pdus/long/ahead", "Closing"),
    State("decision", "sample", f"/pdus/{AMBER}", "It never changes", _follow("The whole decision")),
    State(
        "decision of a ward",
        "wards",
        "/pdus/long",
        "It never changes",
        _follow("The whole decision"),
        leads_to="/decisions/{id}",
    ),
)
AREAS = (
    State("region", "sample", f"/regions/{REGION}", "All 11 PDUs"),
    State("region, sorted", "sample", f"/regions/{REGION}?sort=since&order=down", "Since (sort) ↓"),
    State("region, filtered", "sample", f"/regions/{REGION}?status=amber", "7 of 11 PDUs"),
    State("country", "sample", "/country", "All 109 PDUs"),
    State("how good forecasts were", "sample", f"/regions/{REGION}/forecasts", "How far forecasts were off"),
    State("no forecasts yet", "wards", "/regions/moor/forecasts", "How good forecasts have been"),
    State("country of the wards", "wards", "/country?status=suspended", "1 of 11 wards"),
)
FRAMEWORKS = (
    State("frameworks", "sample", "/frameworks", "Every version, newest first"),
    State(
        "frameworks, a day",
        "sample",
        "/frameworks?day=2022-06-01",
        "On 1 June 2022 this version was in force",
    ),
    State("frameworks, no day", "sample", "/frameworks?day=spring", "Write the day as in"),
    State("version", "sample", "/frameworks/phase-3-v8", "What must always be done"),
    State("version for wards", "wards", "/frameworks/winter", "Approved by The board"),
    State("compare", "sample", "/frameworks/compare", "Compare two versions"),
    State("compare, two", "sample", "/frameworks/compare?from=version-3&to=phase-3-v8", "What matters most"),
)
_SEE = "See what follows"
TRYING = (
    State("try", "sample", "/try", "Nothing is recorded"),
    State("try, the form", "sample", f"/try?pdu={AMBER}", "What if, at York"),
    State(
        "try, a result",
        "wards",
        "/try?pdu=short",
        "Who would move",
        _fill(_SEE, t__short="80", f__there__early="9"),
    ),
    State(
        "try, wrong",
        "wards",
        "/try?pdu=long",
        "There is a problem",
        _fill(_SEE, t__short="9", f__there__early="few"),
        422,
    ),
)
_CHECK = "Check what you send"
RETURNS = (
    State("return", "sample", f"/pdus/{AMBER}/return", "Send figures for York"),
    State("return, a correction", "wards", f"/pdus/long/return?day={_DAY}", "What you send replaces it"),
    State("return, no day", "wards", "/pdus/calm/return?day=monday", "There is a problem"),
    State(
        "return, wrong",
        "wards",
        "/pdus/calm/return",
        "There is a problem",
        _fill(_CHECK, f__there__early="ten"),
        422,
    ),
    State(
        "return, the check",
        "sample",
        f"/pdus/{AMBER}/return?day={_DAY}",
        "Nothing is recorded yet",
        _fill(_CHECK, f__in_post_fte__PO="12", note="Two came back."),
    ),
    State("upload", "sample", "/returns/upload", "All of a file is recorded, or none of it"),
    State("upload, no file", "wards", "/returns/upload", "Choose a file", _press("Record the file"), 422),
    State("upload, wrong", "sample", "/returns/upload", "3 problems were found", _upload(_WRONG_FILE), 422),
)
_MOOR = "/regions/moor/declare"
EVENTS = (
    State("declare", "sample", f"/pdus/{AMBER}/declare", "Declare a status for York"),
    State("declare, wrong", "wards", _MOOR, "There is a problem", _fill("Go on", until="never"), 422),
    State(
        "declare, the check",
        "wards",
        "/pdus/long/declare",
        "Nothing is recorded yet",
        _fill("Go on", status="closing", **_EVENT),
    ),
    State("suspend", "wards", "/everyone/suspend", "Set the framework aside for all wards"),
    State("suspend, wrong", "wards", "/pdus/long/suspend", "There is a problem", _press("Go on"), 422),
    State(
        "suspend, the check",
        "wards",
        "/regions/coast/suspend",
        "Nothing is recorded yet",
        _fill("Go on", **_EVENT),
    ),
    State("declarations, none", "sample", "/declarations", "There are none"),
    State("declarations", "wards", "/declarations", "Three nurses are away"),
    State("end", "wards", "/declarations", "Its last day in force", _follow("End it")),
    State(
        "end, wrong",
        "wards",
        "/declarations",
        "There is a problem",
        _end_wrongly,
        422,
        "/declarations/{id}/end",
    ),
    State("record", "wards", "/record", "Record of who did what"),
)
SIGNING_IN = (
    State("not signed in", "guarded", "/country", "You are not signed in", status=401),
    State("signed out", "guarded", "/signed-out", "You have signed out of this service"),
)
ERRORS = (
    State("no such page", "sample", "/nonsense", "Page not found", None, 404),
    State("no such unit", "wards", "/pdus/calmer", "Did you mean calm?", None, 404),
    State("nobody signs in", "sample", "/sign-in", "Page not found", None, 404),
)
STATES = (*HOME, *UNITS, *PLANS, *AREAS, *FRAMEWORKS, *TRYING, *RETURNS, *EVENTS, *SIGNING_IN, *ERRORS)
_OFTEN = (
    "home, some found",
    "unit, red",
    "unit, suspended",
    "unit, no return yet",
    "may, law",
    "may, no activity",
    "ahead of a ward",
    "decision of a ward",
    "country of the wards",
    "region, filtered",
    "how good forecasts were",
    "frameworks, no day",
    "version for wards",
    "compare, two",
    "try, wrong",
    "return, wrong",
    "return, the check",
    "upload, wrong",
    "declare, the check",
    "suspend, wrong",
    "declarations",
    "end, wrong",
    "record",
    "signed out",
    "no such unit",
)
_NAMED = {state.name: state for state in STATES}
OFTEN = tuple(_NAMED[name] for name in _OFTEN)
"""Each page once, in the state that holds most of what can be wrong with it. All states take minutes."""
