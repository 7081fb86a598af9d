"""A page is built at once when it is first visited; the home page part by part, after the first frame."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

import assets
from app.kit.actions import ActionSet, ActionSpec
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
        painter.fillRect(self.rect().adjusted(0, 40, 0, 0), QColor(COLOURS[self._name]))  # its top is its ground's
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
        self.widget.setProperty("role", "panel")
        self.widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
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


class WatchedPage(PatchPage):
    """Its second part says whether the page is in sight by then."""

    def _second(self) -> None:
        self.told.append("in sight" if self.widget.isVisible() else "out of sight")


class TypingPage(PatchPage):
    """Its second part is what takes the keyboard."""

    field: QLineEdit | None = None

    def _second(self) -> None:
        self.field = QLineEdit(self.widget)
        self.field.show()

    def enter(self) -> None:
        (self.field or self.widget).setFocus()


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
        "typing": TypingPage,
        "watched": WatchedPage,
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


def visit(window: Opened, key: str) -> PatchPage:
    window.window.visit(key)
    return page_of(window)


def test_a_page_is_whole_before_it_is_painted(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "patches")
    assert page.told == ["first part", "third part after 1", "started"]
    qtbot.waitUntil(lambda: set(page.painted) == set(COLOURS))
    visit(window, "home")
    page.told.clear()
    visit(window, "patches")
    qtbot.waitUntil(lambda: set(page.painted) == set(COLOURS))
    assert page.told == page.painted


def test_nothing_of_a_page_is_in_sight_before_all_of_it_is_there(window: Opened) -> None:
    page = visit(window, "watched")
    assert "out of sight" in page.told and page.widget.isVisible()


def test_a_page_that_is_not_in_sight_is_built_part_by_part(window: Opened, qtbot: QtBot) -> None:
    page = window.window.pages.page("patches")
    assert isinstance(page, PatchPage) and page.told == []
    qtbot.waitUntil(lambda: "started" in page.told)
    assert not page.painted


def test_a_part_that_fails_costs_no_other(window: Opened, qtbot: QtBot) -> None:
    complete: list[object] = []
    window.window.pages.complete.connect(complete.append)
    with pytest.raises(RuntimeError, match="broken part"):
        visit(window, "failing")
    page = page_of(window)
    qtbot.waitUntil(lambda: "started" in page.told and set(page.painted) == set(COLOURS))
    assert [one for one in page.told if "part" in one] == ["first part", "third part after 1"]
    assert complete == [page] and window.window.rail.buttons["failing"].isChecked()


def test_closing_meanwhile_leaves_nothing_to_be_done(window: Opened, qtbot: QtBot) -> None:
    page = window.window.pages.page("patches")
    assert isinstance(page, PatchPage)
    window.window.close_for_good()
    for _ in range(20):
        QApplication.processEvents()
    assert page.told == []


def test_its_part_of_the_top_bar_may_come_with_its_parts(window: Opened, qtbot: QtBot) -> None:
    page = visit(window, "barred")
    qtbot.waitUntil(lambda: page.bar is not None and page.bar.isVisible())


def test_a_bar_that_comes_with_the_parts_of_a_page_out_of_sight_is_no_window(window: Opened) -> None:
    page = window.window.pages.page("barred")
    window.window.pages.build_all()
    assert page.bar is not None and not page.bar.isWindow()


def test_the_keyboard_goes_where_the_page_wants_it_once_that_is_there(window: Opened) -> None:
    page = visit(window, "typing")
    assert isinstance(page, TypingPage)
    assert window.window.focusWidget() is page.field


def test_menus_are_those_of_the_page_whenever_one_looks(window: Opened) -> None:
    visit(window, "patches")
    assert "&Patches" not in titles(window)
    visit(window, "barred")
    assert "&Patches" in titles(window)
