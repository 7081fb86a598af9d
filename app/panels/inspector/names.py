"""What parameters and facts are called, and what their tooltips teach. A kind that nobody wrote words for shows its
field names as they are."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.translation import QT_TRANSLATE_NOOP
from engine.graph import Block
from engine.problems import Problem

CONTEXT = "Inspector"

_WORDS = {
    "units": (
        QT_TRANSLATE_NOOP("Inspector", "Units"),
        QT_TRANSLATE_NOOP(
            "Inspector",
            "How many neurons the layer has. More can bend the boundary more finely; each adds a weight per input.",
        ),
    ),
    "bias": (
        QT_TRANSLATE_NOOP("Inspector", "Bias b"),
        QT_TRANSLATE_NOOP(
            "Inspector", "Adds b to every z, so that a unit's border need not run through the origin"
        ),
    ),
    "activation": (
        QT_TRANSLATE_NOOP("Inspector", "Activation"),
        QT_TRANSLATE_NOOP("Inspector", "The bend between layers: without one, depth adds nothing"),
    ),
    "alpha": (
        QT_TRANSLATE_NOOP("Inspector", "Parameter"),
        QT_TRANSLATE_NOOP("Inspector", "The activation's own parameter"),
    ),
    "initializer": (
        QT_TRANSLATE_NOOP("Inspector", "Initialiser"),
        QT_TRANSLATE_NOOP(
            "Inspector",
            "How the weights are drawn at the start. Too small and the signal fades from layer to layer,"
            " too large and it saturates.",
        ),
    ),
    "scale": (
        QT_TRANSLATE_NOOP("Inspector", "Scale"),
        QT_TRANSLATE_NOOP("Inspector", "The initialiser's own number: how widely the first weights are spread"),
    ),
    "loss": (
        QT_TRANSLATE_NOOP("Inspector", "Loss"),
        QT_TRANSLATE_NOOP("Inspector", "How far an output is from its target: what training makes small"),
    ),
    "features": (
        QT_TRANSLATE_NOOP("Inspector", "Features"),
        QT_TRANSLATE_NOOP("Inspector", "What the network is told of each sample"),
    ),
    "rate": (
        QT_TRANSLATE_NOOP("Inspector", "Rate p"),
        QT_TRANSLATE_NOOP("Inspector", "The share of units that each training step silences; none in a test"),
    ),
    "momentum": (
        QT_TRANSLATE_NOOP("Inspector", "Momentum"),
        QT_TRANSLATE_NOOP("Inspector", "How far each batch moves the running mean and variance that a test uses"),
    ),
    "epsilon": (
        QT_TRANSLATE_NOOP("Inspector", "ε"),
        QT_TRANSLATE_NOOP("Inspector", "Keeps the division sound where the variance is almost zero"),
    ),
}


def tr(text: str) -> str:
    """A string of the inspector in the window's language."""
    return QCoreApplication.translate(CONTEXT, text)


def label_of(name: str) -> str:
    """What the parameter is called."""
    return tr(_WORDS[name][0]) if name in _WORDS else name.replace("_", " ")


def tip_of(name: str) -> str:
    """What the parameter does; nothing for one without words of its own."""
    return tr(_WORDS[name][1]) if name in _WORDS else ""


def default_title(block: Block) -> str:
    """What a block is called that was given no title: ``Dense 2``."""
    return f"{translated('Kind', block.declaration.label)} {block.id.rpartition('-')[2]}"


def title_of(block: Block) -> str:
    """What the block is called."""
    return block.title or default_title(block)


def sentence(problem: Problem) -> str:
    """A problem's sentence in the window's language."""
    return translated("Problem", problem.template).format(**problem.parameters)


def translated(context: str, text: str) -> str:
    """A sentence or name that the engine says, in the window's language."""
    return QCoreApplication.translate(context, text)


def counted(count: int, one: str, many: str) -> str:
    """``1 unit``, ``8 units``: both are translated already, ``many`` with ``{count}`` in it."""
    return one if count == 1 else many.format(count=f"{count:,}")
