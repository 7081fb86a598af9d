"""What there is to say about what was just typed, said beside the field that it was typed into."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from app.kit.announce import announce
from app.kit.widgets.labels import Label

STAYS_MS, GAP = 5_000, 8
_GOES_ON = (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride, QEvent.Type.MouseButtonPress)


class BesideNote(Label):
    """A sentence to the right of a field, where its window has room for it. It goes by itself, and with the next key or
    click, by which what it says may be undone.

    Qt's tooltip is no such note: it lies over the next field, takes the click that is meant for that, and is gone with
    whatever the new value changes in the window.
    """

    def __init__(self, said: str, field: QWidget, place: QRect) -> None:
        super().__init__(said, field.window())
        self.setObjectName("besideNote")
        self._field = field
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.ensurePolished()
        self._place(QRect(field.mapTo(field.window(), place.topLeft()), place.size()))
        field.installEventFilter(self)
        QTimer.singleShot(0, self, self._watch)  # the key or click that it comes of is over then
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.leave)
        timer.start(STAYS_MS)
        self.show()
        self.raise_()

    def _place(self, beside: QRect) -> None:
        """Right of a place of the window, else under it, else over it."""
        room = self.window().rect().adjusted(GAP, GAP, -GAP, -GAP)
        self.resize(self.sizeHint().boundedTo(room.size()))
        size = self.size()
        at = QPoint(beside.right() + GAP, beside.center().y() - size.height() // 2)
        if at.x() + size.width() > room.right():
            under = beside.bottom() + GAP
            fits = under + size.height() <= room.bottom()
            at = QPoint(beside.left(), under if fits else beside.top() - GAP - size.height())
        left, top = room.right() - size.width(), room.bottom() - size.height()
        self.move(max(room.left(), min(at.x(), left)), max(room.top(), min(at.y(), top)))

    def leave(self) -> None:
        """Take it away."""
        self.hide()
        self.deleteLater()

    @Slot()
    def _watch(self) -> None:
        if (application := QCoreApplication.instance()) is not None:
            application.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """It is read once one goes on, and out of place once the field is out of sight."""
        gone = event.type() == QEvent.Type.Hide and watched is self._field
        if gone or event.type() in _GOES_ON:
            self.leave()
        return False


def say_beside(field: QWidget, said: str, *, place: QRect | None = None, urgent: bool = False) -> None:
    """Say a sentence beside a field, or beside a ``place`` in it, and to those who hear the window. ``urgent``: what
    was typed was not taken."""
    for note in field.window().findChildren(BesideNote):
        note.leave()
    BesideNote(said, field, place or field.rect())
    announce(field, said, urgent=urgent)
