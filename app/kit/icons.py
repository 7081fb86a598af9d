"""Line icons: SVG files of the program's own, drawn in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache
from typing import Protocol
from weakref import ref

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from shiboken6 import isValid

import assets
from app.kit import theme

DISABLED_OPACITY = 0.4
SIDES = (20, 40)
"""Sides in pixels that an icon holds, for plain and dense screens: each costs a part of the start; Qt scales."""


class _Iconed(Protocol):
    """An action or a button."""

    def setIcon(self, icon: QIcon, /) -> None: ...


def _resolved(colour: str | None) -> str:
    """``#rrggbb`` of a colour given as such or by its field in the theme; muted text by default."""
    if colour is not None and colour.startswith("#"):
        return colour
    return QColor(getattr(theme.current(), colour or "text_muted")).name()


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    source = assets.path(f"icons/{name}.svg").read_bytes()
    return QSvgRenderer(QByteArray(source.replace(b"currentColor", colour.encode())))


def _drawn(name: str, side: float, colour: str, ratio: float = 1.0, opacity: float = 1.0) -> QPixmap:
    image = QPixmap(round(side * ratio), round(side * ratio))
    image.fill(Qt.GlobalColor.transparent)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    try:
        painter.setOpacity(opacity)
        _renderer(name, colour).render(painter, QRectF(0, 0, side, side))
    finally:
        painter.end()
    return image


@lru_cache(maxsize=256)
def _icon(name: str, colour: str) -> QIcon:
    made = QIcon()
    for side in SIDES:
        made.addPixmap(_drawn(name, side, colour))
        made.addPixmap(_drawn(name, side, colour, opacity=DISABLED_OPACITY), QIcon.Mode.Disabled)
    return made


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon of ``assets/icons/<name>.svg`` in a colour of the theme (its field's name, or ``#rrggbb``).

    It keeps its colour; :func:`set_icon` is for what is to follow a change of theme. Raises FileNotFoundError when
    there is no such icon: a mistake in the program.
    """
    return _icon(name, _resolved(colour))


def pixmap(name: str, side: float, colour: str | None = None, ratio: float = 1.0) -> QPixmap:
    """The icon as a square picture, ``side`` device-independent pixels wide."""
    return _drawn(name, side, _resolved(colour), ratio)


class _IconKeeper(QObject):
    """Gives targets their icons again whenever the theme changes."""

    def __init__(self) -> None:
        super().__init__()
        self._wanted: dict[int, tuple[ref[_Iconed], str, str | None]] = {}
        theme.notifier().changed.connect(self.refresh)

    def give(self, target: _Iconed, name: str, colour: str | None) -> None:
        target.setIcon(icon(name, colour))
        self._wanted[id(target)] = (ref(target), name, colour)

    @Slot()
    def refresh(self) -> None:
        for key, (target, name, colour) in list(self._wanted.items()):
            living = target()
            if living is None or not isValid(living):
                del self._wanted[key]
            else:
                living.setIcon(icon(name, colour))


@lru_cache(maxsize=1)
def _keeper() -> _IconKeeper:
    return _IconKeeper()


def set_icon(target: _Iconed, name: str, colour: str | None = None) -> None:
    """Give an action or a button an icon that follows the theme."""
    _keeper().give(target, name, colour)
