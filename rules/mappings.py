"""Loading mappings, which no decision needs: when an export is to be read, and not before."""

from __future__ import annotations

from pathlib import Path

from rules.check.mappings import check_mapping, check_mappings
from rules.library import Framework, Shelf, further_sources
from rules.model import Organisation
from rules.model.mapping import ExportMapping
from rules.problems import DocumentError, Findings, UsageError, did_you_mean, folded
from rules.text import read_source


def load_mapping(
    name: str, folder: Shelf | None, framework: Framework, organisation: Organisation
) -> ExportMapping:
    """A mapping by its id in a folder of policy, or by the path of a file.

    Raises DocumentError with every problem of the mapping, or UsageError where there is none of this name.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return _of_file(Path(name), framework, organisation)
    if folder is None:
        raise UsageError(f"There is no folder to look up the mapping {name} in; name its file.")
    findings = Findings()
    sources = further_sources(folder, framework.id, "mappings", findings)
    found = check_mappings(sources, framework.id, framework.policies, organisation, findings)
    if findings.errors:
        raise DocumentError(folded(findings.errors))
    if name not in found:
        hint = did_you_mean(name, found) if found else "It has no mapping at all."
        raise UsageError(f"{framework.id} has no mapping {name}. {hint}")
    return found[name]


def _of_file(path: Path, framework: Framework, organisation: Organisation) -> ExportMapping:
    findings = Findings()
    try:
        source = read_source(path, str(path), findings)
    except OSError as error:
        raise UsageError(f"{path} cannot be opened: {error.strerror}.") from error
    mapping = None
    if source is not None:
        mapping = check_mapping(source, framework.id, framework.policies, organisation, findings)
    if mapping is None:
        raise DocumentError(folded(findings.errors))
    return mapping
