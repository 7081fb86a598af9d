"""Explains why Qt cannot start, and says what mends it."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
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
    if platform == "xcb" and not display:
        return "there's no screen to open a window on: DISPLAY isn't set. Start it in a desktop session, or use ssh -X."
    if platform == "xcb":
        return f"the screen “{display}” doesn't answer. Check DISPLAY, and that you may use that screen."
    if platform:
        return f"Qt can't open a window by “{platform}”. Unset QT_QPA_PLATFORM or leave out -platform."
    return "\n".join(said)


def lacking_libraries(platform: str) -> tuple[str, str] | None:
    """Which system libraries Qt needs and does not find, and what mends it; None where it lacks none."""
    missing = missing_libraries(platform)
    if not missing:
        return None
    packages = " ".join(debian_package(library) for library in missing)
    mend = (
        f"Install them: sudo apt-get install -y {packages}"
        if shutil.which("apt-get")
        else "Install your system's packages that have them."
    )
    return f"needs {', '.join(missing)}.", mend


def _lacking(platform: str) -> str:
    lacking = lacking_libraries(platform)
    return f"the window can't open, because Qt {' '.join(lacking)}" if lacking else ""


def why_qt_is_broken(error: ImportError) -> tuple[str, str]:
    """Why Qt's modules cannot be imported though its libraries are there, and what mends it."""
    return f"can't be loaded ({error}).", f"Install it anew: {sys.executable} -m pip install -U PySide6-Essentials"


def platform_plugin(arguments: Sequence[str]) -> str:
    """The platform plugin that Qt is told to use, or would fall back to on Linux."""
    options = dict(pairwise(arguments))
    chosen = options.get("-platform") or os.environ.get("QT_QPA_PLATFORM") or ("xcb" if sys.platform == "linux" else "")
    return chosen.split(";")[-1].split(":")[0]


def _complain(reason: str) -> None:
    print(f"neuroloom: {reason}", file=sys.stderr, flush=True)


@contextmanager
def explained(arguments: Sequence[str], complain: Callable[[str], None] = _complain) -> Iterator[None]:
    """Create the QApplication in this: one that cannot start ends the program with our message instead of an abort."""
    platform = platform_plugin(arguments)
    try:
        import PySide6.QtWidgets  # noqa: F401
        from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    except ImportError as error:
        complain(_lacking(platform) or f"Qt {' '.join(why_qt_is_broken(error))}")
        sys.exit(1)
    said: list[str] = []

    def hear(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
        said.append(message)
        if kind == QtMsgType.QtFatalMsg:  # Qt aborts when this returns
            complain(why_qt_failed(platform, said))
            os._exit(1)

    qInstallMessageHandler(hear)
    try:
        yield
    finally:
        qInstallMessageHandler(None)
    for message in said:
        print(message, file=sys.stderr)
