"""The map of items with what belongs to it: colours, search, tour."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.kit import theme
from app.kit.actions import describe
from app.kit.announce import announce
from app.kit.drawing.view import DrawingView
from app.kit.icons import set_icon
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import column_layout
from app.kit.widgets.labels import Label
from app.kit.widgets.segments import chip
from app.workspaces.recommender.fields import Finder
from app.workspaces.recommender.map.content import MapContent
from app.workspaces.recommender.map.legend import HEIGHT, MapCaption, MarkKey, ShownMarks, draw_legend
from app.workspaces.recommender.map.scene import MapScene
from app.workspaces.recommender.map.turning import Turning
from app.workspaces.recommender.map.view import MapView

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


class ItemMap(QWidget):
    """``item_hovered(row or None)``, ``item_picked(row)``: rows of the content. It computes nothing before its first
    content, and nothing while it is hidden."""

    item_hovered = Signal(object)
    item_picked = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.scene = MapScene(self)
        self.turning = Turning(self.scene, self)
        self.view = MapView(self.scene, self.turning)
        self._titles: list[str] = []
        """Folded, the most important first."""
        self.actions_by_name = self._actions()
        line, name = QSize(40, HEIGHT), self.tr("Colours of the map")
        self.legend = DrawingView(draw_legend, None, hint=line, least=line, name=name)
        self.legend.setFixedHeight(HEIGHT)
        self.legend.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.key, self.caption = MarkKey(), MapCaption()
        self.colouring = Choice(self.tr("Colour by"), (), self.tr("What the colours of the items tell"))
        self.colouring.setFixedWidth(126)
        tip = self.tr("Find an item by a part of its title and fly there (Ctrl+F); ↓ lists what is in view")
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
             self.tr("Turn slowly through all directions, so that what lies behind comes into view")),
            ("map_back", self.tr("Back to the first two directions"), "B", turning.back,
             self.tr("Turn back to the two directions that show most of the spread")),
            ("map_nearer", self.tr("Nearer"), "+", view.zoom_in, self.tr("Look at the map from nearer")),
            ("map_farther", self.tr("Farther"), "-", view.zoom_out, self.tr("Look at the map from farther away")),
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
        foot = QHBoxLayout()
        foot.setSpacing(6)
        foot.addWidget(self.key)
        foot.addWidget(self.caption, 1)
        for button in (self.back, self.turn, self.tour):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keys with the map
            foot.addWidget(button)
        for name, text in (("map_farther", "−"), ("map_nearer", "+"), ("map_all", "")):
            foot.addWidget(self._button(self.actions_by_name[name], text))
        column = column_layout(self, (14, 8, 14, 8), spacing=6)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

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
        self.view.item_hovered.connect(self.item_hovered)
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
            self._titles = [content.title(row).casefold() for row in self.scene.order.tolist()]
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
            self.finder.offer([(str(row), content.title(row)) for row in rows])

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
        announce(self.view, f"{content.title(row)}. {content.described(row)}")

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
            announce(self.view, self.tr("{title} is picked").format(title=content.title(row)))
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
