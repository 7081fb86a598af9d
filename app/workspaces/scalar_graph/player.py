"""The result and its slope in the top bar, and under the canvas the playback with its sentence."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from PySide6.QtCore import QCoreApplication, QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.actions import ActionSet
from app.kit.announce import announce, heard
from app.kit.numbers import NOTHING
from app.kit.playback.bar import PlaybackBar
from app.kit.widgets.action_button import action_button
from app.kit.widgets.phrase import Phrase, Piece
from app.kit.widgets.readout import Readout
from app.kit.widgets.tone import restyle
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.computation import Computation, ComputationPhase, GradientOf, PassState, ValueOf
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import (
    gradient_text,
    marked_gradient,
    name_text,
    not_yet,
    short_name,
    short_slope_markup,
    value_text,
    word_of,
)


class GraphBar(QWidget):
    """Two read-outs. ``asked(key)``: the result or the slope was clicked."""

    asked = Signal(object)

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        tr = self.tr
        double = tr("The value of the expression, as a double (53 binary digits)")
        self.result = Readout(tr("OUTPUT"), double, "−0.888888", accent=True, asks=True)
        self.slope = Readout(
            "",
            tr("How fast the result changes with the selected input: its gradient"),
            "−0.88888",
            accent=True,
            asks=True,
            maths=True,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        for readout in (self.result, self.slope):
            row.addWidget(readout)
        self.result.asked.connect(self._ask_result)
        self.slope.asked.connect(self._ask_slope)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # the title has the rest
        for signal in (model.state_changed, model.chosen_changed):
            signal.connect(self.follow)
        model.refused.connect(self.follow)
        theme.notifier().changed.connect(self.follow)
        self.follow()

    @Slot()
    def _ask_result(self) -> None:
        worked = self._model.worked
        if worked is not None and not self._model.stale:
            self.asked.emit(ValueOf(worked.graph.nodes[worked.graph.output].key))

    @Slot()
    def _ask_slope(self) -> None:
        if self._model.leaf is not None and not self._model.stale:
            self.asked.emit(GradientOf(self._model.leaf))

    @Slot()
    def follow(self) -> None:
        """Say how things stand; nothing where what is typed cannot be read."""
        worked, state = self._model.worked, self._model.state
        if worked is None or self._model.stale:
            for readout in (self.result, self.slope):
                self._say(readout, NOTHING, "")
            return
        graph = worked.graph
        value = state.values[graph.output]
        name = graph.labels[graph.output]
        caption = self.tr("OUTPUT {name}").format(name=name_text(short_name(name)))
        self.result.set_caption(caption, self.result.toolTip())
        fault = worked.faults.get(graph.output, "") if value is not None else ""
        self._say(self.result, not_yet() if value is None else value_text(value), fault)
        leaf = self._model.leaf
        self.slope.setVisible(leaf is not None)
        if leaf is not None:
            gradient = state.gradients[graph.index[leaf]]
            self.slope.set_caption(short_slope_markup(name, leaf), self.slope.toolTip())
            why = state.hollow.get(graph.index[leaf], "")
            text = not_yet() if gradient is None else marked_gradient(gradient, hollow=bool(why))
            self._say(self.slope, text, why)

    @staticmethod
    def _say(readout: Readout, text: str, fault: str) -> None:
        """A number; one that means nothing has the colour of a fault."""
        readout.say(text)
        restyle(readout.value, f"color: {theme.current().danger};" if fault else "")
        if fault or readout.value.toolTip():
            readout.value.setToolTip(plain_tip(fault))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        """Read-outs take the room that the style in force needs."""
        super().showEvent(event)
        for readout in (self.result, self.slope):
            readout.fit()


WIDEST = "−0.000123456"
"""A number of many digits."""
LEVEL = 6
"""Pixels over the switch that asks for predictions: it stands level with the speed."""


class Player(QFrame):
    """The bar and its sentence, which is announced at each step."""

    def __init__(self, model: GraphModel, actions: ActionSet, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("role", "panel")
        self.sentence, self._longest = Phrase(), Phrase(self)
        self._longest.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(4)
        self.bar = PlaybackBar(model.playback, ground="surface")  # it and the sentence change at each step, no more
        self.sentence.set_ground("surface")
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
        model.reshaped.connect(self._name_sections)
        model.state_changed.connect(self._say)
        model.refused.connect(self._say)
        model.stepped.connect(self._announce)
        theme.notifier().changed.connect(self._say)
        self._name_sections()
        self._say()

    @Slot()
    def _name_sections(self) -> None:
        """Forward, and then backward with the seed."""
        worked = self._model.worked
        if worked is not None:
            back = worked.steps - worked.middle
            self.bar.set_sections([(self.tr("forward"), worked.middle), (self.tr("backward"), back)])
            self._reserve_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._reserve_lines()

    def _reserve_lines(self) -> None:
        """Keep as many lines as any sentence of this pass takes, so that the player stays where it is."""
        if self._model.worked is not None and self.sentence.width() > 0:
            self._longest.say([Piece(longest_sentence(self._model.worked), strong=True)])
            self.sentence.setMinimumHeight(self._longest.heightForWidth(self.sentence.width()))

    @Slot()
    def _say(self) -> None:
        worked = self._model.worked
        if worked is None:
            self.sentence.say(())
            return
        if self._model.stale:
            self.sentence.say([Piece(self.tr("The playback waits until the expression can be read."))])
            return
        said = sentence_of(worked, self._model.state)
        following = self.tr("Opened at the turn: the way back comes next.") if self._model.at_opening else said.next
        pieces = [Piece(said.head, strong=True), Piece(" "), *said.body]
        self.sentence.say([*pieces, Piece(" "), Piece(following, theme.current().text_muted)], said.plain)
        if self.sentence.heightForWidth(self.sentence.width()) > self.sentence.minimumHeight():
            self.sentence.say(pieces, said.plain)

    @Slot()
    def _announce(self) -> None:
        if self._model.worked is not None and not self._model.stale and heard():
            announce(self, sentence_of(self._model.worked, self._model.state).plain)


@dataclass(frozen=True, slots=True)
class PassSentence:
    """``head`` is printed bold, ``body`` in its pieces, ``next`` is muted; ``plain`` is all of it for the ear."""

    head: str
    body: tuple[Piece, ...]
    next: str
    plain: str


def sentence_of(worked: Computation, state: PassState) -> PassSentence:
    """Who hands what to whom at this moment."""
    head = _head(state)
    parts = _numbers(worked, state)
    body = _body(worked, state)
    pieces = tuple(_pieces(body, parts))
    spoken = body.format(**{key: text for key, (text, _value) in parts.items()})
    following = _next(worked, state)
    return PassSentence(head, pieces, following, " ".join(part for part in (head, spoken, following) if part))


def longest_sentence(worked: Computation) -> str:
    """About as long a sentence as there is in a pass: with the longest names, and numbers of many digits."""
    graph = worked.graph
    node = max((_called(worked, index) for index in graph.operations), key=len, default="")
    operand = max(map(name_text, graph.labels), key=len, default="")
    head = _head(PassState(phase=ComputationPhase.BACKWARD, step=worked.steps))
    body = QCoreApplication.translate(
        "GraphSentences", "{node} has received {arrived} and hands {first} to {to_first}, {second} to {to_second}."
    )
    numbers = dict.fromkeys(("arrived", "first", "second"), WIDEST)
    following = QCoreApplication.translate("GraphSentences", "Next: {node}.").format(node=node)
    return f"{head} {body.format(node=node, to_first=operand, to_second=operand, **numbers)} {following}"


def _head(state: PassState) -> str:
    if state.phase is ComputationPhase.START:
        return QCoreApplication.translate("GraphSentences", "Before step 1.")
    words = {
        ComputationPhase.FORWARD: QCoreApplication.translate("GraphSentences", "Step {step}, forward."),
        ComputationPhase.SEED: QCoreApplication.translate("GraphSentences", "Step {step}, turn round."),
        ComputationPhase.BACKWARD: QCoreApplication.translate("GraphSentences", "Step {step}, backward."),
    }
    return words[state.phase].format(step=state.step)


def _body(worked: Computation, state: PassState) -> str:
    """With the numbers still to be filled in."""
    if state.current is None:
        return QCoreApplication.translate("GraphSentences", "Inputs and constants are known, nothing else yet.")
    fault = worked.faults.get(state.current)
    if state.phase is ComputationPhase.FORWARD:
        return (
            QCoreApplication.translate("GraphSentences", "{node} computes {value}.")
            if fault is None
            else QCoreApplication.translate("GraphSentences", "{node} gives {value}, which means nothing.")
        )
    if state.phase is ComputationPhase.SEED:
        return QCoreApplication.translate("GraphSentences", "The result changes with itself one to one: E = {value}.")
    said = _handing(worked, state.current)
    handed_to = {
        parent
        for slot, parent in enumerate(worked.graph.nodes[state.current].parents)
        if (state.current, slot) in worked.handed
    }
    if state.current not in worked.hollow or handed_to.isdisjoint(worked.hollow):
        return said
    return QCoreApplication.translate("GraphSentences", "{sentence} None of it means anything here.").replace(
        "{sentence}", said
    )


def _handing(worked: Computation, index: int) -> str:
    """Return the sentence about the gradient that a node has received and hands on."""
    graph = worked.graph
    receivers = [parent for parent in graph.nodes[index].parents if graph.live[parent]]
    if len(receivers) == 1:
        return QCoreApplication.translate(
            "GraphSentences", "{node} has received {arrived} and hands {first} to {to_first}."
        )
    if len(receivers) == 2:
        return QCoreApplication.translate(
            "GraphSentences", "{node} has received {arrived} and hands {first} to {to_first}, {second} to {to_second}."
        )
    return QCoreApplication.translate(
        "GraphSentences", "{node} has received {arrived} and hands each of its {count} inputs its share."
    )


def _numbers(worked: Computation, state: PassState) -> dict[str, tuple[str, float | None]]:
    """(text, value that colours it) of what a sentence names."""
    index, graph = state.current, worked.graph
    if index is None:
        return {}
    found: dict[str, tuple[str, float | None]] = {"node": (_called(worked, index), None)}
    value = state.values[index]
    if state.phase is ComputationPhase.SEED:
        value = state.gradients[index]
    if value is not None:
        found["value"] = (value_text(value), value)
    arrived = state.gradients[index]
    if arrived is not None:
        found["arrived"] = (gradient_text(arrived), _shade(worked, index, arrived))
    handed = [
        (state.handed[(index, slot)], parent)
        for slot, parent in enumerate(graph.nodes[index].parents)
        if (index, slot) in state.handed
    ]
    for name, (one, parent) in zip(("first", "second"), handed, strict=False):
        found[name] = (gradient_text(one.product), _shade(worked, parent, one.product))
        found[f"to_{name}"] = (name_text(worked.graph.labels[parent]), None)
    found["count"] = (str(len(handed)), None)
    return found


def _shade(worked: Computation, index: int, gradient: float) -> float:
    """Return the value that colours a gradient; NaN if it means nothing."""
    return math.nan if index in worked.hollow else gradient


def _next(worked: Computation, state: PassState) -> str:
    if state.complete:
        return QCoreApplication.translate("GraphSentences", "The pass is complete.")
    step = worked.shape.schedule.steps[state.step]
    words = {
        "forward": QCoreApplication.translate("GraphSentences", "Next: {node}."),
        "seed": QCoreApplication.translate("GraphSentences", "Next: the way back begins."),
        "backward": QCoreApplication.translate("GraphSentences", "Next: {node}."),
    }
    return words[step.kind].format(node=_called(worked, step.node))


def _called(worked: Computation, index: int) -> str:
    """``exp (v2)``; what has a name of its own goes by that."""
    node, label = worked.graph.nodes[index], name_text(worked.graph.labels[index])
    return f"{word_of(node)} ({label})" if node.rule is not None else label


def _pieces(body: str, parts: Mapping[str, tuple[str, float | None]]) -> Iterator[Piece]:
    """A sentence with its numbers filled in, each in the colour of its sign."""
    for words, name, _form, _kind in Formatter().parse(body):
        yield Piece(words)
        if name is not None:
            text, value = parts[name]
            yield Piece(text) if value is None else Piece(text, look.signed_text(value).name(), strong=True)
