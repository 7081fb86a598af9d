"""Marks strings for translation where they are declared, to be translated where they are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

from engine.problems import filled_in

__all__ = ["QT_TRANSLATE_NOOP", "Labelled", "labels_of", "sentence_of", "worded", "worded_classes", "worded_name"]

if TYPE_CHECKING:
    from engine.graph.naming import BlockName
    from engine.problems import Problem

    def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # PySide6 types it as taking and giving objects
        """The text itself; the translation tools collect it under the context."""

else:
    from PySide6.QtCore import QT_TRANSLATE_NOOP


def sentence_of(problem: Problem) -> str:
    """A problem's sentence in the window's language, with the block names and the problems that fill it in."""
    said = {key: _worded_particular(value, key) for key, value in problem.parameters.items()}
    return filled_in(QCoreApplication.translate("Problem", problem.template), said)


_REASONS = frozenset({
    QT_TRANSLATE_NOOP("Engine", "it is a folder"),
    QT_TRANSLATE_NOOP("Engine", "it is a pipe and no file"),
    QT_TRANSLATE_NOOP("Engine", "it is a socket and no file"),
    QT_TRANSLATE_NOOP("Engine", "it is a device and no file"),
    QT_TRANSLATE_NOOP("Engine", "no file can have such a name"),
    QT_TRANSLATE_NOOP("Engine", "File exists"),
    QT_TRANSLATE_NOOP("Engine", "File name too long"),
    QT_TRANSLATE_NOOP("Engine", "File too large"),
    QT_TRANSLATE_NOOP("Engine", "Input/output error"),
    QT_TRANSLATE_NOOP("Engine", "Is a directory"),
    QT_TRANSLATE_NOOP("Engine", "No space left on device"),
    QT_TRANSLATE_NOOP("Engine", "No such file or directory"),
    QT_TRANSLATE_NOOP("Engine", "Not a directory"),
    QT_TRANSLATE_NOOP("Engine", "Operation not permitted"),
    QT_TRANSLATE_NOOP("Engine", "Permission denied"),
    QT_TRANSLATE_NOOP("Engine", "Read-only file system"),
    QT_TRANSLATE_NOOP("Engine", "Too many levels of symbolic links"),
})  # fmt: skip
"""Why a file can't be read or written, as the engine and the system say it, always in English."""


class _WrittenNumber(float):
    """A number that a template wants in so many significant digits, written as the window writes numbers."""

    def __format__(self, spec: str) -> str:
        if not spec.endswith("g"):
            return super().__format__(spec)
        from app.kit.numbers import significant

        return significant(self.real, int(spec[1:-1] or 6))  # ``real``: a plain float


def _worded_particular(value: object, key: str = "") -> object:
    from engine.graph.naming import BlockName
    from engine.problems import Problem, Word

    if isinstance(value, Problem):
        return sentence_of(value)
    if isinstance(value, float):
        return _WrittenNumber(value)
    if isinstance(value, Word) or (key == "reason" and isinstance(value, str) and value in _REASONS):
        return worded(value)
    return worded_name(value) if isinstance(value, BlockName) else value


def worded(text: str) -> str:
    """A label, title or summary that the engine declares, in the window's language."""
    return QCoreApplication.translate("Engine", text)


def worded_title(title: str) -> str:
    """A document's title in the window's language, where it is one of ours: of an example, a preset or a dataset.
    Documents keep it in English, so that it follows the language."""
    said = (QCoreApplication.translate(context, title) for context in ("Gallery", "Expressions", "Gradients", "Engine"))
    return next((one for one in said if one != title), title) if title else ""


def worded_classes(classes: Sequence[str]) -> tuple[str, ...]:
    """The names of classes, ours in the window's language; those of a person's table stay as they are."""
    return tuple(str(_worded_particular(name)) for name in classes)


class Labelled(Protocol):
    """What the engine declares under a label: an optimiser, a loss, an activation …"""

    @property
    def label(self) -> str: ...


def labels_of(declared: Mapping[str, Labelled]) -> list[tuple[str, str]]:
    """(key, label in the window's language) of each, to choose from."""
    return [(key, worded(one.label)) for key, one in declared.items()]


def worded_name(name: BlockName) -> str:
    """A block's name, such as ``Dense 1``, in the window's language; one that a person has typed stays as it is."""
    if name.titled:
        return str(name)
    noun, space, number = name.rpartition(" ")
    return f"{worded(noun)}{space}{number}" if number.isdecimal() else worded(name)
