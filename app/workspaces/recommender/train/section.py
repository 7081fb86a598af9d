"""How a run trains."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.labels import wrapped
from app.workspaces.recommender.open_run import OpenRun
from app.workspaces.recommender.section import Figure, Section
from app.workspaces.recommender.words import doing_words, measures_of


class TrainSection(Section):
    """Its progress, and its latest figures."""

    key: ClassVar[str] = "train"
    label: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "Train")
    tip: ClassVar[str] = QT_TRANSLATE_NOOP("Sections", "How it learns, beside simpler models")
    models: ClassVar[frozenset[str]] = frozenset({"wide-deep", "candidates", "ranking"})
    asks: ClassVar[bool] = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = wrapped("", None)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.addWidget(self._said)
        column.addStretch(1)

    def show_run(self, run: OpenRun) -> None:
        """Follow it."""
        self._run = run
        run.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        history, doing = self._run.history, self._run.doing
        if history is None or doing is None:
            return
        self._said.setText(doing_words(doing))
        text = self.tr("{done}, at most {all}") if history.state.auto else self.tr("{done} of {all}")
        epochs = text.format(done=history.state.epochs, all=history.state.planned)
        figures = [Figure(self.tr("Epoch"), epochs)]
        for measure in measures_of(self._run.model):
            figures.append(Figure(measure.name, measure.text(history.state.figures.get(measure.key))))
        self.set_figures(*figures)
