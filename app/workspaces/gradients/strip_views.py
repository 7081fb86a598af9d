"""What stands under the networks: their numbers, the doctor, the map and the outline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QAction

from app.kit.actions import describe
from app.kit.listing import listed, set_apart
from app.kit.origin.facts import Fact
from app.kit.widgets.action_button import action_button
from app.kit.widgets.outline_tree import OutlineItem
from app.workspaces.gradients.bench import Bench
from app.workspaces.gradients.board import Board
from app.workspaces.gradients.depth_map import CellKey, MapData, progress_words, title_words
from app.workspaces.gradients.doctor import DoctorKey, doctor_fact
from app.workspaces.gradients.moment import MEASURES, Moment, Shown, moment_words, reason_words
from app.workspaces.gradients.words import (
    LETTERS,
    compared,
    dead_of_layer,
    dead_words,
    differing_fields,
    in_a_row,
    ratio_text,
    said,
    title_of,
    verdict_sentence,
    verdict_word,
)
from engine.gradients.experiment import Configuration
from engine.gradients.figures import DataKey, data_key
from engine.gradients.scan import MapKind
from engine.gradients.training import DeadUnits

EDITABLE = ("depth", "width", "scale", "rate")
"""The numbers of a network that can be typed over."""


def outline_of(
    moments: Sequence[Moment],
    shown: Sequence[Shown],
    hidden: Collection[int] = (),
) -> tuple[OutlineItem, ...]:
    """A row for each network; under it its numbers, the verdict at the moment that is shown, and a row for each
    layer. Of those ``hidden`` nothing is told but what they are set to."""
    every = enumerate(zip(moments, shown, strict=True))
    differing = differing_fields([one.figures.configuration for one in moments]) if moments else frozenset()
    titles = [title_of(one.figures.configuration, differing) for one in moments]
    return tuple(_network(n, titles[n], one, what, hidden=n in hidden) for n, (one, what) in every)


def _network(number: int, name: str, moment: Moment, shown: Shown, *, hidden: bool) -> OutlineItem:
    figures, judgement, at_start = moment.figures, moment.judgement, moment.step == 0
    c = figures.configuration
    names = {"depth": _tr("depth"), "width": _tr("width"), "scale": _tr("scale"), "rate": _tr("rate η")}
    settings = tuple(OutlineItem((number, field), names[field], number=float(getattr(c, field))) for field in EDITABLE)
    title = f"{LETTERS[number]} · {name}"
    if hidden:
        unknown = OutlineItem((number, "verdict"), _tr("hidden until you guess"))
        return OutlineItem((number, "network"), title, (*settings, unknown))
    told = compared(figures)[0]
    if not at_start:
        told = QCoreApplication.translate("VerdictCard", "at the start: {told}").format(told=told)
    dead = dead_words(moment.dead, c.width)
    note = in_a_row((verdict_sentence(judgement, c.depth), dead, told, reason_words(moment)))
    verdict = OutlineItem((number, "verdict"), moment_words(verdict_word(judgement), moment.step), note=note)
    rows = tuple(_layer(number, layer, shown, moment.dead) for layer in range(1, shown.depth + 1))
    layers = OutlineItem((number, "layers"), said(MEASURES[shown.measure]), rows)
    return OutlineItem((number, "network"), title, (*settings, verdict, layers))


def _layer(number: int, layer: int, shown: Shown, dead: DeadUnits) -> OutlineItem:
    values = [(row.label, float(row.values[layer - 1])) for row in shown.rows]
    numbers = [f"{label} {ratio_text(value)}" for label, value in values if value == value]
    note = set_apart([listed(numbers), dead_of_layer(layer, dead[layer - 1])])
    title = _tr("Layer {layer}: {value}").format(layer=layer, value=ratio_text(float(shown.bars[layer - 1])))
    return OutlineItem((number, "layer", layer), title, note=note)


class MapViews(QObject):
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

    @Slot()
    def _drag(self) -> None:
        part = self._view.part_at(self._view.pointer) if self._view.pointer is not None else None
        if part is not None and isinstance(part.key, tuple):
            self.chosen.emit(*part.key)

    def _show_state(self) -> None:
        """Say what the map is of and how far it has come, and offer what can be done about that."""
        mapper, told = self._bench.mapper, self._in_sight and not self._hidden
        known = mapper.map_of(self._subject, self._kind) if told else None
        under_way = told and mapper.under_way(self._subject, self._kind)
        halted = known is not None and not known.complete and not under_way
        card = self._board.strip.map_card
        card.set_title(title_words(self._kind))
        card.set_subtitle(progress_words(known, under_way=under_way))
        self._action.setText(self.tr("Go on") if halted else self.tr("Stop"))
        rest, stop = self.tr("Work out the rest of the map"), self.tr("Leave the map as far as it has come")
        describe(self._action, rest if halted else stop)
        self._action.setEnabled(under_way or halted)
        self._button.setVisible(under_way or halted)


REST_MS = 300
"""So long an experiment must stand still before cures are tried and the map is drawn: while a number is dragged, the
layers have the processor to themselves."""


class StripViews(QObject):
    """``rested``: the experiment has stood still for a while. ``hidden``: the networks that are not to be told of."""

    rested = Signal()

    def __init__(
        self,
        bench: Bench,
        board: Board,
        map_action: QAction,
        shown: Callable[[], tuple[Shown, ...]],
        parent: QObject,
    ) -> None:
        """``map_action``: see :class:`MapViews`. ``shown``: what the charts show."""
        super().__init__(parent)
        self._bench, self._board, self._shown = bench, board, shown
        self.subject = 0
        self.map = MapViews(bench, board, map_action, self)
        self.hidden: frozenset[int] = frozenset()
        self._moments: tuple[Moment, ...] = ()
        self._told: set[tuple[int, Configuration, DataKey]] = set()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._look_for_part)
        self._rest.timeout.connect(bench.spread.want)
        self._rest.timeout.connect(self.rested)
        bench.treated.connect(self._show_trials)
        board.strip.part_chosen.connect(self._look_for_part)
        board.strip.subject_chosen.connect(self.choose_subject)

    def follow(self) -> None:
        """The experiment is another: show what is known of it, and have the rest worked out once it stands still."""
        self.subject = min(self.subject, len(self._bench.experiment.configurations) - 1)
        self._board.strip.subjects.choose(LETTERS[self.subject])
        self._show_trials()
        self._show_map()
        self._rest.start()

    def show_figures(self, moments: Sequence[Moment]) -> None:
        """The numbers of the layers are others, and so may be the verdicts on them."""
        self._moments = tuple(moments)
        self._show_layers()
        self._show_outline()
        self._show_trials()
        self._show_map()

    def _show_layers(self) -> None:
        if self._board.strip.part == "layers" and self._moments:
            self._board.strip.layers.show_numbers(self._moments, self._shown(), self.hidden)

    def _show_outline(self) -> None:
        if self._board.strip.part == "outline" and self._bench.current:
            items = outline_of(self._moments, self._shown(), self.hidden)
            self._board.strip.outline.show_items(items)

    def ask_doctor(self, number: int) -> None:
        """Have every cure of a network tried."""
        self.choose_subject(number)
        self._board.strip.show()  # which a presentation has put aside
        self._board.strip.show_part("cures")
        self._look_for_part()

    @Slot(int)
    def choose_subject(self, number: int) -> None:
        """Let the doctor and the map speak of another network."""
        self.subject = number
        self._board.strip.subjects.choose(LETTERS[number])
        self._look_for_part()

    @Slot()
    @Slot(str)
    def _look_for_part(self, _key: str = "") -> None:
        """Have worked out what is in sight."""
        self._show_map()
        if self._board.strip.part == "cures":
            self._bench.treat(self.subject)
        elif self._board.strip.part == "map":
            self.map.want()
        self._show_trials()
        self._show_layers()
        self._show_outline()

    @Slot()
    def _show_trials(self) -> None:
        if self._board.strip.part != "cures" or not self._bench.current:
            return
        if self.subject in self.hidden:
            self._board.strip.doctor.show_trials(self.subject, 1.0, (), (), busy=False, hidden=True)
            return
        before = self._bench.figures[self.subject].judgement.judged
        others = self._bench.experiment.configurations
        trials, busy = self._bench.trials_of(self.subject), self._bench.treating(self.subject)
        share = self._bench.treated_share
        self._board.strip.doctor.show_trials(self.subject, before, trials, others, busy=busy, share=share)

    def note_applied(self, configuration: Configuration) -> None:
        """A cure is applied: the doctor has shown already what the ratio comes to."""
        self._told.add((self.subject, configuration, data_key(self._bench.experiment)))

    @property
    def told(self) -> frozenset[int]:
        """The networks that are an applied cure, whose ratio has been shown already."""
        experiment = self._bench.experiment
        data = data_key(experiment)
        return frozenset(n for n, one in enumerate(experiment.configurations) if (n, one, data) in self._told)

    def doctor_fact(self, key: DoctorKey) -> Fact | None:
        """Where a number of the doctor's comes from; None where it is not shown (any more)."""
        if not self._bench.current or key.number in self.hidden or key.number != self.subject:
            return None
        return doctor_fact(self._bench.experiment, self._bench.trials_of(key.number), key)

    def _show_map(self) -> None:
        self.map.follow(self.subject, hidden=self.subject in self.hidden)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
