"""A link of TensorFlow Playground opens as the same network, points, first weights and losses."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from engine.data import load
from engine.data.seedrandom import SeededRandom
from engine.formats import check_link, is_link, read_link, read_network, write_link, write_network
from engine.formats.base import NetworkFile
from engine.formats.links import LinkedNetwork
from engine.network.choice import BackendName
from engine.problems import EngineError
from engine.training.session import Setup, TrainingSession
from tests.engine.formats.playground_page import Dice, Page

START = "https://playground.tensorflow.org/#"
GOLDEN = f"{START}activation=tanh&batchSize=10&dataset=circle&learningRate=0.03&networkShape=4,2&seed=0.59704"
"""The page's own start, whose losses Node has worked out with the page's own code."""


def session(content: NetworkFile, backend: BackendName = "numpy") -> TrainingSession:
    return TrainingSession(Setup(content.graph, load(content.data), content.hyper, backend), content.weights)


def losses(run: TrainingSession) -> tuple[float, float]:
    shown = run.snapshot(maps=False)
    return shown.train_loss, shown.test_loss


@pytest.mark.parametrize(("backend", "close"), [("numpy", 1e-12), ("numba", 1e-9)])
def test_the_golden_link_has_the_page_s_own_losses(backend: BackendName, close: float) -> None:
    content = read_link(GOLDEN).content
    assert content.weights["dense-1", "W"][0].tolist() == [0.013961340352000695, 0.43302599830780975]
    run = session(content, backend)
    assert_allclose(losses(run), (0.4994400967795191, 0.5011900890290666), rtol=0, atol=close)
    run.run_epochs(100)
    assert_allclose(losses(run), (0.010395673188064355, 0.011562363897663278), rtol=0, atol=close)


PAGES = {
    "leftover rows wait": Page("0.1", "xor", batch=12, shape=(3,)),
    "no hidden layer": Page("0.2", "gauss", noise=35, shape=(), batch=4, rate=0.003),
    "L1 kills": Page("0.3", penalty="L1", strength=0.03, rate=0.1, batch=7, shape=(4, 3)),
    "L1 from zero": Page("0.8", penalty="L1", strength=0.01, zero=True, activation="sigmoid", shape=(2,), batch=7),
    "L2, every input": Page(
        "0.4", "spiral", noise=20, penalty="L2", strength=0.01, shape=(3,), batch=20,
        features=("x", "y", "xSquared", "ySquared", "xTimesY", "sinX", "sinY"),
    ),
    "a plane by ReLU": Page("0.5", "reg-plane", True, noise=10, activation="relu", shape=(3, 2), batch=30, percent=10),
    "hills by sigmoid": Page("hills ü"[:5], "reg-gauss", True, activation="sigmoid", shape=(2,), batch=29, percent=20),
    "linear, few rows": Page("-7", noise=80, activation="linear", shape=(2, 2), percent=13, features=("sinX",)),
}  # fmt: skip


@cache
def at_epochs(name: str) -> tuple[tuple[float, float], ...]:
    """The oracle's losses at the start, after one epoch and after five."""
    page = replace(PAGES[name])
    found = [page.losses]
    for epoch in range(5):
        page.epoch()
        if epoch in (0, 4):
            found.append(page.losses)
    return tuple(found)


@pytest.mark.parametrize("name", PAGES)
def test_points_and_first_weights_are_the_page_s(name: str) -> None:
    page, content = PAGES[name], read_link(PAGES[name].link).content
    page = replace(page)
    data = load(content.data)
    labels = data.y if page.regression else 2 * data.y - 1
    drawn = np.column_stack([data.x, labels])
    assert_allclose(drawn[data.train], page.train, rtol=0, atol=1e-14)
    assert_allclose(drawn[data.test], page.test, rtol=0, atol=1e-14)
    matrices = [weights for (_, kind), weights in content.weights.items() if kind == "W"]
    for ours, theirs in zip(matrices, page.weights, strict=True):
        assert_array_equal(ours, theirs)


@pytest.mark.parametrize(("backend", "close"), [("numpy", 1e-12), ("numba", 1e-9)])
@pytest.mark.parametrize("name", PAGES)
def test_the_loss_curve_is_the_page_s(name: str, backend: BackendName, close: float) -> None:
    run = session(read_link(PAGES[name].link).content, backend)
    for more, expected in zip((0, 1, 4), at_epochs(name), strict=True):
        if more:
            run.run_epochs(more)
        assert_allclose(losses(run), expected, rtol=0, atol=close)


@pytest.mark.torch
def test_torch_comes_to_the_same_curve() -> None:
    run = session(read_link(PAGES["L1 kills"].link).content, "torch")
    run.run_epochs(1)
    assert_allclose(losses(run), at_epochs("L1 kills")[1], rtol=0, atol=1e-9)


def test_l1_does_kill_weights_in_these_runs() -> None:
    run = session(read_link(PAGES["L1 kills"].link).content)
    run.run_epochs(5)
    assert run.state.stuck.any()


@pytest.mark.parametrize("seed", ["", "0.59704", "ein Wort", "x" * 300, "0"])
def test_numbers_are_those_of_seedrandom(seed: str) -> None:
    ours, theirs = SeededRandom(seed), Dice(seed)
    assert [ours.random() for _ in range(300)] == [theirs.roll() for _ in range(300)]


def test_a_number_that_seedrandom_s_own_page_promises() -> None:
    assert SeededRandom("hello.").random() == 0.9282578795792454


def test_a_saved_file_comes_back_with_the_same_points(tmp_path: Path) -> None:
    content = read_link(PAGES["leftover rows wait"].link).content
    write_network(tmp_path / "linked.loom", content)
    again = read_network(tmp_path / "linked.loom")
    assert (again.data, again.hyper, again.graph) == (content.data, content.hyper, content.graph)
    assert_array_equal(load(again.data).x, load(content.data).x)
    assert losses(session(again)) == losses(session(content))


# --- What a link may say -------------------------------------------------------------------------------------------


def sentences(settings: str) -> list[str]:
    return [notice.sentence for notice in read_link(f"{START}seed=1&{settings}").notices]


def refused(settings: str) -> str:
    with pytest.raises(EngineError) as caught:
        read_link(START + settings)
    with pytest.raises(EngineError):
        check_link(START + settings)
    return str(caught.value)


@pytest.mark.parametrize(
    "text",
    [GOLDEN, "http://playground.tensorflow.org/", "playground.tensorflow.org", f"  {START}x=true\n", START.upper()],
)
def test_links_are_recognised(text: str) -> None:
    assert is_link(text)


@pytest.mark.parametrize(
    "text", ["", "https://example.org/#seed=1", "https://playground.tensorflow.org.example.org/#x", "{}", "x" * 10**6]
)
def test_other_texts_are_not(text: str) -> None:
    assert not is_link(text)
    with pytest.raises(EngineError, match="can't open this link"):
        read_link(text)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("colour=red&y=true", "no such settings: colour"),
        ("dataset=moons", "dataset is “moons” in the link, which that page does not know: it takes circle"),
        ("regDataset=reg-maximum", "it takes reg-plane"),
        ("activation=foo", "activation is “foo” in the link, which that page does not know: it takes tanh, as here"),
        ("problem=x", "problem is “x” in the link, which that page does not know: it takes classification"),
        ("regularization=l1", "it takes none"),
        ("dataset=toString", "it takes circle"),
        ("playButton_hide=true&noise_hide=false", "here nothing is hidden: playButton."),
        ("y_hide=true", "left out of the network, as on that page: y."),
        ("noise=1e9", "that page uses 50"),
        ("noise=-4", "that page uses 0"),
        ("cosX=true", "No effect on that page, so none here: cosX."),
        ("tutorial=intro&hideText=true", "page's text: tutorial, hideText."),
    ],
)
def test_what_is_not_obeyed_is_said(settings: str, said: str) -> None:
    (sentence,) = sentences(settings)
    assert said in sentence


@pytest.mark.parametrize(
    "settings",
    ["", "colour_hide=false", "dataset=circle&&", "noise=80", "seed=2&seed=3", "batchSize=", "percTrainData=5e1"],
)
def test_what_is_as_usual_is_not_talked_about(settings: str) -> None:
    assert not sentences(settings)


def test_a_missing_seed_is_drawn_and_said() -> None:
    first, second = read_link(START), read_link(START)
    assert first.content.data.seed != second.content.data.seed
    assert str(first.content.data.seed) in first.notices[0].sentence
    assert read_link("playground.tensorflow.org").notices[0].code == first.notices[0].code


def test_hidden_inputs_are_no_inputs() -> None:
    assert read_link(f"{START}seed=1&x_hide=true&sinY=1").content.graph.inputs[0].params.features == ("x2", "sin(x2)")


@pytest.mark.parametrize(
    ("settings", "shown"),
    [("", (False, False)), ("showTestData=true&discretize=no", (True, True)), ("discretize=false", (False, False))],
)
def test_a_switch_is_off_only_for_the_text_false(settings: str, shown: tuple[bool, bool]) -> None:
    linked = read_link(f"{START}seed=1&{settings}")
    assert (linked.show_test, linked.discrete) == shown
    again = read_link(write_link(linked).text)
    assert (again.show_test, again.discrete) == shown


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("networkShape=4,x", "networkShape is “4,x”"),
        ("networkShape=4,,2", "whole numbers from 1"),
        ("networkShape=2.5", "whole numbers from 1"),
        ("networkShape=%34", "networkShape is “%34”"),
        ("networkShape", "networkShape is “”"),
        ("networkShape=5000", "from 1 to 4096"),
        ("networkShape=4000,4000", "asks for 16012000 weights"),
        ("networkShape=" + ",".join("1" * 100), "in 100 hidden layers"),
        ("learningRate=NaN", "which isn't a number"),
        ("learningRate=fast", "learningRate is “fast”"),
        ("learningRate=0", "greater than 0"),
        ("learningRate=Infinity", "greater than 0"),
        ("regularizationRate=-1", "0 or more"),
        ("noise=loud", "which isn't a number"),
        ("batchSize=2.5", "a whole number from 1 on"),
        ("batchSize=0", "a whole number from 1 on"),
        ("batchSize=1e400", "a whole number from 1 on"),
        ("batchSize=51&percTrainData=10", "only 50 points are trained on"),
        ("percTrainData=95", "from 10 to 90"),
        ("x=false&y=false", "turns every input off"),
        ("seed=" + "7" * 1001, "1001 characters"),
        ("seed=" + "7" * 10**6, "more than 20000"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(settings: str, said: str) -> None:
    sentence = refused(settings)
    assert said in sentence
    assert len(sentence) < 250
    assert "\n" not in sentence


def test_letters_are_taken_as_a_browser_hands_them_on() -> None:
    assert read_link(f"{START}seed=a b“c&x=1").content.data.seed == "a%20b%E2%80%9Cc"
    assert read_link(f"{START}seed=a%20b").content.data.seed == "a%20b"
    assert read_link(f"{START}seed=a\n\tb=c").content.data.seed == "ab"


# --- The other way -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_link_written_reads_back_as_the_same(name: str) -> None:
    content = read_link(PAGES[name].link).content
    written = write_link(LinkedNetwork(content))
    again = read_link(written.text)
    assert (again.content.data, again.content.graph) == (content.data, content.graph)
    assert again.content.hyper.model_dump(exclude={"l1_at_zero"}) == content.hyper.model_dump(exclude={"l1_at_zero"})
    assert not again.notices
    assert [notice.code for notice in written.notices] == ["file.link-without-weights"]


def changed(part: str, **fields: object) -> NetworkFile:
    content = read_link(GOLDEN).content
    return replace(content, **{part: getattr(content, part).model_copy(update=fields)})


def with_params(index: int, **fields: object) -> NetworkFile:
    content = read_link(GOLDEN).content
    blocks = list(content.graph.blocks)
    params = blocks[index].params.model_copy(update=fields)
    blocks[index] = blocks[index].model_copy(update={"params": params})
    return replace(content, graph=content.graph.with_blocks(blocks))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed("data", name="moons"), "its own data|own data"),
        (changed("data", source="file"), "own data"),
        (changed("data", samples=300), "500 points"),
        (changed("data", seed="ü" * 200), "too long for a link"),
        (with_params(0, features=("x1", "x1")), "each once"),
        (with_params(1, activation="relu"), "one activation for all"),
        (with_params(1, activation="gelu"), "one activation for all"),
        (with_params(2, bias=False), "biases"),
        (with_params(3, loss="binary_cross_entropy"), "squared error and tanh"),
        (changed("hyper", optimizer="adam"), "trains by SGD"),
        (changed("hyper", clip_norm=1.0), "without clipping"),
        (changed("hyper", shuffle=True), "Turn shuffling off"),
        (changed("hyper", batch_size=300), "larger than the 250 rows"),
        (changed("hyper", batch_size=12, leftover="batch"), "250 rows leave 10"),
        (changed("hyper", l1=0.1, l2=0.1, l1_at_zero="sticks"), "not both"),
        (changed("hyper", l1=0.1), "keeps weights at 0"),
    ],
)
def test_what_a_link_cannot_say_is_said(content: NetworkFile, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        write_link(LinkedNetwork(content))


def test_a_network_that_is_no_chain_has_no_link() -> None:
    content = read_link(GOLDEN).content
    graph = content.graph.with_wires(content.graph.wires[:-1])
    with pytest.raises(EngineError, match="another shape"):
        write_link(LinkedNetwork(replace(content, graph=graph)))


OTHERS = "A link has no points: the page draws others of this kind from the seed"
ODD_SEEDS = {
    "ü1": "%C3%BC1",
    "a b": "a%20b",
    "a&b=c#d": "a%26b%3Dc%23d",
    '"<>`': "%22%3C%3E%60",
    "\t\n": "%09%0A",
    "%41": "%41",
    "种子": "%E7%A7%8D%E5%AD%90",
    "0.5+1/2?x!'(){}|^~[]\\": "0.5+1/2?x!'(){}|^~[]\\",
}


@pytest.mark.parametrize("seed", ODD_SEEDS)
def test_an_odd_seed_is_written_as_a_browser_hands_it_on(seed: str) -> None:
    """Where that is another text, the page draws other points from it, which is said; then it stays as it is."""
    written = write_link(LinkedNetwork(changed("data", seed=seed)))
    again = read_link(written.text).content
    assert again.data.seed == ODD_SEEDS[seed]
    others = [notice.sentence for notice in written.notices if notice.code == "file.link-other-points"]
    assert others == ([] if again.data.seed == seed else [f"{OTHERS} {ODD_SEEDS[seed]}."])
    once_more = write_link(LinkedNetwork(again))
    assert once_more.text == written.text
    assert [notice.code for notice in once_more.notices] == ["file.link-without-weights"]


def test_points_of_a_number_s_seed_are_said_to_be_others() -> None:
    written = write_link(LinkedNetwork(changed("data", seed=7)))
    assert "seed=7&" in written.text
    assert written.notices[-1].sentence.endswith("from the seed 7.")
