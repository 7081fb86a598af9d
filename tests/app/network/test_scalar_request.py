"""What a network is asked for as an expression bears the name of the network that was asked."""

from __future__ import annotations

from pathlib import Path

import pytest
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
    document, written = new_document(), list[Path]()
    with running(document) as trainer:
        network, request = OpenNetwork(document, trainer, lambda: NetworkFile(feed_forward((2,)))), ScalarRequest()
        request.written.connect(written.append)
        qtbot.waitUntil(lambda: trainer.snapshot is not None)
        for number in range(MOST_TAKEN + 1):
            request.ask(network, ("dense-1", number % 4))
            qtbot.waitUntil(lambda number=number: len(written) > number)
    assert [taken.unit for taken in network.taken] == [("dense-1", number % 4) for number in range(1, MOST_TAKEN + 1)]
