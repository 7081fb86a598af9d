"""YoutubeDNN's candidate generation as a declared recommender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from engine.flags import Flag
from engine.problems import Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import Gives, data_source
from engine.recommenders.judging.standing import COMPARED_AT, list_of_all
from engine.recommenders.running.settings import AdaGrad, Training
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
from engine.recommenders.tasks.candidates.spec import FEATURES, CandidateChoice

if TYPE_CHECKING:
    from engine.data.sampling import Watch
    from engine.graph.model import NetworkGraph
    from engine.recommenders.data.profile.shapes import Profile
    from engine.recommenders.data.row_snapshot import Frames
    from engine.recommenders.data.sources import Watches
    from engine.recommenders.running.checkpoints import Checkpoint


class CandidateQuestion(RecommenderQuestion):
    """Whom to recommend to: a ``user`` of the log, or anybody of this ``history`` and ``category``."""

    user: Annotated[str | None, Flag(metavar="NAME")] = Field(
        default=None, description="one of the training log's users"
    )
    history: Annotated[tuple[str, ...] | None, Flag(metavar="I,…")] = Field(
        default=None, description="what somebody has watched, by name"
    )
    category: Mapping[str, str] = Field(default_factory=dict, description="of somebody, such as country=DE")
    ranker: Annotated[Path | None, Flag(metavar="FILE")] = Field(
        default=None, description="a checkpoint of ranking, as the second stage"
    )


# Fast, as the best epoch is kept; and short histories: a mean of fifty watches hides what somebody likes by now. On
# MovieLens twenty give a hit rate of 0.267, fifty 0.243 and three hundred 0.227.
ANY = Preset(CandidateChoice(history=20), Training(deep=AdaGrad(rate=0.2)))


def told_at(length: int) -> tuple[str, ...]:
    """The figures that come first where lists of this length are judged."""
    return f"HR@{length}", f"NDCG@{length}"


class CandidateKind(TaskKind[CandidateChoice]):
    """See :class:`engine.recommenders.tasks.base.TaskKind`."""

    key = "candidates"
    label = "YoutubeDNN candidates"
    summary = "Learns vectors of users and items from what was watched next: which items are worth ranking?"
    purpose = "candidate generation"
    spec_type = CandidateChoice
    question_type = CandidateQuestion
    features = FEATURES
    needs = Gives.WATCHES
    usual_sources = ("movielens-small", "video-site")
    best = told_at(COMPARED_AT)
    start = ANY
    trial = RecommenderData(source="video-site", events=50_000)

    def open(
        self,
        data: RecommenderData,
        spec: CandidateChoice,
        training: Training,
        device: str = "cpu",
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
    ) -> RecommenderTask:
        """A new task; the last watch of each user is kept to judge on, or any, which ``split`` draws."""
        from engine.recommenders.tasks.candidates.task import CandidateTask

        watches = data_source(data.source).watches(data, progress)
        return CandidateTask(data, watches, spec, training, device, None, split, graph)

    def draft(
        self,
        data: RecommenderData,
        spec: CandidateChoice,
        split: int = 0,
        progress: Callable[[float], None] | None = None,
        graph: NetworkGraph | None = None,
        carried: Carried | None = None,
    ) -> Askable[Any]:
        """What the template is, which features there are, and what an edited graph has."""
        from engine.recommenders.tasks.candidates.draft import DraftCandidates
        from engine.recommenders.tasks.drafts.asks import ASKS

        watches = data_source(data.source).watches(data, progress) if carried is None else _watches_in(carried)
        return Askable(DraftCandidates(data, watches, spec, split, graph), ASKS)

    def reopen(
        self,
        kept: Mapping[str, Any],
        data: RecommenderData,
        training: Training,
        device: str = "cpu",
        rows: Frames | None = None,
    ) -> RecommenderTask:
        """The task of a checkpoint."""
        from engine.recommenders.tasks.candidates.model import CandidateModel
        from engine.recommenders.tasks.candidates.task import CandidateTask

        model, seed = CandidateModel.from_json(kept["model"]), kept.get("split", 0)
        if rows is None:
            watches = model.known(data_source(data.source).watches(data))
        else:
            watches = _watches_in(Carried(kept, rows))
        length = _length_in(kept)
        return CandidateTask(data, watches, model.columns.spec, training, device, model, seed, compared_at=length)

    def profile_carried(self, carried: Carried, data: RecommenderData, watch: Watch) -> Profile:
        """The watches that the network has learned from and is judged on."""
        from engine.recommenders.data.logs.stream import stream_of_log
        from engine.recommenders.data.profile.log_profile import profile_log

        title = data_source(data.source).label if data.path is None else data.path.name
        stream = stream_of_log(_watches_in(carried).log, title, watch)
        stream.timed = data.mapping is None or data.mapping.time is not None
        return profile_log(stream)

    def read_rows(self, data: RecommenderData) -> ReadRows:
        """All watches, and what is known of users and items."""
        from engine.recommenders.data.row_snapshot import frames_of_watches

        watches = data_source(data.source).watches(data)
        return ReadRows(frames_of_watches(watches), watches.notices)

    def fits(self, kept: Mapping[str, Any], data: RecommenderData) -> bool:
        """Whether the log has the very items of the model."""
        from engine.recommenders.tasks.candidates.model import CandidateModel

        watches = data_source(data.source).watches(data)
        return CandidateModel.from_json(kept.get("model")).known(watches) is watches

    def judged_as(self, kept: Mapping[str, Any]) -> object:
        """Which watch of each user is held out; a seed draws it where it is a random one."""
        held_out = kept["model"]["columns"]["spec"]["held_out"]
        return held_out, kept.get("split") if held_out == "random" else None

    def doubts(self, kept: Mapping[str, Any]) -> tuple[Problem, ...]:
        """A list that holds every item tells no model from another."""
        return list_of_all(_length_in(kept), len(kept["model"]["item_names"]))

    def best_in(self, kept: Mapping[str, Any]) -> tuple[str, ...]:
        """Of lists of the length that its first training chose for the catalogue."""
        return told_at(_length_in(kept))

    def compared_by(self, chosen_by: str | None = None) -> tuple[str, ...]:
        """The same, of a run."""
        return self.best if chosen_by is None else (chosen_by, chosen_by.replace("HR@", "NDCG@"))

    def judged_rows(self, before: Frames, now: Frames) -> int:
        """The users whose last watch of an item that the network knows is new."""
        from engine.recommenders.data.row_snapshot import watches_of
        from engine.recommenders.judging.next_watch import hold_out_added

        own, log = watches_of(before).log, watches_of(now).log
        return len(hold_out_added(own, log.of_items(own.item_names)).rows)

    def none_judged(self, path: str) -> Problem:
        """They are of users or items that are new."""
        from engine.recommenders.judging.next_watch import NO_ADDED_WATCHES

        return NO_ADDED_WATCHES(path=path)

    def on_added_rows(self, task: RecommenderTask) -> RecommenderTask:
        """Judged on the last watches of those users whose last one is new."""
        from engine.recommenders.tasks.candidates.task import CandidateTask

        assert isinstance(task, CandidateTask)
        return task.on_added_rows(data_source(task.data.source).watches(task.data))

    def explain(self, task: RecommenderTask, question: RecommenderQuestion, others: Others) -> Explanation:
        """What is recommended, and by which way it came."""
        from engine.recommenders.tasks.candidates.explain import explained
        from engine.recommenders.tasks.candidates.task import CandidateTask

        assert isinstance(task, CandidateTask) and isinstance(question, CandidateQuestion)
        return explained(
            task, others, question.user, question.history, question.category, question.shown, question.ranker
        )

    def askable(self, task: RecommenderTask, checkpoint: Checkpoint, others: Others) -> Askable[Any]:
        """What is recommended to whom and why, what the tables hold, and what it is worth."""
        from engine.recommenders.tasks.candidates.asks import ASKS
        from engine.recommenders.tasks.candidates.opened import OpenedCandidates
        from engine.recommenders.tasks.candidates.task import CandidateTask

        assert isinstance(task, CandidateTask)
        return Askable(OpenedCandidates(task, checkpoint, others), ASKS)


def _length_in(kept: Mapping[str, Any]) -> int:
    """The length that a task chooses by; older ones say none."""
    length = kept.get("compared_at")
    return length if type(length) is int and length > 0 else COMPARED_AT


def _watches_in(carried: Carried) -> Watches:
    """The log as its training read it. Raises EngineError where the rows are no log's."""
    from engine.recommenders.data.fingerprint import fingerprint_in, notices_in
    from engine.recommenders.data.row_snapshot import watches_of

    kept = carried.kept
    return watches_of(carried.rows)._replace(fingerprint=fingerprint_in(kept), notices=notices_in(kept))
