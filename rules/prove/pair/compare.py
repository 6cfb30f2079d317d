"""Compares two versions: can there be a unit to which one permits what the other does not?

What is proved is about one step of one unit. It has one history of figures. It stands at a status of the first
version, or at none yet, and in the second version where a change of version would put it. The days since its status
began are one number, and so each version's own minimum stay decides; the days for which a reduction has been
permitted are one number too, and so each version's own limit lapses it. Nothing is declared, suspended or withheld;
where statuses are declared, what is compared is what the calculated status would permit once it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from rules.decide import Outcome
from rules.policy import Policy
from rules.prove.pair.case import Cases, PairCase
from rules.prove.pair.differences import Ranks, difference_claims, status_claim, statuses_differ
from rules.prove.pair.search import Found, PairSearch
from rules.prove.pair.text import PairText
from rules.prove.pair.verdict import Difference, Label, StatusAnswer, Verdict, effect_of
from rules.prove.pair.words import difference_witness, status_witness
from rules.prove.terms import Claim

Numbers = tuple[Mapping[str, Decimal], Mapping[str, Decimal]]


def compare_policies(a: Policy, b: Policy, *, numbers: Numbers | None = None) -> Verdict:
    """What version B permits that version A does not, and the reverse, over all figures, states and settings.

    `numbers` are the trigger points of each version where they are given, such as a region's; else every number
    counts that can be set, and each version's defaults. Raises DisagreementError where the deciders differ.
    """
    comparison = Comparison(a, b, numbers)
    try:
        return comparison.verdict()
    finally:
        comparison.close()


def can_differ_in_status(a: Policy, b: Policy, *, numbers: Numbers | None = None) -> StatusAnswer:
    """Whether one unit can have different statuses under two versions. Raises DisagreementError."""
    comparison = Comparison(a, b, numbers)
    try:
        return comparison.status()
    finally:
        comparison.close()


@dataclass(slots=True)
class _Answers:
    """The cases in which differences show, and the differences that were left open."""

    cases: dict[Label, PairCase]
    unsettled: list[Label]


class Comparison:
    """Two versions under comparison."""

    def __init__(self, a: Policy, b: Policy, numbers: Numbers | None) -> None:
        self.policies, self._numbers = (a, b), numbers
        self.ranks = Ranks(a, b)
        self._cases = Cases(self.policies)
        self._texts: dict[bool, PairSearch] = {}

    def close(self) -> None:
        """Free what was loaded."""
        self._cases.close()

    def _search(self, *, apart: bool = False) -> PairSearch:
        if apart not in self._texts:
            text = PairText(*self.policies, self._numbers, apart=apart)
            self._texts[apart] = PairSearch(text, self._cases)
        return self._texts[apart]

    @property
    def _counts_otherwise(self) -> bool:
        """Whether the two versions count runs otherwise, so that their lengths are tied less closely."""
        one, other = (
            (
                policy.version.returns.every,
                policy.version.returns.longest_gap or policy.version.returns.stale_after,
            )
            for policy in self.policies
        )
        return one != other

    def verdict(self) -> Verdict:
        """What comes of the comparison."""
        search = self._search()
        claims = difference_claims(search.text, self.ranks)
        answers = self._answers(search, claims)
        unsettled = [_open_text(label) for label in claims if label in answers.unsettled]
        if self._counts_otherwise:
            left = {label: claim for label, claim in claims.items() if label not in answers.cases}
            unsettled += self._apart(left, answers.unsettled)
        found = {
            direction: tuple(
                Difference(
                    label.activity, label.from_, label.kind, difference_witness(case, label, self.ranks)
                )
                for label in claims
                if label.direction == direction and (case := answers.cases.get(label)) is not None
            )
            for direction in ("loosens", "tightens")
        }
        loosening, tightening = (
            {one.activity for one in found[direction]} for direction in ("loosens", "tightens")
        )
        return Verdict(
            found["loosens"],
            found["tightens"],
            {one: effect_of(one in loosening, one in tightening) for one in self.ranks.activities},
            not unsettled,
            tuple(unsettled),
            tuple(_words(*self.policies)),
            tuple(_beyond(*self.policies)),
        )

    def status(self) -> StatusAnswer:
        """Whether the two versions can give different statuses."""

        def shows(outcomes: tuple[Outcome, Outcome]) -> bool:
            return statuses_differ(self.policies, outcomes)

        search = self._search()
        found = _find(search, status_claim(search.text), shows)
        if isinstance(found, PairCase):
            return StatusAnswer(status_witness(found), proved=False)
        if found == "never" and self._counts_otherwise:
            apart = self._search(apart=True)
            found = "never" if _find(apart, status_claim(apart.text), shows) == "never" else "open"
        return StatusAnswer(None, proved=found == "never")

    def _answers(self, search: PairSearch, claims: Mapping[Label, Claim]) -> _Answers:
        """A case for each difference that there is, asked for all at once as long as there is a further one."""
        left = {label: search.name(claim) for label, claim in claims.items()}
        answers = _Answers({}, [])
        while left:
            name = search.one_of(list(left.values()))
            if name == "never":
                break
            label = next((label for label, known in left.items() if known == name), next(iter(left)))

            def shows(outcomes: tuple[Outcome, Outcome], label: Label = label) -> bool:
                return self.ranks.shows(label, outcomes)

            found = search.find(left.pop(label), lambda case: shows(case.outcomes))
            if isinstance(found, PairCase):
                answers.cases[label] = found
                for other in self.ranks.shown(found.outcomes) & left.keys():
                    answers.cases[other] = found
                    del left[other]
            elif found == "open":
                answers.unsettled.append(label)
        return answers

    def _apart(self, claims: Mapping[Label, Claim], known: list[Label]) -> list[str]:
        """The differences that only a past could show in which returns come further apart."""
        search = self._search(apart=True)
        left = {
            label: claim
            for label, claim in difference_claims(search.text, self.ranks).items()
            if label in claims and label not in known
        }
        answers = self._answers(search, left)
        return [_open_text(label) for label in left if label in answers.cases or label in answers.unsettled]


def _find(search: PairSearch, claim: Claim, shows: Callable[[tuple[Outcome, Outcome]], bool]) -> Found:
    return search.find(search.name(claim), lambda case: shows(case.outcomes))


def _open_text(label: Label) -> str:
    """A question that was left open, in words."""
    what = "permits more cases of" if label.kind == "scope" else "permits"
    one, other = ("second", "first") if label.direction == "loosens" else ("first", "second")
    return (
        f"whether the {one} version {what} the reduction of {label.activity} from {label.from_} "
        f"where the {other} does not"
    )


def _words(a: Policy, b: Policy) -> list[tuple[str, str]]:
    """The reductions of both versions whose strength or words differ."""
    found = []
    for key, number in a.numbers.items():
        if key in b.numbers:
            one, other = a.reductions[number].reduction, b.reductions[b.numbers[key]].reduction
            if (one.strength, one.do, one.floor) != (other.strength, other.do, other.floor):
                found.append(key)
    return found


def _beyond(a: Policy, b: Policy) -> list[str]:
    """The rules that differ and that say nothing of one step."""
    rules: dict[str, Callable[[Policy], object]] = {
        "returns.stale_after": lambda one: one.version.returns.stale_after,
        "returns.grace": lambda one: one.version.returns.grace,
        "activation": lambda one: one.version.activation,
        "declarations": lambda one: one.version.declarations,
        "binding": lambda one: [status.id for status in one.version.statuses if status.binding],
    }
    return [name for name, rule in rules.items() if rule(a) != rule(b)]
