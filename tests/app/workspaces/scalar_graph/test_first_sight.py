"""While the page is being built, nothing comes into sight before what is in it."""

from __future__ import annotations

from app.workspaces.scalar_graph.computation import shape_of
from app.workspaces.scalar_graph.page import ScalarGraphPage
from engine.autodiff.document import ExpressionSheet
from tests.app.workspaces.scalar_graph.conftest import Bench


def test_the_field_says_what_is_open_from_its_first_moment(bench: Bench) -> None:
    page = ScalarGraphPage(bench.page.host)
    seen = []
    for part in page.parts():
        part()
        field = getattr(page.widget, "field", None)
        if field is not None:
            seen.append(field.edit.toPlainText())
    assert len(seen) > 3 and set(seen) == {page.document.value.text}
    page.close()
    for made in (page.bar, page.widget):
        made.deleteLater()


def test_a_drawing_that_was_made_ready_is_looked_up_and_not_gone_through() -> None:
    shape = shape_of(ExpressionSheet(text="x*y + exp(x)", inputs={"x": 1.0, "y": 2.0}), None)
    shape.prepare()
    drawing = shape.drawing
    known = set(vars(drawing))
    assert drawing.links_in(drawing.bounds) == list(range(len(drawing.links)))
    assert drawing.knots_in(drawing.bounds) == list(range(len(drawing.knots)))
    drawing.beyond(drawing.bounds)
    assert set(vars(drawing)) == known
