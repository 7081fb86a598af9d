"""The page's actions."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP

ACTIONS = (
    ActionSpec("gradients_train", "run", 0, QT_TRANSLATE_NOOP("Actions", "Train all"),
               QT_TRANSLATE_NOOP("Actions", "Train every network for as many steps, or stop"), ("Space",), "play"),
    ActionSpec("gradients_step", "run", 1, QT_TRANSLATE_NOOP("Actions", "Step"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers one step later; train first where nothing is trained"),
               (".",), "step", repeats=True),
    ActionSpec("gradients_back", "run", 1, QT_TRANSLATE_NOOP("Actions", "Step back"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers one step earlier"), (",",), repeats=True),
    ActionSpec("gradients_start", "run", 1, QT_TRANSLATE_NOOP("Actions", "Back to start"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers as they begin"), ("Shift+,",), "reset"),
    ActionSpec("gradients_end", "run", 1, QT_TRANSLATE_NOOP("Actions", "Last step"),
               QT_TRANSLATE_NOOP("Actions", "Show the layers after the last step"), ("Shift+.",)),
    ActionSpec("gradients_guess", "run", 2, QT_TRANSLATE_NOOP("Actions", "Predict first"),
               QT_TRANSLATE_NOOP("Actions", "Hide what comes of an edit until you have guessed it"), ("P",),
               checkable=True),
    ActionSpec("gradients_map", "run", 3, QT_TRANSLATE_NOOP("Actions", "Stop the map"),
               QT_TRANSLATE_NOOP("Actions", "Stop working out the map of depth × scale, or go on with it"), ("M",)),
    ActionSpec("gradients_add", "edit", 3, QT_TRANSLATE_NOOP("Actions", "Add a network"),
               QT_TRANSLATE_NOOP("Actions", "One more network beside these, a copy of the last"), ("Shift+A",), "plus"),
    ActionSpec("gradients_open", "file", 3, QT_TRANSLATE_NOOP("Actions", "Open in the playground"),
               QT_TRANSLATE_NOOP("Actions", "The chosen network as it is at the moment shown, in the playground"),
               ("Ctrl+Return",), "open"),
)  # fmt: skip
