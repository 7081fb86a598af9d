"""At a step of the playback only what looks other is painted: the canvas then is as if all of it had been."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication

from app.kit import theme
from app.workspaces.scalar_graph.canvas.view import changed_areas
from checks.bench.expressions import NETWORK
from tests.app.workspaces.scalar_graph.conftest import Bench

pytestmark = pytest.mark.shares_window
TEXTS = {
    "network": NETWORK,
    "fan out": "t = x*y\nu = exp(t) + t*x + 3\nu*t + log(t)",
    "small": "1/(1 + exp(-x))",
    "fault": "log(x - 2) + 1/x + y",
    "constants": "2*3 + x*(4 - 1)",
}
SMOOTHED = 4
"""Of 255 levels."""


class Painted(QObject):
    """How many pixels of a widget have been painted."""

    pixels = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.pixels += sum(part.width() * part.height() for part in list(event.region()))  # type: ignore[call-overload]
        return False


def _seen(bench: Bench) -> QImage:
    """What stands on the screen, as it has been painted bit by bit."""
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    canvas = bench.canvas
    window = canvas.window()
    place = QRect(canvas.mapTo(window, canvas.rect().topLeft()), canvas.size())
    return canvas.screen().grabWindow(window.winId(), place.x(), place.y(), place.width(), place.height()).toImage()


def _whole(bench: Bench) -> QImage:
    bench.canvas.update()
    return _seen(bench)


def _check(bench: Bench, what: object) -> None:
    """A line that is cut by the edge of what is painted may be smoothed a little differently there."""
    painted, whole = _seen(bench), _whole(bench)
    if painted == whole:
        return
    assert painted.size() == whole.size()
    one, other = _levels(painted), _levels(whole)
    apart = np.maximum(one, other) - np.minimum(one, other)
    assert apart.max() <= SMOOTHED, (what, np.argwhere(apart.max(axis=2) > SMOOTHED)[:5].tolist())


def _levels(picture: QImage) -> NDArray[np.uint8]:
    """(height, width, 4)."""
    found: NDArray[np.uint8] = np.frombuffer(picture.constBits(), np.uint8)
    return found.reshape(picture.height(), -1, 4)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_after_every_step_the_canvas_is_as_if_it_had_been_painted_whole(bench: Bench, text: str) -> None:
    bench.rewrite(text)
    playback = bench.model.playback
    playback.go(0)
    _whole(bench)
    for step in [*range(1, playback.length + 1), playback.length - 1, 0, playback.length // 2]:
        playback.go(step)
        _check(bench, step)


@pytest.mark.parametrize(("zoom", "name"), [(0.45, "dark"), (1.3, "light")])
def test_so_it_is_in_every_theme_and_size_and_while_a_leaf_is_dragged(bench: Bench, zoom: float, name: str) -> None:
    usual, model = theme.current().name, bench.model
    bench.rewrite(NETWORK)
    try:
        theme.set_theme(name)
        bench.canvas.viewport.zoom(zoom / bench.canvas.viewport.camera.scale)
        model.choose(frozenset({bench.key_of("h1")}))
        for step in (0, 1, 5, 20, 34, 36, 45, model.playback.length):
            model.playback.go(step)
            _check(bench, step)
            for value in (0.5, 0.0):
                model.set_input("w11", value)
                _check(bench, (step, value))
        model.document.undo_stack.undo()
        _check(bench, "undone")
    finally:
        theme.set_theme(usual)


def test_a_step_paints_a_part_of_the_canvas(bench: Bench) -> None:
    bench.rewrite(NETWORK)
    playback, canvas = bench.model.playback, bench.canvas
    canvas.viewport.zoom(0.6 / canvas.viewport.camera.scale)
    playback.go(1)
    _whole(bench)
    counted, shares = Painted(), list[float]()
    canvas.installEventFilter(counted)
    for _step in range(12):
        counted.pixels = 0
        playback.step()
        _seen(bench)
        shares.append(counted.pixels / (canvas.width() * canvas.height()))
    assert all(shares) and sum(share < 0.5 for share in shares) >= 6  # it follows the node at work now and then


def test_another_graph_another_largest_gradient_or_a_fault_may_be_anywhere(bench: Bench) -> None:
    bench.model.rewrite("log(x)*y + x", "")
    playback, shown = bench.model.playback, bench.canvas.shown
    playback.go(playback.length)
    worked = bench.model.worked
    assert worked is not None
    last, earlier = worked.state(playback.length), worked.state(1)
    assert changed_areas(shown, earlier, worked.state(2)) is not None and changed_areas(shown, last, last) == []
    assert changed_areas(shown, earlier, last) is None
    bench.model.set_input("x", -1.0)
    fault = bench.model.worked
    assert fault is not None and changed_areas(shown, last, fault.state(playback.length)) is None
    bench.model.rewrite("x", "")
    assert changed_areas(shown, last, bench.model.state) is None
