"""Expressions as trees: numbers, names, operations, and softmax and cross-entropy as they are written.

A tree is frozen and knows where in the text each of its parts stands, so that text, formula and graph can point at one
another. A part that is one object in several places is one part: what walks a tree (:func:`fold`) does its work once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line of the text: the line from 1 on, columns from 0 on, ``end`` just after the last one."""

    line: int
    column: int
    end: int


NOWHERE = Span(0, 0, 0)
"""Where parts stand that nobody typed."""


@dataclass(frozen=True, slots=True)
class Constant:
    """A number. ``text``: how it was written (``"0.5"``, ``"1/2"``, ``"pi"``), empty for one that was worked out."""

    value: float
    text: str = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)
    shared: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, a definition above, or a parameter of a rule."""

    name: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation by its key (``"+"``, ``"exp"`` …) and what it is done to.

    ``shared``: a part of a softmax or a cross-entropy, whose equal parts are one node of the graph. Two equal parts
    that were typed apart are two.
    """

    operation: str
    operands: tuple[Tree, ...]
    span: Span = field(default=NOWHERE, compare=False)
    shared: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Composite:
    """``softmax([…])[index]``, or ``cross_entropy([…], …)`` whose target is a list, or the index of the true class."""

    kind: str
    lists: tuple[tuple[Tree, ...], ...]
    index: int | None = None
    span: Span = field(default=NOWHERE, compare=False)


Tree: TypeAlias = Constant | Name | Apply | Composite


def children(tree: Tree) -> tuple[Tree, ...]:
    """What a part is made of, in the order of the text."""
    match tree:
        case Apply():
            return tree.operands
        case Composite():
            return tuple(item for items in tree.lists for item in items)
        case _:
            return ()


def fold(tree: Tree, combine: Callable[[Tree, tuple[T, ...]], T]) -> T:
    """What ``combine`` makes of the whole from what it made of the parts; from the leaves up, each part once.

    It does not recurse: a sum of a thousand terms is a thousand deep.
    """
    done: dict[int, T] = {}
    waiting = [tree]
    while waiting:
        here = waiting[-1]
        missing = [part for part in children(here) if id(part) not in done]
        if missing:
            waiting.extend(reversed(missing))
            continue
        waiting.pop()
        if id(here) not in done:
            done[id(here)] = combine(here, tuple(done[id(part)] for part in children(here)))
    return done[id(tree)]


def parts(tree: Tree) -> Iterator[Tree]:
    """Every part once, whatever it is made of before it."""
    found: list[Tree] = []
    fold(tree, lambda part, _: found.append(part))
    return iter(found)


def names_in(tree: Tree) -> tuple[str, ...]:
    """The names in a tree, in the order of the text, each once."""
    return tuple(dict.fromkeys(part.name for part in parts(tree) if isinstance(part, Name)))


def with_parts(tree: Tree, new: tuple[Tree, ...]) -> Tree:
    """The same made of other parts; itself where they are no others."""
    if all(one is other for one, other in zip(children(tree), new, strict=True)):
        return tree
    match tree:
        case Apply():
            return Apply(tree.operation, new, tree.span, tree.shared)
        case Composite():
            queue = iter(new)
            lists = tuple(tuple(next(queue) for _ in items) for items in tree.lists)
            return Composite(tree.kind, lists, tree.index, tree.span)
        case _:
            return tree


def substituted(tree: Tree, replacements: Mapping[str, Tree]) -> Tree:
    """The tree with trees in place of names."""

    def combine(part: Tree, new: tuple[Tree, ...]) -> Tree:
        if isinstance(part, Name):
            return replacements.get(part.name, part)
        return with_parts(part, new)

    return fold(tree, combine)
