"""The recommenders' part of the top bar: its figures."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.workspaces.recommender.page import RecommenderBar
from app.workspaces.recommender.section import Figure


def test_a_figure_s_tip_is_that_of_its_present_value(qtbot: QtBot) -> None:
    bar = RecommenderBar(QAction("Go"), QAction("Open"), QWidget())
    qtbot.addWidget(bar)
    bar.set_figures((Figure("Rank", "0.5", tip="the truth has 0.6"),))
    readout = bar.readouts[0]
    bar.set_figures((Figure("Rank", "0.7", tip="the truth has 0.8"),))
    assert bar.readouts[0] is readout and readout.value.text() == "0.7" and readout.toolTip() == "the truth has 0.8"
