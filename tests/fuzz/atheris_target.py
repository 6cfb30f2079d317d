"""Fuzzing led by coverage, where atheris is installed: `python -m tests.fuzz.atheris_target -runs=20000`.

What is read is a byte for the kind of document, then its text. It starts from the small documents of the tests.
A fault ends it, and leaves the document that brought it in a file of the present folder.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Run until a fault is found, or as often as the options say."""
    try:
        atheris = importlib.import_module("atheris")
    except ModuleNotFoundError:
        print("atheris is not installed here: fuzzing led by coverage is left out", file=sys.stderr)
        return
    with atheris.instrument_imports(include=["rules", "yaml"]):
        from tests.fuzz.mutations import SMALL
        from tests.fuzz.reading import KINDS, faults, read

    def one(data: bytes) -> None:
        kind, text = KINDS[data[0] % len(KINDS)] if data else KINDS[0], data[1:]
        wrong = faults(kind, text, read(kind, text))
        if wrong:
            raise AssertionError(wrong)

    with tempfile.TemporaryDirectory() as folder:
        for number, kind in enumerate(KINDS):
            for index, text in enumerate(SMALL[kind]):
                (Path(folder) / f"{kind}{index}").write_bytes(bytes([number]) + text.encode())
        atheris.Setup([*sys.argv, "-max_len=20000", "-timeout=20", folder], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
