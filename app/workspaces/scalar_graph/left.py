"""The left column: examples, inputs, what is shown, and the operations."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.kit.widgets.column import PanelColumn
from app.kit.widgets.section import Section
from app.kit.words import plain_tip
from app.workspaces.scalar_graph.desk import Desk
from app.workspaces.scalar_graph.example_cards import ExampleCards
from app.workspaces.scalar_graph.leaves import Leaves
from app.workspaces.scalar_graph.palette import Palette

WIDTH = 216


class ShowBoxes(QWidget):
    """What is drawn. ``changed``: another choice."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        entries = (
            ("values", self.tr("Values, above the edge"), self.tr("What goes forward along each edge")),
            ("gradients", self.tr("Gradients, beneath"), self.tr("What comes back: E × local derivative")),
            ("rule", self.tr("Rule beside the node"), self.tr("The local rule of the node at work, its numbers in")),
            ("names", self.tr("Names of nodes"), self.tr("v₁, v₂ … over the nodes")),
        )
        self.boxes: dict[str, QCheckBox] = {}
        for key, text, tip in entries:
            box = QCheckBox(text)
            box.setChecked(True)
            box.setToolTip(plain_tip(tip))
            box.toggled.connect(lambda _on: self.changed.emit())
            self.boxes[key] = box
            column.addWidget(box)

    def shown(self, key: str) -> bool:
        """Whether something is to be drawn."""
        return self.boxes[key].isChecked()


class LeftColumn(PanelColumn):
    """Sections one under another."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Examples, inputs, operations"))
        self._desk = desk

    def parts(self) -> tuple[Callable[[], None], ...]:
        """Its sections, built one by one."""
        return self._add_examples, self._add_leaves, self._add_rest

    def _add_examples(self) -> None:
        self.examples = ExampleCards()
        self._add(self.tr("Examples"), self.examples)

    def _add_leaves(self) -> None:
        self.leaves = Leaves(self._desk)
        section = self._add(self.tr("Leaves"), self.leaves)
        self.leaves.rebuilt.connect(partial(self._make_high, section))
        self.leaves.waiting.connect(partial(self._say_how, section))
        self._say_how(section, self._desk.stale)

    def _add_rest(self) -> None:
        self.show_boxes = ShowBoxes()
        self.palette_of_operations = Palette()
        self._add(self.tr("Show"), self.show_boxes)
        self._add(self.tr("Drag into the expression"), self.palette_of_operations)
        self.rows.addStretch(1)

    def _add(self, title: str, content: QWidget, hint: str = "") -> Section:
        section = Section(title, content, hint)
        self.rows.addWidget(section)
        return section

    def _say_how(self, section: Section, waiting: bool) -> None:
        """How leaves are changed, or why not now."""
        section.heading.set_hint(self.tr("expression unreadable") if waiting else self.tr("drag, type or ←→"))

    def _make_high(self, section: Section) -> None:
        """Room for another number of inputs at once: Qt would first press all that is there into the former height."""
        for layout in (section.layout(), self.rows):
            if layout is not None:
                layout.invalidate()
        body = self.widget()
        if body is not None:
            body.resize(body.width(), max(self.rows.totalMinimumSize().height(), self.viewport().height()))

    def minimumSizeHint(self) -> QSize:
        """Nothing in it is cut at the side, for it scrolls up and down alone."""
        return QSize(self.rows.minimumSize().width(), super().minimumSizeHint().height())
