"""The left column: ready-made experiments, what is the same in all networks, and what is measured."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.numbers import grouped
from app.kit.translation import worded
from app.kit.typeset import MathLabel
from app.kit.widgets.cards import edge_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.drag_number import ValueSlider
from app.kit.widgets.labels import wrapped
from app.kit.widgets.painted import KeyFocus, PaintedButton, draw_elided, set_pixels
from app.kit.widgets.section import Section
from app.kit.words import plain_tip
from app.workspaces.gradients.formulas import NOTATION
from app.workspaces.gradients.presets import PRESET_WORDS
from app.workspaces.gradients.shown import DELTA, MEASURES, VARIANCE, WEIGHTS
from app.workspaces.gradients.words import said
from engine.data import catalogue
from engine.gradients.experiment import DATA, Experiment
from engine.gradients.presets import PRESETS

WIDTH = 232
CARD_HEIGHT = 42


class PresetCard(KeyFocus, PaintedButton):
    """One ready-made experiment: its name over what differs in it."""

    def __init__(self, key: str) -> None:
        super().__init__()
        title, differs, watch = (said(text) for text in PRESET_WORDS[key])
        self.key, self._differs = key, differs
        self.setText(title)
        self.setCheckable(True)
        self.setToolTip(plain_tip(watch))
        self.setAccessibleName(title)
        self.setAccessibleDescription(f"{differs}. {watch}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(160, CARD_HEIGHT)

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        chosen = self.isChecked()
        painter.setPen(QPen(theme.colour(edge_of(self, chosen=chosen)), 1.6 if chosen else 1.0))
        painter.setBrush(theme.colour("accent_soft" if chosen else "surface"))
        painter.drawRoundedRect(box, 7, 7)
        inner = box.adjusted(10, 5, -6, -4)
        set_pixels(painter, 12, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("accent" if chosen else "text"))
        draw_elided(
            painter, QRectF(inner.x(), inner.y(), inner.width(), 15), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        set_pixels(painter, 11, QFont.Weight.Normal)
        painter.setPen(theme.colour("text_muted"))
        low = QRectF(inner.x(), inner.y() + 16, inner.width(), 15)
        draw_elided(painter, low, Qt.AlignmentFlag.AlignVCenter, self._differs)


class LeftColumn(PanelColumn):
    """``preset_chosen(key)``; ``measure_chosen(key)``; ``edited(changes, merge)`` and ``settled`` of what is the same
    in all networks."""

    preset_chosen = Signal(str)
    measure_chosen = Signal(str)
    edited = Signal(dict, str)
    settled = Signal()

    def __init__(self, experiment: Experiment) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("Experiments, what is the same in all, and what is measured"))
        self.rows.setSpacing(10)
        self._experiment = experiment

    def parts(self) -> tuple[Callable[[], None], ...]:
        """Its sections, built one by one."""
        return self._add_presets, self._add_same, self._add_measures

    def _add_presets(self) -> None:
        self.rows.addWidget(Section(self.tr("Experiments"), self._presets()))

    def _add_same(self) -> None:
        self.rows.addWidget(Section(self.tr("Same in all"), self._same(self._experiment)))

    def _add_measures(self) -> None:
        self.rows.addWidget(Section(self.tr("Measure"), self._measures()))
        self.rows.addWidget(Section(self.tr("Notation"), self._notation()))
        self.rows.addStretch(1)
        self.show_experiment(self._experiment)
        self.show_measure(DELTA)

    def _presets(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        self.cards: dict[str, PresetCard] = {}
        for one in PRESETS:
            card = PresetCard(one.key)
            card.clicked.connect(lambda _checked=False, key=one.key: self.preset_chosen.emit(key))
            self.cards[one.key] = card
            column.addWidget(card)
        return holder

    def _same(self, experiment: Experiment) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        titles = {entry.key: worded(entry.title) for entry in catalogue()}
        self.data = Choice(self.tr("Data"), [(key, titles[key]) for key in DATA], self.tr("The points to tell apart"))
        self.data.picked.connect(lambda key: self.edited.emit({"data": key}, ""))
        column.addWidget(self.data)
        self.sliders: dict[str, ValueSlider] = {}
        rows = (
            ("samples", self.tr("Samples"), 10, 1000, 10, self.tr("Points in every step’s one batch")),
            ("noise", self.tr("Noise"), 0, 50, 1, self.tr("How much the points are blurred, in per cent")),
            ("steps", self.tr("Steps"), 1, 2000, 10, self.tr("How many steps training does")),
            ("seed", self.tr("Seed"), 0, 9999, 1, self.tr("Decides the points and every weight")),
        )  # fmt: skip
        for field, text, low, high, step, tip in rows:
            value = float(getattr(experiment, field))
            whole = field != "noise"
            slider = ValueSlider(
                f"{text}$$", value, low, high, step, one_line=True, shown=grouped, whole=whole, name=text, tip=tip
            )
            slider.label.setFixedWidth(62)
            slider.number.setMinimumWidth(46)
            slider.moved.connect(
                lambda v, field=field, whole=whole: self.edited.emit({field: round(v) if whole else v}, field)
            )
            slider.settled.connect(self.settled)
            self.sliders[field] = slider
            column.addWidget(slider)
        return holder

    def _measures(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._group = QButtonGroup(self)
        self.measures: dict[str, QRadioButton] = {}
        tips = {
            DELTA: self.tr("Root of the mean of ‖∂L/∂z‖² over the samples: what verdicts go by"),
            WEIGHTS: self.tr("Norm of the gradient of the weights, which an explosion need not show in"),
            VARIANCE: self.tr("Mean of z² on the way forward, measured and predicted"),
        }
        for key, text in MEASURES.items():
            button = QRadioButton(said(text))
            button.setToolTip(plain_tip(tips[key]))
            button.clicked.connect(lambda _checked=False, key=key: self.measure_chosen.emit(key))
            self._group.addButton(button)
            self.measures[key] = button
            column.addWidget(button)
        self.warning = wrapped(
            self.tr(
                "Verdicts go by ‖δ‖. With zero biases ‖∂L/∂W‖ hides an explosion: its ratio does not change with"
                " the scale of the weights."
            )
        )
        column.addWidget(self.warning)
        return holder

    def _notation(self) -> QWidget:
        self.notation = MathLabel(NOTATION[DELTA], 14.0)
        self.meaning = wrapped()
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notation)
        column.addWidget(self.meaning)
        return holder

    # What is shown ------------------------------------------------------------------------------------------------

    def show_experiment(self, experiment: Experiment) -> None:
        """Show what is the same in all networks."""
        self.data.choose(experiment.data)
        for field, slider in self.sliders.items():
            value = float(getattr(experiment, field))
            if value != slider.number.value and not slider.number.dragging:
                slider.set_value(value)

    def show_preset(self, key: str | None) -> None:
        """Mark the ready-made experiment that is open as it was made; None for one of one's own."""
        for name, card in self.cards.items():
            card.setChecked(name == key)

    def show_measure(self, measure: str) -> None:
        """Show what is measured."""
        self.measures[measure].setChecked(True)
        self.notation.set_text(NOTATION[measure])
        self.warning.setVisible(measure == WEIGHTS)
        meanings = {
            DELTA: self.tr("Each step back multiplies by the weights and by the slope: f′·W."),
            WEIGHTS: self.tr("The gradient is δ times what comes in, and that grows where δ shrinks."),
            VARIANCE: self.tr("Glorot & Bengio 2010; He et al. 2015: for weights drawn round 0."),
        }
        self.meaning.setText(meanings[measure])
