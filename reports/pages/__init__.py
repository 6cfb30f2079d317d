"""The pages of the service, set in HTML with the components of the GOV.UK Design System."""

from reports._words import acting as words_acting
from reports._words.acting import DONE
from reports.pages._area import SORTS, Area, Asked, area_page
from reports.pages._assets import Asset, assets
from reports.pages._environment import INLINE_SCRIPT, page
from reports.pages._error import ErrorPage, error_page
from reports.pages._frameworks import Frameworks, frameworks_page
from reports.pages._home import Home, home
from reports.pages._return_form import (
    ReturnCheck,
    ReturnForm,
    field_name,
    keys_of,
    return_check,
    return_form,
)
from reports.pages._shown import Shown, Statuses
from reports.pages._site import Entry, Site
from reports.pages._strip import Stay
from reports.pages._unit import UnitPage, unit_page

__all__ = [
    "DONE",
    "INLINE_SCRIPT",
    "SORTS",
    "Area",
    "Asked",
    "Asset",
    "Entry",
    "ErrorPage",
    "Frameworks",
    "Home",
    "ReturnCheck",
    "ReturnForm",
    "Shown",
    "Site",
    "Statuses",
    "Stay",
    "UnitPage",
    "area_page",
    "assets",
    "error_page",
    "field_name",
    "frameworks_page",
    "home",
    "keys_of",
    "page",
    "return_check",
    "return_form",
    "unit_page",
    "words_acting",
]
