"""The weighted sums of all rows on one axis: the threshold has to part blue from orange."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from app.kit import look, theme
from app.kit.charts.colourmap import readable_on
from app.kit.typeset import paint_line, typeset
from app.kit.widgets.painted import draw_shrunk
from app.workspaces.neuron.words import parameter_text
from engine.neuron.reading import Reading
from engine.neuron.wishes import Place

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RADIUS, CROWDED = 7.0, 10.0
"""Pixels: of a dot; and sums that lie closer than this stand beside each other, so that none hides another."""

Dot = tuple[float, bool, int]
"""Where it stands, whether its rows are to fire, and how many they are."""


def dots(places: tuple[Place, ...], scale: float) -> list[tuple[float, tuple[Dot, ...]]]:
    """The marks on an axis of ``scale`` pixels a unit, as (pixels, dots from left to right): one dot for all rows of a
    colour that share a sum, and those that would cover each other side by side."""
    crowds: list[list[Dot]] = []
    for place in places:
        x = place.weighted * scale
        here = [(x, fires, count) for fires, count in ((False, place.silent), (True, place.fires)) if count]
        if crowds and x - crowds[-1][-1][0] < CROWDED:
            crowds[-1] += here
        else:
            crowds.append(here)
    return [(sum(dot[0] for dot in crowd) / len(crowd), tuple(crowd)) for crowd in crowds]


def paint_room(painter: QPainter, box: QRectF, reading: Reading) -> None:
    """Into a box whose left margin bears the axis' name."""
    sums = [place.weighted for place in reading.places]
    theta = reading.unit.threshold
    low, high = min(*sums, theta) - 0.4, max(*sums, theta) + 0.4
    scale, y = box.width() / (high - low), box.top() + 29

    def at(value: float) -> float:
        return box.left() + (value - low) * scale

    painter.setFont(look.font(12))
    painter.setPen(theme.colour("text_muted"))
    draw_shrunk(
        painter, QRectF(0, y - 12, box.left() - 8, 24), LEFT, QCoreApplication.translate("WhyView", "weighted sums")
    )
    room = reading.room
    if room.open and room.above is not None and room.up_to is not None:
        painter.fillRect(QRectF(at(room.above), y - 9, at(room.up_to) - at(room.above), 18), look.faded("good", 0.18))
    painter.setPen(QPen(theme.colour("text_muted"), 1.2))
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
    painter.setPen(look.pen(theme.colour("text"), 2.2))
    painter.drawLine(QPointF(at(theta), y - 12), QPointF(at(theta), y + 12))
    for x, crowd in dots(reading.places, scale):
        _paint_crowd(painter, QPointF(box.left() - low * scale + x, y), crowd)
    name = typeset(r"\theta", 15)
    paint_line(painter, name, at(theta) - name.width / 2, y - 15)
    painter.setFont(look.font(11.5))
    painter.setPen(theme.colour("text_muted"))
    words = QRectF(box.left(), y + 12, box.width(), box.bottom() - y - 12)
    draw_shrunk(painter, words, Qt.AlignmentFlag.AlignCenter, room_words(reading))


def _paint_crowd(painter: QPainter, middle: QPointF, crowd: tuple[Dot, ...]) -> None:
    """A dot, or several side by side about where they are; a number in those of several rows."""
    for number, (_, fires, count) in enumerate(crowd):
        centre = middle + QPointF((number - (len(crowd) - 1) / 2) * 2 * RADIUS, 0)
        fill = look.signed(1 if fires else -1)
        painter.setPen(QPen(theme.colour("surface"), 1.5))
        painter.setBrush(fill)
        painter.drawEllipse(centre, RADIUS, RADIUS)
        if count > 1:
            painter.setFont(look.font(10.5, QFont.Weight.Bold))
            painter.setPen(readable_on(fill))
            side = QRectF(centre.x() - RADIUS, centre.y() - RADIUS, 2 * RADIUS, 2 * RADIUS)
            painter.drawText(side, Qt.AlignmentFlag.AlignCenter, str(count))


def room_words(reading: Reading) -> str:
    """Which thresholds do it, or why none does."""
    room = reading.room
    if not room.open:
        shared = next((place for place in reading.places if place.fires and place.silent), None)
        if shared is None:
            return QCoreApplication.translate("WhyView", "No threshold parts blue from orange: change the weights.")
        words = QCoreApplication.translate(
            "WhyView", "Blue and orange share the sum {sum}, so no threshold parts them."
        )
        return words.format(sum=parameter_text(shared.weighted, reading))
    if room.above is None or room.up_to is None:
        return QCoreApplication.translate("WhyView", "All rows want the same: a threshold beyond all sums does it.")
    words = QCoreApplication.translate("WhyView", "With these weights every θ above {low} and up to {high} does it.")
    return words.format(low=parameter_text(room.above, reading), high=parameter_text(room.up_to, reading))
