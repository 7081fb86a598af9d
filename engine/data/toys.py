"""Two-dimensional toy sets, drawn at random in about [−6, 6].

The first six follow the distributions of TensorFlow Playground (Smilkov et al. 2017,
playground.tensorflow.org) including what noise means in each. ``noise`` is a fraction here, 0 to 0.8.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from engine.data.choice import DataChoice
from engine.data.dataset import TOY_BOUNDS, TOY_CLASSES, Dataset, InputColumn, Task
from engine.data.seeding import Stream, generator
from engine.data.split import split_rows

Floats = NDArray[np.float64]
Sample = tuple[Floats, Floats]  # points (n, 2) and class indices or values (n,)
Draw = Callable[[int, float, np.random.Generator], Sample]

COLUMNS = ("x1", "x2")
_RADIUS = 5.0
_WIDE = 6.0


@dataclass(frozen=True, slots=True)
class ToySet:
    """A toy set: its names, what is learnt, and how it is drawn from (samples, noise fraction, generator)."""

    key: str
    title: str
    task: Task
    classes: tuple[str, ...]
    description: str
    source: str
    draw: Draw
    is_first: bool = False
    """Among the thumbnails that are shown at once; the others are under More."""


def load_toy(toy: ToySet, choice: DataChoice) -> Dataset:
    """Draw ``toy`` as ``choice`` says (samples, noise, seed) and split it."""
    noise = choice.noise / 100
    x, y, train, test = _text_seeded(toy, choice, noise) or _seeded(toy, choice, noise)
    inputs = tuple(InputColumn(name) for name in COLUMNS)
    return Dataset(
        toy.key, toy.title, toy.task, COLUMNS, x, y, toy.classes, train, test, inputs=inputs, view=TOY_BOUNDS
    )


Drawn = tuple[Floats, Floats, NDArray[np.int64], NDArray[np.int64]]
"""x, y, and the rows of the training and the test set."""


def _seeded(toy: ToySet, choice: DataChoice, noise: float) -> Drawn:
    x, y = toy.draw(choice.samples, noise, generator(choice.seed_number, Stream.POINTS))
    labels = y.astype(np.int64) if toy.classes else None
    return x, y, *split_rows(len(x), choice.train_share, choice.seed_number, labels)


def _text_seeded(toy: ToySet, choice: DataChoice, noise: float) -> Drawn | None:
    """The points of a seed that is a text; None where it is a number, or the set has none such."""
    if not isinstance(choice.seed, str):
        return None
    from engine.data.text_seeded import DRAWS, rows_trained_on, text_seeded  # for links alone

    if toy.key not in DRAWS:
        return None
    x, y = text_seeded(toy.key, choice.samples, noise, choice.seed, classes=bool(toy.classes))
    train, test = np.split(np.arange(len(x), dtype=np.int64), [rows_trained_on(len(x), choice.train_share)])
    return x, y, train, test


# --- pieces -------------------------------------------------------------------------------------------------
def _class_indices(samples: int, classes: int) -> NDArray[np.int64]:
    """Class indices in blocks of equal size (to within one)."""
    return np.sort(np.arange(samples) % classes)


def _polar(radius: Floats, angle: Floats) -> Floats:
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])


def _jitter(x: Floats, size: float, rng: np.random.Generator) -> Floats:
    """``x`` moved by up to ``size`` along both axes."""
    return x + rng.uniform(-1, 1, x.shape) * size


# --- classification -----------------------------------------------------------------------------------------
def _circle(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """A disc (radius up to 2.5) inside a ring (3.5 to 5); the label is that of the point
    moved by the noise.
    """
    inner = _class_indices(samples, 2) == 1
    low, high = np.where(inner, 0.0, 0.7 * _RADIUS), np.where(inner, 0.5 * _RADIUS, _RADIUS)
    x = _polar(rng.uniform(low, high), rng.uniform(0, 2 * np.pi, samples))
    distance = np.linalg.norm(_jitter(x, _RADIUS * noise, rng), axis=1)
    return x, (distance < 0.5 * _RADIUS).astype(np.float64)


def _exclusive_or(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """Four quadrants, 0.3 clear of the axes; positive where the coordinates, moved by the
    noise, agree in sign.
    """
    x = rng.uniform(-_RADIUS, _RADIUS, (samples, 2))
    x += np.where(x > 0, 0.3, -0.3)
    product = np.prod(_jitter(x, _RADIUS * noise, rng), axis=1)
    return x, (product >= 0).astype(np.float64)


def _two_gaussians(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """Two normal clouds at (2, 2) and (−2, −2), whose variance grows from 0.5 to 4 with the noise."""
    y = _class_indices(samples, 2).astype(np.float64)
    deviation = np.sqrt(0.5 + (4.0 - 0.5) * noise / 0.5)
    return (4 * y - 2)[:, None] + rng.normal(0, deviation, (samples, 2)), y


def _spirals(samples: int, noise: float, rng: np.random.Generator, *, arms: int) -> Sample:
    """``arms`` interleaved spirals; two arms turn 1.75 times, more arms less, to keep the same gap."""
    y = _class_indices(samples, arms)
    counts = np.bincount(y, minlength=arms)
    along = (np.arange(samples) - np.searchsorted(y, y)) / counts[y]  # 0 at the centre, towards 1 at the end
    turns = 3.5 / arms
    offset = 2 * np.pi * (arms - 1 - y) / arms
    x = _polar(_RADIUS * along, turns * along * 2 * np.pi + offset)
    return _jitter(x, noise, rng), y.astype(np.float64)


def _moons(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """Two interleaved half circles."""
    y = _class_indices(samples, 2)
    angle = rng.uniform(0, np.pi, samples)
    upper = np.column_stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25])
    x = 3.5 * np.where(y[:, None] == 1, upper, -upper)
    return _jitter(x, 3.5 * noise, rng), y.astype(np.float64)


def _rings(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """Three rings one round another, a class each."""
    y = _class_indices(samples, 3)
    radius = 1.2 + 1.8 * y + rng.uniform(-0.4, 0.4, samples)
    return _jitter(_polar(radius, rng.uniform(0, 2 * np.pi, samples)), noise, rng), y.astype(np.float64)


def _checkerboard(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """Four by four squares of side 2.5; the label is that of the point moved by the noise."""
    side = _RADIUS / 2
    x = rng.uniform(-_RADIUS, _RADIUS, (samples, 2))
    squares = np.floor(_jitter(x, side * noise, rng) / side)
    return x, squares.sum(axis=1) % 2


# --- regression ---------------------------------------------------------------------------------------------
def _plane(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """A plane: the sum of the coordinates, moved by the noise, a sum of 10 giving 1."""
    x = rng.uniform(-_WIDE, _WIDE, (samples, 2))
    return x, _jitter(x, _WIDE * noise, rng).sum(axis=1) / 10


_HILLS = np.array([(-4, 2.5), (0, 2.5), (4, 2.5), (-4, -2.5), (0, -2.5), (4, -2.5)], np.float64)
_HILL_SIGNS = np.array([1, -1, 1, -1, 1, -1], np.float64)


def _multi_gaussian(samples: int, noise: float, rng: np.random.Generator) -> Sample:
    """Six hills and hollows by turns, each falling from ±1 at its centre to 0 at distance 2."""
    x = rng.uniform(-_WIDE, _WIDE, (samples, 2))
    distance = np.linalg.norm(_jitter(x, _WIDE * noise, rng)[:, None] - _HILLS, axis=2)
    nearest = distance.argmin(axis=1)
    height = np.clip(1 - distance.min(axis=1) / 2, 0, 1)
    return x, _HILL_SIGNS[nearest] * height


# --- the list -----------------------------------------------------------------------------------------------
_PLAYGROUND = "after TensorFlow Playground"
_OWN = "drawn by Neuroloom"


def _arms(count: int) -> tuple[str, ...]:
    return tuple(f"arm {arm}" for arm in range(1, count + 1))


TOY_SETS: tuple[ToySet, ...] = (
    ToySet("circle", "Circle", Task.BINARY, TOY_CLASSES, "A disc inside a ring.", _PLAYGROUND, _circle, is_first=True),
    ToySet(
        "exclusive-or",
        "Exclusive or",
        Task.BINARY,
        TOY_CLASSES,
        "Opposite quadrants share a colour: no single line separates them.",
        _PLAYGROUND,
        _exclusive_or,
        is_first=True,
    ),
    ToySet(
        "two-gaussians",
        "Two Gaussians",
        Task.BINARY,
        TOY_CLASSES,
        "Two clouds that one line separates.",
        _PLAYGROUND,
        _two_gaussians,
        is_first=True,
    ),
    ToySet(
        "two-spirals",
        "Two spirals",
        Task.BINARY,
        TOY_CLASSES,
        "Two arms wound around each other: the classic hard case.",
        _PLAYGROUND,
        partial(_spirals, arms=2),
        is_first=True,
    ),
    ToySet("plane", "Plane", Task.REGRESSION, (), "A tilted plane.", _PLAYGROUND, _plane),
    ToySet(
        "multi-gaussian",
        "Multi-Gaussian",
        Task.REGRESSION,
        (),
        "Three hills and three hollows.",
        _PLAYGROUND,
        _multi_gaussian,
    ),
    ToySet("moons", "Moons", Task.BINARY, TOY_CLASSES, "Two interleaved half circles.", _OWN, _moons),
    ToySet(
        "rings",
        "Rings",
        Task.MULTICLASS,
        ("inner", "middle", "outer"),
        "Three concentric rings.",
        _OWN,
        _rings,
        is_first=True,
    ),
    ToySet(
        "checkerboard",
        "Checkerboard",
        Task.BINARY,
        TOY_CLASSES,
        "Four by four squares: many small regions to carve out.",
        _OWN,
        _checkerboard,
    ),
    ToySet(
        "three-spirals",
        "Three spirals",
        Task.MULTICLASS,
        _arms(3),
        "Three interleaved arms, one class each.",
        _OWN,
        partial(_spirals, arms=3),
    ),
    ToySet(
        "five-spirals",
        "Five spirals",
        Task.MULTICLASS,
        _arms(5),
        "Five interleaved arms, one class each.",
        _OWN,
        partial(_spirals, arms=5),
    ),
)
