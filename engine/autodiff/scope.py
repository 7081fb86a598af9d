"""Names: what is defined further up, and which variables there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from engine.autodiff import problems as wrong
from engine.autodiff.characters import Token
from engine.autodiff.grammar import ALIASES, CONSTANTS, ListValue, Value
from engine.autodiff.half_names import slip_of
from engine.autodiff.problems import refused
from engine.autodiff.tree import Constant, Name, Span, Tree


@dataclass(frozen=True, slots=True)
class Definition:
    """``name = value``. A list that is defined is one definition for each of its numbers, named ``p[0]``, ``p[1]`` …"""

    name: str
    value: Tree
    span: Span


class Scope:
    """The names of one text, line by line. ``known``: where given, the only variables that there may be."""

    def __init__(self, functions: Mapping[str, tuple[int, int]], known: tuple[str, ...] | None) -> None:
        self.functions = functions
        self.definitions: dict[str, Definition] = {}
        self.variables: dict[str, Span] = {}
        self._known = known
        self._lists: dict[str, tuple[Tree, ...]] = {}

    def define(self, name: Token | None, value: Value) -> None:
        """Make what a line says known to those below it."""
        if name is None:
            raise refused(wrong.UNNAMED_LINE, value.span)
        self.check_new(name)
        if not isinstance(value, ListValue):
            self.definitions[name.text] = Definition(name.text, value, name.span)
            return
        items = [f"{name.text}[{index}]" for index in range(len(value.items))]
        for one, item in zip(items, value.items, strict=True):
            self.definitions[one] = Definition(one, item, name.span)
        self._lists[name.text] = tuple(Name(one) for one in items)

    def check_new(self, name: Token) -> None:
        """Whether a name may be defined here."""
        if name.text in self.functions or name.text in ALIASES:
            raise refused(wrong.RESERVED, name.span, found=name.text)
        if name.text in self.definitions or name.text in self._lists:
            raise refused(wrong.DEFINED_TWICE, name.span, found=name.text)
        if name.text in self.variables:
            raise refused(wrong.USED_BEFORE, name.span, found=name.text)

    def named(self, token: Token, *, shared: bool) -> Value:
        """What a name stands for that is no call: a list, a definition, a constant, else a variable."""
        name = ALIASES.get(token.text, token.text)
        if name in self.functions:
            raise refused(wrong.FUNCTION_ALONE, token.span, found=token.text)
        if name in self._lists:
            return ListValue(self._lists[name], token.span, name)
        if name in CONSTANTS and name not in self.definitions:
            return Constant(CONSTANTS[name], name, token.span, shared)
        if name not in self.definitions:
            self._check_known(token)
            self.variables.setdefault(name, token.span)
        return Name(name, token.span)

    def function(self, token: Token) -> str:
        """The function that is called. Raises ExpressionError where there is none of this name."""
        name = ALIASES.get(token.text, token.text)
        if name in self.functions:
            return name
        if len(name) == 1 or name in self.definitions or name in self.variables or name in self._lists:
            raise refused(wrong.NO_FUNCTION, token.span, found=token.text)
        if (nearest := slip_of(name, self.functions)) is not None:
            raise refused(wrong.UNKNOWN_FUNCTION, token.span, found=token.text, nearest=nearest)
        known = ", ".join(self.functions)
        raise refused(wrong.NOT_KNOWN_FUNCTION, token.span, found=token.text, known=known)

    def _check_known(self, token: Token) -> None:
        """Whether a variable of this name may be used."""
        if self._known is None or token.text in self._known:
            return
        nearest = get_close_matches(token.text, (*self._known, *self.functions, *self.definitions), 1, 0.6)
        if nearest:
            raise refused(wrong.UNKNOWN_NAME, token.span, found=token.text, nearest=nearest[0])
        raise refused(wrong.STRANGE_NAME, token.span, found=token.text, known=", ".join(self._known))
