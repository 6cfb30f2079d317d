"""The pages of the service, set in HTML with the components of the GOV.UK Design System."""

from reports._explanation import Table
from reports._words import acting as words_acting
from reports._words.acting import DONE
from reports._words.pages import NAVIGATION
from reports.pages._ahead import AheadPage, ahead_page
from reports.pages._area import SORTS, Area, Asked, area_page
from reports.pages._assets import Asset, assets
from reports.pages._compare import ComparePage, compare_page
from reports.pages._decision import DecisionPage, decision_page
from reports.pages._environment import INLINE_SCRIPT, page
from reports.pages._error import ErrorPage, error_page
from reports.pages._events import (
    EndForm,
    EventCheck,
    EventForm,
    Kind,
    Standing,
    Whom,
    end_form,
    event_check,
    event_form,
    standing,
)
from reports.pages._fields import told_of
from reports.pages._frameworks import Frameworks, frameworks_page
from reports.pages._home import Home, home
from reports.pages._may import MayPage, may_page
from reports.pages._owing import OwingPart, owing_part
from reports.pages._parent import ParentPart, parent_fault, parent_part
from reports.pages._past import PastPage, past_page
from reports.pages._record import RecordPage, record_page
from reports.pages._return_form import (
    ReturnCheck,
    ReturnForm,
    field_name,
    keys_of,
    return_check,
    return_form,
)
from reports.pages._shown import Shown, Statuses
from reports.pages._signed_out import SignedOut, signed_out_page
from reports.pages._site import Entry, Site
from reports.pages._strip import Stay
from reports.pages._tables import csv_of, tables_of
from reports.pages._try import POINT, Result, TryPage, try_page, try_result, try_start
from reports.pages._unit import UnitPage, unit_page
from reports.pages._upload import Upload, upload_page

__all__ = [
    "DONE",
    "INLINE_SCRIPT",
    "NAVIGATION",
    "POINT",
    "SORTS",
    "AheadPage",
    "Area",
    "Asked",
    "Asset",
    "ComparePage",
    "DecisionPage",
    "EndForm",
    "Entry",
    "ErrorPage",
    "EventCheck",
    "EventForm",
    "Frameworks",
    "Home",
    "Kind",
    "MayPage",
    "OwingPart",
    "ParentPart",
    "PastPage",
    "RecordPage",
    "Result",
    "ReturnCheck",
    "ReturnForm",
    "Shown",
    "SignedOut",
    "Site",
    "Standing",
    "Statuses",
    "Stay",
    "Table",
    "TryPage",
    "UnitPage",
    "Upload",
    "Whom",
    "ahead_page",
    "area_page",
    "assets",
    "compare_page",
    "csv_of",
    "decision_page",
    "end_form",
    "error_page",
    "event_check",
    "event_form",
    "field_name",
    "frameworks_page",
    "home",
    "keys_of",
    "may_page",
    "owing_part",
    "page",
    "parent_fault",
    "parent_part",
    "past_page",
    "record_page",
    "return_check",
    "return_form",
    "signed_out_page",
    "standing",
    "tables_of",
    "told_of",
    "try_page",
    "try_result",
    "try_start",
    "unit_page",
    "upload_page",
    "words_acting",
]
