"""What runs, models, data and figures are called, how their numbers are written, and what one is better by."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import NOTHING, loss_text, probability, short, signed, with_error
from app.kit.translation import QT_TRANSLATE_NOOP, sentence_of, worded
from app.workspaces.recommender.open_run import Doing
from engine.problems import EngineError, Problem
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.sources import data_source
from engine.recommenders.data.sources.own_file import UNREAD_TITLE
from engine.recommenders.data.tables.labelled import HOW_TO_KEEP
from engine.recommenders.judging.standing import LOWER_IS_BETTER, Rival, disagreement, part_without_loss
from engine.recommenders.running.run_history import RunHistory
from engine.recommenders.running.run_state import RunState
from engine.recommenders.tasks.base import NETWORK, TRUTH, figures_of
from engine.recommenders.tasks.known import task_kind

BINNED = " (binned)"
"""Ends the names of columns that hold the bin of a number."""
_DOING: dict[Doing, str] = {
    "planned": QT_TRANSLATE_NOOP("Runs", "not begun"),
    "starting": QT_TRANSLATE_NOOP("Runs", "starting"),
    "running": QT_TRANSLATE_NOOP("Runs", "running"),
    "stopping": QT_TRANSLATE_NOOP("Runs", "stopping"),
    "stopped": QT_TRANSLATE_NOOP("Runs", "paused"),
    "finished": QT_TRANSLATE_NOOP("Runs", "finished"),
    "diverged": QT_TRANSLATE_NOOP("Runs", "diverged"),
    "failed": QT_TRANSLATE_NOOP("Runs", "failed"),
    "killed": QT_TRANSLATE_NOOP("Runs", "was killed"),
}
_PLACES: dict[str, str] = {
    "adult": QT_TRANSLATE_NOOP("Runs", "Census income"),
    "movielens-small": QT_TRANSLATE_NOOP("Runs", "MovieLens small"),
}
"""Short names of data whose own are long."""
_SIMPLE: dict[str, str] = {
    TRUTH: QT_TRANSLATE_NOOP("Worth", "the truth itself"),
    "each video's mean": QT_TRANSLATE_NOOP("Worth", "each video's mean"),
    "the mean for all": QT_TRANSLATE_NOOP("Worth", "the mean for all"),
    "logistic regression": QT_TRANSLATE_NOOP("Worth", "logistic regression"),
    "boosted trees": QT_TRANSLATE_NOOP("Worth", "boosted trees"),
    "popular": QT_TRANSLATE_NOOP("Worth", "popular"),
    "recently popular": QT_TRANSLATE_NOOP("Worth", "recently popular"),
}
_COMPANIONS: dict[str, str] = {
    "wide": QT_TRANSLATE_NOOP("Runs", "wide only"),
    "deep": QT_TRANSLATE_NOOP("Runs", "deep only"),
    "uncured": QT_TRANSLATE_NOOP("Runs", "without the cure"),
    "cured": QT_TRANSLATE_NOOP("Runs", "with the cure"),
    "linear": QT_TRANSLATE_NOOP("Runs", "no hidden layer"),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How a figure is told. ``label``: a source string of the context ``Runs``; ``share``: written as per cent;
    ``most``: the greatest value that there can be."""

    key: str
    label: str
    share: bool = False
    most: float = 1.0

    @property
    def higher(self) -> bool:
        """Whether more is better."""
        return self.key not in LOWER_IS_BETTER

    @property
    def name(self) -> str:
        """In the window's language."""
        length = self.key[self.key.find("@") :] if "@" in self.key else ""
        return QCoreApplication.translate("Runs", self.label) + length

    @property
    def title(self) -> str:
        """The name as a heading begins."""
        return self.name[:1].upper() + self.name[1:]

    def text(self, value: float | None, error: float | None = None) -> str:
        """Return a value of it, ± its standard error where that is known."""
        if value is None:
            return NOTHING
        if error is not None:
            return f"{with_error(100.0 * value, 100.0 * error, 1)} %" if self.share else with_error(value, error, 4)
        if value < 0:
            return f"{signed(100.0 * value, 1)} %" if self.share else short(value)
        return probability(value) if self.share else loss_text(value)


_MEASURES = {
    measure.key: measure
    for measure in (
        Measure("log_loss", QT_TRANSLATE_NOOP("Runs", "log loss"), most=inf),
        Measure("auc", QT_TRANSLATE_NOOP("Runs", "AUC")),
        Measure("calibration_error", QT_TRANSLATE_NOOP("Runs", "calibration error")),
        Measure("HR", QT_TRANSLATE_NOOP("Runs", "hit rate"), share=True),
        Measure("NDCG", QT_TRANSLATE_NOOP("Runs", "NDCG")),
        Measure("explained", QT_TRANSLATE_NOOP("Runs", "explained"), share=True),
        Measure("spearman", QT_TRANSLATE_NOOP("Runs", "rank correlation")),
    )
}


def measures_of(model: str, chosen_by: str | None = None) -> tuple[Measure, ...]:
    """The figures by which runs of a model are told, the one that they are compared by first; ``chosen_by``: the figure
    that a run says that it chooses its epoch by."""
    try:
        return tuple(measure_of(name) for name in task_kind(model).compared_by(chosen_by))
    except EngineError:
        return ()


def measures_of_run(model: str, history: RunHistory | None) -> tuple[Measure, ...]:
    """The same of a run; until it has started, nobody knows the length of the lists that it is judged by."""
    measures = measures_of(model, None if history is None else history.state.chosen_by)
    if history is not None and history.started is not None:
        return measures
    return tuple(replace(measure, key=measure.key.partition("@")[0]) for measure in measures)


def measure_of(key: str) -> Measure:
    """How a figure is told; one that nothing is known of, by its own name."""
    found = _MEASURES.get(key.partition("@")[0])
    return Measure(key, key, most=inf) if found is None else replace(found, key=key)


_CHOSEN_HERE = {
    HOW_TO_KEEP.code: QT_TRANSLATE_NOOP(
        "Columns", "To read a column that was left out, choose its use under “taken as” when you import the file."
    ),
    UNREAD_TITLE.code: QT_TRANSLATE_NOOP(
        "Columns",
        "“{column}” isn't read, so items are shown by their ids. To read it, import the file again and take it as the"
        " title.",
    ),
}


def notice_words(problem: Problem) -> str:
    """The sentence of what was found in data; where it names flags, what there is to choose in the window."""
    if problem.code not in _CHOSEN_HERE:
        return sentence_of(problem)
    return QCoreApplication.translate("Columns", _CHOSEN_HERE[problem.code]).format(**problem.parameters)


def doing_words(doing: Doing) -> str:
    """What a run does."""
    return QCoreApplication.translate("Runs", _DOING[doing])


def companion_name(which: str) -> str:
    """A model that is trained beside a run."""
    return QCoreApplication.translate("Runs", _COMPANIONS[which]) if which in _COMPANIONS else which


def simple_name(name: str) -> str:
    """A simpler model in the window's language; names of methods stay."""
    return QCoreApplication.translate("Worth", _SIMPLE[name]) if name in _SIMPLE else name


def model_name(key: str) -> str:
    """A recommender by its task kind's key."""
    try:
        return worded(task_kind(key).label)
    except EngineError:
        return key


def data_name(data: RecommenderData) -> str:
    """A choice of data in few words."""
    if data.path is not None:
        return Path(data.path).name
    if data.source in _PLACES:
        return QCoreApplication.translate("Runs", _PLACES[data.source])
    try:
        return worded(data_source(data.source).label)
    except EngineError:
        return data.source


def about_rows() -> str:
    """What the two sorts of held-out rows are, for tooltips: whoever shows figures of either has this to say."""
    return QCoreApplication.translate(
        "Runs",
        "Validation rows choose the epoch. Test rows are kept to the end of the run, only for its verdict; no "
        "run ever learns from them.",
    )


def column_words(name: str) -> str:
    """Return a column's name as it is shown: that of a number's bins says so in the window's language."""
    number = name.removesuffix(BINNED)
    return name if number == name else QCoreApplication.translate("Columns", "{number} (binned)").format(number=number)


def part_in(state: RunState) -> tuple[str, Rival] | None:
    """The companion of a run that is no worse than its network, and the figure that shows it; None where none is."""
    if NETWORK not in state.judged:
        return None
    parts = {name: figures for name, figures in state.judged.items() if name in state.companions}
    measures = measures_of(state.plan.model, state.chosen_by)
    return part_without_loss(state.judged[NETWORK], parts, [measure.key for measure in measures])


def part_words(state: RunState) -> str:
    """What that companion has against the network, a sentence; empty where there is none."""
    if (found := part_in(state)) is None:
        return ""
    measure, rival = measure_of(found[0]), found[1]
    value = state.judged[NETWORK][measure.key]
    assert value is not None
    translate = QCoreApplication.translate
    better = translate(
        "RunSentence", "{part} is better than this network: {measure} {value} against {own}; {difference}."
    )
    level = translate(
        "RunSentence", "{part} is level with this network: {measure} {value} against {own}; {difference}."
    )
    told = (better if rival.standing == "worse" else level).format(
        part=companion_name(rival.name), measure=measure.name, value=measure.text(rival.value),
        own=measure.text(value), difference=difference_words(rival.value, value, rival.error, measure),
    )  # fmt: skip
    return told[:1].upper() + told[1:]


def disagreement_words(state: RunState) -> str:
    """That one figure calls a run better than simple models and another worse, a sentence; else empty."""
    own, others = figures_of(state)
    measures = measures_of(state.plan.model, state.chosen_by)
    if (found := disagreement(own, others, [measure.key for measure in measures])) is None:
        return ""
    said: dict[str, str] = {}
    for side, (figure, rival) in zip(("better", "worse"), found, strict=True):
        measure = measure_of(figure)
        said[side], said[f"{side}_own"] = measure.name, measure.text(own[figure])
        said[f"{side}_rival"], said[f"{side}_name"] = measure.text(rival.value), simple_name(rival.name)
    words = QCoreApplication.translate(
        "RunSentence",
        "The measures disagree: this network is better by {better} ({better_own} against {better_rival} of"
        " {better_name}), but worse by {worse} ({worse_own} against {worse_rival} of {worse_name}).",
    )
    return words.format(**said)


def _is_doubtful(state: RunState) -> bool:
    """Whether a run that is better than simple models has won little: it reads the answer, or a half of it is better
    than the whole."""
    part = part_in(state)
    return bool(state.leaks) or (part is not None and part[1].standing == "worse")


def standing_colour(rival: Rival | None, state: RunState) -> str:
    """The theme's colour for how a run stands to the best simple model."""
    standing = None if rival is None else rival.standing
    if disagreement_words(state):
        return "warning"
    if standing == "better":
        return "warning" if _is_doubtful(state) else "good"
    return "danger" if standing == "worse" else "text_muted"


def difference_words(value: float, other: float, error: float | None, measure: Measure) -> str:
    """A ``value`` less the ``other``, ± the standard error of that; empty where the error is not known."""
    if error is None:
        return ""
    apart = value - other
    if not measure.share:
        words = QCoreApplication.translate("RunSentence", "difference {difference} (one standard error)")
        return words.format(difference=with_error(apart, error, 4, sign=True))
    words = QCoreApplication.translate("RunSentence", "difference {difference} points (one standard error)")
    return words.format(difference=with_error(100.0 * apart, 100.0 * error, 1, sign=True))


def about_pairs() -> str:
    """What ± is where a difference is measured in pairs."""
    return QCoreApplication.translate(
        "RunSentence",
        "± one standard error of the difference, row by row, so what is hard for both cancels out. Level means "
        "within two.",
    )


def about_errors(rival: Rival | None) -> str:
    """What ± is there; empty where there is none."""
    if rival is None or rival.error is None:
        return ""
    if rival.paired:
        return about_pairs()
    return QCoreApplication.translate(
        "RunSentence",
        "± one standard error of the difference, as if measured on different rows, because rows weren't "
        "paired. Level means within two.",
    )
