"""Why a ratio is what it is, under the arithmetic: in full, or in brief where there is little room."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from app.kit.widgets.labels import Label
from app.kit.widgets.tone import mark
from app.kit.words import plain_tip
from app.workspaces.gradients.moment import Moment
from app.workspaces.gradients.reasons import brief_words, draw_words, reason_words
from app.workspaces.gradients.words import SILENCES, in_a_row, said


class ReasonsView(Label):
    """``grown``: it may take another height."""

    grown = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setProperty("role", "muted")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._heights: dict[tuple[str, int], int] = {}
        self._moment: Moment | None = None
        self._brief = False
        self.hide()

    def show_moment(self, moment: Moment) -> None:
        """Say why it is so. While numbers are dragged it is but one sentence, which stays: to wrap others with every
        move takes long, and nobody reads them meanwhile."""
        self._moment = moment
        self._say()

    def clear(self) -> None:
        """Say nothing, now."""
        self._moment = None
        self.hide()

    def set_brief(self, *, brief: bool) -> None:
        """Whether there is little room, so that it is in brief and in small print; the tooltip has all of it."""
        if brief != self._brief:
            self._brief = brief
            mark(self, "role", "note" if brief else "muted")
            self._say()

    def _say(self) -> None:
        if self._moment is None:
            return
        silence = self._moment.figures.silence
        beside = "" if silence is None else said(SILENCES[silence])
        whole = draw_words(self._moment) if self._moment.dragged else reason_words(self._moment)
        full = in_a_row((whole, beside))
        text = in_a_row((brief_words(self._moment), beside)) if self._brief else full
        if plain_tip(full) != self.toolTip():  # it may be another where in brief all is the same
            self.setToolTip(plain_tip(full))
        if text != self.text() or self.isHidden() == bool(text):
            self.setText(text)
            self.setVisible(bool(text))
            self.grown.emit()

    def heightForWidth(self, width: int) -> int:
        """As a label's, which wraps its text anew each time that it is asked, several times a frame."""
        key = (self.text(), width)
        if key not in self._heights:
            self._heights = {**dict(list(self._heights.items())[-3:]), key: super().heightForWidth(width)}
        return self._heights[key]

    def changeEvent(self, event: QEvent) -> None:
        self._heights.clear()  # the font may be another
        super().changeEvent(event)
