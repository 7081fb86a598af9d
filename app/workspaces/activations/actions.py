"""The actions of the page: each has keys, a place in the menus and a tooltip."""

from __future__ import annotations

from app.kit.actions import ActionSpec
from app.kit.translation import QT_TRANSLATE_NOOP

MENUS = {"compare": QT_TRANSLATE_NOOP("Actions", "&Compare")}

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec("activations_use", "compare", 0, QT_TRANSLATE_NOOP("Actions", "Use in the layer"),
               QT_TRANSLATE_NOOP("Actions", "Put the marked activation into the playground's layer; it can be undone"
                                            " here and there"),
               ("Ctrl+Return",), "activation"),
    ActionSpec("activations_show", "compare", 0, QT_TRANSLATE_NOOP("Actions", "Show the network"),
               QT_TRANSLATE_NOOP("Actions", "Go to the playground, whose layer is looked at"), ("Ctrl+J",),
               "playground"),
    ActionSpec("activations_predict", "compare", 1, QT_TRANSLATE_NOOP("Actions", "Predict first"),
               QT_TRANSLATE_NOOP("Actions", "Hide every slope, and guess one before it is shown"), ("Ctrl+P",),
               checkable=True),
    ActionSpec("activations_outline", "view", 0, QT_TRANSLATE_NOOP("Actions", "Outline"),
               QT_TRANSLATE_NOOP("Actions", "Show or hide the page as a tree, with every number"), ("F4",),
               checkable=True),
    ActionSpec("activations_reset_axis", "view", 0, QT_TRANSLATE_NOOP("Actions", "Reset axis"),
               QT_TRANSLATE_NOOP("Actions", "Show x from −6 to 6 again (also by a double click)"), ("Ctrl+0",), "fit"),
)  # fmt: skip
