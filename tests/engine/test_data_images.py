"""Data that are images: the pixels of a row, and what is seen of a drawing."""

import math

import numpy as np
import pytest

from engine.data import DataChoice, Dataset, load
from engine.data.images import ImageShape, bitmap_of, count_blocks, image_of
from engine.graph.build import feed_forward
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.state import weights_of
from engine.training.evaluation import evaluate
from engine.training.predict import activations_at, predict
from engine.training.session import Setup, TrainingSession
from engine.training.unit import most_exciting, said_to_outputs

SHAPE = ImageShape(8, 8, tuple(range(64)))


def arc(x, y, across, up, start, end):
    angles = [math.radians(start + (end - start) * step / 24) for step in range(25)]
    return [(x + across * math.cos(angle), y + up * math.sin(angle)) for angle in angles]


HANDWRITTEN = {
    0: [arc(50, 50, 26, 40, -90, 270)],
    1: [[(55, 10), (45, 90)]],
    2: [[*arc(50, 32, 24, 22, -170, 20), (26, 88), (76, 88)]],
    3: [arc(48, 30, 22, 20, -150, 90) + arc(48, 70, 25, 21, -90, 150)],
    4: [[(56, 10), (24, 62), (78, 62)], [(60, 36), (60, 92)]],
    5: [[(72, 12), (36, 12), (32, 46), *arc(50, 66, 24, 24, -130, 130)]],
    6: [[(62, 10), (40, 36), *arc(50, 68, 22, 22, -170, 190)]],
    7: [[(26, 14), (76, 14), (44, 90)], [(40, 52), (72, 52)]],
    8: [arc(50, 29, 18, 19, 90, 450) + arc(50, 70, 23, 22, -90, 270)],
    9: [[*arc(48, 32, 20, 21, 0, -360), (68, 34), (58, 90)]],
}


@pytest.fixture(scope="module")
def digits() -> Dataset:
    return load(DataChoice(name="digits", train_share=0.7))


@pytest.fixture(scope="module")
def trained(digits):
    graph = feed_forward(
        (32,), features=digits.columns, activation="relu", initializer="he_normal",
        output=OutputParams(loss="softmax_cross_entropy"),
    )  # fmt: skip
    hyper = Hyperparameters(optimizer="adam", learning_rate=0.003, batch_size=32)
    session = TrainingSession(Setup(graph, digits, hyper, compiled=False))
    session.run_epochs(12)
    return session.plan, weights_of(session.plan, session.state)


@pytest.mark.torch
def test_the_pixels_are_those_of_scikit_learn_whatever_the_scaling(digits) -> None:
    from sklearn.datasets import load_digits

    rows = np.array([0, 17, 1796])
    assert np.array_equal(digits.pictures(rows) * 16, load_digits().images[rows])
    raw = load(DataChoice(name="digits", standardise=False))
    assert np.array_equal(raw.pictures(rows), digits.pictures(rows))
    assert np.allclose(digits.encode_picture(digits.pictures(rows)[1] * 16), digits.x[17])


def test_pixels_that_never_carry_ink_are_known(digits) -> None:
    inked = digits.inked()
    assert inked.shape == (8, 8)
    assert not inked[3, 0] or not inked[4, 7]
    assert inked[2:6, 2:5].all()


def test_dots_are_counted_in_blocks_of_four_by_four() -> None:
    bitmap = np.zeros((8, 12), dtype=bool)
    bitmap[0:4, 4:8] = True
    bitmap[5, 9:11] = True
    assert count_blocks(bitmap, 4).tolist() == [[0, 16, 0], [0, 0, 2]]


def test_a_drawing_looks_the_same_at_any_size_and_place() -> None:
    seen = image_of(SHAPE, HANDWRITTEN[9])
    moved = [[(3.0 * x + 400, 3.0 * y - 7) for x, y in stroke] for stroke in HANDWRITTEN[9]]
    assert np.array_equal(seen, image_of(SHAPE, moved))
    assert seen.min() == 0 and seen.max() == 16
    assert np.array_equal(seen, seen.round())


@pytest.mark.parametrize("digit", range(10))
def test_a_drawing_fills_the_height_and_has_as_much_ink_as_the_images(digit, digits) -> None:
    bitmap = bitmap_of(SHAPE, HANDWRITTEN[digit])
    assert bitmap[0:3].any() and bitmap[-3:].any()
    usual = digits.pictures(digits.train).mean(axis=(1, 2))
    assert usual.min() <= bitmap.mean() <= usual.max()


def test_nothing_drawn_is_no_ink_and_a_dot_a_line_a_tiny_scribble_are_some() -> None:
    assert not image_of(SHAPE, []).any()
    assert not image_of(SHAPE, [[]]).any()
    for strokes in ([[(5, 5)]], [[(5, 5), (5, 5)]], [[(0, 0), (90, 0)]], [[(0, 0), (0, 90)]], [[(0, 0), (1e-9, 1e-9)]]):
        seen = image_of(SHAPE, strokes)
        assert np.isfinite(seen).all() and seen.sum() > 0


def test_a_network_that_knows_the_images_reads_drawings(digits, trained) -> None:
    plan, weights = trained
    read = [
        int(predict(plan, weights, digits.columns, digits.encode_picture(image_of(SHAPE, strokes))).argmax())
        for strokes in HANDWRITTEN.values()
    ]
    assert sum(a == b for a, b in zip(read, HANDWRITTEN, strict=True)) >= 9, read


def test_mistakes_are_those_off_the_diagonal(digits, trained) -> None:
    plan, weights = trained
    found = evaluate(plan, weights, digits, digits.test)
    assert len(found.mistakes) == found.confusion.sum() - np.trace(found.confusion)
    for at in found.mistakes:
        answer = predict(plan, weights, digits.columns, digits.x[found.rows[at]]).argmax()
        assert answer == found.predicted[at] != digits.y[found.rows[at]] == found.true[at]


def test_the_images_that_excite_a_unit_are_found_and_its_word_to_the_outputs_is_w_times_a(digits, trained) -> None:
    plan, weights = trained
    rows = most_exciting(plan, weights, digits, "dense-1", 3, 5)
    answers = activations_at(plan, weights, digits.columns, digits.x[digits.train])["dense-1"][:, 3]
    there = activations_at(plan, weights, digits.columns, digits.x[rows])["dense-1"][:, 3]
    assert np.allclose(np.sort(answers)[::-1][:5], there)
    said = said_to_outputs(plan, weights, "dense-1", 3, 2.0)
    assert said is not None
    assert np.array_equal(said, weights["output-1", "W"][:, 3] * 2.0)
    assert said_to_outputs(plan, weights, "input-1", 3, 2.0) is None


def test_a_unit_that_is_never_on_is_excited_by_nothing(digits, trained) -> None:
    plan, weights = trained
    dead = {**weights, ("dense-1", "b"): weights["dense-1", "b"] - 1e6}
    assert len(most_exciting(plan, dead, digits, "dense-1", 0, 5)) == 0
