"""The words of the ready-made experiments."""

from __future__ import annotations

from app.kit.translation import QT_TRANSLATE_NOOP

PRESET_WORDS: dict[str, tuple[str, str, str]] = {
    "vanishing": (
        QT_TRANSLATE_NOOP("Gradients", "Vanishing"),
        QT_TRANSLATE_NOOP("Gradients", "logistic against ReLU with He"),
        QT_TRANSLATE_NOOP("Gradients", "Each logistic layer passes on a tenth. Why do nine of them leave nothing?"),
    ),
    "exploding": (
        QT_TRANSLATE_NOOP("Gradients", "Exploding"),
        QT_TRANSLATE_NOOP("Gradients", "weights too large, identity"),
        QT_TRANSLATE_NOOP("Gradients", "Weights four times too large: each layer makes four of one."),
    ),
    "rate": (
        QT_TRANSLATE_NOOP("Gradients", "Smaller rate, no cure"),
        QT_TRANSLATE_NOOP("Gradients", "η against η/100"),
        QT_TRANSLATE_NOOP("Gradients", "Train both: a rate scales all layers alike, and the ratio stays."),
    ),
    "cures": (
        QT_TRANSLATE_NOOP("Gradients", "Cures, one at a time"),
        QT_TRANSLATE_NOOP("Gradients", "activation, start, norm, skip"),
        QT_TRANSLATE_NOOP("Gradients", "Ask the doctor about A and apply one cure; undo, and try the next."),
    ),
    "clipping": (
        QT_TRANSLATE_NOOP("Gradients", "Clipping"),
        QT_TRANSLATE_NOOP("Gradients", "bounds the step, not the ratio"),
        QT_TRANSLATE_NOOP("Gradients", "Train both: one breaks down, the other’s steps are bounded, its ratio is not."),
    ),
    "depth": (
        QT_TRANSLATE_NOOP("Gradients", "How deep can it go?"),
        QT_TRANSLATE_NOOP("Gradients", "the ratio against depth and scale"),
        QT_TRANSLATE_NOOP("Gradients", "Click in the map: only near the edge does the signal get through all layers."),
    ),
}
"""Title, what differs, and what to watch, by the preset's key."""
