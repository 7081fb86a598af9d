"""Actions that are refused say why when their keys are pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.kit.actions import ActionSet, ActionSpec


def test_the_keys_of_a_refused_action_say_why_and_those_of_an_allowed_one_act(qtbot: QtBot) -> None:
    owner, said, done = QWidget(), list[str](), list[str]()
    qtbot.addWidget(owner)
    actions = ActionSet(owner, [ActionSpec("layer", "edit", 0, "Add", "Add a layer", ("H",))])
    actions.bind({"layer": lambda: done.append("added")})
    with qtbot.waitActive(owner):
        owner.show()
        owner.activateWindow()
    for reason, expected in (("One is enough.", ["One is enough."]), ("", []), ("Not for three.", ["Not for three."])):
        said.clear()
        done.clear()
        actions.refuse("layer", reason, said.append)
        assert actions["layer"].isEnabled() is not bool(reason)
        QTest.keyClick(owner, Qt.Key.Key_H)
        assert said == expected and bool(done) is not bool(reason)
