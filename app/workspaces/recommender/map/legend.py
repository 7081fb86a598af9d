"""What the colours and the marks of the map mean, and in one line what it shows of the whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.listing import listed
from app.kit.numbers import counted, fixed, grouped, percent
from app.kit.widgets.labels import PartsLabel
from app.workspaces.recommender.map.content import Coloured, MapContent, ramp_colours
from app.workspaces.recommender.map.marks import DOT as SHOWN
from app.workspaces.recommender.map.marks import SQUARE, VISITOR
from app.workspaces.recommender.map.scene import MapScene

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


_WEIGHTY = 0.15
"""A direction that makes up less than this share of what is across or up is not named."""
_WIDE_FROM = 1.05
_MARKED = 8
"""So many of the watched and of the shown are named to those who hear the map."""


class MapCaption(PartsLabel):
    """One line below the map."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("muted", parent)

    def show_scene(self, scene: MapScene, *, upright: bool) -> None:
        """Say what is shown now."""
        content = scene.content
        parts = () if content is None else (self._directions(scene, content, upright), self._count(content))
        wide = self.tr("drawn {times} times as wide as high").format(times=fixed(scene.wide, 1))
        self.set_parts((*parts, wide) if content is not None and scene.wide > _WIDE_FROM else parts)

    def _directions(self, scene: MapScene, content: MapContent, upright: bool) -> str:
        if content.dimensions == 2:
            return self.tr("trained with two dimensions: this map is the model itself, nothing is left out")
        share = percent(scene.share())
        if upright:
            return self.tr("two principal directions, {share} of the spread").format(share=share)
        across, up = (self._mixture(scene.frame[:, column]) for column in (0, 1))
        words = self.tr("across {across}, up {up}: {share} of the spread")
        return words.format(across=across, up=up, share=share)

    def _mixture(self, direction: np.ndarray) -> str:
        """Which of the principal directions a direction is made of, the most first."""
        parts = [int(index) for index in np.argsort(-(direction**2)) if direction[index] ** 2 >= _WEIGHTY]
        return " + ".join(str(index + 1) for index in parts)

    def _count(self, content: MapContent) -> str:
        if content.catalogue > content.count:
            noun = content.noun or self.tr("items")
            words = self.tr("the {count} most popular of {all} {items}")
            return words.format(count=grouped(content.count), all=grouped(content.catalogue), items=noun)
        if content.noun:
            return self.tr("{count} {items}").format(count=grouped(content.count), items=content.noun)
        return counted(content.count, self.tr("1 item"), self.tr("{count} items"))

    def described(self, scene: MapScene) -> str:
        """The whole map in sentences, for those who hear it."""
        content = scene.content
        if content is None:
            return self.tr("No map yet")
        said = [self.full_text]
        for rows, words in (
            (content.watched, self.tr("{count} watched: {titles}")),
            (content.shown, self.tr("{count} shown: {titles}")),
        ):
            if rows:
                titles = listed(content.title(row) for row in rows[:_MARKED])
                more = ", …" if len(rows) > _MARKED else ""
                said.append(words.format(count=grouped(len(rows)), titles=titles + more))
        placeless = int((~np.isfinite(content.coordinates).all(axis=1)).sum())
        if placeless:
            said.append(
                self.tr("{count} without a place: their vectors are not finite").format(count=grouped(placeless))
            )
        return ". ".join(said)
