"""The canvas' legend, in its upper right corner: what the colours of wires and the pictures of tiles mean."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter

from app.builder.canvas.scene import Scene
from app.builder.canvas.text import pretty_feature
from app.kit import look, theme

EDGE, HEIGHT = 14.0, 18.0
SWATCH = 18.0
LEAST_WIDTH = 420.0
"""A narrower canvas has no room for it."""


def legend_words(scene: Scene) -> str:
    """What a tile shows of these data; empty while nothing is known."""
    snapshot = scene.snapshot
    if snapshot is None:
        return ""
    if scene.pixels is not None:
        return QCoreApplication.translate("Legend", "tile: its weights over the pixels · bar below: its answer now")
    if len(scene.columns) <= 2 or snapshot.decision is None or max(snapshot.decision.columns) >= len(scene.columns):
        return QCoreApplication.translate("Legend", "tile: its output over the plane")
    across, up = (pretty_feature(scene.columns[column]) for column in snapshot.decision.columns)
    text = QCoreApplication.translate(
        "Legend", "tile: a slice over {across} and {up}, the other features at their mean"
    )
    return text.format(across=across, up=up)


def paint_legend(painter: QPainter, area: QRectF, scene: Scene) -> None:
    """Draw it, in widget pixels; what does not fit is left out from its end."""
    words = legend_words(scene)
    if not words or area.width() < LEAST_WIDTH:
        return
    weight = QCoreApplication.translate("Legend", "weight −, +")
    painter.setFont(look.font(11.5))
    metrics = painter.fontMetrics()
    room = area.width() - 2 * EDGE - 2 * SWATCH - 12
    text = metrics.elidedText(f"{weight} · {words}", Qt.TextElideMode.ElideRight, int(room))
    left = area.right() - EDGE - metrics.horizontalAdvance(text)
    box = QRectF(left, area.top() + 8.0, area.right() - EDGE - left + 1.0, HEIGHT)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.faded("window", 0.8))
    painter.drawRoundedRect(box.adjusted(-2 * SWATCH - 12, 0, 6, 0), 5, 5)
    for place, colour in ((2, "negative"), (1, "positive")):
        painter.setBrush(theme.colour(colour))
        painter.drawRoundedRect(QRectF(left - place * (SWATCH + 4), box.center().y() - 2.5, SWATCH, 5), 2, 2)
    painter.setPen(theme.colour("text_muted"))
    painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
