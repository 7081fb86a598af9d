"""The arguments of ``recommend``."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from engine.cli.numbers import positive, texts, whole_numbers
from engine.recommenders.data.data_choice import GENERATED, SHIPPED

DATA_HELP = f"{', '.join((*SHIPPED, *GENERATED))}, or a file, folder or zip of your own"


def fill(parser: argparse.ArgumentParser) -> None:
    """Add the actions and their arguments."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    for name, summary, add in _ACTIONS:
        action = actions.add_parser(name, help=summary, description=summary, allow_abbrev=False)
        action.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        add(action)


def _data(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAME", help="show this data set's licence; without it, list all")
    parser.add_argument("--get", type=Path, metavar="FOLDER", help="download it, or write a generated world, here")
    parser.add_argument("--accept-licence", action="store_true", help="you have read its terms and accept them")
    parser.add_argument("--progress", action=argparse.BooleanOptionalAction, help="progress bar on stderr")
    _world(parser.add_argument_group("generated worlds"))


def _train(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", choices=("wide-deep", "candidates", "ranking"), help="not with --resume")
    _choice(parser)
    _wide_deep(parser)
    _youtube(parser)
    _training(parser)
    run = parser.add_argument_group("run")
    run.add_argument("--out", type=Path, metavar="FILE", help="write checkpoints here")
    run.add_argument("--resume", type=Path, metavar="FILE", help="go on from a checkpoint, to the bit on the CPU")
    run.add_argument("--every", type=positive, metavar="N", help="checkpoint after every N updates too")
    run.add_argument("--events", choices=("jsonl",), help="print events, one JSON document per line")
    run.add_argument("--tensorboard", type=Path, metavar="FOLDER", help="write event files for TensorBoard")
    run.add_argument("--progress", action=argparse.BooleanOptionalAction, help="progress bar on stderr")


def _evaluate(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")
    parser.add_argument("--device", default="cpu", metavar="DEVICE")


def _query(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoint", type=Path, metavar="CHECKPOINT")
    parser.add_argument("--user", metavar="NAME", help="candidates: one of the training log's users")
    parser.add_argument("--history", type=texts, metavar="I,…", help="candidates: what somebody has watched, by name")
    parser.add_argument("--category", action="append", default=[], metavar="C=V", help="candidates: such as country=DE")
    parser.add_argument("--rows", type=whole_numbers, metavar="I,…", help="wide-deep, ranking: rows of the data")
    parser.add_argument("--trace", action="store_true", help="show the pass of the --rows, stage by stage")
    parser.add_argument("--crosses", type=positive, default=10, metavar="N", help="wide-deep: strongest crosses")
    parser.add_argument("--shown", type=positive, default=12, metavar="N", help="candidates: how many to show")
    parser.add_argument("--device", default="cpu", metavar="DEVICE")


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each figure is measured (default: 2)")


def _choice(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("data")
    group.add_argument("--data", metavar="NAME|PATH", help=DATA_HELP)
    _world(group)
    group.add_argument("--least-rating", type=float, metavar="R", help="ratings below it are no watches, or negatives")
    for name in ("user", "item", "time", "rating", "watch-seconds"):
        group.add_argument(f"--{name}", metavar="COLUMN", help="of a table of watches of your own")
    group.add_argument("--label", metavar="COLUMN", help="of a table of examples of your own: what is to be predicted")
    group.add_argument("--equals", metavar="TEXT", help="the label's text that counts as a yes")
    group.add_argument("--at-least", type=float, default=1.0, metavar="V", help="the label's number from which it does")
    for name in ("categories", "numbers", "bags"):
        group.add_argument(f"--{name}", type=texts, default=(), metavar="C,…", help="columns read as such")


def _world(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--size", type=positive, default=200_000, metavar="N", help="events of a generated world")
    group.add_argument("--items", type=positive, metavar="N", help="items of a generated world")
    group.add_argument("--users", type=positive, metavar="N", help="users of a generated world")
    group.add_argument("--data-seed", type=int, default=0, metavar="SEED", help="of a generated world, or of the split")


def _wide_deep(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("wide-deep")
    group.add_argument("--parts", choices=("joint", "wide", "deep"))
    group.add_argument("--cross", action="append", metavar="A,B", help="columns to cross; give it again for another")
    group.add_argument("--buckets", type=positive, metavar="N", help="ids of a cross, at most")


def _youtube(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("candidates and ranking")
    group.add_argument("--negatives", type=int, metavar="N", help="0: the full softmax")
    group.add_argument("--drawn-by", choices=("frequency", "uniform"))
    group.add_argument("--log-q", action=argparse.BooleanOptionalAction, help="the sampling correction")
    group.add_argument("--per-user", type=positive, metavar="N", help="training examples of each user")
    group.add_argument("--longest", type=positive, metavar="N", help="longest history")
    group.add_argument("--user-categories", type=texts, metavar="C,…", help="user features to use")
    group.add_argument("--searches", action=argparse.BooleanOptionalAction)
    group.add_argument("--example-age", action=argparse.BooleanOptionalAction)
    group.add_argument("--powers", action=argparse.BooleanOptionalAction, help="ranking: x² and √x too")
    group.add_argument("--weighted", action=argparse.BooleanOptionalAction, help="ranking: by watch time")
    group.add_argument("--cure", action=argparse.BooleanOptionalAction, help="ranking: exact expectation")


def _training(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("training (default: what suits model and data)")
    group.add_argument("--dimensions", type=positive, metavar="N", help="of an embedding")
    group.add_argument("--hidden", type=whole_numbers, metavar="N,…", help="units of the hidden layers")
    group.add_argument("--epochs", type=positive, metavar="N")
    group.add_argument("--batch-size", type=positive, metavar="N")
    group.add_argument("--lr", type=float, metavar="ETA", help="AdaGrad's rate, of all but the wide part")
    group.add_argument("--alpha", type=float, metavar="V", help="FTRL's rate, of the wide part")
    group.add_argument("--l1", type=float, metavar="LAMBDA", help="FTRL's")
    group.add_argument("--decay", action=argparse.BooleanOptionalAction, help="let the rate fall to nothing by the end")
    group.add_argument("--seed", type=int)
    group.add_argument("--precision", choices=("fp32", "bf16"), help="bf16 on CUDA alone")
    group.add_argument("--device", default="auto", metavar="DEVICE", help="auto, cpu, cuda, cuda:0, mps")


_ACTIONS: tuple[tuple[str, str, Callable[[argparse.ArgumentParser], None]], ...] = (
    ("data", "List data sets, show their licences, download them.", _data),
    ("train", "Train a model; under torchrun, in several processes.", _train),
    ("evaluate", "Judge a checkpoint on the rows kept from training, beside simpler models.", _evaluate),
    ("query", "Ask a checkpoint: what would it recommend, and why?", _query),
    ("bench", "Measure the speed of training and of retrieval on this machine.", _bench),
)
