"""A section that follows a user, in sight, and what a person waits for."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from app.workspaces.recommender.follow.section import FollowSection
from app.workspaces.recommender.open_run import OpenRun

WAIT_MS = 120_000


class Followed:
    """The section of a run, and its session."""

    def __init__(self, qtbot: QtBot, run: OpenRun) -> None:
        self.qtbot, self.run = qtbot, run
        self.section = FollowSection()
        qtbot.addWidget(self.section)
        self.section.resize(1200, 760)
        self.section.show_run(run)
        self.section.show()
        self.session, self.document = self.section.session, self.section.session.document
        self.chooser = self.section.second.chooser

    def until(self, condition: Callable[[], object]) -> None:
        """Wait for it."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=WAIT_MS)

    def settled(self) -> None:
        """Wait until everything that was asked has been answered."""
        self.until(lambda: not self.run.answers.busy and self.session.effects is not None)
