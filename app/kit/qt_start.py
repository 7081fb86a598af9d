"""Explains why Qt cannot start, and says what mends it.

``python -m app.kit.qt_start PLATFORM`` prints, for each shared library that Qt lacks, its name and its Debian package.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

MODULES = ("QtGui", "QtWidgets", "QtOpenGLWidgets", "QtSvg", "QtTest")


def missing_libraries(platform: str) -> list[str]:
    """Names of the shared libraries that Qt's modules and one of its platform plugins link to and the system lacks.

    Empty where that cannot be told: without ``ldd``, as on Windows and macOS.
    """
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None or shutil.which("ldd") is None:
        return []
    import subprocess  # not before the first frame

    qt = Path(spec.origin).parent
    files = [qt / f"Qt/plugins/platforms/libq{platform}.so", *(qt / f"{module}.abi3.so" for module in MODULES)]
    listing = subprocess.run(["ldd", *filter(Path.exists, files)], capture_output=True, text=True, check=False).stdout
    missing = {line.split()[0] for line in listing.splitlines() if "not found" in line}
    return sorted(name for name in missing if not name.startswith("libQt6"))


def debian_package(library: str) -> str:
    """The package of Debian and Ubuntu that has a library, by Debian's rule for naming them (Policy, 8.1)."""
    name, _, version = library.lower().partition(".so.")
    if name == "libglib-2.0":
        return "libglib2.0-0"
    return f"{name}-{version}" if name[-1:].isdigit() else name + version


def why_qt_failed(platform: str, said: Sequence[str]) -> str:
    """One sentence on what keeps Qt from starting and one on what mends it; else what Qt itself ``said``."""
    if lacking := _lacking(platform):
        return lacking
    display = os.environ.get("DISPLAY")
    if platform == "xcb" and display is None:
        return "there's no screen to open a window on: DISPLAY isn't set. Start it in a desktop session, or use ssh -X."
    if platform == "xcb":
        return f"the screen “{display}” doesn't answer. Check DISPLAY, and that you may use that screen."
    return "\n".join(said)


def _lacking(platform: str) -> str:
    missing = missing_libraries(platform)
    if not missing:
        return ""
    packages = " ".join(debian_package(library) for library in missing)
    mend = (
        f"Install them: sudo apt-get install -y {packages}"
        if shutil.which("apt-get")
        else "Install your system's packages that have them."
    )
    return f"the window can't open, because Qt needs {', '.join(missing)}. {mend}"


def _platform(arguments: Sequence[str]) -> str:
    """The platform plugin that Qt is told to use, or would fall back to on Linux."""
    options = dict(pairwise(arguments))
    chosen = options.get("-platform") or os.environ.get("QT_QPA_PLATFORM") or ("xcb" if sys.platform == "linux" else "")
    return chosen.split(";")[-1].split(":")[0]


@contextmanager
def explained(arguments: Sequence[str]) -> Iterator[None]:
    """Create the QApplication in this: one that cannot start ends the program with our message instead of an abort."""
    try:
        import PySide6.QtWidgets  # noqa: F401
        from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    except ImportError as error:
        broken = f"Qt can't be loaded ({error}). Install it anew: {sys.executable} -m pip install -U PySide6-Essentials"
        sys.exit(f"neuroloom: {_lacking(_platform(arguments)) or broken}")
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        said.append(message)
        if kind == QtMsgType.QtFatalMsg:  # Qt aborts when this returns
            print(f"neuroloom: {why_qt_failed(_platform(arguments), said)}", file=sys.stderr, flush=True)
            os._exit(1)

    qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
    for message in said:
        print(message, file=sys.stderr)


if __name__ == "__main__":
    for library in missing_libraries(sys.argv[1]):
        print(library, debian_package(library))
