"""One expression: precedence climbing over the tokens of a line."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from functools import reduce
from itertools import chain
from typing import TypeGuard

from engine.autodiff import problems as wrong
from engine.autodiff.characters import POWERS, Token, tokens
from engine.autodiff.grammar import DEEPEST, LONGEST_LIST, MOST_NODES, ListValue, Value
from engine.autodiff.problems import ExpressionError, refused
from engine.autodiff.scope import Scope
from engine.autodiff.tree import Apply, Composite, Constant, Span, Tree

_STRENGTH = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 4, "power": 4}
_NEGATION = 3
_CLOSING = {"(": ")", "[": "]"}


class Expressions:
    """Reads expressions off a line. ``token`` is the next one; what is wrong raises ExpressionError."""

    def __init__(self, scope: Scope) -> None:
        self.token = self._before = Token("end", "", Span(1, 0, 0))
        self._stream: Iterator[Token] = iter(())
        self._scope = scope
        self._depth = 0
        self._operations = 0
        self._powers: dict[int, float] = {}  # of powers of numbers, by the tree's id, what they come to
        self._sharing = 0  # how many softmaxes and cross-entropies we are inside of

    def begin(self, line: str, number: int) -> None:
        """Go on with a line, by its number from 1 on."""
        self._stream = tokens(line, number)
        self.take()

    def expression(self, above: int) -> Value:
        """What binds more tightly than ``above``."""
        self._depth += 1
        if self._depth > DEEPEST:
            raise refused(wrong.TOO_DEEP, self.token.span, limit=DEEPEST)
        left = self._chosen(self._operand())
        while (strength := _STRENGTH.get(self.token.kind, 0)) > above:
            sign = self.take()
            if sign.kind == "power":
                left = self._apply(
                    "^", self.one(left), Constant(float(POWERS[sign.text]), POWERS[sign.text], sign.span)
                )
            else:
                right = self.expression(strength - 1 if sign.kind == "^" else strength)
                left = self._apply(sign.kind, self.one(left), self.one(right))
        self._depth -= 1
        return left

    def _operand(self) -> Value:
        """A number, a name, something in brackets, or one of these with a sign before it."""
        token = self.take()
        match token.kind:
            case "number":
                return Constant(float(token.text), token.text, token.span, self._sharing > 0)
            case "name":
                if self.token.kind == "(":
                    return self._call(token)
                return self._scope.named(token, shared=self._sharing > 0)
            case "-":
                return self._negated(token, self.one(self.expression(_NEGATION)))
            case "+":
                return self.expression(_NEGATION)
            case "(" | "[":
                values = self._enclosed(token, several=token.kind == "[")
                return values[0] if token.kind == "(" else self._list(values, token)
            case "end":
                raise refused(wrong.OPERAND_MISSING, token.span)
        raise refused(wrong.OPERAND_EXPECTED, token.span, found=token.text)

    def _enclosed(self, opening: Token, *, several: bool) -> list[Value]:
        """The values between a bracket that was just taken and its partner; ``several``: commas may part them."""
        closing = _CLOSING[opening.kind]
        values = [self.expression(0)]
        while several and self.token.kind == ",":
            self.take()
            values.append(self.expression(0))
        if self.token.kind == "end":
            raise refused(wrong.UNCLOSED, opening.span, opening=opening.text, closing=closing)
        if self.token.kind != closing:
            raise self.stray(closing)
        self.take()
        return values

    def _list(self, values: list[Value], opening: Token) -> ListValue:
        """A list as it is written."""
        span = _joined(opening.span, self._before.span)
        if len(values) > LONGEST_LIST:
            raise refused(wrong.LIST_LENGTH, span, count=len(values), limit=LONGEST_LIST)
        return ListValue(tuple(self.one(value) for value in values), span, "[…]")

    def _chosen(self, value: Value) -> Value:
        """One of a list, where an index follows."""
        if self.token.kind != "[":
            return value
        opening = self.take()
        if not isinstance(value, ListValue):
            raise refused(wrong.NO_LIST, opening.span)
        index = self.take()
        last = len(value.items) - 1
        if not (index.kind == "number" and index.text.isdecimal() and int(index.text) <= last):
            raise refused(wrong.BAD_INDEX, index.span, last=last, found=index.text or "…")
        if self.token.kind != "]":
            raise refused(wrong.UNCLOSED, opening.span, opening="[", closing="]")
        span = _joined(value.span, self.take().span)
        return replace(value.items[int(index.text)], span=span)

    def _negated(self, sign: Token, value: Tree) -> Tree:
        """The negative; of a number that is written out a number again, so that −2 is one."""
        span = _joined(sign.span, value.span)
        if isinstance(value, Constant) and not value.text.startswith("-"):
            return Constant(-value.value, f"-{value.text}", span, value.shared)
        return Apply("neg", (value,), span, self._sharing > 0)

    def _apply(self, sign: str, left: Tree, right: Tree) -> Tree:
        """Two operands joined by a sign; a quotient of whole numbers is a fraction, which is a number."""
        span = _joined(left.span, right.span)
        if sign == "/" and _is_whole(left) and _is_whole(right) and right.value:
            return Constant(left.value / right.value, _fraction(left.text, right.text), span, left.shared)
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
            part.value if isinstance(part, Constant) else self._powers.get(id(part), math.nan)
            for part in (base, exponent)
        )
        try:
            return math.pow(*values)
        except ValueError:  # a root of a negative, which its node will say
            return math.nan
        except OverflowError:
            raise refused(wrong.HUGE_POWER, span) from None

    # --- Calls

    def _call(self, token: Token) -> Value:
        """A function and what it is applied to."""
        name = self._scope.function(token)
        gathers = name in ("softmax", "cross_entropy")
        self._sharing += gathers
        values = self._enclosed(self.take(), several=True)
        self._sharing -= gathers
        span = _joined(token.span, self._before.span)
        fewest, most = self._scope.functions[name]
        if not fewest <= len(values) <= most:
            wanted = str(fewest) if fewest == most else f"{fewest}–{most}"
            raise refused(wrong.WRONG_COUNT, span, found=token.text, count=len(values), wanted=wanted)
        if name == "softmax":
            items = self._many(name, values[0])
            chosen = tuple(Composite(name, (items,), index, span) for index in range(len(items)))
            return ListValue(chosen, span, "softmax([…])")
        if name == "cross_entropy":
            return self._cross_entropy(values, span)
        operands = [self.one(value) for value in values]
        if fewest != most:  # the greatest of three is the greater of the third and the greater of the first two
            return reduce(lambda left, right: Apply(name, (left, right), span, self._sharing > 0), operands)
        return Apply(name, tuple(operands), span, self._sharing > 0)

    def _cross_entropy(self, values: list[Value], span: Span) -> Tree:
        """``cross_entropy([z…], [t…])``, or with the index of the true class in place of its targets."""
        logits = self._many("cross_entropy", values[0])
        target = values[1]
        if isinstance(target, ListValue):
            if len(target.items) != len(logits):
                counts = {"logits": len(logits), "targets": len(target.items)}
                raise refused(wrong.LENGTHS_DIFFER, target.span, **counts)
            return Composite("cross_entropy", (logits, target.items), None, span)
        if not (_is_whole(target) and 0 <= target.value < len(logits)):
            found = target.text if isinstance(target, Constant) else "…"
            raise refused(wrong.BAD_INDEX, target.span, last=len(logits) - 1, found=found)
        return Composite("cross_entropy", (logits,), int(target.value), span)

    def one(self, value: Value) -> Tree:
        """A value that has to be one number."""
        if isinstance(value, ListValue):
            raise refused(wrong.LIST_UNEXPECTED, value.span, found=value.text)
        return value

    def _many(self, function: str, value: Value) -> tuple[Tree, ...]:
        """A value that has to be a list."""
        if not isinstance(value, ListValue):
            raise refused(wrong.LIST_EXPECTED, value.span, found=function)
        return value.items

    # --- Tokens

    def take(self) -> Token:
        """The next token, which then is taken. The end of a line stays."""
        self._before = self.token
        self.token = next(self._stream, self._before)
        return self._before

    def put_back(self, token: Token) -> None:
        """Make a token that was just taken the next one again."""
        self._stream = chain([self.token], self._stream)
        self.token = token

    def stray(self, closing: str = "") -> ExpressionError:
        """What is wrong with a token that cannot stand where it does; ``closing``: the bracket that is awaited."""
        token = self.token
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


def _fraction(above: str, below: str) -> str:
    """How a quotient of whole numbers is written: its sign stands in front, for 2/-3 is nothing that reads as one."""
    sign = "-" if above.startswith("-") != below.startswith("-") else ""
    return f"{sign}{above.lstrip('-')}/{below.lstrip('-')}"


def _is_whole(tree: Tree) -> TypeGuard[Constant]:
    """Whether this is a whole number, written out."""
    return isinstance(tree, Constant) and tree.text.lstrip("-").isdigit()
