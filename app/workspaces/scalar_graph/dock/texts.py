"""Two pages of the dock: every rule, and the same expression as PyTorch code."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.kit.announce import announce
from app.kit.formula.boxes import Box, Fraction, Maths, Row, relation
from app.kit.formula.trees import box_of
from app.kit.formula.view import FormulaView
from app.kit.icons import set_icon
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.scalar_graph.model import Desk
from engine.autodiff import RULES, Rule, Tree
from engine.autodiff.torch_twin import torch_code

SIZE = 16.0
HIDDEN = frozenset({"step", "sign", "beats"})
"""Rules that nobody types: slopes of slopes."""
NARROWEST = 330
"""Pixels of a column: as many as there is room for."""


class RulesPage(QScrollArea):
    """The rules in columns, those in use first and marked."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._used: tuple[object, ...] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Rules"))
        self._withheld = False
        desk.reshaped.connect(self.follow)
        for signal in (desk.sight_changed, desk.nudge_changed):
            signal.connect(self._follow_asking)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @property
    def _own(self) -> dict[tuple[str, Tree], Rule]:
        """The rules that the graph uses, in the order of the pass, by all that tells them apart: two groups may have
        one name, and one may be of other parts by now."""
        worked = self._desk.worked
        nodes = worked.graph.nodes if worked is not None else ()
        return {(node.rule.key, node.rule.formula): node.rule for node in nodes if node.rule is not None}

    @Slot()
    def _follow_asking(self) -> None:
        """Hide the slopes while gradients are guessed, or show them again."""
        if self._withheld is not self._desk.withholds_slopes:
            self.follow()

    @Slot()
    def follow(self) -> None:
        """Show the rules of the graph first; for those who see them, for there are many formulas to be set in type."""
        if not self.isVisible():
            return
        own = self._own
        used, withheld = tuple(own), self._desk.withholds_slopes
        if (used, withheld) == (self._used, self._withheld):
            return
        self._used, self._withheld = used, withheld
        in_use = {key for key, _formula in own}
        others = [rule for key, rule in RULES.items() if key not in in_use and key not in HIDDEN]
        body, lines = QWidget(), QWidget()
        body.setProperty("role", "panel")
        flow = FlowLayout(lines, 10, columns_of=NARROWEST)
        for rule in (*own.values(), *others):
            flow.addWidget(self._line(rule, in_use=rule.key in in_use))
        column = QVBoxLayout(body)
        column.setContentsMargins(12, 6, 12, 6)
        if withheld:
            column.addWidget(wrapped(self.tr("Derivatives are hidden until the pass is over.")))
        column.addWidget(lines)
        column.addStretch(1)
        self.setWidget(body)

    def _line(self, rule: Rule, *, in_use: bool) -> QWidget:
        line = QWidget()
        grid = QGridLayout(line)
        grid.setContentsMargins(0, 0, 0, 0)
        name = Label(rule.symbol)
        name.setFixedWidth(62)
        name.setProperty("role", "chip" if in_use else "muted")
        name.setToolTip(self.tr("In use here") if in_use else self.tr("Not in use here"))
        grid.addWidget(name, 0, 0)
        grid.addWidget(FormulaView(rule_text(rule, slopes=not self._withheld), SIZE), 0, 1)
        grid.setColumnStretch(1, 1)
        return line


def rule_text(rule: Rule, *, slopes: bool = True) -> Box:
    """``y = u v,  ∂y/∂u = v,  ∂y/∂v = u``; without ``slopes`` the first of these alone."""
    row: list[Box] = [Maths("y"), relation("="), box_of(rule.formula)]
    if not slopes:
        return Row(tuple(row))
    row.append(Maths(r"\quad\Rightarrow\quad"))
    for number, (parameter, partial) in enumerate(zip(rule.parameters, rule.partials, strict=True)):
        if number:
            row.append(Maths(r",\;\;"))
        row.append(Fraction(Maths(r"\partial y"), Maths(rf"\partial {parameter}")))
        row += [relation("="), box_of(partial)]
    return Row(tuple(row))


MOST_NODES = 400
"""The code of a larger graph is written when it is copied."""


class CodePage(QWidget):
    """The lines, and a button that copies them. They are written while they are in sight."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setFont(_typewriter())
        self.lines.setAccessibleName(self.tr("The pass in PyTorch"))
        self.lines.setToolTip(self.tr("Paste it into any Python with PyTorch: it prints every gradient"))
        self.copy = QPushButton(self.tr("Copy code"))
        self.copy.setToolTip(self.tr("Put these lines on the clipboard"))
        self.copy.setAccessibleName(self.copy.text())
        set_icon(self.copy, "copy")
        self.copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.addWidget(wrapped(self.tr("The same graph, a line a node; PyTorch finds the gradients by itself.")), 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        desk.worked_changed.connect(self.follow)
        desk.refused.connect(self.follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @property
    def code(self) -> str:
        """The lines; none where what is typed cannot be read."""
        worked = self._desk.worked
        return torch_code(worked.graph, worked.inputs) if worked is not None and not self._desk.stale else ""

    @Slot()
    def follow(self) -> None:
        """Write the lines anew, if somebody sees them."""
        if not self.isVisible():
            return
        worked = self._desk.worked
        if worked is not None and len(worked.graph.nodes) > MOST_NODES:
            words = self.tr("{count} nodes: the code is written when you copy it.")
            self.lines.setPlainText(words.format(count=len(worked.graph.nodes)))
            self.copy.setEnabled(not self._desk.stale)
            return
        code = self.code
        self.copy.setEnabled(bool(code))
        if code != self.lines.toPlainText():
            self.lines.setPlainText(code)

    @Slot()
    def _copy(self) -> None:
        if code := self.code:  # an empty one would take away what is there
            QGuiApplication.clipboard().setText(code)
            announce(self, self.tr("The code is on the clipboard"))


def _typewriter() -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    font.setPixelSize(12)
    return font
