"""The colours of each theme can be told apart."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from PySide6.QtGui import QColor

from app.kit.theme import DARK, LIGHT, Theme

LEAST_DIFFERENCE = 20.0
"""ΔE*ab: twice what one takes for another shade of the same colour."""
D65 = (0.9505, 1.0, 1.089)
"""The white point of sRGB."""


def lab(colour: str) -> tuple[float, float, float]:
    """CIE L*a*b* of an sRGB colour (IEC 61966-2-1, CIE 15)."""
    screen = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (screen.redF(), screen.greenF(), screen.blueF())
    )
    xyz = (
        0.4124 * red + 0.3576 * green + 0.1805 * blue,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        0.0193 * red + 0.1192 * green + 0.9505 * blue,
    )
    x, y, z = (
        math.cbrt(part / white) if part / white > 0.008856 else 7.787 * part / white + 16 / 116
        for part, white in zip(xyz, D65, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("field", ["classes", "series"])
def test_classes_and_series_have_colours_that_differ(theme: Theme, field: str) -> None:
    """Classes 1 and 2 are negative and positive: whoever changes these finds the class that looks the same."""
    for first, second in combinations(getattr(theme, field), 2):
        assert math.dist(lab(first), lab(second)) >= LEAST_DIFFERENCE, (first, second)
