"""The playground: a feed-forward network, its data, its training and its plots."""

from __future__ import annotations

from pathlib import Path

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.data.suffixes import DATA_SUFFIXES

NETWORKS = FileKind(QT_TRANSLATE_NOOP("Files", "Networks"), (".loom",))
DATA = FileKind(QT_TRANSLATE_NOOP("Files", "Data"), DATA_SUFFIXES)


def is_data(path: Path) -> bool:
    """Whether a file is a table to be taken as the data set."""
    return path.suffix.lower() in DATA.suffixes


def _reads(path: Path) -> bool:
    return is_data(path) or path.suffix.lower() in NETWORKS.suffixes


def _build(host: Host) -> Page:
    from app.workspaces.playground.page import PlaygroundPage

    return PlaygroundPage(host)


WORKSPACE = Workspace(
    key="playground",
    label=QT_TRANSLATE_NOOP("Workspaces", "Playground"),
    visit=ActionSpec(
        "playground",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Playground"),
        QT_TRANSLATE_NOOP("Actions", "Build a network and train it"),
        ("Ctrl+1",),
        "playground",
    ),
    build=_build,
    reads=_reads,
    files=(NETWORKS, DATA),
)
