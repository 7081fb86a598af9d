"""Gradients: deep networks side by side, to see why their signal vanishes or explodes and what cures it.

    document ──edits──► Experiment ──bench (threads)──► Figures, Run, Trial, Map ──moment──► what is shown

- :mod:`page` joins the document (:mod:`edits`, :mod:`opening`) to what is worked out of it and to what shows that.
- :mod:`bench`, :mod:`mapper`, :mod:`spread` work out: figures at the start, runs, cures, the map, other draws.
- :mod:`course` is the moment among a run's steps; :mod:`moment` and :mod:`shown` are what there is to see of a network
  then. :mod:`views` hands them round, :mod:`aside` to the strip; :mod:`guessing` hides them until they are guessed.
- :mod:`board` holds a :mod:`column` for each network (its :mod:`settings`, :mod:`layer_chart`, :mod:`verdict_card` with
  :mod:`arithmetic_view`) over the :mod:`strip` (:mod:`trend`, :mod:`layer_tables`, :mod:`map_view`, :mod:`outline`,
  :mod:`doctor_panel`) and the :mod:`side` card; :mod:`bar` is the page's part of the top bar.
- :mod:`words`, :mod:`reasons`, :mod:`map_words`, :mod:`formulas`: what all that is called, and its arithmetic.
- :mod:`origins`, with :mod:`line_origins`, :mod:`trained_origins`, :mod:`doctor_origins`: where each number comes from.
"""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.gradients.page import GradientsPage

    return GradientsPage(host)


WORKSPACE = Workspace(
    key="gradients",
    label=QT_TRANSLATE_NOOP("Workspaces", "Gradients"),
    visit=ActionSpec(
        "gradients",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Gradients"),
        QT_TRANSLATE_NOOP("Actions", "See why the signal of a deep network vanishes or explodes, and what cures it"),
        ("Ctrl+5",),
        "gradients",
    ),
    build=_build,
    ahead=("app.workspaces.gradients.page",),
    reads=holds("neuroloom-experiment"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Gradient experiment"), (".loom",)),),
)
