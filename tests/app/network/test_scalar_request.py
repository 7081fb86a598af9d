"""What a network is asked for as an expression bears the name of the network that was asked."""

from __future__ import annotations

import weakref
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from pytestqt.qtbot import QtBot

from app.network.open_network import MOST_TAKEN, OpenNetwork
from app.network.scalar_request import ScalarRequest
from engine.data import DataChoice
from engine.formats.base import NetworkFile
from engine.formats.expression import EXPRESSION
from engine.graph.build import feed_forward
from tests.app.network.document_rig import new_document, running

ASKED: dict[str, tuple[tuple[str, int] | None, str]] = {"unit": (("dense-2", 2), "Dense 2"), "whole": (None, "Mine")}


@pytest.mark.parametrize("asked", ASKED)
def test_a_network_opened_meanwhile_gives_it_no_name(qtbot: QtBot, asked: str) -> None:
    (unit, name), document, written = ASKED[asked], new_document(), list[Path]()
    document.load_file(NetworkFile(document.graph, data=document.data, title="Mine"), None)
    with running(document) as trainer:
        network, request = OpenNetwork(document, trainer, lambda: NetworkFile(feed_forward((2,)))), ScalarRequest()
        request.written.connect(written.append)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        request.ask(network, unit)
        other = NetworkFile(feed_forward((5,)), data=DataChoice(name="circle", samples=60), title="Other")
        document.load_file(other, None, back=True)
        qtbot.waitUntil(lambda: bool(written))
    assert EXPRESSION.read(written[0])[0].startswith(name)
    document.undo_stack.clear()


def test_few_are_remembered_for_each_has_all_weights(qtbot: QtBot) -> None:
    """Each epoch has weights of its own: those of what is forgotten are let go of."""
    document, written, arrays = new_document(), list[Path](), list[list[weakref.ref[NDArray[np.float64]]]]()
    with running(document) as trainer:
        network, request = OpenNetwork(document, trainer, lambda: NetworkFile(feed_forward((2,)))), ScalarRequest()
        request.written.connect(written.append)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        for number in range(MOST_TAKEN + 2):
            request.ask(network, ("dense-1", number % 4))
            qtbot.waitUntil(lambda number=number: len(written) > number)
            made = [weakref.ref(array) for array in network.taken[-1].weights.values()]
            arrays.append(made)
            trainer.epoch()
            qtbot.waitUntil(lambda number=number: (s := trainer.snapshot) is not None and s.epoch > number)
        assert [one.unit for one in network.taken] == [("dense-1", number % 4) for number in range(2, MOST_TAKEN + 2)]
        assert len({one.epoch for one in network.taken}) == MOST_TAKEN
        qtbot.waitUntil(lambda: all(ref() is None for ref in arrays[1]))
        assert all(ref() is not None for made in arrays[2:] for ref in made)
        held = sum(array.nbytes for one in network.taken for array in one.weights.values())
        assert held <= 10 * sum(array.nbytes for array in trainer.snapshot.weights.values())  # type: ignore[union-attr]
