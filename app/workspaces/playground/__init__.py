"""The playground: a feed-forward network, its data, its training and its plots.

- :mod:`page` owns document, trainer and canvas; :mod:`panes` builds the panels round the canvas and wires them.
- :mod:`transport_bar` is the playground's part of the top bar; :mod:`announcements` and :mod:`voice` say what
  happens, in the message bar and to screen readers; :mod:`run_origins` says where a number of the bar comes from.
- ``panels/left_column``: :mod:`data` and the sheet that imports a file (:mod:`import_sheet`), the palette, features
  and :mod:`optimiser`, each folded behind a line that says its state; the note of an example of the gallery in their
  place.
- ``panels/right_column``: :mod:`output` is what the network has learnt: :mod:`decision_view` with its :mod:`points`,
  the :mod:`sample_card` of the ringed one, an input to try, points to draw (:mod:`sketch`); for data of images it is
  :mod:`image_output` with a :mod:`drawing_pad`. :mod:`readings` says outputs in words. Below stand the cards of what
  is selected, and :mod:`trial_card`, where cures are compared.
- ``plots/panel``: the dock. :mod:`tabs` are its plots, :mod:`layers` their series and marks, :mod:`answers_page` is
  answers against the truth; :mod:`verdict` finds what is to be said of a run, :mod:`remedy_words` names what mends
  it, and :mod:`verdict_row` says it on the line of the tabs.
- ``runs/pane`` takes the place of canvas and dock: the trainings of the network side by side.
"""

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
    links=tuple(link_format.start for link_format in link_formats()),
    files=(*NETWORKS, DATA),
)
