"""The right column: one explanation at a time, and the question about the next gradient while one predicts."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from math import isfinite

from PySide6.QtCore import QCoreApplication, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.kit.guessing.card import GuessCard
from app.kit.guessing.guesses import Guesses
from app.kit.guessing.question import Question
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.widgets.column import PanelColumn
from app.kit.widgets.segments import Segments
from app.workspaces.scalar_graph.computation import Computation, Handed, MeasuredOf, SlopeOf
from app.workspaces.scalar_graph.explanations.origin import fact_of
from app.workspaces.scalar_graph.explanations.rule import CollapsedCard, RuleCard
from app.workspaces.scalar_graph.explanations.slope import ChainCard, NudgeCard
from app.workspaces.scalar_graph.model import GraphModel
from app.workspaces.scalar_graph.names import gradient_text, name_text, share_markup, slope_markup, word_of
from engine.autodiff.kinks import bends
from engine.guesses import GuessRecord, Kind, Mistake, Mistakes

KINDS = (Kind.SIGN, Kind.SIZE, Kind.VALUE)
"""One after the other."""
HALF = 0.5


class GradientQuestions(QObject):
    """Looks one step ahead of the playback while it is on; an answer, or Reveal, takes that step."""

    def __init__(self, model: GraphModel, card: GuessCard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._card = card
        self.guesses = Guesses(card, self)
        self.guesses.settled.connect(self._reveal)
        card.went_on.connect(self.end)
        self._stepping = False
        self._seen_of: Computation | None = None
        self._seen = 0  # so many steps of it have been in sight since the turn
        self._round = 0  # so many times has one come back to before the turn
        self._begun_anew: int | None = None  # at this step, where the pass was sent back to the turning point
        self._told_at: float | None = None  # at this step the card says what came of the one before
        for told in (model.state_changed, model.refused):
            told.connect(self.look_again)
        model.document.replaced.connect(self._begin_afresh)

    @property
    def on(self) -> bool:
        """Guesses are asked for."""
        return self.guesses.on

    def set_on(self, on: bool) -> None:
        """Begin to ask, or stop."""
        self.guesses.set_on(on)
        self._model.set_asking(on)
        if on and self._seen_of is not None:
            self._begin_anew()
        self.look_again()

    @Slot()
    def look_again(self) -> None:
        """Ask about what comes next, and offer the way on."""
        self.look()
        self._offer_next()

    def record(self) -> GuessRecord | None:
        """Return the guesses for a file."""
        return self.guesses.record(self._round)

    def take_up(self, record: GuessRecord) -> None:
        """Go on from what a file has kept, once its step is looked at again."""
        self._begin_afresh()
        self._round = record.turn
        self.guesses.take_up(record)

    @Slot()
    def _begin_afresh(self) -> None:
        """Another document: it stands where it was left, even if that is the end."""
        self._seen_of = self._told_at = self._begun_anew = None

    @property
    def told(self) -> list[float] | None:
        """Return the step at which the card says what came of the last answer, for a file; None while it asks."""
        return None if self._told_at is None else [self._told_at]

    def take_told(self, numbers: list[float]) -> None:
        """Say what came of the last answer, where a file has kept that this was in sight."""
        self._told_at = next(iter(numbers), None)

    def _begin_anew(self) -> None:
        """At the end of the pass nothing is left to be asked: it goes back to the turning point."""
        worked = self._model.worked
        if worked is None or self._model.stale or self._model.state.step < worked.steps:
            return
        self._stepping = True
        try:
            self._model.playback.pause()
            self._model.playback.go(min(worked.middle + 1, worked.steps))
        finally:
            self._stepping = False
        self._seen = self._begun_anew = self._model.state.step
        self._round += 1

    def look(self) -> None:
        """Ask about what comes next; a playback that runs stands still for it."""
        if self._model.behind and not self._model.stale:
            return  # the document's own graph follows
        former, worked = self._seen_of, self._model.worked
        if worked is not former:
            self._seen_of, self._seen = worked, self._model.state.step
            other = worked is not None and former is not None and worked.shape is not former.shape
            if other and self.on and not (self._stepping or self._model.came_back):
                self._begin_anew()
        at = self._model.state.step
        if worked is former and worked is not None and at <= worked.middle < self._seen:
            self._seen, self._begun_anew = at, None
            self._round += 1
        if not self.on or self._stepping or worked is None or self._model.stale:
            self._seen = max(self._seen, at)
            if self._model.stale:
                unread = self._model.error is not None
                note = (
                    self.tr("The expression cannot be read yet.")
                    if unread
                    else self.tr("The expression is not finished yet.")
                )
                self.guesses.look_at(None, note=note)
            return
        passed = self._passed_over(worked, at)
        if passed is not None:
            self._model.playback.pause()
            self._model.playback.go(passed)
            return
        self._ask(worked, at)
        self._seen = max(self._seen, at)

    def _passed_over(self, worked: Computation, at: int) -> int | None:
        """The first question that a fast playback has leapt over since the last look."""
        if not self._model.playback.playing:
            return None
        return next((step for step in range(self._seen, at) if question_about(worked, step, "") is not None), None)

    def _ask(self, worked: Computation, at: int) -> None:
        told = self._question(worked, at - 1) if at and at == self._told_at else None
        if told is not None and self.guesses.settled_before(told):
            self.guesses.look_at(told)
            return
        self._told_at = None
        if at >= worked.steps:
            self.guesses.look_at(
                None,
                note=self.tr("Everything is known. Go back to the turning point to be asked again."),
            )
            return
        question = self._question(worked, at)
        if question is not None and at == self._begun_anew:
            question = replace(question, hint=f"{self.tr('Back at the turning point.')} {question.hint}")
        note = ""
        if self._next_question(worked, at) is None:
            note = self.tr("Nothing more is asked in this pass. Go back to the turning point to be asked again.")
        elif at <= worked.middle:
            note = self.tr("Values go forward here; the first question comes on the way back.")
        if self.guesses.look_at(question, seen=self._seen > at, note=note) and self._model.playback.playing:
            self._model.playback.pause()

    def _question(self, worked: Computation, at: int) -> Question | None:
        step = worked.shape.schedule.steps[at]
        words = self.tr("Next, {node} passes on E × its local derivative.")
        return question_about(worked, at, words.format(node=word_of(worked.graph.nodes[step.node])), self._round)

    @Slot()
    def _reveal(self) -> None:
        """Take the step that was asked about; the answer stays in sight."""
        self._stepping = True
        try:
            self._model.playback.step()
        finally:
            self._stepping = False
        self._told_at = self._model.state.step

    def step(self) -> None:
        """Go on; not past an open question, which waits for an answer or for Reveal. Where the next one has not been
        asked yet, for what was answered is still in sight, to that."""
        if not self.on:
            self._model.playback.step()
        elif self.guesses.open:
            self.guesses.insist()
        else:
            self._told_at = None
            self.look()
            if not self.guesses.open:
                self._model.playback.step()

    def end(self) -> None:
        """To the end; while guesses are asked for, to the next question, which counts nothing by itself."""
        worked, playback = self._model.worked, self._model.playback
        if not self.on or worked is None:
            playback.go(playback.length)
        elif self.guesses.open:
            self.guesses.insist()
        else:
            self._told_at = None
            found = self._next_question(worked, playback.at)
            playback.go(playback.length if found is None else found)
            self.look()

    @Slot()
    def _offer_next(self) -> None:
        """The way on from what was answered, or from where nothing is asked: to the next question, or to the end."""
        worked, playback = self._model.worked, self._model.playback
        if not self.on or worked is None or self._model.stale or playback.at_end:
            self._card.offer_next("")
            return
        more = self._next_question(worked, playback.at) is not None
        self._card.offer_next(self.tr("Next question") if more else self.tr("Go on"))

    def _next_question(self, worked: Computation, at: int) -> int | None:
        """Return after how many steps the next question comes, from ``at`` on; None where none does."""
        return next((step for step in range(at, worked.steps) if self._asks(worked, step)), None)

    def _asks(self, worked: Computation, at: int) -> bool:
        """Return whether the question after so many steps is neither answered nor seen."""
        question = question_about(worked, at, "", self._round) if at >= self._seen else None
        return question is not None and not self.guesses.settled_before(question)


def question_about(worked: Computation, at: int, hint: str, turn: int = 0) -> Question | None:
    """The question about the step after ``at``; None where that is none of the way back, or where it means nothing.

    Where an operand fans out, what is handed to it is a share and is called so; the last of its shares asks for their
    sum, which is then its gradient. ``turn``: how many times the way back has begun anew; each time all is asked again.
    """
    step = worked.shape.schedule.steps[at]
    if step.kind != "backward":
        return None
    handed, parent = _first(worked, step.node)
    if handed is None:
        return None
    graph = worked.graph
    fans_out = len(graph.users[parent]) > 1
    whole = worked.shape.schedule.gradient[parent] == at + 1
    name, truth, mistakes = slope_markup(graph, parent), handed.product, _mistakes(worked, step.node, handed)
    if fans_out and whole:
        total = worked.gradients.of[parent]
        truth = total if total is not None else truth
        mistakes = ((Mistake.SHARE, _share(worked, step.node, parent)),)
        hint = _sum_hint(worked, parent)
    elif fans_out:
        name, truth = share_markup(graph, step.node, parent), _share(worked, step.node, parent)
        hint = _share_hint(worked, parent)
    if parent in worked.gradients.faults:
        return None
    hint += _corner_note(worked, step.node, handed)
    kind = KINDS[(at - worked.middle - 1) % len(KINDS)]
    if truth == 0.0 or (kind is Kind.SIZE and (fans_out or abs(truth) == abs(handed.upstream))):
        kind = Kind.VALUE
    key = (worked.shape.text, worked.shape.collapsed, tuple(worked.inputs.items()), at, turn)
    than = handed.upstream if kind is Kind.SIZE else None
    return Question(key, kind, truth, name, than, hint=hint, printed=gradient_text(truth), mistakes=mistakes)


def _corner_note(worked: Computation, index: int, handed: Handed) -> str:
    """Return what the slope counts as where an operation bends or jumps; empty elsewhere."""
    node = worked.graph.nodes[index]
    if node.rule is None or not bends(node, [worked.values.of[parent] for parent in node.parents]):
        return ""
    said = QCoreApplication.translate(
        "GraphGuesses", "It has a corner or a jump here; its slope counts as {slope}, as in PyTorch."
    )
    return " " + said.format(slope=gradient_text(handed.local))


def _mistakes(worked: Computation, child: int, handed: Handed) -> Mistakes:
    """Return the likely mistakes in place of ``E`` times the local derivative."""
    node, values = worked.graph.nodes[child], worked.values.of
    parts = (Mistake.SLOPE, handed.upstream), (Mistake.LOCAL, handed.local)
    if node.rule is None or node.rule.key not in ("*", "/", "+", "-", "neg"):
        return (Mistake.FUNCTION, handed.upstream * values[child]), *parts
    if node.rule.key != "*":
        return parts
    operands = [worked.graph.nodes[parent] for parent in node.parents]
    if any(operand.value == HALF for operand in operands):
        return (Mistake.HALF, handed.upstream), *parts
    own = next(parent for slot, parent in enumerate(node.parents) if (child, slot) in worked.handed)
    return (Mistake.OWN_FACTOR, handed.upstream * values[own]), *parts


def _first(worked: Computation, index: int) -> tuple[Handed | None, int]:
    """Return the gradient that a node hands to its first operand that needs one."""
    for slot, parent in enumerate(worked.graph.nodes[index].parents):
        found = worked.handed.get((index, slot))
        if found is not None:
            return found, parent
    return None, index


def _share(worked: Computation, child: int, parent: int) -> float:
    """All that one node hands to another, which it may use more than once, as in s·s."""
    slots = (slot for slot, one in enumerate(worked.graph.nodes[child].parents) if one == parent)
    return sum(worked.handed[(child, slot)].product for slot in slots)


def _share_hint(worked: Computation, parent: int) -> str:
    words = QCoreApplication.translate(
        "GraphAsking", "{node} is used {count} times: this is one share of its gradient, not the whole."
    )
    return words.format(node=name_text(worked.graph.labels[parent]), count=len(worked.graph.users[parent]))


def _sum_hint(worked: Computation, parent: int) -> str:
    words = QCoreApplication.translate(
        "GraphAsking", "The last of the {count} shares of {node} arrives now: add it to the others."
    )
    return words.format(node=name_text(worked.graph.labels[parent]), count=len(worked.graph.users[parent]))


class ExplanationColumn(PanelColumn):
    """Rule, collapsed form, chain or nudge under tabs; the origin of a number takes their place until it is closed.
    ``asked(key)``: a number was clicked."""

    asked = Signal(object)

    def __init__(self, model: GraphModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setAccessibleName(self.tr("Explanation"))
        self.guess = GuessCard(self.body)
        self.guess.set_compact(True)
        self.guess.hide()
        self.asking = GradientQuestions(model, self.guess, self)
        self.rows.addWidget(self.guess)
        self.tabs = Segments(
            [
                ("rule", self.tr("Rule"), self.tr("What the current node does with the numbers that arrive")),
                ("collapsed", self.tr("Collapsed"), self.tr("What a group of nodes looks like as one")),
                ("chain", self.tr("Chain"), self.tr("Factor by factor, from the result to the selected node")),
                ("nudge", self.tr("Nudge"), self.tr("Change an input a little and see how much the result changes")),
            ]
        )
        self.rows.addWidget(self.tabs)
        self.rule, self.collapsed = RuleCard(model, self.body), CollapsedCard(model, self.body)
        self.chain, self.nudge = ChainCard(model, self.body), NudgeCard(model, self.body)
        self.origin = OriginCard(self._fact, self.body)
        cards = self.rule, self.collapsed, self.chain, self.nudge
        self.cards: dict[str, QWidget] = dict(zip(self.tabs.buttons, cards, strict=True))
        for key, button in self.tabs.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.show_card(key))
        for card in cards:
            self.rows.addWidget(card)
            card.asked.connect(self.asked)
        self.rows.addWidget(self.origin)
        self.rows.addStretch(1)
        self.origin.closed.connect(self._show_chosen)
        model.state_changed.connect(self._refresh)
        model.refused.connect(self.origin.put_away)
        self.show_card(self.tabs.key)

    def show_card(self, key: str) -> None:
        """Put one of the four cards in front."""
        self.tabs.choose(key)
        if not self.origin.isHidden():
            self.origin.put_away()
        self._show_chosen()

    @Slot()
    def _show_chosen(self) -> None:
        for key, card in self.cards.items():
            card.setVisible(key == self.tabs.key)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.origin.show(key)
        for card in self.cards.values():
            card.setVisible(self.origin.isHidden() and card is self.cards[self.tabs.key])

    def _fact(self, key: Hashable) -> Fact | None:
        worked, state = self._model.worked, self._model.state
        if worked is None or self._model.stale or len(state.values) != len(worked.graph.nodes):
            return None
        if isinstance(key, SlopeOf) and self._model.withholds_slopes:
            return None
        if isinstance(key, MeasuredOf) and not self._is_measured(key.node):
            return None
        return fact_of(worked, state, key)

    def _is_measured(self, leaf: str) -> bool:
        slope = self._model.measured(leaf)
        return slope is not None and isfinite(slope)

    @Slot()
    def _refresh(self) -> None:
        if self.origin.isVisible():
            self.origin.refresh()

    @Slot(bool)
    def set_asking(self, on: bool) -> None:
        """Ask for each gradient before it is shown, or stop."""
        self.guess.setVisible(on)
        self.asking.set_on(on)
