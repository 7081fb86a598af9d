"""What a trained candidate generation answers, held to numpy over the checkpoint's own tensors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file

from engine.recommenders.running.checkpoints import read
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.candidates.opened import OpenedCandidates
from tests.engine.recommenders.asked import SITE, asked, opened, trained

Tensor = NDArray[np.float32]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("site") / "site.safetensors"
    return trained(out, "candidates", *SITE, "--epochs", "2", "--user-categories", "country,device")


@pytest.fixture(scope="module")
def site(path: Path) -> Askable[Any]:
    return opened(path)


@pytest.fixture(scope="module")
def tables(path: Path) -> tuple[Tensor, Tensor]:
    """V and the history's table without its bucket for unknown items, (items, dimensions) each, from the file."""
    tensors = load_file(path)
    blocks = read(path).graph.blocks
    (end,) = (block.id for block in blocks if block.kind == "sampled_softmax")
    (pooled,) = (block.id for block in blocks if block.kind == "pooled" and "watch" in block.title)
    return tensors[f"{end}/V"], tensors[f"{pooled}/W"][1:]


def of(site: Askable[Any]) -> OpenedCandidates:
    found: OpenedCandidates = site.opened
    return found


def test_about_counts_what_is_there(site: Askable[Any]) -> None:
    about = asked(site, "about")
    assert about["sizes"]["items"] == 200 and about["sizes"]["users"] == 300
    assert about["sizes"]["watches"] == 5000 == about["sizes"]["training_watches"] + about["sizes"]["held_out"]
    assert [category["name"] for category in about["categories"]] == ["country", "device"]
    assert "phone" in about["categories"][1]["values"] and about["titles"]
    assert {"topic", "language"} <= set(about["item_features"]) and about["epochs"] == 2


def test_search_finds_titles_and_names_the_most_watched_first(site: Askable[Any]) -> None:
    every = asked(site, "search", limit=1000)
    assert every["found"] == 200
    counts = [one["watches"] for one in every["items"]]
    assert counts == sorted(counts, reverse=True)
    word = every["items"][0]["title"].split()[0]
    found = asked(site, "search", text=word.upper())["items"]
    assert found and all(word.lower() in one["title"].lower() for one in found)
    assert asked(site, "search", text="video 7")["items"][0]["item"] == "video 7"
    assert asked(site, "search", text="no such thing") == {"found": 0, "items": []}


def test_users_are_listed_by_their_histories(site: Askable[Any]) -> None:
    longest = asked(site, "users", order="longest", limit=5)
    lengths = [user["watches"] for user in longest["users"]]
    assert longest["found"] == 300 and lengths == sorted(lengths, reverse=True)
    assert asked(site, "users", text="user 29")["users"][0]["user"] == "user 29"


def test_a_user_s_last_watch_is_held_out(site: Askable[Any]) -> None:
    log = of(site).log
    user = int(np.bincount(log.users).argmax())
    rows = np.flatnonzero(log.users == user)
    answer = asked(site, "user", user=log.user_names[user])
    assert [watch["item"]["item"] for watch in answer["history"]] == [f"video {i}" for i in log.items[rows[:-1]]]
    assert answer["held_out"]["item"]["item"] == f"video {log.items[rows[-1]]}"
    assert answer["held_out"]["time"] == log.times[rows[-1]] and answer["read"] == min(len(rows) - 1, 50)
    assert answer["categories"].keys() == {"country", "device"}


def test_scores_are_the_inner_products_of_the_file_s_own_table(
    site: Askable[Any], tables: tuple[Tensor, Tensor]
) -> None:
    answer = asked(site, "recommend", user="user 5", shown=10, candidates=30)
    scores = tables[0] @ np.array(answer["vector"], np.float32)
    seen = {one["item"]["item"] for one in answer["watched"]}
    order = [f"video {item}" for item in np.argsort(-scores) if f"video {item}" not in seen]
    assert [one["item"]["item"] for one in answer["shown"]] == order[:10]
    assert answer["candidates"]["items"] == order[:30]
    np.testing.assert_allclose(answer["candidates"]["scores"], np.sort(scores[[int(n[6:]) for n in order]])[::-1][:30],
                               rtol=1e-4)  # fmt: skip
    assert sum(answer["scores"]["counts"]) == 200
    held = answer["held_out"]
    assert held["rank"] == order.index(held["item"]["item"]) + 1


def test_ranks_of_the_held_out_watches_are_those_of_the_evaluation(site: Askable[Any]) -> None:
    evaluation = of(site).task.evaluations()["this network"]
    for user, rank in list(zip(evaluation.users, evaluation.ranks, strict=True))[:20]:
        held = asked(site, "recommend", user=f"user {user}")["held_out"]
        assert held["watched"] or held["rank"] == rank


def test_a_user_s_edited_history_is_as_anybody_s_with_the_same(site: Askable[Any]) -> None:
    user = asked(site, "user", user="user 5")
    history = [watch["item"]["item"] for watch in user["history"]][1:]
    edited = asked(site, "recommend", user="user 5", history=history, searches=[])
    other = asked(site, "recommend", history=history, categories=user["categories"])
    assert edited["vector"] == other["vector"] and edited["held_out"] and other["held_out"] is None


@pytest.mark.parametrize(
    "whom",
    [
        {},
        {"history": []},
        {"history": ["never heard of"]},
        {"history": ["video 3", "video 3"]},
        {"categories": {"country": "Atlantis"}},
        {"searches": [10**9, -4]},
    ],
)
def test_anybody_gets_finite_recommendations(site: Askable[Any], whom: dict[str, object]) -> None:
    answer = asked(site, "recommend", **whom)
    assert len(answer["shown"]) == 12 and all(one["score"] is not None for one in answer["shown"])
    assert answer["visitor"]["unknown_categories"] == list(whom.get("categories", {}))
