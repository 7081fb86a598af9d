"""What can be typed is listed where one looks for it."""

from __future__ import annotations

import re
from pathlib import Path

from engine.autodiff import FUNCTIONS


def test_the_readme_lists_every_function() -> None:
    text = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    listed = re.search(r"An expression has .*?`(exp [^`]*)`", text, re.DOTALL)
    assert listed is not None and tuple(listed[1].split()) == tuple(FUNCTIONS)
