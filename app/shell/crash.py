"""What happens when the program itself is at fault: it is logged and said, the work is kept, and the window stays."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot

from app.kit.errors import set_recorder
from app.kit.folders import data_folder

LOG_BYTES = 512_000
_log = logging.getLogger("neuroloom")


def log_file() -> Path:
    """Where internal errors are written down."""
    return data_folder("logs") / "neuroloom.log"


class CrashGuard(QObject):
    """Catches exceptions that nothing else has caught, from any thread; ``caught`` arrives in the GUI thread. Of those
    that somebody else says it only keeps a record."""

    caught = Signal(str)
    _raised = Signal(str)
    _recorded = Signal()

    def __init__(self, keep_work: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._keep_work = keep_work
        self._raised.connect(self._handle, Qt.ConnectionType.QueuedConnection)
        self._recorded.connect(self._keep, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take over Python's hooks and start the log."""
        from logging.handlers import RotatingFileHandler  # imports sockets, which nothing else here needs

        handler = RotatingFileHandler(log_file(), maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        _log.addHandler(handler)
        sys.excepthook = self.take
        threading.excepthook = self._take_thread
        set_recorder(self.record)

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception and hand it to the GUI thread. Ctrl+C in a terminal still ends the program."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._write(error)
        self._raised.emit(f"{kind.__name__}: {error}")

    def record(self, error: BaseException) -> None:
        """Log an exception of which somebody else speaks, and have the work kept."""
        self._write(error)
        self._recorded.emit()

    def _write(self, error: BaseException) -> None:
        how = type(error), error, error.__traceback__
        _log.critical("internal error", exc_info=how)
        sys.__excepthook__(*how)

    def _take_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    @Slot(str)
    def _handle(self, summary: str) -> None:
        """Keep the work, then say so."""
        self._keep()
        self.caught.emit(summary)

    @Slot()
    def _keep(self) -> None:
        """Keep the work. An error on the way there is logged alone: it must not call this again."""
        try:
            self._keep_work()
        except Exception:
            _log.exception("the work could not be kept")
