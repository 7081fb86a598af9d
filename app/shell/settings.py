"""What is remembered between starts: window layout, theme, language, size, recent files.

It lies in one small file of texts. Nothing in it is ever more than a text: what a file of Qt's own settings says may
become any object, and ends the program where it cannot.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QObject, QStandardPaths, QUrl, Signal

from app.kit.folders import note_unkept, path_of_url
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.atomic import write_atomically
from engine.opening import read_file
from engine.problems import Problem, Word, declare, printable

MAX_RECENT = 10
THEMES = ("light", "dark", "system")
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Codes of the languages and their own names."""
SIZES = {"100": "1", "125": "1.25", "150": "1.5"}
"""How large all of the window is drawn, in percent of its usual size."""
MOST_BYTES = 1 << 20

SETTINGS_RESET = declare(
    "app.settings-reset",
    QT_TRANSLATE_NOOP("Problem", "“{path}” couldn't be read ({reason}), so its settings were reset."),
)
NOT_TEXT = Word(QT_TRANSLATE_NOOP("Engine", "it isn't all text"))

Values = dict[str, str | list[str]]


def settings_file() -> Path:
    """Where they lie."""
    base = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericConfigLocation)
    return Path(base) / "Neuroloom" / "settings.json"


class Settings(QObject):
    """Typed access to the file; whatever is unreadable there counts as not set, and is said once (``problem``)."""

    recent_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.problem: Problem | None = None
        self._path = settings_file()
        self._changed: Values = {}
        self._held: dict[str, str] = {}
        """What the command line asks for this time."""
        try:
            self._values = _read(self._path)
        except FileNotFoundError:
            self._values = self._taken_over(self._path.with_name("Neuroloom.ini"))
        except (OSError, ValueError) as error:
            self._values = {}
            self._note_reset(self._path, error if isinstance(error, OSError) else None)

    def _taken_over(self, path: Path) -> Values:
        """The texts in the file of earlier versions, which is Qt's. Layouts, which Qt wrote in a way of its own, begin
        anew."""
        from configparser import Error, RawConfigParser  # for the first start of this version alone

        parser = RawConfigParser(delimiters="=", comment_prefixes=(";",), strict=False)
        parser.optionxform = str  # type: ignore[assignment, method-assign]  # as the documentation has it
        try:
            parser.read_string(read_file(path, MOST_BYTES).decode())
        except FileNotFoundError:
            return {}
        except (OSError, UnicodeDecodeError, Error) as error:
            self._note_reset(path, error if isinstance(error, OSError) else None)
            return {}
        found: Values = {}
        for section in parser.sections():
            for name, value in parser.items(section):
                key = name if section == "General" else f"{section}/{name}".replace("\\", "/")
                if not value.startswith("@") and not set(value) & {'"', "\\"}:
                    found[key] = value.split(", ") if key == "recent" else value
                elif not key.startswith("layout/"):
                    self._note_reset(path, None)
        return found

    def _note_reset(self, path: Path, error: OSError | None) -> None:
        reason = NOT_TEXT if error is None else error.strerror or "error"
        self.problem = SETTINGS_RESET(path=path, reason=reason)

    def clear(self) -> None:
        """Forget everything, whatever the file holds."""
        self._values, self._changed, self.problem = {}, {}, None
        try:
            self._path.unlink(missing_ok=True)
            self._write({})
        except OSError as error:
            note_unkept(self._path, error)
        self.recent_changed.emit()

    def sync(self) -> None:
        """Write what has changed to the disk now; what other windows have changed meanwhile stays."""
        if not self._changed:
            return
        try:
            try:
                there = _read(self._path)
            except (OSError, ValueError):
                there = self._values
            self._write(there | self._changed)
        except OSError as error:
            note_unkept(self._path, error)
        self._changed = {}

    def _write(self, values: Values) -> None:
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(self._path, json.dumps(values, indent=1).encode(), private=True)

    def _put(self, key: str, value: str | list[str]) -> None:
        """Set a value, and write it, unless it is one of the layouts, which come many at a time."""
        self._held.pop(key, None)
        if self._values.get(key) != value:
            self._values[key] = self._changed[key] = value
            if not key.startswith("layout/"):
                self.sync()

    def hold(self, key: str, value: str) -> None:
        """Have a value in force until this window closes or another is chosen in it; nothing is written."""
        self._held[key] = value

    def _text(self, key: str) -> str:
        value = self._held.get(key) or self._values.get(key, "")
        return value if isinstance(value, str) else ""

    @property
    def theme(self) -> str:
        """``light``, ``dark`` or ``system``."""
        return self._choice("theme", THEMES, "system")

    @theme.setter
    def theme(self, name: str) -> None:
        self._put("theme", name)

    @property
    def language(self) -> str:
        """A key of ``LANGUAGES``, or ``system`` where the person has not chosen."""
        return self._choice("language", (*LANGUAGES, "system"), "system")

    @language.setter
    def language(self, code: str) -> None:
        self._put("language", code)

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
        self._put("size", percent)

    def _choice(self, key: str, allowed: Collection[str], default: str) -> str:
        value = self._text(key)
        return value if value in allowed else default

    def layout(self, part: str) -> QByteArray | None:
        """The remembered state of the window or of a splitter."""
        value = self._text(f"layout/{part}")
        return QByteArray.fromBase64(value.encode()) if value else None

    def set_layout(self, part: str, state: QByteArray) -> None:
        """Remember the state of the window or of a splitter."""
        self._put(f"layout/{part}", bytes(state.toBase64().data()).decode())

    def shown(self, panel: str, usual: bool = True) -> bool:
        """Whether the panel was left open; ``usual`` for one that was neither opened nor closed yet."""
        remembered = self._text(f"shown/{panel}")
        return remembered != "false" if remembered in ("true", "false") else usual

    def set_shown(self, panel: str, shown: bool) -> None:
        """Remember whether the panel is open."""
        self._put(f"shown/{panel}", "true" if shown else "false")

    def noted(self, name: str) -> str:
        """A choice that was noted under a name; empty where there is none."""
        return self._text(f"noted/{name}")

    def note(self, name: str, choice: str) -> None:
        """Remember a choice under a name."""
        self._put(f"noted/{name}", choice)

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """Files opened or saved lately, the latest first."""
        value = self._values.get("recent", [])
        names = [value] if isinstance(value, str) else value
        return tuple(_path_of(name) for name in names if name)[:MAX_RECENT]

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
        self._put("recent", [_text_of(path) for path in paths[:MAX_RECENT]])
        self.recent_changed.emit()


def _text_of(path: Path) -> str:
    """A path as it is kept: one whose name is no UTF-8, which Qt's strings cannot hold, as a URL."""
    text = str(path)
    return text if printable(text) == text else path.as_uri()


def _path_of(text: str) -> Path:
    return path_of_url(QUrl(text)) if text.startswith("file:") else Path(text)


def _read(path: Path) -> Values:
    """Raises OSError, also for what is no regular file, and ValueError where not all of it is text."""
    try:
        content = json.loads(read_file(path, MOST_BYTES))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(content, dict) or not all(map(_is_text, content.values())):
        raise ValueError("no settings")
    return content


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))
