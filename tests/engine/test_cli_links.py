"""A link where a command takes a network."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.cli.main import run
from engine.formats import read_link, read_network

LINK = "https://playground.tensorflow.org/#seed=0.59704&batchSize=10&networkShape=4,2&playButton_hide=true"


def printed(capsys: pytest.CaptureFixture[str], *argv: str) -> dict[str, object]:
    assert run([*argv, "--json"]) == 0
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


def test_a_link_trains_and_is_written_as_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "linked.loom"
    found = printed(capsys, "train", LINK, "--epochs", "2", "--backend", "numpy", "--out", str(path))
    history = found["history"]
    assert isinstance(history, list)
    assert history[0]["train_loss"] == pytest.approx(0.4994400967795191, abs=1e-12)
    assert [notice["code"] for notice in found["notices"]] == ["file.link-hidden-controls"]  # type: ignore[attr-defined]
    assert read_network(path).data == read_link(LINK).content.data


def test_a_link_is_traced_measured_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(capsys, "trace", LINK, "--index", "0")["notices"]
    assert printed(capsys, "gradients", LINK, "--backend", "numpy")["train_loss"] == pytest.approx(0.4994400967795191)
    assert printed(capsys, "validate", LINK)["valid"] is True
    assert run(["validate", LINK]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "The link is a valid network."


@pytest.mark.parametrize("command", ["train", "trace", "gradients", "validate"])
@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://playground.tensorflow.org/#networkShape=4,x", "networkShape is “4,x”"),
        ("https://example.org/#seed=1", "can't open this link"),
    ],
)
def test_what_is_wrong_with_a_link_is_one_sentence(
    command: str, link: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([command, link]) == 1
    complaint = capsys.readouterr().err
    assert said in complaint
    assert complaint.count("\n") == 1
