"""The two stages in one: against the model and the exact scan, for people whom training has not known."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from engine.graph.columns import Columns
from engine.problems import EngineError
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.worlds.video_site.site import VideoSite, VideoSiteSpec
from engine.recommenders.model.network import RecommenderNetwork
from engine.recommenders.running.batches import PreparedBatches
from engine.recommenders.running.settings import AdaGrad, Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.serving.retrieval import EXACT_BELOW, ExactIndex, recall_at
from engine.recommenders.serving.two_stage import TwoStage, Visitor
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.spec import CandidateSpec
from engine.recommenders.tasks.ranking.model import RankingModel
from engine.recommenders.tasks.ranking.second_stage import ByExpectedTime
from engine.recommenders.tasks.ranking.spec import RankingSpec
from tests.engine.recommenders.logs_and_examples import all_examples, target_counts

FEATURES = ("country", "language", "gender")


@pytest.fixture(scope="module")
def log() -> Log:
    return VideoSite(VideoSiteSpec(users=400, items=300, events=8000)).log()


@pytest.fixture(scope="module")
def served(log: Log) -> tuple[CandidateModel, RecommenderNetwork]:
    """A trained model, as it comes back from a file."""
    training = Training(epochs=4, batch_size=128, deep=AdaGrad(rate=0.1))
    model = CandidateModel.build(log, CandidateSpec(categories=FEATURES, negatives=0), training)
    network = model.network()
    examples = all_examples(model, network, log)
    trainer, batches = (
        RecommenderTrainer(network, training, target_counts(model, examples)),
        PreparedBatches(examples, training),
    )
    for epoch in range(training.epochs):
        for step in range(batches.steps):
            trainer.train(batches.batch(epoch, step))
    return CandidateModel.from_json(json.loads(json.dumps(model.to_json()))), network


def visitor_of(log: Log, user: int) -> Visitor:
    """A user of a log, as they are at its end; without searches."""
    rows = np.flatnonzero(log.users == user)
    known = {name: str(values[user]) for name, values in log.user_features.items()}
    names, times = [log.item_names[item] for item in log.items[rows]], log.times[rows].tolist()
    return Visitor(names, known, (), times, int(log.times.max()))


@pytest.fixture(scope="module")
def service(served: tuple[CandidateModel, RecommenderNetwork]) -> TwoStage:
    return TwoStage(*served, candidates=100, shown=10)


def test_a_user_of_the_log_gets_what_the_whole_log_says(log: Log, service: TwoStage) -> None:
    for user in (0, 7, 123):
        answer = service.answer(visitor_of(log, user))
        vector = service.model.user_vectors(service.network, log, np.array([user]))[0]
        assert answer.vector == pytest.approx(vector, abs=1e-6)
        scores = service.model.item_vectors(service.network) @ vector
        watched = np.unique(log.items[log.users == user])
        scores[watched] = -np.inf
        best = np.argsort(-scores, kind="stable")
        assert answer.candidates.tolist() == best[:100].tolist()
        assert answer.candidate_scores == pytest.approx(scores[best[:100]], rel=1e-5)
        assert answer.items.tolist() == best[:10].tolist()


def test_the_funnel_narrows_and_says_how_long_each_stage_took(log: Log, service: TwoStage) -> None:
    funnel = service.answer(visitor_of(log, 3)).funnel
    assert (funnel.catalogue, funnel.candidates, funnel.shown) == (300, 100, 10)
    assert all(0 <= ms < 60_000 for ms in (funnel.vector_ms, funnel.retrieval_ms, funnel.ranking_ms))
    assert funnel.vector_ms > 0 and funnel.retrieval_ms > 0


class Odd:
    """A ranker with a taste of its own."""

    def __init__(self) -> None:
        self.asked: list[tuple[Visitor, list[int]]] = []

    def rank(self, visitor: Visitor, candidates: np.ndarray) -> np.ndarray:
        self.asked.append((visitor, candidates.tolist()))
        return candidates % 2 + candidates / 1000


def test_the_ranker_orders_the_candidates_and_nothing_else(
    log: Log, served: tuple[CandidateModel, RecommenderNetwork], service: TwoStage
) -> None:
    ranker, visitor = Odd(), visitor_of(log, 5)
    answer = TwoStage(*served, ranker=ranker, candidates=50, shown=12).answer(visitor)
    found = service.answer(visitor).candidates[:50].tolist()
    assert ranker.asked == [(visitor, found)]
    assert answer.candidates.tolist() == found
    assert answer.items.tolist() == sorted(found, key=lambda item: (item % 2, item), reverse=True)[:12]
    assert answer.scores == pytest.approx(answer.items % 2 + answer.items / 1000)


def test_a_ranker_that_scores_something_else_is_a_mistake(served: tuple[CandidateModel, RecommenderNetwork]) -> None:
    class Short:
        def rank(self, visitor: Visitor, candidates: np.ndarray) -> np.ndarray:
            return np.zeros(3)

    with pytest.raises(ValueError, match=r"\(3,\) scores of \(200,\) candidates"):
        TwoStage(*served, ranker=Short()).answer(Visitor())


def test_the_ranking_model_shows_first_what_is_expected_to_be_watched_longest(
    log: Log, served: tuple[CandidateModel, RecommenderNetwork]
) -> None:
    """Videos whose number is even are watched for 100 seconds when clicked, the others for 10; every other impression
    is clicked."""
    videos = np.repeat(np.arange(300), 20)
    clicked = np.arange(len(videos)) % 2 == 0
    seconds = np.where(clicked, np.where(videos % 2 == 0, 100.0, 10.0), 0.0)
    spec = RankingSpec(history=False, categories=(), numbers=(), hidden=())
    columns = Columns({"video": videos + 1}, len(videos))
    model = RankingModel.build(columns, clicked, seconds, {"video": 301}, spec, Training(deep=AdaGrad(rate=0.2)))
    network = model.network()
    trainer = RecommenderTrainer(network, model.training)
    batches = PreparedBatches(model.prepare(network, columns, clicked, seconds), model.training)
    for epoch in range(10):
        for step in range(batches.steps):
            trainer.train(batches.batch(epoch, step))
    ranker = ByExpectedTime(model, network, lambda _, items: Columns({"video": items + 1}, len(items)))
    service = TwoStage(*served, ranker=ranker, candidates=100, shown=20)
    answer = service.answer(visitor_of(log, 5))
    assert (answer.items % 2 == 0).all() and (answer.candidates % 2 == 1).any()
    assert answer.scores == pytest.approx(np.full(20, 50.0), rel=0.2)
    everything = Visitor([f"video {item}" for item in range(300)])
    assert len(service.answer(everything).items) == 0


# Histories that are edited by hand (§7.3) -------------------------------------------------------------------------


def test_an_edited_history_moves_the_vector_and_training_has_no_part_in_it(log: Log, service: TwoStage) -> None:
    network = service.network
    before = network.theta.clone(), {key: table.clone() for key, table in network.tables.items()}
    visitor = visitor_of(log, 9)
    longer = replace(visitor, history=[*visitor.history, "video 17"])
    first, second = service.answer(visitor), service.answer(longer)
    assert not np.allclose(first.vector, second.vector)
    assert 17 not in second.candidates
    assert service.vector_of(replace(longer, history=longer.history[:-1])) == pytest.approx(first.vector)
    assert torch.equal(network.theta, before[0])
    assert all(torch.equal(network.tables[key], table) for key, table in before[1].items())


def test_a_history_is_told_by_names_or_by_indices(service: TwoStage) -> None:
    names, indices = ["video 4", "video 250"], [4, 250]
    assert (service.vector_of(Visitor(names)) == service.vector_of(Visitor(indices))).all()
    assert service.watched(Visitor([*names, *indices])).tolist() == [4, 250, 4, 250]


def test_what_is_unknown_has_its_own_bucket(service: TwoStage) -> None:
    unknown = [service.vector_of(Visitor([item])) for item in ("no such video", -5, 300, 10**12)]
    assert all((one == unknown[0]).all() for one in unknown)
    assert service.watched(Visitor(["no such video", 300])).tolist() == [-1, -1]
    bucket = service.network.tables["pooled-1", "W"][0]
    kept = bucket.clone()
    bucket += 1.0
    assert not np.allclose(service.vector_of(Visitor(["no such video"])), unknown[0])
    bucket.copy_(kept)
    elsewhere = [service.vector_of(Visitor((), {"country": name})) for name in ("Atlantis", "Lemuria", "")]
    assert all((one == elsewhere[0]).all() for one in elsewhere)


def test_somebody_without_a_history_is_served_by_what_else_is_known(service: TwoStage) -> None:
    countries = service.model.columns.vocabularies["country"].names[:4]
    answers = [service.answer(Visitor((), {"country": name, "language": "English"})) for name in countries]
    assert all(len(answer.items) == 10 and np.isfinite(answer.scores).all() for answer in answers)
    vectors = np.stack([answer.vector for answer in answers])
    assert all(not np.allclose(vectors[0], other) for other in vectors[1:])
    assert service.answer(Visitor()).funnel.candidates == 100  # nothing at all is known


def test_a_history_longer_than_the_model_s_counts_its_latest_and_excludes_all(
    served: tuple[CandidateModel, RecommenderNetwork],
) -> None:
    service = TwoStage(*served, candidates=300, shown=300)
    history = [f"video {item}" for item in range(280)]
    answer = service.answer(Visitor(history))
    assert answer.vector == pytest.approx(service.vector_of(Visitor(history[-50:])))
    assert sorted(answer.items.tolist()) == list(range(280, 300))
    assert answer.funnel.candidates == answer.funnel.shown == 20
    nothing = service.answer(Visitor([f"video {item}" for item in range(300)]))
    assert len(nothing.items) == len(nothing.candidates) == 0


def test_a_network_that_has_diverged_is_not_served(served: tuple[CandidateModel, RecommenderNetwork]) -> None:
    model, _ = served
    broken = model.network()
    broken.tables[broken.plan.output.id, "V"][3, 0] = float("nan")
    with pytest.raises(EngineError, match="1 of the item vectors hold values that are not finite"):
        TwoStage(model, broken)


# A large catalogue (§7.6) -----------------------------------------------------------------------------------------


def test_of_a_large_catalogue_an_index_delivers_what_it_has_promised() -> None:
    log = VideoSite(VideoSiteSpec(users=1500, items=EXACT_BELOW + 4000, events=30_000)).log()
    model = CandidateModel.build(log, CandidateSpec(dimensions=16, hidden=(16,)), Training(batch_size=512))
    network = model.network()
    users = model.user_vectors(network, log, np.arange(400))
    service = TwoStage(model, network, candidates=100, trials=users[:128])
    assert service.index.lists > 0
    queries = users[128:]
    exact = ExactIndex(model.item_vectors(network)).search(queries, 100)
    assert recall_at(100, exact, service.index.search(queries, 100)) > service.index.expected_recall - 0.1
    answer = service.answer(visitor_of(log, 200))
    assert answer.funnel.catalogue == log.item_count and answer.funnel.candidates == 100
    assert not np.isin(answer.candidates, log.items[log.users == 200]).any()
    inner = model.item_vectors(network)[answer.candidates] @ answer.vector
    assert answer.candidate_scores == pytest.approx(inner, abs=1e-5) and (np.diff(inner) < 1e-6).all()
