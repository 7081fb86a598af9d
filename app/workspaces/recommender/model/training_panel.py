"""How long the next run trains, and on which device an earlier one goes on."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.widgets.labels import wrapped
from app.kit.widgets.number_field import NumberField
from app.kit.widgets.segments import Segments
from app.workspaces.recommender.model.draft import Draft

MOST_EPOCHS = 100_000
MOST_SEEDS = 2**32 - 1
MOST_MINUTES = 60 * 24 * 30
USUAL = 10
"""Epochs, where a number takes the place of auto."""


class TrainingPanel(QWidget):
    """Each choice is one undoable step."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.until = Segments(
            (
                ("auto", self.tr("Until it gets no better"), self.tr("It stops by itself when two epochs in a row were"
                                                                     " no better on rows kept aside")),
                ("number", self.tr("A number of epochs"), self.tr("So many times through all rows, no more, no less")),
            )
        )  # fmt: skip
        self.epochs = NumberField(
            self.tr("Epochs"), 1, MOST_EPOCHS, self.tr("How often all rows are learned from"), log=True, whole=True,
            least=1.0,
        )  # fmt: skip
        self.minutes = NumberField(
            self.tr("Time limit, minutes"), 0.01, MOST_MINUTES,
            self.tr("It ends well after so long, wherever it is; empty for no limit"), log=True, optional=True,
            nothing=self.tr("none"), least=0.01,
        )  # fmt: skip
        self.seed = NumberField(
            self.tr("Seed"), 0, MOST_SEEDS, self.tr("Another one draws other first weights and batches"), whole=True
        )
        self.note = wrapped()
        self.until.chosen.connect(self._choose)
        self.epochs.edited.connect(lambda value, gesture: self._set(gesture, epochs=round(value)))
        self.seed.edited.connect(lambda value, gesture: self._set(gesture, seed=round(value)))
        self.minutes.edited.connect(self._limit)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for widget in (self.until, self.epochs, self.minutes, self.seed, self.note):
            rows.addWidget(widget)
        draft.wish_changed.connect(self._show)
        self._show()

    @Slot()
    def _show(self) -> None:
        training, limit = self._draft.wish.training, self._draft.wish.time_limit
        auto = training.epochs == "auto"
        self.until.choose("auto" if auto else "number")
        self.epochs.setVisible(not auto)
        self.epochs.set_value(float(USUAL if training.epochs == "auto" else training.epochs))
        self.minutes.set_value(None if limit is None else limit / 60)
        self.seed.set_value(float(training.seed))
        most = self.tr("{epochs} epochs at most").format(epochs=training.most_epochs)
        self.note.setText(most if auto else "")
        self.note.setVisible(auto)

    @Slot(str)
    def _choose(self, until: str) -> None:
        self._set("", epochs="auto" if until == "auto" else USUAL)

    def _set(self, gesture: str, **values: object) -> None:
        label = self.tr("Change seed") if "seed" in values else self.tr("Change epochs")
        self._draft.edit(label, wish=self._draft.wish.with_training(**values), merge=gesture or None)

    @Slot(object, str)
    def _limit(self, minutes: float | None, gesture: str) -> None:
        seconds = None if minutes is None else round(minutes * 60, 3)
        wish = self._draft.wish.with_limit(seconds)
        self._draft.edit(self.tr("Change time limit"), wish=wish, merge=gesture or None)
