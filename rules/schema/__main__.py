"""Writes the schemas as files: `python -m rules.schema schemas/`."""

import sys
from pathlib import Path

from rules.schema import write

if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "schemas"))
