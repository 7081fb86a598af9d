"""The line below the drawings: words with the verdict beside them. Click a word, and what it names opens beneath."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from app.kit.copying import CopyButton
from app.kit.guessing.card import GuessCard
from app.kit.widgets.frame import QWIDGETSIZE_MAX, Panel, scrolled
from app.kit.widgets.labels import Label, TwoLines, wrapped
from app.kit.widgets.outline_tree import OutlineItem, OutlineTree
from app.kit.widgets.tabs import FOLDED, FoldingTabs
from app.kit.widgets.tone import mark
from app.workspaces.neuron import geometry
from app.workspaces.neuron.conditions import ConditionsView
from app.workspaces.neuron.layer_card import LayerCard
from app.workspaces.neuron.learn_tab import LearnTab
from app.workspaces.neuron.model import ALL, OF_INPUTS, NeuronModel, PartKey, SignalStage, UnitPart
from app.workspaces.neuron.players import Learner
from app.workspaces.neuron.settings_tab import SettingsTab
from app.workspaces.neuron.words import (
    about,
    names_of,
    output_text,
    parameter_text,
    part_words,
    row_name,
    standing,
    table_name,
    target_text,
    weight_name,
    z_text,
)

ROW = "row"


class NeuronOutline(OutlineTree):
    """Numbers of weights and bias can be typed over; choosing a row of the table puts its inputs on.

    ``asked(key)``: a part was chosen whose number comes from somewhere.
    """

    asked = Signal(object)

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__("", parent, open_depth=2)
        self._model = model
        self.setAccessibleName(self.tr("Outline of the neuron"))
        self.number_edited.connect(self._edit)
        self.chosen.connect(self._choose)
        self.pointed.connect(lambda key: model.point_at(_part(key)))
        model.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        if not self.isVisible() and self.outline.rowCount():
            return
        self.show_items(self._items())

    def showEvent(self, event: object) -> None:
        """Show what has changed meanwhile."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.show_items(self._items())

    def _items(self) -> tuple[OutlineItem, ...]:
        reading = self._model.reading
        table = self.tr("Table {name}").format(name=table_name(reading.table_key))
        return (
            OutlineItem("cell", self.tr("The unit, beside the nerve cell"), self._parts()),
            OutlineItem("table", table, self._rows(), note=standing(self._model)[1]),
        )

    def _parts(self) -> tuple[OutlineItem, ...]:
        return tuple(self._part(part) for part in UnitPart)

    def _part(self, part: UnitPart) -> OutlineItem:
        biological, artificial = names_of(part)
        text = self.tr("{biological} = {artificial}").format(biological=biological, artificial=artificial)
        content, data = self._model.content, self._model.stage_data
        children: list[OutlineItem] = []
        for index, weight in enumerate(content.weights if part in OF_INPUTS else ()):
            if part is UnitPart.WEIGHT:
                children.append(OutlineItem((part, index), weight_name(index), number=weight))
            else:
                children.append(OutlineItem((part, index), part_words(data, part, index)))
        if part is UnitPart.THRESHOLD:
            children.append(OutlineItem(("b", 0), "b", number=content.bias))
            theta = parameter_text(content.unit.threshold, self._model.reading)
            children.append(OutlineItem(("theta", 0), f"θ = −b = {theta}"))
        elif part not in OF_INPUTS:
            children.append(OutlineItem(("z" if part is UnitPart.SUM else "y", 0), part_words(data, part, ALL)))
        return OutlineItem((part, ALL), text, tuple(children), note=about(part))

    def _rows(self) -> tuple[OutlineItem, ...]:
        return tuple(self._row(row) for row in range(len(self._model.content.targets)))

    def _row(self, row: int) -> OutlineItem:
        reading = self._model.reading
        verdict_of_row, stage = reading.rows[row], self._model.stage_of(row)
        target = target_text(reading, row)
        if stage < SignalStage.OUTPUT:
            text = self.tr("{row}: not yet, target {target}").format(row=row_name(verdict_of_row.x), target=target)
            return OutlineItem((ROW, row), text)
        text = self.tr("{row}: output {output}, target {target}, {judged}").format(
            row=row_name(verdict_of_row.x),
            output=output_text(verdict_of_row.output, reading),
            target=target,
            judged=self.tr("right") if verdict_of_row.right else self.tr("wrong"),
        )
        return OutlineItem((ROW, row), text, note=f"z = {z_text(verdict_of_row.z, reading)}")

    def _edit(self, key: Hashable, value: float) -> None:
        if key == ("b", 0):
            self._model.set_bias(value)
        elif isinstance(key, tuple) and key[0] is UnitPart.WEIGHT:
            self._model.set_weight(key[1], value)

    def _choose(self, key: Hashable) -> None:
        if isinstance(key, tuple) and key[0] == ROW:
            self._model.look_at(key[1])
        elif _part(key) is not None:
            self._model.point_at(_part(key))


def _part(key: Hashable) -> PartKey | None:
    """The part that a row of the outline is about."""
    return (key[0], key[1]) if isinstance(key, tuple) and isinstance(key[0], UnitPart) else None


WHY, SETTINGS, LEARN, OUTLINE = range(4)
CARD_SHARE, NARROW_SHARE, ROOMY = 47, 34, 800
"""Hundredths of the width for the card beside what is open, where it is so wide and where it is narrower."""
LEAST = QSize(500, int(geometry.LEAST[1]))
"""Of what is open, with the line of words: it gets no less height than the drawing."""


class Dock(Panel):
    """``front_changed``: another tab is open, or none. ``opened(on)``: it needs room beneath its line, or no more.
    ``line_changed``: that line takes another height. ``is_alone``: only a question is shown."""

    front_changed = Signal()
    opened = Signal(bool)
    line_changed = Signal()

    def __init__(self, model: NeuronModel, learner: Learner) -> None:
        super().__init__()
        self._model, self._learner = model, learner
        self._is_guessing = self.is_alone = False
        self.column.setContentsMargins(14, 2, 14, 4)
        self.column.setSpacing(6)
        self._add_head()
        self._add_body()
        self.tabs.turned.connect(self._turn)
        model.changed.connect(self._follow)
        self._follow()
        self._bring()
        self._make_room()

    def _add_head(self) -> None:
        self.tabs = FoldingTabs()
        self.tabs.setAccessibleName(self.tr("Views of the neuron"))
        for text in (self.tr("Why"), self.tr("All settings"), self.tr("Train it"), self.tr("Outline")):
            self.tabs.addTab(text)
        self._whys = {
            False: {
                1: self.tr("Why no point does it"),
                2: self.tr("Why no line does it"),
                3: self.tr("Why no plane does it"),
            },
            True: {
                1: self.tr("Why one point does it"),
                2: self.tr("Why one line does it"),
                3: self.tr("Why one plane does it"),
            },
        }
        self.tabs.reserve(WHY, (text for texts in self._whys.values() for text in texts.values()))
        self._dot, self.sentence = Label("●"), TwoLines()
        self.copy = CopyButton()
        self._head, verdict = QBoxLayout(QBoxLayout.Direction.LeftToRight), QHBoxLayout()
        self._head.setSpacing(2)
        verdict.setContentsMargins(12, 0, 0, 0)
        verdict.addWidget(self._dot)
        verdict.addWidget(self.sentence, 1)
        verdict.addWidget(self.copy)
        self._head.addWidget(self.tabs)
        self._head.addLayout(verdict, 1)
        self._head_line = QWidget()
        self._head.setContentsMargins(0, 0, 0, 0)
        self._head_line.setLayout(self._head)
        self.column.addWidget(self._head_line)

    def _add_body(self) -> None:
        self.why, self.settings = ConditionsView(self._model), SettingsTab(self._model)
        self.learn, self.outline = LearnTab(self._model, self._learner), NeuronOutline(self._model)
        self.veil = wrapped(
            self.tr("This gives the rows' results away. Guess them first, or switch off “Predict first”.")
        )
        self.veil.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hidden, self.guess = LayerCard(self._model), GuessCard()
        self.guess.set_compact(False)
        self.guess.setMaximumWidth(QWIDGETSIZE_MAX)
        self._asking, self._offering = scrolled(self.guess), scrolled(self.hidden)
        self._pages = _stacked(scrolled(self.why), self.settings, self.learn, self.outline, self.veil)
        self.cards = _stacked(self._offering, self._asking)
        self._body = QWidget()
        self._halves = QHBoxLayout(self._body)
        self._halves.setContentsMargins(0, 0, 0, 6)
        self._halves.setSpacing(18)
        self._halves.addWidget(self._pages)
        self._halves.addWidget(self.cards)
        self._body.hide()
        self.question_height = 0
        """Pixels of the question alone beneath the picture, as it was asked; more that comes of the guess scrolls."""
        self.column.addWidget(self._body, 1)

    def minimumSizeHint(self) -> QSize:
        if self.is_alone or self.only_asks:
            return QSize(LEAST.width(), min(self.question_height, LEAST.height()))
        return LEAST if self.is_open else QSize(LEAST.width(), super().minimumSizeHint().height())

    # Tabs ------------------------------------------------------------------------------------------------------------

    @property
    def front(self) -> int:
        """Return which tab is open, or ``FOLDED``."""
        return self.tabs.front

    def show_tab(self, tab: int) -> None:
        """Open a tab, or fold what is open."""
        self.tabs.open_tab(tab)

    @Slot(int)
    def _turn(self, _tab: int) -> None:
        self._bring()
        self._make_room()
        self.front_changed.emit()

    @property
    def is_open(self) -> bool:
        """Return whether there is more than its line."""
        return self._is_guessing or self.front != FOLDED

    @property
    def only_asks(self) -> bool:
        """Return whether there is a question and no open tab."""
        return self._is_guessing and self.front == FOLDED

    @property
    def veiled(self) -> bool:
        """Return whether the tab that is open would tell what is still to be guessed, so that it is hidden."""
        return self._model.secret and self.front == SETTINGS

    def _bring(self) -> None:
        """Show what is open, or words in its place."""
        if self.front != FOLDED:
            self._pages.setCurrentIndex(self._pages.indexOf(self.veil) if self.veiled else self.front)
        if self.front == LEARN:
            self._learner.prepare()
        self._offer()

    def _offer(self) -> None:
        """Offer a copy of the open view."""
        self.copy.setVisible(self.front in (WHY, SETTINGS) and not self.veiled)
        view, tab = (self.settings, SETTINGS) if self.front == SETTINGS else (self.why, WHY)
        name = "neuron-why" if tab == WHY else "neuron-settings"
        self.copy.offer(view, self.copy.drawn_picture, title=self.tabs.tabText(tab), name=name)
        self.copy.offer_drawing(view)

    # Cards -----------------------------------------------------------------------------------------------------------

    def show_guessing(self, on: bool) -> None:
        """Give the card of guesses the place and the keyboard, or take them away."""
        self._is_guessing = on
        self.cards.setCurrentWidget(self._asking if on else self._offering)
        self._make_room()
        if on:
            self.guess.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_question_alone(self, on: bool) -> None:
        """Put away all but the question, or bring it back."""
        self.is_alone = on
        self._make_room()

    def _make_room(self) -> None:
        """Show what is open, and beside it the card: that of the guesses, or of the hidden layer beside its reason."""
        was_open = not self._body.isHidden()
        self._head_line.setVisible(not self.is_alone)
        self._pages.setVisible(self.front != FOLDED and not self.is_alone)
        self.cards.setVisible(self._is_guessing or self.front == WHY)
        self._body.setVisible(self.is_open)
        vertical = QSizePolicy.Policy.Preferred if self.is_open else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self._share()
        around = self.sizeHint().height() - self._body.sizeHint().height() + self._halves.contentsMargins().bottom()
        self.question_height = self.guess.minimumSizeHint().height() + around
        if was_open != self.is_open:
            self.opened.emit(self.is_open)

    def _share(self) -> None:
        """The steps of learning need most of the width: each has eight numbers. Where it is narrow, the verdict has a
        line of its own."""
        ways = QBoxLayout.Direction
        way = ways.LeftToRight if self.width() >= ROOMY else ways.TopToBottom
        if way != self._head.direction():
            self._head.setDirection(way)
            self.line_changed.emit()
        share = CARD_SHARE if self.width() >= ROOMY and self.front != LEARN else NARROW_SHARE
        self._halves.setStretch(0, 100 - share)
        self._halves.setStretch(1, share)
        card = self.guess if self._is_guessing else self.hidden
        self.cards.setMinimumWidth(card.minimumWidth() + self._asking.verticalScrollBar().sizeHint().width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    # Showing ---------------------------------------------------------------------------------------------------------

    @Slot()
    def _follow(self) -> None:
        reading = self._model.reading
        if (self._pages.currentWidget() is self.veil) is not self.veiled:
            self._bring()
        text = self._whys[reading.why_none is None][len(reading.content.weights)]
        if text != self.tabs.tabText(WHY):
            self.tabs.setTabText(WHY, text)
            self._offer()
        self._share()
        tone, sentence = standing(self._model)
        mark(self._dot, "tone", tone)
        self.sentence.set_full_text(sentence)


def _stacked(*pages: QWidget) -> QStackedWidget:
    """Return these one behind another, in whatever room there is."""
    stack = QStackedWidget()
    stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    for page in pages:
        stack.addWidget(page)
    return stack
