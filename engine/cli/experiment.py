"""``gradients --depth …``: deep networks of equal layers side by side, measured, predicted, and trained if asked to."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from typing import Any

import numpy as np
from pydantic import ValidationError

from engine.cli.commands.warm import compile_kernels
from engine.cli.outcome import Outcome, UsageError, number, table
from engine.gradients.experiment import Configuration, Experiment, parse_configuration, usual_scale
from engine.gradients.figures import Figures, figures_of, shared_dataset
from engine.gradients.predicted import Silence
from engine.gradients.training import GradientRun, train
from engine.gradients.verdict import Judgement, Reason
from engine.initializers import initializer
from engine.problems import EngineError
from engine.training.troubles import TROUBLES
from engine.training.verdicts import WITHIN_BOUNDS, Trouble
from engine.validation import sentence_of

OF_ONE = ("depth", "width", "activation", "initializer", "scale", "normalisation", "skip", "clip_norm", "optimizer")
OF_ALL = ("data", "noise", "samples", "seed", "steps")
COMMON = ("command", "json", "backend", "device", "against", "learning_rate")
SHORT = {"init": "initializer", "lr": "rate", "clip": "clip_norm"}
FAMILIES = {"he": "he_normal", "xavier": "xavier_normal", "lecun": "lecun_normal"}
LETTERS = "ABCD"

SILENT = {
    Silence.BATCH_NORM: "nothing is predicted with batch norm, which ties samples to one another",
    Silence.CONSTANT: "nothing is predicted of weights that are all one constant",
}


def experiment(arguments: Namespace) -> Outcome:
    """The command. Raises UsageError for options of other uses, EngineError for values that cannot be."""
    foreign = next(
        (k for k, v in vars(arguments).items() if v is not None and k not in (*OF_ONE, *OF_ALL, *COMMON)), ""
    )
    if foreign:
        raise UsageError(f"--{foreign.replace('_', '-')} is of no use with --depth, which builds networks of its own")
    first = _first(arguments)
    chosen = _experiment(arguments, (first, *(_against(first, text) for text in arguments.against or ())))
    figures = figures_of(chosen)
    if arguments.steps:
        compile_kernels()
    runs = [_run(chosen, one.configuration) if arguments.steps else None for one in figures]
    document = {
        "data": chosen.data,
        "noise": chosen.noise,
        "samples": chosen.samples,
        "seed": chosen.seed,
        "networks": [_document(one, run) for one, run in zip(figures, runs, strict=True)],
    }
    lines: list[str] = []
    for letter, one, run in zip(LETTERS, figures, runs, strict=False):
        lines += [*([""] if lines else []), *_lines(letter, one, run)]
    return Outcome(document, lines)


def _first(arguments: Namespace) -> Configuration:
    given = {name: value for name in OF_ONE if (value := getattr(arguments, name)) is not None}
    if arguments.learning_rate is not None:
        given["rate"] = arguments.learning_rate
    return parse_configuration(_completed(given))


def _against(first: Configuration, text: str) -> Configuration:
    """The first network with some fields changed, said as ``depth=10,activation=relu``. Raises UsageError."""
    changes: dict[str, Any] = {}
    for part in text.split(","):
        name, sign, value = (piece.strip() for piece in part.partition("="))
        field = SHORT.get(name, name)
        if not sign or field not in Configuration.model_fields:
            known = ", ".join(Configuration.model_fields)
            raise UsageError(f"“{part.strip()}” is no field and its value, such as activation=relu; fields are {known}")
        changes[field] = None if field == "clip_norm" and value == "none" else value
    return parse_configuration(first.model_dump() | _completed(changes))


def _completed(changes: Mapping[str, Any]) -> dict[str, Any]:
    """With short names of initialisers written out, and their usual scale where none is given."""
    found = dict(changes)
    if "initializer" in found:
        found["initializer"] = initializer(FAMILIES.get(found["initializer"], found["initializer"])).key
        found.setdefault("scale", usual_scale(found["initializer"]))
    return found


def _experiment(arguments: Namespace, configurations: tuple[Configuration, ...]) -> Experiment:
    shared = {name: value for name in OF_ALL if (value := getattr(arguments, name)) is not None}
    try:
        return Experiment.model_validate({"configurations": configurations, **shared})
    except ValidationError as error:
        raise EngineError(sentence_of(error)) from error


def _run(chosen: Experiment, configuration: Configuration) -> GradientRun:
    return train(configuration, shared_dataset(chosen), chosen.seed, chosen.steps)


# What is said -----------------------------------------------------------------------------------------------------


def _document(figures: Figures, run: GradientRun | None) -> dict[str, object]:
    signal, prediction, verdict = figures.signal, figures.prediction, figures.judgement
    return {
        "configuration": figures.configuration.model_dump(mode="json"),
        "ratio": verdict.ratio,
        "predicted_ratio": None if prediction is None else prediction.ratio,
        "product_of_factors": float(signal.products[0]),
        "verdict": {
            "trouble": str(verdict.trouble),
            "reason": str(verdict.reason),
            "starts_at": verdict.starts_at,
            "stuck": list(verdict.stuck),
        },
        "no_prediction": None if figures.silence is None else str(figures.silence),
        "loss": signal.loss,
        "layers": {
            "delta": signal.delta,
            "factor": signal.factors,
            "predicted_factor": None if prediction is None else prediction.factors,
            "weight_gradient": signal.weight_gradient,
            "variance": signal.variance,
            "predicted_variance": None if prediction is None else prediction.variance,
        },
        "training": None if run is None else _training(run),
    }


def _training(run: GradientRun) -> dict[str, object]:
    return {
        "steps": run.steps,
        "ratios": run.ratios,
        "losses": run.loss,
        "gradient_norms": run.gradient,
        "step_norms": run.moved,
        "failed_in": None if run.failure is None else run.failure.block_id,
    }


def _lines(letter: str, figures: Figures, run: GradientRun | None) -> list[str]:
    c, signal, prediction = figures.configuration, figures.signal, figures.prediction
    more = "".join([f", {c.normalisation} norm" if c.normalisation != "none" else "", ", skip" if c.skip else ""])
    heading = f"{letter}: {c.depth} × {c.width} {c.activation}, {c.initializer} {number(c.scale)}{more}"
    head = ["layer", "‖δ‖", "‖f′·W‖", "predicted", "product", "measured", "Var z", "predicted", "‖∂L/∂W‖"]
    rows = [_row(figures, at) for at in range(signal.depth)]
    lines = [heading, *table(head, rows), f"{_sentence(figures.judgement)} (loss {number(signal.loss)})"]
    if prediction is not None and signal.depth > 1:
        product = number(float(signal.products[0]))
        lines.append(f"predicted {number(prediction.ratio)}, product of the factors {product}")
    if figures.silence is not None:
        lines.append(SILENT[figures.silence])
    return lines if run is None else [*lines, _trained(run)]


def _row(figures: Figures, at: int) -> list[str]:
    signal, prediction = figures.signal, figures.prediction
    factors = np.append(signal.factors, np.nan)
    predicted = None if prediction is None else np.append(prediction.factors, np.nan)
    values = (
        signal.delta[at],
        factors[at],
        np.nan if predicted is None else predicted[at],
        signal.products[at],
        signal.shares[at],
        signal.variance[at],
        np.nan if prediction is None else prediction.variance[at],
        signal.weight_gradient[at],
    )
    return [str(at + 1), *("–" if np.isnan(value) else number(float(value)) for value in values)]


def _sentence(verdict: Judgement) -> str:
    ratio, word = number(verdict.judged), TROUBLES[verdict.trouble].word
    if verdict.reason is Reason.SINGLE:
        return f"{word}: one hidden layer alone"
    if verdict.reason is Reason.SILENT and verdict.size:
        return f"{word}: ‖δ‖ of layer {verdict.starts_at} is {number(verdict.size)}, next to nothing"
    if verdict.reason is Reason.SILENT:
        told = f"{word}: layer {verdict.starts_at} gets no signal at all"
        return told if verdict.share == 0.0 else f"{told}, and as that is the last one there is no ratio"
    if verdict.reason is Reason.OVERFLOW:
        return f"{word}: from layer {verdict.starts_at} on back, numbers are beyond what a float can hold"
    told = f"{word}: layer {verdict.first} gets {ratio} times what layer {verdict.last} gets"
    if verdict.trouble not in WITHIN_BOUNDS | {Trouble.SATURATED}:
        told += f", out of bounds from layer {verdict.starts_at} on back"
    layers = ", ".join(str(one) for one in verdict.stuck)
    return f"{told}; the slopes of these layers are next to 0: {layers}" if layers else told


def _trained(run: GradientRun) -> str:
    end = (
        f"after {run.steps} steps the ratio is {number(float(run.ratios[-1]))}, the loss {number(float(run.loss[-1]))}"
    )
    return end if run.failure is None else f"{end}; then training broke down"
