"""Gathers every string that the window may translate, as calls that ``lupdate`` can read.

``lupdate`` by itself sees neither the engine's sentences, which the window translates by variable, nor which
class ``canvas.tr("…")`` belongs to. ``make translations`` runs this module and hands ``lupdate`` what it prints.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import engine
from engine.activations import ACTIVATIONS
from engine.data.catalogue import catalogue
from engine.data.points import TITLE as DRAWN
from engine.formats import formats
from engine.graph.kinds import kinds
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.recommenders.data.sources import data_sources
from engine.recommenders.tasks.known import task_kinds
from engine.schedules import SCHEDULES

APP = Path(__file__).resolve().parents[1] / "app"
_NAMES = "(_?tr|translate|QT_TRANSLATE_NOOP|declare)"
NAMED = re.compile(rf"\b{_NAMES}\b")
"""What a module has to name to have a message; parsing the others, half of them all, takes a second."""
BOUND = re.compile(rf"\.{_NAMES}\b(?!\s*\()|\b{_NAMES}\s*[,=]")
"""Where one of these stands and is not called, as where a local name is to stand for it."""
LEAVES = (ast.Name, ast.Constant, ast.expr_context, ast.operator, ast.cmpop)
"""Most of what a module is made of, and nothing is called in it."""
Scope = tuple[ast.AST, ...]


class Message(NamedTuple):
    """One string under the context it is looked up by; ``plural``: its ``%n`` is a count."""

    context: str
    text: str
    plural: bool = False


def gather() -> list[Message]:
    """Every message of the window and of the engine, once each, in order of context and first use."""
    messages = [message for path in sorted(APP.rglob("*.py")) for message in in_source(path.read_text("utf-8"))]
    return sorted(dict.fromkeys([*messages, *of_the_engine()]), key=lambda message: message.context)


def of_the_engine() -> Iterator[Message]:
    """What the engine declares and the window shows: problems, facts, and the names of things."""
    for path in sorted(Path(engine.__file__).parent.rglob("*.py")):
        source = path.read_text("utf-8")
        yield from in_source(source)
        yield from _words_in(source)
    for kind in kinds():
        yield Message("Engine", kind.label)
        yield Message("Engine", kind.summary)
    for file_format in formats():
        yield Message("Files", file_format.label)
    for entry in catalogue():
        yield Message("Engine", entry.title)
        yield Message("Engine", entry.description)
    yield Message("Engine", DRAWN)
    for offered in (*task_kinds(), *data_sources()):
        yield Message("Engine", offered.label)
        yield Message("Engine", offered.summary)
    for task in task_kinds():
        yield from (Message("Engine", sentence) for sentence in task.features.values())
    for function in ACTIVATIONS.values():
        yield Message("Activation", function.fact)
    for declared in (ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, SCHEDULES):
        for one in declared.values():
            yield Message("Engine", one.label)


def _words_in(source: str) -> Iterator[Message]:
    """The words that a module of the engine puts into its sentences."""
    if "Word(" in source:
        for call, _scope in _calls(ast.parse(source), ()):
            if (
                isinstance(call.func, ast.Name)
                and call.func.id == "Word"
                and call.args
                and (word := _literal(call.args[0]))
            ):
                yield Message("Engine", word)


def in_source(source: str) -> Iterator[Message]:
    """The messages of one module: ``tr``, ``translate`` and ``QT_TRANSLATE_NOOP`` of literal strings, and problems that
    it declares.

    Raises ValueError where the class that a ``tr`` belongs to cannot be told.
    """
    if not NAMED.search(source):
        return
    tree, bound = ast.parse(source), BOUND.search(source) is not None
    for call, scope in _calls(tree, (tree,)):
        name = _name_of(call.func, scope[-1] if bound else None)
        words = [_literal(argument) for argument in call.args]
        if name in ("translate", "QT_TRANSLATE_NOOP") and len(words) > 1 and words[0] and words[1]:
            yield Message(words[0], words[1], len(words) > 3)
        elif name == "declare" and len(words) > 1 and words[1]:
            yield Message("Problem", words[1])
        elif name in ("tr", "_tr") and words and words[0]:
            context = _class_of(call.func, scope)
            if context is None:
                raise ValueError(f"line {call.lineno}: the class of {ast.unparse(call.func)} is not annotated")
            yield Message(context, words[0], len(words) > 2)


def _calls(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.Call, Scope]]:
    """Every call below a node, in the order of the source, with the module, classes and functions around it."""
    waiting = [(node, scope, scope)]
    while waiting:
        this, around, within = waiting.pop()
        if isinstance(this, ast.Call):
            yield this, around
        below = [child for child in ast.iter_child_nodes(this) if not isinstance(child, LEAVES)]
        for child in reversed(below):
            opens = isinstance(child, (ast.ClassDef, ast.FunctionDef))
            waiting.append((child, within, (*within, child) if opens else within))


def _name_of(function: ast.expr, around: ast.AST | None) -> str:
    """The called method or function; a local ``say = QCoreApplication.translate`` goes by what it stands for, where the
    function ``around`` the call is given to look for that."""
    if isinstance(function, ast.Name):
        bound = None if around is None else _bound_to(function.id, around)
        return bound.attr if isinstance(bound, ast.Attribute) else function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _class_of(function: ast.expr, scope: Scope) -> str | None:
    """The context of ``self.tr``, ``canvas.tr``, ``self._canvas.tr``, a local ``tr`` or the module's ``_tr``."""
    if isinstance(function, ast.Name):
        bound = _bound_to(function.id, scope[-1])
        return _class_of(bound, scope) if bound is not None else _context_of_helper(function.id, scope[0])
    owner = function.value if isinstance(function, ast.Attribute) else function
    if isinstance(owner, ast.Name) and owner.id == "self":
        return next((node.name for node in reversed(scope) if isinstance(node, ast.ClassDef)), None)
    name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
    annotations = (
        node.annotation for node in ast.walk(scope[0]) if isinstance(node, ast.arg) and node.arg == name.lstrip("_")
    )
    return next((ast.unparse(annotation) for annotation in annotations if annotation), None)


def _bound_to(name: str, function: ast.AST) -> ast.expr | None:
    """What ``tr = canvas.tr`` or ``tr, do = canvas.tr, …`` binds the name to, where it is first bound."""
    return _bindings(function).get(name)


@lru_cache(maxsize=16)
def _bindings(function: ast.AST) -> dict[str, ast.expr]:
    """What each name is first bound to; asked for every call of a function in turn."""
    found: dict[str, ast.expr] = {}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign):
            targets, values = _elements(node.targets[0]), _elements(node.value)
            for target, value in zip(targets, values, strict=False):
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, value)
    return found


def _elements(node: ast.expr) -> Sequence[ast.expr]:
    return node.elts if isinstance(node, ast.Tuple) else [node]


def _context_of_helper(name: str, module: ast.AST) -> str | None:
    """The context of ``def _tr(text): return QCoreApplication.translate("Context", text)``."""
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef) and node.name == name:
            calls = (call for call in ast.walk(node) if isinstance(call, ast.Call) and len(call.args) > 1)
            return next((_literal(call.args[0]) for call in calls), None)
    return None


def main() -> None:
    """Print one ``translate`` call a message."""
    for context, text, plural in gather():
        count = ', "", 1' if plural else ""
        words = f"{json.dumps(context)}, {json.dumps(text, ensure_ascii=False)}"
        print(f"QCoreApplication.translate({words}{count})")


if __name__ == "__main__":
    main()
