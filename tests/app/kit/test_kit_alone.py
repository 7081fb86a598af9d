"""The kit serves any workspace, so it may know none of them, and no document."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.process

PROGRAM = """
import importlib, pkgutil, sys
import app.kit
names = [found.name for found in pkgutil.walk_packages(app.kit.__path__, "app.kit.")]
assert len(names) > 30, names
for name in names: importlib.import_module(name)
print(*sorted(name for name in sys.modules if name.startswith("app.") and not (name + ".").startswith("app.kit.")))
"""


def test_importing_the_whole_kit_loads_nothing_else_of_the_window() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
