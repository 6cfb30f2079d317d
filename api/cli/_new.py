"""`prioritise new`: files to begin with. An existing file is never written over."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

from api.cli._folders import shipped
from api.cli._load import library, today
from api.cli._terminal import end, reporting, say
from engine.scaffolds import (
    blank_version,
    region_scaffold,
    register_scaffold,
    scenario_scaffold,
    version_scaffold,
)
from rules.library import Framework, Library
from rules.model._fields import ID
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Scalar, Source, read_source

DAY = datetime.timedelta(days=1)


def version(
    name: str,
    effective: datetime.date,
    framework: str | None,
    frameworks: Path | None,
    blank: bool,
    out: Path | None,
) -> None:
    """Write a new version of a framework, or the first one of a new framework."""
    refuse_existing(out)
    folder = _folder(frameworks, out)
    _require_id(name.replace(".", "-"), name, "the name of a version")
    with reporting():
        blank = blank or not _holds_frameworks(folder)
        if _holds_frameworks(folder):
            id_, policies = _known_or_new(library(folder), framework, blank)
        else:
            id_, policies = _first_id(framework, folder, out), ()
        _refuse_clash(policies, name, effective)
        if blank:
            text = blank_version(id_, name, effective)
        else:
            source = _named(policies, framework) or _before(policies, effective)
            text = version_scaffold(source, name, effective)
    write_new(text, out, folder / id_ / f"{name}.yaml")
    if not (folder / "organisation.yaml").exists():
        say(f"{folder} has no organisation.yaml yet. To begin one: prioritise new organisation")


def region(
    region: str,
    effective: datetime.date | None,
    framework: str | None,
    frameworks: Path | None,
    out: Path | None,
) -> None:
    """Write settings for a region. Entries that it has already are kept before the new one."""
    refuse_existing(out)
    folder = _folder(frameworks, out)
    with reporting():
        loaded = library(folder)
        found = loaded.framework(framework)
        written = settings_file(folder / found.id / "regions", region)
        day = effective or first_free_day(found, region)
        text = region_scaffold(found, loaded.organisation, region, day, written)
    home = folder / found.id / "regions" / f"{region}.yaml"
    if written is not None:
        say(f"{region} has settings already. They are kept, and the new ones come last.")
        home = Path(written.file)
    write_new(text, out, home)


def scenario(name: str | None, framework: str | None, frameworks: Path | None, out: Path | None) -> None:
    """Write scenarios for the version in force, with what is decided on them today."""
    refuse_existing(out)
    folder = _folder(frameworks, out)
    if name is not None and not name.strip():
        end("The name of a scenario is a sentence that says what it shows.")
    with reporting():
        loaded = library(folder)
        found = loaded.framework(framework)
        policy = found.in_force(today()) or found.policies[-1]
        text = scenario_scaffold(found, loaded.organisation, policy, name)
    home = folder / found.id / "scenarios" / f"{policy.version.version}-examples.yaml"
    write_new(text, out, home)


def organisation(out: Path | None) -> None:
    """Write a register to fill in."""
    refuse_existing(out)
    write_new(register_scaffold(), out, Path("organisation.yaml"))


def _folder(frameworks: Path | None, out: Path | None) -> Path:
    """The folder of policy: as given, the one in which the file will lie, or the shipped one."""
    if frameworks is not None:
        if not frameworks.is_dir():
            end(f"{frameworks} is no folder of frameworks.")
        return frameworks
    above = out.parents if out is not None else ()
    return next((one for one in above if (one / "organisation.yaml").is_file()), None) or shipped()


def _holds_frameworks(folder: Path) -> bool:
    try:
        inner = [one for one in folder.iterdir() if one.is_dir() and not one.name.startswith((".", "_"))]
        return any(any(one.glob("*.yaml")) for one in inner)
    except OSError as error:
        end(f"{folder} cannot be read: {error.strerror}.")


def _first_id(framework: str | None, folder: Path, out: Path | None) -> str:
    """The id of the first framework of a folder: as given, or the folder in which the file will lie."""
    id_ = framework
    if id_ is None and out is not None and out.resolve().parent.parent == folder.resolve():
        id_ = out.resolve().parent.name
    if id_ is None:
        end(f"{folder} holds no framework yet. Name the new one: --framework ID.")
    _require_id(id_, id_, "the id of a framework")
    return id_


def _known_or_new(loaded: Library, framework: str | None, blank: bool) -> tuple[str, tuple[Policy, ...]]:
    """The id of a framework and its versions; with `blank` an id that is new has none."""
    if blank and framework is not None and framework not in loaded.frameworks:
        _require_id(framework, framework, "the id of a framework")
        return framework, ()
    found = loaded.framework(framework)
    return found.id, loaded.frameworks[found.id].policies


def _require_id(text: str, shown: str, what: str) -> None:
    if not ID.fullmatch(text) or len(text) > 80 or text.startswith((".", "_")):
        end(f"PF202 {shown[:80]!r} cannot be {what}. Use letters, digits and hyphens, with no space.")


def _refuse_clash(policies: tuple[Policy, ...], name: str, effective: datetime.date) -> None:
    """A name, a day and a place in time that no other version has."""
    for policy in policies:
        other = policy.version
        if other.version == name:
            end(f"PF240 There is a version {name} already. Choose another name.")
        if other.effective == effective:
            end(f"PF241 {other.version} begins on {effective} as well. Choose another day.")
        if other.effective < effective and other.until is not None and other.until >= effective:
            end(f"PF243 {other.version} has not ended by {effective}: it is in force until {other.until}.")


def _named(policies: tuple[Policy, ...], framework: str | None) -> Policy | None:
    wanted = (framework or "").partition("@")[2]
    return next((policy for policy in policies if policy.version.version == wanted), None)


def _before(policies: tuple[Policy, ...], effective: datetime.date) -> Policy:
    """The version that the new one follows."""
    earlier = [policy for policy in policies if policy.version.effective < effective]
    if not earlier:
        first = policies[0].version
        end(
            f"No version is in force before {effective}. The first, {first.version}, begins on {first.effective}."
        )
    return earlier[-1]


def first_free_day(framework: Framework, region: str) -> datetime.date:
    """Today, or the first day after it on which a version is in force and the region has no entry yet."""
    days = [today(), framework.policies[0].version.effective]
    settings = framework.regions.get(region)
    if settings is not None:
        days.append(settings.settings[-1].effective + DAY)
    return max(days)


def settings_file(folder: Path, region: str) -> Source | None:
    """The file of a region's settings, if it has one."""
    for path in sorted(folder.glob("*.yaml")):
        source = read_source(path, str(path), Findings())
        named = source.node(("region",)) if source is not None else None
        if isinstance(named, Scalar) and named.text == region:
            return source
    return None


def refuse_existing(out: Path | None) -> None:
    if out is not None and (out.exists() or out.is_symlink()):
        end(f"{out} exists already, and is left as it is. Choose another name.")


def write_new(text: str, out: Path | None, home: Path) -> None:
    """The text to a new file, in a folder that is made if need be, or to stdout with a word on where it belongs."""
    if out is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        say(f"Its place is {home}. To write a file: --out FILE")
        return
    try:
        if out.parent.parent.is_dir():
            out.parent.mkdir(exist_ok=True)
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        refuse_existing(out)
    except OSError as error:
        end(f"{out} cannot be written: {error.strerror}.")
    say(f"Written to {out}. Next: prioritise check {out}")
