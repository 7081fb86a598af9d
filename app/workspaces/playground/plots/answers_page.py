"""The page of the dock that holds answers against the truth: confusion and mistakes, or residuals."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.kit.copying import CopyButton
from app.kit.drawing.view import DrawingView
from app.kit.numbers import grouped
from app.kit.widgets.image_grid import ImageGrid, ImageItem
from app.kit.widgets.labels import ElidedLabel, Label
from app.kit.widgets.segments import Segments
from app.network.document import Document
from app.network.evaluator import Evaluator
from app.network.trainer import Trainer
from app.workspaces.playground.plots.answers_drawing import ConfusionCounts, draw_confusion, draw_residuals
from engine.training.evaluation import Evaluation
from engine.training.snapshot import Snapshot

SIDE = 42
MOST_MISTAKES = 200


class AnswersPage(QWidget):
    """Confusion and mistakes, or the residuals of a regression. ``picked(row)``: look at this mistake. Everything is of
    the latest network: what is of another is taken away."""

    picked = Signal(int)

    def __init__(self, document: Document, trainer: Trainer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._evaluation: Evaluation | None = None
        self._evaluator = Evaluator(self)
        self._evaluator.evaluated.connect(self._take)
        self._build_matrix()
        self._build_mistakes()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(22)
        row.addLayout(self._left, 5)
        row.addWidget(self.side, 4)
        trainer.snapshot_published.connect(self._follow)
        trainer.snapshot_withdrawn.connect(self.forget)
        document.dataset_loaded.connect(self.forget)
        self.forget()

    def _build_matrix(self) -> None:
        self.title, self.summary = Label(), ElidedLabel("", "muted")
        self.title.setProperty("role", "title")
        self.rows_shown = Segments(
            [
                ("test", self.tr("Test"), self.tr("Rows that the network has not been trained on")),
                ("train", self.tr("Training"), self.tr("Rows that the network has been trained on")),
            ]
        )
        self.rows_shown.chosen.connect(self._choose_rows)
        hint, least = QSize(320, 200), QSize(120, 80)
        name = self.tr("Confusion matrix")
        self.matrix = DrawingView(draw_confusion, ConfusionCounts(), hint=hint, least=least, name=name)
        self.residuals = DrawingView(draw_residuals, None, hint=hint, least=least, name=self.tr("Residuals"))
        self.copier = CopyButton()
        self.copier.failed.connect(self._document.problem_found)
        for view in (self.matrix, self.residuals):
            self.copier.serve(view)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.title)
        head.addWidget(self.summary, 1)
        head.addWidget(self.rows_shown)
        head.addWidget(self.copier)
        self._left = QVBoxLayout()
        self._left.setSpacing(4)
        self._left.addLayout(head)
        self._left.addWidget(self.matrix, 1)
        self._left.addWidget(self.residuals, 1)

    def _build_mistakes(self) -> None:
        self.side = QWidget()
        self.mistakes_title = Label()
        self.mistakes_title.setProperty("role", "title")
        hint = ElidedLabel(self.tr("click to look"), "muted")
        self.mistakes = ImageGrid(SIDE)
        self.mistakes.setAccessibleName(self.tr("Mistakes"))
        self.mistakes.picked.connect(self.picked)
        self.rest = ElidedLabel("", "muted")
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.mistakes_title)
        head.addWidget(hint, 1)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(7)
        column.addLayout(head)
        column.addWidget(self.mistakes, 1)
        column.addWidget(self.rest)

    # Following ----------------------------------------------------------------------------------------------------

    @property
    def evaluation(self) -> Evaluation | None:
        """What is shown."""
        return self._evaluation

    @Slot()
    def forget(self) -> None:
        """Nothing is known of the network on these data."""
        dataset = self._document.dataset
        images = dataset.image is not None
        self._evaluation = None
        self._evaluator.forget()
        is_regression = not dataset.classes
        none = tuple((0,) * len(dataset.classes) for _ in dataset.classes)
        self.matrix.set_data(ConfusionCounts(none, dataset.classes))
        self.residuals.set_data(None)
        self.matrix.setVisible(not is_regression)
        self.residuals.setVisible(is_regression)
        view, name = (self.residuals, "residuals") if is_regression else (self.matrix, "confusion")
        self.copier.offer(view, view.grab, title=view.accessibleName(), name=name)
        self.side.setVisible(images)
        self._write_titles()
        self.mistakes.set_items(())
        self._ask()

    @Slot(str)
    def _choose_rows(self, _key: str) -> None:
        self.forget()

    @Slot(object)
    def _follow(self, _snapshot: Snapshot) -> None:
        self._ask()

    def _ask(self) -> None:
        snapshot, dataset = self._trainer.snapshot, self._document.dataset
        if snapshot is not None and self.isVisible():
            self._evaluator.request(snapshot, dataset, test=self.rows_shown.key == "test")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._ask()

    @Slot(object)
    def _take(self, evaluation: Evaluation) -> None:
        dataset = self._document.dataset
        if evaluation.rows is not (dataset.test if self.rows_shown.key == "test" else dataset.train):
            return  # of the data or the rows before
        self._evaluation = evaluation
        if dataset.classes:
            counts = tuple(map(tuple, evaluation.confusion.tolist()))
            self.matrix.set_data(ConfusionCounts(counts, dataset.classes))
        else:
            self.residuals.set_data(evaluation)
        self._write_titles()
        if dataset.image is not None:
            self._show_mistakes(evaluation)

    def _write_titles(self) -> None:
        dataset, evaluation = self._document.dataset, self._evaluation
        test, images = self.rows_shown.key == "test", dataset.image is not None
        names = {
            (True, True): self.tr("Test images"),
            (False, True): self.tr("Training images"),
            (True, False): self.tr("Test rows"),
            (False, False): self.tr("Training rows"),
        }
        self.title.setText(names[test, images])
        if evaluation is None:
            self.summary.set_full_text(self.tr("not yet"))
            self.mistakes_title.setText(self.tr("Mistakes"))
            self.rest.set_full_text("")
            return
        if not dataset.classes:
            self.summary.set_full_text("")
            return
        right, total = int(np.trace(evaluation.confusion)), int(evaluation.confusion.sum())
        text = self.tr("{right} of {total} right").format(right=grouped(right), total=grouped(total))
        self.summary.set_full_text(text)
        wrong = total - right
        one, several = self.tr("The one mistake"), self.tr("The {count} mistakes").format(count=grouped(wrong))
        self.mistakes_title.setText(self.tr("No mistakes") if not wrong else one if wrong == 1 else several)

    def _show_mistakes(self, evaluation: Evaluation) -> None:
        dataset, found = self._document.dataset, evaluation.mistakes
        shown = found[:MOST_MISTAKES]
        words = self.tr("Image {row}: a {true}, taken for {predicted}")
        items = []
        for at, pixels in zip(shown, dataset.pictures(evaluation.rows[shown]), strict=True):
            true, predicted = (dataset.classes[int(values[at])] for values in (evaluation.true, evaluation.predicted))
            row = int(evaluation.rows[at])
            items.append(
                ImageItem(row, pixels, f"{true} → ", predicted, words.format(row=row, true=true, predicted=predicted))
            )
        self.mistakes.set_items(items)
        more = len(found) - self.mistakes.shown
        self.rest.set_full_text(self.tr("and {count} more").format(count=grouped(more)) if more > 0 else "")
