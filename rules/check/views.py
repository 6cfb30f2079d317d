"""Views: that each can be worked out. They bear on no decision, and are read only when asked for or checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rules.figures import Vocabulary
from rules.formula.parse import MAX_LENGTH, FormulaFault
from rules.formula.totals import parse_totals
from rules.model.read import read_model
from rules.model.view import View
from rules.problems import Findings, did_you_mean
from rules.text import Path_, Source, lines_of
from rules.views import UNIT_WORDS, CheckedView, FigureOfView

MAX_VIEWS = 200
MAX_FIGURES = 40
MAX_LETTERS = 20_000
"""The formulas of one view have at most so many characters in all."""


def check_views(
    sources: Sequence[Source], framework: str, vocabulary: Vocabulary | None, findings: Findings
) -> dict[str, CheckedView]:
    """The views of a framework by their ids, in the order of ids; every fault is in `findings`.

    `vocabulary` has every input of any version; without it, because a version cannot be read, only the shape of the
    views is looked at, and none is given.
    """
    found: dict[str, tuple[CheckedView, Source]] = {}
    for number, source in enumerate(sources):
        if number == MAX_VIEWS:
            place = source.place(())
            findings.add("PF293", f"A framework has at most {MAX_VIEWS} views.", place, "Remove some.")
            break
        view = None
        with findings.reading():
            view = _checked(source, framework, vocabulary, findings)
        if view is None:
            continue
        if view.id in found:
            also = [found[view.id][1].place(("view",))]
            place = source.place(("view",))
            findings.add("PF290", f"There are two views {view.id}.", place, "Rename one of them.", also)
        found.setdefault(view.id, (view, source))
    return {id_: found[id_][0] for id_ in sorted(found)}


def _checked(
    source: Source, framework: str, vocabulary: Vocabulary | None, findings: Findings
) -> CheckedView | None:
    before = len(findings.errors)
    view = read_model(View, source, findings)
    if view is None:
        return None
    if view.framework != framework:
        hint = f"Write framework: {framework}, or move the file."
        findings.add("PF242", f"This belongs to {framework}.", source.place(("framework",)), hint)
    if not _small_enough(view, source, findings) or vocabulary is None:
        return None
    figures = _figures(view, source, vocabulary, findings)
    _check_by(view, figures, source, vocabulary, findings)
    if len(findings.errors) > before:
        return None
    return CheckedView(view.view, view.title, view.note, view.basis, tuple(view.by), figures, source.file)


def _small_enough(view: View, source: Source, findings: Findings) -> bool:
    """Whether a view has figures, and keeps to the limits (PF293)."""
    if not view.figures:
        place = source.place(("figures",))
        findings.add("PF201", "At least one entry is due here.", place, "Add a figure.")
        return False
    if len(view.figures) > MAX_FIGURES:
        place = source.place(("figures", list(view.figures)[MAX_FIGURES]), key=True)
        findings.add("PF293", f"A view has at most {MAX_FIGURES} figures.", place, "Make two views of it.")
        return False
    if sum(min(len(one.formula), MAX_LENGTH) for one in view.figures.values()) > MAX_LETTERS:
        message = f"The formulas of a view have at most {MAX_LETTERS:,} characters in all."
        findings.add("PF293", message, source.place(("figures",), key=True), "Make two views of it.")
        return False
    return True


def _figures(
    view: View, source: Source, vocabulary: Vocabulary, findings: Findings
) -> tuple[FigureOfView, ...]:
    figures = []
    for name, figure in view.figures.items():
        try:
            formula, totals = parse_totals(figure.formula, vocabulary)
        except FormulaFault as fault:
            _tell(fault, figure.formula, ("figures", name, "formula"), source, findings)
            continue
        title, unit = figure.title or name, figure.unit or ""
        figures.append(
            FigureOfView(name, title, unit, figure.decimals, figure.note, figure.formula, formula, totals)
        )
    return tuple(figures)


def _tell(fault: FormulaFault, text: str, path: Path_, source: Source, findings: Findings) -> None:
    """Note a fault of a formula at its own column, where the formula stands on one line."""
    place = source.place(path)
    line = lines_of(source.text)[place.line - 1]
    for start in (place.column - 1, place.column):  # plain, or quoted
        if line.startswith(text, start):
            place = replace(place, column=start + fault.offset + 1)
            break
    findings.add(fault.code, fault.message, place, fault.hint)


def _check_by(
    view: View,
    figures: Sequence[FigureOfView],
    source: Source,
    vocabulary: Vocabulary,
    findings: Findings,
) -> None:
    """What a view is split by must be there, once, and with one list at most (PF291)."""
    lists: list[str] = []
    for index, word in enumerate(view.by):
        place = source.place(("by", index))
        if word in view.by[:index]:
            findings.add("PF291", f"{word} stands twice.", place, "Remove one of the two.")
        elif word in UNIT_WORDS:
            continue
        elif word not in vocabulary.lists:
            hint = did_you_mean(word, [*UNIT_WORDS, *vocabulary.lists])
            findings.add("PF291", f"Nothing can be split by {word}.", place, hint)
        elif lists:
            message = f"A view is split by one list, and {lists[0]} is one already."
            findings.add("PF291", message, place, "Keep one of the two.")
        else:
            lists.append(word)
            if figures and all(one.unfit_for(word, vocabulary) is not None for one in figures):
                message = f"No figure of this view can be split by {word}."
                hint = f"Name inputs that are per {word}, without brackets."
                findings.add("PF291", message, place, hint)
