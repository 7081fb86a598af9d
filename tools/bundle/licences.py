"""The licences of all that is in a bundle, a text for each piece of other people's work.

Every file that was taken must be somebody's, and everybody must have a licence: else the bundle is not built.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import Distribution, distributions
from pathlib import Path

TEXTS = Path(__file__).parent / "texts"
FOLDER = "THIRD-PARTY"
_NAMED = re.compile(r"(licen[cs]e|copying|notice|copyright|ofl)", re.IGNORECASE)
_CODE = (".py", ".pyc", ".pyi", ".so", ".h", ".json")
_BY_US = {"pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"), "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt")}
"""Licences of those that are distributed without their texts."""
_QT = """Qt {version} and Qt for Python (PySide6, shiboken6) are used under the GNU Lesser General Public License 3.

You may replace them. They are ordinary shared libraries in _internal/PySide6 and _internal/shiboken6: put your own
build of the same version in their place, for instance that of `pip download PySide6-Essentials=={version}`, whose
wheels are zip files. Nothing checks them. Their sources: https://download.qt.io/official_releases/qt/ and
https://download.qt.io/official_releases/QtForPython/. Qt contains work of others, which is listed with its licences at
https://doc.qt.io/qt-6/licenses-used-in-qt.html.
"""


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a file is: a distribution of Python's, a package of the system's, Python itself. ``texts``: by name."""

    name: str
    texts: Mapping[str, str]


class UnlicensedError(Exception):
    """Something would be given away without its licence."""


def owners(taken: Iterable[Path], root: Path) -> list[Owner]:
    """All whose work is among the files, but us. Raises UnlicensedError."""
    found: dict[str, Owner] = {}
    unknown: list[Path] = []
    for path in taken:
        if path.is_relative_to(root) and not path.is_relative_to(sys.prefix):
            continue
        owner = _owner(path)
        if owner is None:
            unknown.append(path)
        else:
            found[owner.name] = owner
    if unknown:
        raise UnlicensedError("nobody is known to own " + ", ".join(map(str, unknown[:20])))
    bare = [owner.name for owner in found.values() if not owner.texts]
    if bare:
        raise UnlicensedError("no licence text is found of " + ", ".join(bare))
    return sorted(found.values(), key=lambda owner: owner.name.lower())


def distributions_of(taken: Iterable[Path]) -> list[Distribution]:
    """Python's distributions that any of the files is of."""
    found = {owner.name: owner for path in taken if (owner := _files().get(Path(os.path.normpath(path)))) is not None}
    return [found[name] for name in sorted(found, key=str.lower)]


def write(bundle: Path, taken: Iterable[Path], root: Path) -> list[Owner]:
    """Write the texts into a folder of the bundle; whose they are. Raises UnlicensedError."""
    folder = bundle / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    found = owners(taken, root)
    for owner in found:
        parts = (f"{'—' * 20} {name}\n\n{text.strip()}\n" for name, text in owner.texts.items())
        (folder / f"{owner.name}.txt").write_text(f"{owner.name}\n\n" + "\n\n".join(parts), encoding="utf-8")
    for distribution in distributions():
        if distribution.name.lower() == "pyside6-essentials" or distribution.name == "PySide6_Essentials":
            (folder / "Qt.txt").write_text(_QT.format(version=distribution.version), encoding="utf-8")
    for text in (root / "LICENSE", *_our_texts(bundle)):
        (folder / f"Neuroloom {text.name}").write_bytes(text.read_bytes())
    return found


def _our_texts(bundle: Path) -> Iterator[Path]:
    """The licences of the fonts and data that came into the bundle with the program."""
    assets = bundle / "_internal" / "assets"
    yield assets / "fonts" / "OFL.txt"
    yield from sorted(assets.glob("*/*-LICENSE.txt"))


@cache
def _files() -> dict[Path, Distribution]:
    """Every file that is installed, and the distribution that brought it."""
    return {
        Path(os.path.normpath(found.locate_file(file))): found
        for found in distributions()
        for file in found.files or ()
    }


def _owner(path: Path) -> Owner | None:
    path = Path(os.path.normpath(path))
    if path in _files():
        return _distribution_owner(_files()[path].name)
    if path.is_relative_to(sysconfig.get_path("stdlib")) or path.is_relative_to(sys.base_prefix):
        return _python()
    return _system_owner(path)


@cache
def _distribution_owner(name: str) -> Owner:
    found = next(one for one in distributions() if one.name == name)
    texts = {
        str(file): Path(str(found.locate_file(file))).read_text(encoding="utf-8", errors="replace")
        for file in found.files or ()
        if _NAMED.search(file.name if file.suffix.lower() not in _CODE else "") or "licenses" in file.parts
    }
    for text in _BY_US.get(name.lower().replace("_", "-"), ()):
        texts[text] = (TEXTS / text).read_text(encoding="utf-8")
    return Owner(f"{found.name} {found.version}", texts)


@cache
def _python() -> Owner:
    places = (Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), Path(sys.base_prefix, "LICENSE.txt"))
    texts = {path.name: path.read_text(encoding="utf-8") for path in places if path.exists()}
    return Owner(f"Python {sys.version.split()[0]}", texts)


@cache
def _system_owner(path: Path) -> Owner | None:
    """The Debian package that a library of the system's comes from; None elsewhere."""
    for place in (path, Path("/usr") / path.relative_to("/"), Path("/", *path.parts[2:])):
        try:
            asked = subprocess.run(["dpkg-query", "-S", str(place)], capture_output=True, text=True, check=False)
        except OSError:
            return None
        if asked.returncode == 0:
            package = asked.stdout.partition(":")[0]
            return Owner(package, _debian_texts(Path("/usr/share/doc", package, "copyright")))
    return None


def _debian_texts(copyright_file: Path) -> dict[str, str]:
    """What Debian says of a package's licences, and the usual licences that it only names the places of."""
    if not copyright_file.exists():
        return {}
    said = copyright_file.read_text(encoding="utf-8")
    named = sorted(set(re.findall(r"/usr/share/common-licenses/[\w.-]*\w", said)))
    return {"copyright": said} | {
        path: Path(path).read_text(encoding="utf-8", errors="replace") for path in named if Path(path).exists()
    }
