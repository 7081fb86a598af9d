"""A trained recommender as the window asks it: a child process that keeps it open, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from PySide6.QtCore import QObject, Signal, Slot

from app.kit.process import ChildProcess, ProcessOutcome, State
from app.kit.translation import sentence_of
from engine.command import engine_command
from engine.problems import Problem, declare, problem_in

LINE_BYTES: Final = 1 << 26
"""The longest answer: a map of fifty thousand items in six directions takes some ten million bytes."""

Document = Mapping[str, Any]
Then = Callable[[Any], object]
Command = Callable[[Path], Sequence[str]]
"""Program and arguments that keep a checkpoint open and answer in lines of JSON."""

UNREADABLE_ANSWER = declare(
    "app.unreadable-answer", "The network's answer can't be read ({reason}). Open the run again."
)


def read_answer(kind: Any, document: Document) -> Any:
    """Return an answer as the engine's record of it, of a ``kind``; None leaves the document as it is.

    Raises ValidationError for another document.
    """
    return document if kind is None else _adapter(kind).validate_python(document)


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@dataclass(frozen=True, slots=True)
class Ready:
    """What answers: the task's ``model`` key and ``label``, the names of what can be asked, and how long it took to
    open, in seconds."""

    model: str
    label: str
    asks: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and what takes its answer, read as a record of a ``kind``.

    ``once``: it has been dealt with once it is answered, and is not asked again.
    """

    key: str
    name: str
    parameters: Document
    then: Then
    kind: Any
    once: bool


def _answering(checkpoint: Path) -> Sequence[str]:
    return engine_command("recommend", "answer", str(checkpoint))


class Answers(QObject):
    """Asks a child process about one checkpoint.

    Questions carry a key, by default their own name: of several under one key only the latest is answered. One is on
    its way at a time, so that what has been asked again meanwhile costs nothing; the others wait in the order in which
    their keys were first asked, also until the child is ready.

    ``ready(Ready)``; ``restarted()``: what has been answered is asked again; ``busy_changed(bool)``: whether an answer
    is still to come; ``problem_found(Problem)``: a question has no answer, and before it ``unanswered(str)``: which
    key's; ``lost(str)``: the child is gone, or could not open the checkpoint, in a sentence, and what was asked waits
    for :meth:`restart`.
    """

    ready = Signal(object)
    restarted = Signal()
    busy_changed = Signal(bool)
    unanswered = Signal(str)
    problem_found = Signal(object)
    lost = Signal(str)

    def __init__(self, parent: QObject | None = None, *, command: Command = _answering) -> None:
        super().__init__(parent)
        self._command = command
        self._checkpoint: Path | None = None
        self._child: ChildProcess | None = None
        self._numbers = count(1)
        self._latest: dict[str, AskedQuestion] = {}
        self._waiting: dict[str, AskedQuestion] = {}
        self._sent: tuple[int, AskedQuestion] | None = None
        self._ready: Ready | None = None
        self._busy = False
        self.refused: Problem | None = None
        """Why the child could not open the checkpoint."""

    @property
    def model(self) -> Ready | None:
        """What answers, once it is ready."""
        return self._ready

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return self._busy

    @property
    def alive(self) -> bool:
        """Whether there is a child that answers, or will once it is ready."""
        return self._child is not None and self._child.running

    def open(self, checkpoint: Path) -> None:
        """Ask about this checkpoint from now on; questions about another one are forgotten."""
        self.close()
        self._checkpoint = checkpoint
        self._start()

    def close(self) -> None:
        """End the child before returning, and forget every question."""
        self._drop_child()
        self._latest.clear()
        self._waiting.clear()
        self._tell_busy()

    def restart(self) -> None:
        """Open the same checkpoint again, and ask the latest question of each key once more, but for answered ones that
        were asked ``once``."""
        if self._checkpoint is None:
            return
        self._drop_child()
        self._waiting = dict(self._latest)
        self._start()
        self.restarted.emit()
        self._tell_busy()

    def ask(
        self, name: str, parameters: Document, then: Then, *, kind: Any = None, key: str = "", once: bool = False
    ) -> None:
        """Ask; ``then`` gets the answer as a record of a ``kind``, see :func:`read_answer`.

        Nothing comes once another question is asked under the same ``key``. ``once``: the answer is acted on, and not
        only shown: a restart is not to have it acted on again.
        """
        question = AskedQuestion(key or name, name, dict(parameters), then, kind, once)
        self._latest[question.key] = self._waiting[question.key] = question
        self._send_next()
        self._tell_busy()

    def forget(self, key: str) -> None:
        """Want no answer any more to what was asked under a key."""
        self._latest.pop(key, None)
        self._waiting.pop(key, None)
        self._tell_busy()

    # The child ----------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        assert self._checkpoint is not None
        self.refused = None
        self._child = child = ChildProcess(self, line_bytes=LINE_BYTES)
        child.received.connect(self._hear)
        child.changed.connect(self._note)
        program, *arguments = self._command(self._checkpoint)
        child.start(program, arguments)

    def _drop_child(self) -> None:
        if self._child is not None:
            self._child.close()
            self._child.deleteLater()
        self._child, self._ready, self._sent = None, None, None

    def _send_next(self) -> None:
        if self._ready is None or self._sent is not None or self._child is None or not self._waiting:
            return
        question = self._waiting.pop(next(iter(self._waiting)))
        self._sent = (next(self._numbers), question)
        self._child.send({"id": self._sent[0], "ask": question.name, **question.parameters})

    @Slot(object)
    def _hear(self, said: object) -> None:
        """A line of JSON. What is no reply to the question that is on its way is passed over, as a library's own
        chatter would be."""
        if not isinstance(said, dict):
            return
        if self._ready is None:
            self._hear_opening(said)
        elif self._sent is not None and said.get("id") == self._sent[0]:
            question, self._sent = self._sent[1], None
            self._send_next()  # the child works on it while the answer is taken
            try:
                if self._latest.get(question.key) is question:
                    self._take(question, said)
            finally:
                self._tell_busy()

    def _hear_opening(self, said: Document) -> None:
        found = said.get("ready")
        if isinstance(found, dict):
            self._ready = _ready_of(found)
            self.ready.emit(self._ready)
            self._send_next()
        elif isinstance(said.get("problem"), dict):
            self.refused = problem_in(said["problem"])

    def _take(self, question: AskedQuestion, said: Document) -> None:
        answer, problem = said.get("answer"), said.get("problem")
        if question.once:
            self._latest.pop(question.key)
        if isinstance(answer, dict):
            try:
                record = read_answer(question.kind, answer)
            except ValidationError as error:
                wrong = error.errors()[0]
                self._refuse(question, UNREADABLE_ANSWER(reason=f"{'.'.join(map(str, wrong['loc']))}: {wrong['msg']}"))
            else:
                question.then(record)
        elif isinstance(problem, dict):
            self._refuse(question, problem_in(problem))

    def _refuse(self, question: AskedQuestion, problem: Problem) -> None:
        self.unanswered.emit(question.key)
        self.problem_found.emit(problem)

    @Slot(object)
    def _note(self, outcome: ProcessOutcome) -> None:
        if outcome.state is State.STARTED:
            return
        self._drop_child()
        self.lost.emit(self._sentence(outcome) if self.refused is None else sentence_of(self.refused))
        self._tell_busy()

    def _sentence(self, outcome: ProcessOutcome) -> str:
        if outcome.state is State.NOT_STARTED:
            return self.tr("The process that answers for this network couldn't be started. Try again.")
        if outcome.state is State.CRASHED:
            crashed = self.tr("The process that answers for this network crashed (signal {code}). Start it again.")
            return crashed.format(code=outcome.code)
        ended = self.tr("The process that answers for this network ended unexpectedly (code {code}). Start it again.")
        return ended.format(code=outcome.code)

    def _tell_busy(self) -> None:
        """A dead child answers nothing: nobody is to wait for it."""
        busy = self.alive and (bool(self._waiting) or self._is_wanted())
        if busy != self._busy:
            self._busy = busy
            self.busy_changed.emit(busy)

    def _is_wanted(self) -> bool:
        return self._sent is not None and self._latest.get(self._sent[1].key) is self._sent[1]


def _ready_of(found: Document) -> Ready:
    asks = found.get("asks")
    names = tuple(map(str, asks)) if isinstance(asks, list) else ()
    seconds = found.get("opening_seconds")
    return Ready(
        str(found.get("model", "")),
        str(found.get("label", "")),
        names,
        float(seconds) if isinstance(seconds, int | float) else 0.0,
    )
