"""A compared activation put into a layer of the playground's network, as a step of that document."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.translation import sentence_of, worded_name
from app.network.open_network import OpenNetwork
from app.workspaces.activations.layer_view import Layer
from app.workspaces.activations.shown import Shown, alpha_of
from engine.activations import activation
from engine.activations.comparison import Comparison
from engine.graph.edit import set_params
from engine.problems import EngineError


def refusal_of(candidate: Shown | None, layer: Layer | None) -> str:
    """Why a function cannot be put into a layer, in a sentence; empty where it can."""
    if candidate is None or layer is None:
        return ""
    name = worded_name(layer.name)
    if candidate.known is not None and layer.output:
        text = QCoreApplication.translate(
            "UseInLayer", "An output takes one of the tiles above; choose a layer before it for {function}."
        )
        return text.format(function=candidate.name)
    if layer.fixed:
        text = QCoreApplication.translate(
            "UseInLayer", "The loss brings the activation of {layer}; choose another layer, or another loss there."
        )
        return text.format(layer=name)
    if not candidate.by_itself:
        return QCoreApplication.translate(
            "UseInLayer",
            "Softmax belongs to an output with its loss, cross-entropy; choose that loss in the playground.",
        )
    if layer.function.key == candidate.in_layer:
        text = QCoreApplication.translate(
            "UseInLayer", "{layer} has {function} already; mark another one, or take one in from the tiles."
        )
        return text.format(layer=name, function=candidate.name)
    try:
        activation(candidate.in_layer)
    except EngineError as error:  # with its numbers in it may be too long
        return sentence_of(error.problem)
    return ""


def use(network: OpenNetwork, layer: Layer, candidate: Shown, value: Comparison) -> str:
    """Put it in, at the parameter that it is compared with, in one step of its document. Returns what is to
    be said."""
    name = worded_name(layer.name)
    alpha = alpha_of(value, candidate.key)
    graph = set_params(network.network.graph, layer.block_id, activation=candidate.in_layer, alpha=alpha)
    label = QCoreApplication.translate("UseInLayer", "Use {function} in {layer}")
    network.network.edit(label.format(function=candidate.name, layer=name), graph=graph)
    text = QCoreApplication.translate(
        "UseInLayer", "{layer} of the playground uses {function} now; Ctrl+Z takes it back."
    )
    if candidate.known is not None:
        text = QCoreApplication.translate(
            "UseInLayer",
            "{layer} of the playground uses {function} now, and trains without compiled kernels: more slowly. Ctrl+Z"
            " takes it back.",
        )
    return text.format(layer=name, function=candidate.name)
