"""Weighted per-user loss of several towers, here and in the paper: two axes, as only the order can be compared."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from app.kit.charts.card import PlotCard
from app.kit.drawing.axes import AxisScale, error_bar
from app.kit.drawing.columns import Lines
from app.kit.drawing.drawing import Drawing, Frame
from app.kit.drawing.marks import Disc, Mark, Rectangle, Text, call
from app.kit.drawing.view import DrawingView
from app.kit.export import ExportTable
from app.kit.listing import joined
from app.kit.numbers import NOTHING, counted, fixed, grouped
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.frame import column_layout, fill, row_layout
from app.kit.widgets.labels import Label, wrapped
from app.workspaces.recommender.other_runs import RankingRun, RankingRuns
from app.workspaces.recommender.rank.ranker import LINEAR, OTHER_CURE, RankSession
from engine.recommenders.tasks.base import NETWORK
from engine.recommenders.tasks.ranking.answers import UserLoss
from engine.recommenders.tasks.ranking.spec import RankingSpec

Hidden = tuple[int, ...]

PAPER_LOSS: Final[Mapping[Hidden, float]] = {
    (): 41.6,
    (256,): 36.9,
    (512,): 36.7,
    (1024,): 35.8,
    (512, 256): 35.2,
    (1024, 512): 34.7,
    (1024, 512, 256): 34.6,
}
"""Weighted per-user loss by the units of the hidden layers, in the paper's order."""
PAPER_WITHOUT_POWERS, PAPER_UNWEIGHTED = 0.2, 4.1
"""By how much the last of these is worse without the powers of its numbers, and with clicks that all weigh the same."""


def tower_name(hidden: Hidden) -> str:
    """``512-256``; empty for no hidden layer."""
    return "-".join(map(str, hidden))


HEAD, FOOT, MOST_LINE, LEAST_LINE = 20.0, 16.0, 26.0, 15.0
NAME, VALUE, GAP = 0.25, 44.0, 16.0
"""The names' share of the width; pixels of a number, and between the two halves."""


@dataclass(frozen=True, slots=True)
class LossLine:
    """A model: ``paper`` and ``ours``, with its standard ``error``, in per cent; None where there is none. ``own``:
    the network that is open."""

    name: str
    paper: float | None
    ours: float | None
    error: float = 0.0
    own: bool = False


def draw_tower_losses(lines: tuple[LossLine, ...], frame: Frame) -> Drawing:
    """Draw a line for each model: the paper's loss at the left, ours with its standard error at the right."""
    if not lines:
        return Drawing()
    width, high = float(frame.width), (frame.height - HEAD - FOOT) / len(lines)
    height = min(MOST_LINE, max(LEAST_LINE, high))
    names = NAME * width
    half = (width - names - 2 * VALUE - 2 * GAP) / 2
    right = names + GAP / 2 + half + VALUE + GAP
    marks: list[Mark] = []
    for row, line in enumerate(lines):
        top, ink = HEAD + row * height, "text" if line.ours is not None else "text_muted"
        marks.append(Rectangle((0, top, width, height), key=row, tip=_words(line)))
        box = (0.0, top, names - 4, height)
        marks.append(Text(line.name, box, 12, ink, "right middle", bold=line.own, elide=True))
    paper = _half(lines, names + GAP / 2, half, height, ours=False)
    ours = _half(lines, right, half, height, ours=True)
    said = "; ".join(_words(line) for line in lines)
    return Drawing((*marks, *paper, *ours), description=said, numbers=call(_table, lines))


def _half(lines: tuple[LossLine, ...], left: float, width: float, height: float, *, ours: bool) -> list[Mark]:
    """Return the losses of the paper, or ours, on their own axis."""
    head = _tr("here") if ours else _tr("in the paper")
    marks: list[Mark] = [Text(head, (left, 0, width + VALUE, HEAD - 3), 11, "text_muted", "left middle", bold=True)]
    values = [line.ours if ours else line.paper for line in lines]
    known = [value for value in values if value is not None]
    if not known:
        return marks
    air, bottom = 0.08 * (max(known) - min(known)) or 1.0, HEAD + height * len(lines)
    across = AxisScale(min(known) - air, max(known) + air, left, left + width)
    ticks = [(across.place(value), text) for value, text in across.ticks(30.0)]
    marks.append(Lines(tuple((x, HEAD, x, bottom) for x, _ in ticks), "border"))
    marks += [Text(text, (x - 24, bottom + 1, 48, 14), 10, "text_muted") for x, text in ticks]
    for row, (line, value) in enumerate(zip(lines, values, strict=True)):
        marks += _value(line, value, across, HEAD + (row + 0.5) * height, height, ours=ours)
    return marks


def _value(
    line: LossLine, value: float | None, across: AxisScale, middle: float, height: float, *, ours: bool
) -> list[Mark]:
    box, own = (across.end + 2, middle - height / 2, VALUE, height), line.own and ours
    if value is None:
        return [Text(NOTHING, box, 12, "text_muted", "right middle", bold=own)]
    ink, marks = "accent" if own else "text_muted", [Text(fixed(value, 1), box, 12, "text", "right middle", bold=own)]
    whiskers: list[Mark] = []
    if ours and line.error > 0.0:
        whiskers.append(error_bar(across, value, line.error, middle, ink, half=3.0))
    return [*marks, *whiskers, Disc(across.place(value), middle, 4.35, ink)]


def _words(line: LossLine) -> str:
    return _tr("{name}: paper {paper}, here {ours}").format(
        name=line.name, paper=_percent(line.paper), ours=_percent(line.ours)
    )


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{fixed(value, 1)} %"


def _table(lines: tuple[LossLine, ...]) -> ExportTable:
    nan = float("nan")
    rows = [
        (line.name, nan if line.paper is None else line.paper, nan if line.ours is None else line.ours, line.error)
        for line in lines
    ]
    return ExportTable(("model", "paper_percent", "ours_percent", "standard_error"), rows)


def _tr(text: str) -> str:
    return QCoreApplication.translate("LossView", text)


Variant = tuple[Hidden, bool, bool, bool]
"""Units of the layers, and whether a network has the cure, weights and powers."""
_SIMPLE = {
    "each video's mean": QT_TRANSLATE_NOOP("LossView", "each video's mean"),
    "the truth itself": QT_TRANSLATE_NOOP("LossView", "the truth itself"),
}
"""What stands below the networks, by its name in the answer."""


def variant_of(run: RankingRun | RankingSpec) -> Variant:
    """Return what tells a network from another in the table."""
    return run.hidden, run.cure, run.weighted, run.powers


def variant_name(variant: Variant) -> str:
    """``512-256, unweighted``."""
    hidden, cure, weighted, powers = variant
    parts = [tower_name(hidden) or _tr("no hidden layer")]
    parts += [] if powers else [_tr("no powers")]
    parts += [] if weighted else [_tr("unweighted")]
    parts += [] if cure else [_tr("no cure")]
    return joined(parts)


def plain_variant(hidden: Hidden) -> Variant:
    """A tower with everything."""
    return hidden, True, True, True


def lines_of(spec: RankingSpec, losses: Mapping[str, UserLoss], runs: Mapping[Variant, str]) -> list[LossLine]:
    """Return the table of a network and others; ``runs``: other runs by what they are, each the name of its loss."""
    own = variant_of(spec)
    keys: dict[Variant, str] = {own: NETWORK}
    for companion, variant in companions_of(spec).items():
        if companion in losses:
            keys.setdefault(variant, companion)
    for variant, key in runs.items():
        keys.setdefault(variant, key)
    others = [variant for variant in keys if variant not in {plain_variant(hidden) for hidden in PAPER_LOSS}]
    variants = [plain_variant(hidden) for hidden in PAPER_LOSS]
    lines = [_line(variant, PAPER_LOSS[variant[0]], losses.get(keys.get(variant, "")), own) for variant in variants]
    lines += [_line(variant, None, losses.get(keys[variant]), own) for variant in sorted(others, key=variant_name)]
    return [*lines, *(_simple(losses[name]) for name in _SIMPLE if name in losses)]


def paper_lines() -> list[LossLine]:
    """The paper's towers alone."""
    return [LossLine(variant_name(plain_variant(hidden)), paper, None) for hidden, paper in PAPER_LOSS.items()]


def companions_of(spec: RankingSpec) -> Mapping[str, Variant]:
    """What the models beside a run are, by their names."""
    hidden, cure, weighted, powers = variant_of(spec)
    return {OTHER_CURE[0 if cure else 1]: (hidden, not cure, weighted, powers), LINEAR: ((), cure, weighted, powers)}


def next_tower(lines: Sequence[LossLine], runs: Container[Variant]) -> Hidden | None:
    """The paper's first tower that has no loss here, and none of the ``runs`` whose loss is to come."""
    missing = (hidden for hidden, line in zip(PAPER_LOSS, lines, strict=False) if line.ours is None and hidden)
    return next((hidden for hidden in missing if plain_variant(hidden) not in runs), None)


def _line(variant: Variant, paper: float | None, loss: UserLoss | None, own: Variant) -> LossLine:
    name = variant_name(variant)
    if loss is None:
        return LossLine(name, paper, None, own=variant == own)
    return LossLine(name, paper, 100.0 * loss.loss, 100.0 * loss.error, variant == own)


def _simple(loss: UserLoss) -> LossLine:
    return LossLine(_tr(_SIMPLE[loss.who]), None, 100.0 * loss.loss, 100.0 * loss.error)


class LossBody(QWidget):
    """The table with its words. ``train_wanted(hidden)``: this tower is to be trained."""

    train_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        lines = tuple(paper_lines())
        self.view = DrawingView(draw_tower_losses, lines, hint=QSize(420, 234), least=QSize(300, 200))
        self.words = wrapped(
            self.tr(
                "The paper's data are YouTube's: compare the order, not the level. Without the powers it had {powers},"
                " with clicks that all weigh the same {unweighted}."
            ).format(powers=f"+{fixed(PAPER_WITHOUT_POWERS, 1)}", unweighted=f"+{fixed(PAPER_UNWEIGHTED, 1)}")
        )
        self.train = QPushButton()
        self.train.setProperty("role", "pill")
        self.train.setToolTip(self.tr("Train the paper's next tower on the same impressions, alongside this one"))
        self.train.clicked.connect(self._tell)
        self.train.hide()
        self.training = Label(role="muted")
        self._next: Hidden | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        foot = fill(
            row_layout(spacing=12),
            (self.words, 1),
            (self.training, 0, Qt.AlignmentFlag.AlignBottom),
            (self.train, 0, Qt.AlignmentFlag.AlignBottom),
        )
        fill(column_layout(self, (0, 4, 4, 6), spacing=4), (self.view, 1), foot)

    def offer(self, tower: Hidden | None, training: RankingRun | None) -> None:
        """Offer this tower, or say which one is trained."""
        self._next = tower
        self.train.setVisible(tower is not None and training is None)
        self.training.setVisible(training is not None)
        if training is not None:
            epochs = counted(training.epochs, self.tr("{count} {count:epoch|epochs}"))
            said = self.tr("{tower} is being trained: {epochs}")
            self.training.setText(said.format(tower=tower_name(training.hidden), epochs=epochs))
        if tower is not None:
            self.train.setText(self.tr("Train {tower}").format(tower=tower_name(tower)))

    def _tell(self) -> None:
        if self._next is not None:
            self.setFocus()  # a button that is disabled would pass it on to the next widget, wherever that is
            self.train.setEnabled(False)  # until the run is seen among the others
            self.train_wanted.emit(self._next)

    def table(self) -> ExportTable:
        """The losses."""
        return self.view.table()


class LossCard(PlotCard):
    """Judges what there is: companions, and other runs of the same impressions, as they come."""

    def __init__(self, ranker: RankSession, runs: RankingRuns, parent: QWidget | None = None) -> None:
        self.body = LossBody()
        super().__init__(self.tr("Mispredicted watch time"), self.body, "losses", parent)
        self.setProperty("role", "card")
        self._ranker, self._runs = ranker, runs
        ranker.losses_changed.connect(self._follow)
        ranker.about_known.connect(self._follow)
        runs.changed.connect(self._follow)

    @Slot()
    def _follow(self) -> None:
        about = self._ranker.about
        if about is None or not self._ranker.losses:
            return
        full = self.tr("weighted per-user loss in %, over {rows} held-out impressions")
        tip = self.tr(
            "Where something that was not clicked stands above something of its page that was, the latter's watch time"
            " is mispredicted; its share of all, on pages of ten impressions of {users} users who are not learned from"
        )
        texts = (full.format(rows=grouped(about.impressions.rows)), self.tr("weighted per-user loss in %"), "")
        self.set_subtitle(texts, tip.format(users=grouped(about.impressions.users)))
        # The latest of each variant. One that goes on later is another network, and measured anew under another name.
        latest = {variant_of(run): run for run in reversed(self._runs.runs) if run.ready}
        names = {variant: f"{run.folder.name} {run.written}" for variant, run in latest.items()}
        wanted = list(self._ranker.companions.items())
        wanted += [(names[variant], run.checkpoint) for variant, run in latest.items() if run.checkpoint is not None]
        self._ranker.judge(wanted)
        lines = lines_of(about.spec, self._ranker.losses, names)
        self.body.view.set_data(tuple(lines))
        training = next((run for run in self._runs.runs if run.coming), None)
        self.body.train.setEnabled(True)
        self.body.offer(next_tower(lines, names), training)
