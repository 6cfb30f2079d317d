"""Words for the periods that a framework's document names: day, week, month, quarter and year."""

from __future__ import annotations

from reports.language import pgettext


def every(period: str) -> str:
    match period:
        case "day":
            # Translators: stands in "About 60 minutes for each case every day".
            return pgettext("how often", "every day")
        case "week":
            # Translators: stands in "About 60 minutes for each case every week".
            return pgettext("how often", "every week")
        case "month":
            # Translators: stands in "About 60 minutes for each case every month".
            return pgettext("how often", "every month")
        case "quarter":
            # Translators: stands in "About 60 minutes for each case every quarter".
            return pgettext("how often", "every quarter")
        case _:
            # Translators: stands in "About 60 minutes for each case every year".
            return pgettext("how often", "every year")


def each(period: str) -> str:
    match period:
        case "day":
            # Translators: stands in "60 minutes each day for each of 120 cases".
            return pgettext("how often", "each day")
        case "week":
            # Translators: stands in "60 minutes each week for each of 120 cases".
            return pgettext("how often", "each week")
        case "month":
            # Translators: stands in "60 minutes each month for each of 120 cases".
            return pgettext("how often", "each month")
        case "quarter":
            # Translators: stands in "60 minutes each quarter for each of 120 cases".
            return pgettext("how often", "each quarter")
        case _:
            # Translators: stands in "60 minutes each year for each of 120 cases".
            return pgettext("how often", "each year")
