"""Labels that keep to their room: a long text is elided and told in full by the tooltip."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.kit.words import plain_tip

SEPARATOR = " · "
NO_BREAK = "\N{NO-BREAK SPACE}"
_KEPT_TOGETHER = tuple((parts, parts.replace(" ", NO_BREAK)) for parts in (" %", " ± "))
LEAST_LETTERS = 4
"""Fewer letters of a text say nothing."""


class Label(QLabel):
    """A label whose text is plain, whatever it looks like; Qt's own takes what looks like markup for markup. Whoever
    writes markup asks for it by ``setTextFormat``, and escapes what comes from elsewhere."""

    def __init__(self, text: str = "", parent: QWidget | None = None, *, role: str | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role is not None:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text. Where it wraps, a number keeps its per cent sign and its error."""
        for given, kept in _KEPT_TOGETHER:
            text = text.replace(given, kept)
        super().setText(text)

    def text(self) -> str:
        """Return the text as it was given."""
        text = super().text()
        for given, kept in _KEPT_TOGETHER:
            text = text.replace(kept, given)
        return text


class LinkLabel(Label):
    """A label that is clicked by the mouse, Return or Space; its text is underlined while it is pointed at. One
    without a text takes no keyboard."""

    clicked = Signal()

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if text else Qt.FocusPolicy.NoFocus)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._underline(on=True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._underline(on=self.hasFocus())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._underline(on=True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._underline(on=self.underMouse())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # else the release goes to what lies under it

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def _underline(self, *, on: bool) -> None:
        font = self.font()
        font.setUnderline(on)
        self.setFont(font)


class ElidedLabel(Label):
    """One line of plain text that never asks for more width than there is."""

    def __init__(self, text: str = "", role: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._full = self._about = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role is not None:
            self.setProperty("role", role)
        self.set_full_text(text)

    @property
    def full_text(self) -> str:
        """The text, not elided."""
        return self._full

    def set_full_text(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self.setAccessibleName(text)
        self._elide()

    def set_about(self, about: str) -> None:
        """What the tooltip says of the text, in any case."""
        if about != self._about:
            self._about = about
            self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(20, super().minimumSizeHint().height())

    def _elide(self) -> None:
        self._show(self._full)

    def _show(self, text: str) -> None:
        """As much of the text as there is room for."""
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(self.width(), 20))
        if len(shown) < min(LEAST_LETTERS, len(text)):
            shown = ""
        self.setText(shown)
        told = [self._full] if shown != self._full else []
        self.setToolTip(plain_tip("\n".join([*told, self._about] if self._about else told)))


class PartsLabel(ElidedLabel):
    """Parts of a sentence in one line. Where they do not all fit, the second gives way, then the next; the first is
    elided only when it stands alone. The whole of it is in the tooltip."""

    def __init__(self, role: str | None = None, parent: QWidget | None = None) -> None:
        self._parts: tuple[str, ...] = ()
        super().__init__("", role, parent)

    def set_parts(self, parts: Sequence[str]) -> None:
        """Show other parts."""
        self._parts = tuple(parts)
        self.set_full_text(SEPARATOR.join(self._parts))

    def _elide(self) -> None:
        left = list(self._parts)
        while len(left) > 1 and self.fontMetrics().horizontalAdvance(SEPARATOR.join(left)) > self.width():
            del left[1]
        self._show(SEPARATOR.join(left))


class TwoLines(ElidedLabel):
    """Plain text in two lines at most, always as high as two; what still does not fit is in the tooltip."""

    def __init__(self, text: str = "", role: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent)
        self.setWordWrap(True)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        tallest = metrics.boundingRect("Åg国").height()  # what another font writes may be higher
        return QSize(super().sizeHint().width(), 2 * max(metrics.lineSpacing(), tallest))

    def minimumSizeHint(self) -> QSize:
        return QSize(20, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return False

    def _show(self, text: str) -> None:
        metrics, width = self.fontMetrics(), max(self.width(), 20)
        shown = text
        for share in (None, 1.9, 1.7, 1.5, 1.0):
            shown = text if share is None else metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(share * width))
            if self._lines(shown, width) <= 2:
                break
        self.setText(shown)
        told = [self._full] if shown != self._full else []
        self.setToolTip(plain_tip("\n".join([*told, self._about] if self._about else told)))

    def _lines(self, text: str, width: int) -> int:
        """How many lines a text takes."""
        layout = QTextLayout(text, self.font())
        layout.beginLayout()
        count = 0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            count += 1
        layout.endLayout()
        return count


class Sentence(ElidedLabel):
    """Plain text that is shown whole, in as many lines as it takes; in a single one where that is all there is."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, None, parent)
        self.set_single(single=False)

    def set_single(self, *, single: bool) -> None:
        """Whether one line has to do."""
        if single is not self.wordWrap():
            return
        self.setWordWrap(not single)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(not single)
        self.setSizePolicy(policy)
        self._elide()

    def _show(self, text: str) -> None:
        if self.wordWrap():
            self.setText(text)
            self.setToolTip(plain_tip(self._about))
        else:
            super()._show(text)


def wrapped(text: str = "", role: str | None = "muted") -> QLabel:
    """A paragraph of plain text that wraps."""
    label = Label(text)
    label.setWordWrap(True)
    if role is not None:
        label.setProperty("role", role)
    policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    label.setSizePolicy(policy)
    return label


class FittingLabel(ElidedLabel):
    """The first of several texts that fits, the fullest first; the last is elided where not even that fits. The whole
    of it is in the tooltip."""

    def __init__(self, role: str | None = None) -> None:
        self._texts: tuple[str, ...] = ("",)
        super().__init__("", role)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Say other things, the fullest first; one at least."""
        if tuple(texts) != self._texts:
            self._texts = tuple(texts)
            self.set_full_text(texts[0])

    def _elide(self) -> None:
        metrics = self.fontMetrics()
        fitting = (text for text in self._texts if metrics.horizontalAdvance(text) <= self.width())
        self._show(next(fitting, self._texts[-1]))
