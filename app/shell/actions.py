"""The window's own actions, whatever workspace is shown; the workspaces bring theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtWidgets import QWidget

from app.kit.actions import ActionSet, ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP

MENUS: Mapping[str, str] = {
    "file": QT_TRANSLATE_NOOP("Actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "appearance": QT_TRANSLATE_NOOP("Actions", "&Appearance"),
    "help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}
"""Menus by key, in the order they are shown; those of the page that is shown stand before Help."""

_NEW = ActionSpec("new", "file", 0, QT_TRANSLATE_NOOP("Actions", "New"),
                  QT_TRANSLATE_NOOP("Actions", "Start over"), ("Ctrl+N",), "new")  # fmt: skip

_REST: tuple[ActionSpec, ...] = (
    ActionSpec("open", "file", 0, QT_TRANSLATE_NOOP("Actions", "Open…"),
               QT_TRANSLATE_NOOP("Actions", "Open a file of your own"), ("Ctrl+O",), "open"),
    ActionSpec("open_link", "file", 0, QT_TRANSLATE_NOOP("Actions", "Open link…"),
               QT_TRANSLATE_NOOP("Actions", "Open a network from a link"), ("Ctrl+Shift+O",)),
    ActionSpec("recover", "file", 0, QT_TRANSLATE_NOOP("Actions", "Recover…"),
               QT_TRANSLATE_NOOP("Actions", "Choose among unsaved work of windows that did not close properly"),
               ("Ctrl+Alt+R",)),
    ActionSpec("save", "file", 1, QT_TRANSLATE_NOOP("Actions", "Save"),
               QT_TRANSLATE_NOOP("Actions", "Save to its file; asks for a name if it has none yet"),
               ("Ctrl+S",), "save"),
    ActionSpec("save_as", "file", 1, QT_TRANSLATE_NOOP("Actions", "Save As…"),
               QT_TRANSLATE_NOOP("Actions", "Save under another name and continue with that file"), ("Ctrl+Shift+S",)),
    ActionSpec("quit", "file", 2, QT_TRANSLATE_NOOP("Actions", "Quit"),
               QT_TRANSLATE_NOOP("Actions", "Close the window; asks about unsaved work first"), ("Ctrl+Q",)),
    ActionSpec("undo", "edit", 0, QT_TRANSLATE_NOOP("Actions", "Undo"),
               QT_TRANSLATE_NOOP("Actions", "Undo the last edit"), ("Ctrl+Z",), "undo", repeats=True),
    ActionSpec("redo", "edit", 0, QT_TRANSLATE_NOOP("Actions", "Redo"),
               QT_TRANSLATE_NOOP("Actions", "Redo the edit that was undone"),
               ("Ctrl+Shift+Z", "Ctrl+Y"), "redo", repeats=True),
    ActionSpec("present", "view", 1, QT_TRANSLATE_NOOP("Actions", "Present"),
               QT_TRANSLATE_NOOP("Actions", "Fill the screen with just the picture and its player; Escape leaves"),
               ("F11",), "fullscreen", checkable=True),
    ActionSpec("full_screen", "view", 1, QT_TRANSLATE_NOOP("Actions", "Full screen"),
               QT_TRANSLATE_NOOP("Actions", "Fill the whole screen, or go back to a window"),
               ("Shift+F11",), checkable=True),
    ActionSpec("theme_light", "appearance", 0, QT_TRANSLATE_NOOP("Actions", "Light theme"),
               QT_TRANSLATE_NOOP("Actions", "Dark text on a light background"), checkable=True),
    ActionSpec("theme_dark", "appearance", 0, QT_TRANSLATE_NOOP("Actions", "Dark theme"),
               QT_TRANSLATE_NOOP("Actions", "Light text on a dark background"), checkable=True),
    ActionSpec("theme_system", "appearance", 0, QT_TRANSLATE_NOOP("Actions", "System theme"),
               QT_TRANSLATE_NOOP("Actions", "Follow the desktop's setting"), checkable=True),
    ActionSpec("toggle_theme", "appearance", 0, QT_TRANSLATE_NOOP("Actions", "Switch light and dark"),
               QT_TRANSLATE_NOOP("Actions", "Switch between the light and the dark theme"), ("Ctrl+Shift+L",), "theme"),
    ActionSpec("language_en", "appearance", 1, QT_TRANSLATE_NOOP("Actions", "English"),
               QT_TRANSLATE_NOOP("Actions", "Show the program in English"), checkable=True),
    ActionSpec("language_zh_CN", "appearance", 1, QT_TRANSLATE_NOOP("Actions", "简体中文 (Simplified Chinese)"),
               QT_TRANSLATE_NOOP("Actions", "Show the program in Simplified Chinese"),
               checkable=True),
    ActionSpec("size_100", "appearance", 2, QT_TRANSLATE_NOOP("Actions", "Everything at 100 %"),
               QT_TRANSLATE_NOOP("Actions", "Show everything at normal size"),
               checkable=True),
    ActionSpec("size_125", "appearance", 2, QT_TRANSLATE_NOOP("Actions", "Everything at 125 %"),
               QT_TRANSLATE_NOOP("Actions", "Show everything 25 % larger"),
               checkable=True),
    ActionSpec("size_150", "appearance", 2, QT_TRANSLATE_NOOP("Actions", "Everything at 150 %"),
               QT_TRANSLATE_NOOP("Actions", "Show everything 50 % larger"),
               checkable=True),
    ActionSpec("shortcuts", "help", 0, QT_TRANSLATE_NOOP("Actions", "Keys and mouse"),
               QT_TRANSLATE_NOOP("Actions", "All shortcuts, and what the mouse does"),
               ("F1", "Ctrl+/"), "keyboard"),
    ActionSpec("glossary", "help", 0, QT_TRANSLATE_NOOP("Actions", "Glossary"),
               QT_TRANSLATE_NOOP("Actions", "Look up what a word or a symbol means"), ("Shift+F1",), "help"),
    ActionSpec("show_log", "help", 0, QT_TRANSLATE_NOOP("Actions", "Show the log file"),
               QT_TRANSLATE_NOOP("Actions", "Open the folder with the log, where internal errors are recorded")),
    ActionSpec("about", "help", 1, QT_TRANSLATE_NOOP("Actions", "About Neuroloom"),
               QT_TRANSLATE_NOOP("Actions", "Version, and the licences of the packages it uses"), icon="info"),
)  # fmt: skip


def window_actions(window: QWidget, visits: Iterable[ActionSpec]) -> ActionSet:
    """The window's actions, those among them that lead to the workspaces."""
    return ActionSet(window, (_NEW, *visits, *_REST))
