"""``recommend``: Wide & Deep and YoutubeDNN, from data to answers."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

from engine.cli.outcome import Outcome


def recommend(arguments: Namespace) -> Outcome:
    """Do one of ``data``, ``graph``, ``train``, ``runs``, ``evaluate``, ``query``, ``ask``, ``answer``, ``bench``: a
    function of its name in its module."""
    module = import_module(f"engine.cli.recommend.{arguments.action}")
    outcome: Outcome = getattr(module, arguments.action)(arguments)
    return outcome
