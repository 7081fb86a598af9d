"""Changes of texts by their words: expressions and links."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from checks.fuzz.mutators.words import word
from checks.fuzz.target import Mutator

_PARTS = re.compile(r"\d+\.?\d*(?:e[+-]?\d+)?|\w+|\s+|[^\w\s]")


def changed_words(makes: Callable[[Random], str]) -> Mutator:
    """Some words of a text are others, made up by ``makes``, of another text, or moved."""

    def change(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
        parts = _parts(content)
        for _ in range(rng.choice((1, 1, 2, 3, 6))):
            _change(parts, rng, others, makes)
        return "".join(parts).encode("utf-8", "surrogatepass")

    return change


def _parts(content: bytes) -> list[str]:
    return _PARTS.findall(content.decode("utf-8", "surrogatepass" if _is_utf8(content) else "replace"))


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _change(parts: list[str], rng: Random, others: Sequence[bytes], makes: Callable[[Random], str]) -> None:
    at = rng.randrange(len(parts) + 1)
    end = min(len(parts), at + rng.choice((1, 1, 2, 4, 16)))
    way = rng.randrange(7)
    if way == 0:
        parts[at:at] = [makes(rng)]
    elif way == 1:
        parts[at:end] = [makes(rng)]
    elif way == 2:
        del parts[at:end]
    elif way == 3:
        parts[at:at] = parts[at:end] * rng.choice((1, 2, 8, 60, 400))
    elif way == 4 and others:
        other = _parts(rng.choice(others))
        first = rng.randrange(len(other) + 1)
        parts[at:end] = other[first : first + rng.choice((1, 2, 4, 16))]
    elif way == 5:
        before, after = rng.choice((("(", ")"), ("[", "]"), ("exp(", ")"), ("-", ""), ("a = ", "\n"), ("log(", ")")))
        times = rng.choice((1, 1, 2, 50))
        parts[at:end] = [before * times, *parts[at:end], after * times]
    else:
        parts[at:at] = [word(rng)]
