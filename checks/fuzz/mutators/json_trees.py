"""Changes of JSON by what it says: values, keys and whole branches."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from random import Random
from typing import Any

from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.words import number, word

_LARGEST = 1 << 18
_MARK = re.compile(r'"\\u0001(\d+)\\u0001"')
_STYLES: tuple[dict[str, Any], ...] = ({}, {"indent": 1}, {"separators": (",", ":")}, {"separators": (",", ":")})
_MANY = 1000  # parts, from which on a tree is not made larger
_DEPTHS = (1, 2, 5, 50, 900, 5000)


class Written(str):
    """A text that goes into the JSON as it is, such as a number that no float is."""


def changed_json(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some parts of a document are others. What is no JSON is changed as bytes."""
    try:
        tree = json.loads(content.decode("utf-8-sig", "surrogatepass"))
    except (ValueError, RecursionError):
        return havoc(content, rng, others)
    pool = [_tree_of(other) for other in rng.sample(others, min(2, len(others)))]
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        tree = changed_tree(tree, rng, pool)
    return written(tree, rng)[: 2 * _LARGEST]


def changed_tree(tree: Any, rng: Random, pool: Sequence[Any]) -> Any:
    """A tree with another part somewhere."""
    places = _places(tree)
    if not places:
        return _value(rng, pool)
    holder, key = rng.choice(places)
    _change(holder, key, rng, [*pool, tree], grows=len(places) < _MANY)
    return tree


def written(tree: Any, rng: Random) -> bytes:
    """A tree as JSON, written one way or another."""
    marks: list[str] = []
    try:
        text = json.dumps(_marked(tree, marks), ensure_ascii=rng.random() < 0.5, **rng.choice(_STYLES))
    except (RecursionError, ValueError):
        return b"[" * 5000
    text = _MARK.sub(lambda found: marks[int(found[1])], text)
    return text.encode("utf-8", "surrogatepass")


def _marked(tree: Any, marks: list[str]) -> Any:
    if isinstance(tree, Written):
        marks.append(str(tree))
        return f"\x01{len(marks) - 1}\x01"
    if isinstance(tree, dict):
        return {str(key): _marked(value, marks) for key, value in tree.items()}
    return [_marked(value, marks) for value in tree] if isinstance(tree, list) else tree


def _tree_of(content: bytes) -> Any:
    with suppress(ValueError, RecursionError):
        return json.loads(content.decode("utf-8-sig", "surrogatepass"))
    return None


def _places(tree: Any, most: int = 4000) -> list[tuple[Any, Any]]:
    """Every (holder, key) of a tree, the first few thousand."""
    found: list[tuple[Any, Any]] = []
    todo = [tree]
    while todo and len(found) < most:
        holder = todo.pop()
        keys: Any = (
            list(holder) if isinstance(holder, dict) else range(min(len(holder), 64)) if _is_list(holder) else ()
        )
        found += [(holder, key) for key in keys]
        todo += [holder[key] for key in keys if isinstance(holder[key], dict | list)]
    return found


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def _change(holder: Any, key: Any, rng: Random, pool: Sequence[Any], *, grows: bool) -> None:
    way = rng.randrange(11) if grows else rng.randrange(7)
    if way <= 3:
        holder[key] = _near(holder[key], rng, pool)
    elif way <= 5:
        holder[key] = _value(rng, pool)
    elif way == 6:
        del holder[key]
    elif way == 7 and isinstance(holder, dict):
        holder[rng.choice((word(rng), f"{key} ", f"{key}2"))] = holder.pop(key) if rng.random() < 0.5 else holder[key]
    elif way == 8 and _is_list(holder):
        holder[key:key] = [holder[key]] * rng.choice((1, 2, 10, 300))
    elif way == 9:
        holder[key] = _part(pool, rng)
    else:
        holder[key] = _deep(holder[key], rng)


def _near(value: Any, rng: Random, pool: Sequence[Any]) -> Any:
    """A value like this one."""
    if isinstance(value, bool) or value is None:
        return rng.choice((True, False, None, 0, 1))
    if isinstance(value, int | float) and not isinstance(value, Written):
        with suppress(OverflowError, ValueError):
            return rng.choice(
                (value + 1, value - 1, -value, value * 10, value / 3, value * 1e6, value * 1e30, int(value), 0)
            )
        return 0
    if isinstance(value, str):
        return _near_text(value, rng)
    if isinstance(value, list):
        return rng.choice(
            (value[::-1], value[:1], (value + value)[:_MANY], [value], [], sorted(value[:_MANY], key=str))
        )
    return dict(list(value.items())[::-1]) if isinstance(value, dict) else _value(rng, pool)


def _near_text(text: str, rng: Random) -> str:
    """A text like this one; one that is JSON itself is changed as such."""
    if text[:1] in ("{", "[") and rng.random() < 0.9:
        return changed_json(text.encode("utf-8", "surrogatepass"), rng, ()).decode("utf-8", "replace")
    at = rng.randrange(len(text) + 1)
    return rng.choice((text[:at] + word(rng) + text[at:], text[:at], text.upper(), text[::-1], text * 2, f" {text}"))


def _value(rng: Random, pool: Sequence[Any]) -> Any:
    way = rng.randrange(8)
    if way <= 1:
        return Written(_json_number(rng))
    if way == 2:
        return word(rng)
    if way == 3:
        return rng.choice((None, True, False, [], {}, [[]], [{}], {"": None}))
    if way == 4:
        return rng.randrange(-3, 100)
    return rng.gauss(0, 100) if way == 5 else _part(pool, rng)


def _json_number(rng: Random) -> str:
    text = number(rng)
    return text if _tree_of(text.encode()) is not None else rng.choice(("1e999", "-1e999", "NaN", "9" * 400))


def _part(pool: Sequence[Any], rng: Random) -> Any:
    """A copy of some part of what is known."""
    places = _places(rng.choice(pool)) if pool else []
    if not places:
        return None
    holder, key = rng.choice(places)
    return _copied(holder[key])


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    return [_copied(one) for one in value] if isinstance(value, list) else value


def _deep(value: Any, rng: Random) -> Any:
    depth = rng.choice(_DEPTHS)
    if depth > 900:
        return Written("[" * depth + "]" * depth)
    for _ in range(depth):
        value = [value]
    return value
