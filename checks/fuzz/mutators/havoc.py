"""Changes of bytes, whatever they stand for."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

_NUMBERS = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 1 << 63, (1 << 64) - 1)


def flipped(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """One bit, or one byte, is another."""
    if not content:
        return bytes([rng.randrange(256)])
    data = bytearray(content)
    for _ in range(rng.choice((1, 1, 1, 2, 4, 8))):
        at = rng.randrange(len(data))
        data[at] = data[at] ^ 1 << rng.randrange(8) if rng.random() < 0.5 else rng.randrange(256)
    return bytes(data)


def numbered(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A number at the edge of what one, two, four or eight bytes hold, somewhere."""
    size = rng.choice((1, 2, 4, 8))
    if len(content) < size:
        return content
    at = rng.randrange(len(content) - size + 1)
    number = rng.choice(_NUMBERS) if rng.random() < 0.6 else int.from_bytes(content[at : at + size], "little")
    number += rng.randrange(-4, 5)
    written = (number % (1 << 8 * size)).to_bytes(size, "little")
    return content[:at] + (written if rng.random() < 0.5 else written[::-1]) + content[at + size :]


def taken_out(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A stretch is gone."""
    start, end = _stretch(content, rng)
    return content[:start] + content[end:]


def repeated(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A stretch stands there several times, now and then very often."""
    start, end = _stretch(content, rng)
    times = rng.choice((1, 1, 2, 3, 10, 100, 3000))
    return content[:end] + content[start:end] * times + content[end:]


def spliced(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A stretch of another input, in the place of one of this or between."""
    start, end = _stretch(content, rng)
    other = rng.choice(others) if others else content
    first, last = _stretch(other, rng)
    return content[:start] + other[first:last] + content[end if rng.random() < 0.5 else start :]


def put_in(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some bytes more."""
    at = rng.randrange(len(content) + 1)
    return content[:at] + rng.randbytes(rng.choice((1, 2, 4, 8, 32))) + content[at:]


def havoc(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Any of these."""
    way = rng.choice((flipped, flipped, numbered, taken_out, repeated, spliced, put_in))
    return way(content, rng, others)


def _stretch(content: bytes, rng: Random) -> tuple[int, int]:
    start = rng.randrange(len(content) + 1)
    return start, min(len(content), start + rng.choice((1, 1, 2, 4, 8, 16, 64, 256, 4096)))
