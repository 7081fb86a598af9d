"""What a run says while it trains: a bar and lines for people, JSON lines for programs, event files for TensorBoard."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import timedelta

from engine.cli.outcome import number
from engine.cli.progress import ProgressBar
from engine.recommenders.running.events import (
    Diverged,
    EpochEnded,
    Event,
    Kept,
    Noticed,
    Started,
    Stepped,
    to_json,
)
from engine.recommenders.running.tensorboard import TensorBoard


class Teller:
    """Called with every event. ``epochs`` keeps those that have ended, and ``kept`` says which one of them the run has
    gone back to, for the report."""

    def __init__(self, bar: ProgressBar, *, json_lines: bool, board: TensorBoard | None) -> None:
        self._bar, self._json_lines, self._board = bar, json_lines, board
        self._started: Started | None = None
        self.epochs: list[EpochEnded] = []
        self.kept: Kept | None = None
        self.notices: list[str] = []

    def __call__(self, event: Event) -> None:
        if self._json_lines:
            print(to_json(event), flush=True)
        if self._board is not None:
            self._board(event)
        if isinstance(event, Started):
            self._started = event
        elif isinstance(event, Stepped):
            self._step(event)
        elif isinstance(event, EpochEnded):
            self.epochs.append(event)
        elif isinstance(event, Kept):
            self.kept = event
        elif isinstance(event, Noticed):
            self.notices.append(event.sentence)
        elif isinstance(event, Diverged):
            print(event.sentence, file=sys.stderr)

    def _step(self, event: Stepped) -> None:
        start = self._started
        if start is None:
            return
        share = (event.epoch + event.step / start.steps) / start.epochs
        left = "" if event.remaining is None else f" · {timedelta(seconds=round(event.remaining))} left"
        note = f"epoch {event.epoch + 1} · loss {event.loss:.4f} · {event.samples_per_second:,.0f} rows/s{left}"
        self._bar.at(share, note)


def epoch_line(event: EpochEnded, best: Sequence[str]) -> str:
    """One ended epoch for people, with the figures that there is room for."""
    shown = [(name, event.metrics[name]) for name in best if event.metrics.get(name) is not None]
    figures = " · ".join(f"{name} {number(value)}" for name, value in shown if value is not None)
    return f"epoch {event.epoch + 1}: loss {event.loss:.4f} · {figures} · {event.samples_per_second:,.0f} rows/s"


def kept_line(event: Kept) -> str:
    """Which epoch is kept, for people."""
    if event.epochs == 0:
        return f"the network is kept as it began: by {event.figure}, none of {event.tried} epochs has made it better"
    why = "" if event.value is None else f", the best by {event.figure}: {number(event.value)}"
    return f"epoch {event.epochs} of {event.tried} is kept{why}"


def silent(event: Event) -> None:
    """What all processes but the first say."""


Emit = Callable[[Event], None]
