"""Splits, batches, the order of an epoch, and input features."""

from __future__ import annotations

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from engine.data import (
    Batch,
    DataChoice,
    Dense,
    Ragged,
    available_features,
    design_matrix,
    epoch_order,
    epoch_orders,
    load,
)
from engine.data.features import features_of
from engine.data.split import fit_scaling, split_rows
from engine.problems import EngineError


# --- split --------------------------------------------------------------------------------------------------
@given(
    st.lists(st.integers(0, 4), min_size=2, max_size=200).filter(lambda labels: len(set(labels)) > 1),
    st.floats(0.1, 0.9),
    st.integers(0, 2**32 - 1),
)
def test_a_stratified_split_keeps_every_class_its_share(labels: list[int], share: float, seed: int) -> None:
    classes = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    train, test = split_rows(len(classes), share, seed, classes)
    assert len(train) and len(test)
    assert sorted([*train, *test]) == list(range(len(classes)))
    for label, count in enumerate(np.bincount(classes)):
        taken = int((classes[train] == label).sum())
        assert abs(taken - share * count) <= 1
        if count > 1:
            assert 0 < taken < count


def test_a_plain_split_has_the_size_asked_for_and_is_shuffled() -> None:
    train, test = split_rows(1000, 0.7, seed=1)
    assert (len(train), len(test)) == (700, 300)
    assert not np.array_equal(train, np.sort(train))


def test_the_scale_of_constants_is_one() -> None:
    _, scale = fit_scaling(np.full((7, 2), [0.1, 1e9]))
    assert scale.tolist() == [1, 1]


# --- order of an epoch --------------------------------------------------------------------------------------
@given(st.integers(1, 300), st.integers(1, 64), st.integers(0, 2**63), st.integers(0, 10**6), st.booleans())
def test_an_epoch_visits_every_row_once(rows: int, size: int, seed: int, epoch: int, shuffle: bool) -> None:
    order, offsets = epoch_order(rows, size, seed, epoch, shuffle)
    assert sorted(order) == list(range(rows))
    assert offsets[0] == 0 and offsets[-1] == rows
    sizes = np.diff(offsets)
    assert (sizes[:-1] == size).all() and 1 <= sizes[-1] <= size + 1
    if size > 1 and rows > 1:
        assert sizes.min() > 1
    again, _ = epoch_order(rows, size, seed, epoch, shuffle)
    assert np.array_equal(order, again)


def test_a_leftover_of_one_joins_the_batch_before_it() -> None:
    assert epoch_order(21, 10, 0, 0, False)[1].tolist() == [0, 10, 21]
    assert epoch_order(22, 10, 0, 0, False)[1].tolist() == [0, 10, 20, 22]
    assert epoch_order(3, 1, 0, 0, False)[1].tolist() == [0, 1, 2, 3]
    assert epoch_order(1, 10, 0, 0, False)[1].tolist() == [0, 1]


def test_epochs_and_seeds_differ_and_runs_of_epochs_agree_with_single_ones() -> None:
    orders = epoch_orders(50, seed=7, first=3, epochs=4, shuffle=True)
    for at, order in enumerate(orders):
        assert np.array_equal(order, epoch_order(50, 10, 7, 3 + at, True)[0])
    assert not np.array_equal(orders[0], orders[1])
    assert not np.array_equal(orders[0], epoch_order(50, 10, 8, 3, True)[0])
    assert np.array_equal(epoch_order(50, 10, 7, 3, False)[0], np.arange(50))


def test_the_order_is_that_of_a_fresh_philox_generator() -> None:
    expected = np.arange(50)
    np.random.Generator(np.random.Philox(key=[7, 3])).shuffle(expected)
    assert np.array_equal(epoch_order(50, 10, 7, 3, True)[0], expected)


# --- batches ------------------------------------------------------------------------------------------------
def test_taking_samples_of_a_batch() -> None:
    history = Ragged(np.array([1, 2, 3, 4, 5, 6]), np.array([0, 2, 2, 5, 6]), np.arange(6.0))
    batch = Batch({"x": Dense(np.arange(8.0).reshape(4, 2)), "h": history}, np.arange(4.0)[:, None], np.ones(4))
    taken = batch.take(np.array([2, 0, 1, 2]))
    dense, ragged = taken.inputs["x"], taken.inputs["h"]
    assert isinstance(ragged, Ragged) and len(taken) == len(dense) == len(ragged) == 4
    assert dense.values[:, 0].tolist() == [4, 0, 2, 4]
    assert ragged.offsets.tolist() == [0, 3, 5, 5, 8]
    assert ragged.values.tolist() == [3, 4, 5, 1, 2, 3, 4, 5]
    assert ragged.weights is not None and ragged.weights.tolist() == [2, 3, 4, 0, 1, 2, 3, 4]


# --- features -----------------------------------------------------------------------------------------------
def test_the_seven_features_of_the_playground_and_their_labels() -> None:
    features = available_features(load(DataChoice()))
    assert {feature.token: feature.label for feature in features} == {
        "x1": "x₁",
        "x2": "x₂",
        "x1^2": "x₁²",
        "x2^2": "x₂²",
        "x1*x2": "x₁x₂",
        "sin(x1)": "sin(x₁)",
        "sin(x2)": "sin(x₂)",
    }


def test_features_are_what_their_tokens_say() -> None:
    data = load(DataChoice())
    tokens = [feature.token for feature in available_features(data)]
    matrix = design_matrix(data.x, data.columns, tokens)
    for token, values in zip(tokens, matrix.T, strict=True):
        formula = sympy.lambdify(sympy.symbols("x1 x2"), sympy.sympify(token), "numpy")
        assert values == pytest.approx(formula(data.x[:, 0], data.x[:, 1]))


def test_any_two_columns_give_derived_features_and_three_do_not() -> None:
    x = np.array([[2.0, 3.0], [4.0, 5.0]])
    columns = ("petal width", "x^2*")
    assert design_matrix(x, columns, ["petal width*x^2*", "petal width^2"]).tolist() == [[6, 4], [20, 16]]
    assert [feature.token for feature in features_of(("a", "b", "c"))] == ["a", "b", "c"]


def test_a_column_named_like_a_derived_feature_is_itself() -> None:
    x = np.array([[2.0, 30.0]])
    assert design_matrix(x, ("a", "a^2"), ["a^2"]).tolist() == [[30]]
    labels = {feature.token: feature.label for feature in features_of(("a", "a^2"))}
    assert labels["a^2"] == "a^2"


def test_an_unknown_token_is_named() -> None:
    with pytest.raises(EngineError, match=r"no input feature “x3”.*x1"):
        design_matrix(np.zeros((1, 2)), ("x1", "x2"), ["x1", "x3"])
