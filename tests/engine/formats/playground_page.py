"""TensorFlow Playground once more, from its description alone: numbers, points, network and training, one by one.

An oracle for the link's reader. It shares no code with the program, uses no arrays, and works a sample at a time as the
page does: derivatives pile up per link, an update falls due after every ``batch`` samples of an epoch.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise

Sample = tuple[float, float, float]


class Dice:
    """The page's ``Math.random`` after ``Math.seedrandom(text)``: RC4, its first 256 bytes dropped."""

    def __init__(self, text: str) -> None:
        key = [0] * min(256, max(1, len(text)))
        stir = 0
        for place, letter in enumerate(text):
            stir ^= key[place % 256] * 19
            key[place % 256] = (stir + ord(letter)) % 256
        self.s = list(range(256))
        self.i = self.j = 0
        at = 0
        for n in range(256):
            at = (at + self.s[n] + key[n % len(key)]) % 256
            self.s[n], self.s[at] = self.s[at], self.s[n]
        for _ in range(256):
            self.byte()

    def byte(self) -> int:
        self.i = (self.i + 1) % 256
        self.j = (self.j + self.s[self.i]) % 256
        self.s[self.i], self.s[self.j] = self.s[self.j], self.s[self.i]
        return self.s[(self.s[self.i] + self.s[self.j]) % 256]

    def roll(self) -> float:
        """48 bits, then byte after byte until 52 bits are significant, then the last byte; floats, as in a browser."""
        above, below, tail = 0.0, 2.0**48, 0
        for _ in range(6):
            above = above * 256 + self.byte()
        while above < 2.0**52:
            above, below, tail = (above + tail) * 256, below * 256, self.byte()
        while above >= 2.0**53:
            above, below, tail = above / 2, below / 2, tail // 2
        return (above + tail) / below

    def between(self, a: float, b: float) -> float:
        return self.roll() * (b - a) + a

    def bell(self, mean: float, variance: float) -> float:
        while True:
            u, v = 2 * self.roll() - 1, 2 * self.roll() - 1
            s = u * u + v * v
            if s <= 1:
                return mean + math.sqrt(variance) * math.sqrt(-2 * math.log(s) / s) * u


def points(kind: str, count: int, noise: float, dice: Dice) -> list[Sample]:
    """The set in the order in which it is trained on."""
    made = list(_made(kind, count, noise, dice))
    left = len(made)
    while left:
        pick = int(dice.roll() * left)
        left -= 1
        made[left], made[pick] = made[pick], made[left]
    return made


def _made(kind: str, count: int, noise: float, dice: Dice):  # type: ignore[no-untyped-def]
    half = count // 2
    if kind == "circle":
        for n in range(count):
            r = dice.between(0, 2.5) if n < half else dice.between(3.5, 5)
            turn = dice.between(0, 2 * math.pi)
            x, y = r * math.sin(turn), r * math.cos(turn)
            dx, dy = dice.between(-5, 5) * noise, dice.between(-5, 5) * noise
            yield x, y, 1 if math.sqrt((x + dx) ** 2 + (y + dy) ** 2) < 2.5 else -1
    elif kind == "xor":
        for _ in range(count):
            x = dice.between(-5, 5)
            x += math.copysign(0.3, x)
            y = dice.between(-5, 5)
            y += math.copysign(0.3, y)
            dx, dy = dice.between(-5, 5) * noise, dice.between(-5, 5) * noise
            yield x, y, 1 if (x + dx) * (y + dy) >= 0 else -1
    elif kind == "gauss":
        for n in range(count):
            side = 1 if n < half else -1
            variance = 0.5 + 3.5 * noise / 0.5
            yield dice.bell(2 * side, variance), dice.bell(2 * side, variance), side
    elif kind == "spiral":
        for n in range(count):
            side, m = (1, n) if n < half else (-1, n - half)
            r = m / half * 5
            t = 1.75 * m / half * 2 * math.pi + (0 if side == 1 else math.pi)
            x = r * math.sin(t) + dice.between(-1, 1) * noise
            yield x, r * math.cos(t) + dice.between(-1, 1) * noise, side
    else:
        for _ in range(count):
            x, y = dice.between(-6, 6), dice.between(-6, 6)
            u, v = x + dice.between(-6, 6) * noise, y + dice.between(-6, 6) * noise
            yield x, y, (u + v) / 10 if kind == "reg-plane" else _hill(u, v)


def _hill(u: float, v: float) -> float:
    label, sign = 0.0, 1.0
    for b in (2.5, -2.5):
        for a in (-4, 0, 4):
            here = sign * max(0.0, 1 - math.hypot(u - a, v - b) / 2)
            label = here if abs(here) > abs(label) else label
            sign = -sign
        sign = -1.0
    return label


FEATURES = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xSquared": lambda x, y: x * x,
    "ySquared": lambda x, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, y: math.sin(x),
    "sinY": lambda x, y: math.sin(y),
}

FUNCTIONS = {
    "tanh": (math.tanh, lambda z: 1 - math.tanh(z) ** 2),
    "relu": (lambda z: max(0.0, z), lambda z: 0.0 if z <= 0 else 1.0),
    "sigmoid": (lambda z: 1 / (1 + math.exp(-z)), lambda z: (s := 1 / (1 + math.exp(-z))) * (1 - s)),
    "linear": (lambda z: z, lambda z: 1.0),
}


@dataclass
class Page:
    """One link's run. The fields are the settings; names follow the page's."""

    seed: str
    kind: str = "circle"
    regression: bool = False
    noise: float = 0.0
    percent: float = 50.0
    shape: tuple[int, ...] = (4, 2)
    features: tuple[str, ...] = ("x", "y")
    activation: str = "tanh"
    batch: int = 10
    rate: float = 0.03
    penalty: str = "none"
    strength: float = 0.0
    zero: bool = False
    weights: list[list[list[float]]] = field(init=False)
    biases: list[list[float]] = field(init=False)

    def __post_init__(self) -> None:
        dice = Dice(self.seed)
        data = points(self.kind, 1200 if self.regression else 500, self.noise / 100, dice)
        cut = int(len(data) * self.percent / 100)
        self.train, self.test = data[:cut], data[cut:]
        widths = [len(self.features), *self.shape, 1]
        self.weights = [
            [[0.0 * dice.roll() if self.zero else dice.roll() - 0.5 for _ in range(a)] for _ in range(b)]
            for a, b in pairwise(widths)
        ]
        self.biases = [[0.0 if self.zero else 0.1] * b for b in widths[1:]]
        self.dead = [[[False] * len(row) for row in layer] for layer in self.weights]
        self._clear()

    def _clear(self) -> None:
        self.piled = [[[0.0] * len(row) for row in layer] for layer in self.weights]
        self.piled_bias = [[0.0] * len(layer) for layer in self.weights]
        self.count = 0

    def _function(self, layer: int):  # type: ignore[no-untyped-def]
        if layer < len(self.weights) - 1:
            return FUNCTIONS[self.activation]
        return FUNCTIONS["linear" if self.regression else "tanh"]

    def _forward(self, x: float, y: float) -> tuple[list[list[float]], list[list[float]]]:
        a, sums = [[FEATURES[name](x, y) for name in self.features]], []
        for layer, rows in enumerate(self.weights):
            sums.append([])
            for unit, row in enumerate(rows):
                z = self.biases[layer][unit]
                for w, before in zip(row, a[layer], strict=True):
                    z += w * before
                sums[layer].append(z)
            a.append([self._function(layer)[0](z) for z in sums[layer]])
        return a, sums

    def loss(self, data: list[Sample]) -> float:
        total = 0.0
        for x, y, label in data:
            total += 0.5 * (self._forward(x, y)[0][-1][0] - label) ** 2
        return total / len(data)

    @property
    def losses(self) -> tuple[float, float]:
        return self.loss(self.train), self.loss(self.test)

    def epoch(self) -> None:
        for number, (x, y, label) in enumerate(self.train, 1):
            self._learn(x, y, label)
            if number % self.batch == 0:
                self._update()

    def _learn(self, x: float, y: float, label: float) -> None:
        a, sums = self._forward(x, y)
        out = [a[-1][0] - label]
        for layer in range(len(self.weights) - 1, -1, -1):
            slope = self._function(layer)[1]
            deltas = [o * slope(z) for o, z in zip(out, sums[layer], strict=True)]
            for unit, delta in enumerate(deltas):
                self.piled_bias[layer][unit] += delta
                for link, before in enumerate(a[layer]):
                    self.piled[layer][unit][link] += delta * before
            out = [
                sum(self.weights[layer][unit][link] * delta for unit, delta in enumerate(deltas))
                for link in range(len(a[layer]))
            ]
        self.count += 1

    def _update(self) -> None:
        for layer, rows in enumerate(self.weights):
            for unit, row in enumerate(rows):
                self.biases[layer][unit] -= self.rate * self.piled_bias[layer][unit] / self.count
                for link, w in enumerate(row):
                    if not self.dead[layer][unit][link]:
                        self._move(layer, unit, link, w)
        self._clear()

    def _move(self, layer: int, unit: int, link: int, w: float) -> None:
        moved = w - self.rate / self.count * self.piled[layer][unit][link]
        pull = {"none": 0.0, "L1": (w > 0) - (w < 0), "L2": w}[self.penalty]
        pulled = moved - self.rate * self.strength * pull
        if self.penalty == "L1" and moved * pulled < 0:
            self.dead[layer][unit][link] = True
            pulled = 0.0
        self.weights[layer][unit][link] = pulled

    @property
    def link(self) -> str:
        """The address that stands for these settings."""
        chosen = "&".join(f"{name}={str(name in self.features).lower()}" for name in FEATURES)
        data = "regDataset" if self.regression else "dataset"
        problem = "regression" if self.regression else "classification"
        return (
            f"https://playground.tensorflow.org/#activation={self.activation}&batchSize={self.batch}&{data}={self.kind}"
            f"&learningRate={self.rate}&regularization={self.penalty}&regularizationRate={self.strength}"
            f"&noise={self.noise}&networkShape={','.join(map(str, self.shape))}&seed={self.seed}"
            f"&percTrainData={self.percent}&problem={problem}&initZero={str(self.zero).lower()}&{chosen}"
        )
