"""The playground: a feed-forward network, its data, its training and its plots."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.playground.files import DATA, NETWORKS, reads
from app.workspaces.workspace import Host, Page, Workspace
from engine.formats import check_link, is_link, link_formats


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
    reads=reads,
    reads_link=is_link,
    check_link=check_link,
    links=tuple(one.start for one in link_formats()),
    files=(*NETWORKS, DATA),
)
