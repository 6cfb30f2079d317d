"""The template of all translations, taken out of the source: `python -m reports.language.template [TAG]…`.

It writes `prioritise.pot` anew, brings each translation that is there up to it, and begins one for each tag that is
named. What is no longer in the source is kept at a translation's end; what is new stands there without a text.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from babel.messages import Catalog

ROOT: Final = Path(__file__).resolve().parents[2]
FOLDER: Final = Path(__file__).parent / "catalogues"
TEMPLATE: Final = "prioritise.pot"
_ROOMS: Final = ("rules", "engine", "reports", "api")
"""The folders whose texts people read."""
_SAID: Final = {"said": None, "said_of": (2, 3)}
"""How the rooms that know no language mark their texts, and where these stand among what a call is given."""
_NOTES: Final = "Translators:"
"""How a comment in the source begins that is meant for translators."""
_HEAD: Final = "Texts of Prioritise. docs/translating.md says how to translate them."


def extracted(root: Path = ROOT) -> Catalog:
    """Every text of the source that is marked, with the files that it stands in."""
    from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file

    found = _empty()
    mappings = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["babel"]["mappings"]
    for mapping in mappings:
        options = {name: text for name, text in mapping.items() if name not in ("pattern", "method")}
        ending = mapping["pattern"].replace("**", "*")
        for path in sorted(path for room in _ROOMS for path in (root / room).rglob(ending)):
            if path.suffix == ".py" and not any(
                name in path.read_bytes() for name in (b"language", b"rules.said")
            ):
                continue  # it marks no text, and reading all of it would take long
            told = extract_from_file(
                mapping["method"],
                path,
                keywords={**DEFAULT_KEYWORDS, **_SAID},
                comment_tags=[_NOTES],
                options=options,
                strip_comment_tags=True,
            )
            for _line, message, comments, context in told:
                # Without lines: what only moves in its file changes nothing here.
                place = path.relative_to(root).as_posix()
                found.add(message, None, [(place, 1)], auto_comments=comments, context=context)
    return found


def written(catalogue: Catalog) -> bytes:
    """A catalogue as the file that translators work with."""
    import io

    from babel.messages.pofile import write_po

    out = io.BytesIO()
    write_po(out, catalogue, width=100, include_lineno=False)
    return out.getvalue()


def messages(catalogue: Catalog) -> list[tuple[object, ...]]:
    """What matters of a catalogue: the texts, their contexts, files and notes; not when it was made."""
    return sorted(
        (
            (
                one.context or "",
                [one.id] if isinstance(one.id, str) else list(one.id),
                sorted({file for file, _ in one.locations}),
                " ".join(one.auto_comments),
            )
            for one in catalogue
            if one.id
        ),
        key=str,
    )


def renew(folder: Path = FOLDER, begin: tuple[str, ...] = ()) -> None:
    """Write the template and bring the translations of a folder up to it; `begin` names new ones by their tags."""
    from babel.messages.pofile import read_po

    made = extracted()
    _write(folder / TEMPLATE, made)
    for path in sorted({*folder.glob("*.po"), *(folder / f"{tag}.po" for tag in begin)}):
        locale = path.stem.replace("-", "_")
        known = _empty(locale)
        if path.exists():
            with path.open("rb") as file:
                known = read_po(file, locale=locale)
        known.update(made, no_fuzzy_matching=True, keep_user_comments=True)
        known.header_comment = f"# {_HEAD}"
        _write(path, known)


def _empty(locale: str | None = None) -> Catalog:
    from babel.messages import Catalog

    return Catalog(
        locale,
        header_comment=f"# {_HEAD}",
        project="Prioritise",
        version="1",
        copyright_holder="Prioritise",
        msgid_bugs_address="whoever keeps Prioritise",
        last_translator="nobody yet",
        language_team="Prioritise",
        fuzzy=False,
    )


def _write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue, if more than the time of its making is new."""
    from babel.messages.pofile import read_po

    if path.exists():
        with path.open("rb") as file:
            before = read_po(file, locale=catalogue.locale)
        if messages(before) == messages(catalogue) and before.header_comment == catalogue.header_comment:
            return
    path.write_bytes(written(catalogue))


if __name__ == "__main__":
    renew(begin=tuple(sys.argv[1:]))
