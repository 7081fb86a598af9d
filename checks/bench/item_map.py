"""The map of items: a frame with as many of them as the window shows, 1,100×420 pixels, kernels loaded.

Panning and turning paint everything: points, names, marks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import thread_time

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.kit.dress import dress, use_fonts
from app.workspaces.recommender.map.item_map import ItemMapPanel
from app.workspaces.recommender.map.scene import (
    Colouring,
    MapContent,
)
from checks.bench.measure import Row, at_most
from engine.network import warm

SIZE = (1100, 420)
FEW, MOST = 2_000, 5_000
FRAMES = 30
FRAME_MS = 16.0
KINDS = 7


def _content(count: int) -> MapContent:
    random = np.random.default_rng(0)
    kinds = random.integers(0, KINDS, count)
    spread = np.array([1.3, 1.0, 0.9, 0.8, 0.7, 0.6])
    places = ((random.normal(size=(KINDS, 6))[kinds] * 1.3 + random.normal(size=(count, 6))) * spread).astype(
        np.float32
    )
    popular = np.exp(random.normal(size=count) * 1.6 + 3).astype(int)
    marked = np.argsort(-popular)[:60].tolist()
    titles = [f"A film of number {row}" for row in range(count)]
    groups = (
        Colouring("genre", "Genre", kinds, tuple(f"Kind {kind}" for kind in range(KINDS))),
        Colouring("popularity", "Watches", popular, by_ratio=True),
    )
    shares = places.var(axis=0) / places.var(axis=0).sum() * 0.4
    user = places[marked[0]].astype(np.float64)
    return MapContent(places, shares, titles, groups, tuple(marked[:40]), tuple(marked[40:52]), user, (user * 0.8,))


def _frames(widget: ItemMapPanel, change: Callable[[int], object]) -> float:
    """Milliseconds of the GUI thread's own time for a change and the frame that shows it."""
    view = widget.view
    target = QImage(view.size(), QImage.Format.Format_ARGB32_Premultiplied)
    taken = []
    for number in range(FRAMES):
        taken.append(_own_time(lambda number=number: (change(number), view._looks.flush(), view.render(target))))  # type: ignore[misc]
    return 1e3 * median(taken)


def _own_time(work: Callable[[], object]) -> float:
    begin = thread_time()
    work()
    return thread_time() - begin


def _rows(widget: ItemMapPanel, count: int) -> list[Row]:
    view, turning, name = widget.view, widget.turning, f"{count:,} items"
    content = _content(count)
    loading = 1e3 * _own_time(lambda: widget.set_content(content))
    widget.view.repaint()
    panned = _frames(widget, lambda number: view.viewport.pan(QPointF(9, 4) * (1 if number % 10 < 5 else -1)))
    zoomed = _frames(widget, lambda number: view.viewport.zoom(1.1 if number % 20 < 10 else 1 / 1.1))
    turning.grip()
    turned = _frames(widget, lambda number: turning.turn(2.0, 1.0))
    where = QPointF(400, 200)
    hovered = _frames(widget, lambda number: view._point_to(where + QPointF(number, 0)))
    edited = _frames(widget, lambda number: widget.set_content(replace(content, user=content.user * (1 + number / 99))))
    return [
        at_most(f"{name}: a frame while panning", panned, "ms", FRAME_MS),
        at_most(f"{name}: a frame while zooming", zoomed, "ms", FRAME_MS),
        at_most(f"{name}: a frame while turning", turned, "ms", FRAME_MS),
        at_most(f"{name}: a frame while pointing", hovered, "ms", FRAME_MS),
        at_most(f"{name}: a frame after an edit of the history", edited, "ms", FRAME_MS),
        Row(f"{name}: another map", loading, "ms"),
    ]


def run() -> list[Row]:
    """Measure; see the module's docstring."""
    application = QApplication.instance() or QApplication([])
    use_fonts(application)  # type: ignore[arg-type]
    dress(application)  # type: ignore[arg-type]
    warm.load()
    widget = ItemMapPanel()
    widget.resize(*SIZE)
    widget.show()
    rows = [*_rows(widget, FEW), *_rows(widget, MOST)]
    widget.close_work()
    widget.close()
    return rows
