"""What a frame costs while a number is dragged: a formula of some sixty parts, and the outline of a large drawing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from app.kit.formula.boxes import Box, Fenced, Fraction, Keyed, Maths, Over, Row, Script, Words, operator, relation
from app.kit.formula.view import FormulaView
from app.kit.inks import number_ink
from app.kit.widgets.outline_tree import OutlineItem, OutlineTree
from checks.bench import measure

FRAMES = 120
FRAME_BAR_MS, OUTLINE_BAR_MS = 4.0, 16.0
TERMS, NODES = 12, 2000
SIZE_PX, WIDTH, HEIGHT = 18.0, 1100, 120


def _term(number: int, frame: int) -> Box:
    """``wᵢ · xᵢ`` with its numbers underneath: five parts."""
    value = (0.37 * number + 0.01371 * frame) % 3.0 - 1.5
    boxes: list[Box] = []
    for letter, size in (("w", value), ("x", -value)):
        words = Keyed((letter, number, "value"), Words(f"{size:.3f}", number_ink(size), True))
        boxes.append(Over(Keyed((letter, number), Maths(f"{letter}_{{{number}}}")), words))
    return Keyed(number, Row((boxes[0], operator(r"\cdot"), boxes[1])))


def _neuron(frame: int) -> Box:
    """The logistic of a sum of twelve products, written out."""
    terms = [box for number in range(TERMS) for box in (_term(number, frame), operator("+"))]
    below = Row((Maths("1"), operator("+"), Script(Maths("e"), Row((Maths("{-}"), Fenced(Row(tuple(terms[:-1]))))))))
    return Row((Maths("y"), relation("="), Fraction(Maths("1"), below)))


def _drag(view: FormulaView, image: QImage, frames: Iterator[int]) -> Callable[[], None]:
    def work() -> None:
        frame = next(frames)
        view.set_box(_neuron(frame))
        view.light({("w", frame % TERMS), ("w", frame % TERMS, "value")})
        view.render(image)

    return work


def _formula(ratio: int, frames: Iterator[int]) -> measure.Row:
    view = FormulaView(_neuron(0), SIZE_PX)
    view.resize(WIDTH, HEIGHT)
    image = QImage(ratio * WIDTH, ratio * HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    cost = 1e3 * measure.median_seconds(_drag(view, image, frames), FRAMES)
    parts = len(view.laid_out.keyed)
    return measure.at_most(
        f"a dragged number's frame in a formula of {parts} parts, {ratio}×", cost, "ms", FRAME_BAR_MS
    )


def _outline() -> measure.Row:
    tree = OutlineTree("nodes")
    tree.resize(260, 600)
    tree.show()
    shown = [
        tuple(OutlineItem(node, f"v{node}", number=0.5 + step, note="exp") for node in range(NODES)) for step in (0, 1)
    ]
    turn = 0

    def work() -> None:
        nonlocal turn
        turn += 1
        tree.show_items(shown[turn % 2])
        tree.viewport().repaint()

    cost = 1e3 * measure.median_seconds(work, FRAMES)
    tree.close()
    return measure.at_most(f"other numbers in an outline of {NODES:,} rows", cost, "ms", OUTLINE_BAR_MS)


def run() -> list[measure.Row]:
    """A frame of each."""
    application = QApplication.instance() or QApplication([])
    frames = count(1)  # numbers that were not written before: a drag meets no others
    rows = [_formula(1, frames), _formula(2, frames), _outline()]
    application.processEvents()
    return rows
