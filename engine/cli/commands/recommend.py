"""``recommend``: Wide & Deep and YoutubeDNN, from data to answers."""

from __future__ import annotations

from argparse import Namespace
from importlib import import_module

from engine.cli.command import Command, CommandParser
from engine.cli.outcome import Outcome
from engine.extras import PACKAGES, need
from engine.problems import EngineError, Word

NETWORK = ("train", "evaluate", "query", "ask", "bench")
"""What has a network to compute with; an untrained run (``--draft``) has none yet. ``answer`` says itself, in a line of
JSON, what it lacks."""


def recommend(arguments: Namespace) -> Outcome:
    """Do one of ``data``, ``graph``, ``train``, ``runs``, ``evaluate``, ``query``, ``ask``, ``answer``, ``bench``: a
    function of its name in its module. Raises EngineError where a package of the extra is missing."""
    if arguments.action in NETWORK and not getattr(arguments, "draft", False):
        need(Word("A recommender"), *PACKAGES)
    module = import_module(f"engine.cli.recommend.{arguments.action}")
    try:
        outcome: Outcome = getattr(module, arguments.action)(arguments)
    except EngineError as error:
        if isinstance(getattr(arguments, "data", None), list) and not getattr(arguments, "draft", False):
            _name_flag(error)
        raise
    return outcome


def _name_flag(error: EngineError) -> None:
    """Note which flag says where lost data are."""
    from engine.cli.recommend.telling import FIND
    from engine.recommenders.data.fingerprint import DATA_LOST

    if error.problem.code == DATA_LOST.code:
        error.add_note(FIND)


def _add_arguments(parser: CommandParser) -> None:
    from engine.cli.recommend.parser import fill  # a sixth of every other start

    fill(parser)


COMMAND = Command(recommend, _add_arguments)
