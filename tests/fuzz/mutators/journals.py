"""Changes of journals: what lines say, and which there are; their sums and numbers are right, so that they are read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from random import Random

from tests.fuzz.mutators.havoc import havoc
from tests.fuzz.mutators.json_trees import changed_json

_KINDS = (b"state", b"thing", b"journal", b"other", b"")
_MOST = 60

Said = tuple[bytes, bytes]


def changed_lines(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some lines are others."""
    lines = said_in(content)
    if not lines:
        return havoc(content, rng, others)
    pool = [one for other in others for one in said_in(other)] or lines
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        _change(lines, pool, rng)
    return journal(lines[:_MOST])


def said_in(content: bytes) -> list[Said]:
    """Kind and JSON of each line, whatever its sum."""
    parts = [line.split(b" ", 3) for line in content.split(b"\n")]
    return [(part[2], part[3]) for part in parts if len(part) == 4]


def journal(lines: Iterable[Said]) -> bytes:
    """These lines as a journal has them."""
    found = bytearray()
    for number, (kind, said) in enumerate(lines):
        line = b"%d %s %s" % (number, kind, said)
        found += b"%08x %s\n" % (zlib.crc32(line), line)
    return bytes(found)


def _change(lines: list[Said], pool: list[Said], rng: Random) -> None:
    at = rng.randrange(len(lines)) if lines else 0
    way = rng.randrange(8)
    if way <= 4 and lines:
        kind, said = lines[at]
        lines[at] = kind, changed_json(said, rng, [one for _, one in pool]).replace(b"\n", b" ")
    elif way == 5 and lines:
        del lines[at]
    elif way == 6:
        lines.insert(at, rng.choice(pool))
    elif lines:
        lines[at] = rng.choice(_KINDS), lines[at][1]
