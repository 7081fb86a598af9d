"""Activations side by side: f, f' and a layer's own z on one axis.

One frozen state, the :class:`~engine.activations.comparison.Comparison`: what is compared, at which parameters, over
which axis, with the cursor. Everything shown follows from it and from one layer of the playground's network.

- :mod:`page`: joins the rest. :mod:`edits`: each change of the comparison as a step. :mod:`columns`: the columns, two
  where it is narrow, and what they do to one another. :mod:`bar`: actions, and the top bar.
- :mod:`compared`: a compared function as views show it. :mod:`own_functions`: typed ones, read in the background.
- Left: :mod:`left_panel` with :mod:`own_editor` and :mod:`gelu_part`.
- Middle: :mod:`plots`, one drawing of f, f' and the layer's z (:mod:`layer_plot`).
- Right: :mod:`right_panel` with :mod:`checks`, :mod:`cursor_table` and :mod:`effects`.
- The layer: :mod:`layer_view` follows it, :mod:`layer_desk` puts a function in.
- Numbers: :mod:`origins` and :mod:`layer_origins` explain them, :mod:`rules` are the slopes, :mod:`words` what is said.
- :mod:`keys`: what can be pointed at. :mod:`predicting`: slopes guessed before they are shown. :mod:`outline`.
"""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.workspace import FileKind, Host, Page, Workspace
from engine.formats.kind import holds


def _build(host: Host) -> Page:
    from app.workspaces.activations.page import ActivationsPage

    return ActivationsPage(host)


WORKSPACE = Workspace(
    key="activations",
    label=QT_TRANSLATE_NOOP("Workspaces", "Activations"),
    visit=ActionSpec(
        "activations",
        "view",
        -1,
        QT_TRANSLATE_NOOP("Actions", "Activations"),
        QT_TRANSLATE_NOOP("Actions", "Compare activation functions, their slopes, and what a layer's z make of them"),
        ("Ctrl+3",),
        "activations",
    ),
    build=_build,
    ahead=("app.workspaces.activations", "scipy.special"),
    reads=holds("neuroloom-comparison"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Comparison of activations"), (".loom",)),),
)
