"""The left column: what the network is built of, and beside it the note of an example while one is open."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.builder.inspector.features import FeaturesPanel
from app.builder.palette import PalettePanel, StartDrag
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.frame import rule
from app.kit.widgets.section import Section
from app.kit.widgets.switch import Switch
from app.network.document import Document
from app.workspaces.playground.example import OpenExample
from app.workspaces.playground.panels.data import DataPanel
from app.workspaces.playground.panels.example_note import ExampleNote
from app.workspaces.playground.panels.optimiser import OptimiserPanel
from app.workspaces.workspace import Memory

FIRST_BLOCKS = ("dense", "dropout", "layer_norm")
"""What most networks are built of; the other kinds are one click away."""


class LeftColumn(QWidget):
    """``canvas_drag(kind, global position)`` starts the palette's drag; see :mod:`app.builder.canvas.palette_drag`.

    Two tabs, Example and Build, while an example is open; else what builds alone.
    """

    def __init__(
        self,
        document: Document,
        canvas_drag: StartDrag,
        opened: OpenExample,
        memory: Memory,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._opened, self._document, self._memory = opened, document, memory
        self._stack_up()
        body = self.build.body
        self.data = DataPanel(document, body)
        self.palette_panel = PalettePanel(document, canvas_drag, body, first=FIRST_BLOCKS)
        self.features = FeaturesPanel(document, body)
        self.optimiser = OptimiserPanel(document, body)
        self.palette_panel.set_open(memory.shown("blocks", False))
        self.palette_panel.opened.connect(partial(memory.set_shown, "blocks"))
        blocks = Section(self.tr("Blocks"), self.palette_panel, self.tr("drag to the canvas"), body)
        self.sections = {
            "data": self._folding("data", self.tr("Data"), self.data.settings, above=self.data),
            "blocks": blocks,
            "features": self._folding("features", self.tr("Features"), self.features),
            "optimiser": self._folding("optimiser", self.tr("Optimiser"), self.optimiser),
        }
        for section in self.sections.values():
            self.build.rows.addWidget(section)
        self.build.rows.addWidget(rule())
        self.build.rows.addStretch(1)
        for signal in (document.data_changed, document.dataset_loaded, document.graph_changed, document.hyper_changed):
            signal.connect(self._tell_states)
        self._tell_states()
        opened.changed.connect(self._follow)
        self._follow()
        document.dataset_loaded.connect(self._choose_sections)
        self._choose_sections()

    def _folding(self, name: str, title: str, content: QWidget, *, above: QWidget | None = None) -> Section:
        """A section that is folded at first, and then as it was left."""
        section = Section(
            title,
            content,
            "",
            self.build.body,
            is_line=above is None,
            is_open=self._memory.shown(name, False),
            above=above,
        )
        section.opened.connect(partial(self._memory.set_shown, name))
        return section

    @Slot()
    def _tell_states(self) -> None:
        for name, panel in (("data", self.data), ("features", self.features), ("optimiser", self.optimiser)):
            self.sections[name].set_hint(panel.state)

    def _stack_up(self) -> None:
        self.switch = Switch(
            self.tr("What the left panel shows"),
            (
                (self.tr("Example"), self.tr("What this example shows, what to watch and what to change next")),
                (self.tr("Build"), self.tr("Data, blocks, features and optimiser")),
            ),
        )
        self.stack = QStackedWidget(self)
        self.note = ExampleNote(self._opened, self.stack)
        self.build = PanelColumn(self.stack)
        self.build.setAccessibleName(self.tr("Data, blocks, features and optimiser"))
        self.stack.addWidget(self.note)
        self.stack.addWidget(self.build)
        self.switch.currentChanged.connect(self.stack.setCurrentIndex)
        self._head = QWidget()
        head = QVBoxLayout(self._head)
        head.setContentsMargins(MARGIN, 12, MARGIN, 0)
        head.addWidget(self.switch)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._head)
        rows.addWidget(self.stack, 1)

    @Slot()
    def _follow(self) -> None:
        """An example that has just been opened shows its note; without one there is nothing to switch."""
        shown = self._opened.example is not None
        self._head.setVisible(shown)
        self.switch.setCurrentIndex(0 if shown else 1)
        self.stack.setCurrentIndex(0 if shown else 1)

    @Slot()
    def _choose_sections(self) -> None:
        """A list of pixels helps nobody; whoever wants some of them only finds it with the input block."""
        self.sections["features"].setVisible(self._document.dataset.image is None)

    def set_selection(self, ids: tuple[str, ...]) -> None:
        """Follow the canvas' selection."""
        self.features.set_selection(ids)
        self._tell_states()
