"""What is installed here: the program, the packages that it is built with, and what it still lacks (``--check``).

Nothing here needs Qt to load: this is asked where Qt does not.
"""

from __future__ import annotations

import platform
import re
import shutil
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from app.kit.qt_start import explained, lacking_libraries, platform_plugin, why_qt_is_broken
from engine.extra_installer import has_nvidia_driver, obstacle
from engine.extras import INSTALL, PACKAGES, missing

DISTRIBUTION = "neuroloom"


class InstallationCheck(NamedTuple):
    """What was found of one thing, and what mends it; ``mend`` is empty where all is well."""

    subject: str
    finding: str
    mend: str = ""
    stops: bool = False
    """Whether the window cannot open because of it."""

    def __str__(self) -> str:
        state = "broken" if self.stops else "missing" if self.mend else "ok"
        return f"{state.ljust(9)}{self.subject.ljust(14)}{self.finding} {self.mend}".rstrip()


def version() -> str:
    """The program's own version."""
    try:
        return metadata.version(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return str(_clone()["version"])


def required_packages() -> list[str]:
    """Names of the packages that the program cannot do without, as the package index knows them."""
    try:
        required = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        required = _clone()["dependencies"]
    names = [re.split(r"[^A-Za-z0-9._-]", entry, maxsplit=1)[0] for entry in required if "extra ==" not in entry]
    return sorted(names, key=str.lower)


def _clone() -> dict[str, Any]:
    """The ``[project]`` table of the clone that this runs from, where the program is not installed."""
    declared = Path(__file__).resolve().parents[2] / "pyproject.toml"
    project: dict[str, Any] = tomllib.loads(declared.read_text(encoding="utf-8"))["project"]
    return project


def print_check(for_qt: Sequence[str]) -> int:
    """Print what is there and what is missing, a line each. Returns 0 if the window can open, else 1."""
    stopping = []
    for result in (
        *_package_checks(),
        *_kernel_checks(),
        *_extra_checks(),
        *_folder_checks(),
        *_library_checks(for_qt),
    ):
        print(result, flush=True)
        stopping += [result.subject] if result.stops else []

    def cannot_open(reason: str) -> None:
        """The process ends after this: Qt aborts when it cannot start."""
        print(InstallationCheck("Screen", reason, stops=True))
        print("\nThe window can't open before this is mended: Screen.", flush=True)

    if stopping:
        print(f"\nThe window can't open before this is mended: {', '.join(stopping)}.")
        return 1
    with explained(for_qt, cannot_open):
        for result in _screen_checks(for_qt):
            print(result)
    print("\nThe window can open.")
    return 0


def _package_checks() -> Iterator[InstallationCheck]:
    yield InstallationCheck("Neuroloom", f"{version()}, in {Path(__file__).parents[2]}")
    yield InstallationCheck("Python", f"{platform.python_version()}, {sys.executable}")
    absent = [name for name in required_packages() if not _version_of(name)]
    mend = f"Install Neuroloom anew, or: {sys.executable} -m pip install {' '.join(absent)}"
    if absent:
        yield InstallationCheck("Packages", f"{', '.join(absent)} not installed.", mend, stops=True)
    else:
        yield InstallationCheck("Packages", f"all {len(required_packages())} that the window needs")


def _version_of(package: str) -> str:
    """The installed version; empty where there is none."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return ""


def _kernel_checks() -> Iterator[InstallationCheck]:
    try:
        from engine.network.warm import cache_is_filled

        filled = cache_is_filled()
    except ImportError as error:
        yield InstallationCheck("Kernels", f"numba can't be loaded ({error}).", "Install numba anew.", stops=True)
        return
    when = "compiled" if filled else "not compiled yet; the first start does it in the background, in about a minute"
    yield InstallationCheck("Kernels", when)


def _extra_checks() -> Iterator[InstallationCheck]:
    """What the extra brings; the window opens without."""
    lacking, problem = missing(), obstacle()
    mend = str(problem) if problem is not None else f"Install it: {INSTALL}"
    for name, title in PACKAGES.items():
        if name in lacking:
            yield InstallationCheck(title, "not installed; the window opens without it.", mend)
        elif name == "torch":
            yield _torch_check(title)
        else:
            yield InstallationCheck(title, "installed")


def _torch_check(title: str) -> InstallationCheck:
    from engine.network.torch_backend import device_label, resolve_device

    try:
        device = device_label(resolve_device("auto"))
    except (ImportError, OSError) as error:  # a half of it, or libraries of another driver
        return InstallationCheck(title, f"can't be loaded ({error}).", f"Take it away, then install it anew: {INSTALL}")
    number = _version_of("torch")
    if device == "CPU" and has_nvidia_driver():
        mend = "Its build, or its CUDA, doesn't fit the driver: see PyTorch's “Get started”."
        return InstallationCheck(title, f"{number}, computes on CPU though there is an NVIDIA driver.", mend)
    return InstallationCheck(title, f"{number}, computes on {device}")


def _folder_checks() -> Iterator[InstallationCheck]:
    """Where settings and unsaved work are kept; without, they end with the window."""
    try:
        from app.kit.folders import data_folder, take_unkept
        from app.shell.settings import settings_file
    except ImportError:
        return  # of Qt, which has a line of its own
    from engine.atomic import check_place

    settings = settings_file()
    data = data_folder("logs")
    unkept = take_unkept()
    try:
        settings.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_place(settings)
    except OSError as error:
        unkept[settings] = error.strerror or str(error)
    for place, reason in unkept.items():
        yield InstallationCheck(
            "Folders", f"“{place}” can't be written ({reason}).", "Make it writable, or it isn't kept."
        )
    if not unkept:
        yield InstallationCheck("Folders", f"settings in {settings.parent}, work in {data.parent}")


def _library_checks(for_qt: Sequence[str]) -> Iterator[InstallationCheck]:
    if lacking := lacking_libraries(platform_plugin(for_qt)):
        yield InstallationCheck("Qt", *lacking, stops=True)
        return
    try:
        import PySide6.QtWidgets
    except ImportError as error:
        yield InstallationCheck("Qt", *why_qt_is_broken(error), stops=True)
        return
    yield InstallationCheck("Qt", f"{PySide6.__version__}, with the libraries that it needs")


def _screen_checks(for_qt: Sequence[str]) -> Iterator[InstallationCheck]:
    """Start Qt, which ends the process where it cannot, and see what it has."""
    from PySide6.QtGui import QFontDatabase, QGuiApplication

    qapp = QGuiApplication([DISTRIBUTION, *for_qt])
    size = qapp.primaryScreen().size()
    yield InstallationCheck("Screen", f"{size.width()} × {size.height()}, by Qt's “{qapp.platformName()}”")
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if chinese:
        yield InstallationCheck("Fonts", f"Inter comes along; Chinese by {chinese[0]}")
        return
    debian = "Install one: sudo apt-get install -y fonts-noto-cjk"
    mend = debian if shutil.which("apt-get") else "Install one, such as Noto Sans CJK."
    yield InstallationCheck("Fonts", "none has Chinese letters.", mend)
