"""A neuron or the whole of a network as a scalar graph: asked of the trainer, written to a file that can be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.folders import passing_file
from app.kit.numbers import epoch_text
from app.kit.translation import worded_name
from app.network.open_network import OpenNetwork, Taken
from engine.autodiff.document import ExpressionSheet
from engine.formats.expression import EXPRESSION
from engine.graph.naming import name_of
from engine.problems import EngineError, Problem, declare
from engine.training.scalar_graph import network_expression, unit_expression
from engine.training.trace import PassTrace

NOT_READY = declare(
    "app.scalar-not-ready", "The network has no weights yet. Wait until its data has loaded, then try again."
)
Unit = tuple[str, int]
"""Block id and number of the unit, from 0."""


class ScalarRequest(QObject):
    """Asks for the pass of one sample and makes a file of it. ``written(path)``: it is there until the
    program ends; ``failed(problem)``."""

    written = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked: OpenNetwork | None = None
        self._make: Callable[[PassTrace], ExpressionSheet] = network_expression
        self._unit: Unit | None = None
        self._opening = 0
        self._named = ""
        self._number = 0

    def ask(self, network: OpenNetwork, unit: Unit | None, row: int | None = None) -> None:
        """Ask for a unit of a network, or for all of it: with this sample, else the one that its pass shows, else the
        first one that it learns from."""
        rows = network.sample_rows
        if row is not None and row < len(network.network.dataset.y):
            rows = (row,)
        if network.trainer.snapshot is None or not rows:
            self.failed.emit(NOT_READY())
            return
        self._let_go()
        self._number += 1
        self._unit, self._opening = unit, network.network.opening
        self._make = network_expression if unit is None else lambda trace: unit_expression(trace, *unit)
        self._asked, self._named = network, self._name_of(network, unit)
        network.trainer.trace_ready.connect(self._take)
        network.trainer.request_pass(lambda session: session.trace(rows), (id(self), self._number))

    @staticmethod
    def _name_of(network: OpenNetwork, unit: Unit | None) -> str:
        """What is asked for, as it is called now: another network may be open when the answer comes."""
        return network.title if unit is None else worded_name(name_of(network.network.graph, unit[0]))

    def _title(self, row: int, epoch: float) -> str:
        when = epoch_text(epoch)
        if self._unit is None:
            return self.tr("{network}, row {row}, epoch {epoch}").format(network=self._named, row=row, epoch=when)
        words = self.tr("{block}, unit {unit}, row {row}, epoch {epoch}")
        return words.format(block=self._named, unit=self._unit[1] + 1, row=row, epoch=when)

    @Slot(object, object)
    def _take(self, trace: PassTrace, request: object) -> None:
        if request != (id(self), self._number):
            return
        network = self._asked
        assert network is not None
        self._let_go()
        try:
            path = self._write(network, trace, self._make(trace))
        except EngineError as error:
            self._fail(error.problem)
        else:
            self.written.emit(path)

    def _write(self, network: OpenNetwork, trace: PassTrace, sheet: ExpressionSheet) -> Path:
        """The file, remembered by the network that it is of."""
        row, epoch, path = trace.rows[0], trace.epoch or 0.0, passing_file()
        title = self._title(row, epoch)
        EXPRESSION.write(path, title, sheet)
        network.taken.append(Taken(title, sheet, self._unit, row, self._opening, epoch, trace.weights))
        return path

    def _fail(self, problem: Problem) -> None:
        self.failed.emit(problem)

    def _let_go(self) -> None:
        if self._asked is not None:
            self._asked.trainer.trace_ready.disconnect(self._take)
            self._asked = None

    def close(self) -> None:
        """Ask no more."""
        self._let_go()
