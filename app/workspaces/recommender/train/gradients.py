"""The norm of the loss's gradient in each block, as it went over the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit import theme
from app.kit.export import Table
from app.kit.listing import joined, listed
from app.kit.look import tabular
from app.kit.numbers import factor, scientific
from app.kit.translation import worded_name
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from engine.graph.kinds.base import kind_of
from engine.graph.naming import BlockName
from engine.problems import EngineError
from engine.recommenders.running.run_history import Points

LINE, NAME, VALUE = 27, 122, 62
MOST_POINTS = 160


@dataclass(frozen=True, slots=True)
class BlockNorms:
    """A block's name, and ‖∂loss/∂block‖ over the epochs."""

    name: str
    norms: Points


def norms_of(gradients: Mapping[str, Points]) -> tuple[BlockNorms, ...]:
    """The blocks as the signal meets them, named as the builder names them."""
    return tuple(BlockNorms(_name(block), points) for block, points in gradients.items())


def _name(block: str) -> str:
    """``sparse-linear-1`` is the block “Sparse linear 1”, by its kind's label: a softmax is called as it is whether or
    not it draws a sample."""
    key, _, number = block.rpartition("-")
    try:
        noun = kind_of(key.replace("-", "_")).label
    except EngineError:
        return worded_name(BlockName(block.replace("-", " ").capitalize()))
    return worded_name(BlockName(f"{noun} {number}"))


def spread_words(blocks: tuple[BlockNorms, ...]) -> str:
    """How far the latest norms lie apart. Whether gradients vanish is told by what reaches the units (‖δ‖), which a run
    does not write down: weights' norms alone would accuse a wide table of what is only its size."""
    latest = [float(block.norms.values[-1]) for block in blocks if len(block.norms)]
    still = [block.name for block in blocks if len(block.norms) and block.norms.values[-1] == 0.0]
    if still:
        words = QCoreApplication.translate("BlockGradients", "Nothing reaches {names}: it does not learn.")
        return words.format(names=listed(still))
    if len(latest) < 2 or not all(np.isfinite(latest)):
        return ""
    words = QCoreApplication.translate(
        "BlockGradients", "From block to block the norm stays within a factor of {factor}."
    )
    return words.format(factor=factor(max(latest) / min(latest)))


class BlockGradients(Painted):
    """A line for each block: name, sparkline on one logarithmic axis for all, latest norm."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._blocks: tuple[BlockNorms, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Gradient norm by block"))

    @property
    def blocks(self) -> tuple[BlockNorms, ...]:
        """What is shown."""
        return self._blocks

    def set_blocks(self, blocks: tuple[BlockNorms, ...]) -> None:
        """Show these."""
        grown = len(blocks) != len(self._blocks)
        self._blocks = blocks
        said = [f"{one.name}: {scientific(float(one.norms.values[-1]))}" for one in blocks if len(one.norms)]
        self.setAccessibleDescription(joined(said))
        if grown:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, max(LINE * len(self._blocks), LINE))

    def table(self) -> Table:
        """Epochs and norms, a column a block."""
        header = ("epoch", *(block.name for block in self._blocks))
        longest = max((block.norms.epochs for block in self._blocks), key=len, default=np.zeros(0))
        rows = [
            [float(epoch), *(float(block.norms.values[at]) if at < len(block.norms) else "" for block in self._blocks)]
            for at, epoch in enumerate(longest)
        ]
        return Table(header, rows)

    def paint(self, painter: QPainter) -> None:
        logs = [_logs(block.norms) for block in self._blocks]
        known = np.concatenate([one[np.isfinite(one)] for one in logs]) if logs else np.zeros(0)
        if not known.size:
            self._say_nothing(painter)
            return
        low, high = float(known.min()), float(known.max())
        last = max(float(block.norms.epochs[-1]) for block in self._blocks if len(block.norms))
        painter.setFont(tabular(painter.font()))
        for number, (block, values) in enumerate(zip(self._blocks, logs, strict=True)):
            box = QRectF(0, number * LINE, self.width(), LINE)
            set_pixels(painter, 12, QFont.Weight.Normal)
            painter.setPen(theme.colour("text"))
            draw_elided(painter, QRectF(0, box.top(), NAME, LINE), Qt.AlignmentFlag.AlignVCenter, block.name)
            plot = QRectF(NAME + 6, box.top() + 4, box.width() - NAME - VALUE - 10, LINE - 8)
            painter.fillRect(plot, theme.colour("raised"))
            self._paint_line(painter, plot.adjusted(1, 2, -1, -2), block.norms, values, (low, high, last))
            set_pixels(painter, 12, QFont.Weight.DemiBold)
            painter.setPen(theme.colour("text" if block.norms.values[-1] > 0 else "danger"))
            value = QRectF(box.right() - VALUE, box.top(), VALUE, LINE)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(value, right, scientific(float(block.norms.values[-1])))

    def _say_nothing(self, painter: QPainter) -> None:
        set_pixels(painter, 12)
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignVCenter, self.tr("not yet measured"))

    @staticmethod
    def _paint_line(
        painter: QPainter, box: QRectF, norms: Points, logs: np.ndarray, span: tuple[float, float, float]
    ) -> None:
        low, high, last = span
        stride = max(1, len(logs) // MOST_POINTS)
        path, begun = QPainterPath(), False
        for epoch, value in zip(norms.epochs[::stride], logs[::stride], strict=True):
            if not np.isfinite(value):
                begun = False
                continue
            x = box.left() + box.width() * (epoch / last if last else 0.0)
            y = box.bottom() - box.height() * ((value - low) / (high - low) if high > low else 0.5)
            if begun:
                path.lineTo(x, y)
            else:
                path.moveTo(x, y)
            begun = True
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent"), 1.3))
        painter.drawPath(path)


def _logs(norms: Points) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        found: np.ndarray = np.log10(norms.values)
    return found
