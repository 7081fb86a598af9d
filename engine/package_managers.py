"""The commands by which uv and pip install packages for a Python, and where both look for them.

Needs the standard library alone: ``tools/set_up.py`` runs before anything is installed.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Sequence

PATIENCE = {"UV_HTTP_TIMEOUT": "10", "UV_HTTP_RETRIES": "1"}
"""How long uv tries to reach PyTorch's own index, which some networks don't let through."""
UV_SETTINGS = {"index-url": "UV_DEFAULT_INDEX", "find-links": "UV_FIND_LINKS", "constraint": "UV_CONSTRAINT"}
"""Where packages come from, as pip and as uv calls it. Some machines say it to pip alone."""


def pip_install(python: str, *arguments: str) -> list[str]:
    """The command by which pip installs for an interpreter. ``-P``: no file of the present folder stands in for pip."""
    return [python, "-P", "-m", "pip", "install", "--disable-pip-version-check", *arguments]


def uv_install(uv: Sequence[str], python: str, *arguments: str, torch_build: str = "") -> list[str]:
    """The command by which uv, which is many times as fast, installs for an interpreter.

    ``torch_build``: from PyTorch's own index, the build for this machine's GPU or else for the processor (``auto``), or
    for the processor in any case (``cpu``). The package registry has a single build, on Linux the large one.
    """
    build = [f"--torch-backend={torch_build}"] if torch_build else []
    return [*uv, "pip", "install", "--python", python, *build, *arguments]


def uv_settings(python: str) -> dict[str, str]:
    """Where an interpreter's pip is told to look for packages, as variables that tell uv."""
    command = [python, "-P", "-m", "pip", "config", "list"]
    listing = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    found: dict[str, str] = {}
    for line in sorted(listing.splitlines(), key=lambda line: line.startswith(":env:")):  # which count more than files
        name, _, value = line.partition("=")  # such as global.find-links='/wheels'
        if variable := UV_SETTINGS.get(name.rpartition(".")[2]):
            found[variable] = " ".join(str(ast.literal_eval(value)).split())
    return found
