"""Views as documents: what is wrong in one is told at its place, and a broken view keeps nobody from deciding."""

from __future__ import annotations

from pathlib import Path

import pytest

from rules.check.views import MAX_FIGURES, MAX_VIEWS
from rules.library import check_library, load_library, load_views, take_texts
from rules.problems import DocumentError
from rules.texts import FURTHER
from tests.insights.insights_kit import (
    HOME,
    OTHERS,
    OTHERS_HOME,
    VERSION,
    VIEW,
    library_in,
    read_views,
    view_text,
    written,
)
from tests.support import changed, library_problems, told

Change = tuple[str, str]
BROKEN: list[tuple[str, Change]] = [
    # codes, and what of the view is replaced by what; § marks where the problem stands
    ("PF206", ("view: posts\n", "")),
    ("PF206", ("decimals: 2, formula: required - in_post}", "decimals: 2}")),
    ("PF207", ("title: Posts\n", "title: Posts\n§titel: Posts\n")),
    ("PF207", ("{title: Required, unit: FTE", "{§name: Required, unit: FTE")),
    ("PF208", ("format: 1", "format: §2")),
    ("PF208", ("title: Posts\n", "title: Posts\nbasis: §guessed\n")),
    ("PF202", ("view: posts", "view: §my posts")),
    ("PF202", ("  rate:", "  §vacancy-rate:")),
    ("PF201", ("by: [region]", "by: §region")),
    ("PF209", ("decimals: 1", "decimals: §10")),
    ("PF242", ("framework: plan", "framework: §other")),
    # formulas
    ("PF210", ("formula: required}", "formula: §requird}")),
    ("PF210", ("required - in_post}", "required - §low2}")),
    ("PF211", ("required - in_post}", "required -§}")),
    ("PF211", ("required - in_post}", "§12 * 3}")),
    ("PF211", ("required - in_post}", "required §% in_post}")),
    ("PF211", ("/ required", "/ (required§")),
    ("PF212", ("required - in_post}", '"required - §in_post[SPO]"}')),
    ("PF212", ("required - in_post}", '"required - §in_post[PO, PO]"}')),
    ("PF212", ("required - in_post}", '"required - §in_post[]"}')),
    ("PF212", ("required - in_post}", '"required - §cases[all]"}')),
    ("PF213", ("required - in_post}", "required - §staffing}")),
    ("PF213", ("required - in_post}", "required - §low}")),
    ("PF213", ("required - in_post}", "required - §alert}")),
    ("PF209", ("100 * ", "§1234567890123456 * ")),
    # the past
    ("PF292", ("required - in_post}", '"§mean(in_post, 52 weeks)"}')),
    ("PF292", ("required - in_post}", '"fall(in_post§)"}')),
    ("PF292", ("required - in_post}", '"fall(§3, 52 weeks)"}')),
    ("PF292", ("required - in_post}", '"fall(in_post, §0 weeks)"}')),
    ("PF292", ("required - in_post}", '"fall(in_post, §1.5 weeks)"}')),
    ("PF292", ("required - in_post}", '"fall(in_post, §a year)"}')),
    ("PF292", ("required - in_post}", '"fall(in_post, §600 weeks)"}')),
    ("PF292", ("required - in_post}", '"fall(in_post §- required, 2 weeks)"}')),
    ("PF211", ("required - in_post}", '"fall(in_post, 2 weeks§"}')),
    ("PF210", ("required - in_post}", '"fall(§in_pots, 2 weeks)"}')),
    # what is split by
    ("PF291", ("by: [region]", "by: [§regions]")),
    ("PF291", ("by: [region]", "by: [region, §region]")),
    ("PF291", ("by: [region]", "by: [grade, §tenure]")),
    ("PF291", ("by: [region]", "by: [§tenure]")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "change"), BROKEN, ids=[f"{code} {change[1][:40]}" for code, change in BROKEN]
)
def test_what_is_wrong_is_told_at_its_place(code: str, change: Change, tmp_path: Path) -> None:
    text = changed(VIEW, change)
    errors, places = library_problems(tmp_path, {"plan/v1.yaml": VERSION, HOME: text})
    assert code in {one.code for one in errors}, told(errors)
    if "§" in text:
        (place,) = places
        assert place in {(one.place.file, one.place.line, one.place.column) for one in errors}, told(errors)
    for one in errors:
        assert one.hint
    load_library(tmp_path)  # which does not look at views
    with pytest.raises(DocumentError) as refused:
        load_views(tmp_path, load_library(tmp_path).framework())
    assert [one.code for one in refused.value.problems] == [one.code for one in errors]


@pytest.mark.parametrize(
    ("formula", "hint"),
    [
        ("requierd - in_post", "Did you mean required?"),
        ("in_post[PSSO]", "Did you mean PSO?"),
        ("fal(in_post, 52 weeks)", "Did you mean fall?"),
        ("staffing", "Write its formula over inputs"),
        ("fall(in_post)", "As in fall(in_post, 52 weeks)."),
    ],
)
def test_a_hint_says_what_was_probably_meant(tmp_path: Path, formula: str, hint: str) -> None:
    (problem,) = read_views(library_in(tmp_path), view_text(formula))[1]
    assert problem.hint.startswith(hint)


def test_what_views_may_split_by_is_suggested(tmp_path: Path) -> None:
    (problem,) = read_views(library_in(tmp_path), VIEW.replace("by: [region]", "by: [grades]"))[1]
    assert (problem.code, problem.hint) == ("PF291", "Did you mean grade?")


def test_two_views_of_one_name(tmp_path: Path) -> None:
    errors, _ = library_problems(tmp_path, {"plan/v1.yaml": VERSION, HOME: VIEW, "plan/views/q.yaml": VIEW})
    (problem,) = errors
    assert (problem.code, Path(problem.place.file).name) == ("PF290", "q.yaml")
    assert [Path(place.file).name for place in problem.also] == ["posts.yaml"]


def test_every_problem_of_every_view_is_told_at_once(tmp_path: Path) -> None:
    _, problems = read_views(
        library_in(tmp_path), view_text("a + in_post", by="regon"), "- 1\n", view_text("fall(b)")
    )
    assert [one.code for one in problems] == ["PF210", "PF291", "PF201", "PF210"]


def test_there_is_a_limit_of_everything(tmp_path: Path) -> None:
    library = library_in(tmp_path)
    figure = "  f{}: {{formula: cases}}\n"
    many = VIEW + "".join(map(figure.format, range(MAX_FIGURES)))
    many = many.replace("by: [region]\n", "")
    assert [one.code for one in read_views(library, many)[1]] == ["PF293"]
    long = " + ".join(["cases"] * 190)
    much = "format: 1\nframework: plan\nview: v\ntitle: V\nfigures:\n" + "".join(
        f"  f{number}: {{formula: {long}}}\n" for number in range(20)
    )
    assert [one.code for one in read_views(library, much)[1]] == ["PF293"]
    deep = view_text("(" * 100 + "cases" + ")" * 100)
    assert [one.code for one in read_views(library, deep)[1]] == ["PF211"]
    assert [one.code for one in read_views(library, view_text(" + ".join(["cases"] * 300)))[1]] == ["PF211"]
    views = [view_text("cases", id_=f"v{number}") for number in range(MAX_VIEWS + 1)]
    assert [one.code for one in read_views(library, *views)[1]] == ["PF293"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "figures: {}",
        "figures: []",
        "\x00",
        "a: &a [*a]",
        "\t",
        "!!python/object:os.system {}",
    ],
)
def test_hostile_texts_are_refused(tmp_path: Path, text: str) -> None:
    written(tmp_path, {HOME: text or "\n"})
    errors = [one for one in check_library(tmp_path) if not one.is_warning]
    assert errors
    assert {Path(one.place.file).name for one in errors} == {"posts.yaml"}


def test_a_view_needs_a_figure(tmp_path: Path) -> None:
    text = "format: 1\nframework: plan\nview: v\ntitle: V\nfigures: {}\n"
    assert [one.code for one in read_views(library_in(tmp_path), text)[1]] == ["PF201"]


def test_beside_a_version_that_cannot_be_read_only_the_shape_is_judged(tmp_path: Path) -> None:
    files = {
        "plan/v1.yaml": changed(VERSION, ("cases: {title: Cases, unit: cases}", "cases: {titel: Cases}")),
        HOME: view_text("cases"),
        "plan/views/q.yaml": "format: 1\n",
    }
    codes = {(Path(one.place.file).name, one.code) for one in check_library(written(tmp_path, files))}
    assert ("v1.yaml", "PF207") in codes
    assert ("q.yaml", "PF206") in codes
    assert not any(name == "posts.yaml" for name, _ in codes)


# Sound views ---------------------------------------------------------------------------------------------------------


def test_a_sound_view_is_read_whole(tmp_path: Path) -> None:
    written(tmp_path)
    assert check_library(tmp_path) == ()
    view = load_views(tmp_path, load_library(tmp_path).framework())["posts"]
    assert (view.id, view.title, view.by) == ("posts", "Posts", ("region",))
    assert [one.id for one in view.figures] == ["required", "vacant", "rate"]
    assert list(view.figures[2].totals) == ["required", "in_post"]


def test_inputs_of_any_version_are_known(tmp_path: Path) -> None:
    second = VERSION.replace("version: v1", "version: v2").replace("2022-08-01", "2022-09-01")
    second = changed(second, ("cases: {title: Cases, unit: cases}", "cases2: {title: Cases, unit: cases}"))
    files = {"plan/v2.yaml": second, HOME: view_text("cases + cases2")}
    assert check_library(written(tmp_path, files)) == ()


def test_what_only_a_view_uses_is_used(tmp_path: Path) -> None:
    written(tmp_path, {OTHERS_HOME: OTHERS.replace("  cases: {formula: cases}\n", "")})
    assert [(one.code, one.place.path) for one in check_library(tmp_path)] == [("PF302", "inputs.cases")]


def test_views_belong_to_what_is_recorded_and_are_no_strays(tmp_path: Path) -> None:
    assert "views" in FURTHER
    texts = take_texts(written(tmp_path))
    assert HOME in texts.documents
    assert load_views(texts, load_library(texts).framework()).keys() == {"others", "posts"}


@pytest.mark.parametrize(
    "name", ["plan/views/old/posts.yaml", "plan/view/posts.yaml", "plan/views/posts.yml"]
)
def test_a_view_that_lies_elsewhere_is_not_read(tmp_path: Path, name: str) -> None:
    found = check_library(written(tmp_path, {name: VIEW.replace("view: posts", "view: more")}))
    assert [(one.code, Path(one.place.file)) for one in found] == [("PF314", tmp_path / name)]


def test_the_shipped_views_are_sound(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "frameworks"
    views = load_views(folder, load_library(folder).framework())
    assert {"vacancy", "absence", "learners", "workload", "turnover"} <= views.keys()
