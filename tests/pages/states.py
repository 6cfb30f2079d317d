"""Every page in every state that it has, and how a browser comes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from tests.pages.looking import Visit
from tests.pages.places import SILENT

AMBER, GREEN, RED = "york", "bolton", "croydon"
"""Units of the sample by what they have on the day that is looked at; a test says that they do."""
REGION = "yorkshire-and-the-humber"
_DAY = "2022-11-21"


@dataclass(frozen=True, slots=True)
class State:
    """A page: at which place, at which path, what is done there, and the status of the answer that is then shown."""

    name: str
    place: Literal["sample", "wards"]
    path: str
    act: Callable[[Visit], None] | None = None
    status: int = 200

    def reach(self, visit: Visit) -> None:
        """Open the page, and do what brings the state about."""
        visit.go(self.path)
        if self.act is not None:
            self.act(visit)


def _press(*names: str) -> Callable[[Visit], None]:
    def act(visit: Visit) -> None:
        for name in names:
            visit.page.get_by_role("button", name=name, exact=True).click()

    return act


def _fill(button: str, **fields: str) -> Callable[[Visit], None]:
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


def _upload(text: str) -> Callable[[Visit], None]:
    def act(visit: Visit) -> None:
        file = {"name": "returns.csv", "mimeType": "text/csv", "buffer": text.encode()}
        visit.page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
        _press("Record the file")(visit)

    return act


def _decision(visit: Visit) -> None:
    visit.page.get_by_role("link", name="The whole decision").click()


def _end(visit: Visit) -> None:
    visit.page.get_by_role("link", name="End it").first.click()


def _end_wrongly(visit: Visit) -> None:
    _end(visit)
    _fill("End it", last_day="soon")(visit)


_WRONG_FILE = """\
pdu,as_of,grade,required_fte,in_post_fte
york,2022-11-21,PO,20,many
nowhere,2022-11-21,PO,20,18
york,yesterday,PSO,10,9
"""
_EVENT = {"until": "2022-12-02", "reason": "Snow has closed the roads."}

STATES: tuple[State, ...] = (
    State("home", "sample", "/"),
    State("home, some found", "sample", "/?q=manchester"),
    State("home, nothing found", "sample", "/?q=atlantis"),
    State("home of the wards", "wards", "/"),
    State("unit, amber", "sample", f"/pdus/{AMBER}"),
    State("unit, green", "sample", f"/pdus/{GREEN}"),
    State("unit, red", "wards", "/pdus/long"),
    State("unit, silent", "sample", f"/pdus/{SILENT}"),
    State("unit, figures missing", "wards", "/pdus/partial"),
    State("unit, no return yet", "wards", "/pdus/new"),
    State("unit, suspended", "wards", "/pdus/aside"),
    State("unit, declared", "wards", "/pdus/told"),
    State("unit, outstayed", "wards", "/pdus/old"),
    State("unit, black", "wards", "/pdus/closed"),
    State("may", "sample", f"/pdus/{AMBER}/may"),
    State("may, yes", "sample", f"/pdus/{AMBER}/may?activity=home-visits&no_cohort=true&asked=true"),
    State("may, limited", "sample", f"/pdus/{AMBER}/may?activity=home-visits&asked=true"),
    State("may, no", "sample", f"/pdus/{AMBER}/may?activity=home-visits&cohort=mappa&asked=true"),
    State("may, no activity", "sample", f"/pdus/{AMBER}/may", _press("May I?"), 422),
    State(
        "may, clash",
        "wards",
        "/pdus/short/may?activity=work-1&cohort=frail&no_cohort=true&asked=true",
        None,
        422,
    ),
    State("ahead", "sample", f"/pdus/{AMBER}/ahead"),
    State("ahead of a ward", "wards", "/pdus/long/ahead"),
    State("decision", "sample", f"/pdus/{AMBER}", _decision),
    State("decision of a ward", "wards", "/pdus/long", _decision),
    State("region", "sample", f"/regions/{REGION}"),
    State("region, sorted", "sample", f"/regions/{REGION}?sort=since&order=down"),
    State("region, filtered", "sample", f"/regions/{REGION}?status=amber"),
    State("country", "sample", "/country"),
    State("country of the wards", "wards", "/country?status=suspended"),
    State("frameworks", "sample", "/frameworks"),
    State("frameworks, a day", "sample", "/frameworks?day=2022-06-01"),
    State("frameworks, no day", "sample", "/frameworks", _fill("Find the version", day="spring")),
    State("version", "sample", "/frameworks/phase-3-v8"),
    State("version for wards", "wards", "/frameworks/winter"),
    State("compare", "sample", "/frameworks/compare"),
    State("compare, two versions", "sample", "/frameworks/compare?from=version-3&to=phase-3-v8"),
    State("try", "sample", "/try"),
    State("try, the form", "sample", f"/try?pdu={AMBER}"),
    State(
        "try, a result",
        "wards",
        "/try?pdu=short",
        _fill("See what follows", t__short="80", f__there__early="9"),
    ),
    State(
        "try, wrong",
        "wards",
        "/try?pdu=long",
        _fill("See what follows", t__short="9", f__there__early="few"),
        422,
    ),
    State("return", "sample", f"/pdus/{AMBER}/return"),
    State("return, a correction", "wards", f"/pdus/long/return?day={_DAY}"),
    State("return, no day", "wards", "/pdus/calm/return?day=monday"),
    State(
        "return, wrong",
        "wards",
        "/pdus/calm/return",
        _fill("Check what you send", f__there__early="ten"),
        422,
    ),
    State(
        "return, the check",
        "sample",
        f"/pdus/{AMBER}/return?day={_DAY}",
        _fill("Check what you send", f__in_post_fte__PO="12", note="Two came back."),
    ),
    State("upload", "sample", "/returns/upload"),
    State("upload, no file", "wards", "/returns/upload", _press("Record the file"), 422),
    State("upload, wrong", "sample", "/returns/upload", _upload(_WRONG_FILE), 422),
    State("declare", "sample", f"/pdus/{AMBER}/declare"),
    State("declare, wrong", "wards", "/regions/moor/declare", _fill("Go on", until="never"), 422),
    State("declare, the check", "wards", "/pdus/long/declare", _fill("Go on", status="closing", **_EVENT)),
    State("suspend", "wards", "/everyone/suspend"),
    State("suspend, wrong", "wards", "/pdus/long/suspend", _fill("Go on", reason=""), 422),
    State("suspend, the check", "wards", "/regions/coast/suspend", _fill("Go on", **_EVENT)),
    State("declarations, none", "sample", "/declarations"),
    State("declarations", "wards", "/declarations"),
    State("end", "wards", "/declarations", _end),
    State("end, wrong", "wards", "/declarations", _end_wrongly, 422),
    State("done", "wards", "/pdus/calm?done=return"),
    State("no such page", "sample", "/nonsense", None, 404),
    State("no such unit", "wards", "/pdus/calmer", None, 404),
)
