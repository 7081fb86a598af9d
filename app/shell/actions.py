"""Every action of the window, declared in one table: menus, shortcuts, tooltips and the list of shortcuts derive
from it. Canvas and timeline bring actions of their own, which :meth:`ActionSet.adopt` merges in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.kit.icons import set_icon
from app.kit.translation import QT_TRANSLATE_NOOP

MENUS: Mapping[str, str] = {
    "file": QT_TRANSLATE_NOOP("Actions", "&File"),
    "edit": QT_TRANSLATE_NOOP("Actions", "&Edit"),
    "view": QT_TRANSLATE_NOOP("Actions", "&View"),
    "train": QT_TRANSLATE_NOOP("Actions", "&Train"),
    "network": QT_TRANSLATE_NOOP("Actions", "&Network"),
    "pass": QT_TRANSLATE_NOOP("Actions", "&Pass"),
    "help": QT_TRANSLATE_NOOP("Actions", "&Help"),
}
"""Menus by key, in the order they are shown."""


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``group``: a separator stands between groups of a menu. ``text`` and ``tip`` are source strings."""

    name: str
    menu: str
    group: int
    text: str
    tip: str
    shortcuts: tuple[str, ...] = ()
    icon: str | None = None
    checkable: bool = False


ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("new", "file", 0, QT_TRANSLATE_NOOP("Actions", "New"),
               QT_TRANSLATE_NOOP("Actions", "Start over with a small network on two spirals"), ("Ctrl+N",), "new"),
    ActionSpec("gallery", "file", 0, QT_TRANSLATE_NOOP("Actions", "Gallery…"),
               QT_TRANSLATE_NOOP("Actions", "Choose a ready network that shows one idea"), ("Ctrl+G",), "gallery"),
    ActionSpec("open", "file", 0, QT_TRANSLATE_NOOP("Actions", "Open…"),
               QT_TRANSLATE_NOOP("Actions", "Open a network file, or a CSV or Parquet file as the data set"),
               ("Ctrl+O",), "open"),
    ActionSpec("save", "file", 1, QT_TRANSLATE_NOOP("Actions", "Save"),
               QT_TRANSLATE_NOOP("Actions", "Save the network, its data choice and its present weights"),
               ("Ctrl+S",), "save"),
    ActionSpec("save_as", "file", 1, QT_TRANSLATE_NOOP("Actions", "Save As…"),
               QT_TRANSLATE_NOOP("Actions", "Save under another name and go on with that file"), ("Ctrl+Shift+S",)),
    ActionSpec("quit", "file", 2, QT_TRANSLATE_NOOP("Actions", "Quit"),
               QT_TRANSLATE_NOOP("Actions", "Close the window; unsaved work is asked about first"), ("Ctrl+Q",)),
    ActionSpec("undo", "edit", 0, QT_TRANSLATE_NOOP("Actions", "Undo"),
               QT_TRANSLATE_NOOP("Actions", "Take the last edit back; training keeps its weights"),
               ("Ctrl+Z",), "undo"),
    ActionSpec("redo", "edit", 0, QT_TRANSLATE_NOOP("Actions", "Redo"),
               QT_TRANSLATE_NOOP("Actions", "Do the edit again that was taken back"),
               ("Ctrl+Shift+Z", "Ctrl+Y"), "redo"),
    ActionSpec("left_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Data and blocks"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the left panel: data, blocks, features, optimiser"),
               ("F5",), "left_panel", checkable=True),
    ActionSpec("right_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Output and block"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the right panel: output and the selected block"),
               ("F6",), "right_panel", checkable=True),
    ActionSpec("bottom_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Plots"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the plots: gradients, loss, activations, weights"),
               ("F7",), "bottom_panel", checkable=True),
    ActionSpec("timeline_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Pass animation"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the player of forward pass, loss, backward pass and update"),
               ("F8",), "play", checkable=True),
    ActionSpec("full_screen", "view", 1, QT_TRANSLATE_NOOP("Actions", "Full screen"),
               QT_TRANSLATE_NOOP("Actions", "Fill the whole screen, or go back to a window"),
               ("F11",), "fullscreen", checkable=True),
    ActionSpec("theme_light", "view", 2, QT_TRANSLATE_NOOP("Actions", "Light theme"),
               QT_TRANSLATE_NOOP("Actions", "Dark writing on a light ground"), checkable=True),
    ActionSpec("theme_dark", "view", 2, QT_TRANSLATE_NOOP("Actions", "Dark theme"),
               QT_TRANSLATE_NOOP("Actions", "Light writing on a dark ground"), checkable=True),
    ActionSpec("theme_system", "view", 2, QT_TRANSLATE_NOOP("Actions", "Theme of the system"),
               QT_TRANSLATE_NOOP("Actions", "Follow what the desktop is set to"), checkable=True),
    ActionSpec("toggle_theme", "view", 2, QT_TRANSLATE_NOOP("Actions", "Switch light and dark"),
               QT_TRANSLATE_NOOP("Actions", "Switch between the light and the dark theme"), ("Ctrl+Shift+L",), "theme"),
    ActionSpec("language_en", "view", 3, QT_TRANSLATE_NOOP("Actions", "English"),
               QT_TRANSLATE_NOOP("Actions", "Show the program in English from its next start on"), checkable=True),
    ActionSpec("language_zh_CN", "view", 3, QT_TRANSLATE_NOOP("Actions", "简体中文 (Simplified Chinese)"),
               QT_TRANSLATE_NOOP("Actions", "Show the program in Simplified Chinese from its next start on"),
               checkable=True),
    ActionSpec("play", "train", 0, QT_TRANSLATE_NOOP("Actions", "Play"),
               QT_TRANSLATE_NOOP("Actions", "Train until paused: every step lowers the loss along its gradient"),
               ("Space",), "play"),
    ActionSpec("step", "train", 0, QT_TRANSLATE_NOOP("Actions", "Step"),
               QT_TRANSLATE_NOOP("Actions", "One step: forward and backward over one batch, then one update"),
               ("Shift+Space",), "step"),
    ActionSpec("epoch", "train", 0, QT_TRANSLATE_NOOP("Actions", "Epoch"),
               QT_TRANSLATE_NOOP("Actions", "On to the end of the epoch: every training sample once"),
               ("Ctrl+E",), "epoch"),
    ActionSpec("reset", "train", 1, QT_TRANSLATE_NOOP("Actions", "Reset"),
               QT_TRANSLATE_NOOP("Actions", "Back to step 0 with the same seed: the very same start weights"),
               ("Ctrl+R",), "reset"),
    ActionSpec("reset_new_seed", "train", 1, QT_TRANSLATE_NOOP("Actions", "Reset with a new seed"),
               QT_TRANSLATE_NOOP("Actions", "Back to step 0 with other random start weights and another shuffle"),
               ("Ctrl+Shift+R",), "dice"),
    ActionSpec("slower", "train", 2, QT_TRANSLATE_NOOP("Actions", "Slower"),
               QT_TRANSLATE_NOOP("Actions", "Train more slowly, down to one step a second"), ("Ctrl+[",), "minus"),
    ActionSpec("faster", "train", 2, QT_TRANSLATE_NOOP("Actions", "Faster"),
               QT_TRANSLATE_NOOP("Actions", "Train faster, up to as fast as the machine can"), ("Ctrl+]",), "plus"),
    ActionSpec("full_speed", "train", 2, QT_TRANSLATE_NOOP("Actions", "Full speed"),
               QT_TRANSLATE_NOOP("Actions", "Train as fast as the machine can"), ("Ctrl+\\",), "speed"),
    ActionSpec("stop_after", "train", 3, QT_TRANSLATE_NOOP("Actions", "Stop after…"),
               QT_TRANSLATE_NOOP("Actions", "Pause by itself after a number of epochs"), ("Ctrl+T",), "flag"),
    ActionSpec("shortcuts", "help", 0, QT_TRANSLATE_NOOP("Actions", "Keyboard shortcuts"),
               QT_TRANSLATE_NOOP("Actions", "List every shortcut"), ("F1", "Ctrl+/"), "keyboard"),
    ActionSpec("show_log", "help", 0, QT_TRANSLATE_NOOP("Actions", "Show the log file"),
               QT_TRANSLATE_NOOP("Actions", "Open the folder of the log, where internal errors are written down")),
    ActionSpec("about", "help", 1, QT_TRANSLATE_NOOP("Actions", "About Neuroloom"),
               QT_TRANSLATE_NOOP("Actions", "Version, and the licences of what it is built with"), icon="info"),
)  # fmt: skip


def _tr(text: str) -> str:
    return QCoreApplication.translate("Actions", text)


class ActionSet:
    """The window's actions by name. They belong to the window, so their shortcuts work with every menu closed."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._specs = {spec.name: spec for spec in ACTIONS}
        self._actions = {spec.name: self._make(spec) for spec in ACTIONS}
        self._menus: dict[str, str] = {spec.name: spec.menu for spec in ACTIONS}

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(_tr(spec.text), self._window)
        action.setObjectName(spec.name)
        action.setShortcuts([QKeySequence(keys) for keys in spec.shortcuts])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setCheckable(spec.checkable)
        action.setAutoRepeat(spec.name in ("undo", "redo", "step", "epoch"))
        if spec.icon is not None:
            set_icon(action, spec.icon)
        describe(action, _tr(spec.tip))
        self._window.addAction(action)
        return action

    def bind(self, slots: Mapping[str, Callable[[], object]]) -> None:
        """Connect actions to what they do. Raises KeyError for a name that is not in the table."""
        for name, slot in slots.items():
            self._actions[name].triggered.connect(lambda _checked=False, slot=slot: slot())

    def adopt(self, menu: str, actions: Mapping[str, QAction]) -> None:
        """Take in the actions of another widget, to be listed under ``menu``; their own widget keeps them."""
        for name, action in actions.items():
            self._actions[name] = action
            self._menus[name] = menu
            if not action.toolTip() or action.toolTip() == action.text():
                describe(action, action.statusTip() or action.text())

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def __iter__(self) -> Iterator[tuple[str, QAction]]:
        return iter(self._actions.items())

    def groups(self, menu: str) -> list[list[QAction]]:
        """The actions of a menu, group by group; adopted ones come last."""
        groups: dict[int, list[QAction]] = {}
        for name, action in self._actions.items():
            if self._menus[name] == menu:
                spec = self._specs.get(name)
                groups.setdefault(spec.group if spec is not None else 99, []).append(action)
        return [groups[key] for key in sorted(groups)]

    def menus(self) -> list[tuple[str, str]]:
        """(key, title) of the menus that hold something."""
        return [(key, _tr(title)) for key, title in MENUS.items() if self.groups(key)]


def describe(action: QAction, tip: str) -> None:
    """Give the action its tooltip: what it does, and the keys that do it."""
    keys = ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts())
    action.setStatusTip(tip)
    action.setToolTip(f"{tip} ({keys})" if keys else tip)
