"""The numbers of ``Math.seedrandom(text)``: RC4's key stream, six bytes and more to a double, as web pages draw them.

After David Bau's description of seedrandom: the text stirred into a key of up to 256 bytes, the first 256 bytes of the
key stream thrown away, then for each number as many bytes as fill 52 bits.
"""

from __future__ import annotations

from collections.abc import Iterator

_WIDTH = 256
_MASK = _WIDTH - 1
_PLACES = (*range(1, _WIDTH), 0)
"""Of the box, as the key stream goes through it again and again."""
_FIRST_BYTES = 6
_LEAST, _BEYOND = 2**52, 2**53


class SeededRandom:
    """A stream of numbers in [0, 1) that the text ``seed`` decides; any text is one, the empty one too."""

    def __init__(self, seed: str) -> None:
        self._blocks = _key_stream(_key_of(seed))
        next(self._blocks)  # thrown away
        self._drawn, self._at = b"", 0

    def random(self) -> float:
        """The next number, uniform in [0, 1)."""
        numerator, denominator, last = int.from_bytes(self._taken(_FIRST_BYTES), "big"), 1 << 8 * _FIRST_BYTES, 0
        while numerator < _LEAST:
            # ``last`` joins with the next byte, so that the sum below is whole: (n + x)·256, as there
            numerator = (numerator + last) << 8
            denominator <<= 8
            last = self._taken(1)[0]
        while numerator >= _BEYOND:
            numerator, denominator, last = numerator >> 1, denominator >> 1, last >> 1
        return (numerator + last) / denominator

    def _taken(self, count: int) -> bytes:
        """The next bytes of the key stream."""
        if self._at + count > len(self._drawn):
            self._drawn, self._at = self._drawn[self._at :] + next(self._blocks), 0
        self._at += count
        return self._drawn[self._at - count : self._at]

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


def _key_stream(key: list[int]) -> Iterator[bytes]:
    """RC4: its key schedule, then its bytes without end, 256 at a time."""
    box = list(range(_WIDTH))
    j = 0
    for i in range(_WIDTH):
        held = box[i]
        j = _MASK & (j + key[i % len(key)] + held)
        box[i], box[j] = box[j], held
    j = 0
    while True:
        block = bytearray()
        for i in _PLACES:
            held = box[i]
            j = (j + held) & _MASK
            other = box[i] = box[j]
            box[j] = held
            block.append(box[(held + other) & _MASK])
        yield bytes(block)
