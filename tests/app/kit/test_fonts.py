"""The bundled font is one that Qt can load, in the weights that the theme asks for."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontDatabase

import assets


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold", "Bold"])
def test_inter_loads(qapp: object, weight: str) -> None:
    number = QFontDatabase.addApplicationFont(str(assets.path(f"fonts/Inter-{weight}.otf")))
    families = QFontDatabase.applicationFontFamilies(number)
    QFontDatabase.removeApplicationFont(number)
    assert families and families[0].startswith("Inter")
