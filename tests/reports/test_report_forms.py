"""The three forms: well formed, safe, accessible, complete and the same every time."""

from __future__ import annotations

import html
import itertools
import re
import subprocess
import sys
from html.parser import HTMLParser
from typing import Any, Literal

import pytest

from reports import explain
from reports._explanation import Table
from reports._render import WIDTH, code, columns, markdown
from rules.model import Organisation, Version
from tests.reports import report_decisions as given
from tests.reports.report_framework import ORGANISATION, ORGANISATION_DOCUMENT, VERSION, VERSION_DOCUMENT
from tests.reports.report_parts import Decision

Form = Literal["text", "markdown", "html"]
FORMS: tuple[Form, ...] = ("text", "markdown", "html")
VOID = {"meta", "br", "link", "img", "hr", "input"}
POISON = (
    "<script>alert(1)</script> | `x` **b** [l](javascript:1) &amp; \"q\" 'q' "
    "{{ 7*7 }} \u202e\x1b[31m\n\n# h\n- i"
)


class Page(HTMLParser):
    """A page read strictly: tags must close in order, and ids must be unique."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1:] == [tag], f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and self.open:
            self.words.append((self.open[-1], data.strip()))

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def shown(name: str, form: Form) -> str:
    return explain(given.ALL[name](), VERSION, ORGANISATION, form=form)


def flat(page: str) -> str:
    return " ".join(page.split())


def poisoned(value: Any, keep: frozenset[str]) -> Any:
    """The same document with poison at the end of every text that an author may write freely."""
    if isinstance(value, dict):
        return {
            key: f"{item} {POISON}" if key in keep and isinstance(item, str) else poisoned(item, keep)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [poisoned(item, keep) for item in value]
    return value


def poison(name: str) -> tuple[Decision, Version, Organisation]:
    texts = frozenset(
        [
            "title",
            "do",
            "floor",
            "because",
            "reason",
            "by",
            "set_by",
            "source",
            "note",
            "name",
            "usual",
            "unit",
            "formula",
            "one",
            "many",
            "basis",
            "recorded_at",
        ]
    )
    document = poisoned(VERSION_DOCUMENT, frozenset({"title", "usual", "do", "because"}))
    document["parts"] = {key: f"{text} {POISON}" for key, text in document["parts"].items()}
    document["cohorts"] = {key: f"{text} {POISON}" for key, text in document["cohorts"].items()}
    document["lists"] = {"grade": dict.fromkeys(document["lists"]["grade"], POISON)}
    organisation = poisoned(ORGANISATION_DOCUMENT, frozenset({"name", "one", "many"}))
    decision = poisoned(given.ALL[name](), texts - {"source", "basis", "unit"})
    for entry in decision["returns"]:
        entry["annotations"] = {"basis": POISON, "source": POISON, "note": POISON}
    decision["fired"] = [
        rule if rule.startswith("exit.") else f"{rule} {POISON}" for rule in decision["fired"]
    ]
    return decision, Version.model_validate(document), Organisation.model_validate(organisation)


@pytest.fixture(params=list(given.ALL))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class TestEveryForm:
    @pytest.mark.parametrize("form", FORMS)
    def test_nothing_leaks(self, name: str, form: Form) -> None:
        page = shown(name, form)
        body = re.sub(r"<style>.*?</style>", "", page, flags=re.S)
        for leak in (
            "None",
            "null",
            "undefined",
            "Undefined",
            "True",
            "False",
            "{{",
            "{%",
            "dataclass",
            "Check(",
        ):
            assert leak not in body, leak
        assert not re.search(r"\bPF\d{3}\b", body)

    @pytest.mark.parametrize("form", FORMS)
    def test_every_entry_appears(self, name: str, form: Form) -> None:
        decision = given.ALL[name]()
        page = flat(html.unescape(shown(name, form)))
        for entry in decision["permitted"]:
            assert entry["title"] in page
            assert entry["do"] in page
        for entry in decision["protected"]:
            assert entry["title"] in page
            assert entry["because"] in page
        for entry in decision["not_permitted"]:
            assert entry["title"] in page
        for root in decision["conditions"]:
            if root["kind"] == "enter":
                assert f"{root['status'].capitalize()} begins when" in page
        for rule in decision["fired"]:
            assert rule in page
        assert decision["id"] in page

    @pytest.mark.parametrize("form", FORMS)
    def test_same_words_in_every_form(self, name: str, form: Form) -> None:
        found = given.context(given.ALL[name]())
        page = flat(html.unescape(shown(name, form)))
        if form == "markdown":
            page = page.replace("\\", "")
        for sentence in (found.title, found.why, *found.lead, *found.data, *found.settings_intro):
            assert sentence in page

    @pytest.mark.parametrize("form", FORMS)
    def test_same_decision_same_bytes(self, name: str, form: Form) -> None:
        assert shown(name, form) == shown(name, form)

    @pytest.mark.parametrize("form", FORMS)
    def test_sentences_end_once(self, name: str, form: Form) -> None:
        page = re.sub(r"<style>.*?</style>", "", shown(name, form), flags=re.S)
        assert ".." not in page
        assert " ." not in page

    @pytest.mark.parametrize("form", FORMS)
    def test_the_decision_is_not_changed(self, name: str, form: Form) -> None:
        decision = given.ALL[name]()
        explain(decision, VERSION, ORGANISATION, form=form)
        assert decision == given.ALL[name]()

    def test_an_unknown_form_is_refused(self) -> None:
        with pytest.raises(ValueError, match="'rtf' is no form"):
            explain(given.amber(), VERSION, ORGANISATION, form="rtf")  # type: ignore[arg-type]


class TestText:
    def test_is_at_most_80_columns_wide(self, name: str) -> None:
        assert max(map(len, shown(name, "text").splitlines())) <= WIDTH == 80

    def test_long_words_are_broken_too(self) -> None:
        decision = given.amber()
        decision["permitted"][0]["do"] = "x" * 300
        decision["permitted"][0]["title"] = "y" * 120
        page = explain(decision, VERSION, ORGANISATION, form="text")
        assert max(map(len, page.splitlines())) <= WIDTH

    def test_has_no_blank_ends_and_no_double_gaps(self, name: str) -> None:
        page = shown(name, "text")
        assert page == "\n".join(line.rstrip() for line in page.splitlines()) + "\n"
        assert "\n\n\n" not in page

    def test_obeys_no_control_character(self, name: str) -> None:
        page = explain(*poison(name), form="text")
        assert "\x1b" not in page
        assert "\u202e" not in page

    def test_the_command_can_be_pasted(self) -> None:
        page = shown("amber", "text")
        assert (
            "  prioritise explain york \\\n"
            "    --returns FILE \\\n"
            "    --as-of 2022-08-29 \\\n"
            "    --framework sentence-management\n"
        ) in page

    def test_wide_tables_take_several_lines(self) -> None:
        table = Table("c", ("Name", "Value"), (("word " * 30, "1"), ("z" * 90, "2")))
        lines = columns(table).splitlines()
        assert max(map(len, lines)) <= WIDTH
        assert "".join(lines).count("word") == 30
        assert "".join(lines).count("z") == 90
        assert lines[0].split() == ["Name", "Value"]


class TestMarkdown:
    def test_tables_keep_their_columns(self, name: str) -> None:
        for page in (shown(name, "markdown"), explain(*poison(name), form="markdown")):
            rows = [line for line in page.splitlines() if line.startswith("|")]
            for row in rows:
                cells = len(re.findall(r"(?<!\\)\|", row))
                assert cells in (4, 5, 6), row

    def test_markup_in_texts_stays_text(self, name: str) -> None:
        reader = pytest.importorskip("markdown_it").MarkdownIt("gfm-like", {"linkify": False})
        reader.enable("table")
        page = reader.render(explain(*poison(name), form="markdown"))
        Page(page)
        assert "<script" not in page
        assert 'javascript:1"' not in page
        clean = reader.render(shown(name, "markdown"))
        for tag in ("<h1", "<h2", "<h3", "<h4", "<table", "<tr", "<td", "<code", "<em", "<a ", "<ol", "<img"):
            assert page.count(tag) == clean.count(tag), tag

    def test_escapes(self) -> None:
        assert markdown("a | b") == "a \\| b"
        assert markdown("- x") == "\\- x"
        assert markdown("1. x") == "1\\. x"
        assert markdown("82.5%") == "82.5%"
        assert code("a`b") == "``a`b``"


class TestHtml:
    def test_is_well_formed(self, name: str) -> None:
        page = Page(shown(name, "html"))
        ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
        assert len(ids) == len(set(ids))
        labelled = [attrs["aria-labelledby"] for _, attrs in page.tags if "aria-labelledby" in attrs]
        assert set(labelled) <= set(ids)

    def test_language_title_and_skip_link(self, name: str) -> None:
        text = shown(name, "html")
        page = Page(text)
        assert text.startswith("<!doctype html>")
        assert page.of("html") == [{"lang": "en-GB"}]
        assert len(page.of("main")) == len(page.of("h1")) == len(page.of("title")) == 1
        assert page.of("a")[0]["href"] == "#explanation"
        assert page.of("main")[0]["id"] == "explanation"

    def test_headings_skip_no_level(self, name: str) -> None:
        levels = [int(tag[1]) for tag, _ in Page(shown(name, "html")).tags if re.fullmatch(r"h[1-6]", tag)]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))

    def test_tables_have_captions_and_scopes(self, name: str) -> None:
        page = Page(shown(name, "html"))
        assert len(page.of("caption")) == len(page.of("table"))
        assert all(attrs.get("scope") in ("col", "row") for attrs in page.of("th"))

    def test_asks_for_nothing_from_outside(self, name: str) -> None:
        text = shown(name, "html")
        page = Page(text)
        tags = {tag for tag, _ in page.tags}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "form", "base"}
        assert "url(" not in text
        assert "@import" not in text
        assert not any(
            key.startswith("on") or key in ("src", "style") for _, attrs in page.tags for key in attrs
        )

    def test_status_is_said_in_words(self, name: str) -> None:
        decision = given.ALL[name]()
        page = Page(shown(name, "html"))
        word = given.context(decision).badge.word
        assert ("span", word) in page.words
        assert any(tag == "h1" and word in words for tag, words in page.words)
        verdicts = [
            words for tag, words in page.words if tag == "strong" and words in ("Met", "Not met", "Not known")
        ]
        assert len(verdicts) == sum("check" in (attrs.get("class") or "").split() for attrs in page.of("li"))

    def test_nothing_of_a_framework_becomes_markup(self, name: str) -> None:
        text = explain(*poison(name), form="html")
        page, clean = Page(text), Page(shown(name, "html"))
        assert "<script" not in text
        assert "{{ 7*7 }}" in html.unescape(text)
        assert "49" not in re.sub(r"<style>.*?</style>", "", text, flags=re.S)
        # The poisoned return has a label, which is a paragraph with a strong beginning.
        for tag in {tag for tag, _ in page.tags} - {"p", "strong"}:
            assert len(page.of(tag)) == len(clean.of(tag)), tag

    @pytest.mark.parametrize(
        "address", ["javascript:alert(1)", 'https://a.example/"onclick=x', "data:text/html,x"]
    )
    def test_only_web_addresses_are_links(self, address: str) -> None:
        document = {**VERSION_DOCUMENT, "sources": {"updates": {"title": "Updates", "url": address}}}
        version = Version.model_validate(document)
        for form in FORMS:
            assert address not in html.unescape(explain(given.amber(), version, ORGANISATION, form=form))

    def test_a_web_address_is_a_link(self) -> None:
        url = "https://www.gov.uk/updates?a=1&b=2"
        version = Version.model_validate(
            {**VERSION_DOCUMENT, "sources": {"updates": {"title": "Updates", "url": url}}}
        )
        page = Page(explain(given.amber(), version, ORGANISATION, form="html"))
        assert url in [attrs["href"] for attrs in page.of("a")]
        assert f"](<{url}>)" in explain(given.amber(), version, ORGANISATION, form="markdown")


def test_importing_reports_does_no_work() -> None:
    program = (
        "import sys, reports, reports._render as r;"
        "assert r._environment.cache_info().currsize == 0;"
        "assert 'prioritise' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


@pytest.mark.parametrize("seed", ["0", "1"])
def test_hash_seed_changes_nothing(seed: str) -> None:
    program = (
        "import sys; sys.path.insert(0, 'tests/reports');"
        "import report_decisions as g; from reports import explain;"
        "sys.stdout.write(explain(g.red(), g.VERSION, g.ORGANISATION, form='html'))"
    )
    made = subprocess.run(
        [sys.executable, "-c", program],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "PYTHONUTF8": "1"},
    )
    assert made.stdout == shown("red", "html")
