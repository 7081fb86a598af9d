"""Frames, the ways between them, and what they show: against numpy's own decompositions."""

from __future__ import annotations

import numpy as np
import pytest

from engine.recommenders.serving.tour import DirectionSpread, Geodesic, first_two, random_frame, turned

DIRECTIONS = range(3, 7)


def frames(directions: int, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(seed)
    return random_frame(directions, random), random_frame(directions, random)


def is_frame(frame: np.ndarray) -> bool:
    return bool(np.allclose(frame.T @ frame, np.eye(2)))


@pytest.mark.parametrize("directions", DIRECTIONS)
@pytest.mark.parametrize("upright", [False, True])
def test_a_way_is_made_of_frames_from_the_start_to_the_goal(directions: int, upright: bool) -> None:
    for seed in range(20):
        start, goal = frames(directions, seed)
        way = Geodesic(start, goal, upright=upright)
        assert all(is_frame(way.at(share)) for share in np.linspace(0, 1, 9))
        assert np.allclose(way.at(0.0), start)
        end = way.at(1.0)
        assert np.allclose(end @ end.T, goal @ goal.T)
        if upright:
            assert np.allclose(end, goal)


@pytest.mark.parametrize("directions", DIRECTIONS)
def test_it_is_the_shortest_and_goes_evenly(directions: int) -> None:
    start, goal = frames(directions)
    way = Geodesic(start, goal)
    angles = np.arccos(np.clip(np.linalg.svd(start.T @ goal)[1], -1, 1))
    assert way.length == pytest.approx(np.linalg.norm(angles))
    steps = [np.linalg.norm(way.at(share + 0.1) - way.at(share)) for share in np.arange(0, 1, 0.1)]
    assert np.allclose(steps, steps[0])
    assert np.allclose(start.T @ (way.at(1e-6) - start), 0.0, atol=1e-9)  # no turn within the plane


@pytest.mark.parametrize("directions", DIRECTIONS)
def test_ends_that_share_directions_or_are_mirrored_are_no_trouble(directions: int) -> None:
    two = first_two(directions)
    for goal in (two, two * [1, -1], -two, two[:, ::-1], np.eye(directions)[:, [0, 2]]):
        way = Geodesic(two, goal, upright=True)
        assert np.allclose(way.at(1.0), goal)
        assert all(is_frame(way.at(share)) for share in np.linspace(0, 1, 9))
    assert Geodesic(two, two, upright=True).length == 0.0


def test_the_spread_shown_is_the_variance_of_what_is_shown() -> None:
    random = np.random.default_rng(5)
    points = random.normal(size=(500, 6)) * [4, 3, 2, 1.5, 1, 0.5]
    whole = points.var(axis=0)
    spread = DirectionSpread(points[:, :4].astype(np.float32), whole[:4] / whole.sum())
    assert spread.share(first_two(4)) == pytest.approx(whole[:2].sum() / whole.sum(), rel=1e-5)
    frame = random_frame(4, random)
    assert spread.share(frame) == pytest.approx((points[:, :4] @ frame).var(axis=0).sum() / whole.sum(), rel=1e-5)
    assert np.abs(spread.hidden(first_two(4))).argmax() == 2


def test_places_that_are_not_finite_count_for_nothing() -> None:
    points = np.random.default_rng(6).normal(size=(50, 3))
    broken = np.vstack([points, [[np.nan, 0, 0]]])
    shares = np.array([0.5, 0.3, 0.1])
    assert np.allclose(DirectionSpread(broken, shares).covariance, DirectionSpread(points, shares).covariance)
    assert DirectionSpread(np.full((2, 3), np.nan), shares).share(first_two(3)) == 0.0


def test_nothing_is_hidden_of_two_directions() -> None:
    spread = DirectionSpread(np.random.default_rng(0).normal(size=(9, 2)), np.array([0.6, 0.4]))
    assert not spread.hidden(first_two(2)).any()
    assert spread.share(first_two(2)) == pytest.approx(1.0)


@pytest.mark.parametrize("directions", DIRECTIONS)
def test_a_turn_by_hand_brings_the_hidden_direction_in_and_stays_a_frame(directions: int) -> None:
    frame = first_two(directions)
    hidden = np.eye(directions)[2]
    for _ in range(1000):
        frame, hidden = turned(frame, hidden, 0.01, -0.004)
    assert is_frame(frame) and np.allclose(frame.T @ hidden, 0.0)
    quarter, behind = turned(first_two(directions), np.eye(directions)[2], np.pi / 2, 0.0)
    assert np.allclose(quarter[:, 0], np.eye(directions)[2]) and np.allclose(behind, -np.eye(directions)[0])
