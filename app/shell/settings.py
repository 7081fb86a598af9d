"""What is remembered between starts: window layout, theme, language, size, recent files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QObject, QSettings, QUrl, Signal

from app.kit.folders import path_of_url
from engine.problems import printable

MAX_RECENT = 10
THEMES = ("light", "dark", "system")
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Codes of the languages and their own names."""
SIZES = {"100": "1", "125": "1.25", "150": "1.5"}
"""How large all of the window is drawn, in percent of its usual size."""


class Settings(QObject):
    """Typed access to QSettings; whatever is unreadable there counts as not set."""

    recent_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Neuroloom", "Neuroloom")

    def clear(self) -> None:
        """Forget everything."""
        self._store.clear()
        self.recent_changed.emit()

    def sync(self) -> None:
        """Write what has changed to the disk now."""
        self._store.sync()

    @property
    def theme(self) -> str:
        """``light``, ``dark`` or ``system``."""
        return self._choice("theme", THEMES, "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._store.setValue("theme", name)

    @property
    def language(self) -> str:
        """A key of ``LANGUAGES``, or ``system`` where the person has not chosen."""
        return self._choice("language", (*LANGUAGES, "system"), "system")

    @language.setter
    def language(self, code: str) -> None:
        self._store.setValue("language", code)

    @property
    def shown_language(self) -> str:
        """The chosen language or, where none is chosen, the desktop's if the program speaks it; else English."""
        if self.language != "system":
            return self.language
        return "zh_CN" if QLocale.system().language() == QLocale.Language.Chinese else "en"

    @property
    def size(self) -> str:
        """One of ``SIZES``."""
        return self._choice("size", SIZES, "100")

    @size.setter
    def size(self, percent: str) -> None:
        self._store.setValue("size", percent)

    def _choice(self, key: str, allowed: Collection[str], default: str) -> str:
        value = self._store.value(key)
        return value if isinstance(value, str) and value in allowed else default

    def layout(self, part: str) -> QByteArray | None:
        """The remembered state of the window or of a splitter."""
        value = self._store.value(f"layout/{part}")
        return value if isinstance(value, QByteArray) else None

    def set_layout(self, part: str, state: QByteArray) -> None:
        """Remember the state of the window or of a splitter."""
        self._store.setValue(f"layout/{part}", state)

    def shown(self, panel: str, usual: bool = True) -> bool:
        """Whether the panel was left open; ``usual`` for one that was neither opened nor closed yet."""
        remembered = str(self._store.value(f"shown/{panel}", "")).lower()
        return remembered != "false" if remembered in ("true", "false") else usual

    def set_shown(self, panel: str, shown: bool) -> None:
        """Remember whether the panel is open."""
        self._store.setValue(f"shown/{panel}", "true" if shown else "false")

    def noted(self, name: str) -> str:
        """A choice that was noted under a name; empty where there is none."""
        value = self._store.value(f"noted/{name}")
        return value if isinstance(value, str) else ""

    def note(self, name: str, choice: str) -> None:
        """Remember a choice under a name."""
        self._store.setValue(f"noted/{name}", choice)

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """Files opened or saved lately, the latest first."""
        value = self._store.value("recent")
        names = [value] if isinstance(value, str) else value if isinstance(value, list) else []
        return tuple(_path_of(name) for name in names if isinstance(name, str) and name)[:MAX_RECENT]

    def add_recent(self, path: Path) -> None:
        """Put a file first in the list."""
        path = path.resolve()
        self._set_recent([path, *(other for other in self.recent_files if other != path)])

    def remove_recent(self, path: Path) -> None:
        """Take a file that is gone out of the list."""
        self._set_recent([other for other in self.recent_files if other != path])

    def clear_recent(self) -> None:
        """Empty the list."""
        self._set_recent([])

    def _set_recent(self, paths: list[Path]) -> None:
        self._store.setValue("recent", [_text_of(path) for path in paths[:MAX_RECENT]])
        self.recent_changed.emit()


def _text_of(path: Path) -> str:
    """A path as it is kept: one whose name is no UTF-8, which Qt's strings cannot hold, as a URL."""
    text = str(path)
    return text if printable(text) == text else path.as_uri()


def _path_of(text: str) -> Path:
    return path_of_url(QUrl(text)) if text.startswith("file:") else Path(text)
