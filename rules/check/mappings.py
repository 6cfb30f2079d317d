"""What a mapping must be: its inputs, members and units exist, and nothing in it says two things."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from rules.figures import FigureSpec, Vocabulary
from rules.mapping_words import DayFormat, folded
from rules.model import Organisation
from rules.model.mapping import ExportMapping, FigureColumn
from rules.model.read import read_model
from rules.policy import Policy
from rules.problems import Findings, did_you_mean
from rules.text import Path_, Source


def check_mapping(
    source: Source,
    framework: str,
    policies: Sequence[Policy] | None,
    organisation: Organisation | None,
    findings: Findings,
) -> ExportMapping | None:
    """A document as the mapping of a framework, or None with every fault in `findings`.

    Without policies or an organisation the names of inputs or units are not looked at.
    """
    before = len(findings.errors)
    mapping = read_model(ExportMapping, source, findings)
    if mapping is None:
        return None
    with findings.reading():
        if mapping.framework != framework:
            place, hint = source.place(("framework",)), f"Write framework: {framework}."
            findings.add("PF242", f"This belongs to {framework}.", place, hint)
        _Check(mapping, source, findings).all(policies, organisation)
    return mapping if len(findings.errors) == before else None


def check_mappings(
    sources: Iterable[Source],
    framework: str,
    policies: Sequence[Policy] | None,
    organisation: Organisation | None,
    findings: Findings,
) -> dict[str, ExportMapping]:
    """The mappings of a framework by id. Notes PF299 where two have one id."""
    found: dict[str, tuple[ExportMapping, Source]] = {}
    for source in sorted(sources, key=lambda one: one.file):
        mapping = check_mapping(source, framework, policies, organisation, findings)
        if mapping is None:
            continue
        if mapping.mapping in found:
            also = [found[mapping.mapping][1].place(("mapping",))]
            message = f"There are two mappings {mapping.mapping}."
            findings.add("PF299", message, source.place(("mapping",)), "Give each its own id.", also)
        found.setdefault(mapping.mapping, (mapping, source))
    return {id_: pair[0] for id_, pair in found.items()}


class _Check:
    def __init__(self, mapping: ExportMapping, source: Source, findings: Findings) -> None:
        self.mapping, self.source, self.findings = mapping, source, findings

    def tell(self, code: str, message: str, path: Path_, hint: str, *, key: bool = False) -> None:
        self.findings.add(code, message, self.source.place(path, key=key), hint)

    def all(self, policies: Sequence[Policy] | None, organisation: Organisation | None) -> None:
        self._file()
        self._columns()
        if self.mapping.day is not None:
            try:
                DayFormat(self.mapping.day.format)
            except ValueError as wrong:
                self.tell("PF297", str(wrong), ("day", "format"), "Write it as in DD/MM/YYYY.")
        unit = self.mapping.unit
        self._twice(unit.names, ("unit", "names"))
        if organisation is not None:
            units = [pdu.id for pdu in organisation.pdus]
            for name, pdu in unit.names.items():
                if pdu not in units:
                    message = f"There is no {organisation.unit.one} {pdu}."
                    self.tell("PF296", message, ("unit", "names", name), did_you_mean(pdu, units))
        vocabulary = Vocabulary(policy.version for policy in policies) if policies else None
        filled: dict[tuple[str, str | None], int] = {}
        for index, figure in enumerate(self.mapping.figures):
            self._conversion(figure, ("figures", index))
            if vocabulary is not None:
                self._input(figure, ("figures", index), vocabulary)
            for member in members_of(figure):
                first = filled.setdefault((figure.input, member), index)
                if first != index:
                    named = figure.input if member is None else f"{figure.input}[{member}]"
                    message = f"{named} is filled by two entries of figures."
                    hint = "Fill it by one, which may take several rows with sum: true."
                    self.tell("PF298", message, ("figures", index, "input"), hint)

    def _file(self) -> None:
        reads, given = self.mapping.reads, self.source.node(("reads",))
        if given is None:
            return
        odd = {"xlsx": ("encoding", "delimiter"), "csv": ("sheet",)}.get(reads.format or "", ())
        for key in odd:
            if self.source.node(("reads", key)) is not None:
                message = f"A file of the format {reads.format} has no {key}."
                self.tell("PF298", message, ("reads", key), "Remove it.", key=True)
        if reads.thousands == reads.decimal:
            message = f"The {reads.decimal} cannot stand for thousands and for decimals."
            self.tell("PF298", message, ("reads", "thousands"), "Change one of the two.")

    def _columns(self) -> None:
        """A column that is ignored is not read as well."""
        read = {folded(name) for name in columns_of(self.mapping)}
        for index, name in enumerate(self.mapping.ignore):
            if folded(name) in read:
                message = f"The column {name} is read and ignored."
                self.tell("PF298", message, ("ignore", index), "Remove it here, or where it is read.")

    def _twice(self, names: Mapping[str, str], path: Path_) -> None:
        """Two names that are compared alike, and mean different things."""
        seen: dict[str, str] = {}
        for name, meant in names.items():
            if seen.setdefault(folded(name), meant) != meant:
                message = f"{name} stands twice, for {seen[folded(name)]} and for {meant}."
                hint = "Capitals and spaces make no difference; keep one of the two."
                self.tell("PF298", message, (*path, name), hint, key=True)

    def _conversion(self, figure: FigureColumn, path: Path_) -> None:
        if figure.count == (figure.column is not None):
            message = "A figure comes from a column, or is a count of rows: one of the two."
            self.tell("PF298", message, path, "Write column: or count: true.")
        for key in ("multiply", "divide"):
            number: Decimal | None = getattr(figure, key)
            if number is not None and number <= 0:
                self.tell("PF298", f"{key} takes a number above 0.", (*path, key), "As in 37.")
        member = figure.member
        if member is not None:
            if (member.is_ is None) == (member.column is None):
                message = "A member is named, or stands in a column: one of the two."
                self.tell("PF298", message, (*path, "member"), "Write member: NAME, or column: within it.")
            elif member.column is not None and member.by == "names" and not member.names:
                hint = "Write names:, or by: id, or by: title."
                self.tell("PF298", "No member has a name here.", (*path, "member"), hint)
            self._twice(member.names, (*path, "member", "names"))
        self._twice(figure.values, (*path, "values"))

    def _input(self, figure: FigureColumn, path: Path_, vocabulary: Vocabulary) -> None:
        inputs = vocabulary.inputs
        spec = inputs.get(figure.input)
        if spec is None:
            hint = did_you_mean(figure.input, inputs)
            self.tell("PF294", f"{figure.input} is no input.", (*path, "input"), hint)
            return
        self._member(figure, path, spec, vocabulary)
        if spec.values is None:
            if figure.values:
                message = f"{figure.input} is a number, and has no categories."
                self.tell("PF298", message, (*path, "values"), "Remove it.", key=True)
            if figure.decimals is not None and figure.decimals > spec.decimals:
                message = f"{figure.input} takes at most {spec.decimals} decimals."
                self.tell("PF298", message, (*path, "decimals"), f"Write {spec.decimals} or less.")
            return
        for key in ("multiply", "divide", "decimals", "sum", "count", "blank", "no_rows"):
            if self.source.node((*path, key)) is not None:
                message = f"{figure.input} is a category, and has no {key}."
                self.tell("PF298", message, (*path, key), "Remove it.", key=True)
        for name, category in figure.values.items():
            if category not in spec.values:
                hint = did_you_mean(category, spec.values)
                message = f"{category} is no category of {figure.input}."
                self.tell("PF295", message, (*path, "values", name), hint)

    def _member(self, figure: FigureColumn, path: Path_, spec: FigureSpec, vocabulary: Vocabulary) -> None:
        member = figure.member
        if spec.per is None or member is None:
            if spec.per is not None:
                message = f"{figure.input} is given for each {spec.per}, and no member is named."
                self.tell("PF295", message, path, "Write member:.")
            elif member is not None:
                message = f"{figure.input} is one number, not one for each member of a list."
                self.tell("PF295", message, (*path, "member"), "Remove it.", key=True)
            return
        known = vocabulary.lists.get(spec.per, ())
        named = [] if member.is_ is None else [(("member",), member.is_)]
        named += [(("member", "names", name), one) for name, one in member.names.items()]  # type: ignore[misc]
        for where, one in named:
            if one not in known:
                self.tell(
                    "PF295", f"There is no {spec.per} {one}.", (*path, *where), did_you_mean(one, known)
                )


def members_of(figure: FigureColumn) -> Iterator[str | None]:
    """The members that an entry names, each once; None for an input of one number."""
    member = figure.member
    if member is None:
        yield None
    elif member.is_ is not None:
        yield member.is_
    else:
        yield from dict.fromkeys(member.names.values())


def columns_of(mapping: ExportMapping) -> Iterator[str]:
    """The columns that a mapping reads; one may come several times."""
    if mapping.day is not None:
        yield mapping.day.column
    yield mapping.unit.column
    yield from (*mapping.rows.where, *mapping.rows.without, *mapping.rows.one_per)
    for figure in mapping.figures:
        if figure.member is not None and figure.member.column is not None:
            yield figure.member.column
        if figure.column is not None:
            yield figure.column
        yield from (*figure.where, *figure.without)
