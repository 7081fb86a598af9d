"""Remedies after a run has broken down: back to the last sound weights, and on from there more carefully."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.formats.progress import Cause, Diagnosis
from engine.graph.edit import set_params
from engine.initializers import initializer
from engine.network.plan import Node
from engine.problems import Word
from engine.training.remedies.base import GENTLER, Case, Cure, Edit, Remedy, drawn, good_start
from engine.training.verdicts import Verdict

SLOWEST = 1e-5
FAIR = 0.5
"""An update is small enough at this share of the weights that it changes."""


class BackSlower(Cure):
    """The last sound weights, and the rate halved as often as the first update that was too large asks for."""

    key = "back_slower"
    sets_rate = True
    label = Word("Back, lower rate {value}")
    tip = Word("Go back to {moment}, before the loss rose, and learn on at the lower rate {value}.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        found = case.snapshot.diagnosis
        if found is None or found.cause not in (Cause.STEPS, Cause.START):
            return None
        if found.cause is Cause.START and (found.began is None or found.began.quantity != "update"):
            return None
        return self._at(case.setup.hyper.learning_rate / 2 ** _halvings(found))

    def gentler(self, remedy: Remedy) -> Remedy | None:
        assert remedy.value is not None  # it was offered with one
        return self._at(remedy.value / GENTLER)

    def _at(self, rate: float) -> Remedy | None:
        rate = float(f"{rate:.3g}")
        return Remedy(self.key, value=rate) if rate >= SLOWEST else None  # below, it is the weights that are too large

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"learning_rate": remedy.value}))


def _halvings(found: Diagnosis) -> int:
    began = found.began
    if began is None or began.quantity != "update" or not math.isfinite(began.value) or began.value <= 1.0:
        return 1
    return max(1, math.ceil(math.log2(began.value / FAIR)))


class BackClipped(Cure):
    """The last sound weights, and the gradient cut to what it usually was."""

    key = "back_clipped"
    label = Word("Back, clip at {value}")
    tip = Word("Go back to {moment}, before the loss rose, and cut every gradient from there on to {value}.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        found, clip = case.snapshot.diagnosis, case.setup.hyper.clip_norm
        if found is None or found.cause is not Cause.STEPS or found.gradient is None:
            return None
        bound = _one_digit(min(found.gradient, 1.0 / case.setup.hyper.learning_rate))
        return Remedy(self.key, value=bound) if clip is None or clip > bound else None

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        return Edit(hyper=case.setup.hyper.model_copy(update={"clip_norm": remedy.value}))


def _one_digit(value: float) -> float:
    return float(f"{value:.0e}")


class RestartSmaller(Cure):
    """Every layer drawn anew by the initialiser made for it, or, where that is set, at half its gain. Where single
    weights were no numbers, only their layers."""

    key = "restart_smaller"
    label = Word("Smaller start weights")
    tip = Word("Draw the weights of {layers} anew, smaller than they were.")

    def offer(self, case: Case, trouble: Sequence[Verdict]) -> Remedy | None:
        found = case.snapshot.diagnosis
        if found is None or found.cause is Cause.DATA:
            return None
        nodes = [case.plan.nodes[index] for index in case.plan.probed]
        if found.cause is Cause.WEIGHTS and found.began is not None:
            nodes = [node for node in nodes if node.id == found.began.block_id] or nodes
        return Remedy(self.key, tuple(node.id for node in nodes))

    def edit(self, case: Case, remedy: Remedy) -> Edit:
        found, graph = case.snapshot.diagnosis, case.graph
        assert found is not None  # it was offered for one
        if found.cause is not Cause.WEIGHTS:
            for block_id in remedy.blocks:
                graph = set_params(graph, block_id, **_smaller(case.node(block_id)))
        return Edit(graph=graph, rows=drawn(case, graph, remedy.blocks))


def _smaller(node: Node) -> dict[str, object]:
    """An initialiser, and half of the gain that the layer has where it is one with a gain."""
    params, function = node.params, node.kind.function(node.params)
    parameter = initializer(params.initializer).parameter
    if parameter is not None and parameter.name == "gain":
        return {"scale": (parameter.default if params.scale is None else params.scale) / 2}
    return {"initializer": good_start(function), "scale": None} if function is not None else {}


CURES = (BackSlower(), BackClipped(), RestartSmaller())
