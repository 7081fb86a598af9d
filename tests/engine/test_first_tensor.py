"""PyTorch's first tensor is made by one thread at a time: two threads at once would wait for each other for good."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from types import ModuleType, SimpleNamespace

import pytest

import engine.activations.check
import engine.autodiff.torch_twin
import engine.gradients.check
import engine.neuron.check
from engine.extras import load_torch


def test_no_two_threads_make_the_first_tensor_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    inside, most = 0, 0

    def tensor(_value: float) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        time.sleep(0.02)
        inside -= 1

    monkeypatch.setitem(sys.modules, "torch", SimpleNamespace(tensor=tensor))
    threads = [threading.Thread(target=load_torch) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10.0)
    assert most == 1 and not any(thread.is_alive() for thread in threads)


@pytest.mark.parametrize(
    ("module", "check"),
    [
        (engine.autodiff.torch_twin, lambda: engine.autodiff.torch_twin.by_torch(None, {})),  # type: ignore[arg-type]
        (engine.activations.check, lambda: engine.activations.check.by_torch(None, 0.0)),  # type: ignore[arg-type]
        (engine.neuron.check, lambda: engine.neuron.check._tensors(None, ())),  # type: ignore[arg-type]
        (engine.gradients.check, lambda: engine.gradients.check.figures_by_torch.__wrapped__(None, 0)),  # type: ignore[arg-type]
    ],
    ids=lambda value: value.__name__ if isinstance(value, ModuleType) else "",
)
def test_a_check_in_a_background_loads_it_so(
    monkeypatch: pytest.MonkeyPatch, module: ModuleType, check: Callable[[], object]
) -> None:
    class Loaded(Exception):
        """Raised in place of loading."""

    def loaded() -> None:
        raise Loaded

    monkeypatch.setattr(module, "load_torch", loaded)
    with pytest.raises(Loaded):
        check()
