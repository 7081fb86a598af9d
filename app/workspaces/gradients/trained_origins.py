"""Where the numbers under the bars come from after some steps of training, and what others say of them there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import counted
from app.kit.origin.facts import Fact, Parent
from app.workspaces.gradients.formulas import fraction, printed, quotient
from app.workspaces.gradients.origin_key import OriginKey
from app.workspaces.gradients.words import LETTERS
from engine.gradients.check import check_trained
from engine.gradients.experiment import Experiment
from engine.gradients.training import Run, checkable
from engine.value_check import CheckedValue

DELTA_NAME = r"\Vert\delta^{{({layer})}}\Vert"
WEIGHTS_NAME = r"\Vert\partial L/\partial W^{{({layer})}}\Vert"
TRAINED = {"delta": ("delta", "delta_step", "delta_share"), "weights": ("weights", "step", "share")}
"""The rows there are while training, by what they are of."""


def place_of(key: OriginKey) -> str:
    """Where a number stands, in words."""
    return _tr("layer {layer} of network {letter}").format(layer=key.layer, letter=LETTERS[key.number])


class TrainedOrigins:
    """Facts about what was measured while training."""

    def __init__(self, experiment: Experiment, runs: tuple[Run | None, ...]) -> None:
        self._experiment, self._runs = experiment, runs

    def fact_of(self, key: OriginKey) -> Fact | None:
        """What there is to say of a number; None where it is none of these (any more)."""
        run = self._runs[key.number] if key.number < len(self._runs) else None
        kind = next((one for one in TRAINED if key.row in TRAINED[one]), None)
        if run is None or kind is None or key.step > run.steps:
            return None
        if key.row == kind:
            return self._norm(key, run, kind)
        depth = self._experiment.configurations[key.number].depth
        other = depth if key.row.endswith("share") else key.layer + 1
        return self._ratio(key, run, kind, other) if other <= depth else None

    def _norm(self, key: OriginKey, run: Run, kind: str) -> Fact:
        name, value = _named(run, kind, key.step, key.layer)
        sentence = _tr("Measured while training, on all samples, before the next step is done.")
        check = self._asked(key, run, kind)
        return Fact(key, name, _place(key), value, sentence=f"{sentence} {self._how_checked(key)}", check=check)

    def _ratio(self, key: OriginKey, run: Run, kind: str, other: int) -> Fact:
        (above, first), (below, second) = (_named(run, kind, key.step, one) for one in (key.layer, other))
        keys = [OriginKey(key.number, kind, one, key.step) for one in (key.layer, other)]
        name = rf"\frac{{{above}}}{{{below}}}"
        return Fact(
            key,
            name,
            _place(key),
            quotient(first, second),
            name,
            fraction(first, second),
            (Parent(above, _place(keys[0]), first, keys[0]), Parent(below, _place(keys[1]), second, keys[1])),
            self._how_checked(key),
            check=self._asked(key, run, kind, other),
            printed=printed(quotient(first, second)),
        )

    def _checkable(self, key: OriginKey) -> bool:
        return checkable(self._experiment.configurations[key.number], self._experiment.samples, key.step)

    def _how_checked(self, key: OriginKey) -> str:
        """What the check of a trained number is one of."""
        if self._checkable(key):
            return _tr(
                "The steps are done once more, and the weights that they lead to are checked: the way back from there,"
                " not the steps."
            )
        return _tr("It is not checked: the steps would have to be done once more, which would take too long here.")

    def _asked(
        self, key: OriginKey, run: Run, kind: str, below: int | None = None
    ) -> Callable[[], CheckedValue[float]] | None:
        """What others say of a norm, over that of the layer ``below`` where one is given; None where it would take too
        long."""
        if not self._checkable(key):
            return None
        experiment, number, step, compiled, layer = self._experiment, key.number, key.step, run.compiled, key.layer

        def pick(found: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
            norms = found[0] if kind == "delta" else found[1]
            return norms[layer - 1] if below is None else quotient(norms[layer - 1], norms[below - 1])

        return lambda: check_trained(experiment, number, step, compiled=compiled).pick(pick)


def _named(run: Run, kind: str, step: int, layer: int) -> tuple[str, float]:
    """The name of a layer's norm, and what it was."""
    norms, pattern = (run.delta, DELTA_NAME) if kind == "delta" else (run.weight_gradient, WEIGHTS_NAME)
    return pattern.format(layer=layer), float(norms[step][layer - 1])


def _place(key: OriginKey) -> str:
    after = counted(key.step, _tr("after 1 step"), _tr("after {count} steps"))
    return _tr("{place}, {moment}").format(place=place_of(key), moment=after)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
