"""What the window's actions do, and what the window says when something happens by itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Slot
from PySide6.QtGui import QActionGroup, QDesktopServices

from app.kit import theme
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of
from app.network.speed import SPEEDS
from app.shell.autosave import Leftover, remove_leftover
from app.shell.crash import log_file
from app.shell.settings import LANGUAGES, THEMES
from engine.formats.loom import read_network_file
from engine.graph.validation import name_of
from engine.network.contract import LARGEST_WEIGHT, NonFinite
from engine.problems import EngineError, Problem
from engine.training.divergence import RUNAWAY

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

BROKEN_DOWN = {
    "z": QT_TRANSLATE_NOOP("WindowActions", "weighted sums z"),
    "loss": QT_TRANSLATE_NOOP("WindowActions", "loss"),
    "gradient": QT_TRANSLATE_NOOP("WindowActions", "gradients"),
    "weights": QT_TRANSLATE_NOOP("WindowActions", "updated weights"),
}
"""What a :class:`NonFinite` names, in words; weights that have only grown have a sentence of the engine's."""


class WindowActions(QObject):
    """Binds the table of :mod:`app.shell.actions` to the window's parts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document, self._trainer = window.document, window.trainer
        self._actions, self._settings, self._messages = window.actions_, window.settings, window.messages
        self._diverged = False
        self._bind()
        self._follow_undo()
        self._follow_choices()
        self._listen()

    def _bind(self) -> None:
        window, trainer = self._window, self._trainer
        self._actions.bind(
            {
                "new": window.files.new,
                "gallery": lambda: window.show_page("gallery"),
                "open": window.files.choose_and_open,
                "save": window.files.save,
                "save_as": window.files.save_as,
                "quit": window.close,
                "undo": self._document.undo_stack.undo,
                "redo": self._document.undo_stack.redo,
                "full_screen": self._toggle_full_screen,
                "toggle_theme": lambda: self.choose_theme("light" if theme.current().dark else "dark"),
                "play": lambda: trainer.pause() if trainer.running else trainer.play(),
                "step": trainer.step,
                "epoch": trainer.epoch,
                "reset": trainer.reset,
                "reset_new_seed": lambda: trainer.reset(self._document.hyper.seed + 1),
                "slower": window.speed.slower,
                "faster": window.speed.faster,
                "full_speed": lambda: window.speed.choose(len(SPEEDS) - 1),
                "stop_after": self._ask_stop_after,
                "shortcuts": self._show_shortcuts,
                "show_log": self._show_log,
                "about": self._show_about,
            }
        )
        for name in window.panels:
            action = self._actions[f"{name}_panel"]
            action.setChecked(self._settings.shown(name))
            action.toggled.connect(partial(window.show_panel, name))

    def _follow_undo(self) -> None:
        stack, tr = self._document.undo_stack, self.tr
        undo, redo = self._actions["undo"], self._actions["redo"]
        for action, can, signal in (
            (undo, stack.canUndo(), stack.canUndoChanged),
            (redo, stack.canRedo(), stack.canRedoChanged),
        ):
            action.setEnabled(can)
            signal.connect(action.setEnabled)
        stack.undoTextChanged.connect(lambda text: undo.setText(tr("Undo {step}").format(step=text).rstrip()))
        stack.redoTextChanged.connect(lambda text: redo.setText(tr("Redo {step}").format(step=text).rstrip()))
        stack.indexChanged.connect(self._note_edit)

    def _follow_choices(self) -> None:
        """Themes and languages: one of each is chosen."""
        self._themes, self._languages = QActionGroup(self), QActionGroup(self)
        for name in THEMES:
            action = self._themes.addAction(self._actions[f"theme_{name}"])
            action.setChecked(self._settings.theme == name)
            action.triggered.connect(partial(self._choose_theme_of, name))
        shown = self._settings.shown_language
        for code in LANGUAGES:
            action = self._languages.addAction(self._actions[f"language_{code}"])
            action.setChecked(code == shown)
            action.triggered.connect(partial(self._choose_language, code))

    def _listen(self) -> None:
        window = self._window
        window.rail.page_wanted.connect(window.show_page)
        window.files.opened.connect(self._show_opened)
        window.files.saved.connect(self._say_saved)
        window.files.problem_found.connect(self.say_problem)
        window.canvas.message.connect(lambda text: self._messages.say(text, "warning", passing=True))
        self._document.problem_found.connect(self.say_problem)
        self._trainer.failed.connect(self.say_problem)
        self._trainer.non_finite.connect(self.say_non_finite)
        self._document.loading_changed.connect(self._say_loading)
        self._document.loading_progress.connect(self._say_progress)
        self._document.dataset_loaded.connect(self._say_notices)

    # What happens by itself ---------------------------------------------------------------------------------------

    @Slot(object)
    def say_problem(self, problem: Problem) -> None:
        """One sentence; what was open stays."""
        self._messages.say_problem(problem)

    @Slot(object)
    def say_non_finite(self, failure: NonFinite) -> None:
        """Where the numbers broke down, and the way back."""
        graph = self._document.graph
        block = name_of(graph.block(failure.block_id)) if failure.block_id in graph else failure.block_id
        back = (self.tr("Restore last finite weights"), self._document.undo_stack.undo)
        self._messages.say(self._divergence(failure, block), "problem", [back])
        self._diverged = True

    def _divergence(self, failure: NonFinite, block: str) -> str:
        step = f"{failure.step:,}"
        if failure.what not in BROKEN_DOWN:
            return sentence_of(RUNAWAY(step=step, block=block, limit=LARGEST_WEIGHT))
        what = QCoreApplication.translate("WindowActions", BROKEN_DOWN[failure.what])
        return self.tr(
            "Training paused: NaN or infinity first appeared in the {what} of “{block}” at step {step}."
            " A smaller learning rate or gradient clipping helps."
        ).format(what=what, block=block, step=step)

    @Slot(int)
    def _note_edit(self, _index: int) -> None:
        """After another edit, undo would no longer bring the finite weights back: withdraw the offer."""
        if self._diverged:
            self._diverged = False
            self._messages.dismiss()

    @Slot(bool)
    def _say_loading(self, loading: bool) -> None:
        if loading:
            cancel = (self.tr("Cancel"), self._document.cancel_loading)
            self._messages.say(self.tr("Loading data …"), "notice", [cancel])
        elif self._messages.text.startswith(self.tr("Loading data …")):
            self._messages.dismiss()

    @Slot(float)
    def _say_progress(self, share: float) -> None:
        if self._document.loading:
            self._messages.amend(self.tr("Loading data …") + f" {100 * share:.0f} %")

    @Slot()
    def _say_notices(self) -> None:
        """What was done to the data on the way in."""
        notices = self._document.dataset.notices
        if notices:
            self._messages.say(" ".join(sentence_of(notice) for notice in notices), "notice")

    @Slot()
    def _show_opened(self) -> None:
        self._window.show_page("playground")
        self._messages.dismiss()

    @Slot(object)
    def _say_saved(self, path: object) -> None:
        self._messages.say(self.tr("Saved as {path}").format(path=path), "success", passing=True)

    def offer_recovery(self) -> None:
        """Offer the work of a window that did not close properly."""
        leftovers = self._window.autosave.leftovers()
        if leftovers:
            leftover = leftovers[0]
            self._messages.say(
                self.tr("Neuroloom was not closed properly. Unsaved work of {when} can be recovered.").format(
                    when=f"{leftover.when:%Y-%m-%d %H:%M}"
                ),
                "warning",
                [
                    (self.tr("Recover"), partial(self._recover, leftover)),
                    (self.tr("Discard"), partial(self._discard, leftover)),
                ],
            )

    def _recover(self, leftover: Leftover) -> None:
        try:
            content = read_network_file(leftover.path)
        except EngineError as error:
            self.say_problem(error.problem)
            return
        self._window.files.recover(content)
        self._window.autosave.save()
        remove_leftover(leftover)

    def _discard(self, leftover: Leftover) -> None:
        remove_leftover(leftover)
        self.offer_recovery()

    @Slot(str)
    def say_internal_error(self, summary: str) -> None:
        """The program itself is at fault."""
        self._messages.say(
            self.tr("An internal error happened ({summary}). Your work is kept; the log has the details.").format(
                summary=summary
            ),
            "problem",
            [(self.tr("Show the log"), self._show_log)],
        )

    # What actions do ----------------------------------------------------------------------------------------------

    def _choose_theme_of(self, name: str, _checked: bool = False) -> None:
        self.choose_theme(name)

    def choose_theme(self, name: str) -> None:
        """Put a theme in force and remember it."""
        self._settings.theme = name
        self._actions[f"theme_{name}"].setChecked(True)
        theme.set_theme(name)

    def _choose_language(self, code: str, _checked: bool = False) -> None:
        """A language is in force from the next start on; the message says so in that language's own words."""
        self._settings.language = code
        sentences = {
            "en": "Neuroloom will be in English from its next start on.",
            "zh_CN": "下次启动时，Neuroloom 将以简体中文显示。",
        }
        self._messages.say(sentences[code], "notice", passing=True)

    def _toggle_full_screen(self) -> None:
        window = self._window
        if window.isFullScreen():
            window.showNormal()
        else:
            window.showFullScreen()
        self._actions["full_screen"].setChecked(window.isFullScreen())

    def _ask_stop_after(self) -> None:
        from app.workspaces.playground.stop_after import StopAfterDialog

        StopAfterDialog(self._document, self._window).show()

    def _show_shortcuts(self) -> None:
        from app.shell.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._actions, self._window).show()

    def _show_about(self) -> None:
        from app.shell.dialogs.about import AboutDialog

        AboutDialog(self._window).show()

    def _show_log(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent)))
