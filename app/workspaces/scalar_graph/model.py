"""The state of the page: the document, its computation, the playback and the selection.

Views read from it and ask it for edits; it knows none of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from app.kit.background import Background
from app.kit.playback.playback import Playback
from app.kit.sheet import Sheet
from app.workspaces.scalar_graph.computation import (
    Computation,
    NamedGroup,
    PassState,
    compute,
    groups_much,
    in_background,
)
from app.workspaces.scalar_graph.names import with_names
from engine.autodiff.collapse import check_group
from engine.autodiff.document import GREATEST_INPUT, CollapsedNodes, ExpressionSheet
from engine.autodiff.grammar import LONGEST_TEXT
from engine.autodiff.half_names import functions_from, name_at_end
from engine.autodiff.nudge import Nudge
from engine.autodiff.problems import NOT_READ, TEXT_FULL
from engine.problems import EngineError

NO_PLACE = -1
"""Where the cursor is while the keyboard is elsewhere."""


class HalfTyped:
    """The unfinished name at the end of a text that is being typed.

    ``awaited``: the functions that its last name may become, where it is not read before that is known. A single letter
    within a longer expression is read at once, as a variable: what is read of it :meth:`may_grow`, and is no finished
    expression until something else follows.
    """

    def __init__(self) -> None:
        self.awaited: tuple[str, ...] = ()
        self._text = self._loose = ""

    def type(self, text: str, place: int, known: Collection[str]) -> bool:
        """Another text with the cursor at this place, the names in ``known`` being those of the last finished
        expression; whether what was read of the text before was a name all the same."""
        before, loose = self._text, self._loose
        found = half_at_end(text) if place == len(text) else ()
        taken_back = before.startswith(text) and name_at_end(text) in known
        self._text, self.awaited = text, () if taken_back else found
        grows = place == len(text) and not found and bool(functions_from(name_at_end(text)))
        self._loose = text if grows else ""
        return bool(loose) and not (text.startswith(loose) and re.match(r"[\w(]", text[len(loose) :]) is not None)

    def see(self, text: str) -> None:
        """The text is this one now; where it was not typed, it is meant as it stands."""
        if text != self._text:
            self._text, self._loose, self.awaited = text, "", ()

    def rest(self, place: int) -> bool:
        """The cursor is at this place: whether the end is meant as it stands, and was not before."""
        waited = bool(self._loose or self.awaited)
        if place == len(self._text) or not waited:
            return False
        self._loose, self.awaited = "", ()
        return True

    def may_grow(self, text: str) -> bool:
        """Return whether the last name of the text may yet become another."""
        return bool(self._loose) and text == self._loose


def half_at_end(text: str) -> tuple[str, ...]:
    """The functions whose name the text ends with, whole or in part; none where that is a variable: a single letter in
    a longer expression, or a name that stands elsewhere in the text."""
    name = name_at_end(text)
    return functions_from(name) if len(name) > 1 or _is_all(text, name) else ()


def _is_all(text: str, name: str) -> bool:
    """Return whether a name is all that the last line computes."""
    line = re.split(r"[\n;]", text)[-1].partition("=")
    return (line[2] or line[0]).strip() == name


AT_ONCE_LETTERS, AT_ONCE_NODES = 64, 80
"""Texts up to so long are read, laid out and drawn in a few milliseconds: at once. What is longer, or of more nodes, is
worked out in another thread, the latest only."""
FIRST_NUDGE = 0.001


class GraphModel(QObject):
    """The document's expression worked out, the playback of its pass, and what of it is chosen.

    ``worked_changed``: other numbers or another graph; ``reshaped``: another graph. ``state_changed``: another moment
    of the playback; it also follows each ``worked_changed``. ``refused``: the text cannot be read, or ends in half a
    function's name, and the last finished one is shown meanwhile; ``accepted``: it is another graph that can be read,
    or the former one can again, before the others follow. ``complained(problem)``: an edit cannot be made; ``kept``: it
    was one of the text, which stays as it was. ``stepped``: the playback has come to another step. ``chosen_changed``,
    ``pointed_changed``: nodes, by their keys; ``chosen_again``: the chosen one was clicked. ``nudge_changed``: by how
    much, or whether gradients are asked for.
    """

    worked_changed = Signal()
    reshaped = Signal()
    state_changed = Signal()
    refused = Signal()
    accepted = Signal()
    stepped = Signal()
    complained = Signal(object)
    kept = Signal()
    chosen_changed = Signal()
    chosen_again = Signal()
    pointed_changed = Signal()
    nudge_changed = Signal()

    def __init__(self, document: Sheet[ExpressionSheet], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.document = document
        self.worked: Computation | None = None
        self.state = PassState()
        self.error: EngineError | None = None
        self.half = HalfTyped()
        self.stale = False
        """The text cannot be read or is not finished: an earlier one is shown."""
        self.chosen: frozenset[Hashable] = frozenset()
        self.gone_on = False
        """The player has gone on from what is chosen: the node at work is read."""
        self.pointed: Hashable | None = None
        self.nudge_by = FIRST_NUDGE
        self.asking = False
        self.at_opening = False
        """The playback stands at the turn, because an expression has just been opened."""
        self.came_back = False
        """The expression was there before, and stands at the step at which it was left."""
        self._last: Computation | None = None  # the last finished one
        self.playback = Playback(self)
        self.playback.stepped.connect(self._look)
        self._fresh, self._placing = True, False
        self._wanted: frozenset[Hashable] = frozenset()  # keys to choose once the graph that has them is worked out
        self._wanted_gone_on = False
        self._left_at: dict[tuple[str, object], int] = {}  # step, by text and groups of this document's graphs
        self._background = Background("graph-work", latest_only=True, parent=self)
        self._background.done.connect(self._take)
        self._background.failed.connect(self._fail)
        document.value_changed.connect(self.follow)
        document.replaced.connect(self._begin_afresh)

    @property
    def behind(self) -> bool:
        """Whether what is shown is of another text than the one that is there: of one before it, which cannot be read
        or is still being worked out."""
        return self.stale or self.worked is None or self.worked.shape.text != self.document.value.text

    @property
    def leaf(self) -> str | None:
        """The input that is looked at: one that is chosen, else the first; None where there is none."""
        return self.worked.leaf_among(self.chosen) if self.worked is not None else None

    @property
    def looked_at(self) -> int | None:
        """The node whose gradient is followed: a chosen one, else the first input."""
        return self.worked.node_among(self.chosen) if self.worked is not None else None

    # Working out --------------------------------------------------------------------------------------------------

    @Slot()
    def follow(self) -> None:
        """Work out what the document says now."""
        sheet = self.document.value
        former = None if self._fresh else self.worked  # what is opened looks the same whatever stood there
        self.half.see(sheet.text)
        if self.half.awaited:
            self._background.cancel()
            self._refuse(None)
        elif self._takes_a_moment(sheet, former):
            self._background.cancel()
            try:
                self._take(compute(sheet, former))
            except EngineError as error:
                self._refuse(error)
        else:
            self._background.request(partial(in_background, sheet, former))

    @staticmethod
    def _takes_a_moment(sheet: ExpressionSheet, former: Computation | None) -> bool:
        if former is not None and former.shape.text == sheet.text:
            return len(former.graph.nodes) <= AT_ONCE_NODES and not groups_much(sheet, former)
        return len(sheet.text) <= AT_ONCE_LETTERS and not groups_much(sheet, former)

    @Slot(object)
    def _take(self, worked: Computation | EngineError) -> None:
        if isinstance(worked, EngineError):
            self._refuse(worked)
            return
        again, self.error, self.stale = self.stale, None, False
        if not self.half.may_grow(worked.shape.text):
            self._last = worked
        reshaped = self._hold(worked)
        if again or reshaped:  # from here on, graph, numbers and moment belong together
            self.accepted.emit()
        self._tell(reshaped)

    def _hold(self, worked: Computation) -> bool:
        """Put it in place of what was worked out before; whether it is another graph."""
        former, self.worked = self.worked, worked
        reshaped = former is None or former.shape is not worked.shape
        if reshaped:
            self.chosen = frozenset(key for key in self.chosen if key in worked.graph.index)
        if reshaped or self._fresh:
            self._place_playback(former, worked)
        self.state = worked.state(self.playback.at)
        return reshaped

    def _tell(self, reshaped: bool) -> None:
        if reshaped:
            self.reshaped.emit()
        self.worked_changed.emit()
        self.state_changed.emit()
        if self.worked is not None and self.pointed not in self.worked.graph.index:
            self.point(None)
        self._choose_wanted()

    @Slot(object)
    def _fail(self, _problem: object) -> None:
        """An error of the program's own, which has been said; what was shown is no longer true of the text."""
        if self.worked is not None and self.worked.shape.text != self.document.value.text:
            self.worked, self.state = None, PassState()
            self.worked_changed.emit()
            self.state_changed.emit()

    def _refuse(self, error: EngineError | None) -> None:
        """Show the last finished expression again. Without an error the text waits for the rest of a name."""
        self.error, self.stale = error, True
        self.playback.pause()
        last = self._last
        if last is not None and last is not self.worked:
            self._tell(self._hold(last))
        self.refused.emit()

    def _place_playback(self, former: Computation | None, worked: Computation) -> None:
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
        self._last = None
        self.point(None)
        self.choose(frozenset())
        self._wanted, self._wanted_gone_on = frozenset(), False
        self._fresh, self.half = True, HalfTyped()  # what was typed is another document's text
        self._left_at.clear()
        self.playback.pause()

    @Slot()
    def _look(self) -> None:
        if self._placing:
            return
        self.at_opening = False
        self.state = self.worked.state(self.playback.at) if self.worked is not None else PassState()
        self.gone_on = bool(self.chosen)
        self.state_changed.emit()
        self.stepped.emit()

    # Nudging ------------------------------------------------------------------------------------------------------

    def nudge_of(self, name: str) -> Nudge | None:
        """The input moved by the present nudge, and how far the result moves."""
        if self.worked is None or self.stale or name not in self.worked.graph.variables:
            return None
        return self.worked.nudged(name, self.nudge_by)

    @property
    def reached(self) -> bool:
        """The pass has come to the result."""
        worked, state = self.worked, self.state
        return worked is not None and bool(state.values) and state.values[worked.graph.output] is not None

    def waits(self, name: str) -> bool:
        """Return whether the measured slope of an input is hidden until its gradient is guessed."""
        worked, known = self.worked, self.state.gradients
        return self.asking and worked is not None and bool(known) and known[worked.graph.index[name]] is None

    @property
    def withholds_slopes(self) -> bool:
        """Derivatives in symbols are hidden: gradients are being guessed, and not all are known."""
        return self.asking and not self.state.complete

    @property
    def groups(self) -> tuple[NamedGroup, ...]:
        """The groups that have a name; how short their slopes are is left out while slopes are withheld."""
        groups = self.worked.shape.groups if self.worked is not None else ()
        return tuple(replace(group, markup="") for group in groups) if self.withholds_slopes else groups

    def measured(self, name: str) -> float | None:
        """The slope that the nudge measures; not before the result is known, nor while somebody guesses the slope."""
        found = self.nudge_of(name) if self.reached and not self.waits(name) else None
        return found.slope if found is not None else None

    def set_asking(self, asking: bool) -> None:
        """Have gradients guessed before they are shown, or stop. Measured slopes wait as well."""
        if asking is not self.asking:
            self.asking = asking
            self.nudge_changed.emit()

    def set_nudge(self, by: float) -> None:
        """Nudge by so much from now on."""
        if by != self.nudge_by:
            self.nudge_by = by
            self.nudge_changed.emit()

    # Pointing -----------------------------------------------------------------------------------------------------

    def choose(self, keys: frozenset[Hashable], *, gone_on: bool = False) -> None:
        """Choose nodes; ``gone_on``: which the player has gone on from."""
        if keys != self.chosen:
            self.chosen, self.gone_on = keys, gone_on and bool(keys)
            self.chosen_changed.emit()

    def choose_again(self) -> None:
        """Read what is chosen already."""
        self.gone_on = False
        self.chosen_again.emit()

    @property
    def selected(self) -> list[str]:
        """The keys of what is chosen, or is to be once its graph is worked out."""
        return sorted(map(str, self._wanted or self.chosen))

    def select(self, keys: Iterable[str]) -> None:
        """Choose what of these the document's graph has, once that is worked out."""
        self._wanted = frozenset(keys)
        self._choose_wanted()

    def select_gone_on(self, gone_on: bool) -> None:
        """Whether the player had gone on from what is selected next."""
        self._wanted_gone_on = gone_on

    def _choose_wanted(self) -> None:
        if self._wanted and self.worked is not None and not self.behind:
            wanted, self._wanted = self._wanted, frozenset()
            keys = frozenset(key for key in wanted if key in self.worked.graph.index)
            self.choose(keys, gone_on=self._wanted_gone_on)

    def point(self, key: Hashable | None) -> None:
        """Point at a node, or at none."""
        if key != self.pointed:
            self.pointed = key
            self.pointed_changed.emit()

    # Edits --------------------------------------------------------------------------------------------------------

    def type(self, text: str, run: int, place: int) -> None:
        """Another text, the cursor at this ``place``; letters of one run are one step. One that could not be saved is
        not taken."""
        if self._fits(text):
            known = self._last.graph.labels if self._last is not None else ()
            if self.half.type(text, place, known) and not self.behind:
                self._last = self.worked  # what is there until now is finished after all
            self.document.edit(self.tr("Typing"), self._with(text=text), merge=("type", run))

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
        """Return whether a text is short enough; complain if it isn't."""
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
        """Return whether values cannot be changed now; complain if so."""
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
            self.complained.emit(with_names(error.problem))
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
        self._background.close(wait=True)
