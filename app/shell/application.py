"""Puts the program together: fonts, theme, language, and the window with its workspaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QLibraryInfo, QObject, QPoint, QRect, Qt, QTranslator, Slot
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

import assets
from app.kit import theme
from app.kit.dress import dress, use_fonts
from app.kit.folders import take_unkept
from app.kit.icons import pixmap
from app.kit.listing import listed
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of, worded
from app.kit.widgets.labels import Label
from app.shell.crash import CrashGuard
from app.shell.main_window import MainWindow
from app.shell.settings import Settings
from app.workspaces.workspace import Workspace
from engine.problems import printable

LACKING_IN_QT = (
    ("QFileDialog", QT_TRANSLATE_NOOP("QFileDialog", "&Look in:")),
    ("QFileDialog", QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:")),
    ("QFileSystemModel", QT_TRANSLATE_NOOP("QFileSystemModel", "Size")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "File")),
    ("QAbstractFileIconProvider", QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "%1 File")),
)
"""Context and text of what Qt's own dialogs show and its Chinese translation lacks or gets wrong: ours has it, and is
asked first."""
LOGO = 128
SIGN_MARGIN = 24
"""Pixels around the logo and the text while what was open is opened."""
SIGN_MS = 500
"""So long a screen may take to show them."""


class Application(QObject):
    """Owns everything that lives as long as the program."""

    def __init__(
        self,
        qapp: QApplication,
        settings: Settings,
        workspaces: Callable[[], Sequence[Workspace]],
        taken_over: Sequence[str] = (),
    ) -> None:
        """``workspaces``: imports and lists them. ``taken_over``: the workspace and the snapshots of a window that this
        one takes the place of, which is said before anything that takes time."""
        super().__init__(qapp)
        self._qapp, self.settings, self._taken_over = qapp, settings, taken_over
        self._translators: list[QTranslator] = []
        use_fonts(qapp)
        self._use_language(settings.shown_language)
        theme.set_theme(settings.theme)
        dress(qapp)
        theme.notifier().changed.connect(self._dress)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        if taken_over:
            self._say_opening()
        self.window = MainWindow(workspaces(), settings)
        self.window.setWindowIcon(QIcon(pixmap("logo", 64)))
        self.guard = CrashGuard(self.window.recovery.save_now, self)
        self.guard.caught.connect(self.window.bindings.say_internal_error)

    def start(
        self,
        file: Path | str | None = None,
        bookmarks: Sequence[Sequence[str]] = (),
    ) -> None:
        """Show the window, then everything else; open a file, or the network that a link says. ``bookmarks``: those of
        the pages of the window that was taken over."""
        recovery = self.window.recovery
        if self._taken_over:
            key, *snapshots = self._taken_over
            paths = [Path(snapshot) for snapshot in snapshots]
            self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)  # what it begins with was not open
            self.window.setCursor(Qt.CursorShape.WaitCursor)
            recovery.taken_over.connect(self.window.unsetCursor)
            recovery.recovered.connect(self._show_on_screen)  # the document in sight; the others follow
            recovery.taken_over.connect(self._show_on_screen)
            self.guard.caught.connect(self._show_on_screen)
            self.window.ready.connect(lambda: recovery.take_over(paths, key, bookmarks))
        else:
            self.window.ready.connect(recovery.offer)
        self.window.show()
        self.window.ready.connect(self._say_unkept)
        self.window.pages.made.connect(self._say_unkept)
        self.window.ready.connect(self._collect)
        self.window.ready.connect(self._share_undo)
        self.window.ready.connect(self._remember_dialogs)
        self.window.ready.connect(self._sweep)
        if isinstance(file, str):
            self.window.files.open_link(file)
        elif file is not None:
            self.window.files.open(file)
        self.guard.install()
        self.window.pages.open()

    def _say_opening(self) -> None:
        """Say, until the window is on the screen, that it will be."""
        self._sign = Label()  # QSplashScreen would wait a second for itself on every X11 screen
        self._sign.setWindowFlags(Qt.WindowType.SplashScreen | Qt.WindowType.FramelessWindowHint)
        self._sign.setPixmap(sign_picture(self.tr("Opening what was open …"), self._qapp.font()))
        self._sign.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._sign.setCursor(Qt.CursorShape.WaitCursor)
        place = QRect(QPoint(), self._sign.sizeHint())
        place.moveCenter(self._qapp.primaryScreen().availableGeometry().center())
        self._sign.setGeometry(place)
        self._sign.show()
        patience = QDeadlineTimer(SIGN_MS)
        while not self._sign.windowHandle().isExposed() and not patience.hasExpired():
            self._qapp.processEvents()  # a screen takes a moment, and nothing paints it while workspaces are imported
        self._sign.repaint()
        self._qapp.processEvents()

    @Slot()
    def _show_on_screen(self) -> None:
        """The window has what is to be in sight."""
        if self.window.testAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen):
            self.window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen, False)
            self.window.hide()
            self.window.show()
            self._sign.close()

    @Slot()
    def _say_unkept(self) -> None:
        """Say once where nothing can be kept, and which settings are reset: the window works all the same."""
        reset, self.settings.problem = self.settings.problem, None
        said = [] if reset is None else [sentence_of(reset)]
        places = [f"{printable(str(place))} ({worded(reason)})" for place, reason in take_unkept().items()]
        if places:
            text = self.tr(
                "Nothing can be stored in {places}. Work that isn't saved elsewhere is lost when the window closes."
            )
            said.append(text.format(places=listed(places)))
        if said:
            self.window.messages.say(" ".join(said), "problem")

    @Slot()
    def _collect(self) -> None:
        from app.shell.collecting import Collecting

        Collecting(self._qapp)

    @Slot()
    def _remember_dialogs(self) -> None:
        from app.kit.file_dialog import remember_in

        remember_in(self.settings)

    @Slot()
    def _share_undo(self) -> None:
        from app.kit.focused_field import WholeNumbers, WindowUndo

        WindowUndo(self._qapp, self)
        WholeNumbers(self._qapp, self)

    @Slot()
    def _sweep(self) -> None:
        """Take away what killed windows have left among the temporary files, and killed saves beside the files of
        late."""
        self.window.files.saving.sweeper.sweep_temporary()
        self.window.files.saving.sweeper.sweep(self.settings.recent_files)

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


def sign_picture(text: str, font: QFont) -> QPixmap:
    """The logo above a text, as wide as the text needs it."""
    logo, metrics = pixmap("logo", LOGO), QFontMetrics(font)
    width = max(LOGO, metrics.horizontalAdvance(text)) + 2 * SIGN_MARGIN
    picture = QPixmap(width, LOGO + metrics.height() + 3 * SIGN_MARGIN)
    picture.fill(theme.colour("surface"))
    painter = QPainter(picture)
    painter.drawPixmap(QRect((width - LOGO) // 2, SIGN_MARGIN, LOGO, LOGO), logo)
    painter.setFont(font)
    painter.setPen(theme.colour("text"))
    below = QRect(0, LOGO + 2 * SIGN_MARGIN, width, metrics.height())
    painter.drawText(below, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return picture
