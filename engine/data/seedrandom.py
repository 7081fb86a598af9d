"""The numbers of ``Math.seedrandom(text)``: RC4's key stream, six bytes and more to a double, as web pages draw them.

After David Bau's description of seedrandom: the text stirred into a key of up to 256 bytes, the first 256 bytes of the
key stream thrown away, then for each number as many bytes as fill 52 bits.
"""

from __future__ import annotations

from collections.abc import Iterator

_WIDTH = 256
_MASK = _WIDTH - 1
_FIRST_BYTES = 6
_LEAST, _BEYOND = 2**52, 2**53


class SeededRandom:
    """A stream of numbers in [0, 1) that the text ``seed`` decides; any text is one, the empty one too."""

    def __init__(self, seed: str) -> None:
        self._bytes = _key_stream(_key_of(seed))
        for _ in range(_WIDTH):
            next(self._bytes)

    def random(self) -> float:
        """The next number, uniform in [0, 1)."""
        drawn = self._bytes
        numerator, denominator, last = 0, 1, 0
        for _ in range(_FIRST_BYTES):
            numerator = numerator << 8 | next(drawn)
            denominator <<= 8
        while numerator < _LEAST:
            # ``last`` joins with the next byte, so that the sum below is whole: (n + x)·256, as there
            numerator = (numerator + last) << 8
            denominator <<= 8
            last = next(drawn)
        while numerator >= _BEYOND:
            numerator, denominator, last = numerator >> 1, denominator >> 1, last >> 1
        return (numerator + last) / denominator

    def uniform(self, low: float, high: float) -> float:
        """The next number, uniform in [low, high)."""
        return self.random() * (high - low) + low


def _key_of(seed: str) -> list[int]:
    """Each UTF-16 unit of the text added to its place modulo 256, smeared by 19 times what stood there."""
    units = seed.encode("utf-16-le", "surrogatepass")
    key: list[int] = []
    smear = 0
    for at in range(len(units) // 2):
        unit = units[2 * at] | units[2 * at + 1] << 8
        place = at & _MASK
        if place == len(key):
            key.append(_MASK & (smear + unit))
        else:
            smear ^= key[place] * 19
            key[place] = _MASK & (smear + unit)
    return key or [0]


def _key_stream(key: list[int]) -> Iterator[int]:
    """RC4: its key schedule, then its bytes without end."""
    box = list(range(_WIDTH))
    j = 0
    for i in range(_WIDTH):
        held = box[i]
        j = _MASK & (j + key[i % len(key)] + held)
        box[i], box[j] = box[j], held
    i = j = 0
    while True:
        i = _MASK & (i + 1)
        held = box[i]
        j = _MASK & (j + held)
        box[i], box[j] = box[j], held
        yield box[_MASK & (box[i] + held)]
