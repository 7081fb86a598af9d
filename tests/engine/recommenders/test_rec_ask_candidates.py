"""What a trained candidate generation answers, held to numpy over the checkpoint's own tensors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file
from sklearn.decomposition import PCA

from engine.cli.main import run
from engine.recommenders.running.checkpoints import read
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.base import verdict
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
    (pooled,) = (block.id for block in blocks if block.title == "Mean of watch history")
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


def longest(site: Askable[Any]) -> int:
    """Of how many watches a history is read."""
    history: int = of(site).task.model.columns.spec.history
    return history


def test_a_user_s_last_watch_is_held_out(site: Askable[Any]) -> None:
    log = of(site).log
    user = int(np.bincount(log.users).argmax())
    rows = np.flatnonzero(log.users == user)
    answer = asked(site, "user", user=log.user_names[user])
    assert [watch["item"]["item"] for watch in answer["history"]] == [f"video {i}" for i in log.items[rows[:-1]]]
    assert answer["held_out"]["item"]["item"] == f"video {log.items[rows[-1]]}"
    assert answer["held_out"]["time"] == log.times[rows[-1]] and answer["read"] == min(len(rows) - 1, longest(site))
    assert answer["categories"].keys() == {"country", "device"}


def test_a_user_s_own_facts_may_be_said_otherwise_or_unknown(site: Askable[Any]) -> None:
    user = asked(site, "user", user="user 5")
    history = [watch["item"]["item"] for watch in user["history"]]
    tokens = [one["token"] for one in user["searches"]]
    own = asked(site, "recommend", user="user 5")
    said = asked(site, "recommend", user="user 5", categories=user["categories"], searches=tokens)
    assert said["vector"] == own["vector"] and own["visitor"]["searches"] == tokens
    other = next(
        name for name in asked(site, "about")["categories"][0]["values"] if name != user["categories"]["country"]
    )
    moved = asked(site, "recommend", user="user 5", categories={"country": other})
    assert moved["vector"] != own["vector"] and moved["visitor"]["categories"]["country"] == other
    unknown = asked(site, "recommend", user="user 5", categories={"country": None, "device": None}, searches=[])
    assert unknown["visitor"]["unknown_categories"] == ["country", "device"]
    assert unknown["vector"] == asked(site, "recommend", history=history)["vector"]


def test_tokens_are_those_that_training_had_the_most_frequent_first(site: Askable[Any]) -> None:
    opened, names = of(site), of(site).task.tokens
    every = asked(site, "tokens", limit=1000)
    searched = opened.task.searched
    assert searched is not None
    counts = np.bincount(searched.ids)
    expected = {names[token]: int(count) for token, count in enumerate(counts) if count and token}
    assert {one["text"]: one["searches"] for one in every["tokens"]} == expected and every["found"] == len(expected)
    assert [one["searches"] for one in every["tokens"]] == sorted(expected.values(), reverse=True)
    assert all(names[one["token"]] == one["text"] for one in every["tokens"])
    found = asked(site, "tokens", text=" GUITAR ")["tokens"]
    assert found[0]["text"] == "guitar" and all("guitar" in one["text"] for one in found) and len(found) > 1
    assert asked(site, "tokens", text="no such thing") == {"found": 0, "tokens": []}


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
    assert answer["visitor"]["unknown_categories"] == ["country", "device"]
    assert answer["visitor"]["categories"] == whom.get("categories", {})


# --- What if, and why ----------------------------------------------------------------------------------------------


def test_what_is_left_out_is_what_a_fresh_query_without_it_says(site: Askable[Any]) -> None:
    whom = {"user": "user 5", "searches": []}
    history = [watch["item"]["item"] for watch in asked(site, "user", user="user 5")["history"]]
    answer = asked(site, "what_if", **whom, item="video 9", top=5)
    items = [one["item"] for one in answer["items"]]
    assert items[0] == "video 9" and answer["top"] == [item for item in items if item in answer["top"]]
    assert [one["item"] for one in answer["left_out"]] == list(dict.fromkeys(history)) and not answer["unread"]
    for one in answer["left_out"]:
        rest = [item for item in history if item != one["item"]]
        fresh = asked(site, "recommend", **whom, history=rest, items=items, shown=5)
        np.testing.assert_allclose(one["scores"], [at["score"] for at in fresh["items"]], rtol=1e-4, atol=1e-5)
        assert one["ranks"] == [at["rank"] for at in fresh["items"]]
        top = {at["item"]["item"] for at in fresh["shown"]}
        assert {at["item"] for at in one["entered"]} == top - set(answer["top"])
        assert {at["item"] for at in one["dropped"]} == set(answer["top"]) - top


def test_what_is_watched_twice_is_left_out_twice_and_what_is_unknown_too(site: Askable[Any]) -> None:
    history = ["video 3", "never heard of", "video 4", "video 3"]
    answer = asked(site, "what_if", history=history, top=3)
    assert [one["item"] for one in answer["left_out"]] == ["video 3", "never heard of", "video 4"]
    assert [one["known"] for one in answer["left_out"]] == [True, False, True]
    rest = asked(site, "recommend", history=["never heard of", "video 4"], items=[answer["top"][0]])
    assert answer["left_out"][0]["scores"][0] == pytest.approx(rest["items"][0]["score"], abs=1e-5)


def test_what_the_network_no_longer_reads_is_not_left_out(site: Askable[Any]) -> None:
    history = [f"video {item}" for item in range(60)]
    answer, unread = asked(site, "what_if", history=history), 60 - longest(site)
    assert answer["unread"] == history[:unread] and len(answer["left_out"]) == longest(site)
    one = answer["left_out"][0]  # the last unread one comes back into what is read
    fresh = asked(site, "recommend", history=history[:unread] + history[unread + 1 :], items=answer["top"])
    np.testing.assert_allclose(one["scores"], [at["score"] for at in fresh["items"]], rtol=1e-4, atol=1e-5)


def test_a_score_is_the_sum_of_its_dimensions_parts(site: Askable[Any], tables: tuple[Tensor, Tensor]) -> None:
    whom = {"user": "user 5"}
    u = np.array(asked(site, "recommend", **whom)["vector"])
    answer = asked(site, "why", **whom, item="video 9")
    v = tables[0][9].astype(np.float64)
    np.testing.assert_allclose(answer["parts"], u * v, rtol=1e-5, atol=1e-7)
    assert answer["score"] == pytest.approx(float(u @ v), rel=1e-5)
    assert answer["cosine"] == pytest.approx(float(u @ v / np.linalg.norm(u) / np.linalg.norm(v)), rel=1e-5)
    scores = tables[0].astype(np.float64) @ u
    assert answer["probability"] == pytest.approx(np.exp(scores[9]) / np.exp(scores).sum(), rel=1e-4)
    logs = np.log1p(of(site).watches)
    expected = [np.corrcoef(logs, tables[0][:, k])[0, 1] for k in range(64)]
    np.testing.assert_allclose(answer["with_popularity"], expected, atol=1e-4)
    near = answer["nearest"]
    assert [one["cosine"] for one in near] == sorted((one["cosine"] for one in near), reverse=True)
    for one in near[:3]:
        w = tables[0][int(one["item"]["item"][6:])].astype(np.float64)
        assert one["cosine"] == pytest.approx(float(w @ v / np.linalg.norm(w) / np.linalg.norm(v)), abs=1e-5)
    what_if = {one["item"]: one["scores"][0] for one in asked(site, "what_if", **whom, item="video 9")["left_out"]}
    assert all(one["without"] == pytest.approx(what_if[one["item"]["item"]], abs=1e-5) for one in near)


def test_the_decisive_ones_are_looked_for_among_all_that_are_read(site: Askable[Any]) -> None:
    history = [f"video {item}" for item in range(100, 160)]
    answer = asked(site, "why", history=history, item="video 9", nearest=1, decisive=3)
    what_if = asked(site, "what_if", history=history, item="video 9")
    does = {one["item"]: abs(one["scores"][0] - answer["score"]) for one in what_if["left_out"]}
    told = [one["item"]["item"] for one in answer["decisive"]]
    assert [does[one] for one in told] == pytest.approx(sorted(does.values(), reverse=True)[:3], abs=1e-5)
    assert len(answer["nearest"]) == 1 and all(one["read"] for one in answer["decisive"])
    every = asked(site, "why", history=history, item="video 9", decisive=0, nearest=100)
    unread = [one for one in every["nearest"] if not one["read"]]
    assert {one["item"]["item"] for one in unread} == set(what_if["unread"]) and not every["decisive"]
    assert all(one["without"] == pytest.approx(answer["score"], abs=1e-5) for one in unread)


def test_without_a_history_there_is_nothing_near(site: Askable[Any]) -> None:
    answer = asked(site, "why", item="video 9")
    assert answer["nearest"] == [] and answer["rank"] >= 1
    assert asked(site, "what_if")["left_out"] == []


# --- The two tables, and their map ---------------------------------------------------------------------------------


def test_neighbours_are_those_of_each_table_by_itself(site: Askable[Any], tables: tuple[Tensor, Tensor]) -> None:
    answer = asked(site, "neighbours", item="video 9", count=7)
    for name, table in zip(("item_table", "history_table"), tables, strict=True):
        level = table / np.linalg.norm(table, axis=1, keepdims=True)
        near = level @ level[9]
        order = [f"video {item}" for item in np.argsort(-near) if item != 9][:7]
        assert [one["item"]["item"] for one in answer[name]] == order
        np.testing.assert_allclose([one["cosine"] for one in answer[name]], np.sort(near)[::-1][1:8], atol=1e-5)
    names = [{one["item"]["item"] for one in answer[name]} for name in ("item_table", "history_table")]
    assert answer["common"] == len(names[0] & names[1])
    inner = asked(site, "neighbours", item="video 9", count=3, by="inner")["item_table"]
    assert [one["inner"] for one in inner] == sorted(np.delete(tables[0] @ tables[0][9], 9).tolist())[::-1][:3]


def test_tables_tell_their_shapes_and_rows(site: Askable[Any], tables: tuple[Tensor, Tensor]) -> None:
    answer = asked(site, "tables", items=["video 9"])
    ours, history = answer["item_table"], answer["history_table"]
    assert (ours["rows"], ours["dimensions"], ours["first"]) == (200, 64, 0)
    assert (history["rows"], history["dimensions"], history["first"]) == (201, 64, 1)
    assert ours["block"] != history["block"]
    assert (answer["latest_table"] is not None) == (of(site).model.columns.spec.latest > 0)
    for view, table in ((ours, tables[0]), (history, tables[1])):
        np.testing.assert_array_equal(np.array(view["shown"][0]["vector"], np.float32), table[9])
        assert view["lengths"]["mean"] == pytest.approx(np.linalg.norm(table, axis=1).mean(), rel=1e-5)
        assert sum(view["lengths"]["counts"]) == 200


@pytest.mark.parametrize("which", ["items", "history"])
def test_the_map_is_scikit_learn_s_principal_components(
    site: Askable[Any], tables: tuple[Tensor, Tensor], which: str
) -> None:
    answer = asked(site, "item_map", table=which, limit=150, components=3)
    rows = [int(name[6:]) for name in answer["items"]]
    table = tables[which == "history"].astype(np.float64)
    fitted = PCA(3, svd_solver="full").fit(table[rows])
    np.testing.assert_allclose(answer["shares"], fitted.explained_variance_ratio_, rtol=1e-6)
    np.testing.assert_allclose(np.abs(answer["points"]), np.abs(fitted.transform(table[rows])), atol=1e-6)
    assert answer["watches"] == sorted(answer["watches"], reverse=True) and answer["of"] == 200
    placed = asked(site, "place", table=which, limit=150, components=3, items=answer["items"][:4], user="user 5")
    np.testing.assert_allclose([one["point"] for one in placed["items"]], answer["points"][:4], atol=1e-6)


def test_along_the_user_s_direction_scores_grow_as_far_as_the_map_shows(
    site: Askable[Any], tables: tuple[Tensor, Tensor]
) -> None:
    u = np.array(asked(site, "recommend", user="user 5")["vector"])
    mapped = asked(site, "item_map", limit=200, components=6)
    placed = asked(site, "place", limit=200, components=6, user="user 5")
    level = tables[0].astype(np.float64) - tables[0].mean(axis=0, dtype=np.float64)
    fitted = PCA(6, svd_solver="full").fit(level)
    seen = level @ fitted.components_.T @ fitted.components_ @ u  # the part of the scores that the map shows
    rows = [int(name[6:]) for name in mapped["items"]]
    np.testing.assert_allclose(np.array(mapped["points"]) @ placed["direction"], seen[rows], atol=1e-5)
    assert 0.0 < placed["visible"] < 1.0 and placed["length"] == pytest.approx(np.linalg.norm(u), rel=1e-5)


def test_an_empty_history_has_a_place_by_its_vector_but_no_mean(site: Askable[Any]) -> None:
    assert asked(site, "place")["point"] is not None
    assert asked(site, "place", table="history")["point"] is None


# --- What it is worth ----------------------------------------------------------------------------------------------


def test_more_lists_find_more_and_all_lists_everything(site: Askable[Any]) -> None:
    answer = asked(site, "retrieval", users=20, k=10)
    recalls = [point["recall"] for point in answer["curve"]]
    assert answer["used"] == "exact" and recalls == sorted(recalls) and recalls[-1] == 1.0
    assert answer["served"]["recall"] >= next(
        point["recall"] for point in answer["curve"] if point["probes"] == answer["served"]["probes"]
    )


def test_figures_are_those_of_the_command_line_and_differences_are_paired(site: Askable[Any]) -> None:
    answer = asked(site, "evaluate", at=[10])
    judged = verdict(of(site).task, {})
    figures = {one["who"]: one["figures"]["HR@10"]["value"] for one in answer["recommenders"]}
    assert figures == pytest.approx({who: found["HR@10"] for who, found in judged.items()})
    evaluations = of(site).task.evaluations()
    for one in answer["differences"]:
        both = [(evaluations[who].ranks <= 10).astype(float) for who in ("this network", one["minus"])]
        assert one["figures"]["HR@10"]["value"] == pytest.approx(figures["this network"] - figures[one["minus"]])
        error = np.std(both[0] - both[1], ddof=1) / np.sqrt(len(both[0]))
        assert one["figures"]["HR@10"]["error"] == pytest.approx(error)
        assert judged[one["minus"]]["HR@10.apart"] == pytest.approx(error)


def test_a_network_is_judged_only_on_the_watches_that_were_kept_from_it(
    site: Askable[Any], path: Path, tmp_path: Path
) -> None:
    alone = asked(site, "split_study", at=[10])
    assert alone["networks"] == {"this network": "last"}
    who = [[one["who"] for one in split["recommenders"]] for split in alone["splits"]]
    assert "this network" in who[0] and "this network" not in who[1] and who[0][1:] == who[1]
    assert alone["splits"][0]["later"] == 0.0 and 0.3 < alone["splits"][1]["later"] < 0.7
    random = trained(tmp_path / "random.safetensors", "candidates", *SITE, "--epochs", "1", "--held-out", "random")
    both = asked(site, "split_study", at=[10], other=str(random))
    assert both["networks"] == {"this network": "last", "the other network": "random"}
    assert [split["recommenders"][0]["who"] for split in both["splits"]] == ["this network", "the other network"]
    user = asked(opened(random), "user", user="user 5")
    last = asked(site, "user", user="user 5")
    every = [watch["time"] for watch in last["history"]] + [last["held_out"]["time"]]
    assert sorted([*(watch["time"] for watch in user["history"]), user["held_out"]["time"]]) == every


# --- A log as small as can be ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Askable[Any]:
    """Three users, one of whom has watched once; lines in no order of time, no titles."""
    folder = tmp_path_factory.mktemp("tiny")
    lines = ["who,what,when", "ann,c,30", "ann,a,10", "bob,b,5", "ann,b,20", "cy,a,7", "bob,d,1", "ann,d,15"]
    (folder / "log.csv").write_text("\n".join(lines) + "\n")
    data = ["--data", str(folder / "log.csv"), "--user", "who", "--item", "what", "--time", "when"]
    return opened(trained(folder / "tiny.safetensors", "candidates", *data, "--epochs", "1", "--dimensions", "4"))


def test_times_in_no_order_are_put_in_order(tiny: Askable[Any]) -> None:
    user = asked(tiny, "user", user="ann")
    assert [watch["item"]["item"] for watch in user["history"]] == ["a", "d", "b"]
    assert user["held_out"]["item"] == {"item": "c", "title": None, "features": {}, "watches": 0}


@pytest.mark.parametrize("searches", [False, True])
def test_query_and_ask_read_the_same_history_and_say_so(
    searches: bool, path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if searches:
        path = trained(tmp_path / "searched.safetensors", "candidates", *SITE, "--epochs", "1", "--searches")
    askable = opened(path)
    opened_site = of(askable)
    for user in ("user 3", "user 44", "user 105"):
        capsys.readouterr()
        assert run(["recommend", "query", str(path), "--user", user, "--shown", "9", "--json"]) == 0
        queried = json.loads(capsys.readouterr().out)
        answer = asked(askable, "recommend", user=user, shown=9)
        assert [one["item"] for one in queried["items"]] == [one["item"]["item"] for one in answer["shown"]]
        assert [one["score"] for one in queried["items"]] == pytest.approx([one["score"] for one in answer["shown"]])
        held = answer["held_out"]["item"]["item"]
        assert queried["held_out"] == {"item": held, "read": False} and answer["visitor"]["held_out_read"] is False
        rows = opened_site.log.users == opened_site.user(user)
        assert queried["watches"] == answer["visitor"]["watches"] == rows.sum() - 1
        assert run(["recommend", "query", str(path), "--user", user]) == 0
        title = opened_site.title(opened_site.item(held)) or held
        said = f"From {user}'s {rows.sum() - 1:,} watches without the one that is held out to judge on ({title})."
        assert said in capsys.readouterr().out
    edited = asked(askable, "recommend", user=user, history=[held])["visitor"]
    assert edited["held_out_read"] is True, "somebody has put it into the history"
    assert asked(askable, "recommend", history=[held])["visitor"]["held_out_read"] is None


def test_a_user_of_one_watch_has_a_history_and_nothing_held_out(tiny: Askable[Any]) -> None:
    assert [len(asked(tiny, "user", user="cy")["history"]), asked(tiny, "user", user="cy")["held_out"]] == [1, None]
    answer = asked(tiny, "recommend", user="cy")
    assert answer["held_out"] is None and sorted(one["item"]["item"] for one in answer["shown"]) == ["b", "c", "d"]
    (left_out,) = asked(tiny, "what_if", user="cy")["left_out"]
    assert left_out["item"] == "a" and len(left_out["ranks"]) == 3


def test_all_is_answered_even_of_four_items(tiny: Askable[Any]) -> None:
    whole = asked(tiny, "recommend", history=["a", "b", "c", "d"])
    assert whole["shown"] == [] and whole["scores"]["least"] is None and len(whole["watched"]) == 4
    what_if = asked(tiny, "what_if", history=["a", "b", "c", "d"])
    assert what_if["top"] == [] and [[at["item"] for at in one["entered"]] for one in what_if["left_out"]] == [
        ["a"], ["b"], ["c"], ["d"]
    ]  # fmt: skip
    assert asked(tiny, "search", text="A")["items"][0]["item"] == "a"
    assert asked(tiny, "about")["titles"] is False
    assert len(asked(tiny, "neighbours", item="a")["item_table"]) == 3
    assert len(asked(tiny, "item_map", components=6)["points"]) == 4
    assert asked(tiny, "place", user="cy", components=3)["point"]
    assert asked(tiny, "retrieval")["curve"][-1]["recall"] == 1.0
    assert asked(tiny, "evaluate")["users"] == 2
    assert asked(tiny, "tokens") == {"found": 0, "tokens": []} and asked(tiny, "user", user="cy")["searches"] == []
    assert [split["users"] for split in asked(tiny, "split_study")["splits"]] == [2, 2]
    assert asked(tiny, "tables")["item_table"]["rows"] == 4 and asked(tiny, "why", item="a")["nearest"] == []
