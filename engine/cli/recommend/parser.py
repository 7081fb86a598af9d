"""The arguments of ``recommend``: what is chosen of data, recommenders and training is derived from their models."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from pydantic import BaseModel

from engine.cli.command import CommandParser
from engine.cli.flags import add_options, options_of
from engine.cli.numbers import place, positive, seconds
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.forms import FORMS
from engine.recommenders.data.sources import Origin, data_sources
from engine.recommenders.running.settings import Training
from engine.recommenders.tasks.known import task_kinds


def fill(parser: CommandParser) -> None:
    """Add the actions, and the arguments of those that are named."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    for name, summary, add in _ACTIONS:
        action = actions.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        if parser.is_named(name):
            add(action)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "name", nargs="?", metavar="NAME|PATH",
        help="show this data set's licence, or what is in a file of your own; without it, list all",
    )  # fmt: skip
    parser.add_argument("--get", type=place, metavar="FOLDER", help="download it, or write a generated world, here")
    parser.add_argument("--accept-licence", action="store_true", help="you have read its terms and accept them")
    look = parser.add_argument_group("a look at a data set, or a file, folder or zip of your own")
    look.add_argument("--profile", action="store_true", help="what is in it, and what in it harms")
    look.add_argument(
        "--rows-of", type=place, metavar="CHECKPOINT",
        help="with --profile: what this was trained on, from its own rows where the file has changed",
    )  # fmt: skip
    look.add_argument("--propose", action="store_true", help="what the columns of a file of your own may be, and why")
    look.add_argument("--as", dest="form", choices=FORMS, help="a log of watches or a table of examples")
    look.add_argument("--choice", metavar="JSON", help="all that is chosen of the data, in place of NAME and flags")
    look.add_argument("--events", choices=("jsonl",), help="print progress and profile, one JSON document per line")
    parser.add_argument("--progress", action=argparse.BooleanOptionalAction, help="progress bar on stderr")
    add_options(look, options_of(RecommenderData))


def _train(parser: argparse.ArgumentParser) -> None:
    keys = [kind.key for kind in task_kinds()]
    parser.add_argument("model", nargs="?", choices=keys, help="not with --plan or --resume")
    _model_and_data(parser, "train the network of this file, which overrules the flags of the model")
    training = parser.add_argument_group("training (default: what suits model and data)")
    add_options(training, options_of(Training))
    training.add_argument("--device", metavar="DEVICE", help="auto (the default), cpu, cuda, cuda:0, mps")
    run = parser.add_argument_group("run")
    run.add_argument("--out", type=place, metavar="FILE", help="write checkpoints here")
    run.add_argument("--run", type=place, metavar="FOLDER", help="keep plan, events and checkpoint in a new folder")
    run.add_argument("--name", metavar="TEXT", help="what the run in that folder is called")
    run.add_argument("--plan", type=place, metavar="FILE", help="all that is asked for, as JSON, in place of flags")
    run.add_argument(
        "--resume",
        type=place,
        metavar="FILE|FOLDER",
        help="go on from a checkpoint or with a run, to the bit on the CPU",
    )
    run.add_argument(
        "--companions", action=argparse.BooleanOptionalAction,
        help="train each part of the model by itself too, beside it, in the run's folder",
    )  # fmt: skip
    run.add_argument("--time-limit", type=seconds, metavar="SECONDS", help="end well once so much time has passed")
    run.add_argument("--every", type=positive, metavar="N", help="checkpoint after every N updates too")
    run.add_argument("--events", choices=("jsonl",), help="print events, one JSON document per line")
    run.add_argument("--tensorboard", type=place, metavar="FOLDER", help="write event files for TensorBoard")
    run.add_argument("--progress", action=argparse.BooleanOptionalAction, help="progress bar on stderr")


def _graph(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", choices=[kind.key for kind in task_kinds()])
    _model_and_data(parser, "see whether the network of this file fits, in place of the template")
    parser.add_argument("--out", type=place, metavar="FILE", help="write it here, to edit it in the window")


def _model_and_data(parser: argparse.ArgumentParser, graph: str) -> None:
    """What is chosen of both; ``graph``: what is done with a network of one's own."""
    data = parser.add_argument_group("data")
    known = ", ".join(source.key for source in data_sources() if source.origin is not Origin.OWN)
    data.add_argument("--data", metavar="NAME|PATH", help=f"{known}, or a file, folder or zip of your own")
    add_options(data, options_of(RecommenderData))
    model = parser.add_argument_group("model (default: what suits model and data)")
    model.add_argument("--graph", type=place, metavar="FILE", help=graph)
    _by_kind(parser, model, {kind.key: kind.spec_type for kind in task_kinds()})


def _runs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "root", nargs="?", type=place, default=Path(), metavar="ROOT", help="default: the present folder"
    )
    edit = parser.add_mutually_exclusive_group()
    edit.add_argument(
        "--rename", nargs=2, metavar=("RUN", "NAME"), help="call the run in this folder of ROOT otherwise"
    )
    edit.add_argument("--delete", metavar="RUN", help="delete the run in this folder of ROOT; not while it is running")


def _by_kind(
    parser: argparse.ArgumentParser, shared: argparse._ActionsContainer, models: Mapping[str, type[BaseModel]]
) -> None:
    """The flags of each recommender's model in a group of its own, and what several have among the ``shared`` ones."""
    count = Counter(option.flag for model in models.values() for option in options_of(model))
    add_options(shared, [option for option in options_of(*models.values()) if count[option.flag] > 1])
    for key, model in models.items():
        own = [option for option in options_of(model) if count[option.flag] == 1]
        if own:
            add_options(parser.add_argument_group(key), own)


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=place, metavar="CHECKPOINT|RUN")
    parser.add_argument(
        "--rows", choices=("tested", "new"), default="tested",
        help="the rows that were kept from training (the default), or those that were added to its file since",
    )  # fmt: skip
    _where(parser)
    parser.add_argument("--device", default="cpu", metavar="DEVICE")


def _query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=place, metavar="CHECKPOINT|RUN")
    _where(parser)
    parser.add_argument("--trace", action="store_true", help="show the pass of the --rows, stage by stage")
    parser.add_argument("--device", default="cpu", metavar="DEVICE")
    _by_kind(parser, parser, {kind.key: kind.question_type for kind in task_kinds()})


def _ask(parser: argparse.ArgumentParser) -> None:
    _of_run(parser)
    parser.add_argument("name", nargs="?", metavar="NAME", help="what to ask; without it, list what can be asked")
    parser.add_argument(
        "given", nargs="*", metavar="KEY=VALUE", help="its parameters; a list between commas, or anything as JSON"
    )
    parser.add_argument("--device", default="cpu", metavar="DEVICE")


def _answer(parser: argparse.ArgumentParser) -> None:
    _of_run(parser)
    parser.add_argument("--device", default="cpu", metavar="DEVICE")


def _of_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=place, metavar="CHECKPOINT|RUN|PLAN")
    _where(parser)
    parser.add_argument(
        "--draft", action="store_true", help="before anything is trained: a run's folder or its plan.json"
    )
    parser.add_argument(
        "--rows-of", type=place, metavar="CHECKPOINT",
        help="with --draft: go by the rows of this training where the file is gone or has changed",
    )  # fmt: skip


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data", type=place, metavar="PATH", action="append", default=[],
        help="where the data of its training are by now; again for its table of items",
    )  # fmt: skip


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=seconds, default=2.0, help="how long each figure is measured (default: 2)")


_ACTIONS: tuple[tuple[str, str, Callable[[argparse.ArgumentParser], None]], ...] = (
    ("data", "List data sets, show their licences, download them, look at what is in them.", _data),
    ("graph", "Show or write the network that a model has of some data, to edit it before it is trained.", _graph),
    ("train", "Train a model; under torchrun, in several processes.", _train),
    ("runs", "List the runs in the folders of a folder, rename or delete one.", _runs),
    ("evaluate", "Judge a checkpoint on the rows kept from training, beside simpler models.", _evaluate),
    ("query", "Ask a checkpoint: what would it recommend, and why?", _query),
    ("ask", "Ask a checkpoint one of many things by name; the answer is a JSON document.", _ask),
    (
        "answer",
        "Answer questions from standard input, one JSON document per line, until it ends or says stop.",
        _answer,
    ),
    ("bench", "Measure the speed of training and of retrieval on this machine.", _bench),
)
