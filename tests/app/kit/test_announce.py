"""Sentences for the screen reader."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QWidget

from app.kit.announce import announce, heard, recorded
from app.shell.messages import MessageBar


def test_what_is_said_is_heard_in_order(qtbot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    announce(label, "to nobody")
    with recorded() as said:
        assert heard()
        announce(label, "first")
        announce(label, "")
        announce(label, "now", urgent=True)
    assert said == [("first", False), ("now", True)]


def test_the_screen_reader_is_told(qtbot, monkeypatch) -> None:
    from PySide6.QtGui import QAccessible

    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: told.append((event.message(), event.politeness()))
    )
    label = QLabel()
    qtbot.addWidget(label)
    announce(label, "hello", urgent=True)
    announce(label, "and more")
    politeness = QAccessible.AnnouncementPoliteness
    assert told == [("hello", politeness.Assertive), ("and more", politeness.Polite)]


def test_a_message_is_said_as_it_is_shown(qtbot) -> None:
    bar = MessageBar(QWidget())
    qtbot.addWidget(bar)
    with recorded() as said:
        bar.say("Saved.")
        bar.say("It broke.", "problem")
    assert said == [("Saved.", False), ("It broke.", True)]
