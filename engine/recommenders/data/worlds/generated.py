"""What the generated worlds share: random numbers by name and place, checked sizes, and chunks of any size."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Self, TypeVar, overload

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags, Columns
from engine.problems import EngineError, declare

OUT_OF_RANGE = declare(
    "recommender.out-of-range",
    "{what} is {found}; choose a value from {low} to {high}.",
)

_GAMMA = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def check_range(what: str, found: float, low: float, high: float) -> None:
    """Raise :class:`EngineError` unless low <= found <= high."""
    if not low <= found <= high:
        raise EngineError(OUT_OF_RANGE(what=what, found=f"{found:,}", low=f"{low:,}", high=f"{high:,}"))


def stream(seed: int, purpose: str, block: int = 0) -> np.random.Generator:
    """The random numbers of one block of one purpose, whatever was drawn before.

    Philox (Salmon et al. 2011) is keyed by the seed and the purpose; the block is the counter's highest word, so no
    two blocks ever share a number.
    """
    key = np.array([seed, zlib.crc32(purpose.encode())], np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=np.array([0, 0, 0, block], np.uint64)))


def hashed(seed: int, purpose: str, *places: NDArray[np.int64]) -> NDArray[np.float64]:
    """A uniform number in (0, 1) for every place, such as (user,) or (user, slot): the same whenever it is asked for.

    The mixing function is SplitMix64's (Steele et al. 2014). Places are equally long or broadcast.
    """
    return _uniform(_word(seed, purpose, *places))


def hashed_within(
    seed: int, purpose: str, wholes: NDArray[np.int64], rows: NDArray[np.int64], places: NDArray[np.int64]
) -> NDArray[np.float64]:
    """What :func:`hashed` says of ``wholes[rows]`` and ``places``, (rows,): each whole is mixed in once, not once for
    each of its places."""
    return _uniform(_mixed(_word(seed, purpose, wholes)[rows], places))


def _word(seed: int, purpose: str, *places: NDArray[np.int64]) -> NDArray[np.uint64]:
    word = np.full((), np.uint64(seed) ^ (np.uint64(zlib.crc32(purpose.encode())) << np.uint64(32)))
    for place in (np.zeros((), np.int64), *places):
        word = _mixed(word, place)
    return word


def _uniform(word: NDArray[np.uint64]) -> NDArray[np.float64]:
    """The upper 52 bits as the middles of so many parts of (0, 1)."""
    return ((word >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52


def _mixed(word: NDArray[np.uint64], place: NDArray[np.int64]) -> NDArray[np.uint64]:
    """SplitMix64's output at a place of the sequence that begins at a word, modulo 2^64."""
    with np.errstate(over="ignore"):  # wrapping round is meant; numpy warns of it for scalars
        mixed = place.astype(np.uint64) + np.uint64(1)  # from here on in place: of millions, copying is half the work
        mixed *= _GAMMA
        mixed = mixed + word
        mixed ^= mixed >> np.uint64(30)
        mixed *= _MIX_1
        mixed ^= mixed >> np.uint64(27)
        mixed *= _MIX_2
        mixed ^= mixed >> np.uint64(31)
    return mixed


def by_weight(cumulative: NDArray[np.float64], uniform: NDArray[np.float64]) -> NDArray[np.int64]:
    """Indices drawn in proportion to weights whose running sum is given, by inverting it at uniform numbers."""
    found = np.searchsorted(cumulative, uniform * cumulative[-1], side="right")
    return np.asarray(np.minimum(found, len(cumulative) - 1), np.int64)


def offsets_of(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each of some runs laid end to end begins, and where the last one ends, (runs + 1,)."""
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    return offsets


def places_within(lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """0, 1, … for each of some runs laid end to end, (sum of lengths,)."""
    offsets = offsets_of(lengths)
    return np.arange(offsets[-1]) - np.repeat(offsets[:-1], lengths)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some rows of a generated world: the fields of a subclass are equally long arrays, bags or columns."""

    def __len__(self) -> int:
        value = getattr(self, fields(self)[0].name)
        return value.rows if isinstance(value, Bags | Columns) else len(value)

    def take(self, rows: NDArray[np.int64]) -> Self:
        """Some rows, in the given order."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        taken = {n: v.take(rows) if isinstance(v, Bags | Columns) else v[rows] for n, v in values.items()}
        return replace(self, **taken)


C = TypeVar("C", bound=Chunk)


def joined(chunks: Sequence[C]) -> C:
    """One chunk after another, as one; there must be at least one."""
    if len(chunks) == 1:
        return chunks[0]
    names = [field.name for field in fields(chunks[0])]
    return replace(chunks[0], **{name: _joined([getattr(chunk, name) for chunk in chunks]) for name in names})


def _joined(parts: Sequence[Any]) -> Any:
    """Arrays, bags or columns, one after another."""
    first = parts[0]
    if isinstance(first, Columns):
        return Columns({n: _joined([part[n] for part in parts]) for n in first.of}, sum(p.rows for p in parts))
    if isinstance(first, Bags):
        lengths = np.concatenate([part.lengths for part in parts])
        return Bags(np.concatenate([part.ids for part in parts]), offsets_of(lengths))
    return np.concatenate(parts)


def in_chunks(pieces: Iterable[C], size: int) -> Iterator[C]:
    """The rows of pieces of any length as chunks of ``size`` rows, the last one shorter; never holds more than both.

    Raises :class:`EngineError` where size < 1.
    """
    check_range("The chunk size", size, 1, 10**9)
    return _in_chunks(pieces, size)


def _in_chunks(pieces: Iterable[C], size: int) -> Iterator[C]:
    held: list[C] = []
    count = 0
    for piece in pieces:
        begin = 0
        while count + len(piece) - begin >= size:
            end = begin + size - count
            held.append(piece.take(np.arange(begin, end)))
            yield joined(held)
            held, count, begin = [], 0, end
        if begin < len(piece):
            held.append(piece.take(np.arange(begin, len(piece))))
            count += len(piece) - begin
    if held:
        yield joined(held)


class Named(Sequence[str]):
    """Names that are made when asked for, so that ten million of them take no memory."""

    def __init__(self, count: int, name: Callable[[int], str]) -> None:
        self._count = count
        self._name = name

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...

    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return [self._name(i) for i in range(*index.indices(self._count))]
        if not -self._count <= index < self._count:
            raise IndexError(index)
        return self._name(int(index) % self._count)
