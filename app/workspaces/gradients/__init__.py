"""Gradients: deep networks side by side, to see why their signal vanishes or explodes and what cures it.

    document ──settings──► Experiment ──bench (threads)──► Figures, Run, Trial, Map ──moment──► what is shown

- :mod:`page` joins the document to what is worked out of it (:mod:`bench`) and to what shows that.
- :mod:`moment` is what there is to see of a network after so many steps of its run, and why. :mod:`views` hands that
  round; :mod:`ratio_guesses` hides it until it is guessed.
- :mod:`board` holds a column for each network (its :mod:`settings`, :mod:`layers` and :mod:`verdict`) over the
  :mod:`strip` (:mod:`trend`, :mod:`layers`, :mod:`depth_map`, an outline, :mod:`doctor`, and a card that explains or
  asks); :mod:`bar` is the page's part of the top bar.
- :mod:`words`: what all that is called. :mod:`formulas`: its arithmetic. :mod:`origins`: where each number comes from.
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
        QT_TRANSLATE_NOOP("Actions", "See why a deep network's signal vanishes or explodes, and what cures it"),
        ("Ctrl+5",),
        "gradients",
    ),
    build=_build,
    reads=holds("neuroloom-experiment"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Gradient experiment"), (".loom",)),),
)
