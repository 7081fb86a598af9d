"""The cube of three inputs seen from a side: a turned view of space, and which way on screen moves the plane."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, sin, sqrt

from engine.neuron.boundary import kept
from engine.neuron.unit import Unit


@dataclass(frozen=True, slots=True)
class Sight:
    """A parallel projection: space is turned round its upright axis by ``yaw``, then tilted by ``pitch`` (radians)."""

    yaw: float = 0.95
    pitch: float = 0.45

    def seen(self, point: tuple[float, ...]) -> tuple[float, float, float]:
        """(right, up, towards the eye) of a point, from the middle of the cube."""
        x, y, z = (value - 0.5 for value in point)  # x₁ to the right, x₂ upwards, x₃ away
        right = x * cos(self.yaw) + z * sin(self.yaw)
        away = -x * sin(self.yaw) + z * cos(self.yaw)
        up = y * cos(self.pitch) + away * sin(self.pitch)
        return right, up, -(away * cos(self.pitch) - y * sin(self.pitch))

    @property
    def reach(self) -> tuple[float, float]:
        """How far from the middle, across and up, a corner can be seen at this tilt, whatever the turn; in edges."""
        half_diagonal = sqrt(0.5)
        return half_diagonal, 0.5 * cos(self.pitch) + half_diagonal * abs(sin(self.pitch))


def bias_after_drag(unit: Unit, sight: Sight, moved: tuple[float, float]) -> float:
    """The bias after the plane was dragged by ``moved`` (right, up) as it is seen; the plane moves along its weights.

    Where the weights point at the eye there is no way to drag it, and the bias stays.
    """
    origin = sight.seen((0.5, 0.5, 0.5))
    tip = sight.seen(tuple(0.5 + weight for weight in unit.weights))
    along = (tip[0] - origin[0], tip[1] - origin[1])
    size = along[0] ** 2 + along[1] ** 2
    if size < 1e-9:
        return unit.bias
    shares = (along[0] * moved[0] + along[1] * moved[1]) / size
    return kept(unit.bias - shares * sum(weight * weight for weight in unit.weights))
