"""The actions of the workspace: playback, groups of nodes, inputs, and what is in sight."""

from __future__ import annotations

from collections.abc import Mapping

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP

MENUS: Mapping[str, str] = {
    "graph_pass": QT_TRANSLATE_NOOP("Actions", "&Pass"),
    "graph": QT_TRANSLATE_NOOP("Actions", "&Graph"),
}

TIPS: Mapping[str, str] = {
    "new": QT_TRANSLATE_NOOP("Actions", "Start over with the logistic function, worked through"),
}

NETWORK_TIP = QT_TRANSLATE_NOOP("Actions", "The whole network with one sample and its loss, up to 400 nodes")
DRAWN = ("graph_values", "graph_gradients", "graph_names")
"""The parts of the drawing that can be switched off."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("graph_play", "graph_pass", 0, QT_TRANSLATE_NOOP("Actions", "Play or pause the pass"),
               QT_TRANSLATE_NOOP("Actions", "Values go forward node by node, then gradients come back"),
               ("Space",), "play"),
    ActionSpec("graph_step", "graph_pass", 0, QT_TRANSLATE_NOOP("Actions", "One node on"),
               QT_TRANSLATE_NOOP("Actions", "The next node computes its value, or passes its gradient on"),
               (".", "Shift+Space"), "step", repeats=True),
    ActionSpec("graph_back", "graph_pass", 0, QT_TRANSLATE_NOOP("Actions", "One node back"),
               QT_TRANSLATE_NOOP("Actions", "Undo the last step of the pass"),
               (",",), "back", repeats=True),
    ActionSpec("graph_begin", "graph_pass", 1, QT_TRANSLATE_NOOP("Actions", "To the beginning"),
               QT_TRANSLATE_NOOP("Actions", "Only the inputs are known"), ("Ctrl+Home",)),
    ActionSpec("graph_middle", "graph_pass", 1, QT_TRANSLATE_NOOP("Actions", "To the turn"),
               QT_TRANSLATE_NOOP("Actions", "All values known, no gradients yet"), ("Ctrl+T",)),
    ActionSpec("graph_end", "graph_pass", 1, QT_TRANSLATE_NOOP("Actions", "To the end"),
               QT_TRANSLATE_NOOP("Actions", "All gradients known; or the next question while guessing"),
               ("Ctrl+End",)),
    ActionSpec("graph_predict", "graph_pass", 2, QT_TRANSLATE_NOOP("Actions", "Predict first"),
               QT_TRANSLATE_NOOP("Actions", "Guess each gradient before it's shown. Switching it off forgets your "
                                            "answers"),
               ("Ctrl+Shift+Q",), checkable=True),
    ActionSpec("graph_edit", "graph", 0, QT_TRANSLATE_NOOP("Actions", "Edit the expression"),
               QT_TRANSLATE_NOOP("Actions", "Move keyboard focus to the expression"), ("F2", "Ctrl+L"), "pencil"),
    ActionSpec("graph_collapse", "graph", 1, QT_TRANSLATE_NOOP("Actions", "Collapse into one node"),
               QT_TRANSLATE_NOOP("Actions", "Merge the selected nodes into one with its own simplified derivative"),
               ("Ctrl+K",)),
    ActionSpec("graph_open", "graph", 1, QT_TRANSLATE_NOOP("Actions", "Open the collapsed node"),
               QT_TRANSLATE_NOOP("Actions", "Show the nodes inside a collapsed node"), ("Ctrl+Shift+J",)),
    ActionSpec("graph_select_all", "graph", 1, QT_TRANSLATE_NOOP("Actions", "Choose every node"),
               QT_TRANSLATE_NOOP("Actions", "Select every node, to collapse them all"), ("Ctrl+Shift+A",)),
    ActionSpec("graph_origin", "graph", 2, QT_TRANSLATE_NOOP("Actions", "Where does this number come from?"),
               QT_TRANSLATE_NOOP("Actions", "Formula, inputs and parents of the selected node, with a check"),
               ("Ctrl+I",), "info"),
    ActionSpec("graph_nudge", "graph", 2, QT_TRANSLATE_NOOP("Actions", "Nudge the input and measure"),
               QT_TRANSLATE_NOOP("Actions", "Change the selected input a little and see how much the result changes"),
               ("Ctrl+M",)),
    ActionSpec("graph_from_neuron", "graph", 3, QT_TRANSLATE_NOOP("Actions", "A neuron of the playground"),
               QT_TRANSLATE_NOOP("Actions", "The unit selected in the playground, with one sample"),
               ("Ctrl+Shift+G",), "playground"),
    ActionSpec("graph_from_network", "graph", 3, QT_TRANSLATE_NOOP("Actions", "The playground's network"),
               NETWORK_TIP,
               ("Ctrl+Shift+W",)),
    ActionSpec("graph_take_now", "graph", 3, QT_TRANSLATE_NOOP("Actions", "Take its current weights"),
               QT_TRANSLATE_NOOP("Actions", "Reload the open neuron or network with the playground's current weights"),
               ("Ctrl+Shift+Y",)),
    ActionSpec("graph_fit", "view", 1, QT_TRANSLATE_NOOP("Actions", "Zoom to fit"),
               QT_TRANSLATE_NOOP("Actions", "Show the whole graph"), ("Ctrl+9",), "fit"),
    ActionSpec("graph_zoom_in", "view", 1, QT_TRANSLATE_NOOP("Actions", "Zoom in"),
               QT_TRANSLATE_NOOP("Actions", "Larger nodes, less of the graph"), ("Ctrl++", "Ctrl+=")),
    ActionSpec("graph_zoom_out", "view", 1, QT_TRANSLATE_NOOP("Actions", "Zoom out"),
               QT_TRANSLATE_NOOP("Actions", "Smaller nodes, more of the graph"), ("Ctrl+-",)),
    ActionSpec("graph_zoom_actual", "view", 1, QT_TRANSLATE_NOOP("Actions", "Zoom to 100 %"),
               QT_TRANSLATE_NOOP("Actions", "Show the graph at its actual size"), ("Ctrl+0",)),
    ActionSpec("graph_values", "view", 0, QT_TRANSLATE_NOOP("Actions", "Values"),
               QT_TRANSLATE_NOOP("Actions", "Write the forward value above each edge"),
               ("Ctrl+Alt+V",), checkable=True),
    ActionSpec("graph_gradients", "view", 0, QT_TRANSLATE_NOOP("Actions", "Gradients"),
               QT_TRANSLATE_NOOP("Actions", "Write the gradient below each edge"),
               ("Ctrl+Alt+G",), checkable=True),
    ActionSpec("graph_names", "view", 0, QT_TRANSLATE_NOOP("Actions", "Names of nodes"),
               QT_TRANSLATE_NOOP("Actions", "Write v₁, v₂ … above the nodes"),
               ("Ctrl+Alt+N",), checkable=True),
    ActionSpec("graph_right", "view", 0, QT_TRANSLATE_NOOP("Actions", "Explanation"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the right panel: rule, collapsed form, chain, nudge"),
               ("F9",), "right_panel", checkable=True),
    ActionSpec("graph_dock", "view", 0, QT_TRANSLATE_NOOP("Actions", "Nodes and plot"),
               QT_TRANSLATE_NOOP("Actions", "Open or close the dock: the table of nodes, rules, code, the plot"),
               ("F7",), "bottom_panel", checkable=True),
    ActionSpec("graph_outline", "view", 0, QT_TRANSLATE_NOOP("Actions", "Outline"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the graph as a tree, in step with the drawing"),
               ("F4",), checkable=True),
)  # fmt: skip
