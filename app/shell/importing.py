"""Imports what the other pages need while nobody waits, so that a first visit only has to build.

PySide reads the source of every module that is imported after it: a page with its fifty to ninety modules would stop
the window for a quarter of a second to a second. Folder by folder, one module takes 66 ms at most and nearly all take
less than 15.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.kit.background import Background, Job

OURS = "app."
PAUSE_MS = 20
"""Between two modules: a frame fits in."""
WANTED_PAUSE_MS = 1
"""The same while somebody waits for the page."""


def modules_of(package: str) -> Iterator[str]:
    """Name the modules of a package that aren't imported yet, folder by folder in alphabetical order."""
    for module in iter_modules(import_module(package).__path__, f"{package}."):
        if module.name not in sys.modules:
            yield module.name
        if module.ispkg:
            yield from modules_of(module.name)


class ImportsAhead(QObject):
    """Imports other people's packages in a thread, then every module of ours by a clock, one at a time.

    It rests while a mouse button is down. ``wanted``: somebody waits for the page, so it hardly pauses.
    """

    finished = Signal()

    def __init__(self, packages: Iterable[str], parent: QObject, *, wanted: bool = False) -> None:
        super().__init__(parent)
        packages = tuple(packages)
        self._modules = (name for package in packages if package.startswith(OURS) for name in modules_of(package))
        self._foreign = tuple(package for package in packages if not package.startswith(OURS))
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(WANTED_PAUSE_MS if wanted else PAUSE_MS)
        self._clock.timeout.connect(self._import_next)
        self._thread = Background("imports", latest_only=False, parent=self)
        self._thread.done.connect(self._clock.start)
        self._thread.failed.connect(self._clock.start)  # the page that needs the package says what is missing
        self._thread.request(self._import_foreign)

    def _import_foreign(self, _job: Job) -> None:
        for package in self._foreign:
            import_module(package)

    @Slot()
    def _import_next(self) -> None:
        if QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            name = next(self._modules, None)
            if name is None:
                self.finished.emit()
                return
            try:
                import_module(name)
            finally:
                self._clock.start()
        else:
            self._clock.start()
