"""A fault in a paint method is drawn and told once, and no painter is left open by it."""

from __future__ import annotations

import ast
import gc
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyqtgraph import AxisItem
from PySide6.QtCore import QStringListModel
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QListView, QPlainTextEdit, QStyledItemDelegate, QWidget
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

import app
from app.kit import theme
from app.kit.charts.chart import LineChart
from app.kit.charts.overlay import Overlay
from app.kit.widgets.painted import Painted, guarded


class Torn(Painted):
    """Leaves painters open: one on a pixmap, one of its own."""

    fails = True

    def paint(self, painter: QPainter) -> None:
        kept = QPixmap(20, 20)
        inner = QPainter(kept)
        if self.fails:
            raise ZeroDivisionError(f"painting {painter.device()}")
        inner.end()


class TornText(QPlainTextEdit):
    """A scroll area, which paints its viewport."""

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.drawText(0, 0, str(1 / 0))


class TornDelegate(QStyledItemDelegate):
    @guarded
    def paint(self, painter: QPainter, *_: object) -> None:
        raise ZeroDivisionError("no cell")


def torn_list() -> QWidget:
    view = QListView()
    view.setModel(QStringListModel(["a", "b", "c"], view))
    view.setItemDelegate(TornDelegate(view))
    return view


@pytest.mark.parametrize("kind", [Torn, TornText, torn_list])
def test_a_fault_is_told_once_and_drawn(kind: type[QWidget], qtbot: QtBot) -> None:
    widget = kind()
    qtbot.addWidget(widget)
    widget.resize(300, 120)
    with capture_exceptions() as told:
        pictures = [widget.grab().toImage() for _ in range(3)]
        gc.collect()  # a pixmap that goes while it is painted on ends the process
    assert [found[0] for found in told] == [ZeroDivisionError]
    colours = {pictures[-1].pixelColor(x, y).name() for x in range(300) for y in range(120)}
    assert len(colours) > 5, "no sentence is drawn"


@pytest.mark.parametrize("part", ["overlay", "axis"])
def test_a_fault_within_a_chart_is_told_and_drawn(part: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """pyqtgraph's items paint themselves in Python, called by Qt in the midst of the chart's own paint event."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError(part)

    chart = LineChart()
    qtbot.addWidget(chart)
    chart.resize(300, 200)
    chart.grab()
    monkeypatch.setattr(*((Overlay, "paint") if part == "overlay" else (AxisItem, "drawPicture")), fail)
    with capture_exceptions() as told:
        for _ in range(2):
            for axis in chart.getPlotItem().axes.values():
                axis["item"].picture = None
            whole = chart.grab().toImage()
        gc.collect()
    assert [found[0] for found in told] == [ZeroDivisionError] * (1 if part == "overlay" else 2)
    red = theme.colour("danger").name()
    assert red in {whole.pixelColor(x, y).name() for x in range(300) for y in range(200)}


def test_what_can_be_drawn_again_is(qtbot: QtBot) -> None:
    widget = Torn()
    qtbot.addWidget(widget)
    widget.resize(300, 120)
    whole = QPixmap(300, 120)
    with capture_exceptions():
        broken = widget.grab().toImage()
    widget.fails = False
    assert whole.size() == widget.grab().size() and widget.grab().toImage() != broken


def unguarded(path: Path) -> Iterator[str]:
    """Methods of a module that Qt calls to paint, and that an exception can leave."""
    for kind in ast.walk(ast.parse(path.read_text("utf-8"))):
        for method in kind.body if isinstance(kind, ast.ClassDef) else ():
            if not isinstance(method, ast.FunctionDef):
                continue
            names = [argument.arg for argument in method.args.args]
            called_by_qt = method.name == "paintEvent" or (method.name == "paint" and "option" in names)
            if called_by_qt and "guarded" not in map(ast.unparse, method.decorator_list):
                yield f"{path}:{method.lineno} {kind.name}.{method.name}"


def test_every_paint_method_that_qt_calls_is_guarded() -> None:
    found = [fault for path in Path(app.__path__[0]).rglob("*.py") for fault in unguarded(path)]
    assert not found, "\n".join(found)
