"""When a process began, by which it is told from a later one that was given the same number."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path


def started(pid: int) -> str | None:
    """When the process of this number began, in its system's own terms; None where none runs, or it has ended and only
    waits for its parent to notice."""
    if sys.platform == "linux":
        return _on_linux(pid)
    if sys.platform == "win32":
        return _on_windows(pid)
    return _by_ps(pid)


def _on_linux(pid: int) -> str | None:
    """Clock ticks since the machine's start, and which start that was (proc_pid_stat(5), fields 3 and 22)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    boot = ""
    with suppress(OSError):  # some containers hide it
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    fields = stat.rpartition(")")[2].split()  # the name before it may hold blanks and brackets
    return None if fields[0] in "ZX" else f"{fields[19]} {boot}"


def _by_ps(pid: int) -> str | None:
    """As ``ps`` tells it, to the second, wherever the machine has been carried since."""
    asked = ["ps", "-o", "stat=", "-o", "lstart=", "-p", str(pid)]
    plain = {**os.environ, "LC_ALL": "C", "TZ": "UTC0"}
    found = subprocess.run(asked, capture_output=True, text=True, check=False, env=plain).stdout.split()
    return None if not found or found[0].startswith("Z") else " ".join(found[1:])


def _on_windows(pid: int) -> str | None:
    """Units of 100 ns since 1601 (GetProcessTimes), unless the process has an exit code by now."""
    if sys.platform != "win32":
        raise OSError("only Windows has these calls")
    import ctypes
    from ctypes import wintypes

    query_limited_information, still_active = 0x1000, 259
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    kernel.OpenProcess.restype = wintypes.HANDLE
    handle = kernel.OpenProcess(query_limited_information, False, pid)
    if not handle:
        return None
    try:
        code, times = wintypes.DWORD(), [wintypes.FILETIME() for _ in range(4)]
        known = kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code))
        timed = kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(time) for time in times))
        if not known or not timed or code.value != still_active:
            return None
        return str((times[0].dwHighDateTime << 32) + times[0].dwLowDateTime)
    finally:
        kernel.CloseHandle(wintypes.HANDLE(handle))
