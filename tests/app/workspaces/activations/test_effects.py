"""The list of what a layer's z would make of each function, as marks."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QApplication

from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Rectangle, Text, text_of
from app.workspaces.activations.keys import SHARE
from app.workspaces.activations.layer_use import BAR, CHOOSE, LINE, ActivationEffect, draw_effects

TANH = ActivationEffect("tanh", "tanh", "series 1 of 9", "saturated, |z| > 2.18", 0.31, "31 %", True, False)
RELU = ActivationEffect("relu", "ReLU", "series 2 of 9", "off, z ≤ 0", 0.0, "0 %", False, True)
SOFTMAX = replace(RELU, key="softmax", name="softmax", share=None, share_text="–", is_chosen=False)
FRAME = Frame(300, 92)


def words_of(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, Text)]


def bars_of(drawing: Drawing) -> list[float]:
    """The widths of the bars, without their tracks."""
    marks = [mark for mark in drawing.marks if isinstance(mark, Rectangle) and mark.rect[3] == BAR]
    return [mark.rect[2] for mark in marks if mark.fill != "track"]


def test_a_row_says_what_is_lost_and_its_bar_is_as_long(qapp: QApplication) -> None:
    drawing = draw_effects((TANH, RELU, SOFTMAX), FRAME)
    assert words_of(drawing)[:4] == ["tanh", "now", "saturated, |z| > 2.18", "31 %"]
    assert bars_of(drawing) == [0.31 * (300 - 16)]  # nothing for what loses nothing, or is not known
    assert drawing.height == 92
    assert "ReLU: off, z ≤ 0, 0 %" in drawing.description


def test_rows_are_chosen_and_known_numbers_asked(qapp: QApplication) -> None:
    drawing = draw_effects((TANH, RELU, SOFTMAX), FRAME)
    keys = [part.key for part in drawing.keyed]
    assert keys == [(CHOOSE, "tanh"), (SHARE, "tanh"), (CHOOSE, "relu"), (SHARE, "relu"), (CHOOSE, "softmax")]
    row, number = (drawing.part((kind, "tanh")) for kind in (CHOOSE, SHARE))
    assert row is not None and number is not None
    assert text_of(row.tip).startswith("tanh: saturated, |z| > 2.18, 31 %") and number.value == 0.31
    x, y, width, height = number.rect
    assert drawing.hit(x + width / 2, y + height / 2) == number
    found = drawing.hit(40.0, 12.0)
    assert found is not None and found.key == (CHOOSE, "tanh")


def test_the_chosen_row_stands_on_a_soft_ground(qapp: QApplication) -> None:
    grounds = [m.fill for m in draw_effects((TANH, RELU), FRAME).marks if isinstance(m, Rectangle) and m.corner == 7.0]
    assert grounds == ["", "accent_soft"]
    pointed = draw_effects((TANH, RELU), replace(FRAME, pointed=(CHOOSE, "tanh")))
    assert next(m.fill for m in pointed.marks if isinstance(m, Rectangle)) == "raised"


def test_words_that_have_no_room_beside_the_name_stand_beneath_it_whole(qapp: QApplication) -> None:
    long = "too large for a number for 16 of 2,000 z; saturation not counted: f′ has no largest value"
    drawing = draw_effects((TANH, replace(RELU, words=long), SOFTMAX), FRAME)
    (words,) = [mark for mark in drawing.marks if isinstance(mark, Text) and mark.text == long]
    assert words.wrap and words.rect[1] == 31.0 + 20.0 and words.rect[3] >= 2 * LINE
    assert drawing.height == 92 + words.rect[3]
    third = drawing.part((CHOOSE, "softmax"))
    assert third is not None and third.rect[1] == 2 * 31.0 + words.rect[3]
