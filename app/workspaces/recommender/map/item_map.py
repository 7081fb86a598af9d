"""What the colours and the marks of the map mean, and in one line what it shows of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QWidget

from app.kit import theme
from app.kit.actions import describe
from app.kit.announce import announce
from app.kit.drawing.columns import Rectangles
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, text_width
from app.kit.drawing.view import DrawingView
from app.kit.icons import set_icon
from app.kit.listing import listed
from app.kit.numbers import counted, fixed, grouped, percent
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import Label, PartsLabel
from app.kit.widgets.segments import chip
from app.workspaces.recommender.fields import Finder
from app.workspaces.recommender.map.scene import Coloured, MapContent, MapScene, Turning, ramp_colours
from app.workspaces.recommender.map.view import DOT, SQUARE, VISITOR, MapView

LEGEND_HEIGHT, KEY_TEXT = 24, 12
KEY_DOT, KEY_GAP, BETWEEN = 4.0, 6.0, 13.0
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
        width, rest = 2 * KEY_DOT + KEY_GAP + text_width(name, KEY_TEXT), len(colours.entries) - index
        more = f"+ {grouped(rest)}"
        spared = 0.0 if rest == 1 else BETWEEN + text_width(more, KEY_TEXT)
        if left + width + spared > frame.width:
            marks.append(_word(more, left, frame.width))
            break
        marks += [
            Disc(left + KEY_DOT, LEGEND_HEIGHT / 2, KEY_DOT, colour.name()),
            _word(name, left + 2 * KEY_DOT + KEY_GAP, width),
        ]
        left += width + BETWEEN
    return Drawing(tuple(marks), words, words)


def _ramp(low: str, high: str, width: float) -> list[Mark]:
    left = text_width(low, KEY_TEXT) + KEY_GAP
    colours = ramp_colours()
    step = max(min(RAMP, width - left - text_width(high, KEY_TEXT) - KEY_GAP), 0.0) / len(colours)
    slices = tuple((left + place * step, LEGEND_HEIGHT / 2 - 3, step + 1, 6.0) for place in range(len(colours)))
    bar = Rectangles(slices, tuple(colour.name() for colour in colours))
    return [_word(low, 0.0, left), bar, _word(high, left + step * len(colours) + KEY_GAP, width)]


def _word(text: str, left: float, width: float) -> Text:
    return Text(text, (left, 0.0, width, LEGEND_HEIGHT), KEY_TEXT, "text_muted", "left middle")


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
    drawn, left, middle = list[Mark](), 0.0, LEGEND_HEIGHT / 2
    words = _key_words(marks)
    for name, word in words.items():
        x = left + 8.0
        if name == "watched":
            side = 2 * SQUARE
            drawn.append(Rectangle((x - SQUARE, middle - SQUARE, side, side), "surface", "text", 1.6, 1.5))
        elif name == "shown":
            drawn.append(Disc(x, middle, DOT, "accent", "surface", 1.2))
        else:
            drawn.append(Disc(x, middle, VISITOR - 2, "text", "surface", 1.4))
            drawn.append(Text("u", (x - 8, middle - 9, 16, 17), KEY_TEXT, "surface", bold=True))
        drawn.append(_word(word, left + 16.0 + KEY_GAP, 200.0))
        left += _key_width(word)
    tip = _tr(
        "u is where the model places this user. Scores are inner products: items further along u's direction "
        "score higher; items near u don't necessarily."
    )
    return Drawing(tuple(drawn), listed(words.values()), tip)


def _key_words(marks: ShownMarks) -> dict[str, str]:
    words = {"watched": _tr("watched"), "shown": _tr("shown"), "visitor": _tr("visitor")}
    return {name: word for name, word in words.items() if getattr(marks, name)}


def _key_width(word: str) -> float:
    return 16.0 + KEY_GAP + text_width(word, KEY_TEXT) + BETWEEN


class MarkKey(DrawingView):
    """The key of the marks, as wide as it needs; hidden where there is no room for it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        least = QSize(1, LEGEND_HEIGHT)
        super().__init__(draw_key, ShownMarks(), hint=least, least=least, name=_tr("Marks of the map"), parent=parent)
        self._enough = True
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(LEGEND_HEIGHT)
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
        wide = self.tr("drawn {times} times as wide as it is high").format(times=fixed(scene.wide, 1))
        self.set_parts((*parts, wide) if content is not None and scene.wide > _WIDE_FROM else parts)

    def _directions(self, scene: MapScene, content: MapContent, upright: bool) -> str:
        if content.dimensions == 2:
            return self.tr("trained with two dimensions: this map shows the whole model")
        share = percent(scene.share())
        if upright:
            return self.tr("two principal directions, {share} of the variance").format(share=share)
        across, up = (self._mixture(scene.frame[:, column]) for column in (0, 1))
        words = self.tr("across {across}, up {up}: {share} of the variance")
        return words.format(across=across, up=up, share=share)

    def _mixture(self, direction: np.ndarray) -> str:
        """Which of the principal directions a direction is made of, the most first."""
        parts = [int(index) for index in np.argsort(-(direction**2)) if direction[index] ** 2 >= _WEIGHTY]
        return " + ".join(str(index + 1) for index in parts)

    def _count(self, content: MapContent) -> str:
        if content.catalogue > content.count:
            words = self.tr("the {count} most popular of {all} items")
            return words.format(count=grouped(content.count), all=grouped(content.catalogue))
        return counted(content.count, self.tr("{count} {count:item|items}"))

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
                titles = listed(content.titles[row] for row in rows[:_MARKED])
                more = ", …" if len(rows) > _MARKED else ""
                said.append(words.format(count=grouped(len(rows)), titles=titles + more))
        placeless = int((~np.isfinite(content.coordinates).all(axis=1)).sum())
        if placeless:
            said.append(
                self.tr("{count} without a place: their vectors are not finite").format(count=grouped(placeless))
            )
        return ". ".join(said)


NARROW = 560
"""Pixels: below this width the key of the marks gives way to the caption."""
WIDTH, LEAST_WIDTH, MOST = 170, 96, 12
LISTED = 40
"""So many of the items in view are listed, the most popular first."""


def find_titles(titles: Sequence[str], part: str, most: int = MOST) -> list[int]:
    """Return the places of folded titles with a part in them: those that begin with it, then the others."""
    wanted = part.strip().casefold()
    found = ((not title.startswith(wanted), place) for place, title in enumerate(titles) if wanted in title)
    return [place for _, place in sorted(found)[:most]] if wanted else []


class ItemMapPanel(QWidget):
    """``item_picked(row)``: a row of the content. It computes nothing before its first content, and nothing while it is
    hidden."""

    item_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = MapScene(self)
        self.turning = Turning(self.scene, self)
        self.view = MapView(self.scene, self.turning)
        self._titles: list[str] = []
        """Folded, the most important first."""
        self.actions_by_name = self._actions()
        line, name = QSize(40, LEGEND_HEIGHT), self.tr("Colours of the map")
        self.legend = DrawingView(draw_legend, None, hint=line, least=line, name=name)
        self.legend.setFixedHeight(LEGEND_HEIGHT)
        self.legend.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.key, self.caption = MarkKey(), MapCaption()
        self.colouring = Choice(self.tr("Colour by"), (), self.tr("What the colours of the items mean"))
        self.colouring.setFixedWidth(126)
        tip = self.tr("Find an item by part of its title and fly there (Ctrl+F); ↓ lists what is in view")
        self.finder = Finder(self.tr("Find an item"), tip)
        self.finder.setMinimumWidth(LEAST_WIDTH)
        self.finder.setMaximumWidth(WIDTH)
        self.heading = Label(self.tr("ITEM MAP"), role="heading")
        self.tour, self.turn = chip(self.tr("Tour")), chip(self.tr("Turn"))
        self.back = chip(self.tr("First two"), checkable=False)
        self._dress()
        self._lay_out()
        self._connect()
        theme.follow(self.restyle)
        self._say()

    # Parts --------------------------------------------------------------------------------------------------------

    def _actions(self) -> dict[str, QAction]:
        view, turning = self.view, self.turning
        entries = (
            ("map_tour", self.tr("Tour"), "T", turning.toggle,
             self.tr("Turn slowly through all directions, so hidden items come into view")),
            ("map_back", self.tr("Back to the first two directions"), "B", turning.back,
             self.tr("Turn back to the two directions that show most of the variance")),
            ("map_nearer", self.tr("Nearer"), "+", view.zoom_in, self.tr("Zoom into the map")),
            ("map_farther", self.tr("Farther"), "-", view.zoom_out, self.tr("Zoom out of the map")),
            ("map_all", self.tr("Whole map"), "0", view.show_all, self.tr("Show all of the map")),
        )  # fmt: skip
        found = {}
        for name, text, keys, slot, tip in entries:
            action = QAction(text, view)
            also = ["="] if keys == "+" else []
            action.setShortcuts([QKeySequence(key) for key in (keys, *also)])
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # plain letters: where the map has the keys
            action.triggered.connect(lambda _on=False, slot=slot: slot())
            describe(action, tip)
            view.addAction(action)
            found[name] = action
        find = QAction(self.tr("Find an item"), self)
        find.setShortcut(QKeySequence("Ctrl+F"))
        find.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.triggered.connect(lambda: self.finder.setFocus(Qt.FocusReason.ShortcutFocusReason))
        self.addAction(find)
        return {**found, "map_find": find}

    def _dress(self) -> None:
        self.view.setAccessibleName(self.tr("Item map"))
        self.turn.setToolTip(self.tr("Drag to turn the map by hand (or drag with Ctrl; arrows with Shift)"))
        self.tour.setToolTip(self.actions_by_name["map_tour"].toolTip())
        self.back.setToolTip(self.actions_by_name["map_back"].toolTip())
        self.back.setAccessibleName(self.actions_by_name["map_back"].text())
        set_icon(self.tour, "play")
        self.tour.setIconSize(QSize(12, 12))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        for widget, stretch in ((self.heading, 0), (self.colouring, 0), (self.legend, 1), (self.finder, 0)):
            head.addWidget(widget, stretch)
        foot = fill(row_layout(spacing=6), self.key, (self.caption, 1))
        for button in (self.back, self.turn, self.tour):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the map
            foot.addWidget(button)
        for name, text in (("map_farther", "−"), ("map_nearer", "+"), ("map_all", "")):
            foot.addWidget(self._button(self.actions_by_name[name], text))
        fill(column_layout(self, (14, 8, 14, 8), spacing=6), head, (self.view, 1), foot)

    def _button(self, action: QAction, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        if not text:
            set_icon(button, "fit")
            button.setIconSize(QSize(15, 15))
        button.setFixedSize(24, 22)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.text())
        button.clicked.connect(action.trigger)
        return button

    def _connect(self) -> None:
        self.view.item_picked.connect(self._pick)
        self.finder.wanted.connect(self._offer)
        self.finder.picked.connect(self._take_found)
        self.colouring.picked.connect(self._colour_by)
        self.tour.clicked.connect(self.turning.toggle)
        self.turn.toggled.connect(self._turn_by_hand)
        self.back.clicked.connect(self.turning.back)
        self.turning.playing_changed.connect(self._show_playing)
        self.scene.marks_changed.connect(self._say)
        self.scene.points_changed.connect(self._say_directions)
        self.turning.stood_still.connect(self._say)

    # What is shown --------------------------------------------------------------------------------------------------

    def set_content(self, content: MapContent) -> None:
        """Show a map. With the same array of coordinates as before only the marks change, and u moves to its place."""
        before = () if self.content is None else self.content.groups
        other = self.scene.show(content)
        if other or content.groups is not before:
            self._offer_colours(content)
        if other:
            self._titles = [content.titles[row].casefold() for row in self.scene.order.tolist()]
            for button in (self.tour, self.turn, self.back):
                button.setVisible(self.turning.possible)
        self.key.show_marks(ShownMarks(bool(content.watched), bool(content.shown), content.user is not None))
        self._say()

    def _offer_colours(self, content: MapContent) -> None:
        """What the items can be coloured by: as before, where that is still there."""
        keys = [colouring.key for colouring in content.groups]
        self.colouring.set_entries([(colouring.key, colouring.label) for colouring in content.groups])
        self.colouring.setVisible(bool(keys))
        self._colour_by(self.scene.key if self.scene.key in keys else keys[0] if keys else "")

    @property
    def content(self) -> MapContent | None:
        """The map that is shown."""
        return self.scene.content

    @Slot(str)
    def _colour_by(self, key: str) -> None:
        if key:
            self.colouring.choose(key)
        self.scene.set_colours(key, self.tr("other"))
        self.legend.set_data(self.scene.colours)

    def restyle(self) -> None:
        """Take on the colours of the theme in force."""
        if self.scene.content is not None:
            self._colour_by(self.scene.key)

    @Slot()
    def _say_directions(self) -> None:
        upright = self.turning.upright
        self.caption.show_scene(self.scene, upright=upright)
        self.back.setEnabled(not upright)

    @Slot()
    def _say(self) -> None:
        self._say_directions()
        self.view.setAccessibleDescription(self.caption.described(self.scene))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow room the caption comes before the key, which the map explains by itself."""
        super().resizeEvent(event)
        self.key.set_room(enough=event.size().width() >= NARROW)

    # What can be done -----------------------------------------------------------------------------------------------

    @Slot(str)
    def _offer(self, part: str) -> None:
        """Offer the items with this in their title; without it, those in view."""
        content = self.scene.content
        if content is not None:
            in_view = self.scene.within(self.view.viewport.visible, LISTED)
            rows = self.scene.order[find_titles(self._titles, part)].tolist() if part else in_view
            self.finder.offer([(str(row), content.titles[row]) for row in rows])

    @Slot(str)
    def _take_found(self, row: str) -> None:
        """What is looked for is wanted as what is clicked is."""
        self.fly_to(int(row))
        self.item_picked.emit(int(row))

    @Slot(int)
    def fly_to(self, row: int) -> None:
        """Bring an item into the middle, and ring it."""
        content = self.scene.content
        if content is None:
            return
        self.scene.found = row
        self.view.fly_to(row)
        self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.view, f"{content.titles[row]}. {content.described(row)}")

    def mark(self, row: int | None) -> None:
        """Ring an item that was chosen elsewhere, without going there; None: no other than what is on the map."""
        if row != self.scene.found:
            self.scene.found = row
            self.view.refresh()

    @Slot(int)
    def _pick(self, row: int) -> None:
        content = self.scene.content
        if content is not None:
            self.scene.found = row
            self.view.show_marks()
            announce(self.view, self.tr("{title} is picked").format(title=content.titles[row]))
            self.item_picked.emit(row)

    @Slot(bool)
    def _turn_by_hand(self, on: bool) -> None:
        self.view.turn_mode = on

    @Slot(bool)
    def _show_playing(self, playing: bool) -> None:
        self.tour.setChecked(playing)
        set_icon(self.tour, "pause" if playing else "play", "on_accent" if playing else None)

    def close_work(self) -> None:
        """Work nothing more out: the page that holds it closes."""
        self.turning.rest()
        self.scene.rest()
