"""The screens that the tools open for the programs they try."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tools.virtual_screen import virtual_screen

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(not shutil.which("Xvfb"), reason="there is no Xvfb here"),
]


def test_each_screen_has_a_display_of_its_own_and_ends_with_its_block(tmp_path: Path) -> None:
    with virtual_screen(640, 480, "-fbdir", str(tmp_path)) as first, virtual_screen(320, 200) as second:
        assert first != second
        assert (tmp_path / "Xvfb_screen0").exists()  # which is read at once
        sockets = [Path(f"/tmp/.X11-unix/X{display[1:]}") for display in (first, second)]
        assert all(socket.exists() for socket in sockets)
    assert not any(socket.exists() for socket in sockets)


def test_a_screen_that_cannot_be_made_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="could not make a screen"), virtual_screen(640, 480, "-no-such-option"):
        pass


def test_a_screen_ends_when_what_it_is_for_fails() -> None:
    sockets: list[Path] = []
    with pytest.raises(ZeroDivisionError), virtual_screen(640, 480) as display:
        sockets.append(Path(f"/tmp/.X11-unix/X{display[1:]}"))
        raise ZeroDivisionError
    assert not sockets[0].exists()
