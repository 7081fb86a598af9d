"""The chain rule so far as marks; where a slope means nothing its products say so, also those that are finite."""

from __future__ import annotations

import math

import pytest

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Rectangle, Text
from app.workspaces.scalar_graph.computation import GradientOf, compute
from app.workspaces.scalar_graph.explanations.origin import fact_of
from app.workspaces.scalar_graph.explanations.slope import MOST_ROWS, ChainFactor, draw_chain, links_to
from app.workspaces.scalar_graph.player import sentence_of
from engine.autodiff.document import ExpressionSheet


def chain(text: str, steps: int | None = None, **inputs: float) -> tuple[tuple[ChainFactor, ...], Drawing]:
    """The links to the first input after so many steps, of the whole pass where none are given, and their drawing."""
    worked = compute(ExpressionSheet(text=text, inputs=inputs), None)
    state = worked.state(worked.steps if steps is None else steps)
    links = links_to(worked, state, next(iter(worked.graph.variables.values())), MOST_ROWS)
    return links, draw_chain(links, Frame(290, 300))


def inks(drawing: Drawing) -> list[str]:
    """The inks of products and bars."""
    products = [mark.ink for mark in drawing.marks if isinstance(mark, Text) and "right" in mark.align]
    return products + [mark.fill for mark in drawing.marks if isinstance(mark, Rectangle) and mark.key is None]


def test_a_finite_product_that_means_nothing_has_the_colour_of_a_fault(qapp: object) -> None:
    links, drawing = chain("3/(1/x)", x=0.0)
    assert any(link.product is not None and math.isfinite(link.product) for link in links)
    assert len(links) == 3 and all(link.hollow for link in links)
    assert set(inks(drawing)) == {"danger", "text_muted"} and inks(drawing).count("danger") == 3
    assert "! 1" in drawing.description
    assert "danger" not in inks(chain("3/(1/x)", x=2.0)[1])


def test_each_row_multiplies_the_one_before_and_can_be_clicked(qapp: object) -> None:
    links, drawing = chain("1/(1 + exp(-x))", x=2.0)
    products = [link.product or 0.0 for link in links]
    for before, after, link in zip(products, products[1:], links[1:], strict=False):
        assert after == pytest.approx(before * (link.factor or 0.0), rel=1e-15)
    assert [part.key for part in drawing.keyed] == [link.key for link in links]
    assert drawing.height == 29.0 * 5 and "× 0.135335" in [m.text for m in drawing.marks if isinstance(m, Text)]


def test_what_is_not_known_yet_has_no_bar(qapp: object) -> None:
    links, drawing = chain("1/(1 + exp(-x))", steps=4, x=2.0)
    assert all(link.product is None for link in links) and set(inks(drawing)) == {"text_muted"}
    assert drawing.description.count("not yet") == 5


def test_a_branch_that_is_not_taken_is_said_to_be_handed_0(qapp: object) -> None:
    worked = compute(ExpressionSheet(text="relu(x)^0.5", inputs={"x": -1.0}), None)
    state = worked.state(worked.steps)
    assert state.current is not None and state.current in state.hollow, "∞ arrives there"
    said = sentence_of(worked, state).plain
    assert "hands 0 to x" in said and "means anything" not in said
    fact = fact_of(worked, state, GradientOf(worked.graph.nodes[worked.graph.variables["x"]].key))
    assert fact is not None and fact.value == 0.0 and "branch isn't taken" in fact.sentence
