"""What can be seen of a window, and what its parts remember in plain values, to be compared with how it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache

from PySide6.QtCore import QLocale, QObject, QPoint, QPointF, QRect, QRectF, QSize, QSizeF
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from app.kit import theme
from app.shell.main_window import MainWindow

PLAIN = (bool, int, float, str, Enum, set, frozenset, QPoint, QPointF, QRect, QRectF, QSize, QSizeF)
SAID = ("text", "toPlainText", "isChecked", "value", "currentIndex", "placeholderText", "toolTip", "accessibleName")
"""What widgets say of themselves, where they say it."""
PASSING = {"_gesture", "_due", "_next_id", "_exposed"}
"""What says how often something was done, is to be done soon, or was painted last."""

ANSWERS = "_replies"
"""Where what was answered is remembered."""


def state_of(window: MainWindow, passing: Sequence[str]) -> Counter[str]:
    """One line for each widget, action and running timer, and for each plain value that an object of ours remembers;
    with how many there are of a kind, for the same objects may lie in another order. Lines in
    which one of ``passing`` stands are left out: what is worked out in the background may be there or not yet."""
    found = Counter(line for line in _of_all(window) if not any(one in line for one in passing))
    focus = window.focusWidget()
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    found[f"focus {type(focus).__name__} {focus.accessibleName() if focus is not None else ''}"] += 1
    found[f"theme {theme.current().name}, {QLocale().name()}, {application.font().toString()}"] += 1
    found[f"page {window.pages.key}, {application.activeWindow() is window}"] += 1
    return found


def differences(first: Counter[str], now: Counter[str]) -> list[str]:
    """What is gone, with a −, and what has come, with a +."""
    return [f"− {line}" for line in first - now] + [f"+ {line}" for line in now - first]


def _of_all(window: MainWindow) -> Iterator[str]:
    parts = dict.fromkeys((window, *window.findChildren(QObject)))
    for page in window.pages:
        parts |= dict.fromkeys((page, *page.findChildren(QObject)))
    for part in parts:
        if isinstance(part, QWidget):
            if part is not window and not part.isVisibleTo(window):
                continue  # what is not seen is written anew before it is
            yield _seen(part)
        elif isinstance(part, QAction):
            yield f"QAction {part.text()} {part.isEnabled()} {part.isVisible()} {part.isChecked()}"
        yield from _remembered(part)


def _seen(part: QWidget) -> str:
    name = f"{type(part).__name__} in {type(part.parentWidget()).__name__}"
    said = [tell() for one in _said_by(type(part)) if callable(tell := getattr(part, one))]
    said = [one for one in said if _is_plain(type(one))]
    return f"{name} {part.geometry().getRect()} {part.isEnabled()} {said}"


def _remembered(part: QObject) -> Iterator[str]:
    if not _is_ours(kind := type(part)):
        return
    for name, value in vars(part).items():
        if name not in PASSING and _is_plain(type(value)):
            yield f"{kind.__name__}.{name} = {value!r}"
        elif name == ANSWERS:
            yield f"{kind.__name__}.{name}: {len(value)}"


# Asked of some thousand values after every test, of kinds that are few.


@cache
def _said_by(kind: type[QWidget]) -> tuple[str, ...]:
    return tuple(name for name in SAID if callable(getattr(kind, name, None)))


@cache
def _is_plain(kind: type) -> bool:
    return issubclass(kind, PLAIN)


@cache
def _is_ours(kind: type) -> bool:
    return kind.__module__.startswith("app.")
