"""Frameworks and their versions as they are told over HTTP."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from api.http.models.fields import Day, Hash, Told


class VersionInShort(Told):
    """A version of a framework."""

    version: str
    title: str
    effective: Day = Field(description="The first day on which it is in force.")
    last_day: Day | None = Field(description="The last such day, as far as that is known.")
    sha256: Hash = Field(description="The hash of its text, as decisions name it.")


class FrameworkTold(Told):
    """A framework and its versions, in the order of their days."""

    id: str
    in_force: str | None = Field(description="The version in force today.")
    decided: bool = Field(description="Whether it is the one that this service decides by.")
    versions: list[VersionInShort]


class Frameworks(Told):
    """All frameworks."""

    frameworks: list[FrameworkTold]


class VersionDocument(VersionInShort):
    """A version with its whole document, every default written out."""

    framework: str
    file: str = Field(description="The path of its text.")
    document: dict[str, Any]


class Difference(Told):
    """One difference of two versions."""

    model_config = ConfigDict(extra="allow", frozen=True)
    kind: str
    path: str
    effect: Literal["loosens", "tightens", "mixed", "neutral"] | None
    sentence: str


class Compared(Told):
    """Everything that differs between two versions, and what it does."""

    model_config = ConfigDict(extra="allow", frozen=True)
    changes: list[Difference]
