"""What the page works on: the document, what it comes to, and how far the playback is.

Views read from it and ask it for edits; it knows none of them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.kit.background import Background
from app.kit.playback.playback import Playback
from app.kit.sheet import Sheet
from app.workspaces.scalar_graph.half_typed import HalfTyped
from app.workspaces.scalar_graph.selection import AT_ONCE_NODES, GraphSelection
from app.workspaces.scalar_graph.sight import Sight
from app.workspaces.scalar_graph.worked import Worked, groups_much, in_background, newest_readable, work_out
from engine.autodiff.collapse import check_group
from engine.autodiff.document import GREATEST_INPUT, CollapsedNodes, ExpressionSheet
from engine.autodiff.grammar import LONGEST_TEXT
from engine.autodiff.problems import NOT_READ, TEXT_FULL
from engine.problems import EngineError

MOST_KEPT = 64
"""So many letters without a pause: beyond, nobody remembers what stood there."""


class LastReadable(QObject):
    """``worked``: the last finished one. ``sought``: the search for a newer one is over; ``worked`` may be that."""

    sought = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.worked: Worked | None = None
        self._waiting: deque[ExpressionSheet] = deque(maxlen=MOST_KEPT)
        self._background = Background("graph-before", latest_only=True, parent=self)
        self._background.done.connect(self._find)

    def take(self, worked: Worked) -> None:
        """This one is finished."""
        self.worked = worked
        self.forget()

    def expect(self, sheet: ExpressionSheet) -> None:
        """This one is finished if it can be read, which is not known yet."""
        self._background.cancel()
        self._waiting.append(sheet)

    def drop(self, sheet: ExpressionSheet) -> None:
        """This one cannot be read."""
        if self._waiting and self._waiting[-1] == sheet:
            self._waiting.pop()

    def forget(self) -> None:
        """Nothing that was expected counts any more."""
        self._background.cancel()
        self._waiting.clear()

    def seek(self, former: Worked | None, chosen: frozenset[Hashable], by: float) -> bool:
        """Look for the newest of the expected that can be read; whether there is any to look at."""
        if self._waiting and not self._background.busy:
            self._background.request(partial(newest_readable, tuple(self._waiting), former, chosen, by))
        return bool(self._waiting)

    @Slot(object)
    def _find(self, worked: Worked | None) -> None:
        self._waiting.clear()
        self.worked = worked or self.worked
        self.sought.emit()

    def close(self) -> None:
        """Look for nothing more."""
        self._background.close(wait=True)


AT_ONCE_LETTERS = 64
"""Texts up to so long are read, laid out and drawn in a few milliseconds: at once. What is longer, or of more than
:data:`AT_ONCE_NODES` nodes, is worked out in another thread, the latest only."""


class Desk(GraphSelection):
    """``worked_changed``: other numbers or another graph; ``reshaped``: another graph. ``sight_changed``: another
    moment of the playback; it also follows each ``worked_changed``. ``refused``: the text cannot be read, or ends in
    half a function's name, and the last one that was finished is shown meanwhile; ``accepted``: it is another graph
    that can, or the former one can again, before the others follow. ``complained(problem)``: an edit cannot be made;
    ``kept``: it was one of the text, which stays as it was. ``stepped``: the playback has come to another step, and
    ``sight`` is that. ``at_opening``: it stands where it does whenever an expression is opened, at the turn.
    ``came_back``: the expression has been there before, and stands at the step at which it was left."""

    worked_changed = Signal()
    reshaped = Signal()
    sight_changed = Signal()
    refused = Signal()
    accepted = Signal()
    stepped = Signal()
    complained = Signal(object)
    kept = Signal()

    def __init__(self, document: Sheet[ExpressionSheet], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.error: EngineError | None = None
        self.half = HalfTyped()
        self._last = LastReadable(self)
        self._last.sought.connect(self._show_last)
        self.playback = Playback(self)
        self.playback.stepped.connect(self._look)
        self._fresh, self._placing, self.at_opening, self.came_back = True, False, False, False
        self._left_at: dict[tuple[str, object], int] = {}  # step, by text and groups of this document's graphs
        self._background = Background("graph-work", latest_only=True, parent=self)
        self._background.done.connect(self._take_soon)
        self._background.failed.connect(self._fail)
        self._found: Worked | EngineError | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._take_found)
        document.value_changed.connect(self.follow)
        document.replaced.connect(self._begin_afresh)

    @property
    def behind(self) -> bool:
        """Whether what is shown is of another text than the one that is there: of one before it, which cannot be read
        or is still being worked out."""
        return self.stale or self.worked is None or self.worked.shape.text != self.document.value.text

    # Working out --------------------------------------------------------------------------------------------------

    @Slot()
    def follow(self) -> None:
        """Work out what the document says now."""
        sheet = self.document.value
        former = None if self._fresh else self.worked  # what is opened looks the same whatever stood there
        self.half.see(sheet.text)
        if self.half.awaited:
            self._cancel()
            self._refuse(None)
            return
        if self._takes_a_moment(sheet, former):
            self._cancel()
            try:
                worked = work_out(sheet, former)
            except EngineError as error:
                self._refuse(error)
                return
            self._take(worked)
        else:
            if not self.half.may_grow(sheet.text):
                self._last.expect(sheet)
            self._background.request(partial(in_background, sheet, former, self.chosen, self.nudge_by))

    @staticmethod
    def _takes_a_moment(sheet: ExpressionSheet, former: Worked | None) -> bool:
        if former is not None and former.shape.text == sheet.text:
            return len(former.graph.nodes) <= AT_ONCE_NODES and not groups_much(sheet, former)
        return len(sheet.text) <= AT_ONCE_LETTERS and not groups_much(sheet, former)

    def _cancel(self) -> None:
        """What was to be worked out is not wanted any more, even where it is found already."""
        self._background.cancel()
        self._soon.stop()

    @Slot(object)
    def _take_soon(self, found: Worked | EngineError) -> None:
        """In a turn of its own: what other threads send comes in the one that paints what was before."""
        self._found = found
        self._soon.start()

    @Slot()
    def _take_found(self) -> None:
        found, self._found = self._found, None
        if found is not None:
            self._take(found)

    def _take(self, worked: Worked | EngineError) -> None:
        if isinstance(worked, EngineError):
            self._last.drop(self.document.value)
            self._refuse(worked)
            return
        again, self.error, self.stale = self.stale, None, False
        if not self.half.may_grow(worked.shape.text):
            self._last.take(worked)
        reshaped = self._hold(worked)
        if again or reshaped:  # from here on, graph, numbers and moment belong together
            self.accepted.emit()
        self._tell(reshaped)

    def _hold(self, worked: Worked) -> bool:
        """Put it in place of what was worked out before; whether it is another graph."""
        former, self.worked = self.worked, worked
        reshaped = former is None or former.shape is not worked.shape
        if reshaped:
            self.chosen = frozenset(key for key in self.chosen if key in worked.graph.index)
        if reshaped or self._fresh:
            self._place_playback(former, worked)
        self.sight = worked.sight(self.playback.at)
        return reshaped

    def _tell(self, reshaped: bool) -> None:
        if reshaped:
            self.reshaped.emit()
        self.worked_changed.emit()
        self.sight_changed.emit()
        if self.worked is not None and self.pointed not in self.worked.graph.index:
            self.point(None)

    @Slot(object)
    def _fail(self, _problem: object) -> None:
        """An error of the program's own, which has been said; what was shown is no longer true of the text."""
        if self.worked is not None and self.worked.shape.text != self.document.value.text:
            self.worked, self.sight = None, Sight()
            self.worked_changed.emit()
            self.sight_changed.emit()

    def _refuse(self, error: EngineError | None) -> None:
        """What was read of the beginning of a name goes with it; None: one waits for the rest of that."""
        self.error, self.stale = error, True
        self.playback.pause()
        if self._last.seek(self.worked, self.chosen, self.nudge_by):
            self.refused.emit()  # what is shown stays until it is found
        else:
            self._show_last()

    @Slot()
    def _show_last(self) -> None:
        """Show the last finished expression in place of a text that cannot be read."""
        if not self.stale:
            return
        last = self._last.worked
        if last is not None and last is not self.worked:
            self._tell(self._hold(last))
        self.refused.emit()

    def _place_playback(self, former: Worked | None, worked: Worked) -> None:
        """An expression that comes back stands where it was left. Else, where everything was known, it stays so. Else,
        and whenever another one is opened, the values are there, and the way back is yet to come; unless it was saved
        at another step."""
        complete = False
        if former is not None and not self._fresh:
            complete = self.playback.at >= former.steps
            self._left_at[former.shape.text, former.shape.collapsed] = self.playback.at
        saved = self.document.view.step if self._fresh else None
        left_at = self._left_at.get((worked.shape.text, worked.shape.collapsed))
        self.came_back = left_at is not None
        if left_at is not None:
            at = left_at
        else:
            at = worked.steps if complete else worked.middle if saved is None else min(saved, worked.steps)
        self._placing = True
        self.playback.set_length(worked.steps, at)
        self.at_opening, self._placing, self._fresh = self._fresh and saved is None, False, False

    @Slot()
    def _begin_afresh(self) -> None:
        self._last.forget()
        self.point(None)
        self.choose(frozenset())
        self._fresh, self.half = True, HalfTyped()  # what was typed is another document's text
        self._left_at.clear()
        self.playback.pause()

    @Slot()
    def _look(self) -> None:
        if self._placing:
            return
        self.at_opening = False
        self.sight = self.worked.sight(self.playback.at) if self.worked is not None else Sight()
        self.sight_changed.emit()
        self.stepped.emit()

    # Edits --------------------------------------------------------------------------------------------------------

    def type(self, text: str, run: int, place: int) -> None:
        """Another text, the cursor at this ``place``; letters of one run are one step. One that could not be saved is
        not taken."""
        if self._fits(text):
            known = self._last.worked.graph.labels if self._last.worked is not None else ()
            if self.half.type(text, place, known):
                self._finish()
            self.document.edit(self.tr("Typing"), self._with(text=text), merge=("type", run))

    def _finish(self) -> None:
        """The text that is there until now is finished after all."""
        if self.worked is not None and not self.behind:
            self._last.take(self.worked)
        else:
            self._last.expect(self.document.value)

    def rest(self, place: int) -> None:
        """The cursor is at this place, or, at −1, the keyboard elsewhere: what is written is meant as it stands."""
        if self.half.rest(place):
            self.follow()

    def rewrite(self, text: str, label: str) -> None:
        """Another text, as a step of its own."""
        if self._fits(text):
            self.document.settle()
            self.document.edit(label, self._with(text=text))

    def _fits(self, text: str) -> bool:
        """Whether a text is not too long; else that is said, and the document stays as it is."""
        if len(text) <= LONGEST_TEXT:
            return True
        self.complained.emit(TEXT_FULL(count=len(text), limit=LONGEST_TEXT))
        self.kept.emit()
        return False

    def set_input(self, name: str, value: float) -> None:
        """Another value of an input; until :meth:`settle` all of them are one step. None while the text cannot be read:
        what is shown is of another text, and the value would be seen nowhere."""
        if self.refuses_inputs():
            return
        inputs = {**self._inputs(), name: min(max(value, -GREATEST_INPUT), GREATEST_INPUT)}
        label = self.tr("Change {name}").format(name=name)
        self.document.edit(label, self._with(inputs=inputs), merge=("input", name))

    def refuses_inputs(self) -> bool:
        """Whether values cannot be changed now, which is said."""
        if self.stale:
            self.complained.emit(NOT_READ())
        return self.stale

    def collapse(self, keys: frozenset[str], name: str) -> None:
        """Make several nodes one; ``complained`` says why not where that cannot be."""
        if self.worked is None or self.behind:
            return
        try:
            check_group(self.worked.graph, keys)
        except EngineError as error:
            self.complained.emit(error.problem)
            return
        group = CollapsedNodes(name=name, nodes=tuple(sorted(keys)))
        self.document.settle()
        self.document.edit(self.tr("Collapse"), self._with(collapsed=(*self.document.value.collapsed, group)))

    def open(self, key: str) -> None:
        """Show again what a collapsed node is made of, and whatever was made of it since."""
        kept = tuple(group for group in self.document.value.collapsed if key not in group.nodes)
        self.document.settle()
        self.document.edit(self.tr("Open again"), self._with(collapsed=kept))

    def settle(self) -> None:
        """A drag has ended."""
        self.document.settle()

    def _inputs(self) -> Mapping[str, float]:
        """The values of the inputs that there are; those of names that were typed on the way are forgotten. The
        document's values hold: what is worked out may be of those before them."""
        known = self.document.value.inputs
        if self.worked is None or self.behind:
            return known
        return {name: known.get(name, value) for name, value in self.worked.inputs.items()}

    def _with(self, **changes: object) -> ExpressionSheet:
        return self.document.value.model_copy(update=changes)

    def close(self) -> None:
        """Work nothing more out."""
        self.playback.pause()
        self._soon.stop()
        self._background.close(wait=True)
        self._last.close()
        super().close()
