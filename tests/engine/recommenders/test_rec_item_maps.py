"""Maps of items: principal components as scikit-learn finds them, and turned to fit one another."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.linalg import orthogonal_procrustes
from scipy.stats import ortho_group
from sklearn.decomposition import PCA

from engine.problems import EngineError
from engine.recommenders.running.item_maps import (
    MOST_COMPONENTS,
    ItemMaps,
    ItemVectors,
    aligned,
    map_of,
    principal_components,
    read_map,
    write_map,
)
from engine.recommenders.running.tensor_file import write_tensors


def vectors(seed: int, items: int = 200, dimensions: int = 16) -> np.ndarray:
    """Vectors of unlike variances about a mean that is not 0."""
    draw = np.random.default_rng(seed)
    scales = np.linspace(3.0, 0.2, dimensions)
    return (draw.normal(size=(items, dimensions)) * scales + draw.normal(size=dimensions)).astype(np.float32)


def of(vectors: np.ndarray) -> ItemVectors:
    return ItemVectors(np.arange(len(vectors)), vectors)


@pytest.mark.parametrize("shape", [(200, 16), (50, 3), (4, 16), (1000, 64)])
def test_components_are_those_of_scikit_learn(shape: tuple[int, int]) -> None:
    data = vectors(0, *shape)
    points, explained = principal_components(data)
    oracle = PCA(min(MOST_COMPONENTS, *shape)).fit(data.astype(np.float64))
    assert explained == pytest.approx(oracle.explained_variance_ratio_, abs=1e-6)
    assert np.abs(points) == pytest.approx(np.abs(oracle.transform(data.astype(np.float64))), abs=1e-3)
    assert points.dtype == np.float32


def test_items_that_all_lie_together_are_a_map_too() -> None:
    points, explained = principal_components(np.ones((5, 4), np.float32))
    assert not points.any() and not explained.any()
    one = map_of(of(np.ones((1, 4), np.float32)))
    assert one.points.shape == (1, 1)


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 2**32 - 1))
def test_maps_do_not_change_when_all_vectors_turn_together(seed: int) -> None:
    first, second = vectors(seed), vectors(seed) + vectors(seed + 1) / 5
    turn = ortho_group.rvs(16, random_state=seed).astype(np.float32)
    before = map_of(of(first))
    turned = map_of(of(first @ turn))
    assert turned.points == pytest.approx(before.points, abs=2e-3)
    after, after_turned = map_of(of(second), before), map_of(of(second @ turn), before)
    assert after_turned.points == pytest.approx(after.points, abs=2e-3)
    assert after_turned.explained == pytest.approx(after.explained, abs=1e-4)


def test_alignment_undoes_a_turn_and_is_the_best_there_is() -> None:
    draw = np.random.default_rng(1)
    target = draw.normal(size=(100, 4)).astype(np.float32)
    turn = ortho_group.rvs(4, random_state=2)
    assert aligned((target @ turn).astype(np.float32), target) == pytest.approx(target, abs=1e-5)
    other = draw.normal(size=(100, 4)).astype(np.float32)
    rotation, _ = orthogonal_procrustes(other, target)
    assert aligned(other, target) == pytest.approx(other @ rotation, abs=1e-4)


def test_a_map_of_other_items_is_not_turned() -> None:
    before = map_of(of(vectors(0)))
    others = ItemVectors(np.arange(1, 201), vectors(1))
    np.testing.assert_array_equal(map_of(others, before).points, map_of(others).points)


def test_maps_are_kept_and_each_fits_the_one_before(tmp_path: Path) -> None:
    maps = ItemMaps(tmp_path / "maps")
    data = [vectors(0), -vectors(0), vectors(0)[:, ::-1] + 0.01]
    for epoch, one in enumerate(data[:2]):
        assert maps.add(epoch, of(one)) == tmp_path / "maps" / f"{epoch}.safetensors"
    first, second = read_map(maps.path(0)), read_map(maps.path(1))
    assert second.points == pytest.approx(first.points, abs=1e-4)
    np.testing.assert_array_equal(first.items, np.arange(200))
    assert first.explained == pytest.approx(map_of(of(data[0])).explained, abs=0)
    maps.add(2, of(data[2]))
    whole = maps.path(2).read_bytes()
    again = ItemMaps(tmp_path / "maps")  # another process goes on
    again.add(2, of(data[2]))
    assert maps.path(2).read_bytes() == whole


def test_the_maps_of_a_long_run_are_thinned_out_evenly_and_the_latest_stays(tmp_path: Path) -> None:
    kept = []
    for epoch in range(11):
        ItemMaps(tmp_path / "maps", most=4).add(epoch, of(vectors(0, 9, 3)))
        kept.append(sorted(int(path.stem) for path in (tmp_path / "maps").iterdir()))
    assert kept[3:] == [
        [0, 1, 2, 3], [0, 2, 4], [0, 2, 4, 5], [0, 2, 4, 6], [0, 2, 4, 6, 7], [0, 4, 8], [0, 4, 8, 9], [0, 4, 8, 10]
    ]  # fmt: skip


def test_a_file_that_is_no_map_is_said(tmp_path: Path) -> None:
    import torch

    path = tmp_path / "0.safetensors"
    points = torch.zeros((3, 2))
    for described in (b"{", b"[]", b'{"items": [1, 2], "explained": [0.5, 0.5]}', b'{"items": "x", "explained": []}'):
        write_tensors(path, {"points": points}, {}, described)
        with pytest.raises(EngineError, match="is damaged"):
            read_map(path)
    write_tensors(path, {"other": points}, {}, b'{"items": [1, 2, 3], "explained": [0.5, 0.5]}')
    with pytest.raises(EngineError, match="is damaged"):
        read_map(path)
    path.write_bytes(b"nothing")
    with pytest.raises(EngineError, match="is no checkpoint"):
        read_map(path)
    (tmp_path / "maps").touch()
    with pytest.raises(EngineError, match="cannot be written"):
        ItemMaps(tmp_path / "maps").add(0, of(vectors(0)))
    write_map(path, map_of(of(vectors(0))))
    assert read_map(path).points.shape == (200, 6)
