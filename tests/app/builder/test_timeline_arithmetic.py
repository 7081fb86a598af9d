"""Arithmetic set piece by piece looks as the typesetter itself would set it."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.builder.timeline.arithmetic import set_arithmetic
from app.kit.typeset import typeset

LINES = (
    r"{-}2.803 = -1.63 \cdot 0.65 + 1.00 \cdot ({-}1.00) + \ldots - 0.07 \quad {-}0.993 = \mathrm{tanh}({-}2.803)",
    r"0.0117 = \frac{1}{2} ({-}0.85 + 1.00)^2 \quad \overline{L} = 1.2{\cdot}10^{-5}",
    r"a = ({-}0.74, 0.04) \quad \partial L/\partial w_{13} = 0.043 \cdot ({-}1.00) = {-}0.043",
    r"\Delta w_{5,12} = {-}\infty \quad z_{2} = \mathrm{NaN}",
    r"0.50 = \mathrm{Leaky\ ReLU}(0.50)",
)


@pytest.mark.parametrize("line", LINES)
def test_same_room_as_the_typesetter(line: str, qtbot: QtBot) -> None:
    quick, slow = set_arithmetic(line, 20), typeset(line, 20)
    assert quick.width == pytest.approx(slow.width, rel=0.02)
    assert quick.ascent == pytest.approx(slow.ascent, abs=1.0)
    assert quick.path.boundingRect().width() == pytest.approx(slow.path.boundingRect().width(), rel=0.02)


def test_what_is_no_arithmetic_is_left_to_the_typesetter(qtbot: QtBot) -> None:
    line = r"\frac{\sqrt{a}}{b}"
    assert set_arithmetic(line, 20).width == pytest.approx(typeset(line, 20).width)
