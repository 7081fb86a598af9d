"""Many units, and inputs that are images: grids of tiles, ribbons, weight images, the fold, outputs as vessels."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from app.builder.canvas.drawing import legend_words
from app.builder.canvas.geometry import SceneLayout, tiles_for
from app.builder.canvas.hit import CanvasPart, hit_test
from app.builder.canvas.selection import NeuronRef
from app.builder.canvas.tiles import Style, answer_shares, output_shares, pictures_of, scaled_maps
from app.network.blank import blank_network
from engine.data import DataChoice, load
from engine.formats.base import NetworkFile
from engine.gradients.building import graph_of
from engine.gradients.experiment import Configuration
from engine.graph.arrange import COLUMN_UNITS
from engine.graph.build import feed_forward
from engine.graph.kinds import TargetSpec
from engine.graph.kinds.output import OutputParams
from engine.hyperparameters import Hyperparameters
from engine.network.plan import compile_graph
from engine.training.predict import predict
from engine.training.remedies.structure import with_behind
from engine.training.tables import target_of
from tests.app.builder.canvas_rig import Rig


@pytest.fixture(scope="module")
def digits():
    return load(DataChoice(name="digits", train_share=0.7))


@pytest.fixture
def rig(qtbot) -> Rig:
    return Rig(qtbot, feed_forward((32, 3)))


@pytest.fixture
def image_rig(qtbot, digits) -> Rig:
    graph = feed_forward(
        (32,), features=digits.columns, activation="relu", output=OutputParams(loss="softmax_cross_entropy")
    )
    made = Rig(qtbot, NetworkFile(graph, Hyperparameters(), DataChoice(name="digits", train_share=0.7)))
    made.canvas.actions_by_name["arrange"].trigger()
    return made


@pytest.mark.parametrize("units", [1, 2, 8, 16, 17, 32, 33, 64, 65, 100, 256, 1000])
def test_tiles_do_not_touch_and_are_found_again(units) -> None:
    tiles = tiles_for(units, QPointF(30.0, -20.0), end=False)
    rects = [tiles.rect(unit) for unit in range(units)]
    assert [tiles.unit_at(rect.center()) for rect in rects] == list(range(units))
    assert all(tiles.box.adjusted(-1e-9, -1e-9, 1e-9, 1e-9).contains(rect) for rect in rects)
    assert np.allclose([rect.center().y() for rect in rects], tiles.heights())
    assert abs(tiles.box.center().x() - 30) < 1e-9 and abs(tiles.box.center().y() + 20) < 1e-9
    assert tiles.compact == (units > COLUMN_UNITS)


@pytest.mark.parametrize(
    "graph",
    [
        *(feed_forward(hidden) for hidden in [(), (4, 2), (16, 17), (64,) * 3, (300, 2, 1000)]),
        feed_forward((2,), features=tuple(f"c{column}" for column in range(40))),
        *(graph_of(Configuration(width=width, depth=3, normalisation="layer")) for width in (8, 64)),
    ],
)
def test_networks_that_the_engine_makes_have_room_for_their_tiles(graph) -> None:
    bodies = [shape.body for shape in SceneLayout(graph, {}).shapes.values()]
    assert all(after.left() - before.right() >= 30.0 for before, after in pairwise(bodies))


def test_a_cure_s_blocks_stand_beside_the_tiles_of_wide_layers() -> None:
    graph = with_behind(feed_forward((64, 64)), ("dense-1", "dense-2"), "layer_norm")
    bodies = sorted((shape.body for shape in SceneLayout(graph, {}).shapes.values()), key=lambda body: body.left())
    assert len(bodies) == 6
    assert all(after.left() - before.right() >= 30.0 for before, after in pairwise(bodies))


@pytest.mark.parametrize("classes", [2, 3, 17, 50, 100])
@pytest.mark.parametrize("hidden", [(), (4,), (64,)])
def test_so_have_networks_for_many_classes(hidden, classes) -> None:
    ending = OutputParams(loss="softmax_cross_entropy") if classes > 2 else OutputParams()
    graph = feed_forward(hidden, output=ending, outputs=classes)
    widths = {node.id: node.width for node in compile_graph(graph, TargetSpec(classes)).nodes}
    bodies = [shape.body for shape in SceneLayout(graph, widths).shapes.values()]
    assert all(after.left() - before.right() >= 30.0 for before, after in pairwise(bodies))


def test_a_blank_network_reads_every_column_of_a_table_and_has_room_for_them(tmp_path) -> None:
    path, names = tmp_path / "wide.csv", [f"x{number}" for number in range(1, 41)]
    rows = [",".join([*(str((row * column) % 7) for column in range(40)), f"c{row % 20}"]) for row in range(80)]
    path.write_text("\n".join([",".join([*names, "target"]), *rows]), encoding="utf-8")
    choice = DataChoice(source="file", path=str(path), target="target")
    dataset = load(choice)
    file = blank_network(choice, dataset)
    assert file.graph.block("input-1").params.features == dataset.columns
    assert len(dataset.columns) > 30
    widths = {node.id: node.width for node in compile_graph(file.graph, target_of(dataset)).nodes}
    before, after = (shape.body for shape in SceneLayout(file.graph, widths).shapes.values())
    assert widths["output-1"] == 20 and after.left() - before.right() >= 30.0


@pytest.mark.parametrize(("units", "least"), [(32, 38.0), (64, 38.0), (16, 18.0), (100, 30.0), (256, 18.0)])
def test_many_units_stay_legible(units, least) -> None:
    assert tiles_for(units, QPointF(), end=False).size >= least


def test_units_are_counted_along_the_lines_of_a_grid(rig) -> None:
    rig.click(rig.tile("dense-1", 9))
    assert rig.canvas.selection.neuron == NeuronRef("dense-1", 9)
    first, fifth, last = (rig.shape("dense-1").tiles.rect(unit) for unit in (0, 4, 3))
    assert fifth.left() == first.left() and fifth.top() > first.top()
    assert last.top() == first.top()


def test_the_keyboard_goes_through_a_grid_and_out_of_it(rig) -> None:
    canvas = rig.canvas
    canvas.selection.choose_neuron(NeuronRef("dense-1", 5))
    for key, unit in ((Qt.Key.Key_Right, 6), (Qt.Key.Key_Down, 10), (Qt.Key.Key_Left, 9), (Qt.Key.Key_Up, 5)):
        rig.key(key, Qt.KeyboardModifier.AltModifier)
        assert canvas.selection.neuron == NeuronRef("dense-1", unit)
    for _ in range(3):
        rig.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert canvas.selection.neuron is not None and canvas.selection.neuron.block_id == "dense-2"


def test_edges_of_a_grid_are_a_ribbon_until_a_unit_is_open(rig) -> None:
    canvas = rig.canvas
    bundle = next(b for b in canvas.edges.bundles if b.wire.target == "dense-2")
    assert bundle.ribbon
    assert canvas.edges.edges == 3 * 1  # those between dense-2 and the output are drawn one by one
    start, end = bundle.ends(2, 17)
    middle = (start + end) / 2
    ribbon = hit_test(canvas.scene.layout, canvas.edges.bundles, middle, 1.0, 0.0)
    assert ribbon.part is CanvasPart.WIRE and ribbon.edge is None and ribbon.wire == bundle.wire
    open_unit = NeuronRef("dense-1", 17)
    found = hit_test(canvas.scene.layout, canvas.edges.bundles, middle, 1.0, 0.0, open_unit)
    assert found.edge is not None and (found.edge.row, found.edge.column) == (2, 17)
    assert bundle.strands("dense-1", 17) == [(0, 17), (1, 17), (2, 17)]
    assert len(bundle.strands("dense-2", 1)) == 32
    assert bundle.strands("output-1", 0) == []


def test_a_block_that_grows_into_a_grid_makes_room_and_gives_it_back(qtbot) -> None:
    rig = Rig(qtbot, feed_forward((16, 3)))
    before = rig.graph
    rig.canvas.edits.set_units("dense-1", 64)
    bodies = [rig.shape(block_id).body for block_id in ("input-1", "dense-1", "dense-2", "output-1")]
    assert all(after.left() - body.right() >= 60 for body, after in pairwise(bodies))
    rig.assert_one_undoable_step(before)
    rig.document.undo_stack.undo()
    start = rig.graph
    rig.canvas.edits.set_units("dense-1", 40, "drag", start)
    rig.canvas.edits.set_units("dense-1", 16, "drag", start)
    assert rig.graph == start


def test_an_image_is_one_block_that_unfolds(image_rig) -> None:
    shape = image_rig.shape("input-1")
    assert shape.picture is not None and shape.folded
    assert shape.tiles.size == shape.tiles.pitch
    right = shape.body.right()
    document = image_rig.document
    image_rig.click(shape.fold_handle.center())
    shape = image_rig.shape("input-1")
    assert not shape.folded and shape.tiles.size < shape.tiles.pitch
    assert shape.body.right() == pytest.approx(right)
    assert not document.dirty or document.undo_stack.count() == 1  # how it is shown is no edit
    image_rig.key(Qt.Key.Key_U)
    assert image_rig.shape("input-1").folded


def test_a_pixel_can_be_picked_in_the_image(image_rig) -> None:
    image_rig.click(image_rig.tile("input-1", 3 * 8 + 5))
    assert image_rig.canvas.selection.neuron == NeuronRef("input-1", 29)


def test_some_pixels_only_are_no_image(qtbot, digits) -> None:
    graph = feed_forward((4,), features=digits.columns[:63], output=OutputParams(loss="softmax_cross_entropy"))
    rig = Rig(qtbot, NetworkFile(graph, Hyperparameters(), DataChoice(name="digits")))
    assert rig.shape("input-1").picture is None
    assert rig.canvas.scene.layout.picture_into("dense-1") is None


def test_units_that_weigh_an_image_show_their_weights(image_rig) -> None:
    scene = image_rig.canvas.scene
    shown = pictures_of(image_rig.shape("dense-1"), scene)
    assert shown is not None and shown.style is Style.WEIGHTS
    weights = scene.snapshot.weights["dense-1", "W"]
    assert np.array_equal(shown.values[7], weights[7].reshape(8, 8).astype(np.float32))


def test_the_canvas_shows_what_every_unit_answers_to_the_image_looked_at(image_rig, digits) -> None:
    canvas, scene = image_rig.canvas, image_rig.canvas.scene
    assert pictures_of(image_rig.shape("input-1"), scene) is None
    assert output_shares(image_rig.shape("output-1"), scene) is None
    row = int(digits.test[4])
    canvas.look_at(tuple(digits.x[row]))
    seen = pictures_of(image_rig.shape("input-1"), scene)
    assert seen is not None and seen.style is Style.INK
    assert np.allclose(seen.values.reshape(8, 8), digits.pictures(np.array([row]))[0])
    snapshot = scene.snapshot
    expected = predict(snapshot.plan, snapshot.weights, digits.columns, digits.x[row])[0]
    shares = output_shares(image_rig.shape("output-1"), scene)
    assert np.allclose(shares, expected) and abs(shares.sum() - 1.0) < 1e-12
    answers = answer_shares(image_rig.shape("dense-1"), scene)
    assert answers is not None and answers.max() == 1.0 and answers.min() >= 0.0  # ReLU
    image_rig.trainer.session.run_steps(20)
    image_rig.trainer.publish()
    assert not np.allclose(output_shares(image_rig.shape("output-1"), scene), expected)
    canvas.look_at(None)
    assert output_shares(image_rig.shape("output-1"), scene) is None
    canvas.grab()


def test_other_data_forget_the_image(image_rig, digits) -> None:
    canvas = image_rig.canvas
    canvas.look_at(tuple(digits.x[0]))
    image_rig.document.choose_data(DataChoice(name="circle"))
    assert canvas.scene.seen is None and not canvas.scene.answers
    assert image_rig.shape("input-1").picture is None


def test_the_legend_says_what_tiles_show_and_that_a_slice_is_one(rig, image_rig) -> None:
    assert legend_words(rig.canvas.scene) == "tile: its output over the plane"
    assert legend_words(image_rig.canvas.scene).startswith("tile: its weights over the pixels")


def test_inputs_that_a_slice_holds_at_their_mean_are_neutral(qtbot) -> None:
    iris = load(DataChoice(name="iris"))
    graph = feed_forward((3,), features=iris.columns, output=OutputParams(loss="softmax_cross_entropy"))
    rig = Rig(qtbot, NetworkFile(graph, Hyperparameters(), DataChoice(name="iris")))
    scene = rig.canvas.scene
    words = legend_words(scene)
    assert "a slice over sepal length (cm) and sepal width (cm), the other features at their mean" in words
    shown = scaled_maps(graph.block("input-1"), scene.snapshot.maps["input-1"])
    assert np.all(shown[2:] == 0.0) and np.abs(shown[:2]).max() == 1.0
    assert rig.shape("input-1").names_width > 90.0
    names = rig.shape("input-1").bounds
    assert rig.canvas.viewport.visible.contains(names)


def test_tooltips_say_what_a_tile_of_images_is(image_rig) -> None:
    canvas = image_rig.canvas
    for place, word in (
        (image_rig.tile("input-1", 9), "ink of this pixel"),
        (image_rig.tile("dense-1", 3), "weights"),
        (image_rig.tile("output-1", 2), "probability of this class"),
        (image_rig.shape("input-1").fold_handle.center(), "each pixel"),
    ):
        assert word in canvas.tooltip_at(canvas.camera.to_view(place))


def test_any_network_that_is_given_digits_sees_images(qtbot) -> None:
    rig = Rig(qtbot)
    rig.document.choose_data(DataChoice(name="digits"))
    qtbot.waitUntil(lambda: rig.document.dataset.image is not None)
    assert rig.shape("input-1").folded and rig.shape("output-1").width == 10
    assert rig.canvas.scene.layout.picture_into("dense-1") is not None
    assert rig.shape("dense-1").body.left() > rig.shape("input-1").body.right()


def test_no_edit_makes_more_blocks_than_a_file_may_have(rig: Rig, qtbot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.network.document.MOST_BLOCKS", 52)
    document, said = rig.document, []
    document.problem_found.connect(said.append)
    piece = feed_forward((1,) * 22)  # 24 blocks
    assert len(rig.canvas.edits.insert(piece, QPointF(), "Paste")) == 24
    assert len(rig.canvas.edits.insert(piece, QPointF(), "Paste")) == 24
    assert len(document.graph.blocks) == 52 and not said
    before = document.graph
    assert rig.canvas.edits.insert(piece, QPointF(), "Paste") == ()
    assert rig.canvas.edits.add("dense", QPointF()) is None
    assert rig.canvas.edits.add_beside("dense", "dense-1", after=True) is None
    assert document.graph is before
    assert [problem.code for problem in said] == ["graph.many-blocks"] * 3
