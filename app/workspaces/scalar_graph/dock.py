"""The dock: a line of words with a verdict; a word opens the table, the rules, the code or the plot."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.kit import theme
from app.kit.announce import announce
from app.kit.copying import CopyButton
from app.kit.formula.boxes import Box, Fraction, Maths, Row, relation
from app.kit.formula.trees import box_of
from app.kit.formula.view import FormulaView
from app.kit.icons import set_icon
from app.kit.numbers import grouped, to_digits
from app.kit.origin.badge import oracle_name
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.frame import WholeRows
from app.kit.widgets.in_sight import FollowsInSight
from app.kit.widgets.labels import Label, Sentence, wrapped
from app.kit.widgets.tabs import FOLDED, FoldingTabs
from app.kit.widgets.tone import restyle
from app.workspaces.scalar_graph.checks import CheckResult, Checks
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import met_phrase, name_text, short_name
from app.workspaces.scalar_graph.plot import PlotPage
from app.workspaces.scalar_graph.table import NodeTable
from engine.autodiff import RULES, Rule, Tree
from engine.autodiff.check import GradientCheck
from engine.autodiff.torch_twin import torch_code
from engine.extras import has_torch

SIZE = 16.0
HIDDEN = frozenset({"step", "sign", "beats"})
"""Rules that nobody types: slopes of slopes."""
NARROWEST = 330
"""Pixels of a column: as many as there is room for."""


class RulesPage(FollowsInSight, QScrollArea):
    """The rules in columns, those in use first and marked."""

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._used: tuple[object, ...] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(self.tr("Rules"))
        WholeRows(self)
        self._withheld = False
        model.reshaped.connect(self.follow)
        for signal in (model.state_changed, model.nudge_changed):
            signal.connect(self._follow_asking)

    @property
    def _own(self) -> dict[tuple[str, Tree], Rule]:
        """The rules that the graph uses, in the order of the pass, by all that tells them apart: two groups may have
        one name, and one may be of other parts by now."""
        worked = self._model.worked
        nodes = worked.graph.nodes if worked is not None else ()
        return {(node.rule.key, node.rule.formula): node.rule for node in nodes if node.rule is not None}

    @Slot()
    def _follow_asking(self) -> None:
        """Hide the slopes while gradients are guessed, or show them again."""
        if self._withheld is not self._model.withholds_slopes:
            self.follow()

    def write(self) -> None:
        """Show the rules of the graph first; for those who see them, for there are many formulas to be set in type."""
        own = self._own
        used, withheld = tuple(own), self._model.withholds_slopes
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


class CodePage(FollowsInSight, QWidget):
    """The lines, and a button that copies them. They are written while they are in sight."""

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.lines = QPlainTextEdit()
        self.lines.setReadOnly(True)
        self.lines.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.lines.setFont(_typewriter())
        self.lines.setAccessibleName(self.tr("The pass in PyTorch"))
        self.lines.setToolTip(self.tr("Paste it into any Python with PyTorch: it prints every gradient"))
        self.copy = QPushButton(self.tr("Copy code"))
        self.copy.setToolTip(self.tr("Copy these lines to the clipboard"))
        self.copy.setAccessibleName(self.copy.text())
        set_icon(self.copy, "copy")
        self.copy.clicked.connect(self._copy)
        head = QHBoxLayout()
        head.addWidget(wrapped(self.tr("The same graph, one line per node; PyTorch finds the gradients by itself.")), 1)
        head.addWidget(self.copy)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.addLayout(head)
        column.addWidget(self.lines, 1)
        model.worked_changed.connect(self.follow)
        model.refused.connect(self.follow)

    @property
    def code(self) -> str:
        """The lines; none where what is typed cannot be read."""
        worked = self._model.worked
        return torch_code(worked.graph, worked.inputs) if worked is not None and not self._model.stale else ""

    def write(self) -> None:
        """Write the lines anew, if somebody sees them."""
        worked = self._model.worked
        if worked is not None and len(worked.graph.nodes) > MOST_NODES:
            words = self.tr("{count} nodes: the code is written when you copy it.")
            self.lines.setPlainText(words.format(count=len(worked.graph.nodes)))
            self.copy.setEnabled(not self._model.stale)
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


LINE, LEAST = 40, 150
"""Pixels: of the line, and of the open dock in a low window, which leaves the graph its height."""


class GraphDock(QWidget):
    """``tabs`` say which page is open, or that none is."""

    def __init__(self, model: GraphModel, checks: Checks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._checks = model, checks
        self.tabs = FoldingTabs()
        self.tabs.setAccessibleName(self.tr("Nodes, rules, code, plot"))
        self.pages = QStackedWidget()
        self.tabs.turned.connect(self._turn)
        self.dot, self.verdict = Label("●"), Sentence()
        self.copier = CopyButton()
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._head())
        column.addWidget(self.pages, 1)
        self.table = NodeTable(model, checks, self.pages)
        self._add(self.tr("Nodes"), self.table)
        self.copier.offer(self.table, self.copier.drawn_picture, title=self.tr("Nodes"), name="nodes")
        self.copier.offer_drawing(self.table)
        self._turn(FOLDED)

    def bring_to_front(self, page: int) -> None:
        """Show a page as soon as the dock is open."""
        with QSignalBlocker(self.tabs):
            self.tabs.setCurrentIndex(page)
        self._turn(self.tabs.front)

    @Slot(int)
    def _turn(self, front: int) -> None:
        self.pages.setVisible(front != FOLDED)
        self.copier.setVisible(front == 0)
        if front != FOLDED:
            self.pages.setCurrentIndex(front)

    def add_pages(self) -> None:
        """Build the pages beside the table, and follow the model from now on."""
        self.rules, self.code, self.curve = RulesPage(self._model), CodePage(self._model), PlotPage(self._model)
        self._add(self.tr("Rules"), self.rules)
        self._add(self.tr("PyTorch code"), self.code)
        self._add(self.tr("Plot"), self.curve)
        for signal in (self._model.reshaped, self._model.worked_changed, self._model.chosen_changed):
            signal.connect(self._name_tabs)
        for signal in (self._model.state_changed, self._model.refused, self._checks.changed, theme.notifier().changed):
            signal.connect(self.follow)
        self._name_tabs()
        self.follow()

    def _add(self, title: str, page: QWidget) -> None:
        self.tabs.addTab(title)
        self.pages.addWidget(page)

    @Slot()
    def _name_tabs(self) -> None:
        """How many nodes there are, and which curve."""
        worked, leaf = self._model.worked, self._model.leaf
        if worked is None:
            return
        graph = worked.graph
        count = len(graph.operations) + len(graph.variables)
        self.tabs.setTabText(0, self.tr("Nodes {count}").format(count=grouped(count)))
        result = name_text(short_name(graph.labels[graph.output]))
        plot = self.tr("{result} over {input}").format(result=result, input=name_text(short_name(leaf or "")))
        self.tabs.setTabText(3, plot if leaf is not None else self.tr("Plot"))

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(hint.width(), min(LEAST, hint.height()))

    def _head(self) -> QWidget:
        line = QWidget()
        line.setFixedHeight(LINE)
        head = QHBoxLayout(line)
        head.setContentsMargins(6, 0, 8, 0)
        head.setSpacing(6)
        head.addWidget(self.tabs)
        head.addSpacing(12)
        head.addWidget(self.dot)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.copier)
        return line

    @Slot()
    def follow(self) -> None:
        """Say in a sentence what the check has come to."""
        colour, text = self._said()
        restyle(self.dot, f"color: {getattr(theme.current(), colour)};")
        self.verdict.set_full_text(text)

    def _said(self) -> tuple[str, str]:
        worked, state = self._model.worked, self._model.state
        checked = self._checks.of(worked)
        if worked is None or self._model.stale:
            return "text_muted", self._nothing()
        if state.faulty:
            first = min(state.faulty)
            return "warning" if first in worked.corners else "danger", state.faulty[first]
        live = [index for index, live in enumerate(worked.graph.live) if live]
        reached = [index for index in live if state.gradients[index] is not None]
        if not reached:
            return "text_muted", self.tr("No gradient yet: keep playing, and the way back begins at the result")
        counts = {"reached": len(reached), "all": len(live)}
        if checked is None:
            words = (
                self.tr("{reached} of {all} gradients known; PyTorch: not yet checked")
                if has_torch()
                else self.tr("{reached} of {all} gradients known; not yet checked")
            )
            return "text_muted", words.format(**counts)
        if checked.others is None:
            words = (
                self.tr("{reached} of {all} gradients known; PyTorch couldn't be run: not checked")
                if has_torch()
                else self.tr("{reached} of {all} gradients known; not checked")
            )
            return "warning", words.format(**counts)
        colour, words = self._compared(checked, checked.others, counts)
        met = next((checked.kinks[index] for index in reached if index in checked.kinks), None)
        if met is not None:
            words = f"{words}; {met_phrase(met)}"
        return colour, words

    def _nothing(self) -> str:
        """Why there is nothing to be checked."""
        if self._model.error is not None:
            return self.tr("Nothing to show: the expression cannot be read")
        return self.tr("Nothing to show: the expression is not finished") if self._model.stale else ""

    def _compared(self, checked: CheckResult, others: GradientCheck, counts: dict[str, int]) -> tuple[str, str]:
        found, checker = checked.compared(self._model.state), oracle_name(others.gradients_by)
        if found.wrong is not None:
            words = self.tr("{node} is off by {gap} from {checker}")
            label, gap = name_text(checked.worked.graph.labels[found.wrong]), to_digits(checked.gap_at(found.wrong), 2)
            return "danger", words.format(node=label, gap=gap, checker=checker)
        if found.apart == 0.0:
            words = self.tr("{reached} of {all} gradients known, each equal to {checker} bit for bit")
            return "good", words.format(checker=checker, **counts)
        words = self.tr("{reached} of {all} gradients known, at most {gap} from {checker}")
        return "good", words.format(gap=to_digits(found.apart, 2), checker=checker, **counts)

    def close_work(self) -> None:
        """Work nothing more out."""
        self.curve.close_work()
