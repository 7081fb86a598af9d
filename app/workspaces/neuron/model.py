"""The state that the views show: the document, what is known of it so far, and the part that is pointed at."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.sheet import Sheet
from engine.neuron.reading import NeuronReading
from engine.neuron.sheet import NeuronContent
from engine.neuron.tables import NamedTable, Targets, inputs_of
from engine.neuron.unit import LARGEST_PARAMETER, OutputKey, Unit

ALL = -1
"""In place of an input's number: the part as such."""


class UnitPart(StrEnum):
    """A part of the unit, under its twin in the cell: signal, synapse, dendrite, soma, hillock, axon."""

    INPUT = "input"
    WEIGHT = "weight"
    WIRE = "wire"
    SUM = "sum"
    THRESHOLD = "threshold"
    OUTPUT = "output"


PartKey = tuple[UnitPart, int]
"""A part and the number of its input, from 0; :data:`ALL` for parts that there is one of, or for all of them."""

OF_INPUTS = (UnitPart.INPUT, UnitPart.WEIGHT, UnitPart.WIRE)
"""There is one of these for every input."""


def is_lit(key: PartKey, pointed: PartKey | None) -> bool:
    """Return whether a part is lit while ``pointed`` is pointed at: the chain of the same part and input."""
    if pointed is None or key[0] is not pointed[0]:
        return False
    return ALL in (key[1], pointed[1]) or key[1] == pointed[1]


class SignalStage(IntEnum):
    """A stage of the signals of a row; each knows all before it."""

    NOTHING = 0
    INPUTS = 1
    PRODUCTS = 2
    SUM = 3
    OUTPUT = 4


def clamped(value: float) -> float:
    """A parameter within its bounds."""
    return min(LARGEST_PARAMETER, max(-LARGEST_PARAMETER, value))


STAGES = len(SignalStage) - 1
"""Steps that it takes to walk through a row."""


@dataclass(frozen=True, slots=True)
class StageData:
    """A reading, how far its row has come, what is pointed at, and how far the signals of the next stage are on their
    way (0 to 1). ``judged``: whether it is said if the row is right."""

    reading: NeuronReading
    stage: SignalStage
    pointed: PartKey | None
    advance: float = 0.0
    judged: bool = True

    def lit(self, key: PartKey) -> bool:
        """Return whether a part is to light up."""
        return is_lit(key, self.pointed)

    @property
    def fires(self) -> bool | None:
        """Return whether it fires; None while that is not known."""
        return self.reading.now.fires if self.stage is SignalStage.OUTPUT else None

    @property
    def z(self) -> float | None:
        """The weighted sum; None while it is not known."""
        return self.reading.now.z if self.stage >= SignalStage.SUM else None

    def signal(self, index: int) -> bool | None:
        """Return whether an input carries a signal; None while it is not known."""
        return bool(self.reading.content.x[index]) if self.stage >= SignalStage.INPUTS else None


class NeuronModel(QObject):
    """``changed``: the reading is another one, or more or less of it is known. ``pointed``: what is pointed at is
    another part. ``advanced``: signals are further on their way. ``walk_left``: the walk is over, for another row or
    another table was asked for. Every edit is a step of the document; those under one ``merge`` key fold into one."""

    changed = Signal()
    pointed = Signal()
    advanced = Signal()
    walk_left = Signal()

    def __init__(self, sheet: Sheet[NeuronContent], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet = sheet
        self.reading = NeuronReading(sheet.value)
        self.walk_step: int | None = None
        self.advance = 0.0
        self.guessing = self.step_asked = False
        self._revealed: dict[tuple[tuple[float, ...], float], frozenset[int]] = {}  # rows, by weights and bias
        self._foretold: set[tuple[object, ...]] = set()  # steps of learning, by all that they follow from
        self.pointed_key: PartKey | None = None
        sheet.value_changed.connect(self._read)

    @Slot()
    def _read(self) -> None:
        content, before = self.sheet.value, self.reading.content
        over = self.walk_step is not None and content.targets != before.targets
        if over:
            self.walk_step = None  # it went through the rows of another table
        if self.walk_step is not None:
            self.walk_step = min(self.walk_step, STAGES * len(content.targets))
            content = content.changed(row=self.walk_row)
        self.reading = NeuronReading(content)
        self.changed.emit()
        if over:
            self.walk_left.emit()

    @property
    def content(self) -> NeuronContent:
        """Return what the document says, with the row that is looked at, the walk's own while there is one."""
        return self.reading.content

    # What is known ---------------------------------------------------------------------------------------------------

    def set_walk(self, step: int | None) -> None:
        """The walk has come so far, in stages over all rows; None: there is no walk, so everything is known that is not
        to be guessed."""
        if step != self.walk_step:
            self.walk_step = step
            self._read()

    def set_advance(self, share: float) -> None:
        """Let the signals of the next stage have come so far, 0 to 1."""
        if share != self.advance:
            self.advance = share
            self.advanced.emit()

    def set_guessing(self, on: bool) -> None:
        """Hide every sum and what comes of it until it is revealed, or hide nothing."""
        self.guessing, self._revealed, self._foretold = on, {}, set()
        self.changed.emit()

    def hide_rows(self) -> None:
        """Hide the rows that were revealed with the present weights."""
        if self._revealed.pop(self._moment, None):
            self.changed.emit()

    def forget_rows(self) -> None:
        """Hide the rows that were revealed, with whatever weights."""
        if self._revealed:
            self._revealed, self._foretold = {}, set()
            self.changed.emit()

    def set_step_asked(self, asked: bool) -> None:
        """It is asked what learning from the row in sight changes: whether that is right would tell."""
        if asked != self.step_asked:
            self.step_asked = asked
            self.changed.emit()

    def reveal(self, *rows: int) -> None:
        """The sums of rows have been guessed or given away. They are known whenever these weights come back."""
        hidden = {row for row in rows if row < len(self.content.targets) and self.hides(row)}
        if hidden:
            self._revealed[self._moment] = self._known | hidden
            self.changed.emit()

    def reveal_step(self, row: int) -> None:
        """What learning from a row changes has been guessed or given away, and with it the row's sum."""
        if self.hides_step(row):
            self._foretold.add(self._step_from(row))
            self._revealed[self._moment] = self._known | {row}
            self.changed.emit()

    def _step_from(self, row: int) -> tuple[object, ...]:
        """All that a step of learning follows from."""
        return self._moment, self.content.targets, self.content.rate, row

    @property
    def _moment(self) -> tuple[tuple[float, ...], float]:
        """The parameters that all sums follow from."""
        return self.content.weights, self.content.bias

    @property
    def _known(self) -> frozenset[int]:
        return self._revealed.get(self._moment, frozenset())

    @property
    def known_rows(self) -> list[int]:
        """The rows whose sums have been guessed or given away with the present weights."""
        return sorted(self._known)

    def hides(self, row: int) -> bool:
        """Return whether the sum of a row is still to be guessed, so that it may stand nowhere."""
        return self.guessing and row not in self._known

    def hides_step(self, row: int) -> bool:
        """Return whether it is still to be guessed what learning from a row changes."""
        return self.hides(row) or (self.guessing and self._step_from(row) not in self._foretold)

    @property
    def walk_length(self) -> int:
        """Stages of a whole walk."""
        return STAGES * len(self.sheet.value.targets)

    @property
    def walk_row(self) -> int:
        """The row that the walk has come to."""
        return min(max(0, (self.walk_step or 0) - 1) // STAGES, len(self.sheet.value.targets) - 1)

    def stage_of(self, row: int) -> SignalStage:
        """Return how much is known of a row."""
        known = STAGES if self.walk_step is None else self.walk_step - row * STAGES
        most = SignalStage.PRODUCTS if self.hides(row) else SignalStage.OUTPUT
        return SignalStage(min(max(known, 0), most))

    @property
    def withheld(self) -> bool:
        """Return whether the sum is due of the row that is looked at, and is still to be guessed."""
        row = self.content.row
        return self.hides(row) and (self.walk_step is None or self.walk_step - row * STAGES >= SignalStage.SUM)

    @property
    def stage(self) -> SignalStage:
        """Return how much is known of the row that is looked at."""
        return self.stage_of(self.content.row)

    @property
    def all_known(self) -> bool:
        """Return whether the outputs of all rows are known."""
        return all(self.stage_of(row) is SignalStage.OUTPUT for row in range(len(self.content.targets)))

    @property
    def secret(self) -> bool:
        """Return whether what some row comes to is still to be guessed, so that no picture of all of them may tell."""
        return any(map(self.hides, range(len(self.content.targets))))

    @property
    def next_hidden(self) -> int | None:
        """The row, after the one that is looked at and round, whose sum is still to be guessed; None: there is none."""
        here, count = self.content.row, len(self.content.targets)
        return next((row for step in range(1, count) if self.hides(row := (here + step) % count)), None)

    @property
    def known_right(self) -> tuple[int, int]:
        """Rows done right among those whose outputs are known, and how many those are."""
        known = [verdict for row, verdict in enumerate(self.reading.rows) if self.stage_of(row) is SignalStage.OUTPUT]
        return sum(verdict.right for verdict in known), len(known)

    # What is pointed at ----------------------------------------------------------------------------------------------

    def point_at(self, key: PartKey | None) -> None:
        """Light the chain of a part; None for no part."""
        if key != self.pointed_key:
            self.pointed_key = key
            self.pointed.emit()

    @property
    def stage_data(self) -> StageData:
        """Return what cell and unit show now."""
        return StageData(self.reading, self.stage, self.pointed_key, self.advance, not self.step_asked)

    # Edits -----------------------------------------------------------------------------------------------------------

    def set_weight(self, index: int, value: float, merge: Hashable | None = None) -> None:
        """Another weight; nothing for one that the table has no input for any more, as its field may still be open."""
        now, value = self.sheet.value.weights, clamped(value)
        if index < len(now):
            self._edit(self.tr("Weight"), merge, weights=(*now[:index], value, *now[index + 1 :]))

    def set_bias(self, value: float, merge: Hashable | None = None) -> None:
        """Another bias, and so another threshold."""
        self._edit(self.tr("Bias"), merge, bias=clamped(value))

    def set_parameters(self, weights: tuple[float, ...], bias: float, merge: Hashable | None = None) -> None:
        """Other weights and another bias in one step."""
        self._edit(self.tr("Weights"), merge, weights=weights, bias=bias)

    def take(self, unit: Unit, label: str, merge: Hashable | None = None, row: int | None = None) -> None:
        """The weights and the bias of another unit, and the row to look at where one is given."""
        row = self.sheet.value.row if row is None else row
        self._edit(label, merge, weights=unit.weights, bias=unit.bias, row=row)

    def set_output(self, output: OutputKey) -> None:
        """Another output function."""
        self._edit(self.tr("Output"), output=output)

    def set_rate(self, rate: float, merge: Hashable | None = None) -> None:
        """Another learning rate."""
        self._edit(self.tr("Learning rate"), merge, rate=rate)

    def choose_table(self, table: NamedTable) -> None:
        """Another table to do; weights are kept as far as there are inputs for them."""
        self._set_targets(self.tr("Table"), table.targets)

    def choose_own(self, inputs: int) -> None:
        """A table of one's own: silent everywhere, to be clicked."""
        self._set_targets(self.tr("Table"), (False,) * 2**inputs)

    def flip_target(self, row: int) -> None:
        """The other target in a row."""
        targets = self.content.targets
        self._set_targets(self.tr("Target"), (*targets[:row], not targets[row], *targets[row + 1 :]))

    def _set_targets(self, label: str, targets: Targets) -> None:
        inputs = inputs_of(targets)
        weights = (*self.sheet.value.weights, *(1.0,) * inputs)[:inputs]
        row = min(self.sheet.value.row, len(targets) - 1)
        self._edit(label, targets=targets, weights=weights, row=row)

    def look_at(self, row: int) -> None:
        """Put the inputs of a row on; looking from row to row is one step. A walk is over with it; what is still to be
        guessed stays hidden."""
        walked = self.walk_step is not None
        if walked:
            self.set_walk(None)
        self._edit(self.tr("Inputs"), "row", row=row)
        if walked:
            self.walk_left.emit()

    def flip_input(self, index: int) -> None:
        """The other value of an input."""
        self.look_at(self.content.row ^ 1 << (len(self.content.weights) - 1 - index))

    def _edit(self, label: str, merge: Hashable | None = None, **fields: object) -> None:
        if merge is None:
            self.sheet.settle()
        self.sheet.edit(label, self.sheet.value.changed(**fields), merge=merge)
