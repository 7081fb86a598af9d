"""YoutubeDNN's candidate generation on a log of watches: the last of each user is kept to be judged on, and the one
before it to choose an epoch by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.graph.columns import Bags
from engine.graph.model import NetworkGraph
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.fingerprint import document_of_data
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.row_snapshot import (
    RowSnapshot,
    added_rows,
    frames_of_watches,
    identities,
    packed,
    row_changes,
)
from engine.recommenders.data.sources import Watches, is_drawn
from engine.recommenders.data.tables.row_numbers import RowNumbers
from engine.recommenders.judging.baselines import EASE, Baseline, ItemKNN, Popular, RecentPopular
from engine.recommenders.judging.next_watch import (
    NO_ADDED_WATCHES,
    NextWatchEvaluation,
    Split,
    differences_of,
    evaluate_full,
    hold_out_added,
    hold_out_last,
    hold_out_random,
    hold_out_to_choose,
    metrics_of,
)
from engine.recommenders.judging.standing import APART, ERROR, compared_length, judged_lengths
from engine.recommenders.model.prepared_rows import PreparedRows
from engine.recommenders.running.settings import Training
from engine.recommenders.running.trainer import RecommenderTrainer
from engine.recommenders.serving.two_stage import Visitor
from engine.recommenders.tasks.base import NETWORK, NO_ADDED_ROWS, Figures, Part, RecommenderTask
from engine.recommenders.tasks.candidates.example_batches import ExampleBatches, WithheldWatches
from engine.recommenders.tasks.candidates.histories import first_watches
from engine.recommenders.tasks.candidates.model import CandidateModel
from engine.recommenders.tasks.candidates.popular_start import item_counts
from engine.recommenders.tasks.candidates.rules import LogShape, settled
from engine.recommenders.tasks.candidates.spec import CandidateChoice

ADDED_WATCHES_LEARNED = declare(
    "recommender.added-watches-learned",
    "The simpler models have also learned from {count} {count:row|rows} that training didn't have; the network hasn't.",
)
ADDED_WATCHES_JUDGED = declare(
    "recommender.added-watches-judged",
    "Rows that training didn't have: {added}. Judged on: {judged}, each a user's last watch among the items that the"
    " network knows, where that is such a row and not the user's only one. Rows of items that it doesn't know:"
    " {unknown}. Users with such rows who are left out: {left}.",
)
HELD_OUT_KNOWN = declare(
    "recommender.notice-held-out-known",
    "{count} of the {rows} held-out watches {count:is|are} of what the user has watched before. Nobody is recommended"
    " that again, so every model misses {count:it|them}, with repeats to learn from or without.",
)
ONLY_HELD_OUT_KNOWN = declare(
    "recommender.notice-only-held-out-known",
    "The only held-out watch is of what the user has watched before. Nobody is recommended that again, so every model"
    " misses it, with repeats to learn from or without.",
)
REPEATS_IDLE = declare(
    "recommender.notice-repeats-idle",
    "No user watched anything twice in the training data, so learning from repeats changes nothing.",
)


class CandidateTask:
    """See :class:`engine.recommenders.tasks.base.RecommenderTask`."""

    def __init__(
        self,
        data: RecommenderData,
        watches: Watches,
        spec: CandidateChoice,
        training: Training,
        device: str = "cpu",
        model: CandidateModel | None = None,
        seed: int = 0,
        graph: NetworkGraph | None = None,
        split: Split | None = None,
        compared_at: int | None = None,
    ) -> None:
        """``spec``: what it leaves open is settled by the log's shape. ``model``: one that is there already, of a
        checkpoint. ``seed``: of the watches to judge on, where those are drawn. ``graph``: trained in place of the
        template. ``split``: holds out other watches than the spec says. ``compared_at``: the length of the lists by
        whose hit rate it is compared, :func:`compared_length` unless given. Raises EngineError where data and model do
        not fit."""
        self.data, self.training, self.seed = data, training, seed
        self.log, self.tokens = watches.log, watches.tokens
        self._read_notices = watches.notices
        self.fingerprint = watches.fingerprint
        items = self.log.item_count
        self.compared_at = compared_length(items) if compared_at is None else compared_at
        self.lengths = sorted({*judged_lengths(items), self.compared_at})
        if model is not None:
            model.check_items(self.log)
        self.split = split or (hold_out_last(self.log) if spec.held_out == "last" else hold_out_random(self.log, seed))
        self.choice = hold_out_to_choose(self.split.train)
        # ``searched``: what was searched for before each watch of the split's training log; ``asked``: before each
        # held-out watch, a bag for each of the split's users.
        self.searched, self.asked = apart(self.split, watches.searches)
        before, self._asked_to_choose = apart(self.choice, self.searched)
        learned = self.choice.train
        if model is None:
            chosen = settled(spec, LogShape.of(learned))
            model = CandidateModel.build(learned, chosen, training, self.searched, graph)
        self.model = model
        self.network = self.model.network(device, item_counts(learned))
        self.batches = ExampleBatches(self.network.plan, self.model.columns, learned, training, before)
        self._beside: Mapping[Part, dict[str, NextWatchEvaluation]] = {"valid": {}, "test": {}}

    @cached_property
    def notices(self) -> tuple[Problem, ...]:
        """What was done to the log as it was read, and what no model can find of it."""
        said = list(self._read_notices)
        rows = len(self.split.rows)
        if count := round(self.split.repeated * rows) if rows else 0:
            several = HELD_OUT_KNOWN(count=f"{count:,}", rows=f"{rows:,}")
            said.append(ONLY_HELD_OUT_KNOWN() if rows == 1 else several)
        if self.model.columns.spec.repeats and first_watches(self.split.train).all():
            said.append(REPEATS_IDLE())
        return tuple(said)

    @cached_property
    def withheld(self) -> WithheldWatches:
        """The watches that an epoch is chosen by: each user's latest say most of what comes next."""
        log, columns = self.split.train, self.model.columns
        return WithheldWatches(self.network, columns, log, self.training, self.searched, self.choice.rows)

    @cached_property
    def trainer(self) -> RecommenderTrainer:
        """The optimisers and what they remember, made when training asks for it: as large as the tables themselves."""
        return RecommenderTrainer(self.network, self.training, self.batches.counts())

    @property
    def examples(self) -> int:
        """Examples to train on."""
        return self.batches.rows

    @property
    def numbering(self) -> RowNumbers:
        """From 0: an example is no row of the log."""
        return RowNumbers(self.examples)

    def prepared(self, rows: NDArray[np.int64]) -> PreparedRows:
        """Some training examples, ready for a pass."""
        return self.batches.at(rows)

    def document(self) -> dict[str, Any]:
        """What a checkpoint keeps."""
        data = document_of_data(self.data, self.fingerprint, self.seed, self._read_notices)
        return {"task": "candidates", "model": self.model.to_json(), "compared_at": self.compared_at, **data}

    @cached_property
    def snapshot(self) -> RowSnapshot | None:
        """The log, and what is known of its users and items."""
        return None if is_drawn(self.data) else packed(frames_of_watches(Watches(self.log)))

    def on_added_rows(self, watches: Watches) -> CandidateTask:
        """The same network, to be judged on the last watches of those users whose last one is not in its own log.

        What is new of other items is left out, as the network has no vectors of them. Raises EngineError for none.
        """
        log, watches = watches.log, self.model.known(watches)
        own, every, now = (identities(frames_of_watches(Watches(one))) for one in (self.log, log, watches.log))
        added, known = added_rows(own, every), added_rows(own, now)
        split = hold_out_added(self.log, watches.log)
        if not len(split.rows):
            none = NO_ADDED_WATCHES if any(row_changes(own, every)) else NO_ADDED_ROWS
            raise EngineError(none(path="" if self.data.path is None else self.data.path.name))
        left = len(np.unique(log.users[added])) - len(split.rows)
        judged = ADDED_WATCHES_JUDGED(
            added=f"{len(added):,}", judged=f"{len(split.rows):,}", unknown=f"{len(added) - len(known):,}",
            left=f"{left:,}",
        )  # fmt: skip
        learned = len(known) - len(split.rows)
        told = (judged, ADDED_WATCHES_LEARNED(count=f"{learned:,}")) if learned else (judged,)
        watches = watches._replace(notices=(*watches.notices, *told))
        task = CandidateTask(
            self.data, watches, self.model.columns.spec, self.training, self.network.device, self.model, self.seed,
            split=split, compared_at=self.compared_at,
        )  # fmt: skip
        task.network = self.network
        return task

    @property
    def judged_rows(self) -> int:
        """Held-out watches, one of each of their users."""
        return len(self.split.rows)

    def figures(self, part: Part = "valid") -> Figures:
        """Hit rate and the like in the full catalogue: of the watches held out to choose by, or of the last ones."""
        if part == "test":
            return self._judged(self.model.evaluation(self.network, self.split, self.asked))
        return self.model.evaluate(self.network, self.choice, self._asked_to_choose, self.lengths)

    def baselines(self, part: Part = "valid") -> Iterator[tuple[str, Figures]]:
        """The same of what is popular, of ItemKNN and of EASE, for the very same users, learned from all watches before
        the held-out ones; worked out once."""
        split = self.choice if part == "valid" else self.split
        network = None if part == "valid" else self.model.evaluation(self.network, self.split, self.asked)
        for name, evaluation in compared(split, self._beside[part]):
            yield name, self._judged(evaluation) | ({} if network is None else self._apart(network, evaluation))

    def _judged(self, evaluation: NextWatchEvaluation) -> dict[str, float]:
        figures: dict[str, float] = {}
        for name, estimate in metrics_of(evaluation.ranks, self.lengths).items():
            figures |= {name: estimate.value, name + ERROR: estimate.error}
        return figures

    def _apart(self, network: NextWatchEvaluation, other: NextWatchEvaluation) -> dict[str, float]:
        pairs = differences_of(network.ranks, other.ranks, self.lengths)
        return {name + APART: difference.error for name, difference in pairs.items()}

    def held_out(self, user: int) -> int | None:
        """The row of a user's held-out watch in the whole log; None of whom none is held out."""
        place = self._held_place(user)
        return None if place is None else int(self.split.rows[place])

    def _held_place(self, user: int) -> int | None:
        """A user's place among the held-out watches."""
        place = int(np.searchsorted(self.split.users, user))
        return place if place < len(self.split.users) and self.split.users[place] == user else None

    def visitor_of(self, user: int) -> Visitor:
        """A user of the log as they were before the held-out watch, which is not in the history: what they had watched,
        what they had searched for, and when it was."""
        train, place, held = self.split.train, self._held_place(user), self.held_out(user)
        rows = slice(*np.searchsorted(train.users, (user, user + 1)).tolist())
        features = {name: str(values[user]) for name, values in self.log.user_features.items()}
        searches: list[int] = [] if place is None or self.asked is None else self.asked.bag(place).tolist()
        now = int(self.log.times.max(initial=0) if held is None else self.log.times[held])
        return Visitor(train.items[rows].tolist(), features, searches, train.times[rows].tolist(), now)

    def evaluations(self) -> Mapping[str, NextWatchEvaluation]:
        """The ranks behind the verdict, user by user, so that two recommenders can be told apart by their pairs."""
        network = self.model.evaluation(self.network, self.split, self.asked)
        return {NETWORK: network, **dict(compared(self.split, self._beside["test"]))}

    def companions(self) -> Mapping[str, RecommenderTask]:
        """None: no part of this network makes sense by itself."""
        return {}


def compared(
    split: Split, done: dict[str, NextWatchEvaluation] | None = None
) -> Iterator[tuple[str, NextWatchEvaluation]]:
    """What is popular, ItemKNN and, where the catalogue squared fits into memory, EASE, fitted on the split's training
    log and judged on its held-out watches, one after another; what is ``done`` is not done again."""
    done = {} if done is None else done
    for name, fit in _BASELINES.items():
        with suppress(EngineError):  # EASE says so where it takes too much
            if name not in done:
                done[name] = evaluate_full(fit(split.train).scores, split)
            yield name, done[name]


_BASELINES: dict[str, Callable[[Log], Baseline]] = {
    "popular": Popular.fit,
    "recently popular": RecentPopular.fit,
    "ItemKNN": ItemKNN.fit,
    "EASE": EASE.fit,
}


def apart(split: Split, searches: Bags | None) -> tuple[Bags | None, Bags | None]:
    """The searches of the watches to train on, and of each held-out one: those come before it, so they may be seen."""
    if searches is None:
        return None, None
    rest = np.setdiff1d(np.arange(searches.rows), split.rows)
    return searches.take(rest), searches.take(split.rows)
