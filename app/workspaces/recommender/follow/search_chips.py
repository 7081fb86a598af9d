"""What was searched for, a chip each: pressed, it was not searched for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from app.kit.icons import set_icon
from app.kit.widgets.flow import FlowLayout
from app.kit.words import letters, plain_tip
from app.workspaces.recommender.follow.content import Token

WIDEST = 200


class SearchChips(QWidget):
    """``removed(Token)``: by hand. As many lines as it takes."""

    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[Token, ...] = ()
        self._flow = FlowLayout(self, 4)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> list[QToolButton]:
        """Those in sight, in the order of the searches."""
        return [chip for chip in self.findChildren(QToolButton) if not chip.isHidden()]

    def show_tokens(self, tokens: Sequence[Token]) -> None:
        """Show these; the keyboard stays among them where it was."""
        if tuple(tokens) == self._shown:
            return
        at = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        self._shown = tuple(tokens)
        self._flow.clear()
        chips = [self._chip(token) for token in self._shown]
        for chip in chips:
            self._flow.addWidget(chip)
        if at >= 0 and chips:
            chips[min(at, len(chips) - 1)].setFocus()
        self.setVisible(bool(chips))
        self.updateGeometry()

    def _chip(self, token: Token) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("role", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross comes after the text
        set_icon(chip, "close")
        chip.setMaximumWidth(WIDEST)
        chip.ensurePolished()
        shown = chip.fontMetrics().elidedText(token.text, Qt.TextElideMode.ElideRight, WIDEST - 44)
        chip.setText(letters(shown))
        chip.setAccessibleName(self.tr("Take out the search {text}").format(text=token.text))
        chip.setToolTip(plain_tip(self.tr("Searched: {text}. Press to take it out").format(text=token.text)))
        chip.clicked.connect(lambda _checked=False, token=token: self.removed.emit(token))
        return chip
