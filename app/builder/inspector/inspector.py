"""The inspector: what the selected block is, and everything about it that can be set."""

from __future__ import annotations

from functools import partial
from math import prod

from pydantic import ValidationError
from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.builder.canvas.badges import troubles_of
from app.builder.canvas.geometry import pixels_of
from app.builder.canvas.layout import with_room
from app.builder.canvas.words import layer_name, unit_name, units_of, units_text
from app.builder.inspector.activation_panel import ActivationPanel
from app.builder.inspector.features import FeaturesPanel
from app.builder.inspector.parameters import ParameterFields, with_resets, words_for
from app.kit import theme
from app.kit.formula.view import MathLabel
from app.kit.listing import joined
from app.kit.numbers import counted
from app.kit.translation import sentence_of, worded
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import ElidedLabel, wrapped
from app.kit.widgets.segments import chip
from app.network.document import Document
from app.network.watched import Watched
from engine.graph.edit import set_params, set_title
from engine.graph.model import Block, NetworkGraph
from engine.graph.validation import GraphProblem
from engine.losses import loss


def parameters_text(parameters: int) -> str:
    """``72 parameters``."""
    words = QCoreApplication.translate("NetworkSummary", "{count} {count:parameter|parameters}")
    return counted(parameters, words)


def parameter_count(document: Document, block_id: str) -> int | None:
    """Trainable numbers of a block; None where its shape cannot be known."""
    graph, widths = document.graph, document.widths
    block = graph.block(block_id)
    sources = [wire.source for wire in graph.wires_into(block_id)]
    if not {block_id, *sources} <= widths.keys():
        return None
    specs = block.declaration.parameters(block.params, [widths[source] for source in sources], widths[block_id])
    return sum(prod(spec.shape) for spec in specs if spec.trainable)


class NetworkSummary(QWidget):
    """``show_block(id)``: the person wants to see where a problem sits."""

    show_block = Signal(str)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.size_line = wrapped(role=None)
        self.hint = wrapped(self.tr("Select a block on the canvas to see and change what it does."))
        self._problems = QVBoxLayout()
        self._problems.setSpacing(6)
        self.problem_rows: list[QWidget] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self.size_line)
        rows.addWidget(self.hint)
        rows.addLayout(self._problems)
        document.graph_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Count and complain anew."""
        graph = self._document.graph
        counts = [parameter_count(self._document, block.id) for block in graph.blocks]
        layers = [count for block, count in zip(graph.blocks, counts, strict=True) if block.declaration.probed]
        loose = layers.count(None)  # nothing leads to it, which would say how many weights it has
        known = sum(count for count in counts if count is not None)
        parts = (
            counted(len(graph.blocks), self.tr("{count} {count:block|blocks}")),
            counted(len(layers), self.tr("{count} {count:layer|layers} with weights")),
            counted(loose, self.tr("{count} of them without an input")) if loose else "",
            parameters_text(known) if known or not loose else "",
        )
        self.size_line.setText(f"{joined(parts)}\n{self._ends_text()}")
        for row in self.problem_rows:
            row.hide()
            row.deleteLater()
        self.problem_rows = [self._row(problem) for problem in self._document.problems]

    def _ends_text(self) -> str:
        graph, widths = self._document.graph, self._document.widths
        into, out = (sum(widths.get(block.id, 0) for block in ends) for ends in (graph.inputs, graph.outputs))
        inputs = counted(into, self.tr("{count} {count:input|inputs}"))
        outputs = counted(out, self.tr("{count} {count:output|outputs}"))
        return f"{inputs} → {outputs}"

    def _row(self, problem: GraphProblem) -> QWidget:
        row = QWidget()
        lines = QVBoxLayout(row)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(2)
        sign = "✕ " if problem.blocking else "· "
        sentence = wrapped(sign + sentence_of(problem.problem), None if problem.blocking else "muted")
        lines.addWidget(sentence)
        if problem.block_id is not None:
            button = QPushButton(self.tr("Show"))
            button.setProperty("role", "chip")
            button.setToolTip(self.tr("Select the block that this is about"))
            button.clicked.connect(lambda _checked=False, block_id=problem.block_id: self.show_block.emit(block_id))
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self._problems.addWidget(row)
        return row


LONGEST_TITLE = 80
ACTIVATION, SETTINGS, FORMULA = "activation", "settings", "formula"
"""The cards of a block."""


class InspectorPanel(QWidget):
    """Edits of several selected blocks of one kind go to all of them. Of a block with an activation one card is shown
    at a time. ``show_block(id)``: select it, please."""

    show_block = Signal(str)
    unit_picked = Signal(str, int)

    def __init__(self, document: Document, trainer: Watched, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._trainer = document, trainer
        self._ids: tuple[str, ...] = ()
        self._titled = ""
        self._previewing: str | None = None
        self._card = ACTIVATION
        self._is_aside = False
        self._forms: dict[str, ParameterFields] = {}
        self._begun: tuple[str, NetworkGraph] | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(7)
        self._build_head()
        self._build_switch()
        self.activation = ActivationPanel()
        self.activation.picked.connect(self._pick_activation)
        self.activation.previewed.connect(self._preview)
        self.activation.units.chosen.connect(self._pick_unit)
        self.activation.copier.failed.connect(document.problem_found)
        self.features = FeaturesPanel(document)
        self.summary = NetworkSummary(document)
        self.summary.show_block.connect(self.show_block)
        self.formula = MathLabel("", 16.0)
        self.about = wrapped()
        self.forms = QVBoxLayout()
        self._rows.addWidget(self.activation)
        self._rows.addLayout(self.forms)
        for widget in (self.formula, self.about, self.activation.details, self.features, self.summary):
            self._rows.addWidget(widget)
        document.graph_changed.connect(self.refresh)
        trainer.legible.changed.connect(self._follow)
        theme.follow(self._style)
        self.refresh()

    def _build_head(self) -> None:
        self.title = QLineEdit()
        self.title.setMaxLength(LONGEST_TITLE)
        self.title.setToolTip(self.tr("The block's name; type another"))
        self.title.setAccessibleName(self.tr("Name of the block"))
        self.title.editingFinished.connect(self._rename)
        self.title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.size_label = ElidedLabel("", "muted")
        self.size_label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.addWidget(self.title, 2)
        row.addWidget(self.size_label, 3)
        self._rows.addLayout(row)

    def _build_switch(self) -> None:
        entries = (
            (ACTIVATION, self.tr("Activation"), self.tr("The activation, its curve, and where the units work on it")),
            (SETTINGS, self.tr("Settings"), self.tr("How many units there are, and how their weights are initialised")),
            (FORMULA, self.tr("Formula"), self.tr("What the block computes, and facts about its activation")),
        )
        self.switch = QWidget()
        row = FlowLayout(self.switch, 4)
        self.chips: dict[str, QPushButton] = {}
        for key, text, tip in entries:
            button = self.chips[key] = chip(text, tip)
            button.clicked.connect(partial(self.show_card, key))
            row.addWidget(button)
        self._rows.addWidget(self.switch)

    def show_card(self, key: str, _checked: bool = False) -> None:
        """Show one of the cards."""
        self._card, self._is_aside = key, False
        self.refresh()

    def step_aside(self, on: bool) -> None:
        """Show no card while something else is looked at, or the last one again."""
        if on != self._is_aside:
            self._is_aside = on
            self.refresh()

    def _style(self) -> None:
        colours = theme.current()
        self.title.setStyleSheet(
            "QLineEdit { background: transparent; border: none; border-bottom: 1px solid transparent; padding: 1px 0;"
            f" border-radius: 0; color: {colours.text}; font-size: 15px; font-weight: 600; }}"
            f" QLineEdit:hover, QLineEdit:focus {{ color: {colours.text}; border-bottom-color: {colours.accent}; }}"
        )

    # What is shown ------------------------------------------------------------------------------------------------

    @property
    def block(self) -> Block | None:
        """The block that is shown: the first of the selection."""
        graph = self._document.graph
        return next((graph.block(block_id) for block_id in self._ids if block_id in graph), None)

    @property
    def edited_ids(self) -> tuple[str, ...]:
        """The selected blocks that edits go to: those of the shown block's kind."""
        graph, block = self._document.graph, self.block
        return tuple(i for i in self._ids if i in graph and block is not None and graph.block(i).kind == block.kind)

    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas' selection."""
        if ids != self._ids:
            self._end_preview()
            self._ids = tuple(ids)
            self.features.set_selection(self._ids)
            self.refresh()

    def set_neuron(self, block_id: str, unit: int | None) -> None:
        """Say which neuron is selected beside the block's size."""
        block = self.block
        self.activation.select_unit(unit if block is not None and block.id == block_id else None)
        if block is not None and block.id == block_id and unit is not None:
            self.size_label.set_full_text(f"{unit_name(block, unit)} · {self._size_text(block)}")
        elif block is not None:
            self.size_label.set_full_text(self._size_text(block))

    def showEvent(self, event: QShowEvent) -> None:
        """The run may have gone on out of sight."""
        super().showEvent(event)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Show the selected layer's live numbers."""
        block = self.block
        if block is not None and self.activation.isVisible():
            self._set_stats(block.id)

    def _set_stats(self, block_id: str) -> None:
        snapshot = self._trainer.legible.snapshot
        layers = snapshot.layers if snapshot is not None else ()
        stats = next((layer for layer in layers if layer.block_id == block_id), None)
        self.activation.set_stats(stats, troubles_of(snapshot).get(block_id))

    def refresh(self) -> None:
        """Show the document's block."""
        block = self.block
        has_cards = block is not None and "activation" in block.params.model_dump()
        self.switch.setVisible(has_cards)
        for key, button in self.chips.items():
            button.setChecked(self._shows(key))
        self.summary.setVisible(block is None)
        self.size_label.setVisible(block is not None)
        for part in (self.about, self.formula):
            part.setVisible(block is not None and (not has_cards or self._shows(FORMULA)))
        self.title.setReadOnly(block is None)
        self.features.setVisible(block is not None and block.declaration.features(block.params) is not None)
        for form in self._forms.values():
            form.hide()
        for widget in (self.activation, self.activation.details):
            widget.setVisible(False)
        self._show_title(block)
        if block is None:
            return
        self.size_label.set_full_text(self._size_text(block))
        self.about.setText(self._about(block))
        self.formula.set_text(block.declaration.formula(block.params))
        self._show_activation(block)
        self._show_form(block)

    def _show_title(self, block: Block | None) -> None:
        """A title that is being typed stays, unless another block is shown now."""
        shown = block.id if block is not None else ""
        if shown == self._titled and self.title.hasFocus() and self.title.isModified():
            return
        self._titled = shown
        self.title.setFocusPolicy(Qt.FocusPolicy.StrongFocus if block is not None else Qt.FocusPolicy.NoFocus)
        self.title.setText(self._name(block))
        self.title.setCursorPosition(0)

    def _name(self, block: Block | None) -> str:
        return layer_name(self._document.graph, block.id) if block is not None else self.tr("Network")

    def _about(self, block: Block) -> str:
        others = len(self.edited_ids) - 1
        summary = worded(block.declaration.summary)
        if not others:
            return summary
        more = (
            self.tr("Another block of this kind is selected and changes with it.")
            if others == 1
            else self.tr("{count} more blocks of this kind are selected and change with it.").format(count=others)
        )
        return f"{summary} {more}"

    def _size_text(self, block: Block) -> str:
        units = self._document.widths.get(block.id)
        if units is None:
            return self.tr("shape unknown")
        text = units_text(units)
        parameters = parameter_count(self._document, block.id)
        if not parameters:
            return text
        return f"{text} · {parameters_text(parameters)}"

    def _show_activation(self, block: Block) -> None:
        params = block.params.model_dump()
        if "activation" not in params:
            return
        fixed = loss(params["loss"]).fixed_activation if "loss" in params else None
        key = fixed or params["activation"]
        chosen = {self._document.graph.block(i).params.model_dump()["activation"] for i in self.edited_ids}
        self.activation.set_activation(key, params.get("alpha"), fixed=fixed is not None, agreed=len(chosen) == 1)
        self._set_stats(block.id)
        self.activation.setVisible(self._shows(ACTIVATION))
        self.activation.details.setVisible(self._shows(FORMULA))

    def _shows(self, card: str) -> bool:
        return self._card == card and not self._is_aside

    def _show_form(self, block: Block) -> None:
        form = self._forms.get(block.kind)
        if form is None:
            form = self._forms[block.kind] = ParameterFields(type(block.params))
            form.edited.connect(self._edit)
            self.forms.addWidget(form)
        form.set_params(block.params)
        form.set_classes(self._document.target.classes)
        form.setVisible(bool(form.controls) and (self.switch.isHidden() or self._shows(SETTINGS)))

    # Edits --------------------------------------------------------------------------------------------------------

    def _edit(self, name: str, value: object, gesture: str = "") -> None:
        label = self.tr("Change {name}").format(name=words_for(name)[0])
        self._change(label, {name: value}, gesture)

    def _pick_activation(self, key: str) -> None:
        self._end_preview()
        self._change(self.tr("Change activation"), {"activation": key})

    def _change(self, label: str, changes: dict[str, object], gesture: str = "") -> None:
        """One undoable step for all the blocks that are edited; a value that one of them refuses changes nothing."""
        graph = self._beginning(gesture) if "units" in changes else self._document.graph
        before = graph
        try:
            for block_id in self.edited_ids:
                graph = set_params(graph, block_id, **with_resets(graph.block(block_id).params, changes))
            graph = self._with_room(before, graph)
        except ValidationError:
            self.refresh()
            return
        self._document.edit(label, graph=graph, merge=gesture or None)
        self.refresh()

    def _beginning(self, gesture: str) -> NetworkGraph:
        """The graph that a drag began with: what made room goes back with it."""
        if self._begun is None or not gesture or self._begun[0] != gesture:
            self._begun = gesture, self._document.graph
        return self._begun[1]

    def _with_room(self, before: NetworkGraph, graph: NetworkGraph) -> NetworkGraph:
        """What blocks that have got more units would cover makes room."""
        sizes = {block_id: units_of(before.block(block_id)) for block_id in self.edited_ids}
        widths = {**self._document.widths, **{block_id: size for block_id, size in sizes.items() if size is not None}}
        for block_id, size in sizes.items():
            units = units_of(graph.block(block_id))
            if units is not None and units != size:
                graph = with_room(graph, widths, block_id, units, pixels_of(self._document.dataset))
                widths[block_id] = units
        return graph

    def _pick_unit(self, unit: int) -> None:
        if self.block is not None:
            self.unit_picked.emit(self.block.id, unit)

    def _rename(self) -> None:
        block, text = self.block, self.title.text().strip()
        if block is None or not self.title.isModified():
            return
        self.title.setModified(False)
        if text != self._name(block):
            self._document.edit(self.tr("Rename"), graph=set_title(self._document.graph, block.id, text))
        self.title.setText(self._name(self.block or block))

    def _preview(self, key: str | None) -> None:
        block = self.block
        if block is None or (key is None and self._previewing is None):
            return
        self._previewing = block.id if key is not None else None
        self._trainer.preview(block.id, key)

    def _end_preview(self) -> None:
        if self._previewing is not None:
            self._trainer.preview(self._previewing, None)
            self._previewing = None
