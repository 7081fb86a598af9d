"""The command lines that start the engine, or the window, in a process of its own."""

from __future__ import annotations

import sys
from pathlib import Path

_RUN = "import runpy, sys; sys.path.append(sys.argv.pop(1)); runpy.run_module(sys.argv.pop(1), run_name='__main__')"
"""``python -m PACKAGE``, also from a checkout, without Python looking into the present folder (``-P``)."""
PROGRAMS = {"app": "neuroloom", "engine": "neuroloom-engine"}
"""What runs a package where the program is installed, and lies in a bundle."""


def engine_command(*arguments: str) -> list[str]:
    """The program and its arguments that run ``python -m engine`` with these, wherever it is started."""
    return package_command("engine", *arguments)


def package_command(package: str, *arguments: str) -> list[str]:
    """The program and its arguments that run ``python -m package`` with these, wherever it is started."""
    if is_bundle():
        here = Path(sys.executable)
        return [str(here.with_name(PROGRAMS[package] + here.suffix)), *arguments]
    return [sys.executable, "-P", "-c", _RUN, str(Path(__file__).parents[1]), package, *arguments]


def is_bundle() -> bool:
    """Whether this is a program that brings its Python along, so that there is none to be called."""
    return bool(getattr(sys, "frozen", False))
