"""While a number is dragged, nothing is laid out or painted that it does not change, and nothing is left as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from app.kit.drawing.drawing import Frame
from app.kit.drawing.marks import Group, Line, Text
from app.workspaces.neuron.dock import WHY
from app.workspaces.neuron.layer_card import FIRST, SECOND, LayerData, draw_layer
from app.workspaces.neuron.model import ALL, STAGES, NeuronModel, SignalStage, UnitPart
from app.workspaces.neuron.page import NeuronPage
from engine.neuron.tables import TABLES
from tests.app.window_rig import Opened

FORMAT = QImage.Format.Format_RGB32
EDITS: tuple[Callable[[NeuronModel], object], ...] = (
    lambda model: model.set_weight(0, -1.5, "drag"),
    lambda model: model.set_weight(0, 0.37, "drag"),
    lambda model: model.set_bias(-2.0),
    lambda model: model.look_at(0),
    lambda model: model.point_at((UnitPart.WIRE, 0)),
    lambda model: model.point_at((UnitPart.OUTPUT, ALL)),
    lambda model: model.set_walk(2),
    lambda model: model.set_walk(None),
    lambda model: model.set_output("logistic"),
    lambda model: model.choose_table(TABLES["and"]),
    lambda model: model.set_guessing(True),
    lambda model: model.choose_own(1),
)
pytestmark = pytest.mark.shares_window


class Count(QObject):
    """How often a widget has had an event of a kind."""

    def __init__(self, kind: QEvent.Type, *widgets: QWidget) -> None:
        super().__init__()
        self._kind, self.times = kind, 0
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == self._kind
        return super().eventFilter(watched, event)


@pytest.fixture
def page(window: Opened) -> NeuronPage:
    found = window.window.pages.current
    assert isinstance(found, NeuronPage)
    QApplication.processEvents()
    return found


def on_screen(window: QWidget, widget: QWidget) -> QImage:
    """What the window shows of a widget, piece by piece as it was painted."""
    QApplication.processEvents()
    whole = window.screen().grabWindow(window.winId())
    return whole.copy(QRect(widget.mapTo(window, QPoint()), widget.size())).toImage().convertToFormat(FORMAT)


def test_a_weight_that_is_dragged_lays_out_nothing_but_its_own_line(page: NeuronPage) -> None:
    page.model.set_weight(0, 0.51, "drag")
    for _ in range(30):  # what the window's opening has left to be laid out goes up from parent to parent
        QApplication.processEvents()
    line = Count(QEvent.Type.LayoutRequest, page.sum_line)
    around = Count(QEvent.Type.LayoutRequest, page.widget, page.dock, page.dock.hidden, page.left)
    for number in range(2, 10):
        page.model.set_weight(0, 0.5 + number / 100, "drag")
        QApplication.processEvents()
    assert line.times and not around.times


def test_two_units_that_do_it_are_painted_again_only_where_they_are_others(page: NeuronPage) -> None:
    page.dock.show_tab(WHY)
    picture = page.dock.hidden.picture
    page.model.set_parameters((-0.1, 3.0), -0.2)  # parts nothing that helps with XOR: the two are others
    QApplication.processEvents()
    layer, painted = page.dock.hidden.layer, Count(QEvent.Type.Paint, picture)
    assert layer is not None and not layer.keeps
    page.model.set_parameters((-0.12, 3.0), -0.2)
    QApplication.processEvents()
    assert page.dock.hidden.layer == layer and not painted.times
    page.model.set_parameters((1.0, 1.0), -0.25)
    QApplication.processEvents()
    assert page.dock.hidden.layer != layer and painted.times


def test_h1_and_h2_keep_their_colours_from_their_own_planes_to_y(page: NeuronPage) -> None:
    drawing = draw_layer(cast(LayerData, page.dock.hidden.picture.data), Frame(420, 120))
    planes = [mark for mark in drawing.marks if isinstance(mark, Group)]
    inks = [[mark.stroke for mark in plane.marks if isinstance(mark, Line)] for plane in planes]
    assert inks == [[FIRST], [SECOND], [FIRST, SECOND]]
    captions = {mark.text[:2]: mark.ink for mark in drawing.marks if isinstance(mark, Text)}
    assert (captions["h₁"], captions["h₂"]) == (FIRST, SECOND)


@pytest.mark.parametrize("inputs", [2, 3])
def test_what_is_painted_again_in_part_is_never_stale(window: Opened, page: NeuronPage, inputs: int) -> None:
    """Of what reads otherwise now, all is painted: the same as if the whole were."""
    model, why = page.model, page.dock.why
    model.choose_table(TABLES["xor"] if inputs == 2 else TABLES["majority"])
    page.dock.show_tab(WHY)
    flips = tuple(lambda model, row=row: model.flip_target(row) for row in (0, 2, 3, 2, 0, 3))
    for number, edit in enumerate((*EDITS[:9], *flips)):
        edit(model)
        for view in (page.stage, why, page.right.plane):
            shown = on_screen(window.window, view)
            view.update()
            assert on_screen(window.window, view) == shown, (number, type(view))


@pytest.mark.parametrize(("row", "stage"), [(0, SignalStage.NOTHING), *((3, one) for one in list(SignalStage)[1:-1])])
def test_what_is_painted_again_of_a_row_on_its_way_is_never_stale(
    window: Opened, page: NeuronPage, row: int, stage: SignalStage
) -> None:
    """What is not known yet is dashed, whatever it was painted together with."""
    model, view = page.model, page.stage
    model.choose_table(TABLES["xor"])
    model.set_parameters((1.0, 1.0), -0.5)
    model.set_walk(row * STAGES + stage)
    assert (model.content.row, model.stage) == (row, stage)
    on_screen(window.window, view)
    for advance in (0.0, 0.5):
        model.set_advance(advance)
        for weight, bias in ((3.3, -0.5), (-2.0, -0.5), (1.0, -5.0), (0.4, 0.5)):
            model.set_weight(1, weight, "drag")
            model.set_bias(bias, "drag")
            shown = on_screen(window.window, view)
            view.update()
            assert on_screen(window.window, view) == shown, (advance, weight)
