"""Puts the program together: fonts, theme, language, document, trainer and window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QObject, Qt, QTimer, QTranslator, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QIcon, QPalette
from PySide6.QtWidgets import QApplication

import assets
from app.kit import theme
from app.kit.icons import pixmap
from app.kit.look import tabular
from app.kit.stylesheet import stylesheet
from app.network.document import Document
from app.network.kernels import KernelWarmer
from app.network.trainer import Trainer
from app.shell.crash import CrashGuard
from app.shell.files import first_network
from app.shell.main_window import MainWindow
from app.shell.settings import Settings

FONT_PIXELS = 13
FONTS = ("Regular", "Medium", "SemiBold", "Bold")


class Application(QObject):
    """Owns everything that lives as long as the program."""

    def __init__(self, qapp: QApplication, settings: Settings) -> None:
        super().__init__(qapp)
        self._qapp, self.settings = qapp, settings
        self._translators: list[QTranslator] = []
        use_fonts(qapp)
        self._use_language(settings.shown_language)
        theme.set_theme(settings.theme)
        dress(qapp)
        theme.notifier().changed.connect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.document = Document(first_network(), self)
        self.trainer = Trainer(self.document, self)
        self.window = MainWindow(self.document, self.trainer, settings)
        self.window.setWindowIcon(QIcon(pixmap("logo", 64)))
        self.guard = CrashGuard(self.window.autosave.save_now, self)
        self.guard.caught.connect(self.window.behaviour.say_internal_error)
        self._warmer = KernelWarmer(self)
        self._warmer.filled.connect(self.trainer.kernels_compiled)

    def start(self, file: Path | None = None) -> None:
        """Show the window, then everything else."""
        self.window.show()
        self.window.ready.connect(self._go_on)
        if file is not None:
            self.window.files.open(file)
        self.guard.install()
        QTimer.singleShot(0, self.window.build_next)

    @Slot()
    def _go_on(self) -> None:
        """The window is complete: the training thread, the kernels, and what a crash has left."""
        self.trainer.start()
        self._warmer.start()
        self.window.behaviour.offer_recovery()

    def close(self) -> None:
        """After the window has closed."""
        self._warmer.stop()
        self.trainer.close()
        self.document.undo_stack.clear()  # while those who listen to it still live

    @Slot()
    def _dress(self) -> None:
        dress(self._qapp)

    @Slot(Qt.ColorScheme)
    def _follow_system(self, _scheme: Qt.ColorScheme) -> None:
        if self.settings.theme == "system":
            theme.set_theme("system")

    def _use_language(self, code: str) -> None:
        """Install Qt's and our own translations of a language."""
        if code == "en":
            return
        for folder, name in (
            (QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath), f"qtbase_{code}"),
            (str(assets.path("networks").with_name("translations")), f"neuroloom_{code}"),
        ):
            translator = QTranslator(self)
            if translator.load(name, folder):
                self._qapp.installTranslator(translator)
                self._translators.append(translator)


def use_fonts(qapp: QApplication) -> None:
    """Inter, with digits of one width so that numbers do not jitter; Chinese comes from the system."""
    for weight in FONTS:
        QFontDatabase.addApplicationFont(str(assets.path(f"fonts/Inter-{weight}.otf")))
    font = QFont("Inter")
    font.setPixelSize(FONT_PIXELS)
    qapp.setFont(tabular(font))


def dress(qapp: QApplication) -> None:
    """Give the whole application the present theme's palette and style sheet."""
    chosen = theme.current()
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "window"), (roles.WindowText, "text"), (roles.Base, "surface"), (roles.Text, "text"),
        (roles.AlternateBase, "raised"), (roles.Button, "surface"), (roles.ButtonText, "text"),
        (roles.ToolTipBase, "raised"), (roles.ToolTipText, "text"), (roles.PlaceholderText, "text_muted"),
        (roles.Highlight, "accent"), (roles.HighlightedText, "on_accent"), (roles.Link, "accent"),
        (roles.Mid, "border"), (roles.Light, "raised"), (roles.Dark, "border"),
    ):  # fmt: skip
        palette.setColor(role, theme.colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("text_muted"))
    qapp.setPalette(palette)
    qapp.setStyleSheet(stylesheet(chosen))
