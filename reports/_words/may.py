"""Words for the answer to "may this be reduced for this case?": the answer first, then why, then the limits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from reports._format import day, sentence
from reports.language import gettext as _
from reports.language import mark as N_

ANSWERS: Final = {
    # Translators: the answer to "May it be reduced for this case?"
    "yes": N_("Yes"),
    # Translators: the answer to "May it be reduced for this case?"
    "no": N_("No"),
    # Translators: the answer to "May it be reduced for this case?"
    "limited": N_("Yes, within limits"),
}
NEVER_LESS: Final = N_("Never less than")
NOT_FOR: Final = N_("Not for")
ONLY_FOR: Final = N_("Only for")
LAST_DAY: Final = N_("Last day")
REVIEW: Final = N_("Review by")
USUALLY: Final = N_("Usually")
SOURCE: Final = N_("Source")
DECISION: Final = N_("Decision")


def headline(answer: str, title: str, name: str, as_of: str) -> str:
    return f"{_(ANSWERS[answer])}. {title}, {name}, {day(as_of)}."


def status(word: str, since: str) -> str:
    return _("The status is {status}, since {day}.").format(status=word, day=day(since))


def mandatory(because: str) -> str:
    text = _("This must always be done in full, whatever the status. {reason}")
    return text.format(reason=sentence(because))


def excepted(cohorts: str) -> str:
    text = _("It may be reduced for others, but never for this case: {cohorts}. Do it in full.")
    return text.format(cohorts=cohorts)


def not_among(cohorts: str) -> str:
    text = _("It may be reduced only for these cases, and this is none of them: {cohorts}. Do it in full.")
    return text.format(cohorts=cohorts)


def no_reduction() -> str:
    return _("The framework has no reduction for it. Do it in full.")


def refused(reason: str) -> str:
    # Translators: {reason} is a sentence, such as "Only from Red on."
    return _("{reason} Do it in full.").format(reason=reason)


def none_spared() -> str:
    return _("This case is none of those that must be spared.")


def among() -> str:
    return _("This case is one of those that it is for.")


def look_first(spares: bool) -> str:
    if spares:
        return _("Look first whether the case is one of those below. If so, do it in full.")
    return _("Look first whether the case is one of those below. If not, do it in full.")


def last_day(until: str, reasons: Sequence[str]) -> str:
    return " ".join([f"{day(until)}.", *map(_, reasons[:1]), _("After that, do it in full.")])


LAST_BECAUSE: Final = {
    "lapses": N_("Its time is over then."),
    "grace": N_("While the status is not known, it stands no longer."),
    "declared": N_("The declaration ends then."),
}


def while_status(word: str) -> str:
    return _(
        "As long as the status stays {status} or becomes more severe, and the reduction's own conditions hold."
    ).format(status=word)


def review(on: str) -> str:
    return f"{day(on)}."
