"""The playground's actions: training, and the panels round the canvas."""

from __future__ import annotations

from collections.abc import Mapping

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP

MENUS: Mapping[str, str] = {
    "train": QT_TRANSLATE_NOOP("Actions", "&Train"),
    "network": QT_TRANSLATE_NOOP("Actions", "&Network"),
    "outline": QT_TRANSLATE_NOOP("Actions", "&Outline"),
    "pass": QT_TRANSLATE_NOOP("Actions", "&Pass"),
}

PANELS: Mapping[str, bool] = {"left": True, "outline": False, "right": True, "bottom": True}
"""The panels, and whether they are shown at the first start. Each has an action of the name ``<panel>_panel``."""

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("left_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Data and blocks"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the left panel: data, blocks, features, optimiser"),
               ("F5",), "left_panel", checkable=True),
    ActionSpec("right_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Output and block"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the right panel: output and the selected block"),
               ("F9",), "right_panel", checkable=True),
    ActionSpec("bottom_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Plots and pass"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the dock: loss, gradients, activations, weights, the pass"),
               ("F7",), "bottom_panel", checkable=True),
    ActionSpec("outline_panel", "view", 0, QT_TRANSLATE_NOOP("Actions", "Outline"),
               QT_TRANSLATE_NOOP("Actions", "Show the network as a tree in place of the left panel, or hide it"),
               ("F4",), checkable=True),
    ActionSpec("runs_page", "view", 0, QT_TRANSLATE_NOOP("Actions", "Runs"),
               QT_TRANSLATE_NOOP("Actions", "Compare the trainings of this network, and go on with any of them"),
               ("Ctrl+Shift+U",), checkable=True),
    ActionSpec("next_pane", "view", 1, QT_TRANSLATE_NOOP("Actions", "Next pane"),
               QT_TRANSLATE_NOOP("Actions", "Move keyboard focus to the next pane: data, outline, canvas, plots, "
                                            "output"),
               ("F6",)),
    ActionSpec("previous_pane", "view", 1, QT_TRANSLATE_NOOP("Actions", "Previous pane"),
               QT_TRANSLATE_NOOP("Actions", "Move keyboard focus to the previous pane"), ("Shift+F6",)),
    ActionSpec("pass_page", "pass", 0, QT_TRANSLATE_NOOP("Actions", "Show the pass"),
               QT_TRANSLATE_NOOP("Actions", "Step through forward pass, loss, backward pass and update, in the dock"),
               ("F8",), "play"),
    ActionSpec("copy_link", "file", 1, QT_TRANSLATE_NOOP("Actions", "Copy as link"),
               QT_TRANSLATE_NOOP("Actions", "Copy a link that also opens the network in TensorFlow Playground"),
               ("Ctrl+Shift+K",)),
    ActionSpec("scalar_neuron", "network", 0, QT_TRANSLATE_NOOP("Actions", "Show the neuron as a computation graph"),
               QT_TRANSLATE_NOOP("Actions", "The chosen neuron with the pass's sample, with a node for every + and ×"),
               ("Ctrl+Shift+G",), "scalar_graph"),
    ActionSpec("scalar_network", "network", 0, QT_TRANSLATE_NOOP("Actions", "Show the network as a computation graph"),
               QT_TRANSLATE_NOOP("Actions", "The whole network with one sample and its loss, up to 400 nodes"),
               ("Ctrl+Shift+W",)),
    ActionSpec("play", "train", 0, QT_TRANSLATE_NOOP("Actions", "Play"),
               QT_TRANSLATE_NOOP("Actions", "Train until paused: every step lowers the loss along its gradient"),
               ("Space",), "play"),
    ActionSpec("step", "train", 0, QT_TRANSLATE_NOOP("Actions", "Step"),
               QT_TRANSLATE_NOOP("Actions", "One step: forward and backward over one batch, then one update"),
               ("Shift+Space",), "step", repeats=True),
    ActionSpec("epoch", "train", 0, QT_TRANSLATE_NOOP("Actions", "Epoch"),
               QT_TRANSLATE_NOOP("Actions", "Train to the end of the epoch: every training sample once"),
               ("Ctrl+E",), "epoch", repeats=True),
    ActionSpec("earlier", "train", 1, QT_TRANSLATE_NOOP("Actions", "Back in this training"),
               QT_TRANSLATE_NOOP("Actions", "Take the training back to an earlier epoch; the slider under the curves "
                                            "goes anywhere"),
               ("Alt+Left",), repeats=True),
    ActionSpec("later", "train", 1, QT_TRANSLATE_NOOP("Actions", "On in this training"),
               QT_TRANSLATE_NOOP("Actions", "Where the training was taken back, go on to a later epoch again"),
               ("Alt+Right",), repeats=True),
    ActionSpec("reset", "train", 1, QT_TRANSLATE_NOOP("Actions", "Reset"),
               QT_TRANSLATE_NOOP("Actions", "Back to step 0 with the same seed, so the same initial weights"),
               ("Ctrl+R",), "reset"),
    ActionSpec("reset_new_seed", "train", 1, QT_TRANSLATE_NOOP("Actions", "Reset with a new seed"),
               QT_TRANSLATE_NOOP("Actions", "Back to step 0 with new random weights and a new shuffle"),
               ("Ctrl+Shift+R",), "dice"),
    ActionSpec("slower", "train", 2, QT_TRANSLATE_NOOP("Actions", "Slower"),
               QT_TRANSLATE_NOOP("Actions", "Train more slowly, down to one step a second"), ("[", "Ctrl+["), "minus"),
    ActionSpec("faster", "train", 2, QT_TRANSLATE_NOOP("Actions", "Faster"),
               QT_TRANSLATE_NOOP("Actions", "Train faster, up to the machine's limit"), ("]", "Ctrl+]"), "plus"),
    ActionSpec("full_speed", "train", 2, QT_TRANSLATE_NOOP("Actions", "Full speed"),
               QT_TRANSLATE_NOOP("Actions", "Train as fast as possible; press again to go back to the earlier speed"),
               ("\\", "Ctrl+\\"), "speed"),
    ActionSpec("stop_after", "train", 3, QT_TRANSLATE_NOOP("Actions", "Stop after…"),
               QT_TRANSLATE_NOOP("Actions", "Pause automatically after a number of epochs"), ("Ctrl+T",), "flag"),
    ActionSpec("stop_when_solved", "train", 3, QT_TRANSLATE_NOOP("Actions", "Stop when solved"),
               QT_TRANSLATE_NOOP("Actions", "Pause automatically once every training and test sample is classified "
                                            "correctly, or both R² "
                   "reach 0.99"), ("Ctrl+Shift+T",), "flag", checkable=True),
)  # fmt: skip

TIPS: Mapping[str, str] = {
    "new": QT_TRANSLATE_NOOP(
        "Actions", "Start over with a blank network on the current data: an input and an output, epoch 0"
    ),
    "open": QT_TRANSLATE_NOOP("Actions", "Open a network file, or a CSV or Parquet file as the data set"),
    "save": QT_TRANSLATE_NOOP("Actions", "Save the network, its choice of data and its current weights"),
    "undo": QT_TRANSLATE_NOOP("Actions", "Undo the last edit; training keeps its weights"),
}
"""The tips of the window's own actions on this page."""
