"""The outline: the same content as the drawings, as a tree that keyboard and screen reader can walk."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.widgets.outline_tree import OutlineItem, OutlineTree
from app.workspaces.neuron.model import ALL, Key, NeuronModel, Part, Stage
from app.workspaces.neuron.stage import about, names_of
from app.workspaces.neuron.words import (
    input_name,
    output_text,
    parameter_text,
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
        """What has changed meanwhile is told now."""
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
        return tuple(self._part(part) for part in Part)

    def _part(self, part: Part) -> OutlineItem:
        biological, artificial = names_of(part)
        text = self.tr("{biological} = {artificial}").format(biological=biological, artificial=artificial)
        content, reading, stage = self._model.content, self._model.reading, self._model.stage
        not_yet = self.tr("not yet")
        children: list[OutlineItem] = []
        for index in range(len(content.weights)):
            key = (part, index)
            if part is Part.INPUT:
                value = str(content.x[index]) if stage >= Stage.INPUTS else not_yet
                children.append(OutlineItem(key, f"{input_name(index)} = {value}"))
            elif part is Part.WEIGHT:
                children.append(OutlineItem(key, weight_name(index), number=content.weights[index]))
            elif part is Part.WIRE:
                value = parameter_text(reading.products[index], reading) if stage >= Stage.PRODUCTS else not_yet
                children.append(OutlineItem(key, f"{weight_name(index)}{input_name(index)} = {value}"))
        if part is Part.SUM:
            value = z_text(reading.now.z, reading) if stage >= Stage.SUM else not_yet
            children.append(OutlineItem(("z", 0), f"z = {value}"))
        elif part is Part.THRESHOLD:
            children.append(OutlineItem(("b", 0), "b", number=content.bias))
            theta = parameter_text(content.unit.threshold, reading)
            children.append(OutlineItem(("theta", 0), f"θ = −b = {theta}"))
        elif part is Part.OUTPUT:
            value = output_text(reading.now.output, reading) if stage is Stage.OUTPUT else not_yet
            children.append(OutlineItem(("y", 0), f"y = {value}"))
        return OutlineItem((part, ALL), text, tuple(children), note=about(part))

    def _rows(self) -> tuple[OutlineItem, ...]:
        return tuple(self._row(row) for row in range(len(self._model.content.targets)))

    def _row(self, row: int) -> OutlineItem:
        reading = self._model.reading
        verdict_of_row, stage = reading.rows[row], self._model.stage_of(row)
        target = target_text(reading, row)
        if stage < Stage.OUTPUT:
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
        elif isinstance(key, tuple) and key[0] is Part.WEIGHT:
            self._model.set_weight(key[1], value)

    def _choose(self, key: Hashable) -> None:
        if isinstance(key, tuple) and key[0] == ROW:
            self._model.look_at(key[1])
        elif _part(key) is not None:
            self._model.point_at(_part(key))


def _part(key: Hashable) -> Key | None:
    """The part that a row of the outline is about."""
    return (key[0], key[1]) if isinstance(key, tuple) and isinstance(key[0], Part) else None
