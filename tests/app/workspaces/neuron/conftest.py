"""A window on the page of one neuron that the tests of a module share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import cast

import pytest
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QApplication, QLayout, QScrollBar

from app.kit.widgets.section import Section
from app.kit.widgets.tabs import FOLDED
from app.shell.main_window import MainWindow
from app.workspaces.neuron.dock import WHY
from app.workspaces.neuron.page import DOCK_HEIGHT, NeuronPage
from app.workspaces.neuron.players import SPEED
from engine.neuron.cube import Sight
from engine.neuron.sheet import NeuronContent
from engine.neuron.tables import TABLES
from tests.app.standing import Standing, forget_guesses, let_go, shares
from tests.app.window_rig import Opened, opened_window

OPEN = ("What it should compute", "Weights and bias")
"""Sections that are open at first sight."""


def opened_neuron() -> AbstractContextManager[Opened]:
    """The whole window, on that page."""
    return opened_window(home="neuron")


def window_of(opened: Opened) -> MainWindow:
    """Its window."""
    return opened.window


def put_back(opened: Opened) -> None:
    """As it was opened: with another table first, so that no run of the same is gone on with."""
    window = opened.window
    page = cast(NeuronPage, window.pages.current)
    page.learner.playback.pause()
    page.walker.leave()
    page.actions["neuron_predict"].setChecked(False)
    page.model.set_guessing(False)
    with QSignalBlocker(page.dock.tabs):
        page.dock.tabs.setCurrentIndex(WHY)
    page.dock.show_tab(FOLDED)
    page._dock_height = DOCK_HEIGHT
    window.messages.dismiss()
    window.resize(1280, 800)
    page.learner.playback.set_speed(SPEED)
    page.walker.playback.set_speed(SPEED)
    page.right.origin.put_away()
    page.document.load("", NeuronContent().changed(targets=TABLES["nor"].targets))
    page.document.new()
    page.document.undo_stack.clear()
    page.learner._plays = False
    page.dock.learn.steps.source.follow()  # which it only does by itself while it is seen
    let_go(page.widget)
    for section in page.left.findChildren(Section):
        section.set_open(section.heading.text() in OPEN)
    for layout in page.left.findChildren(QLayout):
        layout.invalidate()
    for bar in page.widget.findChildren(QScrollBar):
        bar.setValue(bar.minimum())
    page.enter()
    forget(page)


def forget(page: NeuronPage) -> None:
    """What was answered, pointed at and done in the lesson."""
    forget_guesses(page.walker.guesses)
    lesson = page.left.lesson
    QApplication.processEvents()
    page.model.point_at(None)
    page.right.plane.look_from(Sight(), 0.0, 0.0)
    lesson.done.clear()
    lesson._seen.clear()
    lesson._note()


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Standing[Opened]]:
    found = Standing(opened_neuron, window_of, put_back, tmp_path_factory.mktemp("standing"))
    yield found
    found.close()


@pytest.fixture
def standing_window(request: pytest.FixtureRequest, qapp: QApplication, standing: Standing[Opened]) -> None:
    if "window" in request.fixturenames and shares(request):
        standing.make_ready()
    elif not shares(request):
        standing.close()


@pytest.fixture
def window(request: pytest.FixtureRequest, standing: Standing[Opened], nothing_left_behind: None) -> Iterator[Opened]:
    if shares(request):
        yield standing.held
        standing.take_back()
    else:
        with opened_neuron() as opened:
            yield opened
