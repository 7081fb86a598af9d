"""What a bundle takes along of the program and its libraries, and what it leaves behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

UNUSED = (
    *("curses", "idlelib", "lib2to3", "pydoc_data", "readline", "sqlite3", "tkinter", "turtledemo"),  # of Python
    *("IPython", "hypothesis", "matplotlib", "mypy", "pip", "pytest", "setuptools", "tensorboard", "wheel"),
    *("numba.cuda", "numba.tests", "pyqtgraph.examples", "pyqtgraph.opengl"),
    *("fsspec", "jinja2", "mpmath", "networkx", "sympy"),  # of torch's compilers and exporters, as are:
    *("torch._dynamo", "torch._inductor", "torch._numpy", "torch.onnx"),
    "torch.utils.tensorboard",
)
"""Modules that nothing of ours needs and that an analysis would take along. readline is also under the GPL."""
LEARNING = ("faiss", "sklearn", "torch", "torchgen")
"""What recommenders need alone."""

_QT = ("Core", "DBus", "Gui", "OpenGL", "OpenGLWidgets", "Svg", "Test", "WaylandClient", "Widgets", "XcbQpa")
"""Qt's modules that we, pyqtgraph or a platform plugin need."""
_PLUGINS = {
    "iconengines": ("svgicon",),
    "imageformats": ("gif", "jpeg", "svg"),
    "platforminputcontexts": ("compose", "ibus"),
    "platforms": ("cocoa", "minimal", "offscreen", "wayland", "windows", "xcb"),
    "platformthemes": ("xdgdesktopportal",),
    "styles": ("mac", "modernwindows"),
    "wayland-decoration-client": ("adwaita", "bradient"),
    "wayland-shell-integration": ("xdg-shell",),
    "xcbglintegrations": ("egl", "glx"),
}
"""Qt's plugins, by their folder and the beginnings of their names, less a prefix such as ``libq``."""
_TRANSLATION = "qtbase_zh_CN"
_LEFT = re.compile(
    r"(^|/)tests?/|\.(a|lib|h|hpp|pyi|cmake)$|\.dist-info/|^torch/(bin/(?!torch_shm_manager)|include/|share/|test/)"
    r"|^sklearn/datasets/(images|descr)/|^PySide6/(Qt/)?qml/"
)
"""Files that are never read."""


def is_used(place: str) -> bool:
    """Whether a bundle needs the file at this place in it; ``place`` as PyInstaller says it."""
    path = place.replace("\\", "/")
    if _LEFT.search(path):
        return False
    if "/translations/" in path and path.startswith("PySide6/"):
        return Path(path).stem == _TRANSLATION
    if plugin := re.search(r"/plugins/([\w-]+)/(?:libq|lib|q)?([\w-]+)", path):
        return plugin[2].startswith(_PLUGINS.get(plugin[1], ()))
    module = re.search(r"(?:^|/)(?:lib)?Qt6?([A-Z][A-Za-z0-9]*)\.(?:abi3|so|dll|pyd|framework)", path)
    return module is None or module[1] in _QT


Entry = tuple[str, str, str]
"""A file as PyInstaller has it: its place in the bundle, its source, its sort."""


def without_orphans(entries: Sequence[Entry], needs: Callable[[str], set[str]]) -> list[Entry]:
    """The entries less the system's libraries that only what is left out needed, such as GTK. ``needs``: the names of
    the libraries that a file is linked to. The system's lie at the top of a bundle, beside Python's, which the program
    itself loads."""
    kept, needed = [], set[str]()
    pending = [entry for entry in entries if not _is_system_library(entry)]
    while pending:
        kept += pending
        needed |= {name for entry in pending for name in needs(entry[1])}
        pending = [entry for entry in entries if entry not in kept and entry[0] in needed]
    return kept


def _is_system_library(entry: Entry) -> bool:
    return entry[2] == "BINARY" and "/" not in entry[0] and not entry[0].startswith("libpython")


def assets_in_bundle(root: Path, with_movielens: bool) -> Iterator[Path]:
    """The program's own files. MovieLens, which may not be used commercially, and the network that has learned from it,
    can stay behind."""
    for path in sorted((root / "assets").rglob("*")):
        place = path.relative_to(root / "assets").as_posix()
        if path.is_dir() or "__pycache__" in path.parts or place.startswith("screenshots/"):
            continue
        if with_movielens or not re.match(r"recommenders/(movielens-|examples/candidates)", place):
            yield path
