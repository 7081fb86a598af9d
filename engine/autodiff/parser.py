"""From text to trees: a parser of our own that knows numbers, names, signs and a list of functions, and nothing else.

Python's own ``ast.parse`` is not asked: it recurses in C, balks at long numbers, and what it says of a mistake is said
of Python. Here every sign is one that this page names, nothing is ever evaluated, and every refusal has its column.

The grammar, from the loosest to the tightest: a line is ``name = expression`` or, at the last, an expression; ``+ −``,
``× ÷``, a leading ``−``, then ``^``, which groups to the right. ``e`` and ``pi`` are the constants unless a line above
defines them (``e = x``); a variable goes by any other name. Lists are there for ``softmax`` and ``cross_entropy``; they
are written in square brackets and counted from 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.autodiff import problems as wrong
from engine.autodiff.characters import Token
from engine.autodiff.expressions import Expressions
from engine.autodiff.grammar import FUNCTIONS, LONGEST_TEXT, Value
from engine.autodiff.problems import refused
from engine.autodiff.scope import Definition, Scope
from engine.autodiff.tree import Span, Tree, names_in, substituted


@dataclass(frozen=True, slots=True)
class Program:
    """What was typed: definitions in order, then the result, whose ``name`` is empty where its line gave it none.

    ``variables``: the names that nothing defines, in the order of the text; ``unused``: definitions without use,
    a list where none of its numbers has any.
    """

    source: str
    definitions: tuple[Definition, ...]
    result: Tree
    name: str
    variables: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def whole(self) -> Tree:
        """The result with its definitions put in; one that is used several times is one part."""
        known: dict[str, Tree] = {}
        for definition in self.definitions:
            known[definition.name] = substituted(definition.value, known)
        return substituted(self.result, known)


def parse(
    text: str, known: tuple[str, ...] | None = None, *, functions: Mapping[str, tuple[int, int]] = FUNCTIONS
) -> Program:
    """Read a text of definitions and a result, a line (or a part between ``;``) each.

    ``known``: where given, the only variables that there may be. ``functions``: those that there are. Raises
    ExpressionError: one sentence and the place.
    """
    if len(text) > LONGEST_TEXT:
        raise refused(wrong.TOO_LONG, Span(1, 0, 1), count=len(text), limit=LONGEST_TEXT)
    return _read(text, Scope(functions, known))


def parse_formula(text: str, functions: Mapping[str, tuple[int, int]]) -> Tree:
    """The tree of one of our own formulas, which may use functions that nobody types."""
    return _read(text, Scope(functions, None)).result


def _read(text: str, scope: Scope) -> Program:
    """The whole text: each line is made known once another follows it, for the last is the result."""
    reader = Expressions(scope)
    last: tuple[Token | None, Value] | None = None
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
        reader.begin(line, number)
        while True:
            if reader.token.kind != "end":
                if last is not None:
                    scope.define(*last)
                last = _statement(reader)
            if not reader.token.text:  # the line ends here; a “;” has a text
                break
            reader.take()
    if last is None:
        raise refused(wrong.EMPTY, Span(1, 0, 0))
    return _finished(text, scope, *last, reader)


def _statement(reader: Expressions) -> tuple[Token | None, Value]:
    """One definition or expression, up to its end: the name that it is given, and what it says."""
    name = None
    if reader.token.kind == "name":
        first = reader.take()
        if reader.token.kind == "=":
            reader.take()
            name = first
        else:
            reader.put_back(first)
    value = reader.expression(0)
    if reader.token.kind != "end":
        raise reader.stray()
    return name, value


def _finished(text: str, scope: Scope, name: Token | None, value: Value, reader: Expressions) -> Program:
    """The program, once its last line is read."""
    if name is not None:
        scope.check_new(name)
    result = reader.one(value)
    used = set(names_in(result))
    for definition in reversed(scope.definitions.values()):
        if definition.name in used:
            used.update(names_in(definition.value))
    variables = tuple(one for one in scope.variables if one in used)
    needed = {one.partition("[")[0] for one in used}
    unused = tuple(dict.fromkeys(base for one in scope.definitions if (base := one.partition("[")[0]) not in needed))
    return Program(text, tuple(scope.definitions.values()), result, name.text if name else "", variables, unused)
