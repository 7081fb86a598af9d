"""Several things in a row, joined as the language does it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication


def listed(names: Iterable[str]) -> str:
    """Things of one kind; those without a name are left out."""
    return QCoreApplication.translate("Names", ", ").join(filter(None, names))


def joined(phrases: Iterable[str]) -> str:
    """What is said of one thing, phrase by phrase; those that are empty are left out."""
    return QCoreApplication.translate("Phrases", ", ").join(filter(None, phrases))


def set_apart(phrases: Iterable[str]) -> str:
    """Phrases that have commas of their own; those that are empty are left out."""
    return QCoreApplication.translate("Phrases", "; ").join(filter(None, phrases))
