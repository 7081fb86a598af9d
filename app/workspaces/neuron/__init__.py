"""One neuron: what it computes, why one line cannot do everything, how it learns, beside the nerve cell it copies.

At first sight the unit is there in three ways, and each lights up and changes the others: the nerve cell, the unit with
its formula, the plane with its truth table. Everything else waits behind a line that says how it stands.

    document ──model──► Reading, stage, what is hidden and pointed at ──draw──► stage, plane, conditions, settings …

- :mod:`model`: the document, how far a walk has come, what is still to be predicted, what is pointed at; its edits.
  :mod:`words`: names, numbers, and the verdict in a sentence.
- :mod:`page` joins the rooms. :mod:`bar` has its actions; :mod:`control_panel` sets the unit, and has a lesson.
- :mod:`stage`: the drawing of :mod:`cell` and :mod:`unit`, placed by :mod:`geometry`, over the sum with its numbers.
- :mod:`inputs_panel`: the rows in the :mod:`plane` or :mod:`cube` of the inputs, and the :mod:`truth_table`.
- :mod:`dock`: one line with the verdict; opened, :mod:`conditions` beside the :mod:`layer_card`, :mod:`settings_tab`,
  :mod:`learn_tab`, or the outline.
- :mod:`players`: the walk and the perceptron rule go through the rows, and ask before they show. :mod:`origins`
  explains numbers.

What fires has the colour of positive, what is silent that of negative, everywhere. A function has one ink wherever it
is drawn or named.
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
    reads=holds("neuroloom-neuron"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Neuron"), (".loom",)),),
)
