"""The corpus, made anew: ``python -m checks.fuzz.seeds``. Links and expressions, which people type, are as typed."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED

import polars as pl

from checks.fuzz.mutators.archives import packed
from checks.fuzz.target import CORPUS
from engine.activations.comparison import FIRST, OwnActivation, with_own
from engine.autodiff import CollapsedNodes, ExpressionSheet
from engine.data import DataChoice, load
from engine.data.choice import DrawnPoint
from engine.formats import NetworkFile, write_network
from engine.formats.comparison import COMPARISON
from engine.formats.expression import EXPRESSION
from engine.formats.loom import encode_network
from engine.formats.sheet import SheetFormat
from engine.formats.snapshot import SnapshotHeader, encode_snapshot
from engine.gradients.experiment import FORM as EXPERIMENT
from engine.gradients.experiment import Configuration, Experiment
from engine.graph.build import feed_forward
from engine.graph.model import NetworkGraph
from engine.hyperparameters import Hyperparameters
from engine.neuron.sheet import FORM as NEURON
from engine.neuron.sheet import NeuronContent
from engine.training.progress import progress_of
from engine.training.session import Setup, TrainingSession

Seeds = Iterator[tuple[str, bytes]]

_CITIES = ("Zürich", "São Paulo", "上海", "Oslo")


def network(folder: Path) -> Seeds:
    """A chain of each kind of task, one that has been trained, one of points, one of a file."""
    choices: dict[str, DataChoice] = {
        "spirals": DataChoice(samples=20, noise=5.0),
        "points": DataChoice(source="points", points=tuple(DrawnPoint(x1=i, x2=i % 3, label=i % 2) for i in range(8))),
        "regression": DataChoice(name="plane", samples=20),
        "text-seed": DataChoice(name="circle", samples=20, seed="0.33333"),
    }
    for name, choice in choices.items():
        dataset = load(choice)
        graph = feed_forward((3, 2), features=("x1", "x2"))
        hyper = Hyperparameters(batch_size=5, optimizer="adam" if name == "points" else "sgd", l1=0.01)
        file = NetworkFile(graph, hyper, choice, title=name)
        if name == "spirals":
            session = TrainingSession(Setup(graph, dataset, hyper, "numpy"))
            session.run_steps(3)
            run = session.snapshot(maps=False)
            file = replace(file, weights=run.weights, progress=progress_of(run))
        yield name, _written(folder, file)
    of_file = NetworkFile(feed_forward((2,), features=("a",)), data=DataChoice(source="file", path="/nowhere/a.csv"))
    yield "file", _written(folder, of_file)
    yield "blocks", _written(folder, NetworkFile(_of_all_kinds(), data=DataChoice(samples=20)))


def _of_all_kinds() -> NetworkGraph:
    """Two ways from two inputs, one with a skip connection, and every kind of block between."""
    kinds = ("dense", "batch_norm", "activation", "dropout", "layer_norm")
    ids = {f"{kind}-1": kind for kind in (*kinds, "add", "concatenate", "output")}
    features = {"input-1": ["x1", "x2"], "input-2": ["x1*x2"]}
    blocks = [{"id": id, "kind": "input", "params": {"features": features[id]}} for id in features]
    blocks += [{"id": id, "kind": kind} for id, kind in ids.items()]
    wires: list[dict[str, object]] = [{"source": one, "target": next} for one, next in pairwise(("input-1", *ids))]
    wires += [
        {"source": "dense-1", "target": "add-1", "slot": 1},
        {"source": "input-2", "target": "concatenate-1", "slot": 1},
    ]
    return NetworkGraph.model_validate({"blocks": blocks, "wires": wires})


def _written(folder: Path, file: NetworkFile) -> bytes:
    write_network(folder / "a.loom", file)
    return (folder / "a.loom").read_bytes()


def snapshot(folder: Path) -> Seeds:
    """A trained network and a small document."""
    del folder
    graph, hyper, data = feed_forward((40, 10)), Hyperparameters(batch_size=5), DataChoice(samples=20)
    session = TrainingSession(Setup(graph, load(data), hyper, "numpy"))
    session.run_steps(2)
    run = session.snapshot(maps=False)
    file = NetworkFile(graph, hyper, data, run.weights, progress=progress_of(run))
    header = SnapshotHeader(workspace="playground", title="a", time=1.5, unsaved=True, own="/nowhere/a.loom")
    yield "network", encode_snapshot(header, encode_network("document.loom", file, compact=True))
    small = SnapshotHeader(workspace="neuron", title="b", time=1e9, unsaved=False)
    yield "sheet", encode_snapshot(small, {"document.loom": NEURON.encode("document.loom", "b", NeuronContent())})


def csv(folder: Path) -> Seeds:
    """Numbers, texts, dates and what is missing, in the dialects that there are."""
    del folder
    yield "examples", examples().write_csv().encode()
    yield "watches", watches().write_csv().encode()
    yield "semicolons", watches().write_csv(separator=";").replace("\n", "\r\n").encode("utf-8-sig")
    rows = [f"{i}\t1.{i:03d},5 €\t{i % 28 + 1:02d}.03.2024\t{'ja' if i % 2 else 'nein'}" for i in range(12)]
    yield "european", "\n".join(["Nr\tPreis\tTag\tgut", *rows]).encode("latin-1", "replace")
    yield "headless", b"1,2,0\n3,4,1\n5,6,0\n7,8,1\n9,1,0\n"
    yield "quoted", b'a,"b, c","d ""e"""\n1,"x\ny","no"\n2,"z","yes"\n3,,"no"\n4,"z","yes"\n'
    yield "chinese", "名字|分数|类\n张|1|甲\n李|2|乙\n王|3|甲\n赵|4|乙\n".encode("gb18030")


def examples() -> pl.DataFrame:
    """People, and whether they bought."""
    rng = Random(3)
    rows = range(40)
    return pl.DataFrame({
        "city": [rng.choice(_CITIES) for _ in rows],
        "age": [rng.choice((None, rng.randrange(18, 80))) for _ in rows],
        "apps": ["|".join(rng.sample(("a", "b", "c", "d"), rng.randrange(4))) for _ in rows],
        "since": [dt.date(2020, 1, 1) + dt.timedelta(rng.randrange(900)) for _ in rows],
        "bought": [rng.choice(("yes", "no")) for _ in rows],
    })  # fmt: skip


def watches() -> pl.DataFrame:
    """Who saw what, and when."""
    rng = Random(4)
    rows = range(60)
    items = [rng.randrange(8) for _ in rows]
    return pl.DataFrame({
        "user_id": [rng.randrange(9) for _ in rows],
        "item_id": items,
        "title": [f"Film {i} ({1990 + i})" for i in items],
        "genres": ["Drama|Comedy" if i % 2 else "War" for i in items],
        "rating": [rng.randrange(1, 11) / 2 for _ in rows],
        "timestamp": [1_600_000_000 + rng.randrange(10**7) for _ in rows],
    })  # fmt: skip


def parquet(folder: Path) -> Seeds:
    """The same as Parquet, and columns of every type."""
    del folder
    yield "examples", _parquet(examples())
    yield "watches", _parquet(watches(), compression="snappy", row_group_size=20)
    n = 12
    whole = pl.Series(range(n), dtype=pl.Int64)
    levels = pl.Series([str(i % 3) for i in range(n)], dtype=pl.Categorical)
    types: dict[str, Any] = {
        "span": whole.cast(pl.Duration("us")),
        "moment": whole.cast(pl.Datetime("ms", "UTC")),
        "day": whole.cast(pl.Date),
        "hour": whole.cast(pl.Time),
        "list": [[i] for i in range(n)],
        "struct": [{"a": i} for i in range(n)],
        "bytes": [bytes([i]) for i in range(n)],
        "level": levels,
        "truth": [i % 2 == 0 for i in range(n)],
        "money": whole.cast(pl.Decimal(20, 2)),
        "float": [i / 3 for i in range(n)],
    }
    yield "types", _parquet(pl.DataFrame(types), compression="uncompressed")


def _parquet(frame: pl.DataFrame, **how: Any) -> bytes:
    held = io.BytesIO()
    frame.write_parquet(held, **how)
    return held.getvalue()


def log(folder: Path) -> Seeds:
    """Archives of the data sets that are known, and of one that is not."""
    del folder
    seen = watches()
    rows = seen.select("user_id", "item_id", "rating", "timestamp")
    ratings = rows.rename({"user_id": "userId", "item_id": "movieId"}).write_csv().encode()
    films = b"movieId,title,genres\n" + b"".join(b'%d,"Film, The (%d)",Drama|War\n' % (i, 1990 + i) for i in range(8))
    yield "movielens-csv", packed([("ml/ratings.csv", ratings), ("ml/movies.csv", films)], ZIP_DEFLATED)
    tabs = rows.write_csv(separator="\t", include_header=False).encode()
    items = b"".join(
        b"%d|Film %d (1995)|01-Jan-1995||http://x|%s\n" % (i, i, b"|".join([b"0", b"1"] * 9 + [b"0"])) for i in range(8)
    )
    people = b"".join(b"%d|%d|M|writer|94043\n" % (i, 20 + i) for i in range(9))
    yield "movielens-100k", packed([("u.data", tabs), ("u.item", items), ("u.user", people)], ZIP_STORED)
    colons = [("ratings.dat", tabs.replace(b"\t", b"::")), ("movies.dat", items.replace(b"|", b"::")[:300])]
    yield "movielens-1m", packed([*colons, ("users.dat", b"1::F::1::10::48067\n2::M::56::16::70072\n")], ZIP_DEFLATED)
    yield (
        "tweetings",
        packed([("ratings.dat", b"1::0114508::8::1381006850\n2::0111161::10::1381006851\n")], ZIP_DEFLATED),
    )
    kuai = b"user_id,video_id,play_duration,video_duration,time,date,timestamp,watch_ratio\n"
    kuai += b"".join(
        b"%d,%d,%d,9000,2020-07-05 00:08:23.438,20200705,%d.5,0.%d\n" % (i % 5, i % 7, 900 * i, 1593878903 + i, i)
        for i in range(30)
    )
    features = b'video_id,feat\n0,"[27, 9]"\n1,[8]\n'
    yield "kuairec", packed([("data/big_matrix.csv", kuai), ("data/item_categories.csv", features)], ZIP_DEFLATED)
    yield "table", packed([("log.csv", seen.write_csv().encode())], ZIP_DEFLATED)


def checkpoint(folder: Path) -> Seeds:
    """Wide & Deep on the examples: of categories alone and without its rows, as earlier versions wrote it; of every
    sort of column; and with a best epoch."""
    from engine.recommenders.data.data_choice import RecommenderData, TableChoice
    from engine.recommenders.running.checkpoints import Best, Cursor, learned_tensors_of, save
    from engine.recommenders.running.settings import Training
    from engine.recommenders.tasks.known import task_kind
    from engine.recommenders.tasks.opening import opened

    path = folder / "table.csv"
    path.write_text(examples().write_csv())
    kind = task_kind("wide-deep")
    spec = kind.spec_type.model_validate({"hidden": (4,), "dimensions": 2})
    chosen = TableChoice(label="bought", equals="yes", categories=("city",), numbers=("age",), bags=("apps",))
    best = Best(1, 4, 0.6)
    for name, table, cursor in (
        ("categories", TableChoice(label="bought", equals="yes"), Cursor()),
        ("first", chosen, Cursor()),
        ("later", chosen, Cursor(1, 2, 6, 2.5, 32.0, best)),
    ):
        task = opened(kind, RecommenderData(source="file", path=path, table=table), spec, Training(batch_size=8))
        document = json.loads(json.dumps(task.document()).replace(str(folder), "/nowhere"))
        if cursor.best is not None:
            task.trainer.best = {key: tensor.clone() for key, tensor in learned_tensors_of(task.trainer).items()}
        save(folder / "a", task.trainer, cursor, document, None if name == "categories" else task.snapshot)
        yield name, (folder / "a").read_bytes()


def sheet(folder: Path) -> Seeds:
    """One of each kind."""
    own = with_own(FIRST, OwnActivation(key="own-1", text="x*sigmoid(a*x)", parameters={"a": 1.5}))
    groups = (CollapsedNodes(name="s", nodes=("x*w", "b")),)
    contents: dict[str, tuple[SheetFormat[Any], Any]] = {
        "expression": (EXPRESSION, ExpressionSheet(text="y = x*w + b\ny^2", inputs={"x": 1.0}, collapsed=groups)),
        "experiment": (
            EXPERIMENT,
            Experiment(configurations=(Configuration(normalisation="layer", skip=True, depth=3),)),
        ),
        "neuron": (NEURON, NeuronContent()),
        "comparison": (COMPARISON, own),
    }
    for name, (form, content) in contents.items():
        form.write(folder / "a.loom", name, content)
        yield name, (folder / "a.loom").read_bytes()


def main() -> None:
    """Write them all."""
    for seeds in (network, snapshot, csv, parquet, log, checkpoint, sheet):
        with TemporaryDirectory() as folder:
            place = CORPUS / seeds.__name__
            place.mkdir(parents=True, exist_ok=True)
            for name, content in seeds(Path(folder)):
                (place / name).write_bytes(content)


if __name__ == "__main__":
    main()
