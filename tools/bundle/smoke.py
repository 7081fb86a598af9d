"""Tries a bundle as somebody who has nothing: ``python -m tools.bundle.smoke``, on Linux, with Xvfb and xdotool.

The network is cut (``unshare -n``), the folder may not be written and has spaces and Chinese letters in its path, there
is no home, and no Python can be found. The window is driven by its keys alone, and looked at in Xvfb's own memory.
``--time PROGRAM ARGUMENT…`` instead says how long a program takes to its first picture, such as that of a clone.
"""

from __future__ import annotations

import argparse
import json
import mmap
import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tools.bundle.build import BUNDLE
from tools.virtual_screen import virtual_screen

WIDTH, HEIGHT = 1440, 900
WORKSPACES = ("ctrl+1", "ctrl+2", "ctrl+3", "ctrl+4", "ctrl+5", "ctrl+6", "ctrl+g")
"""The keys that lead to them."""
NOBODY = (shutil.which("setpriv") or "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
"""Root may write anywhere, so that the bundle is started as somebody who may not."""
SECONDS = 120.0
"""How long anything may take on a slow machine."""


class Screen:
    """What is shown on an Xvfb of our own, and its keyboard. ``picture``: every seventh pixel of it."""

    def __init__(self, display: str, folder: Path) -> None:
        """``folder``: where it keeps its memory."""
        self.display = display
        with (folder / "Xvfb_screen0").open("rb") as file:
            self._memory = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._start = len(self._memory) - WIDTH * HEIGHT * 4

    def picture(self) -> bytes:
        """The colours of every seventh pixel."""
        return b"".join(self._memory[at : at + 3] for at in range(self._start, len(self._memory), 28))

    def colours(self) -> int:
        """How many colours there are; one while no window is shown."""
        picture = self.picture()
        return len({picture[at : at + 3] for at in range(0, len(picture), 3)})

    def press(self, *keys: str) -> None:
        """Type keys in the window, as xdotool names them; there is nobody else to give it the keyboard."""
        self._xdotool("search", "--onlyvisible", "--name", "Neuroloom", "windowfocus")
        self._xdotool("key", *keys)

    def _xdotool(self, *arguments: str) -> None:
        environment = {**os.environ, "DISPLAY": self.display}
        subprocess.run(["xdotool", *arguments], env=environment, stdout=subprocess.DEVNULL, check=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Cut the network, then try the bundle."""
    parser = argparse.ArgumentParser(prog="python -m tools.bundle.smoke", description=__doc__)
    parser.add_argument("bundle", nargs="?", type=Path, default=BUNDLE, help="a folder, or an archive of one")
    parser.add_argument("--time", nargs=argparse.REMAINDER, help="only time the first picture of this program")
    chosen = parser.parse_args(arguments)
    if not chosen.time and not _is_cut_off():
        inside = [sys.executable, "-m", "tools.bundle.smoke", *(sys.argv[1:] if arguments is None else arguments)]
        cut = ["unshare", "--net", *(() if os.geteuid() == 0 else ("--map-root-user",))]
        if subprocess.run([*cut, "true"], capture_output=True, check=False).returncode == 0:
            return subprocess.run([*cut, *inside], check=False).returncode
        print("smoke: this machine does not let the network be cut (unshare --net); going on with it")
    with tempfile.TemporaryDirectory(prefix="neuroloom-smoke-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        try:
            with virtual_screen(WIDTH, HEIGHT, "-fbdir", name, "-ac") as display:
                screen = Screen(display, folder)
                if chosen.time:
                    print(f"smoke: first picture after {seconds_to_picture(screen, chosen.time):.2f} s")
                else:
                    try_out(chosen.bundle, screen, folder)
        finally:
            subprocess.run(["chmod", "-R", "u+w", name], check=False)  # else it could not be deleted
    return 0


def try_out(bundle: Path, screen: Screen, folder: Path) -> None:
    """All that a bundle has to do; raises AssertionError or subprocess.CalledProcessError."""
    place = _laid_down(bundle, folder / "no place to write 只读 文件夹")
    work, passing, home = (folder / name for name in ("work", "passing", "home"))
    for path in (work, passing, home):
        path.mkdir()
        path.chmod(0o777)
    home.chmod(0o555)
    environment = {"HOME": str(home), "TMPDIR": str(passing), "DISPLAY": screen.display, "LANG": "C.UTF-8", "PATH": ""}
    program, engine = place / "neuroloom", place / "neuroloom-engine"

    def ask(*arguments: str) -> str:
        command = [*_as_nobody(), str(engine), *arguments]
        done = subprocess.run(command, env=environment, cwd=work, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return done.stdout

    said("version", ask("--version").strip())
    network = work / "两个 spirals.loom"
    ask("train", "--data", "two-spirals", "--hidden", "8,8", "--epochs", "1", "--out", str(network))
    before = _loss(ask("train", str(network), "--epochs", "1", "--json"))
    window = [*_as_nobody(), str(program), str(network)]
    with _started(window, environment, work) as process:
        started = time.monotonic()
        wait_until("the window shows something", lambda: screen.colours() > 100)
        said("first picture", f"{time.monotonic() - started:.2f} s")
        _settle(screen)
        screen.press("space")
        time.sleep(20)
        screen.press("space")
        time.sleep(1)
        screen.press("ctrl+s")
        wait_until("the network is saved", lambda: _loss_in(ask, network) < 0.5 * before)
        said("loss of two spirals", f"{before:.3f}, and trained in the window {_loss_in(ask, network):.3f}")
        _visit_all(screen)
        said("workspaces", f"{len(WORKSPACES)} opened")
        assert process.poll() is None, "the window is gone"
        screen.press("ctrl+q")
        assert process.wait(SECONDS) == 0, f"the window ended with {process.returncode}"
    if (example := place / "_internal/assets/recommenders/examples/wide-deep.safetensors").exists() and _has_torch(
        place
    ):
        with _started([*_as_nobody(), str(program), str(example)], environment, work) as process:
            wait_until("the example's child answers", lambda: "recommend answer" in _children_of(process.pid))
            _settle(screen)
            screen.press("ctrl+q")
            assert process.wait(SECONDS) == 0, f"the window ended with {process.returncode}"
        said("example", ask("recommend", "query", str(example), "--rows", "0").splitlines()[0])
    faults = [path.read_text("utf-8") for path in passing.rglob("neuroloom.log")]
    assert not faults, f"the program was at fault: {faults}"


def _visit_all(screen: Screen) -> None:
    pictures: list[bytes] = []
    for number, key in enumerate(WORKSPACES, 1):
        screen.press(key)
        # What few need is imported before its workspace is shown.
        wait_until(
            f"workspace {number} shows itself",
            lambda: all(_differs(screen.picture(), other) for other in pictures),
        )
        pictures.append(_settle(screen))
        assert screen.colours() > 50, f"workspace {number} shows nothing"


def _settle(screen: Screen) -> bytes:
    """The picture, once it has stayed the same for two seconds."""
    found, since = screen.picture(), time.monotonic()
    ended = since + SECONDS
    while time.monotonic() < since + 2 and time.monotonic() < ended:
        time.sleep(0.2)
        if _differs(latest := screen.picture(), found, 0.002):
            found, since = latest, time.monotonic()
    return found


def _differs(one: bytes, other: bytes, share: float = 0.05) -> bool:
    """Whether more than this share of the pixels do."""
    pixels = range(0, len(one), 3)
    return sum(one[at : at + 3] != other[at : at + 3] for at in pixels) > share * len(pixels)


def seconds_to_picture(screen: Screen, command: Sequence[str]) -> float:
    """From the start of a program to its first picture that is no bare window."""
    started = time.monotonic()
    with _started(command, {**os.environ, "DISPLAY": screen.display}, Path.cwd()) as process:
        wait_until("the window shows something", lambda: screen.colours() > 100)
        seconds = time.monotonic() - started
        _settle(screen)
        screen.press("ctrl+q")
        process.wait(SECONDS)
    return seconds


@contextmanager
def _started(command: Sequence[str], environment: dict[str, str], place: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command, env=environment, cwd=place) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _laid_down(bundle: Path, place: Path) -> Path:
    """The bundle in a folder of its own that nobody may write to."""
    place.mkdir()
    if bundle.is_dir():
        shutil.copytree(bundle, place / bundle.name, symlinks=True)
    else:
        with tarfile.open(bundle) as archive:
            archive.extractall(place, filter="data")
    subprocess.run(["chmod", "-R", "a-w,a+rX", str(place)], check=True)
    return next(place.iterdir())


def _as_nobody() -> tuple[str, ...]:
    return NOBODY if os.geteuid() == 0 else ()


def _is_cut_off() -> bool:
    """Whether this machine, as we see it, has no network but itself."""
    return {name for _, name in socket.if_nameindex()} <= {"lo"}


def _children_of(number: int) -> str:
    """The command lines of a process' children."""
    found = subprocess.run(["ps", "--ppid", str(number), "-o", "args="], capture_output=True, text=True, check=False)
    return found.stdout


def _has_torch(place: Path) -> bool:
    return (place / "_internal" / "torch").exists()


def _loss(document: str) -> float:
    return float(json.loads(document)["history"][0]["train_loss"])


def _loss_in(ask: Callable[..., str], network: Path) -> float:
    return _loss(ask("train", str(network), "--epochs", "1", "--json"))


def wait_until(what: str, true: Callable[[], bool]) -> None:
    """Wait for something to become true. Raises AssertionError where it does not."""
    end = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < end, f"waited {SECONDS:.0f} s in vain until {what}"
        time.sleep(0.02)


def said(what: str, found: str) -> None:
    """Tell what was seen."""
    print(f"smoke: {what}: {found}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
