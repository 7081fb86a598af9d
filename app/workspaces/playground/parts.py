"""The parts round the canvas, each built after the first frame and wired to the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

if TYPE_CHECKING:
    from app.shell.main_window import MainWindow

LEFT_WIDTH, RIGHT_LEAST = 216, 290


def parts(window: MainWindow) -> tuple[Callable[[], None], ...]:
    """What builds the parts, to be called in this order."""
    made = _Parts(window)
    return made.build_left, made.build_right, made.build_timeline, made.build_plots


class _Parts(QObject):
    """Left and right column, pass timeline and plots of one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._document, self._trainer, self._canvas = window.document, window.trainer, window.canvas

    def build_left(self) -> None:
        """Data, palette, features, optimiser."""
        from app.builder.canvas.drag import start_palette_drag
        from app.workspaces.playground.panels.left_column import LeftColumn

        self.left = LeftColumn(self._document, start_palette_drag)
        self.left.palette_panel.added.connect(self._choose_block)
        self._canvas.selection_changed.connect(self.left.set_selection)
        panel = self._window.panels["left"]
        panel.column.addWidget(self.left)
        panel.setMinimumWidth(LEFT_WIDTH)

    def build_right(self) -> None:
        """Output and the selected block."""
        from app.workspaces.playground.panels.right_column import RightColumn

        self.right = RightColumn(self._document, self._trainer)
        self.right.block_wanted.connect(self._choose_block)
        self._canvas.selection_changed.connect(self.right.set_selection)
        self._canvas.neuron_selected.connect(self.right.set_neuron)
        self.left.data.draw_mode.connect(self.right.set_drawing)
        self.right.drawing_changed.connect(self.left.data.set_drawing)
        panel = self._window.panels["right"]
        panel.column.addWidget(self.right)
        panel.setMinimumWidth(RIGHT_LEAST)

    def build_timeline(self) -> None:
        """The player of passes, under the canvas."""
        from app.builder.timeline.panel import PassTimeline

        self.timeline = PassTimeline(self._document, self._trainer)
        self.timeline.stage_shown.connect(self._canvas.show_stage)
        self.timeline.closed.connect(partial(self._canvas.show_trace, None))
        self._canvas.neuron_selected.connect(self.timeline.set_neuron)
        self.right.sample_picked.connect(self._play_row)
        self.right.input_picked.connect(self._play_input)
        self._window.actions_.adopt("pass", self.timeline.actions_by_name)
        panel = self._window.panels["timeline"]
        panel.column.addWidget(self.timeline)
        panel.column.setContentsMargins(10, 0, 10, 10)

    def build_plots(self) -> None:
        """Gradients, loss, activations, weights."""
        from app.workspaces.playground.plots.panel import PlotsPanel

        self.plots = PlotsPanel(self._document, self._trainer)
        self._canvas.selection_changed.connect(self.plots.select)
        self._window.panels["bottom"].column.addWidget(self.plots)

    @Slot(str)
    def _choose_block(self, block_id: str) -> None:
        self._canvas.selection.choose([block_id])

    @Slot(int)
    def _play_row(self, row: int) -> None:
        self._window.actions_["timeline_panel"].setChecked(True)
        self.timeline.load_rows((row,))

    @Slot(tuple)
    def _play_input(self, values: tuple[float, ...]) -> None:
        self._window.actions_["timeline_panel"].setChecked(True)
        self.timeline.load_input(values)
