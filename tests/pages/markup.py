"""Whether HTML is written as the standard has it: it parses without an error, and what it refers to is there."""

from __future__ import annotations

import importlib
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

_HTML = "{http://www.w3.org/1999/xhtml}"
_PHRASING = frozenset(
    [
        "a",
        "abbr",
        "b",
        "br",
        "button",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "kbd",
        "label",
        "mark",
        "output",
        "progress",
        "s",
        "samp",
        "select",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "svg",
        "textarea",
        "time",
        "u",
        "var",
        "wbr",
    ]
)
"""What may stand within a line of text, of what is used here."""
_ONLY_PHRASING = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "span",
        "strong",
        "em",
        "label",
        "button",
        "a",
        "code",
        "pre",
        "summary",
        "dt",
        "option",
    ]
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_CHILDREN = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "select": {"option", "optgroup"},
}
_POINTING = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
_INTERACTIVE = frozenset(["a", "button", "input", "select", "textarea", "summary", "details"])


def faults_of(text: str) -> list[str]:
    """Everything that is wrong with a page."""
    parser: Any = importlib.import_module("tinyhtml5.parser").HTMLParser()
    root: Element = parser.parse(text)
    faults = [f"{place}: {code}" for place, code, _ in parser.errors]
    return [*faults, *_names(root), *_contents(root), *_forms(root), *_outline(root), *_plain(root)]


def _tag(element: Element) -> str:
    tag: Any = element.tag  # a comment has a function here
    return tag.removeprefix(_HTML) if isinstance(tag, str) else ""


def _all(root: Element, *tags: str) -> Iterator[Element]:
    return (one for one in root.iter() if _tag(one) in tags)


def _names(root: Element) -> Iterator[str]:
    """No id stands twice, and what is pointed at is there."""
    ids = Counter(one.get("id") for one in root.iter() if one.get("id") is not None)
    for id_, number in ids.items():
        if number > 1 or not id_ or re.search(r"\s", id_):
            yield f"the id {id_!r} stands {number} times"
    for one in root.iter():
        for name in _POINTING:
            for id_ in (one.get(name) or "").split():
                if id_ not in ids:
                    yield f"{_tag(one)} {name} points at {id_}, which is not there"
        href = one.get("href") or ""
        if _tag(one) == "a" and href.startswith("#") and href[1:] not in ids:
            yield f"a link leads to {href}, which is not there"


def _contents(root: Element) -> Iterator[str]:
    """Elements stand where they may."""
    for one in root.iter():
        tag = _tag(one)
        children = [_tag(child) for child in one]
        for child in children:
            if tag in _CHILDREN and child not in _CHILDREN[tag]:
                yield f"{child} stands in {tag}"
            if (
                tag in _ONLY_PHRASING
                and child not in _PHRASING
                and not (tag == "summary" and child in _HEADINGS)
            ):
                yield f"{child} stands in {tag}"
        if tag in ("a", "button", "summary", "label"):
            inner = [_tag(below) for below in one.iter() if below is not one]
            if _INTERACTIVE.intersection(inner) and tag != "label":
                yield f"something to use stands within {tag}"


def _forms(root: Element) -> Iterator[str]:
    """Every field has one label, and every button says what it does."""
    labels = Counter(one.get("for") for one in _all(root, "label"))
    for one in _all(root, "input", "select", "textarea"):
        if one.get("type") != "hidden" and labels[one.get("id")] != 1:
            yield f"the field {one.get('name')} has {labels[one.get('id')]} labels"
    for one in _all(root, "fieldset"):
        if not len(one) or _tag(one[0]) != "legend":
            yield "a fieldset has no legend"
    for one in _all(root, "form"):
        sends = [field for field in _all(one, "button") if field.get("type") == "submit"]
        if not sends:
            yield "a form has no button"
        if (one.get("method") == "post") != any(
            field.get("name") == "form_token" for field in _all(one, "input")
        ):
            yield "a form that is sent has no token, or one that asks has one"


def _outline(root: Element) -> Iterator[str]:
    """One first heading, none left out below it; a title and a language."""
    body = next(_all(root, "main"), root)
    levels = [
        int(_tag(one)[1])
        for one in _all(body, *_HEADINGS)
        if "govuk-error-summary__title" not in one.get("class", "")
    ]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"the headings begin with {levels[:3]}"
    for before, level in itertools.pairwise(levels):
        if level > before + 1:
            yield f"h{level} follows h{before}"
    heading = " ".join("".join(next(_all(root, "h1"), root).itertext()).split())
    title = " ".join("".join(next(_all(root, "title"), root).itertext()).split())
    wrong = any("govuk-error-summary" in (one.get("class") or "").split() for one in root.iter())
    if not heading or not title or title.startswith("Error: ") != wrong:
        yield f"the title is {title!r}, the heading {heading!r}"
    if root.get("lang") != "en-GB":
        yield "the page does not say its language"


def _plain(root: Element) -> Iterator[str]:
    """No styles or scripts within the page, which its policy would stop."""
    for one in root.iter():
        for name in one.attrib:
            if name == "style" or name.startswith("on"):
                yield f"{_tag(one)} has {name}"
        if _tag(one) == "style":
            yield "there is a style within the page"
