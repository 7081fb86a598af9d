"""What keeps Qt from starting is said in a sentence, with the line that mends it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from app.kit.qt_start import MODULES, debian_package

WINDOW = [sys.executable, "-P", "-m", "app"]
QXCB = "PySide6/Qt/plugins/platforms/libqxcb.so"

pytestmark = pytest.mark.process


def start(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start the window in a home of its own, without a screen unless one is given."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
    everything = kept | {"HOME": str(tmp_path), "QT_QPA_PLATFORM": "xcb"} | environment
    return subprocess.run(WINDOW, env=everything, capture_output=True, text=True, timeout=60, check=False)


def ldd_that_misses(folder: Path, *libraries: str) -> str:
    """A search path on which ``ldd`` finds none of these libraries."""
    listing = "".join(f"\t{library} => not found\n" for library in libraries)
    script = folder / "ldd"
    script.write_text(f"#!/bin/sh\nprintf '%s' '{listing}'\n")
    script.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.skipif(sys.platform != "linux", reason="Qt links to system libraries on Linux alone")
def test_all_missing_libraries_are_named_with_the_line_that_installs_them(tmp_path: Path) -> None:
    shown = start(tmp_path, PATH=ldd_that_misses(tmp_path, "libxcb-keysyms.so.1", "libxcb-icccm.so.4", "libX11.so.6"))
    assert shown.returncode == 1
    assert "Qt needs libX11.so.6, libxcb-icccm.so.4, libxcb-keysyms.so.1." in shown.stderr
    assert "cursor0" not in shown.stderr and "Traceback" not in shown.stderr
    if shutil.which("apt-get"):
        assert "sudo apt-get install -y libx11-6 libxcb-icccm4 libxcb-keysyms1\n" in shown.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems always have a screen")
def test_without_a_screen_a_sentence_says_so(tmp_path: Path) -> None:
    shown = start(tmp_path)
    assert shown.returncode == 1
    assert shown.stderr.startswith("neuroloom: there's no screen") and shown.stderr.count("\n") == 1
    shown = start(tmp_path, DISPLAY=":7654")
    assert shown.returncode == 1 and "“:7654” doesn't answer" in shown.stderr
    assert (
        start(tmp_path, DISPLAY="", WAYLAND_DISPLAY="wayland-7")
        .stderr.splitlines()[-1]
        .startswith("neuroloom: there's no screen")
    )


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other platforms")
@pytest.mark.parametrize("platform", ["nonsense", "wayland"])
def test_a_platform_that_cannot_be_used_is_said_with_what_mends_it(tmp_path: Path, platform: str) -> None:
    shown = start(tmp_path, QT_QPA_PLATFORM=platform)
    assert shown.returncode == 1 and "Reinstalling" not in shown.stderr
    assert f"neuroloom: Qt can't open a window by “{platform}”. Unset QT_QPA_PLATFORM" in shown.stderr


@pytest.mark.skipif(not shutil.which("dpkg"), reason="dpkg knows which package has a library")
def test_packages_are_named_as_debian_names_them() -> None:
    spec = find_spec("PySide6")
    assert spec is not None and spec.origin is not None
    qt = Path(spec.origin).parent
    files = [qt.parent / QXCB, *(qt / f"{module}.abi3.so" for module in MODULES)]
    listing = subprocess.run(["ldd", *files], capture_output=True, text=True, check=True).stdout
    system = {line.split()[0] for line in listing.splitlines() if "=> /lib/" in line or "=> /usr/lib/" in line}
    linked = {
        name for name in system if name.startswith(("libxcb", "libX11", "libEGL", "libGL.", "libfont", "libglib"))
    }
    assert len(linked) > 5
    for library in linked:
        owner = subprocess.run(["dpkg", "-S", f"*/{library}"], capture_output=True, text=True, check=True).stdout
        assert owner.split(":")[0].removesuffix("t64") == debian_package(library), library


def test_a_qt_that_cannot_be_loaded_is_no_missing_screen(tmp_path: Path) -> None:
    broken = tmp_path / "PySide6"
    broken.mkdir()
    (broken / "__init__.py").write_text("raise ImportError('a half of it is gone')\n")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from app.kit.qt_start import explained\nwith explained([]): pass"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert shown.returncode == 1 and "screen" not in shown.stderr
    assert "Qt can't be loaded (a half of it is gone). Install it anew:" in shown.stderr
