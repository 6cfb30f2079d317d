"""Writes every schema as a file: `python -m engine.decision_schema schemas/`."""

import sys
from pathlib import Path

from engine.decision_schema import write

if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas"))
