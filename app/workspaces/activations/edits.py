"""Every edit of the comparison, as a step on its document's stack."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.sheet import Sheet
from app.workspaces.activations.functions import OwnExpression
from app.workspaces.activations.keys import CURSOR
from app.workspaces.activations.outline import HIGH, LOW
from engine.activations.comparison import (
    FIRST,
    MOST_CHOSEN,
    Comparison,
    OwnActivation,
    with_chosen,
    with_cursor,
    with_own,
    with_own_of,
    with_own_parameter,
    with_parameter,
    with_range,
    with_toggled,
    without_own,
)


class ComparisonEdits(QObject):
    """Makes edits of the comparison. Edits of one gesture are one step, until it is settled. ``replaced(key, key)``: a
    function has left the comparison for another, because there was no more room."""

    replaced = Signal(str, str)

    def __init__(self, document: Sheet[Comparison], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    @property
    def _now(self) -> Comparison:
        return self._document.value

    def _choose(self, label: str, value: Comparison, *, merge: Hashable | None = None) -> None:
        """Another value, in which one function may have had to go for another."""
        before, after = ([own.key for own in now.chosen] for now in (self._now, value))
        self._document.edit(label, value, merge=merge)
        gone, new = [key for key in before if key not in after], [key for key in after if key not in before]
        if gone and new and len(before) == MOST_CHOSEN:
            self.replaced.emit(gone[0], new[0])

    @Slot(str)
    def toggle(self, key: str) -> None:
        """Take a function into the comparison, or leave it out."""
        self._choose(self.tr("Compare other activations"), with_toggled(self._now, key))

    @Slot(bool, bool)
    def choose_gelus(self, exact: bool, approximate: bool) -> None:
        """Compare one of the two GELUs, both or none."""
        value = with_chosen(self._now, {"gelu": exact, "gelu_tanh": approximate})
        self._choose(self.tr("Compare other activations"), value)

    @Slot(float)
    def set_cursor(self, x: float) -> None:
        """Move the cursor to an x."""
        self._document.edit(self.tr("Move the cursor"), with_cursor(self._now, x), merge="cursor")

    @Slot(float, float)
    def move_axis(self, low: float, high: float) -> None:
        """Another stretch of x."""
        self._document.edit(self.tr("Move the axis"), with_range(self._now, low, high), merge="axis")

    @Slot()
    def reset_axis(self) -> None:
        """The usual stretch of x."""
        self._document.edit(self.tr("Reset axis"), with_range(self._now, FIRST.low, FIRST.high))

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
    def put_own(self, known: OwnExpression) -> None:
        """An activation of one's own that has been read."""
        own = OwnActivation(key=known.key, text=known.text, parameters=dict(known.parameters))
        self._choose(self.tr("Type an activation"), with_own(self._now, own), merge=("own", known.key))

    def compare_own(self, key: str) -> None:
        """An activation of one's own is to be seen, where there is one of this key."""
        if any(own.key == key for own in self._now.own):
            self._choose(self.tr("Type an activation"), with_chosen(self._now, {key: True}), merge=("own", key))

    def put_back_own(self, key: str, before: Comparison) -> None:
        """An activation of one's own as it was before it was typed; with that, nothing has happened."""
        value = with_own_of(self._now, key, before)
        self._document.edit(self.tr("Type an activation"), value, merge=("own", key))

    @Slot(str)
    def take_own_away(self, key: str) -> None:
        """An activation of one's own is not wanted any more."""
        self._document.edit(self.tr("Type an activation"), without_own(self._now, key), merge=("own", key))

    @Slot(object, float)
    def set_number(self, key: Hashable, number: float) -> None:
        """A number of the outline that was typed over, by its key there."""
        if key == CURSOR:
            self.set_cursor(number)
        elif key in (LOW, HIGH):
            self.move_axis(number if key == LOW else self._now.low, number if key == HIGH else self._now.high)
        elif isinstance(key, tuple):
            self.set_own_parameter(key[0], key[-1], number)
        else:
            self.set_parameter(str(key), number)
        self.settle()

    @Slot()
    def settle(self) -> None:
        """A gesture has ended."""
        self._document.settle()


class OwnEntries(QObject):
    """Follows the typing of an own activation, from its first letter until Enter or until the focus goes.

    While one types, each text that can be read is drawn. If the last text can't be read, the expression of before comes
    back. Enter also takes the function into the comparison. ``left_unread(key, text)``: the last text can't be read,
    and the expression is this one from now on; empty for none."""

    left_unread = Signal(str, str)

    def __init__(self, document: Sheet[Comparison], edits: ComparisonEdits, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document, self._edits = document, edits
        self._before: dict[str, Comparison] = {}
        self._unread: dict[str, bool | None] = {}  # None: nobody has read it yet
        self._drawn: dict[str, str] = {}  # the last text of the entry that could be read; empty for none
        self._ended: set[str] = set()
        self._entered: set[str] = set()

    def go_on(self, key: str) -> None:
        """Another text stands there, by hand, which is yet to be read."""
        self._before.setdefault(key, self._document.value)
        self._unread[key] = None
        self._ended.discard(key)
        self._entered.discard(key)

    def empty(self, key: str) -> None:
        """Nothing stands there any more: that needs no reading."""
        self._before.setdefault(key, self._document.value)
        self._unread[key], self._drawn[key] = False, ""
        self._ended.discard(key)

    def take(self, known: OwnExpression) -> None:
        """This came of the text that stands there."""
        if known.key in self._before:
            self._unread[known.key] = known.problem is not None
            if known.problem is None:
                self._drawn[known.key] = known.text
            if known.key in self._ended:
                self._close(known.key)

    def enter(self, key: str) -> None:
        """Take a text by Enter; its end follows."""
        self._entered.add(key)

    def end(self, key: str) -> None:
        """No more is typed; what has not been read yet is waited for."""
        if key in self._before and self._unread[key] is None:
            self._ended.add(key)
        else:
            self._close(key)

    def forget(self) -> None:
        """Another document is open."""
        self._before.clear()
        self._unread.clear()
        self._drawn.clear()
        self._ended.clear()
        self._entered.clear()

    def _close(self, key: str) -> None:
        before, unread = self._before.pop(key, None), self._unread.pop(key, False)
        drawn = self._drawn.pop(key, None)
        self._ended.discard(key)
        entered = key in self._entered
        self._entered.discard(key)
        if before is not None and unread:
            now = self._document.value
            back = drawn is not None and drawn == (_text_of(now, key) or "")  # else all of it has been undone meanwhile
            self.left_unread.emit(key, _text_of(before if back else now, key) or "")
            if back:
                self._edits.put_back_own(key, before)
        elif entered:
            self._edits.compare_own(key)
        self._edits.settle()


def _text_of(value: Comparison, key: str) -> str | None:
    return next((own.text for own in value.own if own.key == key), None)
