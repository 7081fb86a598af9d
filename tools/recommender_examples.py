"""Makes the trained recommenders that come with the program: ``python -m tools.recommender_examples [key …]``.

Each is trained by the very command that a person would type, and kept without its optimiser's memory: it is to be asked
and judged, not to be gone on with. Beside them lies what each is worth on the rows that were kept to the end.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from safetensors import safe_open
from safetensors.torch import save_file

import assets
from engine.command import engine_command
from engine.recommenders.running.checkpoints import load, read
from engine.recommenders.running.run_folder import RunFolder
from engine.recommenders.tasks.opening import kind_of, reopened

RECIPES: Final[Mapping[str, Sequence[str]]] = {
    "wide-deep": ("--data", "adult"),
    "candidates": ("--data", "movielens-small", "--dimensions", "32", "--hidden", "32"),
}
"""By the task kind's key: what is asked for beside what suits model and data. So few dimensions keep the films' tables
small enough to be carried along."""
FOLDER: Final = "examples"
FIGURES: Final = "figures.json"
"""By the task kind's key: on the rows kept to the end, the figures by which such a network is judged."""
MEMORY: Final = "opt/"
"""What the names of the optimiser's tensors begin with."""


def make(key: str) -> Path:
    """Train an example and write its file, and those of the models that say what its parts are worth."""
    target = assets.path("recommenders") / FOLDER / f"{key}.safetensors"
    beside = RunFolder(target.parent).companions
    beside.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        run = RunFolder(Path(place) / "run")
        asked = (*RECIPES[key], "--companions", "--run", str(run.path))
        subprocess.run(engine_command("recommend", "train", key, *asked), check=True)
        keep(run.checkpoint, target)
        for companion in sorted(run.companions.glob("*.safetensors")):
            keep(companion, beside / companion.name)
    write_figures(target)
    return target


def figures_of(path: Path) -> dict[str, float]:
    """What an example is worth on the rows kept to the end, by the names of its figures."""
    checkpoint = read(path)
    task = reopened(checkpoint)
    load(checkpoint, task.network)
    found = task.figures("test")
    return {name: round(found[name], 6) for name in kind_of(checkpoint).best}


def write_figures(example: Path) -> None:
    """Write an example's figures beside it; those of the others stay."""
    place = example.with_name(FIGURES)
    told = json.loads(place.read_text("utf-8")) if place.exists() else {}
    told[example.stem] = figures_of(example)
    place.write_text(json.dumps(told, indent=2, sort_keys=True) + "\n", "utf-8")


def keep(checkpoint: Path, target: Path) -> None:
    """Write a checkpoint again without its optimiser's memory."""
    with safe_open(checkpoint, framework="pt") as file:
        names = [name for name in file.keys() if not name.startswith(MEMORY)]  # noqa: SIM118  it is no mapping
        save_file({name: file.get_tensor(name) for name in names}, target, metadata=file.metadata())
    target.chmod(0o644)  # everybody may read what comes with the program


def main(wanted: Sequence[str]) -> None:
    """Make those that are named, or all."""
    for key in wanted or RECIPES:
        path = make(key)
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main(sys.argv[1:])
