"""The program ends as it was told to, whatever its threads are doing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

SCRIPT = """
import sys
import threading
from time import sleep

from PySide6.QtGui import QImage

from app.kit import ending
from app.kit.background import Background
from app.kit.folders import passing_file

started = threading.Event()

def without_end(job):
    image = QImage(300, 300, QImage.Format.Format_ARGB32)
    started.set()
    while True:
        image.scaled(700, 700)

def soon(job):
    started.set()
    sleep(0.3)
    print("waited for")

background = Background("test", latest_only=True)
background.request({work})
started.wait()
background.close()
passing = passing_file()
passing.write_text("handed over")
print("before")
ending.MOMENT_SECONDS = {moment}
sys.exit(ending.leave(3))
"""


def left(work: str, moment: float) -> subprocess.CompletedProcess[str]:
    """How a program ends whose thread does some work, for which it waits a moment."""
    script = SCRIPT.format(work=work, moment=moment)
    command = [sys.executable, "-c", script]
    with TemporaryDirectory() as folder:
        env = os.environ | {"TMPDIR": folder}
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env=env)
        assert not list(Path(folder).glob("neuroloom-*")), "what was handed over is left behind"
    return ended


@pytest.mark.process
def test_work_within_qt_that_never_ends_neither_keeps_the_process_nor_has_it_aborted() -> None:
    for _ in range(3):  # an abort is a matter of where the thread just is
        ended = left("without_end", 0.2)
        assert (ended.returncode, ended.stdout, ended.stderr) == (3, "before\n", "")


@pytest.mark.process
def test_work_that_ends_in_a_moment_is_waited_for() -> None:
    ended = left("soon", 60.0)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "before\nwaited for\n", "")
