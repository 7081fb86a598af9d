"""Looking at vectors of a few directions through a frame of two: what it shows, and the shortest way to another.

A frame is (k, 2) with orthonormal columns, what is across and what is up. Between two frames the shortest way turns by
the principal angles of their planes (Björck and Golub 1973), as the Grand Tour does (Asimov 1985).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Frame = NDArray[np.float64]
_LEVEL = 1e-7
"""A direction shorter than this is none."""


def first_two(directions: int) -> Frame:
    """The frame of the first two of so many directions."""
    return np.eye(directions, 2)


def random_frame(directions: int, random: np.random.Generator) -> Frame:
    """A frame, each as likely as any other."""
    return np.linalg.qr(random.normal(size=(directions, 2)))[0]


class Geodesic:
    """The shortest way from a frame to another's plane. ``length``: the angle that it turns by, in radians.

    With ``upright`` it ends in the goal itself, else in the goal's plane, with no turn within the plane on the way.
    """

    def __init__(self, start: Frame, goal: Frame, *, upright: bool = False) -> None:
        left, cosines, right_t = np.linalg.svd(start.T @ goal)
        right = right_t.T
        if upright and np.linalg.det(left) * np.linalg.det(right) < 0:  # else it would arrive seen from behind
            right = right * [1.0, -1.0]
            cosines = cosines * [1.0, -1.0]
        self._from, self._left = start @ left, left
        self._angles, self._aside = _steps(self._from, goal @ right, cosines)
        within = right.T @ left
        self._twist = float(np.arctan2(within[1, 0], within[0, 0])) if upright else 0.0
        self.length = float(np.hypot(np.linalg.norm(self._angles), self._twist))

    def at(self, share: float) -> Frame:
        """The frame at a share of the way, 0 to 1."""
        turned = self._from * np.cos(share * self._angles) + self._aside * np.sin(share * self._angles)
        angle = share * self._twist
        twist = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        return np.asarray(turned @ twist @ self._left.T)


def _steps(first: Frame, second: Frame, cosines: NDArray[np.float64]) -> tuple[NDArray[np.float64], Frame]:
    """The angle by which each column of ``first`` turns to become that of ``second``, and the direction towards which:
    square to ``first`` and to the other column's."""
    asides = second - first @ (first.T @ second)
    lengths = np.linalg.norm(asides, axis=0)
    asides = np.where(lengths > _LEVEL, asides / np.maximum(lengths, _LEVEL), 0.0)
    lengths = np.where(lengths > _LEVEL, lengths, 0.0)
    for column in np.flatnonzero((lengths == 0.0) & (cosines < 0.0)):  # to its opposite: by any direction
        others = [*first.T, *asides.T[lengths > 0.0]]
        asides[:, column] = _square_to(others, len(first))
    return np.arctan2(lengths, cosines), asides


def _square_to(taken: list[NDArray[np.float64]], directions: int) -> NDArray[np.float64]:
    """Some direction square to orthonormal ones; zeros where there is none left."""
    basis = np.array(taken)
    rest = np.eye(directions) - basis.T @ basis
    longest = rest[:, int(np.argmax(np.linalg.norm(rest, axis=0)))]
    length = float(np.linalg.norm(longest))
    return longest / length if length > _LEVEL else np.zeros(directions)


class DirectionSpread:
    """How vectors are spread over their directions, so that what a frame shows of it can be told."""

    def __init__(self, coordinates: NDArray[np.floating], shares: NDArray[np.floating]) -> None:
        """``coordinates`` (n, k), those that are not finite are left out; ``shares`` (k,): of the spread of the whole
        vectors, which may have more directions than k."""
        rows = np.asarray(coordinates[np.isfinite(coordinates).all(axis=1)], np.float64)
        directions = coordinates.shape[1]
        centred = rows - rows.mean(axis=0) if len(rows) else rows
        self.covariance = centred.T @ centred / max(len(rows), 1) if len(rows) else np.zeros((directions, directions))
        known = float(np.trace(self.covariance))
        self._whole = known / float(np.sum(shares)) if known > 0 and np.sum(shares) > 0 else np.inf

    def share(self, frame: Frame) -> float:
        """The share of the whole spread that a frame shows, 0 to 1."""
        return min(1.0, float(np.trace(frame.T @ self.covariance @ frame)) / self._whole)

    def hidden(self, frame: Frame) -> NDArray[np.float64]:
        """The direction square to the frame along which the most is hidden, (k,); zeros where nothing is."""
        behind = np.eye(len(frame)) - frame @ frame.T
        if len(frame) < 3:
            return np.zeros(len(frame))
        sizes, found = np.linalg.eigh(behind @ self.covariance @ behind + _LEVEL * behind)
        direction = behind @ found[:, int(np.argmax(sizes))]
        length = float(np.linalg.norm(direction))
        if length < _LEVEL:
            return np.zeros(len(frame))
        return np.asarray(direction / length * np.sign(direction[np.argmax(np.abs(direction))]))


def turned(frame: Frame, hidden: NDArray[np.float64], across: float, up: float) -> tuple[Frame, NDArray[np.float64]]:
    """The frame turned towards a hidden direction, and what is hidden then: ``across`` and ``up`` are the angles, in
    radians, by which what is across and what is up lean that way."""
    first, behind = _leaning(frame[:, 0], hidden, across)
    second, behind = _leaning(frame[:, 1], behind, up)
    made, triangle = np.linalg.qr(np.stack([first, second, behind], axis=1))
    made = made * np.where(np.diag(triangle) < 0, -1.0, 1.0)  # rounding does not add up over many turns
    return made[:, :2], made[:, 2]


def _leaning(
    direction: NDArray[np.float64], hidden: NDArray[np.float64], angle: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    cosine, sine = np.cos(angle), np.sin(angle)
    return cosine * direction + sine * hidden, cosine * hidden - sine * direction
