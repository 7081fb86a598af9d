"""Under the canvas: the playback's bar, and the sentence that says who hands what to whom."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.actions import ActionSet
from app.kit.announce import announce, heard
from app.kit.playback.bar import PlaybackBar
from app.kit.widgets.action_button import action_button
from app.kit.widgets.phrase import Phrase, Piece
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.sentences import sentence_of

LEVEL = 6
"""Pixels over the switch that asks for predictions: it stands level with the speed."""


class Player(QFrame):
    """The bar and its sentence, which is announced at each step."""

    def __init__(self, desk: Desk, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setProperty("role", "panel")
        self.sentence = Phrase()
        self.sentence.setMinimumHeight(18)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        self.bar = PlaybackBar(desk.playback)
        for part in (self.sentence, self.bar.scrubber):  # they change at each step, and nothing else of it does
            part.set_ground("surface")
        self.bar.set_actions(*(actions[f"graph_{name}"] for name in ("play", "back", "step", "begin", "end")))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        predicting = QVBoxLayout()
        predicting.setContentsMargins(0, LEVEL, 0, 0)
        predicting.addWidget(action_button(actions["graph_predict"], "chip"))
        predicting.addStretch(1)
        row.addLayout(predicting)
        column.addLayout(row)
        column.addWidget(self.sentence)
        desk.reshaped.connect(self._name_sections)
        desk.sight_changed.connect(self._say)
        desk.refused.connect(self._say)
        desk.stepped.connect(self._announce)
        theme.notifier().changed.connect(self._say)
        self._name_sections()
        self._say()

    @Slot()
    def _name_sections(self) -> None:
        """Forward, and then backward with the seed."""
        worked = self._desk.worked
        if worked is not None:
            back = worked.steps - worked.middle
            self.bar.set_sections([(self.tr("forward"), worked.middle), (self.tr("backward"), back)])

    @Slot()
    def _say(self) -> None:
        worked = self._desk.worked
        if worked is None:
            self.sentence.say(())
            return
        if self._desk.stale:
            self.sentence.say([Piece(self.tr("The playback waits until the expression can be read."))])
            return
        said = sentence_of(worked, self._desk.sight)
        following = self.tr("Opened at the turn: the way back comes next.") if self._desk.at_opening else said.next
        pieces = [Piece(said.head, strong=True), Piece(" "), *said.body]
        if self.sentence.fontMetrics().horizontalAdvance(said.plain) < self.sentence.width() - 12:
            pieces += [Piece(" "), Piece(following, theme.current().text_muted)]
        self.sentence.say(pieces, said.plain)

    @Slot()
    def _announce(self) -> None:
        if self._desk.worked is not None and not self._desk.stale and heard():
            announce(self, sentence_of(self._desk.worked, self._desk.sight).plain)
