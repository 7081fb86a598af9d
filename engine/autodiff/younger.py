"""Expressions that are older than some functions: what is a function's name by now may be a variable's in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, pairwise

from engine.autodiff.characters import NAME, Token, tokens
from engine.autodiff.document import CollapsedNodes, ExpressionSheet
from engine.autodiff.graph import graph_of
from engine.autodiff.parser import Program, parse
from engine.autodiff.problems import ExpressionError
from engine.autodiff.tree import Name, Tree, names_in, substituted
from engine.problems import EngineError, Problem, declare

YOUNGER = frozenset(("arctan", "atan", "cosh", "erf", "sign", "sinh", "tan"))
"""The names that functions have been given since expressions were first saved. A function that is added later has its
name here too."""
RENAMED = declare(
    "expression.renamed",
    "“{names}” is now the name of a function, so the variable is called “{others}” here. Undo restores the text.",
)
SEVERAL_RENAMED = declare(
    "expression.several-renamed",
    "“{names}” are now names of functions, so the variables are called “{others}” here. Undo restores the text.",
)


def words_of(text: str) -> set[str]:
    """All that may be a name in a text."""
    return set(NAME.findall(text))


def renamed(text: str, taken: Iterable[str] = ()) -> tuple[str, dict[str, str]]:
    """A text that cannot be read as it stands, with other names for variables that are called as functions are by now;
    and the new name by each old one, which is none that is ``taken`` elsewhere. Any other text as it is, and no
    names."""
    words = words_of(text)
    if words.isdisjoint(YOUNGER) or _can_be_read(text):
        return text, {}
    try:
        places = list(_variables(text))
    except ExpressionError:
        return text, {}
    words.update(taken)
    names = {name: _free(name, words) for name in dict.fromkeys(token.text for token in places)}
    lines = text.replace("\r\n", "\n").split("\n")
    for token in reversed(places):
        line, (start, end) = token.span.line - 1, (token.span.column, token.span.end)
        lines[line] = lines[line][:start] + names[token.text] + lines[line][end:]
    new = "\n".join(lines)
    return (new, names) if names and _can_be_read(new) else (text, {})


def without_younger(sheet: ExpressionSheet) -> tuple[ExpressionSheet, dict[str, str]]:
    """An expression that is a document, with other names where :func:`renamed` gives such: its values and what is
    collapsed stay what they are."""
    text, names = renamed(sheet.text, sheet.inputs)  # which may keep values of names that the text has no more
    if not names:
        return sheet, {}
    inputs = {names.get(name, name): value for name, value in sheet.inputs.items()}
    changes = {
        "text": text,
        "inputs": inputs,
        "along": names.get(sheet.along, sheet.along),
        "collapsed": _moved(sheet, text, names),
    }
    return sheet.model_copy(update=changes), names


def renamed_problem(names: Mapping[str, str]) -> Problem:
    """What is said of that, in a sentence."""
    said = RENAMED if len(names) == 1 else SEVERAL_RENAMED
    return said(names=", ".join(names), others=", ".join(names.values()))


def _can_be_read(text: str) -> bool:
    try:
        parse(text)
    except ExpressionError:
        return False
    return True


def _variables(text: str) -> Iterator[Token]:
    """Younger names that no bracket follows anywhere, from left to right; raises ExpressionError where there are no
    tokens."""
    lines = enumerate(text.replace("\r\n", "\n").split("\n"), start=1)
    pairs = [pair for number, line in lines for pair in pairwise(tokens(line, number))]
    called = {token.text for token, following in pairs if following.kind == "("}
    for token, _ in pairs:
        if token.kind == "name" and token.text in YOUNGER - called:
            yield token


def _free(name: str, taken: set[str]) -> str:
    """Another name that is like it and that nothing has."""
    candidates = (f"{name}{number}" for number in count(1))
    return next(one for one in candidates if one not in taken)


def _moved(sheet: ExpressionSheet, text: str, names: Mapping[str, str]) -> tuple[CollapsedNodes, ...]:
    """What is collapsed, by the keys that the nodes have under their new names; of a graph that is too large to be
    shown, as it is."""
    if not sheet.collapsed:
        return ()
    program = parse(text)
    try:
        before, after = graph_of(_under_old_names(program, names)), graph_of(program)
    except EngineError:
        return sheet.collapsed
    keys = {one.key: other.key for one, other in zip(before.nodes, after.nodes, strict=True)}
    return tuple(
        group.model_copy(update={"nodes": tuple(sorted(keys.get(key, key) for key in group.nodes))})
        for group in sheet.collapsed
    )


def _under_old_names(program: Program, names: Mapping[str, str]) -> Program:
    """The program that it was, which cannot be read from a text any more."""
    old = {new: name for name, new in names.items()}

    def named(name: str) -> str:  # that of one of a list has a number behind it
        return NAME.sub(lambda word: old.get(word[0], word[0]), name)

    def tree(whole: Tree) -> Tree:
        return substituted(whole, {name: Name(named(name)) for name in names_in(whole)})

    definitions = (replace(one, name=named(one.name), value=tree(one.value)) for one in program.definitions)
    return replace(program, name=named(program.name), definitions=tuple(definitions), result=tree(program.result))
