"""The words of the neuron's card: numbers as rich text, those that can be edited as links in their sign's colour."""

from __future__ import annotations

from html import escape

from app.builder.canvas.neuron_line import NeuronLine, Term
from app.builder.timeline.written import write
from app.kit import look
from app.kit.numbers import read, to_digits
from app.kit.numbers import written as typed
from app.kit.typeset import plain_text
from engine.training.lines.expression import Line, Number, Product

MOST_TERMS = 6
"""Summands written out in the line z = …; the others are counted."""


def product(weight: float, value: float) -> str:
    """``· 0.61 = 0.51``: what comes of the weight as its box shows it."""
    shown = read(typed(weight)) or 0.0
    written = write(Line("", "", (Product((Number(shown, exact=True), Number(value))),), Number(shown * value)))
    return f"· {written.text.partition(' · ')[2]}" if written.steps else f"= {written.text}"


def link(target: str, text: str, value: float, *, underlined: bool = False) -> str:
    """A number that leads to its editor, or ``underlined`` to its origin, in the colour of its sign, as its wire is."""
    line = "underline" if underlined else "none"
    return f"<a href='{target}' style='color:{look.signed_text(value).name()};text-decoration:{line}'>{text}</a>"


def _weight_link(target: str, value: float) -> str:
    return link(target, _bracketed(value), value)


def weights_alone(line: NeuronLine) -> str:
    """``z = 0.83·x₁ + (−1.2)·x₂ + 0.07``: what the neuron does to any sample."""
    pieces = [
        f"{_weight_link(f'W/{line.unit}/{term.column}', term.weight)} · {escape(_input_name(line, term))}"
        for term in line.terms[:MOST_TERMS]
    ]
    if len(line.terms) > MOST_TERMS:
        pieces.append("…")
    if line.bias is not None:
        pieces.append(_weight_link(f"b/{line.unit}", line.bias))
    return f"z = {' + '.join(pieces)}"


def _input_name(line: NeuronLine, term: Term) -> str:
    """``x₁``, or ``a₁`` of the layer before."""
    return term.name if line.from_input else plain_text(f"a_{{{term.column + 1}}}")


def _bracketed(value: float) -> str:
    text = to_digits(value, 3)
    return f"({text})" if value < 0 else text
