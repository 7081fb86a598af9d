"""What numpy asks for in the program leaves the C library's memory in small pages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

SMAPS = Path("/proc/self/smaps")

LARGE_ARRAY = """
import sys
from app.__main__ import tell_libraries
if sys.argv[1] == "told":
    tell_libraries()
import numpy as np
kept = np.empty(32 << 20, np.uint8)
print(sum(" hg" in line for line in open("/proc/self/smaps") if line.startswith("VmFlags")))
"""


def asked_for(how: str) -> int:
    """Stretches of memory for which huge pages are asked for while there is a large array."""
    environment = {name: value for name, value in os.environ.items() if name != "NUMPY_MADVISE_HUGEPAGE"}
    done = subprocess.run(
        [sys.executable, "-c", LARGE_ARRAY, how], capture_output=True, text=True, check=True, env=environment
    )
    return int(done.stdout)


@pytest.mark.process
@pytest.mark.skipif(not SMAPS.exists(), reason="Linux alone tells it")
def test_no_huge_pages_are_asked_for() -> None:
    if not asked_for("not"):
        pytest.skip("this system has none")
    assert asked_for("told") == 0
