"""One neuron: what it computes, why one line cannot do everything, how it learns, beside the nerve cell it copies.

At first sight the unit is there in three ways, and each lights up and changes the others: the nerve cell, the unit with
its formula, the plane with its truth table. Everything else waits behind a line that says how it stands.

- :mod:`model`: the document, how far a walk has come, what is still to be predicted, what is pointed at; its edits.
  :mod:`parts`: what cell and unit have in common. :mod:`words`: names and numbers.
- :mod:`page` joins the rooms. :mod:`bar` and :mod:`control_panel` (with :mod:`presets` and :mod:`lesson`) set the unit.
- :mod:`stage`: the drawing of cell and unit; :mod:`sum_line` is the unit's formula.
- :mod:`inputs_panel`: :mod:`plane` draws the rows in the space of the inputs, :mod:`truth_table` lists them.
- :mod:`dock`: one line with the verdict; opened, why, all settings, the perceptron rule, or the :mod:`outline`.
- :mod:`walker` and :mod:`learner` go through the rows, and ask before they show; :mod:`origins` explains numbers.
- :mod:`miniature`: small planes and cubes, for tiles and dock.

Blue fires and orange is silent, everywhere. A function has one ink wherever it is drawn or named.
"""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.neuron.page import NeuronPage

    return NeuronPage(host)


WORKSPACE = Workspace(
    key="neuron",
    label=QT_TRANSLATE_NOOP("Workspaces", "Neuron"),
    visit=ActionSpec(
        "neuron",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "One neuron"),
        QT_TRANSLATE_NOOP("Actions", "See what one unit can do, and why one line cannot do XOR"),
        ("Ctrl+2",),
        "neuron",
    ),
    build=_build,
    ahead=("app.workspaces.neuron.page",),
    reads=holds("neuroloom-neuron"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Neuron"), (".loom",)),),
)
