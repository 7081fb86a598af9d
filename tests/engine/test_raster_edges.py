"""The edge rasteriser against geometry, and against a supersampled drawing of the same curves by numpy
alone."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.raster.curve import ease
from engine.raster.edges import (
    EdgeBundle,
    EdgeRaster,
    EdgeStyle,
    default_share,
    strongest_threshold,
    thinned,
    warm,
)

SOLID = EdgeStyle(0x0000FF, 0xFF8000, min_width=0.0, max_width=8.0, opacity=1.0, faintest=1.0)
"""Opaque edges whose width in pixels is 8·|w|."""


def alpha(image: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Opacity 0…1 of each pixel."""
    return (image >> 24) / 255.0


def wire(x0: float, y0: list[float], x1: float, y1: list[float], weights: object) -> EdgeBundle:
    return EdgeBundle(x0, np.array(y0), x1, np.array(y1), np.array(weights, dtype=np.float64))


def random_wire(random: np.random.Generator, inputs: int, outputs: int, width: int, height: int) -> EdgeBundle:
    """A wire that may lie partly or wholly outside the image, forwards or backwards."""
    x0, x1 = random.uniform(-0.5 * width, 1.5 * width, 2)
    y0, y1 = (random.uniform(-height, 2.0 * height, ports) for ports in (inputs, outputs))
    return EdgeBundle(x0, y0, x1, y1, random.normal(0.0, 1.0, (outputs, inputs)))


def bezier(x0: float, y0: float, x1: float, y1: float, points: int) -> NDArray[np.float64]:
    """The curve by de Casteljau's polynomial, (points, 2); the oracle for ``ease``."""
    t = np.linspace(0.0, 1.0, points)[:, None]
    middle = 0.5 * (x0 + x1)
    corners = np.array([(x0, y0), (middle, y0), (middle, y1), (x1, y1)])
    basis = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    return basis @ corners


def supersampled(ends: tuple[float, float, float, float], stroke: float, shape: tuple[int, int]) -> NDArray[np.float64]:
    """Coverage of a curve of width ``stroke``: the share of 8 × 8 points in each pixel within half of it."""
    fine = 8
    height, width = shape
    curve = bezier(*ends, 600)
    covered = np.zeros((height * fine, width * fine), bool)
    for (ax, ay), (bx, by) in pairwise(curve):
        reach = 0.5 * stroke + 0.5
        left, right = (int(np.clip(v * fine, 0, width * fine)) for v in (min(ax, bx) - reach, max(ax, bx) + reach))
        top, bottom = (int(np.clip(v * fine, 0, height * fine)) for v in (min(ay, by) - reach, max(ay, by) + reach))
        x = (np.arange(left, right) + 0.5) / fine
        y = ((np.arange(top, bottom) + 0.5) / fine)[:, None]
        along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
        away = np.hypot(x - ax - along.clip(0, 1) * (bx - ax), y - ay - along.clip(0, 1) * (by - ay))
        covered[top:bottom, left:right] |= (away <= 0.5 * stroke) & (x >= ends[0]) & (x <= ends[2])
    share: NDArray[np.float64] = covered.reshape(height, fine, width, fine).mean(axis=(1, 3))
    return share


def test_ease_is_the_cubic_bezier_with_its_controls_half_way() -> None:
    curve = bezier(0.0, 0.0, 1.0, 1.0, 201)
    share, derivative = ease(curve[:, 0])
    np.testing.assert_allclose(share, curve[:, 1], atol=1e-12)
    step = 1e-6
    inner = curve[1:-1, 0]
    numeric = (ease(inner + step)[0] - ease(inner - step)[0]) / (2 * step)
    np.testing.assert_allclose(derivative[1:-1], numeric, atol=1e-6)
    assert derivative[0] == derivative[-1] == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize("stroke", [0.3, 1.0, 1.7, 6.0])
@pytest.mark.parametrize("y", [20.0, 20.25, 20.5, 20.8])
def test_horizontal_line_of_width_w_covers_w_in_every_column(stroke: float, y: float) -> None:
    image = EdgeRaster(30, 40).render([wire(0.0, [y], 30.0, [y], [[stroke / 8.0]])], SOLID)
    np.testing.assert_allclose(alpha(image).sum(axis=0), stroke, atol=0.006)  # rounding to 1/255 in three rows
    rows = np.arange(40)
    box = np.clip(np.minimum(rows + 1, y + stroke / 2) - np.maximum(rows, y - stroke / 2), 0, 1)
    np.testing.assert_allclose(alpha(image)[:, 15], box, atol=0.003)


def test_end_columns_are_covered_as_far_as_the_wire_reaches() -> None:
    covered = alpha(EdgeRaster(10, 10).render([wire(2.25, [5.0], 7.5, [5.0], [[0.25]])], SOLID))[4]
    np.testing.assert_allclose(covered, [0, 0, 0.75, 1, 1, 1, 1, 0.5, 0, 0], atol=0.003)


@pytest.mark.parametrize("stroke", [0.5, 1.0, 3.0])
@pytest.mark.parametrize("rise", [40.0, 150.0, 360.0])
def test_ink_of_a_steep_curve_is_length_times_width(stroke: float, rise: float) -> None:
    image = EdgeRaster(60, 400).render([wire(5.0, [20.0], 55.0, [20.0 + rise], [[stroke / 8.0]])], SOLID)
    length = np.hypot(*np.diff(bezier(5.0, 20.0, 55.0, 20.0 + rise, 2000), axis=0).T).sum()
    assert alpha(image).sum() == pytest.approx(length * stroke, rel=0.03)


def test_curves_look_like_the_supersampled_reference() -> None:
    random = np.random.default_rng(1)
    for stroke in (0.8, 1.5, 4.0):
        y0, y1 = random.uniform(5.0, 75.0, 2)
        image = EdgeRaster(70, 80).render([wire(4.5, [y0], 64.5, [y1], [[stroke / 8.0]])], SOLID)
        reference = supersampled((4.5, y0, 64.5, y1), stroke, (80, 70))
        inked = (reference > 0) | (image > 0)
        assert np.abs(alpha(image) - reference)[inked].mean() < 0.03


def test_colour_tells_the_sign_and_is_premultiplied() -> None:
    style = EdgeStyle(0x3366FF, 0xFF8800, min_width=4.0, max_width=4.0, opacity=0.5, faintest=0.5)
    image = EdgeRaster(20, 40).render([wire(0.0, [10.0, 30.0], 20.0, [10.0, 30.0], [[1, np.nan], [np.nan, -1]])], style)
    for y, rgb in ((10, 0x3366FF), (30, 0xFF8800)):
        pixel = int(image[y, 10])
        expected = [0.5 * (rgb >> shift & 0xFF) for shift in (16, 8, 0)]
        assert pixel >> 24 == pytest.approx(127.5, abs=1)
        np.testing.assert_allclose([pixel >> shift & 0xFF for shift in (16, 8, 0)], expected, atol=1.0)
    assert image[20, 10] == 0  # the edges that are not numbers are left out


def test_overlapping_edges_build_up_and_no_channel_exceeds_alpha() -> None:
    style = EdgeStyle(0x54A3FF, 0xFF9838, min_width=4.0, max_width=4.0, opacity=0.5, faintest=0.5)
    heights = [10.0] * 3
    one, two, many = (
        EdgeRaster(20, 20).render([wire(0.0, heights[:n], 20.0, [10.0], np.ones((1, n)))], style)[10, 10] >> 24
        for n in (1, 2, 3)
    )
    assert one == pytest.approx(127.5, abs=1)
    assert two == pytest.approx(0.75 * 255, abs=1)
    assert two < many < 255
    random = np.random.default_rng(0)
    crowd = EdgeRaster(60, 60).render([random_wire(random, 12, 12, 60, 60) for _ in range(3)], style)
    for shift in (16, 8, 0):
        assert ((crowd >> shift & 0xFF) <= (crowd >> 24)).all()


def test_strength_sets_width_and_opacity_up_to_the_reference() -> None:
    style = EdgeStyle(0x0000FF, 0xFF8000, reference=2.0, min_width=1.0, max_width=5.0, opacity=0.8, faintest=0.2)
    for weight, stroke, opacity in (
        (0.0, 1.0, 0.2),
        (1.0, 3.0, 0.5),
        (2.0, 5.0, 0.8),
        (50.0, 5.0, 0.8),
        (np.inf, 5.0, 0.8),
    ):
        image = EdgeRaster(10, 21).render([wire(0.0, [10.5], 10.0, [10.5], [[weight]])], style)
        assert alpha(image)[10, 5] == pytest.approx(opacity, abs=0.003)
        assert alpha(image)[:, 5].sum() == pytest.approx(stroke * opacity, abs=0.02)


def test_share_draws_the_strongest_edges_only() -> None:
    weights = np.diag([0.9, -0.1, 0.5, 0.2])
    weights[weights == 0.0] = np.nan
    y = [5.0, 15.0, 25.0, 35.0]
    bundle = wire(0.0, y, 20.0, y, weights)
    raster = EdgeRaster(20, 40)
    style = EdgeStyle(0x0000FF, 0xFF8000, min_width=3.0, max_width=3.0, faintest=0.5)

    def drawn(share: float) -> list[bool]:
        image = raster.render([bundle], style, share=share)
        return [bool(image[int(height), 10]) for height in y]

    assert drawn(1.0) == [True, True, True, True]
    assert drawn(2 / 16) == [True, False, True, False]  # NaN counts as the weakest of the sixteen
    assert drawn(1 / 16) == [True, False, False, False]
    assert drawn(0.0) == [False, False, False, False]


def test_threshold_is_a_quantile_over_all_bundles() -> None:
    random = np.random.default_rng(2)
    bundles = [random_wire(random, 20, 15, 50, 50) for _ in range(3)]
    sizes = np.abs(np.concatenate([bundle.weights.ravel() for bundle in bundles]))
    for share in (0.1, 0.25, 0.9):
        assert (sizes >= strongest_threshold(bundles, share)).sum() == round(share * sizes.size)
    assert strongest_threshold(bundles, 1.0) == 0.0
    assert strongest_threshold([], 0.5) == 0.0
    assert default_share(5_000) == 1.0
    assert default_share(5_001) == 0.25


def test_wires_outside_the_image_write_nothing_outside_and_agree_with_a_larger_image() -> None:
    random = np.random.default_rng(3)
    style = EdgeStyle(0x54A3FF, 0xFF9838)
    width, height = 37, 29
    for _ in range(40):
        bundles = [random_wire(random, 3, 4, width, height) for _ in range(3)]
        small, large = EdgeRaster(), EdgeRaster()
        small.resize(width, height)
        large.resize(5 * width, 5 * height, origin=(-2.0 * width, -2.0 * height))
        window = large.render(bundles, style)[2 * height : 3 * height, 2 * width : 3 * width]
        channels = [(image.view(np.uint8)).astype(int) for image in (small.render(bundles, style), window.copy())]
        assert np.abs(channels[0] - channels[1]).max() <= 2


def test_far_ports_and_huge_weights_do_no_harm() -> None:
    far = [-1e300, -1e7, 0.0, 1e7, 1e300]
    bundles = [wire(-1e9, far, 1e9, far, np.full((5, 5), 1e300)), wire(5.0, far, 5.0, far, np.full((5, 5), -np.inf))]
    guarded = np.full((3, 16, 16), 0xABABABAB, np.uint32)
    raster = EdgeRaster(16, 16)
    raster._back = guarded[1]
    raster.render(bundles, EdgeStyle(0x54A3FF, 0xFF9838, reference=0.0))
    assert (guarded[[0, 2]] == 0xABABABAB).all()
    assert np.shares_memory(raster.image, guarded[1])


def test_gap_refresh_equals_a_full_render() -> None:
    random = np.random.default_rng(4)
    y = np.linspace(5.0, 55.0, 6)
    ends = [(0.0, 20.5), (25.0, 50.0), (55.0, 80.0), (10.0, 70.0)]  # the last skips over the others

    def bundles() -> list[EdgeBundle]:
        return [EdgeBundle(x0, y, x1, y, random.normal(0.0, 1.0, (6, 6))) for x0, x1 in ends]

    style = EdgeStyle(0x54A3FF, 0xFF9838)
    before, after = bundles(), bundles()
    changed = [before[0], after[1], before[2], before[3]]
    partial, full = EdgeRaster(80, 60), EdgeRaster(80, 60)
    partial.render(after, style)
    kept = partial.render(before, style)
    snapshot = kept.copy()
    refreshed = partial.render(changed, style, gap=1)
    np.testing.assert_array_equal(refreshed, full.render(changed, style))
    np.testing.assert_array_equal(kept, snapshot)  # the image that the window may still be blitting


def test_scale_and_origin_place_scene_units_on_device_pixels() -> None:
    style = EdgeStyle(0x54A3FF, 0xFF9838, min_width=1.0, max_width=3.0)
    scene = wire(110.0, [205.0, 215.0], 130.0, [205.0, 215.0], [[1.0, -0.5], [0.3, -1.0]])
    pixels = wire(20.0, [10.0, 30.0], 60.0, [10.0, 30.0], scene.weights)
    zoomed, plain = EdgeRaster(), EdgeRaster(80, 40)
    zoomed.resize(80, 40, scale=2.0, origin=(100.0, 200.0))
    doubled = EdgeStyle(0x54A3FF, 0xFF9838, min_width=2.0, max_width=6.0)
    np.testing.assert_array_equal(zoomed.render([scene], style), plain.render([pixels], doubled))


def test_nothing_to_draw_gives_a_transparent_image() -> None:
    warm()
    raster = EdgeRaster(12, 7)
    assert raster.image.shape == (7, 12)
    assert not raster.render([], SOLID).any()
    assert not raster.render([EdgeBundle(0.0, np.empty(0), 9.0, np.empty(0), np.empty((0, 0)))], SOLID).any()


def test_thinned_leaves_small_networks_alone_and_keeps_the_order_of_strength() -> None:
    style = EdgeStyle(0x54A3FF, 0xFF9838)
    small, large = np.linspace(0.0, 315.0, 8), np.linspace(0.0, 860.0, 64)
    assert thinned(style, [EdgeBundle(0.0, small, 100.0, small, np.ones((8, 8)))]) == style
    crowded = [EdgeBundle(0.0, large, 100.0, large, np.ones((64, 64)))]
    quarter, whole = thinned(style, crowded, 0.25), thinned(style, crowded)
    assert whole.max_width < quarter.max_width < style.max_width
    assert whole.faintest < whole.opacity < quarter.opacity < style.opacity


@pytest.mark.parametrize(
    ("y0", "y1", "shape"), [([0.0], [0.0, 1.0], (1, 2)), ([0.0], [float("nan")], (1, 1)), ([], [0.0], (1, 1))]
)
def test_a_bundle_must_fit_its_ports(y0: list[float], y1: list[float], shape: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="ports"):
        wire(0.0, y0, 1.0, y1, np.zeros(shape))
