"""Activations side by side: f, f' and a layer's own z on one axis.

One frozen state, the :class:`~engine.activations.comparison.Comparison`: functions, parameters, axis and cursor.
Everything shown follows from it and from one layer of the playground's network.

- :mod:`page`: the columns, two where it is narrow, and what joins them. :mod:`edits`: each change of the comparison
  as a step. :mod:`bar`: actions, and the top bar.
- :mod:`functions`: a compared function as views show it; typed ones are read in the background.
- Left: :mod:`left_panel` with :mod:`own_editor` and :mod:`gelu_part`.
- Middle: :mod:`plots`, one drawing of f, f' and the layer's z (:mod:`layer_plot`).
- Right: :mod:`right_panel` with :mod:`fact_list` and :mod:`layer_use`, which puts a function into the layer.
- :mod:`layer_watch` follows the layer. :mod:`origins` explain numbers, :mod:`rules` are slopes, :mod:`words` sentences.
- :mod:`keys`: what can be pointed at. :mod:`slope_guesses`: slopes guessed before they are shown. :mod:`outline`.
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
        QT_TRANSLATE_NOOP("Actions", "Compare activation functions, their slopes, and where a layer's z falls on them"),
        ("Ctrl+3",),
        "activations",
    ),
    build=_build,
    reads=holds("neuroloom-comparison"),
    files=(FileKind(QT_TRANSLATE_NOOP("Files", "Comparison of activations"), (".loom",)),),
)
