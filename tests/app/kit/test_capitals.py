"""Headings in capitals: words are raised, symbols are not."""

import pytest

from app.kit.capitals import in_capitals


@pytest.mark.parametrize(
    ("text", "raised"),
    [
        ("Truth table", "TRUTH TABLE"),
        ("If Dense 3 used it, with this z", "IF DENSE 3 USED IT, WITH THIS z"),
        ("If a layer used it", "IF A LAYER USED IT"),
        ("step ‖Δθ‖", "STEP ‖Δθ‖"),
        ("GELU, exact and tanh", "GELU, EXACT AND tanh"),
        ("Leaky ReLU", "LEAKY ReLU"),
        ("Threshold θ = −b", "THRESHOLD θ = −b"),
        ("f′ and w₁x₁ at x = 2", "f′ AND w₁x₁ AT x = 2"),
        ("z before, a after", "z BEFORE, a AFTER"),
        ("this item’s map", "THIS ITEM’S MAP"),
        ("输入 z", "输入 z"),
        ("", ""),
    ],
)
def test_symbols_keep_their_case(text: str, raised: str) -> None:
    assert in_capitals(text) == raised
