"""The arguments that ``train``, ``trace`` and ``gradients`` share: a network, its data and how it is trained."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from engine.activations import ACTIVATIONS
from engine.cli.numbers import layers, network, texts
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES


def add_network(parser: argparse.ArgumentParser) -> None:
    """Add where a network comes from, or what a chain of dense layers is built of."""
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


def add_data(parser: argparse.ArgumentParser) -> None:
    """Add the choice of a data set and of how it is read."""
    group = parser.add_argument_group("data")
    group.add_argument("--data", metavar="NAME|FILE", help="a named data set, or a CSV or Parquet file")
    group.add_argument("--target", metavar="COLUMN", help="the file's column to predict (default: the last)")
    group.add_argument("--columns", type=texts, metavar="C,…", help="the file's columns to predict it from")
    group.add_argument("--task", choices=("binary", "multiclass", "regression"), help="default: by the target")
    group.add_argument("--missing", choices=("mean", "drop"), help="what happens to missing inputs (default: mean)")
    group.add_argument(
        "--outliers", choices=("keep", "drop"), help="what happens to rows with numbers far from all others"
    )
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


def add_training(parser: argparse.ArgumentParser) -> None:
    """Add the settings of training.

    Destinations are the fields of :class:`engine.hyperparameters.Hyperparameters` and ``schedule_…``.
    """
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


def add_compute(parser: argparse.ArgumentParser) -> None:
    """Add the backend and its device."""
    group = parser.add_argument_group("compute")
    group.add_argument("--backend", choices=("auto", "numpy", "numba", "torch"), default="auto")
    group.add_argument("--device", default="auto", metavar="DEVICE", help="torch's: auto, cpu, cuda, cuda:0, mps")


def _names(known: Iterable[str]) -> str:
    return ", ".join(known)
