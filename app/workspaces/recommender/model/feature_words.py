"""What the features of candidate generation and ranking are called."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.recommender.model.answers import Feature

_TITLES = {
    "history": QT_TRANSLATE_NOOP("Features", "Watch history"),
    "video": QT_TRANSLATE_NOOP("Features", "The video shown"),
    "latest": QT_TRANSLATE_NOOP("Features", "Latest watches"),
    "searches": QT_TRANSLATE_NOOP("Features", "Searches"),
    "category": QT_TRANSLATE_NOOP("Features", "About the user"),
    "example_age": QT_TRANSLATE_NOOP("Features", "Example age"),
}


def feature_title(feature: Feature) -> str:
    """A feature's name: of one of several, the name that it has in the data."""
    if feature.name:
        return feature.name
    title = _TITLES.get(feature.sort)
    return feature.sort if title is None else QCoreApplication.translate("Features", title)
