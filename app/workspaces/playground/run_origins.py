"""Where the numbers of a run come from: the bar's epoch, losses, accuracy or R², and those of its layers."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from math import isfinite

from PySide6.QtCore import QObject

from app.kit.numbers import accuracy_text, epoch_text, grouped, loss_text
from app.kit.origin.facts import Fact
from app.network.document import Document
from app.network.watched import Legible
from app.workspaces.playground.layer_origins import LayerKey, layer_fact
from engine.losses import loss
from engine.training.quality import Quality
from engine.training.snapshot import Snapshot
from engine.value_check import CheckedValue

EPOCH, TRAIN_LOSS, TEST_LOSS, ACCURACY = "epoch", "train_loss", "test_loss", "accuracy"
_STEPS = r"\frac{\mathrm{steps}}{\mathrm{steps\ per\ epoch}}"


class RunOrigins(QObject):
    """Facts of the numbers of a run, of the snapshot whose numbers are written out."""

    def __init__(self, legible: Legible, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._legible, self._document = legible, document

    def of(self, key: Hashable) -> Fact | None:
        """Where a number comes from; None while nothing is known of it."""
        snapshot = self._legible.snapshot
        if snapshot is None:
            return None
        if isinstance(key, LayerKey):
            return layer_fact(snapshot, key, is_single=self._document.hyper.precision == "float32")
        if key == EPOCH:
            return self._epoch(snapshot)
        return self._score(snapshot) if key == ACCURACY else self._loss(snapshot, of_test=key == TEST_LOSS)

    def _epoch(self, snapshot: Snapshot) -> Fact:
        even = snapshot.step == round(snapshot.epoch * snapshot.steps_per_epoch)
        words = self.tr("{steps} steps are done. An epoch now has {each} steps, which see each of {rows} rows once.")
        said = words.format(
            steps=grouped(snapshot.step), each=grouped(snapshot.steps_per_epoch), rows=grouped(snapshot.train_rows)
        )
        return Fact(
            EPOCH, "e", self.tr("how many times each training sample has been seen"), snapshot.epoch,
            _STEPS if even else "",
            rf"\frac{{{snapshot.step}}}{{{snapshot.steps_per_epoch}}}" if even else "",
            sentence=said, printed=epoch_text(snapshot.epoch),
        )  # fmt: skip

    def _loss(self, snapshot: Snapshot, *, of_test: bool) -> Fact:
        key = TEST_LOSS if of_test else TRAIN_LOSS
        value = snapshot.test_loss if of_test else snapshot.train_loss
        rows = snapshot.test_rows if of_test else snapshot.train_rows
        place = self.tr("mean loss of the test rows") if of_test else self.tr("mean loss of the training rows")
        words = self.tr("The mean over {rows} rows, without penalties or dropout, with the weights after step {step}.")
        said = words.format(rows=grouped(rows), step=grouped(snapshot.measured_step))
        own = loss(snapshot.plan.output.params.loss).formula.replace("L", "L_i", 1)
        formula = rf"\frac{{1}}{{N}}\sum_i L_i,\quad {own}"
        known = value if rows and isfinite(value) else None
        check = self._check(snapshot, of_test=of_test, pick=lambda found: found.loss)
        return Fact(
            key, "L", place, known, formula, rf"N = {rows}", sentence=said, check=check, printed=loss_text(value)
        )

    def _score(self, snapshot: Snapshot) -> Fact:
        value, rows = snapshot.accuracy, snapshot.test_rows
        classes = snapshot.plan.target.classes
        check = self._check(snapshot, of_test=True, pick=lambda found: found.score)
        known, printed = value if rows and isfinite(value) else None, accuracy_text(value, not classes)
        measured = self.tr("Measured on {rows} test rows with the weights after step {step}.")
        said = measured.format(rows=grouped(rows), step=grouped(snapshot.measured_step))
        if not classes:
            return Fact(
                ACCURACY, "R^2", self.tr("how much of the test targets’ variance is explained"), known,
                r"1 - \frac{\sum_i (t_i - o_i)^2}{\sum_i (t_i - \overline{t})^2}", sentence=said, check=check,
                printed=printed,
            )  # fmt: skip
        right = "" if known is None else rf"\frac{{{round(value * rows)}}}{{{rows}}}"
        name = self.tr("correct rows over all rows") + "$$"
        return Fact(
            ACCURACY, name, self.tr("share of the test rows that get the right class"), known, "", right,
            sentence=said, check=check, printed=printed,
        )  # fmt: skip

    @staticmethod
    def _check(
        snapshot: Snapshot, *, of_test: bool, pick: Callable[[Quality], float]
    ) -> Callable[[], CheckedValue[float]] | None:
        """Asks PyTorch or who stands in for it, where the weights of that moment are still there."""
        if snapshot.step != snapshot.measured_step:
            return None
        rows = snapshot.dataset.test if of_test else snapshot.dataset.train

        def ask() -> CheckedValue[float]:
            from engine.training.quality_check import check_quality

            return check_quality(snapshot.plan, snapshot.weights, snapshot.dataset, rows, snapshot.backend).pick(pick)

        return ask
