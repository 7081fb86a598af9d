"""Threads share the C library's memory from when the window is there, and large pieces go back at once."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from app.kit.arenas import MOST

COUNT = """
import ctypes, sys, tempfile, threading
from app.kit.arenas import share
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

MAPPED = """
import ctypes, sys
from app.kit import arenas
for name in sys.argv[2:]:
    getattr(arenas, name)()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
libc.free(ctypes.c_void_p(libc.malloc(7 * arenas.LARGE)))  # after which glibc alone would not map less than that
class Mallinfo2(ctypes.Structure):
    _fields_ = [(f"field{k}", ctypes.c_size_t) for k in range(10)]
libc.mallinfo2.restype = Mallinfo2
libc.malloc_trim(0)
before, size = libc.mallinfo2().field4, 2 * getattr(arenas, sys.argv[1])
libc.malloc(size)
print(int(libc.mallinfo2().field4 - before >= size))
"""

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(
        not (sys.platform.startswith("linux") and hasattr(ctypes.CDLL(None), "mallinfo2")),
        reason="glibc alone does it",
    ),
]


def printed(program: str, *how: str) -> int:
    found = subprocess.run([sys.executable, "-c", program, *how], capture_output=True, text=True, check=True)
    return int(found.stdout)


def test_no_thread_has_memory_of_its_own() -> None:
    assert printed(COUNT, "not") > MOST
    assert printed(COUNT, "share") <= MOST


@pytest.mark.parametrize(
    ("size", "done", "apart"),
    [
        ("LARGE", [], False),
        ("LARGE", ["share"], True),
        ("LARGE_BESIDE_KERNELS", ["share"], False),
        ("LARGE_BESIDE_KERNELS", ["share", "kernels_train"], True),
        ("LARGE_BESIDE_KERNELS", ["kernels_train", "share"], True),
    ],
)
def test_what_is_large_lies_by_itself_whatever_was_let_go_of_before(size: str, done: list[str], apart: bool) -> None:
    assert printed(MAPPED, size, *done) == apart
