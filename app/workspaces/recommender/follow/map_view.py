"""The map of items as it follows somebody: what they watched, what is shown, and where u is after each edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Signal, Slot
from PySide6.QtWidgets import QFrame, QWidget

from app.kit.widgets.frame import column_layout, fill
from app.workspaces.recommender.answers import Answers
from app.workspaces.recommender.follow.session import FollowSession, Hues
from app.workspaces.recommender.map.item_map import ItemMapPanel
from app.workspaces.recommender.map.scene import MOST_DIRECTIONS, POPULARITY, Colouring, MapContent
from engine.recommenders.tasks.candidates.answers import CatalogueItem, MappedItems, PlaceOnMap

MAPPED: Final = 5000
"""The most watched items are on the map: a larger one takes the window longer than a frame to read."""
MAP: Final[dict[str, object]] = {"limit": MAPPED, "components": MOST_DIRECTIONS}
LEAST_HEIGHT = 84
"""Of the map alone: a window of 800 pixels holds the funnel too."""
KEPT_STEPS = 6
"""So many places of u are kept in sight."""


class FollowMap(QFrame):
    """``hues_found(Hues)``: the colours of the sorts on it, for the lists beside it."""

    hues_found = Signal(object)

    def __init__(self, session: FollowSession, answers: Answers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._answers = session, answers
        self._asked = False
        self._items: tuple[CatalogueItem, ...] = ()
        """The most watched items, as the map has them in its rows; none while there is no map."""
        self._rows: dict[str, int] = {}
        self._content: MapContent | None = None
        self._places: dict[tuple[float, ...], NDArray[np.float64]] = {}
        self.map = ItemMapPanel()
        self.map.heading.hide()  # its tab says it
        self.map.view.setMinimumHeight(LEAST_HEIGHT)
        fill(column_layout(self, (1, 1, 1, 1)), self.map)
        self.map.item_picked.connect(self._pick)
        session.recommended.connect(self._place)
        session.effects_found.connect(self._ask_map)
        session.explained.connect(self._mark)

    @Slot(bool)
    def yield_wheel(self, yields: bool) -> None:
        """Whether the wheel scrolls what the map lies on, until the map is clicked."""
        self.map.view.yields_wheel = yields

    def close_work(self) -> None:
        """Work nothing more out."""
        self.map.close_work()

    def forget(self) -> None:
        """The network may have learnt: its map is another."""
        self._content = None
        self._asked = False
        self._places.clear()

    @Slot()
    def _ask_map(self) -> None:
        """After the first list has its answers, so that it need not wait for the map."""
        if not self._asked and self._session.effects is not None:
            self._asked = True
            self._answers.ask("item_map", MAP, self._take_map, kind=MappedItems)

    def _take_map(self, found: MappedItems) -> None:
        self._items = items = found.catalogue_items
        self._rows = {item.name: row for row, item in enumerate(items)}
        hues = Hues(items)
        self._content = MapContent(
            np.array(found.points, np.float32),
            np.array(found.shares),
            [item.label for item in items],
            tuple(_colourings(items, hues)),
            dimensions=found.dimensions,
            catalogue=found.of if found.of > len(items) else 0,
        )
        self.hues_found.emit(hues)
        self._place()

    @Slot()
    def _place(self) -> None:
        """Ask where u is now; its marks are those of the same history."""
        if self._content is None or self._session.recommendation is None:
            return
        vector = self._session.recommendation.vector
        if vector in self._places:
            self._show()
            return

        def take(found: PlaceOnMap) -> None:
            if found.point is not None:
                self._places[vector] = np.array(found.point)
            self._show()

        self._answers.ask("place", self._session.whose() | MAP, take, kind=PlaceOnMap)

    def _show(self) -> None:
        found, content = self._session.recommendation, self._content
        if found is None or content is None:
            return
        visited = [self._places[step.vector] for step in self._session.trail if step.vector in self._places]
        now = self._places.get(found.vector)
        longest = MAPPED if self._session.about is None else self._session.about.longest
        self.map.set_content(
            replace(
                content,
                watched=self._rows_of(self._session.document.history.names[-longest:]),  # what the network reads
                shown=self._rows_of([listed.item.name for listed in found.shown]),
                user=now,
                trail=tuple(visited[:-1][-KEPT_STEPS:]),
            )
        )
        self._mark()

    @Slot()
    def _mark(self) -> None:
        """The item that is explained has a ring, as far as it is on the map."""
        self.map.mark(None if self._content is None else self._rows.get(self._session.chosen or ""))

    def _rows_of(self, names: Sequence[str]) -> tuple[int, ...]:
        """The rows of some items, each once, as far as they are on the map."""
        return tuple(dict.fromkeys(self._rows[name] for name in names if name in self._rows))

    @Slot(int)
    def _pick(self, row: int) -> None:
        self._session.choose(self._items[row].name)


def _colourings(items: Sequence[CatalogueItem], hues: Hues) -> list[Colouring]:
    found = []
    if hues:
        kinds = [hues.kind(item) for item in items]
        values = np.array([-1 if kind is None else hues.sorts.index(kind) for kind in kinds])
        found.append(Colouring("sort", _tr("Genre"), values, hues.sorts))
    watches = np.array([float(item.watches) for item in items])
    found.append(Colouring(POPULARITY, _tr("Watches"), watches, by_ratio=True))
    years = np.array([np.nan if item.year is None else float(item.year) for item in items])
    if np.isfinite(years).any():
        found.append(Colouring("year", _tr("Year"), years, grouped=False))
    return found


def _tr(text: str) -> str:
    return QCoreApplication.translate("FollowMap", text)
