"""From text to trees: a parser of our own that knows numbers, names, signs and a list of functions, and nothing else.

Python's own ``ast.parse`` is not asked: it recurses in C, balks at long numbers, and what it says of a mistake is said
of Python. Here every sign is one that this page names, nothing is ever evaluated, and every refusal has its column.

The grammar, from the loosest to the tightest: a line is ``name = expression`` or, at the last, an expression; ``+ −``,
``× ÷``, a leading ``−``, then ``^``, which groups to the right. ``e`` and ``pi`` are the constants unless a line above
defines them (``e = x``); a variable goes by any other name. Lists are there for ``softmax`` and ``cross_entropy``; they
are written in square brackets and counted from 0.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import reduce
from itertools import chain
from typing import TypeAlias, TypeGuard

from engine.autodiff import problems as wrong
from engine.autodiff.characters import POWERS, Token, tokens
from engine.autodiff.problems import ExpressionError, refused
from engine.autodiff.tree import Apply, Composite, Name, Number, Span, Tree, names_in

LONGEST_TEXT = 20_000
DEEPEST = 100
LONGEST_LIST = 64
MOST_NODES = 2_000

FUNCTIONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys(("exp", "log", "sin", "cos", "tanh", "sigmoid", "relu", "sqrt", "abs"), (1, 1)),
    **dict.fromkeys(("max", "min"), (2, LONGEST_LIST)),
    "softmax": (1, 1),
    "cross_entropy": (2, 2),
}
"""Every function, with the fewest and the most that it is applied to."""
ALIASES = {"σ": "sigmoid", "ln": "log", "ReLU": "relu"}
CONSTANTS = {"pi": math.pi, "π": math.pi, "e": math.e}

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4, "power": 4}
_NEGATION = 3
_CLOSING = {"(": ")", "[": "]"}


@dataclass(frozen=True, slots=True)
class Definition:
    """``name = value``. A list that is defined is one definition for each of its numbers, named ``p[0]``, ``p[1]`` …"""

    name: str
    value: Tree
    span: Span


@dataclass(frozen=True, slots=True)
class Program:
    """What was typed: definitions in order, then the result, whose ``name`` is empty where its line gave it none.

    ``variables``: the names that nothing defines, in the order of the text; ``unused``: definitions without use.
    """

    source: str
    definitions: tuple[Definition, ...]
    result: Tree
    name: str
    variables: tuple[str, ...]
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _List:
    """Several numbers, on the way to where one of them is chosen; ``text`` stands for it in a sentence."""

    items: tuple[Tree, ...]
    span: Span
    text: str


_Value: TypeAlias = "Tree | _List"


def parse(text: str, known: tuple[str, ...] | None = None) -> Program:
    """Read a text of definitions and a result, a line (or a part between ``;``) each.

    ``known``: where given, the only variables that there may be. Raises ExpressionError: one sentence and the place.
    """
    if len(text) > LONGEST_TEXT:
        raise refused(wrong.TOO_LONG, Span(1, 0, 1), count=len(text), limit=LONGEST_TEXT)
    return _Parser(FUNCTIONS, known).program(text)


def parse_formula(text: str, functions: dict[str, tuple[int, int]]) -> Tree:
    """The tree of one of our own formulas, which may use functions that nobody types."""
    return _Parser(functions, None).program(text).result


class _Parser:
    """Precedence climbing over one text; ``_token`` is the next one, ``_before`` the last that was taken."""

    def __init__(self, functions: dict[str, tuple[int, int]], known: tuple[str, ...] | None) -> None:
        self._functions = functions
        self._known = known
        self._lists: dict[str, tuple[Tree, ...]] = {}
        self._definitions: dict[str, Definition] = {}
        self._variables: dict[str, Span] = {}
        self._depth = 0
        self._operations = 0
        self._powers: dict[int, float] = {}  # of powers of numbers, by the tree's id, what they come to
        self._sharing = 0  # how many softmaxes and cross-entropies we are inside of

    # --- Lines

    def program(self, text: str) -> Program:
        """The whole text."""
        last: tuple[Token | None, _Value] | None = None
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
            self._stream = tokens(line, number)
            self._token = self._before = next(self._stream)
            while True:
                if self._token.kind != "end":
                    if last is not None:
                        self._define(*last)
                    last = self._statement()
                if not self._token.text:  # the line ends here; a “;” has a text
                    break
                self._take()
        if last is None:
            raise refused(wrong.EMPTY, Span(1, 0, 0))
        return self._finished(text, *last)

    def _statement(self) -> tuple[Token | None, _Value]:
        """One definition or expression, up to its end: the name that it is given, and what it says."""
        name = None
        if self._token.kind == "name":
            first = self._take()
            if self._token.kind == "=":
                self._take()
                name = first
            else:
                self._stream = chain([self._token], self._stream)
                self._token = first
        value = self._expression(0)
        if self._token.kind != "end":
            raise self._stray()
        return name, value

    def _define(self, name: Token | None, value: _Value) -> None:
        """Make what a line says known to those below it."""
        if name is None:
            raise refused(wrong.UNNAMED_LINE, value.span)
        self._check_new(name)
        if not isinstance(value, _List):
            self._definitions[name.text] = Definition(name.text, value, name.span)
            return
        for index, item in enumerate(value.items):
            one = f"{name.text}[{index}]"
            self._definitions[one] = Definition(one, item, name.span)
        self._lists[name.text] = tuple(Name(f"{name.text}[{index}]") for index in range(len(value.items)))

    def _check_new(self, name: Token) -> None:
        """Whether a name may be defined here."""
        if name.text in self._functions or name.text in ALIASES:
            raise refused(wrong.RESERVED, name.span, found=name.text)
        if name.text in self._definitions or name.text in self._lists:
            raise refused(wrong.DEFINED_TWICE, name.span, found=name.text)
        if name.text in self._variables:
            raise refused(wrong.USED_BEFORE, name.span, found=name.text)

    def _finished(self, text: str, name: Token | None, value: _Value) -> Program:
        """The program, once its last line is read."""
        if name is not None:
            self._check_new(name)
        result = self._one(value)
        definitions = tuple(self._definitions.values())
        used = set(names_in(result))
        for definition in reversed(definitions):
            if definition.name in used:
                used.update(names_in(definition.value))
        unused = tuple(one.name for one in definitions if one.name not in used)
        variables = tuple(one for one in self._variables if one in used)
        return Program(text, definitions, result, name.text if name else "", variables, unused)

    # --- Expressions

    def _expression(self, above: int) -> _Value:
        """What binds more tightly than ``above``."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise refused(wrong.TOO_DEEP, self._token.span, limit=DEEPEST)
        left = self._chosen(self._operand())
        while (strength := _STRENGTH.get(self._token.kind, 0)) > above:
            sign = self._take()
            if sign.kind == "power":
                left = self._apply("^", self._one(left), Number(float(POWERS[sign.text]), POWERS[sign.text], sign.span))
            else:
                right = self._expression(strength - 1 if sign.kind == "^" else strength)
                left = self._apply(sign.kind, self._one(left), self._one(right))
        self._depth -= 1
        return left

    def _operand(self) -> _Value:
        """A number, a name, something in brackets, or one of these with a sign before it."""
        token = self._take()
        match token.kind:
            case "number":
                return Number(float(token.text), token.text, token.span, self._sharing > 0)
            case "name":
                return self._name(token)
            case "-":
                return self._negated(token, self._one(self._expression(_NEGATION)))
            case "+":
                return self._expression(_NEGATION)
            case "(" | "[":
                values = self._enclosed(token, several=token.kind == "[")
                return values[0] if token.kind == "(" else self._list(values, token)
            case "end":
                raise refused(wrong.OPERAND_MISSING, token.span)
        raise refused(wrong.OPERAND_EXPECTED, token.span, found=token.text)

    def _enclosed(self, opening: Token, *, several: bool) -> list[_Value]:
        """The values between a bracket that was just taken and its partner; ``several``: commas may part them."""
        closing = _CLOSING[opening.kind]
        values = [self._expression(0)]
        while several and self._token.kind == ",":
            self._take()
            values.append(self._expression(0))
        if self._token.kind == "end":
            raise refused(wrong.UNCLOSED, opening.span, opening=opening.text, closing=closing)
        if self._token.kind != closing:
            raise self._stray(closing)
        self._take()
        return values

    def _list(self, values: list[_Value], opening: Token) -> _List:
        """A list as it is written."""
        span = _joined(opening.span, self._before.span)
        if len(values) > LONGEST_LIST:
            raise refused(wrong.LIST_LENGTH, span, count=len(values), limit=LONGEST_LIST)
        return _List(tuple(self._one(value) for value in values), span, "[…]")

    def _chosen(self, value: _Value) -> _Value:
        """One of a list, where an index follows."""
        if self._token.kind != "[":
            return value
        opening = self._take()
        if not isinstance(value, _List):
            raise refused(wrong.NO_LIST, opening.span)
        index = self._take()
        last = len(value.items) - 1
        if not (index.text.isdigit() and int(index.text) <= last):
            raise refused(wrong.BAD_INDEX, index.span, last=last, found=index.text or "…")
        if self._token.kind != "]":
            raise refused(wrong.UNCLOSED, opening.span, opening="[", closing="]")
        span = _joined(value.span, self._take().span)
        return replace(value.items[int(index.text)], span=span)

    def _negated(self, sign: Token, value: Tree) -> Tree:
        """The negative; of a number that is written out a number again, so that −2 is one."""
        span = _joined(sign.span, value.span)
        if isinstance(value, Number) and not value.text.startswith("-"):
            return Number(-value.value, f"-{value.text}", span, value.shared)
        return Apply("neg", (value,), span, self._sharing > 0)

    def _apply(self, sign: str, left: Tree, right: Tree) -> Tree:
        """Two operands joined by a sign; a quotient of whole numbers is a fraction, which is a number."""
        span = _joined(left.span, right.span)
        if sign == "/" and _is_whole(left) and _is_whole(right) and right.value:
            return Number(left.value / right.value, f"{left.text}/{right.text}", span, left.shared)
        self._operations += 1
        if self._operations > MOST_NODES:
            raise refused(wrong.TOO_MANY_NODES, span, limit=MOST_NODES)
        made = Apply(sign, (left, right), span, self._sharing > 0)
        if sign == "^":
            self._powers[id(made)] = self._worth(left, right, span)
        return made

    def _worth(self, base: Tree, exponent: Tree, span: Span) -> float:
        """What a power of numbers comes to, NaN where anything else is in it; 9^9^9^9 is refused."""
        values = (
            part.value if isinstance(part, Number) else self._powers.get(id(part), math.nan)
            for part in (base, exponent)
        )
        try:
            return math.pow(*values)
        except ValueError:  # a root of a negative, which its node will say
            return math.nan
        except OverflowError:
            raise refused(wrong.HUGE_POWER, span) from None

    # --- Names and calls

    def _name(self, token: Token) -> _Value:
        """What a name stands for."""
        name = ALIASES.get(token.text, token.text)
        if self._token.kind == "(":
            return self._call(name, token)
        if name in self._functions:
            raise refused(wrong.FUNCTION_ALONE, token.span, found=token.text)
        if name in self._lists:
            return _List(self._lists[name], token.span, name)
        if name in CONSTANTS and name not in self._definitions:
            return Number(CONSTANTS[name], name, token.span, self._sharing > 0)
        if name not in self._definitions:
            self._check_known(token)
            self._variables.setdefault(name, token.span)
        return Name(name, token.span)

    def _check_known(self, token: Token) -> None:
        """Whether a variable of this name may be used."""
        if self._known is None or token.text in self._known:
            return
        nearest = get_close_matches(token.text, (*self._known, *self._functions, *self._definitions), 1, 0.5)
        if nearest:
            raise refused(wrong.UNKNOWN_NAME, token.span, found=token.text, nearest=nearest[0])
        raise refused(wrong.STRANGE_NAME, token.span, found=token.text, known=", ".join(self._known))

    def _call(self, name: str, token: Token) -> _Value:
        """A function and what it is applied to."""
        if name not in self._functions:
            nearest = get_close_matches(name, self._functions, 1, 0.5)
            if nearest and name not in self._definitions:
                raise refused(wrong.UNKNOWN_FUNCTION, token.span, found=token.text, nearest=nearest[0])
            raise refused(wrong.NO_FUNCTION, token.span, found=token.text)
        gathers = name in ("softmax", "cross_entropy")
        self._sharing += gathers
        values = self._enclosed(self._take(), several=True)
        self._sharing -= gathers
        span = _joined(token.span, self._before.span)
        fewest, most = self._functions[name]
        if not fewest <= len(values) <= most:
            wanted = str(fewest) if fewest == most else f"{fewest} to {most}"
            raise refused(wrong.WRONG_COUNT, span, found=token.text, count=len(values), wanted=wanted)
        if name == "softmax":
            items = self._many(name, values[0])
            chosen = tuple(Composite(name, (items,), index, span) for index in range(len(items)))
            return _List(chosen, span, "softmax([…])")
        if name == "cross_entropy":
            return self._cross_entropy(values, span)
        operands = [self._one(value) for value in values]
        if fewest != most:  # the greatest of three is the greater of the third and the greater of the first two
            return reduce(lambda left, right: Apply(name, (left, right), span, self._sharing > 0), operands)
        return Apply(name, tuple(operands), span, self._sharing > 0)

    def _cross_entropy(self, values: list[_Value], span: Span) -> Tree:
        """``cross_entropy([z…], [t…])``, or with the index of the true class in place of its targets."""
        logits = self._many("cross_entropy", values[0])
        target = values[1]
        if isinstance(target, _List):
            if len(target.items) != len(logits):
                counts = {"logits": len(logits), "targets": len(target.items)}
                raise refused(wrong.LENGTHS_DIFFER, target.span, **counts)
            return Composite("cross_entropy", (logits, target.items), None, span)
        if not (_is_whole(target) and 0 <= target.value < len(logits)):
            raise refused(wrong.BAD_INDEX, target.span, last=len(logits) - 1, found="…")
        return Composite("cross_entropy", (logits,), int(target.value), span)

    def _one(self, value: _Value) -> Tree:
        """A value that has to be one number."""
        if isinstance(value, _List):
            raise refused(wrong.LIST_UNEXPECTED, value.span, found=value.text)
        return value

    def _many(self, function: str, value: _Value) -> tuple[Tree, ...]:
        """A value that has to be a list."""
        if not isinstance(value, _List):
            raise refused(wrong.LIST_EXPECTED, value.span, found=function)
        return value.items

    # --- Tokens

    def _take(self) -> Token:
        """The next token, which then is taken. The end of a line stays."""
        self._before = self._token
        self._token = next(self._stream, self._before)
        return self._before

    def _stray(self, closing: str = "") -> ExpressionError:
        """What is wrong with a token that cannot stand where it does; ``closing``: the bracket that is awaited."""
        token = self._token
        if token.kind in ("number", "name", "("):
            return refused(wrong.OPERATOR_MISSING, token.span, before=self._before.text, found=token.text)
        if token.kind == "=":
            return refused(wrong.NO_NAME_TO_DEFINE, token.span)
        if closing:
            return refused(wrong.NOT_CLOSED_HERE, token.span, closing=closing, found=token.text)
        if token.kind in _CLOSING.values():
            return refused(wrong.UNOPENED, token.span, found=token.text)
        if token.kind == "[":
            return refused(wrong.NO_LIST, token.span)
        return refused(wrong.UNEXPECTED, token.span, found=token.text)


def _joined(first: Span, last: Span) -> Span:
    """From the one to the other, on their line."""
    return Span(first.line, first.column, last.end)


def _is_whole(tree: Tree) -> TypeGuard[Number]:
    """Whether this is a whole number, written out."""
    return isinstance(tree, Number) and tree.text.lstrip("-").isdigit()
