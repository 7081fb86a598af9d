"""Expressions as formulas: a tree of :mod:`engine.autodiff` as boxes whose parts bear keys."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from app.kit.formula.boxes import Fenced, Fraction, Keyed, Maths, Root, Row, Script, operator, relation
from app.kit.numbers import MINUS, significant
from engine.autodiff.tree import Apply, Composite, Constant, Name, Tree, fold

if TYPE_CHECKING:
    from app.kit.formula.boxes import Box

KeyOf = Callable[[Tree], Hashable | None]
"""The key that a part of a tree is to bear; None for none."""

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(1, 6)
"""How tightly a part holds together; a looser one is put in brackets within a tighter one."""
_FUNCTIONS = {
    "log": r"\log", "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "atan": r"\mathrm{arctan}", "sinh": r"\sinh",
    "cosh": r"\cosh", "tanh": r"\tanh", "sigmoid": r"\sigma",
    "relu": r"\mathrm{ReLU}", "max": r"\max", "min": r"\min", "sign": r"\mathrm{sign}",
}  # fmt: skip
_GREEK = frozenset(
    ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "kappa", "lambda", "mu", "nu", "xi", "pi",
     "rho", "sigma", "tau", "phi", "chi", "psi", "omega")
)  # fmt: skip
_LETTERS = {"π": r"\pi", "σ": r"\sigma", "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "η": r"\eta",
            "θ": r"\theta", "λ": r"\lambda", "μ": r"\mu", "ω": r"\omega"}  # fmt: skip
_NAME = re.compile(r"([^\W\d_]+)_?([0-9]*(?:_[0-9]+)*)", re.UNICODE)
_INDEXED = re.compile(r"(\w+)\[(\d+)\]")


@dataclass(frozen=True, slots=True)
class _Part:
    """``small``: a letter, a number or a call, which may stand beside another without a sign between them. ``signed``:
    it begins with a minus, and is put in brackets behind another sign."""

    box: Box
    strength: int
    small: bool = False
    tall: bool = False
    signed: bool = False


@lru_cache(maxsize=8192)  # one graph has thousands, and asks for dozens of them in every frame
def markup_of_name(name: str) -> str:
    r"""A name as mathtext: its figures as an index, Greek where it spells a Greek letter, more letters upright.

    Between indices stands a gap: a comma beside a 1 reads as a slash.

    >>> print(markup_of_name("w12"), markup_of_name("w1_2"), markup_of_name("loss"), markup_of_name("alpha"))
    w_{12} w_{1\,2} \mathrm{loss} \alpha
    """
    indexed = _INDEXED.fullmatch(name)
    if indexed is not None:
        return f"{markup_of_name(indexed[1])}_{{{indexed[2]}}}"
    found = _NAME.fullmatch(name)
    if found is None:
        return rf"\mathrm{{{_escaped(name)}}}"
    word, figures = found[1], found[2].strip("_").replace("_", r"\,")
    base = _LETTERS.get(word, word) if len(word) == 1 else rf"\{word}" if word in _GREEK else rf"\mathrm{{{word}}}"
    return f"{base}_{{{figures}}}" if figures else base


@lru_cache(maxsize=8192)
def box_of_name(name: str) -> Box:
    """A name as a box."""
    return Maths(markup_of_name(name))


def box_of(tree: Tree, key_of: KeyOf = lambda _part: None) -> Box:
    """The formula of a tree; each part bears the key that ``key_of`` gives it. What slopes at kinks are written with,
    step(u) and beats(u, v), is Iverson's bracket: [u > 0], [u > v]."""

    return _part_of(tree, key_of).box


def factor_of(tree: Tree, key_of: KeyOf = lambda _part: None) -> Box:
    """The same as it stands behind a sign of multiplication: a sum, or what begins with a minus, in brackets."""
    return _behind(_part_of(tree, key_of), _PRODUCT)


def _part_of(tree: Tree, key_of: KeyOf) -> _Part:
    def combine(part: Tree, inside: tuple[_Part, ...]) -> _Part:
        made = _combined(part, inside)
        key = key_of(part)
        if key is None:
            return made
        return replace(made, box=Keyed(key, made.box))

    return fold(tree, combine)


def _combined(part: Tree, inside: Sequence[_Part]) -> _Part:
    match part:
        case Constant():
            return _number(part)
        case Name():
            return _Part(box_of_name(part.name), _ATOM, small=True)
        case Composite():
            return _composite(part, inside)
        case Apply():
            return _applied(part.operation, inside)


def markup_of_number(text: str) -> str:
    r"""A number as it is typed, as markup: ``3.0E-5`` is ``3.0{\cdot}10^{-5}``."""
    if text.lstrip("-") in ("pi", "π"):
        return text.replace("-", "{-}").replace("pi", r"\pi").replace("π", r"\pi")
    mantissa, e, exponent = text.lower().partition("e")
    if not mantissa.strip("-") or not e:
        return _LETTERS.get(text, text).replace("-", "{-}")
    return rf"{mantissa}{{\cdot}}10^{{{exponent.lstrip('+')}}}".replace("-", "{-}")


def _number(number: Constant) -> _Part:
    text = number.text or significant(number.value, 6).replace(MINUS, "-")
    markup = markup_of_number(text)
    negative = text.startswith("-")
    several = any(sign in text for sign in "/·") or (markup != text and "10^" in markup)  # 1/2, 5·10⁻⁵
    strength = _SIGN if negative else _POWER if several else _ATOM
    return _Part(Maths(markup), strength, small=True, signed=negative)


def _applied(operation: str, inside: Sequence[_Part]) -> _Part:
    tall = any(one.tall for one in inside)
    if operation in ("+", "-"):
        right = _behind(inside[1], _SUM + (operation == "-"))
        signed = inside[0].signed
        return _Part(Row((_held(inside[0], _SUM), operator(operation), right)), _SUM, tall=tall, signed=signed)
    if operation == "*":
        return _product(*inside)
    if operation == "/":
        return _Part(Fraction(inside[0].box, inside[1].box), _PRODUCT, tall=True)
    if operation == "neg":
        return _Part(Row((Maths("{-}"), _behind(inside[0], _PRODUCT))), _SIGN, tall=tall, signed=True)
    if operation == "^":
        return _Part(Script(_held(inside[0], _ATOM), above=inside[1].box), _POWER, tall=tall)
    if operation == "exp" and not tall:
        return _Part(Script(Maths("e"), above=inside[0].box), _POWER, small=True)
    if operation == "sqrt":
        return _Part(Root(inside[0].box), _ATOM, small=True, tall=tall)
    if operation in ("step", "beats"):
        beaten = inside[1].box if operation == "beats" else Maths("0")
        return _Part(Fenced(Row((inside[0].box, relation(">"), beaten)), "[", "]"), _ATOM, small=True, tall=tall)
    if operation == "abs":
        return _Part(Fenced(inside[0].box, "|", "|"), _ATOM, small=True, tall=tall)
    markup = _FUNCTIONS.get(operation, rf"\{operation}" if operation == "exp" else rf"\mathrm{{{_escaped(operation)}}}")
    return _Part(Row((Maths(markup), Fenced(_list(inside)))), _ATOM, small=True, tall=tall)


def _product(left: _Part, right: _Part) -> _Part:
    """``w x`` side by side where each is small, else with a dot."""
    sign = Maths(r"\,") if left.small and right.small and not _begins_with_figure(right.box) else operator(r"\cdot")
    boxes = _held(left, _PRODUCT), sign, _behind(right, _PRODUCT + 1)
    return _Part(Row(boxes), _PRODUCT, tall=left.tall or right.tall, signed=left.signed)


def _begins_with_figure(box: Box) -> bool:
    inner = box.inside if isinstance(box, Keyed) else box
    return isinstance(inner, Maths) and inner.markup[:1].isdigit()


def _held(part: _Part, strength: int) -> Box:
    return part.box if part.strength >= strength else Fenced(part.box)


def _behind(part: _Part, strength: int) -> Box:
    """A part behind a sign: one with a sign of its own stands in brackets, as in a · (−b)."""
    return Fenced(part.box) if part.signed else _held(part, strength)


def _list(inside: Sequence[_Part]) -> Box:
    boxes: list[Box] = []
    for number, one in enumerate(inside):
        if number:
            boxes.append(Maths(r",\,"))
        boxes.append(one.box)
    return Row(tuple(boxes))


def _composite(part: Composite, inside: Sequence[_Part]) -> _Part:
    """``softmax(z_1, z_2)_0``; cross-entropy with its targets behind a semicolon."""
    first = len(part.lists[0])
    name = Maths(rf"\mathrm{{{_escaped(part.kind.replace('_', '-'))}}}")
    boxes: list[Box] = [_list(inside[:first])]
    if len(part.lists) > 1:
        boxes += [Maths(r";\,"), _list(inside[first:])]
    fenced = Row((name, Fenced(Row(tuple(boxes)))))
    if part.index is None:
        return _Part(fenced, _ATOM, small=True)
    return _Part(Script(fenced, below=Maths(str(part.index))), _ATOM, small=True)


def _escaped(text: str) -> str:
    return re.sub(r"([_#$%&{}])", r"\\\1", text)
