"""What the window's own actions do, by the page that is shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QActionGroup, QDesktopServices, QUndoGroup, QUndoStack
from PySide6.QtWidgets import QMainWindow
from shiboken6 import isValid

from app.kit import theme
from app.kit.actions import ActionSet, describe
from app.kit.words import letters
from app.shell.crash import log_file
from app.shell.files import Files
from app.shell.menus import menus_of
from app.shell.messages import MessageBar
from app.shell.pages import Pages
from app.shell.presentation import Presentation
from app.shell.settings import LANGUAGES, SIZES, THEMES, Settings
from app.workspaces.workspace import Page

NEED_A_DOCUMENT = ("save", "save_as")


class Bindings(QObject):
    """Binds the table of :mod:`app.shell.actions`; pages bind their own."""

    def __init__(
        self,
        window: QMainWindow,
        actions: ActionSet,
        pages: Pages,
        files: Files,
        undo_group: QUndoGroup,
        messages: MessageBar,
        settings: Settings,
        visit: Callable[[str], object],
        start_again: Callable[[], bool],
        presentation: Presentation,
    ) -> None:
        super().__init__(window)
        self._visit, self._restart = visit, start_again
        self._window, self._actions, self._pages, self._files = window, actions, pages, files
        self._messages, self._settings = messages, settings
        self._presentation = presentation
        presentation.changed.connect(actions["present"].setChecked)
        self._redone: QUndoStack | None = None
        """What redo acts on."""
        self._usual_tips = {name: action.statusTip() for name, action in actions}
        self._tips = dict(self._usual_tips)
        """As the page that is shown has them."""
        self._bind(undo_group)
        self._follow_undo(undo_group)
        self._follow_choices()

    def _bind(self, undo_group: QUndoGroup) -> None:
        self._actions.bind(
            {
                "new": self._files.new,
                "open": self._files.choose_and_open,
                "open_link": self._files.ask_for_link,
                "save": self._files.save,
                "save_as": self._files.save_as,
                "quit": self._window.close,
                "undo": undo_group.undo,
                "redo": self._redo,
                "present": self._presentation.toggle,
                "full_screen": self._toggle_full_screen,
                "toggle_theme": lambda: self._choose_theme("light" if theme.current().dark else "dark"),
                "shortcuts": self._show_shortcuts,
                "glossary": self._show_glossary,
                "show_log": self._show_log,
                "about": self._show_about,
            }
        )
        for key, workspace in self._pages.workspaces.items():
            self._actions.bind({workspace.visit.name: partial(self._visit, key)})

    def _follow_undo(self, group: QUndoGroup) -> None:
        group.canUndoChanged.connect(self._actions["undo"].setEnabled)
        group.undoTextChanged.connect(self._name_undo)

    @Slot(str)
    def _name_undo(self, step: str) -> None:
        self._name("undo", self.tr("Undo {step}"), step)

    @Slot(str)
    def _name_redo(self, step: str) -> None:
        self._name("redo", self.tr("Redo {step}"), step)

    def _name(self, name: str, text: str, step: str) -> None:
        """Say which step it is, in the menu and in the tip of the button, which has no words."""
        action, tip = self._actions[name], self._tips[name]
        action.setText(text.format(step=letters(step)).rstrip())
        describe(action, self.tr("“{step}”: {tip}").format(step=step, tip=tip) if step else tip)

    def follow(self, page: Page) -> None:
        """What needs a document is there with one alone; the page says what the window's actions mean on it."""
        for name in NEED_A_DOCUMENT:
            self._actions[name].setVisible(page.document is not None)
            self._actions[name].setEnabled(page.document is not None)
        self._tips = {name: page.tips.get(name, usual) for name, usual in self._usual_tips.items()}
        for name, tip in self._tips.items():
            describe(self._actions[name], tip)

    def follow_undo(self, undone: QUndoStack | None, redone: QUndoStack | None) -> None:
        """Undo and redo are there with a stack alone; redo may be of another one."""
        for name in ("undo", "redo"):
            self._actions[name].setVisible(undone is not None)
        self._actions["undo"].setEnabled(undone is not None and undone.canUndo())
        self._name_undo(undone.undoText() if undone is not None else "")
        redo = self._actions["redo"]
        if self._redone is not None and self._redone is not redone and isValid(self._redone):
            self._redone.canRedoChanged.disconnect(redo.setEnabled)
            self._redone.redoTextChanged.disconnect(self._name_redo)
        if redone is not None and self._redone is not redone:
            redone.canRedoChanged.connect(redo.setEnabled)
            redone.redoTextChanged.connect(self._name_redo)
        self._redone = redone
        redo.setEnabled(redone is not None and redone.canRedo())
        self._name_redo(redone.redoText() if redone is not None else "")

    @Slot()
    def _redo(self) -> None:
        if self._redone is not None:
            self._redone.redo()

    def _follow_choices(self) -> None:
        """Themes, languages and sizes: one of each is chosen."""
        self._themes, self._languages, self._sizes = QActionGroup(self), QActionGroup(self), QActionGroup(self)
        for name in THEMES:
            action = self._themes.addAction(self._actions[f"theme_{name}"])
            action.setChecked(self._settings.theme == name)
            action.triggered.connect(partial(self._take_theme, name))
        shown = self._settings.shown_language
        for code in LANGUAGES:
            action = self._languages.addAction(self._actions[f"language_{code}"])
            action.setChecked(code == shown)
            action.triggered.connect(partial(self._take_language, code))
        for percent in SIZES:
            action = self._sizes.addAction(self._actions[f"size_{percent}"])
            action.setChecked(self._settings.size == percent)
            action.triggered.connect(partial(self._take_size, percent))

    def _take_theme(self, name: str, _checked: bool = False) -> None:
        self._choose_theme(name)

    def _choose_theme(self, name: str) -> None:
        """Put a theme in force and remember it."""
        self._settings.theme = name
        self._actions[f"theme_{name}"].setChecked(True)
        theme.set_theme(name)

    def _take_language(self, code: str, _checked: bool = False) -> None:
        self._change("language", self._settings.shown_language, code)

    def _take_size(self, percent: str, _checked: bool = False) -> None:
        self._change("size", self._settings.size, percent)

    def _change(self, setting: str, now: str, wanted: str) -> None:
        if wanted != now:
            stay = partial(self._actions[f"{setting}_{now}"].setChecked, True)
            start_again = partial(self._start_again, setting, wanted)
            self._files.when_undo_may_end(partial(self._files.when_all_settled, start_again, stay), stay)

    def _start_again(self, setting: str, wanted: str) -> None:
        """Qt reads once, as the program starts, how large it is to draw; and every view has its words since it was
        made."""
        setattr(self._settings, setting, wanted)
        if not self._restart():
            self._messages.say(self.tr("This takes effect at the next start: what is open can't be kept on the disk."))

    def _toggle_full_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()
        self._actions["full_screen"].setChecked(window.isFullScreen())

    def _show_shortcuts(self) -> None:
        from app.shell.dialogs.help import ShortcutsDialog

        page = self._pages.current
        ShortcutsDialog(menus_of(self._actions, page), page.mouse, self._window).show()

    def _show_glossary(self) -> None:
        from app.shell.dialogs.help import GlossaryDialog

        GlossaryDialog(self._settings.shown_language, self._window).show()

    def _show_about(self) -> None:
        from app.shell.dialogs.about import AboutDialog

        AboutDialog(self._window).show()

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent)))

    @Slot(str)
    def say_internal_error(self, summary: str) -> None:
        """The program itself is at fault."""
        self._messages.say(
            self.tr("An internal error happened ({summary}). Your work is kept; the log has the details.").format(
                summary=summary
            ),
            "problem",
            [(self.tr("Show the log"), self._show_log)],
            waits=False,
        )
