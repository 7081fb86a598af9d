"""From an input that does harm to a smaller one that does the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any


def smaller(content: bytes, harms: Callable[[bytes], bool], tries: int) -> bytes:
    """What is left once nothing more can be taken out, or ``tries`` are used up."""
    left = tries
    while left > 0:
        for one in _candidates(content):
            left -= 1
            if len(one) < len(content) and harms(one):
                content = one
                break
            if left <= 0:
                return content
        else:
            break
    return content


def _candidates(content: bytes) -> Iterator[bytes]:
    yield from _pruned(content)
    lines = content.splitlines(keepends=True)
    if len(lines) > 2:
        for start, end in _stretches(len(lines)):
            yield b"".join(lines[:start] + lines[end:])
    for start, end in _stretches(len(content)):
        yield content[:start] + content[end:]


def _stretches(size: int) -> Iterator[tuple[int, int]]:
    """Halves, quarters and so on, as far as some hundreds."""
    step = size
    while step > 1 and size // step < 256:
        step = (step + 1) // 2
        for start in range(0, size, step):
            yield start, min(size, start + step)


def _pruned(content: bytes) -> Iterator[bytes]:
    """JSON without one of its parts."""
    try:
        tree = json.loads(content.decode("utf-8-sig"))
        for holder, key in list(_places(tree)):
            held = dict(holder) if isinstance(holder, dict) else list(holder)
            del holder[key]
            yield json.dumps(tree, ensure_ascii=False).encode("utf-8", "surrogatepass")
            _restore(holder, held)
    except (ValueError, RecursionError):
        return


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
    for key in keys:
        yield from _places(tree[key])


def _restore(holder: Any, held: Any) -> None:
    holder.clear()
    holder.update(held) if isinstance(holder, dict) else holder.extend(held)
