"""What the colours mean: dots with names, or a ramp between two numbers; and the key of the marks."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.listing import listed
from app.kit.numbers import grouped
from app.workspaces.recommender.map.colours import Coloured, ramp_colours
from app.workspaces.recommender.map.marks import DOT as SHOWN
from app.workspaces.recommender.map.marks import SQUARE, VISITOR

HEIGHT, TEXT = 24, 12
DOT, GAP, BETWEEN = 4.0, 6.0, 13.0
RAMP = 110.0


def draw_legend(colours: Coloured | None, frame: Frame) -> Drawing:
    """Draw as many kinds as fit into one line, the most frequent first, or the ramp; the tip has them all."""
    if colours is None:
        return Drawing()
    if colours.ends is not None:
        words = _tr("From {low} to {high}").format(low=colours.ends[0], high=colours.ends[1])
        return Drawing(tuple(_ramp(*colours.ends, frame.width)), words, words)
    words, marks, left = listed(name for _colour, name in colours.entries), list[Mark](), 0.0
    for index, (colour, name) in enumerate(colours.entries):
        width, rest = 2 * DOT + GAP + text_width(name, TEXT), len(colours.entries) - index
        more = f"+ {grouped(rest)}"
        spared = 0.0 if rest == 1 else BETWEEN + text_width(more, TEXT)
        if left + width + spared > frame.width:
            marks.append(_word(more, left, frame.width))
            break
        marks += [Disc(left + DOT, HEIGHT / 2, DOT, colour.name()), _word(name, left + 2 * DOT + GAP, width)]
        left += width + BETWEEN
    return Drawing(tuple(marks), words, words)


def _ramp(low: str, high: str, width: float) -> list[Mark]:
    left = text_width(low, TEXT) + GAP
    colours = ramp_colours()
    step = max(min(RAMP, width - left - text_width(high, TEXT) - GAP), 0.0) / len(colours)
    slices = tuple((left + place * step, HEIGHT / 2 - 3, step + 1, 6.0) for place in range(len(colours)))
    bar = Rectangles(slices, tuple(colour.name() for colour in colours))
    return [_word(low, 0.0, left), bar, _word(high, left + step * len(colours) + GAP, width)]


def _word(text: str, left: float, width: float) -> Text:
    return Text(text, (left, 0.0, width, HEIGHT), TEXT, "text_muted", "left middle")


@dataclass(frozen=True, slots=True)
class ShownMarks:
    """Which marks the map has: hollow squares, dots, the disc of the visitor."""

    watched: bool = False
    shown: bool = False
    visitor: bool = False

    def __bool__(self) -> bool:
        return self.watched or self.shown or self.visitor


def draw_key(marks: ShownMarks, _frame: Frame) -> Drawing:
    """Draw the marks that are there, each with its word."""
    drawn, left, middle = list[Mark](), 0.0, HEIGHT / 2
    words = _key_words(marks)
    for name, word in words.items():
        x = left + 8.0
        if name == "watched":
            side = 2 * SQUARE
            drawn.append(Rectangle((x - SQUARE, middle - SQUARE, side, side), "surface", "text", 1.6, 1.5))
        elif name == "shown":
            drawn.append(Disc(x, middle, SHOWN, "accent", "surface", 1.2))
        else:
            drawn.append(Disc(x, middle, VISITOR - 2, "text", "surface", 1.4))
            drawn.append(Text("u", (x - 8, middle - 9, 16, 17), TEXT, "surface", bold=True))
        drawn.append(_word(word, left + 16.0 + GAP, 200.0))
        left += _key_width(word)
    tip = _tr(
        "u is where the model puts this visitor. Scores are inner products: what lies further along u's direction "
        "scores higher, and what lies near u need not."
    )
    return Drawing(tuple(drawn), listed(words.values()), tip)


def _key_words(marks: ShownMarks) -> dict[str, str]:
    words = {"watched": _tr("watched"), "shown": _tr("shown"), "visitor": _tr("visitor")}
    return {name: word for name, word in words.items() if getattr(marks, name)}


def _key_width(word: str) -> float:
    return 16.0 + GAP + text_width(word, TEXT) + BETWEEN


class MarkKey(DrawingView):
    """The key of the marks, as wide as it needs; hidden where there is no room for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        least = QSize(1, HEIGHT)
        super().__init__(draw_key, ShownMarks(), hint=least, least=least, name=_tr("Marks of the map"), parent=parent)
        self._enough = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_marks(self, marks: ShownMarks) -> None:
        """Explain those that are there."""
        self.setFixedWidth(max(1, round(sum(map(_key_width, _key_words(marks).values())))))
        self.set_data(marks)
        self.set_room(enough=self._enough)

    def set_room(self, *, enough: bool) -> None:
        """Whether there is room for it."""
        self._enough = enough
        self.setVisible(bool(self.data) and enough)


def _tr(text: str) -> str:
    return QCoreApplication.translate("MapLegend", text)
