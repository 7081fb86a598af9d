"""The documents that are worked in, as the window has them, and the work: random commands of every kind."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject

from app.kit.sheet import Sheet
from app.network.document import Document
from app.network.open_network import OpenNetwork
from app.network.trainer import Trainer
from engine.activations.comparison import FIRST, Comparison
from engine.data.choice import DataChoice
from engine.formats.base import NetworkFile
from engine.formats.comparison import COMPARISON
from engine.graph.build import feed_forward
from engine.graph.edit import add_block, set_params
from engine.hyperparameters import Hyperparameters
from engine.problems import EngineError
from engine.training.remedies import Edit

KINDS = ("network", "sheet", "large")


def first_network() -> NetworkFile:
    """A small one, quick to begin."""
    return NetworkFile(feed_forward((4, 3)), data=DataChoice(samples=60), title="Small")


def large_network() -> NetworkFile:
    """Eight layers of 64 units with Adam, so that there are three numbers for each of 29,000 weights."""
    hyper = Hyperparameters(optimizer="adam")
    return NetworkFile(feed_forward((64,) * 8), hyper, DataChoice(samples=200), title="Large")


def new_document(kind: str, owner: QObject) -> OpenNetwork | Sheet[Comparison]:
    """The document of a kind, its trainer not started."""
    if kind == "sheet":
        return Sheet(COMPARISON, FIRST, "Comparison", owner)
    return new_network(owner, large_network if kind == "large" else first_network)


def new_network(owner: QObject, first: Callable[[], NetworkFile] = first_network) -> OpenNetwork:
    """A network with its trainer, not started."""
    document = Document(first(), owner)
    return OpenNetwork(document, Trainer(document, owner), first, owner)


class NetworkWork:
    """What a person does with a network."""

    def __init__(self, opened: OpenNetwork, chance: random.Random, file: Path) -> None:
        self._opened, self._document, self._chance, self._file = opened, opened.network, chance, file

    def act(self) -> None:
        """One command, or a save."""
        often = (self._rate, self._rate, self._units, self._weight, self._cure, self._undo, self._undo)
        seldom = (self._redo, self._drag, self._noise, self._other_data, self._add, self._save, self._save)
        acts: Sequence[Callable[[], object]] = (
            *often,
            *often,
            *seldom,
            self._reset,
            self._seed,
            self._new,
            self._train,
        )
        try:
            self._chance.choice(acts)()
        except EngineError:
            return  # refused, as the window would

    def _rate(self, merge: str | None = None) -> None:
        rate = self._chance.randint(1, 900) / 1000
        self._document.edit("Rate", hyper=self._document.hyper.model_copy(update={"learning_rate": rate}), merge=merge)

    def _drag(self) -> None:
        gesture = f"rate {self._chance.random()}"
        for _ in range(4):
            self._rate(gesture)

    def _units(self) -> None:
        dense = [block.id for block in self._document.graph.blocks if block.kind == "dense"]
        if dense:
            units = self._chance.randint(1, 9)
            self._document.edit(
                "Units", graph=set_params(self._document.graph, self._chance.choice(dense), units=units)
            )

    def _add(self) -> None:
        self._document.edit("Add", graph=add_block(self._document.graph, "dense", 10.0, 20.0)[0])

    def _weight(self) -> None:
        weights = self._document.present_weights()
        if weights:
            (block, name), array = self._chance.choice(sorted(weights.items(), key=lambda item: item[0]))
            index = tuple(self._chance.randrange(size) for size in array.shape)
            self._document.edit_weight(block, name, index, self._chance.uniform(-2, 2))

    def _cure(self) -> None:
        """Another function for a layer, and a unit of it drawn anew."""
        graph, weights = self._document.graph, self._document.present_weights()
        dense = [block.id for block in graph.blocks if block.kind == "dense" and (block.id, "W") in weights]
        if dense:
            block, activation = self._chance.choice(dense), self._chance.choice(["relu", "tanh", "gelu"])
            row = np.full(weights[block, "W"].shape[1:], self._chance.uniform(-2, 2))
            graph = set_params(graph, block, activation=activation)
            self._document.apply("Cure", Edit(graph, rows={(block, "W"): {0: row}}))

    def _noise(self) -> None:
        noise = float(self._chance.randint(0, 50))
        self._document.choose_data(self._document.data.model_copy(update={"noise": noise}))

    def _other_data(self) -> None:
        name = self._chance.choice(["circle", "two-spirals", "xor"])
        self._document.choose_data(DataChoice(name=name, samples=60))

    def _undo(self) -> None:
        self._document.undo_stack.undo()

    def _redo(self) -> None:
        self._document.undo_stack.redo()

    def _reset(self) -> None:
        self._opened.trainer.reset()

    def _seed(self) -> None:
        self._opened.trainer.reset(self._chance.randint(1, 99))

    def _new(self) -> None:
        self._opened.new()

    def _save(self) -> None:
        self._opened.save(self._file)

    def _train(self) -> None:
        (self._opened.trainer.pause if self._opened.changing else self._opened.trainer.play)()


class SheetWork:
    """What a person does with a document of one value."""

    def __init__(self, sheet: Sheet[Comparison], chance: random.Random, file: Path) -> None:
        self._sheet, self._chance, self._file = sheet, chance, file

    def act(self) -> None:
        """One command, or a save."""
        stack = self._sheet.undo_stack
        often: Sequence[Callable[[], object]] = (self._edit, self._edit, stack.undo, stack.redo)
        self._chance.choice([*often, *often, self._drag, self._load, self._sheet.new, self._save, self._save])()

    def _edit(self, merge: str | None = None) -> None:
        value = self._sheet.value.model_copy(update={"cursor": self._chance.randint(-300, 300) / 100})
        self._sheet.edit("Move", value, merge=merge)

    def _drag(self) -> None:
        for _ in range(4):
            self._edit("cursor")
        self._sheet.settle()

    def _load(self) -> None:
        self._sheet.load("Another", FIRST.model_copy(update={"cursor": self._chance.randint(-300, 300) / 100}))

    def _save(self) -> None:
        self._sheet.save(self._file)
