"""What PySide reads of the modules that are imported after it is not kept."""

from __future__ import annotations

import subprocess
import sys

import pytest

IMPORTED = """
import linecache, sys
from PySide6.QtCore import QObject
from app.shell.application import keep_no_sources
if sys.argv[1] == "none":
    keep_no_sources()
    keep_no_sources()
before = set(linecache.cache)
import wave
from shibokensupport.feature import pyside_feature_dict
assert "wave" in pyside_feature_dict  # PySide has looked
print(wave.__file__ in set(linecache.cache) - before)
print(linecache.getline(wave.__file__, 1) != "")
"""


@pytest.mark.process
@pytest.mark.parametrize("kept", ["all", "none"])
def test_the_lines_of_a_module_are_not_kept_but_can_be_had(kept: str) -> None:
    found = subprocess.run([sys.executable, "-c", IMPORTED, kept], capture_output=True, text=True, check=True)
    assert found.stdout.split() == [str(kept == "all"), "True"]
