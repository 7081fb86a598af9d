"""What a group with a name reads as when it is one node, beside its parts: the same number, in one step."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.kit.formula.boxes import Box, Maths, Row, Words, lay_out, operator, relation
from app.kit.formula.rows import Factor, worked_row
from app.kit.formula.trees import box_of_name
from app.kit.numbers import to_digits
from app.workspaces.scalar_graph.canvas.shown import not_yet
from app.workspaces.scalar_graph.explanations.worked_lines import WorkedCard, factor_box, local_box, meaningless
from app.workspaces.scalar_graph.model import Desk
from app.workspaces.scalar_graph.names import label_box, name_text, slope_box
from app.workspaces.scalar_graph.sight import GradientOf, Sight, SlopeOf, gradient_text, value_text
from app.workspaces.scalar_graph.worked import Short, Worked
from engine.autodiff import ScalarGraph
from engine.autodiff.derivation import operand_names


def local_text(graph: ScalarGraph, short: Short) -> str:
    """The short derivative in running text, ``y(1 − y)``; empty where it is not written."""
    rule = graph.nodes[short.index].rule
    if rule is None or short.slot >= len(rule.partials):
        return ""
    return lay_out(local_box(graph, short.index, short.slot), 14.0).plain.strip()


class CollapsedCard(WorkedCard):
    """``E × y(1 − y) = ∂y/∂x`` with the numbers in, as far as the parts have come by themselves."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._short: Short | None = None
        self._of: Worked | None = None
        self._text = ""
        self._said_of: Short | None = None
        self._said: tuple[object, ...] = ()
        for signal in (desk.sight_changed, desk.nudge_changed, desk.refused):
            signal.connect(self.follow)
        self.follow()

    def _current(self) -> Short | None:
        """The group of what is worked out now."""
        worked = self._desk.worked
        if worked is not self._of:
            self._of, self._short = worked, worked.short if worked is not None else None
        return self._short

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @Slot()
    def follow(self) -> None:
        """Show it as far as the parts are known."""
        if not self.isVisible():
            return  # it is written when it is shown, or painted again
        short, worked = self._current(), self._desk.worked
        behind = worked is None or self._desk.stale or len(self._desk.sight.values) != len(worked.graph.nodes)
        if short is None or worked is None or behind:
            self._said_of = None
            self._say_nothing()
            return
        graph, sight = short.graph, self._desk.sight
        end = worked.graph.index[graph.nodes[short.index].key]
        start = worked.graph.index[graph.nodes[short.parent].key]
        arrived, total = sight.gradients[end], sight.gradients[start]
        hollow = start in sight.hollow
        withheld = self._desk.withholds_slopes
        known = self.width(), arrived, total, sight.values[end], hollow, withheld
        if short is self._said_of and known == self._said:
            return  # another step may change nothing here
        self._said_of, self._said = short, known
        self.title.setText(self.tr("Collapsed, it reads"))
        self.setAccessibleName(self.tr("{group}, collapsed").format(group=short.group.label))
        slope = SlopeOf(graph.nodes[short.index].key, short.slot, short.group.keys)
        self._text = local_text(graph, short)
        self.offer_why(None if withheld else slope, self._text)
        self.formula.set_box(self._diagram(short, worked, end))
        self.show_lines([self._line(short, worked, sight)])

    def _say_nothing(self) -> None:
        """No part of this graph has a short derivative of its own."""
        self.title.setText(self.tr("Nothing here reads shorter as one node. Choose two or more to collapse them."))
        self.offer_why(None)
        self.formula.set_box(Row(()))
        self.show_lines([])

    def _line(self, short: Short, worked: Worked, sight: Sight) -> Box:
        """``E × y(1 − y) = ∂y/∂x`` with what is known at a moment."""
        graph = short.graph
        end = worked.graph.index[graph.nodes[short.index].key]
        start = worked.graph.index[graph.nodes[short.parent].key]
        arrived, total, hollow = sight.gradients[end], sight.gradients[start], start in sight.hollow
        is_share = len(graph.users[short.parent]) > 1
        whole = total is not None and arrived is not None
        local = Factor(
            factor_box(graph, short.index, short.slot),
            value_text(short.local) if whole else not_yet(),
            self.tr("local derivative"),
            SlopeOf(graph.nodes[short.index].key, short.slot, short.group.keys),
            short.local if whole else None,
        )
        upstream = gradient_text(arrived) if arrived is not None else not_yet()
        result = gradient_text(short.handed) if whole else not_yet()
        gap = abs(short.handed - total) if whole and not is_share and total is not None and not hollow else None
        handed_on = Factor(
            self._share_box(short) if is_share else slope_box(graph, graph.output, short.parent),
            result,
            meaningless() if hollow else self._share_caption(short) if is_share else self._caption(gap),
            None if is_share else GradientOf(worked.graph.nodes[start].key),
            short.handed if whole else None,
            "danger" if hollow else "",
        )
        arrives = Factor("E", upstream, self.tr("arrives"), GradientOf(worked.graph.nodes[end].key), arrived)
        return worked_row([arrives, r"\times", local, "=", handed_on])

    @staticmethod
    def _share_box(short: Short) -> Box:
        """``∂y/∂p · ∂p/∂z₁``: what reaches an operand through the group, beside other ways."""
        graph, operand = short.graph, operand_names(short.graph, short.index)[short.slot]
        inner = Row((Maths(r"\partial"), label_box(graph, short.index), Maths(r"/\partial"), box_of_name(operand)))
        return Row((slope_box(graph, graph.output, short.index), operator(r"\cdot"), inner))

    def _share_caption(self, short: Short) -> str:
        graph, operand = short.graph, operand_names(short.graph, short.index)[short.slot]
        names = {"node": name_text(graph.labels[short.index]), "operand": name_text(graph.labels[short.parent])}
        if operand == graph.labels[short.parent]:
            return self.tr("share through {node}").format(**names)
        return self.tr("share through {node}, {name} = {operand}").format(name=name_text(operand), **names)

    def _caption(self, gap: float | None) -> str:
        if gap is None:
            return self.tr("handed on")
        if gap == 0.0:
            return self.tr("equal to the parts")
        return self.tr("the parts differ by {gap}").format(gap=to_digits(gap, 2))

    def _diagram(self, short: Short, worked: Worked, end: int) -> Box:
        """``x → σ → y``, with what is known of both ends."""
        graph, value = short.graph, self._desk.sight.values[end]
        row: list[Box] = [label_box(graph, short.parent), relation(r"\rightarrow")]
        row += [Words(short.group.name, bold=True), relation(r"\rightarrow"), label_box(graph, short.index)]
        if value is not None:
            row += [relation("="), Words(value_text(value))]
        return Row(tuple(row))
