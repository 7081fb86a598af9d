"""Heat maps: colours at the ends and in the middle, held beyond, hatched where there is no number."""

from __future__ import annotations

import numpy as np
import pytest

from engine.raster.heatmap import HATCH, colourise, diverging_palette

NEGATIVE, NEUTRAL, POSITIVE = 0xFF9838, 0x20262E, 0x54A3FF
PALETTE = diverging_palette(NEGATIVE, NEUTRAL, POSITIVE)
OPAQUE = 0xFF000000


def channels(pixel: int) -> list[int]:
    return [int(pixel) >> shift & 0xFF for shift in (16, 8, 0)]


def test_palette_runs_from_negative_through_neutral_to_positive() -> None:
    assert PALETTE.shape == (256,)
    assert PALETTE[0] == OPAQUE | NEGATIVE
    assert PALETTE[-1] == OPAQUE | POSITIVE
    for middle in PALETTE[127:129]:
        np.testing.assert_allclose(channels(middle), channels(NEUTRAL), atol=1)
    reds = np.array([channels(pixel)[0] for pixel in PALETTE])
    assert (np.diff(reds[:128]) <= 0).all()


def test_colourise_maps_any_stack_of_images_and_holds_what_is_beyond() -> None:
    values = np.array([[-1.0, 1.0], [-7.0, np.inf]], np.float32)
    image = colourise(values, PALETTE)
    assert image.dtype == np.uint32
    np.testing.assert_array_equal(image, [[PALETTE[0], PALETTE[-1]], [PALETTE[0], PALETTE[-1]]])
    stack = np.random.default_rng(0).uniform(-1.2, 1.2, (2, 3, 5, 4)).astype(np.float32)
    nearest = np.abs(np.linspace(-1, 1, 256) - stack[..., None]).argmin(axis=-1)
    np.testing.assert_array_equal(colourise(stack, PALETTE), PALETTE[nearest])


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_not_a_number_is_hatched_in_grey_and_the_rest_kept(dtype: type) -> None:
    values = np.array([[[0.5, np.nan], [np.nan, -0.5]], [[1e300, -np.inf], [0.0, 1.0]]]).astype(np.float64)
    with np.errstate(over="ignore"):
        values = values.astype(dtype)
    image = colourise(values, PALETTE)
    missing = np.isnan(values)
    assert set(image[missing].tolist()) <= set(HATCH)
    np.testing.assert_array_equal(image[~missing], colourise(np.nan_to_num(values), PALETTE)[~missing])
    large = colourise(np.full((8, 8), np.nan, dtype), PALETTE)
    assert set(large.ravel().tolist()) == set(HATCH)


def test_an_empty_image_stays_empty() -> None:
    assert colourise(np.empty((0, 4, 4), np.float32), PALETTE).shape == (0, 4, 4)
