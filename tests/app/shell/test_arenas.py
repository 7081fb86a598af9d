"""Threads share the C library's memory from when the window is there."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

COUNT = """
import ctypes, sys, tempfile, threading
from app.shell.arenas import share
if sys.argv[1] == "share":
    share()
libc = ctypes.CDLL(None)
libc.malloc.restype = libc.fopen.restype = ctypes.c_void_p
all_at_once = threading.Barrier(6)
def work():
    for _ in range(2000):
        libc.malloc(200)
    all_at_once.wait()
threads = [threading.Thread(target=work) for _ in range(6)]
[one.start() for one in threads], [one.join() for one in threads]
with tempfile.NamedTemporaryFile() as file:
    stream = ctypes.c_void_p(libc.fopen(file.name.encode(), b"w"))
    libc.malloc_info(0, stream)
    libc.fclose(stream)
    print(file.read().decode().count("<heap nr="))
"""


def arenas(how: str) -> int:
    found = subprocess.run([sys.executable, "-c", COUNT, how], capture_output=True, text=True, check=True)
    return int(found.stdout)


@pytest.mark.process
@pytest.mark.skipif(
    not (sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "mallopt")), reason="glibc alone has arenas"
)
def test_no_thread_has_memory_of_its_own() -> None:
    from app.shell.arenas import MOST

    assert arenas("not") > MOST
    assert arenas("share") <= MOST
