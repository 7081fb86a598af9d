"""The arguments of every command."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from engine.activations import ACTIVATIONS
from engine.cli.numbers import (
    assignments,
    decimals,
    finite,
    layers,
    network,
    place,
    positive,
    seconds,
    texts,
    whole_numbers,
)
from engine.cli.recommend import parser as recommend_parser
from engine.cli.streams import standard_output
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.neuron.tables import TABLES
from engine.neuron.unit import OUTPUTS
from engine.optimizers import OPTIMIZERS
from engine.problems import printable
from engine.schedules import SCHEDULES

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

PROGRAM = "neuroloom-engine"

DESCRIPTION = "Trains, traces and judges neural networks without a window. Files are those of Neuroloom (.loom)."
EXIT_CODES = """exit codes: 0 done · 1 something is wrong, said in one sentence · 2 wrong usage · 3 training diverged ·
130 interrupted (the result so far is written)"""


class _Parser(argparse.ArgumentParser):
    """Says what is wrong on one line, and does not pass over it where its help cannot be written."""

    def error(self, message: str) -> NoReturn:
        """End with the usage and what is wrong."""
        super().error(printable(message))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        if message and file is sys.stdout:
            with standard_output():
                print(message, end="", flush=True)
        else:
            super()._print_message(message, file)


@cache
def program_version() -> str:
    """The installed version."""
    try:
        return version("neuroloom")
    except PackageNotFoundError:
        return "(not installed)"


def build_parser(argv: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The whole command line; ``command`` in what it parses names the command, None where none was given.

    ``argv``: what is to be parsed. A command that is not named in it gets no arguments of its own, nor does an action
    of ``recommend``: those of all its actions take as long as a small network trains.
    """
    parser = _Parser(prog=PROGRAM, description=DESCRIPTION, epilog=EXIT_CODES, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {program_version()}")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, summary, fill, _ in commands(argv):
        command = subparsers.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        command.add_argument("--json", action="store_true", help="print one JSON document instead of text")
        if argv is None or name in argv:
            fill(command)
    return parser


def module_of(command: str) -> str:
    """The module of engine/cli/commands that has the function of a command."""
    return next(known.module or known.name for known in commands(()) if known.name == command)


def _train(parser: argparse.ArgumentParser) -> None:
    _network(parser)
    _data(parser)
    _training(parser)
    _compute(parser)
    run = parser.add_argument_group("run")
    run.add_argument("--epochs", type=positive, help="how many epochs (default: the network file's, or 100)")
    run.add_argument("--stop-loss", type=finite, metavar="LOSS", help="stop once the test loss is this or less")
    run.add_argument("--stop-score", type=finite, metavar="SCORE", help="stop once test accuracy or R² is this or more")
    run.add_argument("--out", type=place, metavar="FILE", help="write network and weights here")
    run.add_argument(
        "--progress", action=argparse.BooleanOptionalAction, help="progress bar on stderr (default: on a terminal)"
    )


def _trace(parser: argparse.ArgumentParser) -> None:
    _network(parser)
    _data(parser)
    _training(parser)
    sample = parser.add_argument_group("sample (default: --index 0)")
    sample.add_argument("--index", type=whole_numbers, metavar="I,…", help="rows of the data set, as one mini-batch")
    sample.add_argument("--x", type=texts, metavar="V,…", help="an input of your own, a value for every column")
    sample.add_argument("--y", metavar="V", help="its target: a class or a value (default: every output 0)")


def _gradients(parser: argparse.ArgumentParser) -> None:
    _network(parser)
    deep = parser.add_argument_group("or an experiment: deep networks of equal layers, with what theory predicts")
    deep.add_argument("--depth", type=int, metavar="L", help="hidden layers, 1 to 50; makes it an experiment")
    deep.add_argument("--width", type=int, metavar="N", help="units of every hidden layer (default: 16)")
    deep.add_argument("--normalisation", choices=("none", "layer", "batch"), help="behind every hidden layer")
    deep.add_argument("--skip", action="store_true", default=None, help="connections round all hidden layers but one")
    deep.add_argument("--steps", type=positive, metavar="N", help="train each network for so many steps as well")
    deep.add_argument(
        "--against",
        action="append",
        metavar="FIELD=V,…",
        help="another network beside it that differs in these, such as depth=10,activation=relu,init=he",
    )
    _data(parser)
    _training(parser)
    _compute(parser)


def _neuron(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--table",
        default="and",
        metavar="NAME|TARGETS",
        help=f"{_names(TABLES)}, or targets such as 0110 in the order 00, 01, 10, 11",
    )
    parser.add_argument(
        "--weights",
        type=decimals,
        metavar="W,…",
        help="one for each input (default: 1 each); --weights=-1,1 if negative",
    )
    parser.add_argument("--bias", type=float, default=-0.5, metavar="B", help="θ = −b (default: −0.5)")
    parser.add_argument("--output", choices=OUTPUTS, default="step", help="what becomes of z (default: step)")
    parser.add_argument(
        "--learn", action="store_true", help="then let Rosenblatt's perceptron rule (1958) learn the table"
    )
    parser.add_argument("--rate", type=float, default=0.5, metavar="ETA", help="its learning rate (default: 0.5)")


def _expression(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "expression",
        metavar="EXPR",
        help='such as "(x + y)^2", or with definitions "t = x + y; t^2"; after -- if it begins with a minus',
    )
    parser.add_argument("--at", type=assignments, metavar="NAME=V,…", help="the value of every variable")
    parser.add_argument("--wrt", metavar="NAME", help="write out the derivative along this variable too")


def _network(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("network: a file, a link, or a plain chain of dense layers built here")
    help_text = "a network file, with its weights, or a link of TensorFlow Playground (in quotes)"
    group.add_argument("network", nargs="?", type=network, metavar="NETWORK", help=help_text)
    group.add_argument("--hidden", type=layers, metavar="N,…", help="units of the hidden layers (default: 8,8)")
    group.add_argument(
        "--activation", metavar="NAME", help=f"of the hidden layers: {_names(ACTIVATIONS)}, or an expression in x"
    )
    group.add_argument("--initializer", "--init", metavar="NAME", help=_names(INITIALIZERS))
    group.add_argument("--scale", type=float, metavar="S", help="the initialiser's own number")
    group.add_argument("--loss", metavar="NAME", help=_names(LOSSES))
    group.add_argument("--features", type=texts, metavar="F,…", help="input features, such as x1,x2,x1^2,sin(x1)")


def _data(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("data")
    group.add_argument("--data", metavar="NAME|FILE", help="a named data set, or a CSV or Parquet file")
    group.add_argument("--target", metavar="COLUMN", help="the file's column to predict (default: the last)")
    group.add_argument("--columns", type=texts, metavar="C,…", help="the file's columns to predict it from")
    group.add_argument("--task", choices=("binary", "multiclass", "regression"), help="default: by the target")
    group.add_argument("--missing", choices=("mean", "drop"), help="what happens to missing inputs (default: mean)")
    group.add_argument(
        "--dates",
        choices=("days", "day-first", "month-first", "leave-out", "texts"),
        help="what becomes of the file's dates (default: numbers of days)",
    )
    group.add_argument("--decimal", choices=("point", "comma"), help="the file's decimal sign (default: by the data)")
    group.add_argument("--standardise", action=argparse.BooleanOptionalAction, help="scale numbers (default: yes)")
    group.add_argument("--noise", type=float, metavar="PERCENT", help="of a toy set, 0 to 80")
    group.add_argument("--samples", type=int, metavar="N", help="of a toy set")
    group.add_argument("--train-share", type=float, metavar="SHARE", help="share of the rows trained on, 0.1 to 0.9")
    group.add_argument("--data-seed", type=int, metavar="SEED", help="seeds the points and the split")


def _training(parser: argparse.ArgumentParser) -> None:
    """Destinations are the fields of :class:`engine.hyperparameters.Hyperparameters` and ``schedule_…``."""
    group = parser.add_argument_group("training (default: the network file's settings)")
    group.add_argument("--optimizer", choices=tuple(OPTIMIZERS))
    group.add_argument("--lr", dest="learning_rate", type=float, metavar="ETA", help="learning rate")
    group.add_argument("--batch-size", type=int, metavar="N")
    group.add_argument("--seed", type=int, help="seeds weights, shuffles and dropout")
    group.add_argument("--shuffle", action=argparse.BooleanOptionalAction, help="shuffle the rows in every epoch")
    group.add_argument(
        "--precision",
        choices=("float64", "float32"),
        help="of training steps: 16 digits, or 7 in half the time",
    )
    group.add_argument("--leftover", choices=("batch", "carry"), help="rows that fill no batch: one more, or wait")
    group.add_argument("--l1", type=float, metavar="LAMBDA")
    group.add_argument("--l1-at-zero", choices=("crosses", "sticks"), help="what L1 does to a weight that reaches 0")
    group.add_argument("--l2", type=float, metavar="LAMBDA")
    group.add_argument("--clip", dest="clip_norm", type=float, metavar="NORM", help="largest gradient norm")
    for name in ("momentum", "beta1", "beta2", "rho", "epsilon", "weight-decay"):
        group.add_argument(f"--{name}", type=float, metavar="V")
    group.add_argument("--schedule", dest="schedule_kind", choices=tuple(SCHEDULES), help="of the learning rate")
    group.add_argument("--schedule-epochs", type=float, metavar="N")
    group.add_argument("--schedule-factor", type=float, metavar="C")


def _compute(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("compute")
    group.add_argument("--backend", choices=("auto", "numpy", "numba", "torch"), default="auto")
    group.add_argument("--device", default="auto", metavar="DEVICE", help="torch's: auto, cpu, cuda, cuda:0, mps")


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("network", type=network, metavar="NETWORK", help="a network file, or a link in quotes")


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=seconds, default=0.1, help="how long each figure is measured (default: 0.1)")


def _install(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cpu", action="store_true", help="the smaller build of PyTorch, without NVIDIA's GPUs")
    parser.add_argument("--any-build", action="store_true", help="the larger one too, where no other can be reached")
    parser.add_argument("--events", choices=("jsonl",), help="print how far it is, one JSON document per line")


def _warm(parser: argparse.ArgumentParser) -> None:
    help_text = "for any processor of the last ten years, into the program itself, as bundles carry them"
    parser.add_argument("--baseline", action="store_true", help=help_text)
    parser.add_argument("--progress", action=argparse.BooleanOptionalAction, help="progress bar on stderr")


def _nothing_more(parser: argparse.ArgumentParser) -> None:
    pass


class _Command(NamedTuple):
    """``fill`` adds the arguments; ``module`` (default: ``name``) of the commands has a function of the same name."""

    name: str
    summary: str
    fill: Callable[[argparse.ArgumentParser], None]
    module: str = ""


def commands(argv: Sequence[str] | None) -> tuple[_Command, ...]:
    """Every command, in the order of the help; ``argv``: see :func:`build_parser`."""
    recommend = partial(recommend_parser.fill, argv=argv)
    return (
        _Command("train", "Train a network and report on it.", _train),
        _Command("trace", "Show one pass, stage by stage: forward, loss, backward, update.", _trace),
        _Command("gradients", "Show what becomes of the gradients from layer to layer, and what is wrong.", _gradients),
        _Command("neuron", "Show what one unit does on a truth table, whether one can do it, and why not.", _neuron),
        _Command(
            "expression", "Show the value, local derivatives and gradient of every node of an expression.", _expression
        ),
        _Command("validate", "Check a network file against its data.", _file),
        _Command("datasets", "List the named data sets.", _nothing_more, "listings"),
        _Command("blocks", "List the kinds of blocks and their parameters.", _nothing_more, "listings"),
        _Command("schema", "Print the JSON Schema of network files.", _nothing_more, "listings"),
        _Command("bench", "Compare the speed of the backends on some standard networks.", _bench),
        _Command("recommend", "Train, judge and ask the recommenders.", recommend),
        _Command("install", "Install PyTorch and what else the recommenders need.", _install),
        _Command("warm", "Compile the fast kernels into their cache.", _warm),
    )


def _names(known: Iterable[str]) -> str:
    return ", ".join(known)
