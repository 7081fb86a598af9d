"""Symbols set piece by piece take the room that the typesetter itself would give them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.builder.timeline.symbols import set_symbols
from app.kit.typeset import typeset

LINES = (
    r"z_{5}^{(1)} = w_{51}^{(1)} a_{1}^{(0)} + w_{52}^{(1)} a_{2}^{(0)} + b_{5}^{(1)}",
    r"\delta_{4}^{(2)} = (\Sigma_j\, w_{j4}^{(3)} \delta_j^{(3)})\,f'(z_{4})",
    r"\partial L/\partial w_{10,2k}^{(3)} = \Sigma_i\, \delta_{10}^{(3)} a_k^{(2)}",
    r"a_{1} = \gamma\,\frac{z - \mu}{\sqrt{\sigma^2 + \varepsilon}} + \beta",
    r"\hat{m} = m / (1 - \beta_1^{12})",
    r"w_{12} \leftarrow w_{12} + \Delta w",
)


@pytest.mark.parametrize("line", LINES)
def test_same_room_as_the_typesetter(line: str, qtbot: QtBot) -> None:
    quick, slow = set_symbols(line, 20), typeset(line, 20)
    assert quick.width == pytest.approx(slow.width, rel=0.12)
    assert quick.ascent == pytest.approx(slow.ascent, abs=4.0)
    assert quick.descent == pytest.approx(slow.descent, abs=4.0)


def test_what_is_whole_stays_whole(qtbot: QtBot) -> None:
    line = r"\frac{a_{1} + b}{c_{2} = d}"
    assert set_symbols(line, 20).width == pytest.approx(typeset(line, 20).width)
