"""The pane of the runs, in the place of the network's canvas."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.kit.drawing.view import DrawingView
from app.kit.widgets.labels import Label
from app.workspaces.playground.runs.cards import DELETE, draw_cards
from app.workspaces.playground.runs.curves import EPOCH, draw_curves
from app.workspaces.playground.runs.model import RunsModel, RunsShown


class RunsPane(QWidget):
    """Curves above, cards below. A click on a run opens it; the run pointed at is coloured in both."""

    def __init__(self, model: RunsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        hint = Label(
            self.tr(
                "Whenever a training takes the place of another, that one is kept here. A click goes on with it. Drag "
                "the epoch back and change one thing: that begins a branch."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("role", "muted")
        self.curves = DrawingView(
            draw_curves, RunsShown(), hint=QSize(600, 330), least=QSize(240, 240), name=self.tr("Losses of the runs")
        )
        self.cards = DrawingView(
            draw_cards, RunsShown(), hint=QSize(600, 300), least=QSize(160, 200), name=self.tr("Runs")
        )
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.cards)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        column.addWidget(hint)
        column.addWidget(self.curves, 1)
        column.addWidget(area, 1)
        for view in (self.curves, self.cards):
            view.pointed.connect(self._light)
            view.chosen.connect(self._open)
        self.curves.edited.connect(self._go)
        self.cards.acted.connect(self._act)
        self._lit: int | None = None
        model.changed.connect(self.refresh)

    @Slot()
    def refresh(self) -> None:
        """Show the runs as they are now."""
        if self.isVisible():
            shown = self._model.shown(self._lit)
            self.curves.set_data(shown)
            self.cards.set_data(shown)

    @Slot(object)
    def _light(self, key: object) -> None:
        number = key[1] if isinstance(key, tuple) else key
        lit = number if isinstance(number, int) else None
        if lit != self._lit:
            self._lit = lit
            self.refresh()

    @Slot(object)
    def _open(self, key: object) -> None:
        if isinstance(key, tuple) and key[0] == DELETE:
            self._model.delete(key[1])
        elif key != EPOCH:
            number = key[1] if isinstance(key, tuple) else key
            assert isinstance(number, int)
            self._model.open(number)

    @Slot(object, float)
    def _go(self, _key: object, epoch: float) -> None:
        self._model.go_to(epoch)

    @Slot(object)
    def _act(self, _action: object) -> None:
        """Delete, at the run that is pointed at."""
        if self._lit is not None:
            self._model.delete(self._lit)
