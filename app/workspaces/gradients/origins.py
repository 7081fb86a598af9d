"""Where the numbers under the bars come from: each with its formula, its parents, and what others say of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import counted, to_digits
from app.kit.origin.facts import Fact, Parent
from app.workspaces.gradients.formulas import (
    fraction,
    line_fact,
    markup,
    printed,
    quotient,
    times,
    worked_forward,
    worked_prediction,
)
from app.workspaces.gradients.moment import LINE, OriginKey
from app.workspaces.gradients.words import LETTERS, SILENCES, said
from engine.gradients.arithmetic import forward_terms
from engine.gradients.check import CheckFigures, check_figures, check_gains, check_trained
from engine.gradients.experiment import Experiment
from engine.gradients.figures import Figures
from engine.gradients.torch_code import torch_code
from engine.gradients.training import GradientRun, checkable
from engine.graph.kinds.base import Array
from engine.value_check import CheckedValue

DELTA_NAME = r"\Vert\delta^{{({layer})}}\Vert"
WEIGHTS_NAME = r"\Vert\partial L/\partial W^{{({layer})}}\Vert"
TRAINED = {"delta": ("delta", "delta_step", "delta_share"), "weights": ("weights", "step", "share")}
"""The rows there are while training, by what they are of."""


def place_of(key: OriginKey) -> str:
    """Return where a number stands, in words."""
    return _tr("layer {layer} of network {letter}").format(layer=key.layer, letter=LETTERS[key.number])


class TrainedOrigins:
    """Facts about what was measured while training."""

    def __init__(self, experiment: Experiment, runs: tuple[GradientRun | None, ...]) -> None:
        self._experiment, self._runs = experiment, runs

    def fact_of(self, key: OriginKey) -> Fact | None:
        """Return what there is to say of a number; None where it is none of these (any more)."""
        run = self._runs[key.number] if key.number < len(self._runs) else None
        kind = next((kind for kind in TRAINED if key.row in TRAINED[kind]), None)
        if run is None or kind is None or key.step > run.steps:
            return None
        if key.row == kind:
            return self._norm(key, run, kind)
        depth = self._experiment.configurations[key.number].depth
        other = depth if key.row.endswith("share") else key.layer + 1
        return self._ratio(key, run, kind, other) if other <= depth else None

    def _norm(self, key: OriginKey, run: GradientRun, kind: str) -> Fact:
        name, value = _named(run, kind, key.step, key.layer)
        sentence = _tr("Measured while training, on all samples, before the next step is done.")
        check = self._asked(key, run, kind)
        return Fact(key, name, _place(key), value, sentence=f"{sentence} {self._how_checked(key)}", check=check)

    def _ratio(self, key: OriginKey, run: GradientRun, kind: str, other: int) -> Fact:
        (above, first), (below, second) = (_named(run, kind, key.step, layer) for layer in (key.layer, other))
        keys = [OriginKey(key.number, kind, layer, key.step) for layer in (key.layer, other)]
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
        """Return what the check of a trained number is one of."""
        if self._checkable(key):
            return _tr(
                "The steps are repeated, and the backward pass from the resulting weights is checked, not the "
                "steps themselves."
            )
        return _tr("Not checked: the steps would have to be repeated, which would take too long here.")

    def _asked(
        self, key: OriginKey, run: GradientRun, kind: str, below: int | None = None
    ) -> Callable[[], CheckedValue[float]] | None:
        """Return what others say of a norm, over that of the layer ``below`` where one is given; None where it would
        take too long."""
        if not self._checkable(key):
            return None
        experiment, number, step, compiled, layer = self._experiment, key.number, key.step, run.compiled, key.layer

        def pick(figures: tuple[tuple[float, ...], tuple[float, ...]]) -> float:
            norms = figures[0] if kind == "delta" else figures[1]
            return norms[layer - 1] if below is None else quotient(norms[layer - 1], norms[below - 1])

        return lambda: check_trained(experiment, number, step, compiled=compiled).pick(pick)


def _named(run: GradientRun, kind: str, step: int, layer: int) -> tuple[str, float]:
    """The name of a layer's norm, and what it was."""
    norms, pattern = (run.delta, DELTA_NAME) if kind == "delta" else (run.weight_gradient, WEIGHTS_NAME)
    return pattern.format(layer=layer), float(norms[step][layer - 1])


def _place(key: OriginKey) -> str:
    after = counted(key.step, _tr("after {count} {count:step|steps}"))
    return _tr("{place}, {moment}").format(place=place_of(key), moment=after)


NORMS = {"delta": ("delta", DELTA_NAME), "weights": ("weight_gradient", WEIGHTS_NAME)}
"""The field that a norm stands in, of a signal and of what others say, and its name."""


class FigureOrigins:
    """Facts about the numbers of an experiment, as they are now."""

    def __init__(
        self, experiment: Experiment, figures: tuple[Figures, ...], runs: tuple[GradientRun | None, ...]
    ) -> None:
        self._experiment, self._figures = experiment, figures
        self._trained = TrainedOrigins(experiment, runs)

    def fact_of(self, key: Hashable) -> Fact | None:
        """Return what there is to say of a number; None where it is none of these (any more)."""
        if not isinstance(key, OriginKey) or key.number >= len(self._figures) or key.layer > self._depth(key):
            return None
        if key.row in LINE:
            return line_fact(self._of(key), key)
        if key.step:
            return self._trained.fact_of(key)
        made = {
            "delta": self._delta,
            "measured": self._share,
            "factor": self._factor,
            "predicted": self._predicted,
            "product": self._product,
            "share": self._weight_share,
            "step": lambda key: self._to_next(key, "weights"),
            "delta_step": lambda key: self._to_next(key, "delta"),
            "weights": self._weights,
            "variance": self._variance,
            "variance_predicted": self._variance_predicted,
            "variance_quotient": self._quotient,
        }.get(key.row)
        return made(key) if made is not None else None

    # Pieces -------------------------------------------------------------------------------------------------------

    def _of(self, key: OriginKey) -> Figures:
        return self._figures[key.number]

    def _place(self, key: OriginKey) -> str:
        return _tr("{place}, at the start").format(place=place_of(key))

    def _parent(self, key: OriginKey, row: str, layer: int) -> Parent:
        other = OriginKey(key.number, row, layer, key.step)
        fact = self.fact_of(other)
        assert fact is not None
        return Parent(fact.name, fact.place, fact.value, other)

    def _asked(self, key: OriginKey, pick: Callable[[CheckFigures], float]) -> Callable[[], CheckedValue[float]]:
        experiment, number = self._experiment, key.number
        return lambda: check_figures(experiment, number).pick(pick)

    def _asked_of_gains(
        self, key: OriginKey, pick: Callable[[Array], float]
    ) -> Callable[[], CheckedValue[float] | None]:
        """Return what follows from the gains; None where there are none, with batch norm."""
        experiment, number = self._experiment, key.number

        def ask() -> CheckedValue[float] | None:
            figures = check_gains(experiment, number)
            gains = figures.value.factors
            return None if gains is None else figures.pick(lambda _: pick(gains))

        return ask

    def _code(self, key: OriginKey, wanted: str) -> Callable[[], str]:
        """Written once it is asked for."""
        experiment, number = self._experiment, key.number
        return lambda: torch_code(experiment, number, wanted)

    def _depth(self, key: OriginKey) -> int:
        return self._of(key).configuration.depth

    # The error signal ---------------------------------------------------------------------------------------------

    def _delta(self, key: OriginKey) -> Fact:
        signal, index, depth = self._of(key).signal, key.layer - 1, self._depth(key)
        value = float(signal.delta[index])
        parents: tuple[Parent, ...] = ()
        sentence = _tr("The error signal of every sample, squared, averaged over the samples, and the root of that.")
        if key.layer < depth:
            behind, gain = self._parent(key, "delta", key.layer + 1), self._parent(key, "factor", key.layer)
            parents = behind, replace(gain, place=_tr("average gain of {place}").format(place=gain.place))
            sentence += " " + self._no_product(value, float(signal.delta[key.layer]), float(signal.factors[index]))
        return Fact(
            key,
            DELTA_NAME.format(layer=key.layer),
            self._place(key),
            value,
            r"\sqrt{\frac{1}{N}\sum_i \Vert\delta_i^{(l)}\Vert^2},\quad \delta_i = \frac{\partial L_i}{\partial z_i}",
            parents=parents,
            sentence=sentence,
            check=self._asked(key, lambda theirs: float(theirs.delta[index])),
            code=self._code(key, f"delta[{index}]"),
        )

    @staticmethod
    def _no_product(value: float, behind: float, gain: float) -> str:
        """Return what the two numbers that it comes from have to do with it: it is near their product, and not
        equal."""
        words = _tr(
            "It is measured, not multiplied: the gain is an average over random directions, but δ has a "
            "direction of its own. So {behind} × {gain} = {product} only comes near {value}."
        )
        return words.format(
            behind=to_digits(behind, 4),
            gain=to_digits(gain, 4),
            product=to_digits(behind * gain, 4),
            value=to_digits(value, 4),
        )

    def _share(self, key: OriginKey) -> Fact:
        signal, index, depth = self._of(key).signal, key.layer - 1, self._depth(key)
        name = rf"\frac{{{DELTA_NAME.format(layer=key.layer)}}}{{{DELTA_NAME.format(layer=depth)}}}"
        return Fact(
            key,
            name,
            self._place(key),
            float(signal.shares[index]),
            name,
            fraction(float(signal.delta[index]), float(signal.delta[-1])),
            (self._parent(key, "delta", key.layer), self._parent(key, "delta", depth)),
            _tr("How much of the last hidden layer's signal arrives here. Verdicts are based on that of layer 1."),
            check=self._asked(key, lambda theirs: float(theirs.delta[index] / theirs.delta[-1])),
            code=self._code(key, f"delta[{index}] / delta[-1]"),
            printed=printed(float(signal.shares[index])),
        )

    def _factor(self, key: OriginKey) -> Fact | None:
        figures, index = self._of(key), key.layer - 1
        if key.layer >= self._depth(key):
            return None
        n = figures.configuration.width
        plain = figures.configuration.normalisation == "none" and not figures.configuration.skip
        slope = rf"\mathrm{{diag}}(f'(z^{{({key.layer})}}))"
        formula = rf"\frac{{1}}{{\sqrt{{n}}}}\Vert {slope}\, W^{{({key.layer + 1})\top}}\Vert_F"
        sentence = _tr(
            "What this layer’s slope and the weights behind it do to a signal of random direction: the "
            "Frobenius norm over √n, its square averaged over the samples, weighted by the signal each gets."
        )
        if not plain:
            sentence += " " + _tr("Here this includes the normalisation or the skip connection.")
        return Fact(
            key,
            rf"\Vert f'W\Vert^{{({key.layer})}}",
            self._place(key),
            float(figures.signal.factors[index]),
            formula if plain else "",
            rf"n = {n},\quad \sqrt{{\overline{{f'^2}}}} = {markup(float(figures.signal.slope[index]))}",
            sentence=sentence,
            check=self._asked_of_gains(key, lambda gains: float(gains[index])),
        )

    def _product(self, key: OriginKey) -> Fact:
        signal, depth, index = self._of(key).signal, self._depth(key), key.layer - 1
        parents: tuple[Parent, ...] = ()
        worked = "1"
        if key.layer < depth:
            parents = (self._parent(key, "factor", key.layer), self._parent(key, "product", key.layer + 1))
            factor, rest = float(signal.factors[index]), float(signal.products[key.layer])
            worked = times(factor, rest)
        return Fact(
            key,
            rf"\prod_{{k={key.layer}}}^{{{depth - 1}}} \Vert f'W\Vert^{{(k)}}",
            self._place(key),
            float(signal.products[index]),
            r"\Vert f'W\Vert^{(l)} \cdot \prod_{k>l} \Vert f'W\Vert^{(k)}",
            worked,
            parents,
            _tr("Compare it with the measured value: they differ because the direction of δ isn't random."),
            check=self._asked_of_gains(key, lambda gains: math.prod(gains[index:].tolist())),
        )

    def _predicted(self, key: OriginKey) -> Fact | None:
        figures, index = self._of(key), key.layer - 1
        if key.layer >= self._depth(key):
            return None
        prediction, c = figures.prediction, figures.configuration
        if prediction is None:
            assert figures.silence is not None
            return Fact(key, r"\mathrm{predicted}", self._place(key), None, sentence=said(SILENCES[figures.silence]))
        formula, worked = worked_prediction(prediction, index, normed=c.normalisation == "layer")
        return Fact(
            key,
            r"\mathrm{predicted}",
            self._place(key),
            float(prediction.factors[index]),
            formula,
            worked,
            sentence=_tr(
                "Before any weight is drawn: the mean of f′² over a Gaussian z of the predicted variance, times what"
                " the weights do (Glorot & Bengio 2010; He et al. 2015; Schoenholz et al. 2017)."
            ),
        )

    # The gradient of the weights ----------------------------------------------------------------------------------

    def _weights(self, key: OriginKey) -> Fact:
        index = key.layer - 1
        return Fact(
            key,
            WEIGHTS_NAME.format(layer=key.layer),
            self._place(key),
            float(self._of(key).signal.weight_gradient[index]),
            r"\Vert \frac{1}{N}\sum_i \delta_i^{(l)} (a_i^{(l-1)})^\top \Vert_F",
            parents=(self._parent(key, "delta", key.layer),),
            sentence=_tr("δ times the layer's input: where δ shrinks on its way back, the input has grown."),
            check=self._asked(key, lambda theirs: float(theirs.weight_gradient[index])),
            code=self._code(key, f"weight_gradient[{index}]"),
        )

    def _weight_share(self, key: OriginKey) -> Fact:
        return self._ratio(key, "weights", self._depth(key))

    def _to_next(self, key: OriginKey, kind: str) -> Fact | None:
        return None if key.layer >= self._depth(key) else self._ratio(key, kind, key.layer + 1)

    def _ratio(self, key: OriginKey, kind: str, below: int) -> Fact:
        """The norm of a layer, of δ or of the weights' gradient, over that of the layer ``below``."""
        above, (field, pattern) = key.layer, NORMS[kind]
        norms: Array = getattr(self._of(key).signal, field)
        first, second = float(norms[above - 1]), float(norms[below - 1])
        name = rf"\frac{{{pattern.format(layer=above)}}}{{{pattern.format(layer=below)}}}"

        def theirs(figures: CheckFigures) -> float:
            checked: Array = getattr(figures, field)
            return float(checked[above - 1] / checked[below - 1])

        return Fact(
            key,
            name,
            self._place(key),
            quotient(first, second),
            name,
            fraction(first, second),
            (self._parent(key, kind, above), self._parent(key, kind, below)),
            check=self._asked(key, theirs),
            code=self._code(key, f"{field}[{above - 1}] / {field}[{below - 1}]"),
            printed=printed(quotient(first, second)),
        )

    # The way forward ----------------------------------------------------------------------------------------------

    def _variance(self, key: OriginKey) -> Fact:
        index = key.layer - 1
        return Fact(
            key,
            rf"\mathrm{{Var}}\,z^{{({key.layer})}}",
            self._place(key),
            float(self._of(key).signal.variance[index]),
            r"\frac{1}{N n}\sum_{i,j} (z_{ij}^{(l)})^2",
            sentence=_tr("Around 0, because weights drawn around 0 give z a mean of 0."),
            check=self._asked(key, lambda theirs: float(theirs.variance[index])),
            code=self._code(key, f"variance[{index}]"),
        )

    def _variance_predicted(self, key: OriginKey) -> Fact:
        figures = self._of(key)
        prediction = figures.prediction
        value = None if prediction is None else float(prediction.variance[key.layer - 1])
        terms = None if prediction is None else forward_terms(figures.configuration, prediction, key.layer)
        sentence = _tr(
            "n weights of variance Var W, each times its input: the variance of the sum, averaged over the samples."
        )
        if figures.silence is not None:
            sentence = said(SILENCES[figures.silence])
        formula, worked = r"n\,\mathrm{Var}\,W\;E[(a^{(l-1)})^2]", "" if terms is None else worked_forward(terms)
        return Fact(key, formula, self._place(key), value, formula, worked, sentence=sentence)

    def _quotient(self, key: OriginKey) -> Fact | None:
        figures, index = self._of(key), key.layer - 1
        if figures.prediction is None:
            return None
        above, below = float(figures.signal.variance[index]), float(figures.prediction.variance[index])
        return Fact(
            key,
            _tr("measured over predicted") + "$$",
            self._place(key),
            quotient(above, below),
            "",
            fraction(above, below),
            (self._parent(key, "variance", key.layer), self._parent(key, "variance_predicted", key.layer)),
            printed=printed(quotient(above, below)),
        )


def _tr(text: str) -> str:
    return QCoreApplication.translate("Gradients", text)
