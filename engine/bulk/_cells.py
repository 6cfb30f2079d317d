"""Columns of a table as whole numbers: words by their places, days as ordinals, figures with their decimals."""

from __future__ import annotations

import datetime
from typing import Any, NamedTuple

import numpy as np

from engine.bulk._doubt import Doubt
from engine.columns import Numbers
from rules.model._fields import MAX_DIGITS, read_day

MOST = 10**18
"""Beyond this a number is not worked with here: 64 bits would not do for all that comes after."""
EPOCH = datetime.date(1970, 1, 1).toordinal()
_NUMBER = r"^-?[0-9]+(\.[0-9]+)?$"
_SPARE = 3
"""So many decimals more than an input takes are read, since zeros at the end are free."""


class Words(NamedTuple):
    """Texts: those that there are, and for each row the place of its own, or -1."""

    codes: Numbers
    texts: list[str]


class Scaled(NamedTuple):
    """Figures times `10 ** decimals`, and the rows in which they stand."""

    rows: Numbers
    numbers: Numbers
    decimals: int


def distinct(codes: Numbers, size: int) -> Numbers:
    """The different ones among whole numbers from 0 up to a size, in order."""
    if size <= 4 * len(codes) + 65_536:
        return np.flatnonzero(np.bincount(codes, minlength=1))
    return np.unique(codes)


def words(column: Any) -> Words:
    """The texts of a column; an empty one is not given. Raises Doubt."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_null(kind):
        return Words(np.full(len(column), -1, np.int32), [])
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not (pa.types.is_string(value) or pa.types.is_large_string(value)):
        raise Doubt
    column = column.unify_dictionaries() if pa.types.is_dictionary(kind) else column.dictionary_encode()
    whole = column.combine_chunks()
    codes = whole.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int32)
    texts: list[str | None] = whole.dictionary.to_pylist()
    if any(not text for text in texts):
        blank = np.array([not text for text in texts] + [True])
        codes = np.where(blank[codes], -1, codes)
    return Words(codes, [text or "" for text in texts])


def days(column: Any) -> Numbers:
    """The days of a column as ordinals. Raises Doubt, also where a day is not given."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_date(kind) or (pa.types.is_timestamp(kind) and kind.tz is None):
        if column.null_count:
            raise Doubt
        cast = column.cast(pa.date32(), safe=True)
        if pa.types.is_timestamp(kind) and not cast.cast(kind).equals(column):
            raise Doubt
        numbers: Numbers = cast.combine_chunks().cast(pa.int32()).to_numpy(zero_copy_only=False) + EPOCH
        if numbers.min() < 1:
            raise Doubt
        return numbers
    given = words(column)
    read = [read_day(text) for text in given.texts]
    ordinals = np.array([0 if day is None else day.toordinal() for day in read] + [0], np.int32)
    found: Numbers = ordinals[given.codes]
    if not found.all():
        raise Doubt
    return found


def figures(column: Any, decimals: int, *, loose: bool) -> Scaled:
    """The numbers of a column whose input takes so many decimals at most. Raises Doubt."""
    import pyarrow as pa

    kind = column.type
    whole = column.combine_chunks()
    rows = np.flatnonzero(whole.is_valid().to_numpy(zero_copy_only=False))
    if not len(rows):
        return Scaled(rows, np.zeros(0, np.int64), 0)
    given = whole.drop_null()
    if pa.types.is_integer(kind):
        numbers, places = given.cast(pa.int64()).to_numpy(), 0
    elif pa.types.is_float64(kind):
        numbers, places = _doubles(given.to_numpy(), decimals), decimals
    elif pa.types.is_floating(kind):
        wide = given.cast(pa.float32()) if pa.types.is_float16(kind) else given
        numbers, places = _written(wide.cast(pa.string()), decimals)
    elif pa.types.is_decimal(kind):
        numbers, places = _decimals(given)
    elif loose and pa.types.is_string(kind):
        numbers, places = _written(given, decimals)
    else:
        raise Doubt
    return Scaled(rows, _short(numbers, places, decimals), places)


def _short(numbers: Numbers, places: int, decimals: int) -> Numbers:
    """The numbers, none of which has more than the decimals asked or 15 digits. Raises Doubt."""
    if places > decimals and (numbers % 10 ** (places - decimals)).any():
        raise Doubt
    most = 10 ** (MAX_DIGITS + max(0, places - decimals))
    if max(-int(numbers.min()), int(numbers.max())) >= most:
        raise Doubt
    return numbers


def _doubles(given: Numbers, decimals: int) -> Numbers:
    """Binary fractions as the shortest decimals that mean them.

    A decimal of up to 15 digits means a binary fraction of its own. So the one that is read back as the same
    fraction is the shortest there is; dividing two whole numbers below 2 ** 53 rounds as reading does.
    """
    with np.errstate(all="ignore"):
        scaled = np.rint(given * 10.0**decimals)
        fits = (np.abs(scaled) < 10.0**MAX_DIGITS) & (scaled / 10.0**decimals == given)
    if not fits.all():
        raise Doubt
    return scaled.astype(np.int64)


def _written(given: Any, decimals: int) -> tuple[Numbers, int]:
    """Numbers that are written out in digits."""
    import pyarrow as pa
    import pyarrow.compute as pc

    entries = given.dictionary_encode()  # the same figures come back, and each is looked at once
    if not pc.all(pc.match_substring_regex(entries.dictionary, _NUMBER)).as_py():
        raise Doubt
    try:
        numbers, places = _decimals(entries.dictionary.cast(pa.decimal128(38, decimals + _SPARE)))
    except pa.ArrowInvalid:
        raise Doubt from None
    return numbers[entries.indices.to_numpy()], places


def _decimals(given: Any) -> tuple[Numbers, int]:
    """Decimals as whole numbers and how many of their digits stand after the point."""
    import pyarrow as pa

    scale: int = given.type.scale
    if scale < 0 or given.type.bit_width != 128:
        try:
            given = given.cast(pa.decimal128(38, max(scale, 0)))
        except pa.ArrowInvalid:
            raise Doubt from None
        scale = max(scale, 0)
    halves = np.frombuffer(given.buffers()[1], np.int64).reshape(-1, 2)
    halves = halves[given.offset : given.offset + len(given)]
    low, high = halves[:, 0], halves[:, 1]
    # the upper half of a number that needs no more than the lower one repeats its sign
    if not ((high == (low >> 63)) & (np.abs(low) < MOST)).all():
        raise Doubt
    return low, scale
