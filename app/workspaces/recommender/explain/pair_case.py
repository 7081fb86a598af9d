"""One pair under the three models: what each says of the same row with this pair in it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.listing import joined
from app.kit.look import signed_text
from app.kit.numbers import NOTHING, counted, percent, probability, signed
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.painted import Painted, draw_elided, set_pixels
from app.workspaces.recommender.explain.content import JOINT, PARTS, PairCase, PairMap
from app.workspaces.recommender.explain.part_words import part_name

LINE = 19.0
LITTLE = 0.0005
"""A smaller weight is none in the digits that are shown."""


class CaseView(QWidget):
    """A pair: whether it was memorised, its weight, its training rows, and three probabilities."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._weight = 0.0
        self.pill = _Pill()
        self.weight = Label()
        self.title = ElidedLabel("", "title")
        self.seen = wrapped("")
        self.seen.setMinimumHeight(1)  # as high as its width asks for, not as a narrow column would
        self.bars = PartBars()
        head = QHBoxLayout()
        head.addWidget(self.pill)
        head.addStretch(1)
        head.addWidget(self.weight)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addLayout(head)
        rows.addSpacing(3)
        rows.addWidget(self.title)
        rows.addWidget(self.seen)
        rows.addSpacing(3)
        rows.addWidget(self.bars)
        theme.follow(self._style)

    def show_case(self, shown: PairMap, case: PairCase) -> None:
        """Show a pair of a map."""
        down, across = case.place
        count, yes = shown.counts[down][across], shown.yes[down][across]
        weight = shown.weights[down][across]
        self.title.set_full_text(shown.title(case.place))
        self.weight.setText(self.tr("weight {weight}").format(weight=signed(weight, 3)))
        self._weight = weight
        self._style()
        self.pill.say(self._word(count, weight), seen=count > 0)
        self.seen.setText(self._seen_text(shown, count, yes, weight))
        self.bars.show_probabilities(case.probabilities)

    def _style(self) -> None:
        colour = signed_text(self._weight).name() if self._weight else theme.current().text_muted
        self.weight.setStyleSheet(f"color: {colour}; font-size: 12px; font-weight: 600;")

    def _word(self, count: int, weight: float) -> str:
        """Rows alone memorise nothing: L1 may have left no weight."""
        if not count:
            return self.tr("never seen")
        if not weight:
            return self.tr("seen, weight 0")
        return self.tr("memorised") if abs(weight) >= LITTLE else self.tr("seen, weight near 0")

    def _seen_text(self, shown: PairMap, count: int, yes: int, weight: float) -> str:
        """Its training rows, and whether the weight comes from them alone."""
        if count:
            rows = counted(count, self.tr("1 training row"), self.tr("{count} training rows"))
            words = self.tr("{rows}, {share} {goal}")
            if shown.cross.hashed:
                words = self.tr("{rows}, {share} {goal}; others may share its weight (hashed)")
            return words.format(rows=rows, share=percent(yes / count), goal=shown.goal)
        if shown.cross.hashed:
            return self.tr("no training row: others may share its weight (hashed)")
        return self.tr("no training row") if weight else self.tr("no training row: its weight never moved")


class _Pill(Painted):
    """A word in a pill: filled for what was seen, dashed for what was not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word, self._seen = "", True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, word: str, *, seen: bool) -> None:
        """Show a word."""
        self._word, self._seen = word, seen
        self.setAccessibleName(word)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._word) + 22, 21)

    def paint(self, painter: QPainter) -> None:
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self._seen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
        else:
            dashed = QPen(theme.colour("text_muted"), 1.0, Qt.PenStyle.CustomDashLine)
            dashed.setDashPattern([3.0, 2.5])
            painter.setPen(dashed)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        set_pixels(painter, 11, QFont.Weight.DemiBold)
        painter.setPen(theme.colour("on_accent" if self._seen else "text_muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._word)


class PartBars(Painted):
    """A bar for each of the three models; one that is not there says so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._probabilities: Mapping[str, float] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(150, round(LINE * len(PARTS)))

    def show_probabilities(self, probabilities: Mapping[str, float]) -> None:
        """Show what the models say; those that are absent are not there, or have not answered yet."""
        self._probabilities = dict(probabilities)
        said = (f"{part_name(key)} {self.value(key)}" for key in PARTS)
        self.setAccessibleName(joined(said))
        self.update()

    def value(self, key: str) -> str:
        """A model's probability as it is printed."""
        return probability(self._probabilities[key]) if key in self._probabilities else NOTHING

    def paint(self, painter: QPainter) -> None:
        set_pixels(painter, 12, QFont.Weight.DemiBold)
        room = painter.fontMetrics().horizontalAdvance(">99.9 %") + 8.0
        names = max(painter.fontMetrics().horizontalAdvance(part_name(key)) for key in PARTS) + 10.0
        for at, key in enumerate(PARTS):
            line = QRectF(0, at * LINE, self.width(), LINE)
            strong = key == JOINT
            set_pixels(painter, 12, QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
            painter.setPen(theme.colour("text"))
            draw_elided(painter, QRectF(0, line.top(), names, LINE), Qt.AlignmentFlag.AlignVCenter, part_name(key))
            track = QRectF(names, line.center().y() - 4, max(10.0, self.width() - names - room), 8)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("track"))
            painter.drawRoundedRect(track, 4, 4)
            if key in self._probabilities:
                painter.setBrush(theme.colour("accent" if strong else "text_muted"))
                filled = QRectF(track.left(), track.top(), max(3.0, track.width() * self._probabilities[key]), 8)
                painter.drawRoundedRect(filled, min(4.0, filled.width() / 2), min(4.0, filled.width() / 2))
            set_pixels(painter, 12, QFont.Weight.DemiBold)
            painter.setPen(theme.colour("text" if key in self._probabilities else "text_muted"))
            value = QRectF(self.width() - room, line.top(), room, LINE)
            painter.drawText(value, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.value(key))
