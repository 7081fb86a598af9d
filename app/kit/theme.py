"""Colours of the light and the dark theme, and what texts call them: the one place where a colour is written down.

Positive and negative have one colour each everywhere (weights, outputs, gradients), told apart by every common kind
of colour blindness. Magnitude is width or saturation, never hue.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication

from app.kit.translation import QT_TRANSLATE_NOOP


@dataclass(frozen=True, slots=True)
class Theme:
    """Every colour a view may use, as ``#rrggbb``. ``neutral`` is the middle of the diverging map. ``more_classes``: of
    the third class and on."""

    name: str
    window: str
    surface: str
    raised: str
    border: str
    text: str
    text_muted: str
    accent: str
    accent_soft: str
    on_accent: str
    positive: str
    negative: str
    neutral: str
    good: str
    warning: str
    danger: str
    grid_dots: str
    track: str
    series: tuple[str, ...]
    more_classes: tuple[str, ...]

    @property
    def dark(self) -> bool:
        """Whether this is a dark theme."""
        return self.name == "dark"

    @property
    def classes(self) -> tuple[str, ...]:
        """The colours of classes: of two, negative and positive."""
        return self.negative, self.positive, *self.more_classes


LIGHT = Theme(
    name="light",
    window="#f4f6fa",
    surface="#ffffff",
    raised="#f8f9fc",
    border="#e0e4ec",
    text="#1a1f29",
    text_muted="#5d6778",
    accent="#1766d1",
    accent_soft="#e6effb",
    on_accent="#ffffff",
    positive="#1766d1",
    negative="#ee8227",
    neutral="#f2f4f8",
    good="#26845a",
    warning="#a86d0c",
    danger="#c9302c",
    grid_dots="#dde2ea",
    track="#dde2ea",
    series=("#1766d1", "#128a79", "#8455d6", "#c2418c", "#5c7a1f", "#8a5a2b", "#3f6f8f", "#a23b3b", "#e07b1a"),
    more_classes=(
        "#128a79",
        "#8455d6",
        "#c2418c",
        "#7a8f1d",
        "#8a5a2b",
        "#5d6778",
        "#d9b310",
        "#2aa5d6",
    ),
)

DARK = Theme(
    name="dark",
    window="#15181d",
    surface="#1c2027",
    raised="#232830",
    border="#303640",
    text="#eef1f6",
    text_muted="#9aa4b4",
    accent="#58a6ff",
    accent_soft="#22364f",
    on_accent="#0d1420",
    positive="#58a6ff",
    negative="#ff9a3c",
    neutral="#20242c",
    good="#43b581",
    warning="#e0a83a",
    danger="#ff6b66",
    grid_dots="#2a2f38",
    track="#343a45",
    series=("#58a6ff", "#35c4ad", "#b48bff", "#f06fb4", "#a8c64f", "#d39b6a", "#7fb2d0", "#ef7f7f", "#ff9a3c"),
    more_classes=(
        "#35c4ad",
        "#b48bff",
        "#f06fb4",
        "#b9cc4a",
        "#d39b6a",
        "#9aa4b4",
        "#f2d34f",
        "#5fd0f5",
    ),
)


NAMES = {
    "positive": QT_TRANSLATE_NOOP("Theme", "blue"),
    "negative": QT_TRANSLATE_NOOP("Theme", "orange"),
    "good": QT_TRANSLATE_NOOP("Theme", "green"),
    "warning": QT_TRANSLATE_NOOP("Theme", "amber"),
    "danger": QT_TRANSLATE_NOOP("Theme", "red"),
}
"""What texts call these colours, in both themes. A text has a placeholder, ``{positive}``, and no colour's name."""


def colour_names() -> dict[str, str]:
    """What the window's language calls the colours of ``NAMES``, to fill a text's placeholders."""
    return {key: QCoreApplication.translate("Theme", name) for key, name in NAMES.items()}


class ThemeNotifier(QObject):
    """Says when the theme has changed."""

    changed = Signal()


_active: Theme = LIGHT


@lru_cache(maxsize=1)
def notifier() -> ThemeNotifier:
    """The one notifier."""
    return ThemeNotifier()


def follow(restyle: Callable[[], None]) -> None:
    """Call a method of a widget now, and again whenever the theme changes, for as long as the widget lives."""
    notifier().changed.connect(restyle)
    restyle()


def current() -> Theme:
    """The theme in force."""
    return _active


def system_theme() -> Theme:
    """The theme that the desktop asks for; light when it does not say."""
    hints = QGuiApplication.styleHints() if QGuiApplication.instance() else None
    return DARK if hints is not None and hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def set_theme(name: str) -> None:
    """Put ``"light"``, ``"dark"`` or ``"system"`` in force and tell every view."""
    global _active
    chosen = {"light": LIGHT, "dark": DARK}.get(name) or system_theme()
    if chosen is not _active:
        _active = chosen
        notifier().changed.emit()


@lru_cache(maxsize=256)
def _parsed(text: str) -> QColor:
    return QColor(text)


def colour(name: str) -> QColor:
    """A colour of the current theme by its field's name."""
    return QColor(_parsed(getattr(_active, name)))  # a copy, which its taker may change


def series_colour(index: int, count: int) -> QColor:
    """The colour of layer ``index`` of ``count``; the last, the output, is always the series' last."""
    series = _active.series
    return QColor(series[-1] if index == count - 1 else series[index % (len(series) - 1)])


def class_colour(index: int) -> QColor:
    """The colour of a class."""
    classes = _active.classes
    return QColor(classes[index % len(classes)])
