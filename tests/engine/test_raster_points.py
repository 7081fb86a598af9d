"""The rasteriser of points: against discs drawn by numpy alone, and what becomes of a crowd."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.raster.points import CELL, PointFrame, PointLook, draw_points, warm

RED, GREEN = 0xC01020, 0x10A030
LOOK = PointLook(np.array([RED, GREEN], np.uint32), least=3.0, most=3.0, opacity=1.0)
FRAME = PointFrame(60, 40, 1.0, (0.0, 0.0))


def drawn(places: object, colours: list[int], look: PointLook = LOOK, frame: PointFrame = FRAME) -> NDArray[np.uint32]:
    at = np.array(places, np.float32).reshape(-1, 2)
    return draw_points(at, np.array(colours, np.uint8), np.arange(len(at), dtype=np.int32), look, frame)


def alpha(image: NDArray[np.uint32]) -> NDArray[np.float64]:
    return (image >> 24) / 255.0


def disc(x: float, y: float, radius: float, fine: int = 16) -> NDArray[np.float64]:
    """Which share of each pixel a disc covers, by many samples a pixel."""
    across = (np.arange(60 * fine) + 0.5) / fine
    down = (np.arange(40 * fine) + 0.5) / fine
    inside = np.hypot(across[None, :] - x, down[:, None] - y) <= radius
    return inside.reshape(40, fine, 60, fine).mean(axis=(1, 3))


@pytest.mark.parametrize("place", [(20.0, 20.0), (20.4, 11.7), (0.3, 39.8)])
def test_a_point_is_a_disc_of_its_colour(place: tuple[float, float]) -> None:
    image = drawn([place], [0])
    exact = disc(*place, 3.0)
    assert np.abs(alpha(image) - exact).max() < 0.2  # the edge is a ramp of one pixel
    assert abs(alpha(image).sum() - exact.sum()) < 0.08 * exact.sum()
    assert set(image[exact == 1.0] & 0xFFFFFF) == {RED}
    assert not image[exact == 0.0][alpha(image)[exact == 0.0] > 0.1].any()


def test_channels_are_premultiplied_and_never_beyond_their_opacity() -> None:
    random = np.random.default_rng(0)
    image = drawn(random.uniform(0, 40, (200, 2)), random.integers(0, 2, 200).tolist(), LOOK)
    opacity = image >> 24
    for shift in (0, 8, 16):
        assert ((image >> shift & 0xFF) <= opacity + 1).all()


def test_the_more_important_lies_on_top() -> None:
    image = drawn([(20, 20), (22, 20)], [0, 1])
    assert image[20, 20] & 0xFFFFFF == RED


def test_what_is_not_finite_or_out_of_sight_is_left_out() -> None:
    image = drawn([(np.nan, 5), (5, np.inf), (500, 5), (-80, 5)], [0, 0, 1, 1])
    assert not image.any()
    assert not drawn([], []).any()


def test_a_point_half_over_the_edge_is_drawn_as_if_the_picture_went_on() -> None:
    image = drawn([(-1.0, 20.0)], [0])
    assert image[20, 0] >> 24 == 255 and image[20, 1] >> 24 > 200 and not image[20, 4]


def test_the_ink_of_a_crowd_grows_far_more_slowly_than_the_crowd() -> None:
    random = np.random.default_rng(1)
    inks = []
    for count in (4, 40, 400):
        crowd = random.uniform(CELL, 2 * CELL, (count, 2))
        inks.append(alpha(drawn(crowd, [0] * count, PointLook(LOOK.palette, 0.8, 0.8, 0.4))).sum())
    assert inks[0] < inks[1] < inks[2]
    assert inks[2] - inks[1] < 1.5 * (inks[1] - inks[0])


def test_enlarged_a_crowd_comes_apart() -> None:
    crowd = np.random.default_rng(2).uniform(5, 10, (60, 2))
    look = PointLook(LOOK.palette, 1.0, 1.0, 1.0)
    near = drawn(crowd, [0] * 60, look, PointFrame(60, 40, 8.0, (4.0, 5.0)))
    assert (alpha(near) == 1.0).sum() > 3 * (alpha(drawn(crowd, [0] * 60, look)) == 1.0).sum()


def test_panning_by_whole_pixels_shifts_the_picture_and_changes_nothing() -> None:
    places = np.random.default_rng(3).uniform(15, 30, (300, 2))
    before = drawn(places, [0] * 300)
    after = drawn(places, [0] * 300, frame=PointFrame(60, 40, 1.0, (5.0, 3.0)))
    assert np.array_equal(before[3:, 5:], after[:-3, :-5])


def test_a_dense_screen_has_the_same_picture_finer() -> None:
    places = np.random.default_rng(4).uniform(0, 40, (30, 2))
    plain = alpha(drawn(places, [0] * 30))
    fine = PointLook(LOOK.palette, 3.0, 3.0, 1.0, ratio=2.0)
    dense = alpha(drawn(places, [0] * 30, fine, PointFrame(120, 80, 2.0, (0.0, 0.0))))
    assert np.abs(dense.reshape(40, 2, 60, 2).mean(axis=(1, 3)) - plain).mean() < 0.02


def test_arrays_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        drawn([(1, 1)], [0, 0])
    with pytest.raises(ValueError, match="does not exist"):
        drawn([(1, 1)], [2])


def test_warming_draws() -> None:
    warm()
