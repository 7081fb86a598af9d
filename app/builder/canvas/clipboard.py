"""Blocks on the clipboard: JSON under a type of our own, and as text, so that it can be pasted into a message; and
links in which a network is said."""

from __future__ import annotations

from pydantic import ValidationError
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from engine.formats import is_link
from engine.graph import NetworkGraph
from engine.problems import EngineError

MIME_TYPE = "application/x-neuroloom-blocks+json"
LARGEST = 2_000_000
"""Characters: more text than this is surely not a piece of a network."""


def put(piece: NetworkGraph) -> None:
    """Put a piece of a network on the clipboard."""
    text = piece.model_dump_json()
    data = QMimeData()
    data.setData(MIME_TYPE, text.encode())
    data.setText(text)
    QGuiApplication.clipboard().setMimeData(data)


def take() -> NetworkGraph | None:
    """The piece on the clipboard; None when what is there is something else."""
    data = QGuiApplication.clipboard().mimeData()
    if data is None:
        return None
    text = bytes(data.data(MIME_TYPE).data()).decode(errors="replace") if data.hasFormat(MIME_TYPE) else data.text()
    if not text or len(text) > LARGEST or not text.lstrip().startswith("{"):
        return None
    try:
        piece = NetworkGraph.model_validate_json(text)
    except (ValidationError, EngineError):
        return None
    return piece if piece.blocks else None


def link() -> str:
    """The link on the clipboard in which a network is said; empty where there is none."""
    text = QGuiApplication.clipboard().text()
    return text if len(text) <= LARGEST and is_link(text) else ""
