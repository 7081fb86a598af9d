"""Candidate generation before it is trained: its log, its template, and which features there are to be had."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, Final

from engine.graph.model import NetworkGraph
from engine.network.plan import compile_graph
from engine.problems import Problem, declare
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import Watches
from engine.recommenders.judging.next_watch import hold_out_last, hold_out_random, hold_out_to_choose
from engine.recommenders.model.graph_facts import columns_read
from engine.recommenders.model.graph_fit import Readable
from engine.recommenders.tasks.candidates.graph import AGE, HISTORY, LATEST, SEARCHES, candidate_graph
from engine.recommenders.tasks.candidates.graph_spec import readable, spec_of
from engine.recommenders.tasks.candidates.histories import examples_of
from engine.recommenders.tasks.candidates.model import check_categories
from engine.recommenders.tasks.candidates.rules import LogShape, settled
from engine.recommenders.tasks.candidates.spec import FEATURES, CandidateChoice, CandidateSpec
from engine.recommenders.tasks.candidates.task import apart
from engine.recommenders.tasks.drafts.answers import DraftColumn, DraftFeature, DraftRows
from engine.recommenders.tasks.drafts.draft import Draft

NO_SEARCHES = declare(
    "recommender.no-searches",
    "This data has no searches. Choose data that does, such as the generated video site.",
)
NO_USER_FEATURES = declare(
    "recommender.no-user-features",
    "This data has no facts about its users, such as country, device or gender. Choose data that does.",
)
NO_SPAN = declare(
    "recommender.no-span", "All watches have the same time, so none is older than another. Choose data with times."
)
AGES: Final = (AGE, f"{AGE}²")


class DraftCandidates(Draft[CandidateSpec]):
    """See :class:`engine.recommenders.tasks.drafts.draft.Draft`. The log is that of the watches to learn from."""

    model, label = "candidates", "YoutubeDNN candidates"

    def __init__(
        self, data: RecommenderData, watches: Watches, choice: CandidateChoice, seed: int, edited: NetworkGraph | None
    ) -> None:
        """Raises EngineError for a category that the log does not have."""
        self.log = watches.log
        split = hold_out_last(self.log) if choice.held_out == "last" else hold_out_random(self.log, seed)
        self.learned = hold_out_to_choose(split.train).train
        self.searches = apart(split, watches.searches)[0]
        super().__init__(data, settled(choice, LogShape.of(self.learned)), edited)
        self.template(self.spec)

    @cached_property
    def readable(self) -> Readable:
        """Histories, searches, features of the users, ages."""
        return readable(self.learned, self.searches)

    @cached_property
    def rows(self) -> DraftRows:
        """Watches, and of these the examples."""
        examples = examples_of(self.learned, self.spec.per_user, self.spec.history, self.spec.repeats)
        return DraftRows(len(self.log), len(examples.rows), "watches")

    @cached_property
    def columns(self) -> tuple[DraftColumn, ...]:
        """Bags of watches and searches, features of the users, ages."""
        found = [DraftColumn(name, "bag", size, name) for name, size in self.readable.bags.items()]
        found += [
            DraftColumn(name, "category", size, _key(name)) for name, size in self.readable.categories.items()
        ]  # fmt: skip
        return (*found, *(DraftColumn(name, "number", None, "example_age") for name in self.readable.numbers))

    def template(self, spec: CandidateSpec) -> NetworkGraph:
        """Of this log."""
        check_categories(self.learned, spec)
        sizes = {name: self.readable.categories[name] for name in spec.categories}
        if SEARCHES in self.readable.bags:
            sizes[SEARCHES] = self.readable.bags[SEARCHES]
        return candidate_graph(self.learned.item_count, sizes, spec)

    def spec_of(self, graph: NetworkGraph, spec: CandidateSpec) -> CandidateSpec:
        """The spec that a graph agrees with."""
        return spec_of(graph, spec)

    def features(self, graph: NetworkGraph) -> tuple[DraftFeature, ...]:
        """Those of the paper, whether or not the data have them."""
        read = columns_read(compile_graph(graph, None))
        span = self.learned.times.max(initial=0) > self.learned.times.min(initial=0)
        latest = {"latest": 0 if LATEST in read else self.spec.latest or 1}
        age = not set(AGES).isdisjoint(read)
        return (
            _feature(HISTORY, read, (HISTORY,), None, {"watched": HISTORY not in read}),
            _feature(LATEST, read, (LATEST,), None, latest),
            _feature(
                SEARCHES, read, (SEARCHES,), NO_SEARCHES() if self.searches is None else None,
                {"searches": SEARCHES not in read},
            ),
            *self._of_users(read),
            _feature("example_age", read, AGES, None if span else NO_SPAN(), {"example_age": not age}),
        )  # fmt: skip

    def _of_users(self, read: Sequence[str]) -> list[DraftFeature]:
        known = list(self.readable.categories)
        if not known:
            return [_feature("category", read, (), NO_USER_FEATURES(), None)]
        on = [name for name in read if name in known]
        found = []
        for name in known:
            others = [one for one in on if one != name]
            change = {"categories": others if name in on else [*on, name]}
            found.append(_feature("category", read, (name,), None, change, name))
        return found


def _key(category: str) -> str:
    return f"category:{category}"


def _feature(
    sort: str,
    read: Sequence[str],
    columns: Sequence[str],
    why_not: Problem | None,
    change: Mapping[str, Any] | None,
    name: str | None = None,
) -> DraftFeature:
    on = not set(columns).isdisjoint(read)
    key = sort if name is None else _key(name)
    allowed = change if why_not is None else None
    return DraftFeature(key, sort, name, on, why_not is None, why_not, FEATURES[sort], tuple(columns), allowed)
