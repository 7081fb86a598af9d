"""What is remembered between starts: window layout, theme, language, size, recent files.

It lies in one small file of texts. Nothing in it is ever more than a text: what a file of Qt's own settings says may
become any object, and ends the program where it cannot.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Collection
from pathlib import Path

from PySide6.QtCore import QByteArray, QLocale, QObject, QStandardPaths, QUrl, Signal

from app.kit.folders import note_unkept, path_of_url
from app.kit.translation import QT_TRANSLATE_NOOP
from engine.atomic import write_atomically
from engine.opening import read_file
from engine.problems import EngineError, Problem, Word, declare, printable

MAX_RECENT = 10
THEMES = ("light", "dark", "system")
LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Codes of the languages and their own names."""
SIZES = {"100": "1", "125": "1.25", "150": "1.5"}
"""How large all of the window is drawn, in percent of its usual size."""
MOST_BYTES = 1 << 20

SETTINGS_RESET = declare(
    "app.settings-reset",
    QT_TRANSLATE_NOOP("Problem", "Settings were reset: “{path}” couldn't be read, because {reason}."),
)
SETTINGS_NOT_JSON = declare(
    "app.settings-not-json",
    QT_TRANSLATE_NOOP("Problem", "Settings were reset: “{path}” isn't valid JSON (line {line}, column {column})."),
)
SETTINGS_NOT_TEXT = declare(
    "app.settings-not-text",
    QT_TRANSLATE_NOOP("Problem", "Settings were reset: the value of “{name}” in “{path}” isn't text."),
)
SETTINGS_KEPT = declare(
    "app.settings-kept", QT_TRANSLATE_NOOP("Problem", "{reset} The old file is kept beside it as “{kept}”.")
)
SETTING_RESET = declare(
    "app.setting-reset",
    QT_TRANSLATE_NOOP("Problem", "“{name}” was reset: its value in “{path}” isn't text."),
)
EMPTY = Word(QT_TRANSLATE_NOOP("Engine", "it is empty"))
NOT_TEXT = Word(QT_TRANSLATE_NOOP("Engine", "it has bytes that no text has"))
NOT_SETTINGS = Word(QT_TRANSLATE_NOOP("Engine", "it is JSON, but holds no names with values"))
TOO_DEEP = Word(QT_TRANSLATE_NOOP("Engine", "it is nested too deeply"))
NOT_INI = Word(QT_TRANSLATE_NOOP("Engine", "it isn't a valid INI file"))

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
        except (FileNotFoundError, NotADirectoryError):  # where a home is a file there have never been any
            self._values = self._taken_over(self._path.with_name("Neuroloom.ini"))
        except (OSError, EngineError) as error:
            self._values = {}
            self.problem, kept = _reset_problem(self._path, error), _set_aside(self._path, error)
            if kept is not None:
                self.problem = SETTINGS_KEPT(reset=self.problem, kept=kept.name)

    def _taken_over(self, path: Path) -> Values:
        """The texts in the file of earlier versions, which is Qt's. Layouts, which Qt wrote in a way of its own, begin
        anew."""
        from configparser import Error, RawConfigParser  # for the first start of this version alone

        parser = RawConfigParser(delimiters="=", comment_prefixes=(";",), strict=False)
        parser.optionxform = str  # type: ignore[assignment, method-assign]  # as the documentation has it
        try:
            parser.read_string(read_file(path, MOST_BYTES).decode())
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            self.problem = _reset_problem(path, error)
            return {}
        except (UnicodeDecodeError, Error) as error:
            self.problem = SETTINGS_RESET(path=path, reason=NOT_INI if isinstance(error, Error) else NOT_TEXT)
            return {}
        found: Values = {}
        for section in parser.sections():
            for name, value in parser.items(section):
                key = name if section == "General" else f"{section}/{name}".replace("\\", "/")
                if not value.startswith("@") and not set(value) & {'"', "\\"}:
                    found[key] = value.split(", ") if key == "recent" else value
                elif not key.startswith("layout/"):
                    self.problem = SETTING_RESET(name=key, path=path)
        return found

    def clear(self) -> None:
        """Forget everything, whatever the file holds."""
        self._values, self._changed, self.problem = {}, {}, None
        try:
            for path in (self._path, kept_path(self._path)):
                path.unlink(missing_ok=True)
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
            except (OSError, EngineError) as error:
                there = self._values
                _set_aside(self._path, error)
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
    """Read a file of settings. Raises OSError, also for what is no regular file, and EngineError for other content."""
    content = read_file(path, MOST_BYTES)
    if not content.strip():
        raise EngineError(SETTINGS_RESET(path=path, reason=EMPTY))
    try:
        found = json.loads(content, parse_int=float)  # int refuses a number of thousands of digits
    except RecursionError as error:
        raise EngineError(SETTINGS_RESET(path=path, reason=TOO_DEEP)) from error
    except UnicodeDecodeError as error:
        raise EngineError(SETTINGS_RESET(path=path, reason=NOT_TEXT)) from error
    except json.JSONDecodeError as error:
        if "\0" in error.doc:
            raise EngineError(SETTINGS_RESET(path=path, reason=NOT_TEXT)) from error
        raise EngineError(SETTINGS_NOT_JSON(path=path, line=error.lineno, column=error.colno)) from error
    if not isinstance(found, dict):
        raise EngineError(SETTINGS_RESET(path=path, reason=NOT_SETTINGS))
    for name, value in found.items():
        if not _is_text(value):
            raise EngineError(SETTINGS_NOT_TEXT(path=path, name=name))
    return found


def kept_path(path: Path) -> Path:
    """Return where a file of settings that can't be read is kept; only the latest is."""
    return path.with_name(f"{path.stem}.unreadable{path.suffix}")


def _set_aside(path: Path, error: OSError | EngineError) -> Path | None:
    """Move a file whose content can't be read out of the way of the next write. Return where it is kept, None for one
    that stays: a folder or a pipe, one that may not be moved, and one that the disk fails to read this time."""
    if isinstance(error, OSError) and error.errno != errno.EFBIG:
        return None
    place = Path(os.path.realpath(path))
    try:
        return place.replace(kept_path(place))
    except OSError:
        return None


def _reset_problem(path: Path, error: OSError | EngineError) -> Problem:
    """Return why the file can't be read."""
    return (
        error.problem if isinstance(error, EngineError) else SETTINGS_RESET(path=path, reason=error.strerror or "error")
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(part, str) for part in value))
