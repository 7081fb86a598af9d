"""Builds a bundle: ``python -m tools.bundle.build``, in an environment that has Neuroloom and PyInstaller.

It ends in ``dist/neuroloom``, a folder, and an archive of it. The environment variables TORCH=0 and MOVIELENS=0 leave
parts out (``neuroloom.spec``).
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

from tools.bundle import licences

ROOT = Path(__file__).parents[2]
WORK, DIST = ROOT / "build" / "bundle", ROOT / "dist"
BUNDLE = DIST / "neuroloom"
LARGE = 1 << 20


def main() -> None:
    """Build, compile the kernels, add the licences, pack."""
    _check_torch()
    _collect()
    _add_engine()
    _strip()
    _compile_kernels()
    taken = [Path(path) for path in json.loads((WORK / "neuroloom" / "taken.json").read_text(encoding="utf-8"))]
    owners = licences.write(BUNDLE, taken, ROOT)
    print(f"bundle: {len(owners)} licences of others are in {licences.FOLDER}")
    print(f"bundle: {BUNDLE} has {_size(BUNDLE) / 1e6:,.0f} MB")
    started = perf_counter()
    archive = _pack()
    print(f"bundle: {archive} has {archive.stat().st_size / 1e6:,.0f} MB, packed in {perf_counter() - started:.0f} s")


def _check_torch() -> None:
    """Refuse PyTorch's build for NVIDIA's GPUs, whose libraries have six gigabytes."""
    if sys.platform != "linux" or os.environ.get("TORCH") == "0" or version("torch").endswith("+cpu"):
        return
    sys.exit(
        "bundle: this environment has PyTorch's build for NVIDIA's GPUs; put the one for the processor there first."
    )


def _collect() -> None:
    from PyInstaller.__main__ import run

    places = ("--distpath", str(DIST), "--workpath", str(WORK), "--noconfirm", "--log-level", "WARN")
    run([str(Path(__file__).with_name("neuroloom.spec")), *places])


def _add_engine() -> None:
    """Give the program its second name. On Windows it is a program of its own, which has a console."""
    if sys.platform != "win32":
        (BUNDLE / "neuroloom-engine").hardlink_to(BUNDLE / "neuroloom")


def _strip() -> None:
    """Take the names of inner functions out of the large libraries, which only debuggers read: a tenth of the bundle.

    Not out of those in folders such as numpy.libs, which were given new names when their wheels were made: they would
    not load any more.
    """
    if sys.platform != "linux" or shutil.which("strip") is None:
        return
    for path in BUNDLE.rglob("*.so*"):
        if not path.is_symlink() and path.stat().st_size > LARGE and not path.parent.name.endswith(".libs"):
            subprocess.run(["strip", "--strip-unneeded", str(path)], check=True)


def _compile_kernels() -> None:
    """Have the bundle itself compile them: they are kept by what its Python, its numba and its sources are."""
    program = BUNDLE / ("neuroloom-engine" + (".exe" if sys.platform == "win32" else ""))
    subprocess.run([str(program), "warm", "--baseline"], check=True)


def _pack() -> Path:
    """One file, named by version and machine: zip where people unpack by a click, else tar with xz, which every
    distribution can unpack."""
    name = f"neuroloom-{version('neuroloom')}-{platform.system().lower()}-{platform.machine().lower()}"
    if sys.platform != "linux":
        return Path(shutil.make_archive(str(DIST / name), "zip", DIST, BUNDLE.name))
    archive = DIST / f"{name}.tar.xz"
    command = ["tar", "-C", str(DIST), "--owner=0", "--group=0", "-I", "xz -T0 -6", "-cf", str(archive), BUNDLE.name]
    subprocess.run(command, check=True)
    return archive


def _size(folder: Path) -> int:
    """Bytes of all files, those of two names once."""
    return sum({stat.st_ino: stat.st_size for stat in (path.lstat() for path in folder.rglob("*"))}.values())


if __name__ == "__main__":
    main()
