"""Sets up what ``make`` runs in: the environment with all dependencies, and the system's libraries that Qt needs.

``python -m tools.set_up FOLDER EXTRA`` makes the environment, with one of the extras of ``pyproject.toml``; run by its
interpreter, ``--libraries PLATFORM`` looks after Qt's libraries. ``--fits`` fails if the Python that runs it can't be
used. Python's standard library is all there is at this point.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NoReturn

from engine.package_managers import PATIENCE, pip_install, uv_install, uv_settings

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
FITTING = "import pip, sys; from tools.set_up import fits; sys.exit(not fits())"
"""Fails in an environment of a Python that is gone or of another version, or one without pip."""


def main(arguments: Sequence[str]) -> None:
    """Set up one or the other; ends the process with a sentence where that cannot be."""
    if arguments[0] == "--libraries":
        install_libraries(arguments[1])
        return
    if arguments[0] == "--fits":
        sys.exit(not fits())
    folder = Path(arguments[0])
    python, unfinished = str(folder / "bin" / "python"), folder / ".unfinished"
    if unfinished.exists() or not succeeds([python, "-c", FITTING], quiet=True):
        make_environment(folder)
    say("installing the dependencies, once")
    wanted = ("-e", f".[{arguments[1]}]")
    unfinished.touch()  # uv that is killed leaves packages half empty, and takes them for installed afterwards
    done = install_by_uv(python, wanted) or succeeds(pip_install(python, *wanted))
    unfinished.unlink()
    if not done:
        stop("the dependencies could not be installed; pip says why above. Call make again to go on.")


def fits() -> bool:
    """Whether the project says that it runs on this version of Python."""
    import tomllib  # which Pythons that are too old don't have

    required = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]["requires-python"]  # such as >=3.11,<3.14
    lowest, above = (tuple(map(int, bound.lstrip("<>=").split("."))) for bound in required.split(","))
    return lowest <= sys.version_info[:2] < above


def make_environment(folder: Path) -> None:
    """Make an empty environment there, in place of another; of what is none, nothing is touched."""
    if folder.is_symlink() or (folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists()):
        stop(f"{folder} is no virtual environment of ours; move it away, or name another by VENV=.")
    if find_spec("ensurepip") is None or find_spec("venv") is None:  # as Debian has it
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        install_packages(f"{sys.executable} cannot make virtual environments.", [package])
    say(f"setting up {folder} with {sys.executable}")
    if not succeeds([sys.executable, "-m", "venv", "--clear", str(folder)]):
        stop(f"{sys.executable} could not make {folder}.")


def install_by_uv(python: str, wanted: Sequence[str]) -> bool:
    """Install it by uv, with the build of PyTorch that fits the GPU, or none, where PyTorch's own index answers."""
    if not succeeds(pip_install(python, "--quiet", "uv")):
        return False
    uv, environment = [python, "-P", "-m", "uv"], uv_settings(python) | os.environ
    look = uv_install(uv, python, "--dry-run", "torch", torch_build="auto")
    build = "auto" if succeeds(look, PATIENCE | environment, quiet=True) else ""
    attempts = (wanted, ("--offline", *wanted))  # without a network, its cache may have all
    return any(succeeds(uv_install(uv, python, *words, torch_build=build), environment) for words in attempts)


def install_libraries(platform: str) -> None:
    """Have the system's libraries that Qt needs for a platform plugin."""
    from app.kit.qt_start import debian_package, missing_libraries

    if missing := missing_libraries(platform):
        install_packages(f"Qt lacks {' '.join(missing)}.", [debian_package(name) for name in missing])
    if missing := missing_libraries(platform):
        stop(f"Qt still lacks {' '.join(missing)}.")


def install_packages(why: str, packages: Sequence[str]) -> None:
    """Install them by apt-get if there is one and we may use it, else say what to run and end."""
    apt, line = shutil.which("apt-get"), f"apt-get install -y {' '.join(packages)}"
    if apt is None:
        stop(f"{why} Install what gives them on your system, then call make again.")
    may = ["env"] if os.getuid() == 0 else ["sudo", "-n", "env"]
    if not succeeds([*may, "true"], quiet=True):
        stop(f"{why} Run this, then call make again: sudo apt-get update && sudo {line}")
    say(f"{why} Installing {' '.join(packages)}")
    if not succeeds([*may, apt, "update", "-q"]):
        say("apt-get update failed; going on with the lists at hand.")
    command = [*may, "DEBIAN_FRONTEND=noninteractive", apt, "install", "-q", "-y", "--no-install-recommends", *packages]
    if not succeeds(command):
        stop(f"{why} They could not be installed. Run this, then call make again: {line}")


def succeeds(command: Sequence[str], environment: Mapping[str, str] | None = None, *, quiet: bool = False) -> bool:
    """Run a command; whether it is there and ended well."""
    silenced = subprocess.DEVNULL if quiet else None
    try:
        return not subprocess.run(command, env=environment, stdout=silenced, stderr=silenced, check=False).returncode
    except OSError:
        return False


def say(sentence: str) -> None:
    """Tell the person what goes on."""
    print(f"neuroloom: {sentence}", flush=True)


def stop(reason: str) -> NoReturn:
    """End with a sentence."""
    sys.exit(f"neuroloom: {reason}")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except KeyboardInterrupt:
        stop("interrupted. Call make again to begin anew.")
