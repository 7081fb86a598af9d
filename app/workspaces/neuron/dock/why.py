"""What the table asks of the unit, wish by wish, with live ticks; and why they contradict each other, or do not."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import look, theme
from app.kit.export import Table
from app.kit.listing import joined
from app.kit.numbers import grouped
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.painted import Painted, draw_elided, draw_shrunk, guarded
from app.workspaces.neuron.dock.threshold_room import paint_room
from app.workspaces.neuron.dock.verdict import named
from app.workspaces.neuron.model import NeuronModel, Stage
from app.workspaces.neuron.parts import ALL, Part
from app.workspaces.neuron.words import bracketed, parameter_text, row_name, z_text
from engine.neuron.parting import Contradiction
from engine.neuron.settings import search
from engine.neuron.tables import rows
from engine.neuron.wishes import Wish

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
COLUMNS = (0.0, 0.115, 0.215, 0.44, 0.955)
"""Where the columns begin, as shares of the width: row, wish, inequality, the same with numbers, tick."""
HEAD, FOOT = 24.0, 62.0
GAP = 8.0


class WhyView(Painted):
    """Rows of wishes over two sums, or over the room that the threshold has. A click on a row puts its inputs on, and
    ``asked(key)`` where its sum comes from."""

    asked = Signal(object)
    ground = "surface"

    def __init__(self, model: NeuronModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._exposed = QRectF()
        self._written: tuple[Hashable, ...] = ()
        self._texts: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(self.tr("Click a row to put its inputs on, and to see where its sum comes from"))
        model.changed.connect(self._follow)
        self._follow()

    def sizeHint(self) -> QSize:
        return QSize(560, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(380, 180)

    @Slot()
    def _follow(self) -> None:
        self.setAccessibleName(self._title())
        spoken = self._spoken()
        if spoken != self.accessibleDescription():
            self.setAccessibleDescription(spoken)
        self._update_changed()

    def _update_changed(self) -> None:
        """Paint again what reads otherwise now: a number that is dragged changes a row or two, sixty times a second."""
        reading = self._model.reading
        known = (self._model.stage_of(wish.row) is Stage.OUTPUT for wish in reading.wishes)
        self._texts = [self._numbers(wish) if seen else "" for wish, seen in zip(reading.wishes, known, strict=True)]
        before, self._written = self._written, self._looks()
        if len(before) != len(self._written) or before[:1] != self._written[:1]:
            self.update()
            return
        boxes = (self._head_box(), self._foot_box(), *map(self._row_reach, range(len(reading.wishes))))
        for box, was, now in zip(boxes, before[1:], self._written[1:], strict=True):
            if was != now:
                self.update(box.toAlignedRect())

    def _looks(self) -> tuple[Hashable, ...]:
        """What it goes by: all of it, its title, its foot, then each of its rows."""
        reading, model = self._model.reading, self._model
        columns = tuple(self._columns(self.width(), self._row_pixels()))
        room = (reading.unit, reading.rows) if reading.why_none is None else reading.content.targets
        rows_of = tuple((wish.fires, wish.kept, self._texts[wish.row], self._is_aside(wish)) for wish in reading.wishes)
        return columns, self._title(), (reading.why_none, room, model.secret), *rows_of

    def _is_aside(self, wish: Wish) -> bool:
        """Whether it has no part in what contradicts itself."""
        why = self._model.reading.why_none
        return why is not None and all(one.row != wish.row for one in (*why.fires, *why.silent))

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        self._exposed = QRectF(event.rect())
        super().paintEvent(event)

    def _title(self) -> str:
        if self._model.reading.why_none is None:
            return self.tr("What the table asks, row by row")
        count = len(self._model.content.targets)
        return (
            self.tr("Four conditions that contradict each other")
            if count == 4
            else self.tr("Conditions that contradict")
        )

    def _spoken(self) -> str:
        words = [
            self.tr("{row}: {kept}").format(row=row_name(wish.x), kept=self._kept(wish))
            for wish in self._model.reading.wishes
        ]
        return joined(words)

    def _kept(self, wish: Wish) -> str:
        if self._model.stage_of(wish.row) is not Stage.OUTPUT:
            return self.tr("not yet")
        return self.tr("kept") if wish.kept else self.tr("not kept")

    # Painting --------------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter) -> None:
        drawing = not isinstance(painter.device(), QWidget)  # one that is saved is painted whole
        exposed = QRectF(self.rect()) if drawing else self._exposed
        head = self._head_box()
        if head.intersects(exposed):
            painter.setFont(look.font(13.5, QFont.Weight.DemiBold))
            painter.setPen(theme.colour("text"))
            painter.drawText(head, LEFT, self._title())
        size = self._row_pixels()
        columns = self._columns(self.width(), size)
        for number, wish in enumerate(self._model.reading.wishes):
            box = self._row_box(number)
            if self._row_reach(number).intersects(exposed):
                painter.setPen(QPen(theme.colour("border"), 1.0))
                painter.drawLine(box.bottomLeft(), box.bottomRight())
                painter.setOpacity(0.5 if self._is_aside(wish) else 1.0)
                self._paint_wish(painter, box, wish, columns, size)
                painter.setOpacity(1.0)
        below, why = self._foot_box(), self._model.reading.why_none
        if not below.intersects(exposed):
            return
        if why is not None:
            self._paint_sums(painter, below, why)
        elif not self._model.secret:
            room = QRectF(QPointF(COLUMNS[2] * below.width(), below.top()), QPointF(below.width() - 12, below.bottom()))
            paint_room(painter, room, self._model.reading)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self._model.look_at(row)
            self.asked.emit((Part.SUM, ALL))

    def row_at(self, at: QPointF) -> int | None:
        """The row whose wish is there."""
        row = int((at.y() - HEAD) // self._row_height())
        return row if at.y() >= HEAD and row < len(self._model.reading.wishes) else None

    def _row_box(self, number: int) -> QRectF:
        height = self._row_height()
        return QRectF(0, HEAD + number * height, self.width(), height)

    def _row_reach(self, number: int) -> QRectF:
        """All that a row is painted in: its line, and an index where rows are low, are in the next one."""
        return self._row_box(number).adjusted(0, -4, 0, 4)

    def _head_box(self) -> QRectF:
        return QRectF(0, 0, self.width(), HEAD)

    def _foot_box(self) -> QRectF:
        top = self._row_box(len(self._model.reading.wishes)).top()
        return QRectF(0, top + 4, self.width(), FOOT - 4)

    def _row_height(self) -> float:
        return min(30.0, (self.height() - HEAD - FOOT) / len(self._model.reading.wishes))

    def _row_pixels(self) -> float:
        """The size of what is written in a row."""
        height = self._row_height()
        return min(11.5, 0.9 * height) if height < 24 else 13.0

    def _paint_wish(self, painter: QPainter, box: QRectF, wish: Wish, x: list[float], size: float) -> None:
        painter.setFont(look.figures(size, QFont.Weight.DemiBold))
        painter.setPen(theme.colour("text"))
        painter.drawText(box.adjusted(x[0], 0, 0, 0), LEFT, row_name(wish.x))
        painter.setFont(look.font(size))
        painter.setPen(look.signed_text(1.0 if wish.fires else -1.0))
        painter.drawText(box.adjusted(x[1], 0, 0, 0), LEFT, self.tr("fires") if wish.fires else self.tr("silent"))
        line = typeset(_inequality(wish), size + 3.5)
        room = x[3] - x[2] - GAP
        if line.width > room:
            line = typeset(_inequality(wish), (size + 3.5) * room / line.width)
        paint_line(painter, line, x[2], box.center().y() + 4.5)
        self._paint_numbers(painter, box, wish, x, size)

    def _columns(self, width: float, size: float) -> list[float]:
        """Where the columns begin, in pixels; the numbers follow upon the longest inequality, for they are longer."""
        x = [share * width for share in COLUMNS]
        wide = QFontMetricsF(look.font(size)).horizontalAdvance
        x[2] = max(x[2], x[1] + max(map(wide, (self.tr("fires"), self.tr("silent")))) + GAP)
        longest = max(typeset(_inequality(wish), size + 3.5).width for wish in self._model.reading.wishes)
        x[3] = min(x[3], x[2] + longest + GAP)
        return x

    def _paint_numbers(self, painter: QPainter, box: QRectF, wish: Wish, x: list[float], size: float) -> None:
        text = self._texts[wish.row]
        known = bool(text)
        place = QRectF(x[3], box.top(), x[4] - x[3] - 4, box.height())
        strong = known and not wish.kept
        painter.setFont(look.figures(size, QFont.Weight.DemiBold if strong else QFont.Weight.Normal))
        painter.setPen(theme.colour("text_muted" if wish.kept or not known else "danger"))
        draw_shrunk(painter, place, LEFT, text or self.tr("not yet"))
        if known:
            painter.setFont(look.font(size + 1, QFont.Weight.Bold))
            painter.setPen(theme.colour("good" if wish.kept else "danger"))
            painter.drawText(box.adjusted(x[4], 0, 0, 0), LEFT, "✓" if wish.kept else "✗")

    def _numbers(self, wish: Wish) -> str:
        """``1.00 + 1.00 + (−0.50) = 1.50, not < 0``"""
        reading = self._model.reading
        terms = [parameter_text(reading.content.weights[index], reading) for index in wish.active]
        terms = [*terms, parameter_text(reading.content.bias, reading)]
        written = " + ".join([terms[0], *(bracketed(term) for term in terms[1:])])
        total = f" = {z_text(wish.z, reading)}" if len(terms) > 1 else ""
        sign = "≥" if wish.fires else "<"
        if wish.kept:
            return f"{written}{total} {sign} 0"
        return self.tr("{sum}, not {sign} 0").format(sum=written + total, sign=sign)

    def table(self) -> Table:
        """The wishes as numbers; what is not known yet stays empty."""
        names = [f"x{number}" for number in range(1, len(self._model.content.weights) + 1)]
        rows_of = []
        for wish in self._model.reading.wishes:
            known = self._model.stage_of(wish.row) is Stage.OUTPUT
            z, kept = (wish.z, int(wish.kept)) if known else (None, None)
            rows_of.append((*wish.x, z, int(wish.fires), kept))
        return Table((*names, "z", "to_fire", "kept"), rows_of)

    # Sums that contradict each other ---------------------------------------------------------------------------------

    def _paint_sums(self, painter: QPainter, box: QRectF, why: Contradiction) -> None:
        points = rows(len(self._model.content.weights))
        added = self.tr("add {rows}")
        for number, (shares, sign) in enumerate(((why.fires, r"\geq 0"), (why.silent, "< 0"))):
            y = box.top() + 5 + number * 25
            painter.setFont(look.font(12))
            painter.setPen(theme.colour("text_muted"))
            words = added.format(rows=named(shares, points))
            painter.drawText(QRectF(0, y, box.width(), 22), LEFT, words)
            left = max(COLUMNS[2] * box.width(), painter.fontMetrics().horizontalAdvance(words) + 12.0)
            line = typeset(f"{_sum_markup(why)} {sign}", 17)
            paint_line(painter, line, left, y + 16)
            right = left + line.width + 22
            self._paint_conclusion(painter, QRectF(right, y, box.width() - right, 22), number)

    def _paint_conclusion(self, painter: QPainter, box: QRectF, line: int) -> None:
        if line == 0:
            painter.setFont(look.font(13, QFont.Weight.DemiBold))
            painter.setPen(theme.colour("danger"))
            whole, brief = self.tr("Both cannot hold: no setting exists."), self.tr("Both cannot hold.")
            fits = painter.fontMetrics().horizontalAdvance(whole) <= box.width()
            draw_elided(painter, box, LEFT, whole if fits else brief)
            return
        found = search(self._model.content.targets)
        counts = {"solved": grouped(found.solved), "count": grouped(found.settings)}
        whole = self.tr("searched as well: {solved} of {count} settings").format(**counts)
        painter.setFont(look.font(11.5))
        painter.setPen(theme.colour("text_muted"))
        fits = painter.fontMetrics().horizontalAdvance(whole) <= box.width()
        draw_shrunk(painter, box, LEFT, whole if fits else self.tr("by search: {solved} of {count}").format(**counts))


def _inequality(wish: Wish) -> str:
    terms = [*(f"w_{index + 1}" for index in wish.active), "b"]
    sign = r"\geq" if wish.fires else "<"
    return f"{' + '.join(terms)} {sign} 0"


def _sum_markup(why: Contradiction) -> str:
    factors = [(factor, f"w_{index + 1}") for index, factor in enumerate(why.weights)] + [(why.bias, "b")]
    return " + ".join(("" if factor == 1 else str(factor)) + name for factor, name in factors if factor)
