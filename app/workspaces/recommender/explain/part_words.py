"""What the three models are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.workspaces.recommender.explain.content import DEEP, JOINT, WIDE


def part_name(key: str) -> str:
    """A model by its key, in the window's language."""
    return {
        WIDE: QCoreApplication.translate("Parts", "wide only"),
        DEEP: QCoreApplication.translate("Parts", "deep only"),
        JOINT: QCoreApplication.translate("Parts", "joint"),
    }[key]


def part_title(key: str) -> str:
    """The same as a heading."""
    return {
        WIDE: QCoreApplication.translate("Parts", "Wide only"),
        DEEP: QCoreApplication.translate("Parts", "Deep only"),
        JOINT: QCoreApplication.translate("Parts", "Joint"),
    }[key]
