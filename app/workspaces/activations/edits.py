"""Every edit of the comparison, as a step on its document's stack."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from app.kit.sheet import Sheet
from app.workspaces.activations.own_functions import Known
from engine.activations.comparison import (
    FIRST,
    Comparison,
    OwnActivation,
    with_chosen,
    with_cursor,
    with_own,
    with_own_parameter,
    with_parameter,
    with_range,
    with_toggled,
    without_own,
)


class Edits(QObject):
    """What hands do; what belongs to one gesture becomes one step, until it is settled."""

    def __init__(self, document: Sheet[Comparison], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    @property
    def _now(self) -> Comparison:
        return self._document.value

    @Slot(str)
    def toggle(self, key: str) -> None:
        """Take a function into the comparison, or leave it out."""
        self._document.edit(self.tr("Compare other activations"), with_toggled(self._now, key))

    @Slot(bool, bool)
    def choose_gelus(self, exact: bool, approximate: bool) -> None:
        """Which of the two GELUs are compared."""
        value = with_chosen(self._now, {"gelu": exact, "gelu_tanh": approximate})
        self._document.edit(self.tr("Compare other activations"), value)

    @Slot(float)
    def move_cursor(self, x: float) -> None:
        """To a pixel's x, as short a number as tells it from the next pixel's."""
        self._document.edit(self.tr("Move the cursor"), with_cursor(self._now, x), merge="cursor")

    @Slot(float)
    def set_cursor(self, x: float) -> None:
        """To just this x."""
        self._document.edit(self.tr("Move the cursor"), with_cursor(self._now, x, exact=True), merge="cursor")

    @Slot(float, float)
    def move_axis(self, low: float, high: float) -> None:
        """Another stretch of x."""
        self._document.edit(self.tr("Move the axis"), with_range(self._now, low, high), merge="axis")

    @Slot()
    def reset_axis(self) -> None:
        """The usual stretch of x."""
        self._document.edit(self.tr("Usual axis"), with_range(self._now, FIRST.low, FIRST.high))

    @Slot(str, float)
    def set_parameter(self, field: str, number: float) -> None:
        """γ or α."""
        self._document.edit(self.tr("Set a parameter"), with_parameter(self._now, field, number), merge=field)

    @Slot(str, str, float)
    def set_own_parameter(self, key: str, name: str, number: float) -> None:
        """A parameter of an activation of one's own."""
        value = with_own_parameter(self._now, key, name, number)
        self._document.edit(self.tr("Set a parameter"), value, merge=(key, name))

    @Slot(object)
    def put_own(self, known: Known) -> None:
        """An activation of one's own that has been read."""
        own = OwnActivation(key=known.key, text=known.text, parameters=dict(known.parameters))
        self._document.edit(self.tr("Type an activation"), with_own(self._now, own), merge=("own", known.key))

    @Slot(str)
    def take_own_away(self, key: str) -> None:
        """An activation of one's own is not wanted any more."""
        self._document.edit(self.tr("Type an activation"), without_own(self._now, key), merge=("own", key))

    @Slot()
    def settle(self) -> None:
        """A gesture has ended."""
        self._document.settle()
