"""Wide & Deep as a declared recommender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pydantic import Field

from engine.problems import EngineError
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import Gives, data_source
from engine.recommenders.data.tables.fields import Fields, binned_name
from engine.recommenders.running.settings import AdaGrad, Ftrl, Training
from engine.recommenders.serving.asking import Askable
from engine.recommenders.tasks.base import (
    Carried,
    Explanation,
    Others,
    Preset,
    ReadRows,
    RecommenderQuestion,
    RecommenderTask,
    TaskKind,
)
from engine.recommenders.tasks.wide_deep.spec import STORE_SPEC, WideDeepSpec

if TYPE_CHECKING:
    from engine.data.sampling import Watch
    from engine.graph.model import NetworkGraph
    from engine.recommenders.data.profile.shapes import Profile, Use
    from engine.recommenders.data.row_snapshot import Frames
    from engine.recommenders.data.tables.labelled import LabelledTable
    from engine.recommenders.running.checkpoints import Checkpoint


_TELLING = (
    "education", "marital-status", "occupation", "relationship", "workclass",
    binned_name("age"), binned_name("hours-per-week"), binned_name("capital-gain"),
)  # fmt: skip

# Of a table that nobody knows anything about: numbers straight to the logit, which few rows are enough for; much
# dropout and embeddings that begin small, for what has more weights than rows would be learned by heart, while the wide
# part learns fast what single columns say; and batches that give a small table some steps.
ANY = Preset(
    WideDeepSpec(straight=True, dropout=0.5, scale=0.01),
    Training(batch_size="auto", deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.1, l1=1e-4)),
)
ADULT = Preset(
    WideDeepSpec(crosses=tuple(combinations(_TELLING, 2)), dropout=0.1),
    Training(deep=AdaGrad(rate=0.02), wide=Ftrl(alpha=0.03, l1=0.01)),
)
APP_STORE = Preset(STORE_SPEC, Training(deep=AdaGrad(rate=0.01), wide=Ftrl(alpha=0.3, beta=0.002, l1=0.03)))


class WideDeepQuestion(RecommenderQuestion):
    """``rows`` of the table, each half's logit of each, and the strongest ``crosses``."""

    crosses: int = Field(default=10, ge=1, description="strongest crosses")


class WideDeep(TaskKind[WideDeepSpec]):
    """See :class:`engine.recommenders.tasks.base.TaskKind`."""

    key = "wide-deep"
    label = "Wide & Deep"
    summary = "Memorises which values occur together, generalises through embeddings: is the outcome a yes?"
    purpose = "Wide & Deep"
    spec_type = WideDeepSpec
    question_type = WideDeepQuestion
    needs = Gives.EXAMPLES
    usual_sources = ("adult",)
    best = ("auc", "log_loss")
    start = ANY
    starts: Mapping[str, Preset[WideDeepSpec]] = {"adult": ADULT, "app-store": APP_STORE}
    trial = RecommenderData(source="adult")
    in_parts = True

    def compared_by(self, chosen_by: str | None = None) -> tuple[str, ...]:
        """What it trains for first: the loss tells whether probabilities are right, AUC only their order."""
        return ("log_loss", "auc")

    def open(
        self,
        data: RecommenderData,
        spec: WideDeepSpec,
        training: Training,
        device: str = "cpu",
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
    ) -> RecommenderTask:
        """A new task."""
        from engine.recommenders.tasks.wide_deep.task import WideDeepTask

        labelled = data_source(data.source).examples(data, progress)
        return WideDeepTask(data, labelled, spec, training, device, split, None, graph)

    def draft(
        self,
        data: RecommenderData,
        spec: WideDeepSpec,
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
        carried: Carried | None = None,
    ) -> Askable[Any]:
        """What the template is, what an edited graph has, and what a cross makes of the training rows."""
        from engine.recommenders.tasks.wide_deep.draft import DraftWideDeep
        from engine.recommenders.tasks.wide_deep.draft_asks import ASKS

        labelled = data_source(data.source).examples(data, progress) if carried is None else _examples_in(carried)
        return Askable(DraftWideDeep(data, labelled, spec, split, graph), ASKS)

    def reopen(
        self,
        kept: Mapping[str, Any],
        data: RecommenderData,
        training: Training,
        device: str = "cpu",
        rows: Frames | None = None,
    ) -> RecommenderTask:
        """The task of a checkpoint."""
        from engine.recommenders.tasks.wide_deep.model import WideDeepModel
        from engine.recommenders.tasks.wide_deep.task import WideDeepTask

        model, split = WideDeepModel.from_json(kept["model"]), kept.get("split", 0)
        if rows is not None:
            labelled = _examples_in(Carried(kept, rows))
        else:
            labelled = replace(data_source(data.source).examples(data), fields=model.encoder.fields)
        return WideDeepTask(data, labelled, model.spec, training, device, split, model)

    def profile_carried(self, carried: Carried, data: RecommenderData, watch: Watch) -> Profile:
        """The columns that the network reads, and its label."""
        from engine.recommenders.data.profile.table_profile import profile_table

        found = _examples_in(carried)
        title = data_source(data.source).label if data.path is None else data.path.name
        return profile_table(found.table, title, found.goal, found.fields)

    def read_rows(self, data: RecommenderData) -> ReadRows:
        """All columns of the table."""
        from engine.recommenders.data.row_snapshot import ROWS

        examples = data_source(data.source).examples(data)
        return ReadRows({ROWS: examples.table}, examples.notices)

    def judged_as(self, kept: Mapping[str, Any]) -> object:
        """The label and the seed of the split."""
        return kept["model"]["goal"], kept.get("split")

    def spec_on(self, spec: WideDeepSpec, graph: NetworkGraph | None, data: RecommenderData) -> WideDeepSpec:
        """A cross stays where all its columns do."""
        from engine.recommenders.tasks.wide_deep.graph_spec import spec_of

        if graph is not None:
            with suppress(EngineError):  # a graph that isn't valid tells nothing
                spec = spec_of(graph, spec)
        if data.table is None:
            return spec
        known = {*Fields(data.table.categories, data.table.numbers).crossable, *data.table.bags}
        return spec.model_copy(update={"crosses": tuple(cross for cross in spec.crosses if known.issuperset(cross))})

    def columns_read(self, kept: Mapping[str, Any]) -> Mapping[str, Use]:
        """The columns of the encoder."""
        fields = kept["model"]["encoder"]["fields"]
        uses: dict[str, Use] = {"categories": "category", "numbers": "number", "bags": "bag"}
        return {name: use for sort, use in uses.items() for name in fields[sort]}

    def fits(self, kept: Mapping[str, Any], data: RecommenderData) -> bool:
        """Whether the training rows have the vocabularies, the means and the rate of the model."""
        from engine.recommenders.tasks.wide_deep.model import WideDeepModel

        labelled = data_source(data.source).examples(data)
        return WideDeepModel.from_json(kept.get("model")).fits(labelled, kept.get("split", 0))

    def on_added_rows(self, task: RecommenderTask) -> RecommenderTask:
        """Judged on all rows that are new."""
        from engine.recommenders.tasks.wide_deep.task import WideDeepTask

        assert isinstance(task, WideDeepTask)
        return task.on_added_rows(data_source(task.data.source).examples(task.data))

    def explain(self, task: RecommenderTask, question: RecommenderQuestion, others: Others) -> Explanation:
        """Each half's logit, and the strongest crosses."""
        from engine.recommenders.tasks.wide_deep.explain import explained
        from engine.recommenders.tasks.wide_deep.task import WideDeepTask

        assert isinstance(task, WideDeepTask) and isinstance(question, WideDeepQuestion)
        return explained(task, question.rows_of(task.numbering, task.data), question.crosses)

    def askable(self, task: RecommenderTask, checkpoint: Checkpoint, others: Others) -> Askable[Any]:
        """Why a row has its probability, what another value would change, and what the wide half remembers."""
        from engine.recommenders.tasks.wide_deep.asks import ASKS
        from engine.recommenders.tasks.wide_deep.opened import OpenedWideDeep
        from engine.recommenders.tasks.wide_deep.task import WideDeepTask

        assert isinstance(task, WideDeepTask)
        return Askable(OpenedWideDeep(task, checkpoint, others), ASKS)


def _examples_in(carried: Carried) -> LabelledTable:
    """The table as its training read it. Raises EngineError where the rows aren't those of the model."""
    from engine.recommenders.data.fingerprint import fingerprint_in, notices_in
    from engine.recommenders.data.row_snapshot import examples_of
    from engine.recommenders.data.tables.row_numbers import RowNumbers
    from engine.recommenders.tasks.wide_deep.model import WideDeepModel
    from engine.recommenders.tasks.wide_deep.task import FILE_ROWS

    model = WideDeepModel.from_json(carried.kept["model"])
    examples = examples_of(carried.rows, model.goal, model.encoder.fields)
    numbers = RowNumbers.from_json(examples.table.height, carried.kept.get(FILE_ROWS)).of_file
    fingerprint, notices = fingerprint_in(carried.kept), notices_in(carried.kept)
    return replace(examples, fingerprint=fingerprint, notices=notices, file_rows=numbers)
