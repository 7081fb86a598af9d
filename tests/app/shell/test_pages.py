"""Pages come into sight piece by piece: never more in a turn than the window can wait for, and in the end all of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Any

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

import assets
from app.kit.actions import ActionSet, ActionSpec
from app.shell.veils import Veil
from app.workspaces.workspace import Host, Page, Workspace
from tests.app.window_rig import Opened, opened_window

COLOURS = {"left": "#102030", "right": "#405060"}


class Patch(QWidget):
    """A large panel of one colour, which tells when it is painted and pressed."""

    def __init__(self, name: str, told: list[str]) -> None:
        super().__init__()
        self._name, self._told = name, told

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(COLOURS[self._name]))
        painter.end()
        self._told.append(self._name)

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self._told.append(f"{self._name} pressed")


class PatchPage(Page):
    """Two panels side by side, and parts that say that they are built."""

    fails = False

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.told: list[str] = []
        self.widget = QWidget()
        row = QHBoxLayout(self.widget)
        row.setContentsMargins(0, 0, 0, 0)
        for name in COLOURS:
            row.addWidget(Patch(name, self.told))
        self.actions = ActionSet(self.widget)

    def parts(self) -> Iterator[Callable[[], None]]:
        yield lambda: self.told.append("first part")
        yield self._second
        yield lambda: self.told.append(f"third part after {self.told.count('first part')}")

    def _second(self) -> None:
        if self.fails:
            raise RuntimeError("broken part")

    def start(self) -> None:
        self.told.append("started")

    @property
    def painted(self) -> list[str]:
        return [one for one in self.told if one in COLOURS]


class FailingPage(PatchPage):
    fails = True


class BarredPage(PatchPage):
    """Its part of the bar is its second part; it has a menu."""

    menus = MappingProxyType({"patches": "&Patches"})

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.actions = ActionSet(self.widget, (ActionSpec("shine", "patches", 0, "Shine", "Shine brightly"),))

    def _second(self) -> None:
        self.bar = QLabel("the bar")


def declared(key: str, build: Callable[[Host], Page]) -> Workspace:
    visit = ActionSpec(key, "view", 9, key, f"Go to {key}", (f"Ctrl+Alt+{key[0].upper()}",))
    return Workspace(key=key, label=key, visit=visit, build=build)


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    """At work, with a page of patches at home."""
    real = assets.path
    patches: dict[str, type[PatchPage]] = {
        "home": PatchPage,
        "patches": PatchPage,
        "other": PatchPage,
        "failing": FailingPage,
        "barred": BarredPage,
    }
    borrowed = {f"icons/{key}.svg": "icons/image.svg" for key in patches}
    monkeypatch.setattr(assets, "path", lambda name: real(borrowed.get(name) or name))
    with opened_window([declared(key, build) for key, build in patches.items()]) as opened:
        opened.window.pages.open()
        qtbot.waitUntil(lambda: bool(page_of(opened).painted))
        yield opened


def page_of(window: Opened) -> PatchPage:
    page = window.window.pages.current
    assert isinstance(page, PatchPage)
    return page


def titles(window: Opened) -> list[str]:
    return [action.text() for action in window.window.menus.main.actions()]


def veils(window: Opened) -> list[Veil]:
    return [veil for veil in window.window.findChildren(Veil) if veil.isVisible()]


def visit(window: Opened, key: str) -> PatchPage:
    window.window.visit(key)
    return page_of(window)


class Turns(QObject):
    """Notes in ``told`` when the window hears again, between one piece of work and the next."""

    def __init__(self, told: list[str]) -> None:
        super().__init__()
        self._told = told
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: told.append("turn"))
        self._timer.start(0)


@pytest.mark.parametrize("visited", [False, True])
def test_its_panels_are_painted_one_a_turn_once_all_is_built(window: Opened, qtbot: QtBot, visited: bool) -> None:
    page = visit(window, "patches")
    if visited:
        qtbot.waitUntil(lambda: len(page.painted) >= 2)
        visit(window, "home")
        page.told.clear()
        visit(window, "patches")
    hears = Turns(page.told)
    assert not page.painted and len(veils(window)) == 2
    qtbot.waitUntil(lambda: set(page.painted) == set(COLOURS))
    hears.deleteLater()
    first, second = (page.told.index(name) for name in page.painted[:2])
    assert "turn" in page.told[first:second]
    assert visited or page.told.index("started") < first
    qtbot.waitUntil(lambda: not veils(window))


def test_a_picture_taken_meanwhile_has_all_of_it(window: Opened) -> None:
    page = visit(window, "patches")
    assert veils(window)
    pictures = {"window": window.window.grab().toImage(), "page": page.widget.grab().toImage()}
    for name, picture in pictures.items():
        height, width = picture.height() // 2, picture.width()
        seen = {picture.pixelColor(x, height).name() for x in (width // 4, width - 40)}
        assert seen == set(COLOURS.values()), name


def test_hands_reach_a_panel_that_is_not_painted_yet(window: Opened) -> None:
    page = visit(window, "patches")
    assert veils(window)
    corner = page.widget.mapTo(window.window, page.widget.rect().center() / 2)
    assert window.window.childAt(corner) in page.widget.findChildren(Patch)
    handle = window.window.windowHandle()
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, corner)
    assert "left pressed" in page.told


def test_switching_at_once_leaves_no_veil(window: Opened, qtbot: QtBot) -> None:
    for key in ("patches", "home", "other", "home", "patches"):
        page = visit(window, key)
    other = window.window.pages.page("home")
    qtbot.waitUntil(lambda: not veils(window) and set(page.painted) == set(COLOURS))
    assert page.told.count("started") == 1
    page.told.clear()
    assert isinstance(other, PatchPage)
    other.told.clear()
    visit(window, "home")
    qtbot.waitUntil(lambda: set(other.painted) == set(COLOURS))


def test_a_part_that_fails_costs_no_other(window: Opened, qtbot: QtBot) -> None:
    complete: list[object] = []
    window.window.pages.complete.connect(complete.append)
    with qtbot.captureExceptions() as caught:
        page = visit(window, "failing")
        qtbot.waitUntil(lambda: "started" in page.told and set(page.painted) == set(COLOURS))
        qtbot.waitUntil(lambda: not veils(window))
    assert [str(error) for _, error, _ in caught] == ["broken part"]
    assert [one for one in page.told if "part" in one] == ["first part", "third part after 1"]
    assert complete == [page]


def test_the_page_in_sight_is_built_first(window: Opened, qtbot: QtBot) -> None:
    behind, front = visit(window, "patches"), visit(window, "home")
    assert "started" not in behind.told
    front.told.clear()
    qtbot.waitUntil(lambda: "started" in behind.told)
    assert set(front.painted) == set(COLOURS)


def test_closing_meanwhile_leaves_nothing_to_be_done(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "patches")
    assert veils(window)
    window.window.close_for_good()
    assert not veils(window)
    told = list(page.told)
    for _ in range(20):
        QApplication.processEvents()
    assert page.told == told


def test_a_page_that_is_wanted_whole_is(window: Opened) -> None:
    page = visit(window, "patches")
    window.window.pages.build_all()
    assert page.told[-1] == "started" and not veils(window)


def test_what_comes_into_sight_at_once_is_painted_panel_by_panel(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "patches")
    qtbot.waitUntil(lambda: not veils(window) and set(page.painted) == set(COLOURS))
    page.told.clear()
    page.widget.update()
    page.filled.emit()
    assert len(veils(window)) == 2
    hears = Turns(page.told)
    qtbot.waitUntil(lambda: set(page.painted) == set(COLOURS))
    hears.deleteLater()
    first, second = (page.told.index(name) for name in page.painted[:2])
    assert "turn" in page.told[first:second]


def test_what_fills_a_page_out_of_sight_covers_nothing(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "patches")
    front = visit(window, "home")
    qtbot.waitUntil(lambda: not veils(window) and set(front.painted) == set(COLOURS))
    page.filled.emit()
    assert not veils(window)


def test_its_part_of_the_top_bar_may_come_with_its_parts(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "barred")
    assert page.bar is None
    qtbot.waitUntil(lambda: page.bar is not None and page.bar.isVisible())


def test_menus_are_those_of_the_page_whenever_one_looks(window: Opened) -> None:
    visit(window, "patches")
    assert "&Patches" not in titles(window)
    visit(window, "barred")
    assert "&Patches" in titles(window)


def test_a_window_out_of_sight_has_no_veils(window: Opened, qtbot: QtBot) -> None:
    window.window.hide()
    page = visit(window, "patches")
    assert not veils(window)
    qtbot.waitUntil(lambda: "started" in page.told)
    window.window.show()
    qtbot.waitUntil(lambda: set(page.painted) == set(COLOURS))


def test_what_lies_on_a_drawing_is_painted_with_it(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "patches")
    qtbot.waitUntil(lambda: not veils(window) and set(page.painted) == set(COLOURS))
    left: Any = page.widget.findChildren(Patch)[0]
    card = QWidget(left)
    card.setGeometry(20, 20, 240, 240)
    card.show()
    visit(window, "home")
    visit(window, "patches")
    assert sorted(veil.width() for veil in veils(window)) == sorted(
        one.width() for one in page.widget.findChildren(Patch)
    )
