"""Sheets: the small documents of the workspaces, of every kind; and what each says, worked out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from checks.fuzz.judging import put
from checks.fuzz.mutators import several
from checks.fuzz.mutators.havoc import havoc
from checks.fuzz.mutators.json_trees import changed_json
from checks.fuzz.target import Target
from engine.activations.comparison import Comparison
from engine.activations.typed import read, scalar_of_typed
from engine.autodiff import ExpressionSheet, collapse_all, forward, graph_of, parse
from engine.formats.comparison import COMPARISON
from engine.formats.expression import EXPRESSION
from engine.formats.sheet import SheetFormat
from engine.gradients.building import graph_of as network_of
from engine.gradients.experiment import FORM as EXPERIMENT
from engine.gradients.experiment import Experiment
from engine.neuron.parting import answer, why_none
from engine.neuron.sheet import FORM as NEURON
from engine.neuron.sheet import NeuronContent
from engine.problems import EngineError

_X = np.array([-1e3, -1.0, 0.0, 0.5, 1e3])


def _compared(sheet: Comparison) -> None:
    for own in sheet.own:
        try:
            typed = read(own.text)
        except EngineError:
            continue
        scalar_of_typed(typed, own.key, "own", own.parameters, sheet.low, sheet.high).value(_X)


def _expressed(sheet: ExpressionSheet) -> None:
    graph = collapse_all(graph_of(parse(sheet.text)), sheet.collapsed)
    forward(graph, {name: sheet.inputs.get(name, 1.0) for name in graph.variables})


def _tried(sheet: Experiment) -> None:
    for configuration in sheet.configurations:
        network_of(configuration)


def _parted(sheet: NeuronContent) -> None:
    unit = sheet.unit
    answer(sheet.targets), why_none(sheet.targets)
    unit.z(sheet.x)


_FORMS: tuple[tuple[SheetFormat[Any], Callable[[Any], None]], ...] = (
    (EXPRESSION, _expressed),
    (EXPERIMENT, _tried),
    (NEURON, _parted),
    (COMPARISON, _compared),
)


def _run(content: bytes, folder: Path) -> None:
    path = put(folder, "sheet.loom", content)
    form, used = next((one for one in _FORMS if one[0].recognises(path)), _FORMS[0])
    title, sheet = form.read(path)
    again = folder / "again.loom"
    form.write(again, title, sheet)
    assert form.read(again) == (title, sheet)
    used(sheet)


TARGET = Target(_run, several((5, changed_json), (1, havoc)), suffix=".loom")
