"""Nothing that differs is missed: a document changed anywhere gives a change whose path covers the place."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compare import Change, differences
from rules.check.version import check_version
from rules.model._fields import read_duration, read_number
from rules.policy import Policy
from rules.problems import Findings
from rules.text import Path_, parse
from tests.compare.compare_kit import FIRST, policy
from tests.fuzz.trees import Keys, Leaf, Many, Tree, copied, tree_of, written
from tests.support import FRAMEWORKS

SHIPPED = sorted((FRAMEWORKS / "sentence-management").glob("*.yaml"))
TEXTS = [*[FIRST] * 40, *(path.read_text("utf-8") for path in SHIPPED)]
DEFAULTS = {
    "basis": {"illustrative"}, "binding": {"false"}, "decimals": {"0"}, "grace": {"0 days"}, "minimum_stay": {"0 days"},
}  # fmt: skip
"""What holds where nothing is written."""


def places(tree: Tree, at: Path_ = ()) -> Iterator[tuple[Path_, Tree]]:
    yield at, tree
    if isinstance(tree, Keys):
        for key, value in tree.pairs:
            yield from places(value, (*at, key))
    elif isinstance(tree, Many):
        for index, item in enumerate(tree.items):
            yield from places(item, (*at, index))


def at(tree: Tree, path: Path_) -> Tree:
    for part in path:
        if isinstance(tree, Keys):
            tree = dict(tree.pairs)[str(part)]
        else:
            assert isinstance(tree, Many)
            tree = tree.items[int(part)]
    return tree


def worth(text: str) -> object:
    """What a scalar means, as far as two that are written otherwise can mean the same."""
    number, days = read_number(text), read_duration(text)
    return number if number is not None else days if days is not None else text.strip("\"'").strip()


def changed_scalar(tree: Tree, random: Random) -> Path_ | None:
    leaves = [(path, one) for path, one in places(tree) if isinstance(one, Leaf)]
    path, leaf = random.choice(leaves)
    number = read_number(leaf.text)
    others = [one.text for _, one in leaves]
    new = random.choice([f"{leaf.text}x", random.choice(others), random.choice(others)])
    if number is not None and random.random() < 0.8:
        new = str(number + Decimal(random.choice(["1", "-1", "0.1", "10"])))
    if (days := read_duration(leaf.text)) is not None:
        new = f"{days + random.choice([7, 14, 1])} days"
    if worth(new) == worth(leaf.text):
        return None
    leaf.text = new
    return path


def dropped(tree: Tree, random: Random) -> Path_ | None:
    path, one = random.choice([each for each in places(tree) if each[0]])
    parent = at(tree, path[:-1])
    if isinstance(parent, Keys):
        if isinstance(one, Leaf) and one.text in DEFAULTS.get(str(path[-1]), set()):
            return None
        if not isinstance(one, Leaf) and not (one.items if isinstance(one, Many) else one.pairs):
            return None
        parent.pairs = [pair for pair in parent.pairs if pair[0] != path[-1]]
    else:
        assert isinstance(parent, Many)
        del parent.items[int(path[-1])]
    return path


def added(tree: Tree, random: Random) -> Path_ | None:
    """Another item like one that is there, under a name of its own."""
    path, one = random.choice([each for each in places(tree) if each[0]])
    parent, twin = at(tree, path[:-1]), copied(one)
    if isinstance(parent, Keys):
        parent.pairs.append((f"{path[-1]}x", twin))
        return (*path[:-1], f"{path[-1]}x")
    assert isinstance(parent, Many)
    if isinstance(twin, Keys) and twin.pairs and isinstance(twin.pairs[0][1], Leaf):
        twin.pairs[0][1].text += "x"
    elif isinstance(twin, Leaf):
        return None
    parent.items.append(twin)
    return (*path[:-1], len(parent.items) - 1)


NAMED = {"sources", "lists", "inputs", "measures", "trigger_points", "parts", "cohorts"}


def reordered(tree: Tree, random: Random) -> Path_ | None:
    found = [
        (path, one)
        for path, one in places(tree)
        if (isinstance(one, Many) and len(one.items) > 1)
        or (isinstance(one, Keys) and len(one.pairs) > 1 and len(path) == 1 and path[0] in NAMED)
    ]
    path, one = random.choice(found)
    items: list[object] = one.items if isinstance(one, Many) else one.pairs  # type: ignore[assignment]
    first, second = random.sample(range(len(items)), 2)
    if repr(items[first]) == repr(items[second]):
        return None
    items[first], items[second] = items[second], items[first]
    return path


known = functools.cache(policy)
grown = functools.cache(tree_of)
MUTATIONS = [changed_scalar, changed_scalar, dropped, added, reordered]


def read(text: str) -> Policy | None:
    findings = Findings()
    source = parse(text, "new.yaml", findings)
    return None if source is None else check_version(source, findings)


def begins(longer: Path_, shorter: Path_ | None) -> bool:
    return shorter is not None and longer[: len(shorter)] == shorter


def covers(change: Change, path: Path_) -> bool:
    """Whether a change is about a place, or about something in it."""
    sides = (change.from_path, change.to_path)
    return any(begins(path, side) or (side is not None and begins(side, path)) for side in sides)


@given(st.randoms(use_true_random=False))
def test_every_difference_is_found(random: Random) -> None:
    text = random.choice(TEXTS)
    tree = copied(grown(text))
    path = random.choice(MUTATIONS)(tree, random)
    after = read(written(tree, random)) if path is not None else None
    if path is None or after is None:
        return  # nothing was changed, or what came of it is no version
    found = differences(known(text), after)
    assert found, path
    assert any(covers(change, path) for change in found), (path, [change.path for change in found])


def test_most_mutations_give_versions() -> None:
    """The test above would say nothing if what it changes were nearly always refused."""
    random, good, kinds = Random(1), 0, set[str]()
    for _ in range(300):
        tree = copied(grown(FIRST))
        mutation = random.choice(MUTATIONS)
        if mutation(tree, random) is not None and read(written(tree, random)) is not None:
            good += 1
            kinds.add(mutation.__name__)
    assert good > 90
    assert kinds == {one.__name__ for one in MUTATIONS}


@given(st.randoms(use_true_random=False))
def test_what_is_written_in_another_style_is_the_same(random: Random) -> None:
    text = random.choice(TEXTS)
    again = read(written(grown(text), random))
    assert again is not None
    assert differences(known(text), again) == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_version_is_the_same_as_itself(path: Path) -> None:
    text = path.read_text("utf-8")
    assert differences(policy(text), policy(text, "again.yaml")) == ()
