"""Neuroloom's icon, menu entry and file type on a Linux desktop (``--desktop``), as freedesktop.org specifies them.

Each file written here says so in itself; a file that does not is somebody else's and stays as it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import assets
from engine.atomic import write_atomically
from engine.command import is_bundle

NAME = "neuroloom"
MIME_TYPE = "application/x-neuroloom"
MARK = "Placed here by Neuroloom"
"""What tells our files from others; each format has it in a comment."""
_ENTRY = f"""[Desktop Entry]
# {MARK}
Type=Application
Name=Neuroloom
GenericName=Neural network explorer
GenericName[zh_CN]=神经网络学习工具
Comment=Build a neural network, train it, and see every number move
Comment[zh_CN]=搭建并训练神经网络，看清每一个数字的变化
TryExec={{program}}
Exec={{command}} %f
Icon={NAME}
Terminal=false
Categories=Education;ArtificialIntelligence;
Keywords=neural;network;machine learning;backpropagation;
MimeType={MIME_TYPE};
StartupWMClass={NAME}
"""
_FILE_TYPE = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- {MARK} -->
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="{MIME_TYPE}">
    <comment>Neuroloom document</comment>
    <comment xml:lang="zh_CN">Neuroloom 文档</comment>
    <sub-class-of type="application/json"/>
    <icon name="{MIME_TYPE.replace("/", "-")}"/>
    <glob pattern="*.loom"/>
  </mime-type>
</mime-info>
"""


def change_desktop(action: str) -> int:
    """``install`` menu entry, icons and file type for this person, or ``remove`` them. Returns the exit status."""
    if sys.platform != "linux":
        reason = "--desktop is for Linux alone; elsewhere, make a shortcut to the neuroloom command by hand."
    else:
        try:
            print(_remove() if action == "remove" else _install())
            return 0
        except OSError as error:
            reason = f"“{error.filename or _data_home()}”: {error.strerror}. Check that you may write there."
        except ValueError as error:
            reason = str(error)
    print(f"neuroloom: {reason}", file=sys.stderr)
    return 1


def _install() -> str:
    """Raises OSError, and ValueError with a sentence."""
    files = _files(_own_command())
    for path in files:
        _refuse_foreign(path)
    for path, content in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, content.encode())
    _tell_desktop()
    return "Neuroloom is in the menu, and .loom files open with it. “neuroloom --desktop remove” takes both back."


def _remove() -> str:
    """Raises OSError, and ValueError with a sentence."""
    there = [path for path in _files("") if os.path.lexists(path)]
    for path in there:
        _refuse_foreign(path)
    for path in there:
        path.unlink()
    if not there:
        return "Neuroloom wasn't in the menu."
    _tell_desktop()
    return "Neuroloom is no longer in the menu."


def _refuse_foreign(path: Path) -> None:
    """Raises ValueError where something lies that was not written here, and OSError where it cannot be read."""
    if not os.path.lexists(path):
        return
    if not path.is_symlink() and path.is_file():
        with path.open("rb") as file:
            if MARK.encode() in file.read(1000):
                return
    raise ValueError(f"“{path}” isn't Neuroloom's, so nothing was changed. Move it away first.")


def _data_home() -> Path:
    """The folder of the person's own data; the specification has relative paths ignored."""
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return named if named.is_absolute() else Path.home() / ".local" / "share"


def _files(command: str) -> dict[Path, str]:
    """What belongs in place, with its content, for the program at ``command``."""
    home = _data_home()
    icons = home / "icons" / "hicolor" / "scalable"
    logo = f"<!-- {MARK} -->\n{assets.path('icons/logo.svg').read_text(encoding='utf-8')}"
    return {
        home / "applications" / f"{NAME}.desktop": _ENTRY.format(program=_escaped(command), command=_quoted(command)),
        home / "mime" / "packages" / f"{NAME}.xml": _FILE_TYPE,
        icons / "apps" / f"{NAME}.svg": logo,
        icons / "mimetypes" / f"{MIME_TYPE.replace('/', '-')}.svg": logo,
    }


def _own_command() -> str:
    """The command that started this process. Raises ValueError where it would not start another one later."""
    if is_bundle():
        return sys.executable
    command = Path(os.path.abspath(sys.argv[0]))
    if command.name == "__main__.py":  # python -m app
        command = Path(sys.executable).with_name(NAME)
    if not os.access(command, os.X_OK) or not command.is_file():
        raise ValueError(f"There's no command “{command}” to put into the menu. Install Neuroloom first, by make run.")
    if any((folder / "CACHEDIR.TAG").exists() for folder in Path(sys.prefix).parents):  # uvx
        raise ValueError("This Neuroloom lies in a cache that is cleared at times. Install it first: uv tool install.")
    return str(command)


def _escaped(text: str) -> str:
    """A text as a value in a desktop entry."""
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _quoted(command: str) -> str:
    """A program's path as ``Exec`` has it: quoted as an argument, and then escaped as any value is."""
    for sign in '\\"`$':
        command = command.replace(sign, f"\\{sign}")
    return _escaped(f'"{command}"'.replace("%", "%%"))


def _tell_desktop() -> None:
    """Have the desktop look at its folders anew, by those of its tools that are there."""
    home = _data_home()
    for tool, folder in ("update-desktop-database", "applications"), ("update-mime-database", "mime"):
        if shutil.which(tool):
            subprocess.run([tool, str(home / folder)], stderr=subprocess.DEVNULL, check=False)
    with suppress(OSError):  # by its date, a desktop sees that the icons have changed
        os.utime(home / "icons" / "hicolor")
