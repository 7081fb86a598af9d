"""The map beside the curves: which one is shown, how far it has come, and the action that stops it and goes on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, Signal, Slot
from PySide6.QtGui import QAction

from app.kit.actions import describe
from app.kit.widgets.action_button import action_button
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import Board
from app.workspaces.gradients.depth_map import CellKey, MapData, progress_words, title_words
from engine.gradients.scan import MapKind


@dataclass(frozen=True, slots=True)
class State:
    """What is said beside the map: of which kind it is, how far it has come (the fullest text first), and whether more
    is to come by itself, or only once it is gone on with."""

    kind: MapKind
    progress: tuple[str, ...]
    under_way: bool
    halted: bool


class MapPart(QObject):
    """Of the network ``subject`` (from 0), which is ``hidden`` as long as it is to be guessed.

    ``chosen(depth, scale)``: by a click, a key, or moment by moment while the place is dragged, until ``settled``.
    """

    chosen = Signal(int, float)
    settled = Signal()

    def __init__(self, bench: Bench, board: Board, action: QAction, parent: QObject) -> None:
        """``action``: stops the map that is being worked out, or has it gone on with."""
        super().__init__(parent)
        self._bench, self._board, self._action = bench, board, action
        self._kind: MapKind = "signal"
        self._subject, self._hidden = 0, False
        self._state: State | None = None
        self._button = action_button(action, "chip")
        board.strip.map_card.add_control(self._button)
        self._view = board.strip.map
        self._before: CellKey = (1, 1.0)  # as it was when the place was taken hold of
        self._view.chosen.connect(self._choose)
        self._view.grabbed.connect(self._grab)
        self._view.dragged.connect(self._drag)
        self._view.taken_back.connect(lambda _key: self.chosen.emit(*self._before))
        self._view.settled.connect(self.settled)
        board.strip.map_kinds.chosen.connect(self._choose_kind)
        bench.mapper.changed.connect(self._show)
        self._show_state()

    @property
    def _in_sight(self) -> bool:
        return self._board.strip.part == "map"

    @Slot(str)
    def _choose_kind(self, kind: MapKind) -> None:
        """Let the map show the signal at the start, or what training comes to."""
        self._kind = kind
        self.want()
        self._show()

    def want(self) -> None:
        """Have worked out what is in sight."""
        if self._in_sight:
            self._bench.mapper.chart(self._subject, self._kind)

    def follow(self, subject: int, *, hidden: bool) -> None:
        """Show that of this network."""
        self._subject, self._hidden = subject, hidden
        self._show()

    def stop_or_go_on(self) -> None:
        """Leave the map as far as it has come, or work out the rest of it."""
        if self._bench.mapper.under_way(self._subject, self._kind):
            self._bench.mapper.stop()
        else:
            self._bench.mapper.go_on(self._subject, self._kind)

    @Slot()
    def _show(self) -> None:
        self._show_state()
        if not self._in_sight:
            return
        one = self._bench.experiment.configurations[self._subject]
        known = None if self._hidden else self._bench.mapper.map_of(self._subject, self._kind)
        self._view.set_data(MapData(known, (one.depth, one.scale), self._hidden))

    @Slot(object)
    def _choose(self, key: CellKey) -> None:
        self.chosen.emit(*key)
        self.settled.emit()

    @Slot()
    def _grab(self) -> None:
        one = self._bench.experiment.configurations[self._subject]
        self._before = one.depth, one.scale

    @Slot(object, QPointF)
    def _drag(self, _key: object, to: QPointF) -> None:
        part = self._view.part_at(to)
        if part is not None and isinstance(part.key, tuple):
            self.chosen.emit(*part.key)

    def _show_state(self) -> None:
        """Say what the map is of and how far it has come, and offer what can be done about that."""
        if not self._in_sight or self._hidden:
            state = State(self._kind, ("",), under_way=False, halted=False)
        else:
            mapper = self._bench.mapper
            known, under_way = mapper.map_of(self._subject, self._kind), mapper.under_way(self._subject, self._kind)
            halted = known is not None and not known.complete and not under_way
            state = State(self._kind, tuple(progress_words(known, under_way=under_way)), under_way, halted)
        if state != self._state:  # while a number is dragged nothing of it is another
            self._state = state
            self._say(state)

    def _say(self, state: State) -> None:
        self._board.strip.map_card.set_title(title_words(state.kind))
        self._board.strip.map_card.set_subtitle(state.progress)
        self._action.setText(self.tr("Go on") if state.halted else self.tr("Stop"))
        rest, stop = self.tr("Work out the rest of the map"), self.tr("Leave the map as far as it has come")
        describe(self._action, rest if state.halted else stop)
        self._action.setEnabled(state.under_way or state.halted)
        self._button.setVisible(state.under_way or state.halted)
