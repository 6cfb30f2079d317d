"""Documents with accidents: keys gone, doubled, renamed; values of the wrong kind, hostile or from elsewhere."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from random import Random

from tests.fuzz.hostile import HOSTILE, ODD, SNIPPETS, WORDS, escaped
from tests.fuzz.reading import KINDS
from tests.fuzz.trees import Keys, Leaf, Many, Tree, copied, everything, tree_of, written
from tests.small_policy import FIRST, REGION
from tests.small_policy import ORGANISATION as FEW_UNITS
from tests.small_policy import SCENARIOS as FEW_SCENARIOS
from tests.support import FRAMEWORKS, NORTH, ORGANISATION, PLAN, SCENARIOS

EVENTS = """\
declarations:
  - {from: 2022-08-08, until: 2022-08-14, status: red, by: director, reason: A flood, pdu: york, renew: [visits]}
suspensions:
  - {from: 2022-09-01, until: 2022-09-02, by: director, reason: A strike, region: north}
"""
SMALL: dict[str, list[str]] = {
    "version": [PLAN, FIRST],
    "regions": [NORTH, REGION],
    "scenarios": [SCENARIOS, FEW_SCENARIOS],
    "organisation": [ORGANISATION, FEW_UNITS],
    "events": [EVENTS],
}


@functools.cache
def shipped_texts() -> dict[str, list[str]]:
    """The shipped documents by kind."""
    found: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for path in sorted(FRAMEWORKS.rglob("*.yaml")):
        kind = path.stem if path.stem in KINDS else path.parent.name
        found[kind if kind in KINDS else "version"].append(path.read_text("utf-8"))
    return found


@functools.cache
def grown(text: str) -> Tree:
    """The tree of a text, which must be copied before it is changed."""
    return tree_of(text)


@functools.cache
def known_keys() -> list[str]:
    """Every key that stands in a document of any kind."""
    texts = [text for texts in SMALL.values() for text in texts]
    return sorted({key for text in texts for key in re.findall(r"[\w-]+(?=: )", text)})


def original(kind: str, random: Random, large: float) -> Tree:
    """A good document of a kind: mostly a small one, now and then a shipped one."""
    shipped = shipped_texts()[kind]
    texts = shipped if shipped and random.random() < large else SMALL[kind]
    return copied(grown(random.choice(texts)))


def mutated(kind: str, random: Random, large: float = 0.02) -> str:
    """A good document with one to five accidents, now and then some of them in its text."""
    tree = original(kind, random, large)
    for _ in range(random.choice([1, 1, 2, 3, 5])):
        random.choice(ACCIDENTS)(tree, random)
    text = written(tree, random)
    for _ in range(random.choice([0, 0, 0, 1, 2])):
        text = slipped(text, random)
    return text


def crossed(kind: str, random: Random, large: float = 0.02) -> str:
    """A document of a kind with parts of another one, of any kind, in places of its own."""
    tree, other = original(kind, random, large), original(random.choice(KINDS), random, large)
    gifts = list(everything(other))
    for _ in range(random.choice([1, 1, 2, 4])):
        place(tree, random)(copied(random.choice(gifts)))
    return written(tree, random)


def place(tree: Tree, random: Random) -> Callable[[Tree], None]:
    """A place somewhere in a tree, as a function that puts something there."""
    holders = [one for one in everything(tree) if not isinstance(one, Leaf)]
    holder = random.choice(holders)
    if isinstance(holder, Many):
        if not holder.items or random.random() < 0.2:
            return holder.items.append
        index = random.randrange(len(holder.items))
        return lambda new: holder.items.__setitem__(index, new)
    if not holder.pairs or random.random() < 0.2:
        key = random.choice(known_keys())
        return lambda new: holder.pairs.append((key, new))
    index = random.randrange(len(holder.pairs))
    return lambda new: holder.pairs.__setitem__(index, (holder.pairs[index][0], new))


def some_keys(tree: Tree, random: Random) -> Keys:
    """A mapping of the tree that is not empty, if there is one."""
    found = [one for one in everything(tree) if isinstance(one, Keys) and one.pairs]
    return random.choice(found) if found else Keys([("a", Leaf("b"))])


def drop(tree: Tree, random: Random) -> None:
    """A key or an item gone."""
    many = [one for one in everything(tree) if isinstance(one, Many) and one.items]
    if many and random.random() < 0.4:
        chosen = random.choice(many)
        del chosen.items[random.randrange(len(chosen.items))]
    else:
        keys = some_keys(tree, random)
        del keys.pairs[random.randrange(len(keys.pairs))]


def double(tree: Tree, random: Random) -> None:
    """A key or an item twice, or often."""
    many = [one for one in everything(tree) if isinstance(one, Many) and one.items]
    times = random.choice([1, 1, 2, 30])
    if many and random.random() < 0.5:
        chosen = random.choice(many)
        chosen.items += [copied(random.choice(chosen.items)) for _ in range(times)]
        return
    keys = some_keys(tree, random)
    key, value = random.choice(keys.pairs)
    other = key if random.random() < 0.2 else f"{key}_"
    keys.pairs += [(f"{other}{number or ''}", copied(value)) for number in range(times)]


def swap(tree: Tree, random: Random) -> None:
    """Two values in each other's place, or a list in another order."""
    keys = some_keys(tree, random)
    many = [one for one in everything(tree) if isinstance(one, Many) and len(one.items) > 1]
    if many and random.random() < 0.4:
        random.shuffle(random.choice(many).items)
        return
    one, other = (random.randrange(len(keys.pairs)) for _ in range(2))
    (a, left), (b, right) = keys.pairs[one], keys.pairs[other]
    keys.pairs[one], keys.pairs[other] = (a, right), (b, left)


def retype(tree: Tree, random: Random) -> None:
    """A value as another kind: a list of it, a mapping with it, a text, nothing."""
    leaves = [one for one in everything(tree) if isinstance(one, Leaf)]
    leaf = Leaf(random.choice(leaves).text if leaves else "x")
    new: list[Tree] = [
        Many([leaf]),
        Keys([("a", leaf)]),
        Keys([(random.choice(known_keys()), leaf)]),
        Many(),
        Keys(),
    ]
    new += [Leaf(""), Leaf(escaped(leaf.text)), leaf]
    place(tree, random)(random.choice(new))


def rename(tree: Tree, random: Random) -> None:
    """A key under another name."""
    keys = some_keys(tree, random)
    index = random.randrange(len(keys.pairs))
    key, value = keys.pairs[index]
    names = [
        random.choice(known_keys()),
        key[:-1] or "x",
        key + "s",
        key.upper(),
        escaped(key + random.choice(ODD)),
    ]
    names += [random.choice(WORDS), "x" * 300, "from_", escaped("x" * 1_100), "? x", ""]
    keys.pairs[index] = (random.choice(names), value)


def harm(tree: Tree, random: Random) -> None:
    """A hostile value somewhere."""
    leaves = [one for one in everything(tree) if isinstance(one, Leaf)]
    if leaves and random.random() < 0.8:
        random.choice(leaves).text = random.choice(HOSTILE)
    else:
        place(tree, random)(Leaf(random.choice(HOSTILE)))


def nudge(tree: Tree, random: Random) -> None:
    """A value that looks good and may not be: another name or number of the same document."""
    leaves = [one for one in everything(tree) if isinstance(one, Leaf)]
    words = [key for one in everything(tree) if isinstance(one, Keys) for key, _ in one.pairs]
    if leaves and words:
        new = random.choice(
            [random.choice(leaves).text, random.choice(words), str(random.randrange(-5, 200))]
        )
        random.choice(leaves).text = new


def deepen(tree: Tree, random: Random) -> None:
    """Something nested deeply, as a condition may be or not."""
    depth = random.choice([3, 10, 17, 18, 38, 45])
    inner: Tree = Keys([("points", Keys([("above", Leaf("1"))]))])
    for level in range(depth):
        kind = random.choice(["any", "all", "none"])
        inner = Many([inner]) if level % 2 == 0 else Keys([(kind, inner)])
    place(tree, random)(inner if isinstance(inner, Keys) else Keys([("any", inner)]))


def widen(tree: Tree, random: Random) -> None:
    """A condition with very many parts, or a chain or circle of measures."""
    size = random.choice([3, 20, 41, 300])
    parts: list[Tree] = [
        Keys(
            [
                ("points", Keys([("above", Leaf(str(number)))])),
                *([("for", Leaf("1 week"))] if number % 3 else []),
            ]
        )
        for number in range(size)
    ]
    count = Keys([("at_least", Leaf(str(random.randrange(1, size + 1)))), ("of", Many(parts))])
    groups = (("any", Many(parts)), ("all", Many(parts)), ("none", Many(parts)), ("count", count))
    wide = Keys([random.choice(groups)])
    keys = some_keys(tree, random)
    if random.random() < 0.3:
        keys.pairs.append((random.choice(["enter", "exit", "when"]), wide))
    else:
        place(tree, random)(wide)


def chain(tree: Tree, random: Random) -> None:
    """Measures that use each other, in a long chain or in a circle."""
    size = random.choice([3, 20, 300])
    sign, last = random.choice("+*/"), random.choice(["points", "m0", "nothing"])
    formulas = [*(f"m{number + 1} {sign} points" for number in range(size - 1)), last]
    for one in everything(tree):
        if isinstance(one, Keys):
            for key, value in one.pairs:
                if key == "measures" and isinstance(value, Keys):
                    new = [Keys([("formula", Leaf(formula))]) for formula in formulas]
                    value.pairs += [(f"m{number}", formula) for number, formula in enumerate(new)]
                    return


ACCIDENTS: list[Callable[[Tree, Random], None]] = [
    drop, double, swap, retype, rename, harm, harm, nudge, nudge, deepen, widen, chain,
]  # fmt: skip


def slipped(text: str, random: Random) -> str:
    """The text with one accident in its letters."""
    at = random.randrange(len(text) + 1)
    end = min(len(text), at + random.choice([1, 3, 40]))
    lines = text.split("\n")
    line = random.randrange(len(lines))
    choice = random.randrange(6)
    if choice == 0:
        return text[:at] + random.choice(SNIPPETS) + text[at:]
    if choice == 1:
        return text[:at] + text[end:]
    if choice == 2:
        return text[:end] + text[at:]
    if choice == 3:
        return "\n".join(lines[:line] + lines[line + 1 :])
    if choice == 4:
        return "\n".join([*lines[:line], lines[line - 1], *lines[line:]])
    return "\n".join([*lines[:line], "  " + lines[line], *lines[line + 1 :]])
