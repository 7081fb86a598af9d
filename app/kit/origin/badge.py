"""What PyTorch makes of a number, as it stands: not asked yet, agreed to so much, the difference, or no answer."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.icons import pixmap
from app.kit.numbers import every_digit, scientific, significant
from app.kit.origin.facts import Comparison
from app.kit.widgets.labels import Label, wrapped

ANSWER_LINES = 3
ICON = 14
_LOOKS = {
    "asked": ("help", "text_muted"),
    "agrees": ("check", "good"),
    "differs": ("warning", "danger"),
    "endless": ("warning", "danger"),
}


class Badge(QWidget):
    """A mark and a sentence; its room is kept while the answer is on its way, so that nothing moves when it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "asked"
        self._icon, self._text = Label(), wrapped("", None)
        self._icon.setFixedSize(QSize(ICON + 2, ICON + 4))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self._restyle)

    @property
    def text(self) -> str:
        """The sentence, with both values below it where there are two."""
        return self._text.text().rstrip()

    @property
    def state(self) -> str:
        """``asked``, ``agrees``, ``differs``, or ``endless`` where both are ∞ or no number."""
        return self._state

    def ask(self, *, wanted: bool) -> None:
        """Nothing is known yet; not ``wanted``: there is nothing to check, for the number is given."""
        self._show("asked", self.tr("Not yet checked: asking PyTorch …") + "\n" * (ANSWER_LINES - 1))
        self.setVisible(wanted)

    def show_comparison(self, found: Comparison | None) -> None:
        """Say how far apart the two are; None where PyTorch has nothing to say of the number."""
        self.setVisible(found is not None)
        if found is None:
            return
        difference = "0" if found.difference == 0.0 else scientific(found.difference)
        agrees, differs = self.tr("PyTorch agrees, difference {gap}"), self.tr("PyTorch differs by {gap}")
        head = (agrees if found.agrees else differs).format(gap=difference)
        state = "agrees" if found.agrees else "differs"
        if found.agrees and not math.isfinite(found.ours):  # both are no number: no difference can be told
            head, state = self.tr("PyTorch comes to {number} too").format(number=significant(found.ours)), "endless"
        values = f"Neuroloom\t{every_digit(found.ours)}\nPyTorch\t{every_digit(found.theirs)}"
        before = self.text
        self._show(state, f"{head}\n{values}")
        if self.text != before:
            announce(self, head)

    def show_failure(self) -> None:
        """No answer came."""
        self._show("asked", self.tr("PyTorch could not be asked: this is not checked."))

    def _show(self, state: str, text: str) -> None:
        self._state = state
        self._text.setText(text)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        icon, colour = _LOOKS[self._state]
        self._icon.setPixmap(pixmap(icon, ICON, colour, self.devicePixelRatioF()))
        self._text.setStyleSheet(f"color: {getattr(theme.current(), colour)}; font-size: 12px;")
