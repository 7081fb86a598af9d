"""A catalogue of a million items: one epoch of candidate generation over ten million watches, in a process of its own.

python -m checks.bench.rec_scale ITEMS EVENTS     one epoch; prints samples per second and the peak memory in GiB
"""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import torch

from checks.bench.measure import Row, at_least, at_most
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.tasks.candidates.example_batches import ExampleBatches
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.spec import CandidateSpec

SMALL, LARGE, EVENTS = 10_000, 1_000_000, 10_000_000
ROOT = Path(__file__).parents[2]


def epoch(items: int, events: int) -> tuple[float, float]:
    """Samples per second of one epoch at dimension 64, and the process's peak memory in GiB."""
    torch.set_num_threads(1)
    log = VideoSite(VideoSiteSpec(users=max(events // 20, 100), items=items, events=events)).log()
    training = Training(epochs=1)
    model = CandidateModel.build(log, CandidateSpec(categories=("country", "device")), training)
    network = model.network()
    batches = ExampleBatches(network.plan, model.columns, log, training)
    trainer = RecommenderTrainer(network, training, batches.counts())
    begin = perf_counter()
    for step in range(batches.steps):
        trainer.train(batches.batch(0, step))
    rate = batches.rows / (perf_counter() - begin)
    return rate, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def _apart(items: int, events: int) -> tuple[float, float]:
    command = [sys.executable, "-m", "checks.bench.rec_scale", str(items), str(events)]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    rate, memory = done.stdout.split()
    return float(rate), float(memory)


def run() -> list[Row]:
    """Every row."""
    small, _ = _apart(SMALL, EVENTS)
    large, memory = _apart(LARGE, EVENTS)
    return [
        Row(f"{SMALL:,} items, {EVENTS:,} watches, dimension 64", small, "samples/s"),
        Row(f"{LARGE:,} items", large, "samples/s"),
        at_least("… than with the few items", large / small, "× as fast", 0.5),
        at_most("… and its memory", memory, "GiB", 4.0),
    ]


if __name__ == "__main__":
    print(*epoch(int(sys.argv[1]), int(sys.argv[2])))
