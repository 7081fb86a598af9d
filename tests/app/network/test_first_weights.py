"""What a run begins with comes back from the document's file as it came from a link."""

from __future__ import annotations

from pathlib import Path

from numpy.testing import assert_array_equal

from app.network.document import Document
from engine.formats import read_link, read_network

LINK = "https://playground.tensorflow.org/#seed=0.59704&networkShape=3&initZero=false"


def reopened(path: Path) -> Document:
    return Document(read_network(path))


def test_a_saved_link_goes_back_to_the_link_s_first_weights(qapp: object, tmp_path: Path) -> None:
    link = read_link(LINK).content
    document = Document(link)
    trained = {key: array + 1.0 for key, array in link.weights.items()}
    document.live_weights.put(trained)
    document.save(tmp_path / "a.loom")
    again = reopened(tmp_path / "a.loom")
    for key, array in link.weights.items():
        assert_array_equal(again.initial_run.run.weights[key], trained[key])
        assert_array_equal(again.first_weights[key], array)
    again.begin_anew()
    for key, array in link.weights.items():
        assert_array_equal(again.initial_run.run.weights[key], array)
    again.save(tmp_path / "b.loom")  # and once more
    assert reopened(tmp_path / "b.loom").first_weights.keys() == link.weights.keys()


def test_another_seed_has_other_first_weights_in_the_file_too(qapp: object, tmp_path: Path) -> None:
    document = Document(read_link(LINK).content)
    document.begin_anew(seed=5)
    document.save(tmp_path / "a.loom")
    assert not read_network(tmp_path / "a.loom").first
    assert not reopened(tmp_path / "a.loom").first_weights


def test_what_only_its_seed_begins_brings_no_first_weights(qapp: object, tmp_path: Path) -> None:
    content = read_link(LINK).content
    document = Document(type(content)(content.graph, content.hyper, content.data, content.weights))
    assert not document.first_weights and not document.to_file().first
