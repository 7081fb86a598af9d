"""The plots as marks, without a window."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeGuard

import numpy as np
import pytest

from app.kit.drawing.cursor import CursorMark
from app.kit.drawing.drawing import Drawing, Frame, reconcile
from app.kit.drawing.marks import Disc, Formula, Group, Line, Mark, Text, fitting_text, text_width
from app.workspaces.activations.functions import ComparedFunction
from app.workspaces.activations.keys import CURSOR, SLOPE, X, Y
from app.workspaces.activations.plots import Plots, axes_of, draw_plots
from app.workspaces.activations.words import zone_words
from engine.activations import ACTIVATIONS
from engine.activations.scalar import scalar_of

FRAME = Frame(640.0, 560.0)
SHOWN = tuple(
    ComparedFunction(key, key, slot, scalar_of(ACTIVATIONS[key])) for slot, key in enumerate(("tanh", "relu"))
)
PLOTS = Plots(SHOWN, cursor=1.2, why="no layer yet")

pytestmark = pytest.mark.usefixtures("qapp")


def marks_of(drawing: Drawing) -> list[Mark]:
    return [inner for mark in drawing.marks for inner in (mark.marks if isinstance(mark, Group) else (mark,))]


def tangents(drawing: Drawing) -> list[Line]:
    return [mark for mark in marks_of(drawing) if isinstance(mark, Line) and mark.width == 7.0]


def test_the_points_stand_on_the_curves_at_the_cursor() -> None:
    drawing, (f, slope, _) = draw_plots(PLOTS, FRAME), axes_of(PLOTS, 640.0, 560.0)
    for kind, axes, value in ((Y, f, np.tanh(1.2)), (SLOPE, slope, 1 - np.tanh(1.2) ** 2)):
        part = drawing.part((kind, "tanh"))
        assert part is not None and isinstance(part.mark, Disc)
        assert (part.mark.x, part.mark.y) == pytest.approx(axes.at(1.2, value))
        assert drawing.hit(part.mark.x, part.mark.y) == part


def test_only_the_cursor_and_what_stands_at_it_differs_when_it_moves() -> None:
    before = draw_plots(PLOTS, FRAME)
    marks, _ = reconcile(before.marks, draw_plots(replace(PLOTS, cursor=1.3), FRAME).marks)
    kept = [mark for mark, old in zip(marks, before.marks, strict=True) if mark is old]
    assert sum(isinstance(mark, Group) and mark.cached for mark in kept) == 2 + 2 * len(SHOWN)
    assert {mark.key for mark in marks if mark not in before.marks and mark.key} == {
        CURSOR, *((kind, one.key) for kind in (Y, SLOPE) for one in SHOWN)
    }  # fmt: skip


def test_a_slope_that_is_to_be_guessed_is_drawn_nowhere() -> None:
    drawing = draw_plots(replace(PLOTS, hidden=True), FRAME)
    assert [part.key for part in drawing.keyed] == [CURSOR, (Y, "tanh"), (Y, "relu")] and tangents(drawing) == []
    assert "not shown yet" in drawing.keyed[0].spoken and len(tangents(draw_plots(PLOTS, FRAME))) == 2
    assert drawing.table().header == ("x", "tanh f", "relu f")


def test_there_is_no_tangent_at_a_kink() -> None:
    assert [mark.stroke for mark in tangents(draw_plots(replace(PLOTS, cursor=0.0), FRAME))] == ["series 0 of 9 28%"]


def test_what_is_pointed_at_stands_out() -> None:
    plain, lit = (draw_plots(replace(PLOTS, lit=keys), FRAME) for keys in (frozenset(), frozenset({(SLOPE, "tanh")})))
    for kind in (Y, SLOPE):
        radii = []
        for drawing in (plain, lit):
            part = drawing.part((kind, "tanh"))
            assert part is not None and isinstance(part.mark, Disc)
            radii.append(part.mark.radius)
        assert radii[1] > radii[0]
    marks = draw_plots(replace(PLOTS, lit=frozenset({(X, "")})), FRAME).marks
    assert 3.0 in [mark.width for mark in marks if isinstance(mark, Line)]


def test_where_there_is_no_layer_it_says_why() -> None:
    drawing = draw_plots(PLOTS, FRAME)
    assert any(isinstance(mark, Text) and mark.text == "no layer yet" for mark in marks_of(drawing))
    assert drawing.description.endswith("no layer yet")
    (cursor,) = [mark for mark in drawing.marks if isinstance(mark, CursorMark)]
    assert cursor.value == 1.2 and cursor.input.zooms


@pytest.mark.parametrize("cursor", np.linspace(-5.9, 5.9, 9))
def test_the_line_at_the_cursor_goes_through_no_heading(cursor: float) -> None:
    marks = marks_of(draw_plots(replace(PLOTS, cursor=cursor), FRAME))
    lines = [
        mark for mark in marks if isinstance(mark, Line) and mark.stroke == "accent" and mark.start[0] == mark.end[0]
    ]
    headings = [mark for mark in marks if isinstance(mark, Text) and mark.size >= 12 and mark.align == "left middle"]
    assert len(lines) == 3 and len(headings) >= 3 and any(isinstance(mark, Formula) for mark in marks)
    for line in lines:
        for left, top, wide, high in (heading.ink_rect for heading in headings):
            crosses = line.start[1] < top + high and top < line.end[1] and left < line.start[0] < left + wide
            assert not crosses


@pytest.mark.parametrize("width", [380.0, 420.0, 500.0, 640.0, 900.0])
def test_what_a_heading_says_is_whole_at_every_width(width: float) -> None:
    (heading,) = (mark for mark in marks_of(draw_plots(PLOTS, Frame(width, 560.0))) if says(mark, "thick strokes"))
    assert text_width(heading.text, 12) <= heading.rect[2] and heading.text.endswith(("at the cursor", "plotted below"))
    function = ACTIVATIONS["tanh"]
    rule = fitting_text(zone_words(function, function.profile(None)), width - 40.0, 12)
    assert text_width(rule, 12) <= width - 40.0 and rule.endswith(
        (f"{function.saturation_bounds()[1]:.2f}", "of its largest")
    )


def says(mark: Mark, words: str) -> TypeGuard[Text]:
    return isinstance(mark, Text) and mark.text.startswith(words)
