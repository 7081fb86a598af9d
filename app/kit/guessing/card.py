"""The card that asks for a number before it is shown."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.formula.view import MathLabel
from app.kit.guessing.keyboard import COMMANDING, ENTER, KEYS, NUMERIC, Field, KeyedCard
from app.kit.guessing.marks import mark_answer
from app.kit.guessing.question import Question, Reply
from app.kit.guessing.words import hint_for, mistake_words, reason_for, wording
from app.kit.numbers import every_digit, no_number, read
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.frame import QWIDGETSIZE_MAX, bring_into_sight
from app.kit.widgets.labels import Label, wrapped
from app.kit.widgets.painted import guarded
from app.kit.widgets.segments import chip
from app.kit.widgets.tone import restyle
from engine.guesses import GuessVerdict, Kind

WIDTH = 250
MARGIN, GAP = 6, 3
SEPARATORS = frozenset(".,")
TYPING_ON = 1000
"""Milliseconds after a sign in which a point goes on with its number, as in −.5; later it is the window's shortcut."""


class GuessCard(KeyedCard):
    """Asks one :class:`Question`. ``answered``: ``+``, ``-``, ``larger``, ``smaller`` or a number. ``revealed``: the
    number is wanted without a guess. ``went_on``: what is offered next is wanted. What is right and the score come
    from outside. While it has the keyboard, ``+ − < >`` and digits answer, and Enter goes on. What a number is typed
    with belongs to the answer before it: with the Enter behind it it does nothing, until another question has been
    painted."""

    answered = Signal(object)
    revealed = Signal()
    went_on = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Your turn"))
        self.setToolTip(self.tr("Answer with a click, or with the keys + and −, < and >, or digits; Enter continues"))
        self._question: Question | None = None
        self._reply: Reply | None = None
        self._compact = self._open = False
        self._types_on = False
        """Whether digits follow an answer that has been judged."""
        self._sign_typed = QElapsedTimer()
        self._title, self._score = Label(self.tr("Your turn")), Label()
        self._title.setStyleSheet("font-weight: 600;")
        self._score.setProperty("role", "muted")
        self._score.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._score.setWordWrap(True)
        self._name = MathLabel("", 16.0)
        self._text, self._hint = wrapped("", None), wrapped()
        self._verdict = wrapped("", None)
        self._field = Field()
        self._field.setPlaceholderText(self.tr("your value"))
        self._field.setAccessibleName(self.tr("Your value"))
        self._field.returnPressed.connect(self._take_field)
        self._words = {
            "+": self.tr("positive"),
            "-": self.tr("negative"),
            "larger": self.tr("larger"),
            "smaller": self.tr("smaller"),
        }
        self._choices: dict[str, QPushButton] = {}
        self._reveal = QPushButton(self.tr("Reveal"))
        self._reveal.setToolTip(self.tr("Show the number; it doesn't count as an answer"))
        self._reveal.clicked.connect(self.revealed)
        self._next = QPushButton()
        self._next.setObjectName("guess_next")
        self._next.setAccessibleName(self.tr("Go on"))
        self._next.setToolTip(self.tr("Go on to the next"))
        self._next.clicked.connect(self.went_on)
        self._next.hide()
        self._lay_out()
        self.set_compact(False)
        self.clear()
        theme.follow(self._restyle)

    def _lay_out(self) -> None:
        head = self._head = QHBoxLayout()
        answers = FlowLayout()
        head.addWidget(self._title)
        head.addWidget(self._name, 1)
        head.addWidget(self._score)
        for answer, text in self._words.items():
            button = chip(text, checkable=False)
            button.clicked.connect(lambda _on=False, answer=answer: self.answered.emit(answer))
            self._choices[answer] = button
            answers.addWidget(button)
        for part in (self._field, self._reveal, self._next):
            answers.addWidget(part)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(12, MARGIN, 12, MARGIN)
        column.setSpacing(GAP)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addLayout(answers)
        column.addWidget(self._verdict)
        column.addWidget(self._hint)
        column.addStretch()

    # Showing ------------------------------------------------------------------------------------------------------

    def ask(self, question: Question, reply: Reply | None = None) -> None:
        """Ask a question; with a ``reply``, show what came of it: the hidden number, whether the guess was right, and
        which answers were chosen and right. Where it was only revealed, there is no answer to mark; where there is a
        second try, the number stays hidden."""
        is_new = question != self._question
        self._question, self._reply = question, reply
        with self.keeping_keyboard():
            self._put(question, reply)
        if is_new and reply is None:
            bring_into_sight(self)
        self._restyle()
        self._speak(self._verdict.text() or self._text.text())

    def _put(self, question: Question, reply: Reply | None) -> None:
        self._write(question.name, wording(question))
        self._write_hint()
        for answer, button in self._choices.items():
            wanted = Kind.SIGN if answer in "+-" else Kind.SIZE
            button.setVisible(question.kind is wanted)
        self._field.setVisible(question.kind is Kind.VALUE)
        self._field.clear()
        self._remark("")
        self._set_open(reply is None or reply.again)
        if reply is not None and reply.again:
            self._offer_second_try(reply)
        elif reply is not None:
            self._tell(question, reply)

    def set_compact(self, compact: bool) -> None:
        """As wide as there is room and as low as can be, without the usual hints, for a narrow page; the name then has
        a line of its own. Else a column of its own."""
        self._compact = compact
        self.setMinimumWidth(0 if compact else WIDTH)
        self.setMaximumWidth(QWIDGETSIZE_MAX if compact else WIDTH)
        self._write_hint()
        for place in (self._head, self._column):
            place.removeWidget(self._name)
        self._column.insertWidget(1, self._name) if compact else self._head.insertWidget(1, self._name, 1)

    def insist(self) -> None:
        """Say that the question that is open waits for its answer."""
        self._remark(self.tr("Guess first, or reveal it."))
        self._speak(f"{self._verdict.text()} {self._text.text()}")

    def clear(self) -> None:
        """Nothing has been asked here yet, for it has yet to be worked out."""
        self._say(self.tr("Not worked out yet."))

    def rest(self, note: str = "") -> None:
        """Nothing to ask here, and why."""
        self._say(note or self.tr("Nothing to work out here. Go on."))

    def wait_for_next(self, note: str = "") -> None:
        """What is here has been in sight already."""
        self._say(note or self.tr("You've already seen this number."))

    def _say(self, sentence: str) -> None:
        """A sentence in place of a question."""
        self._question = self._reply = None
        self._write("", sentence)
        self._write_hint()
        self._remark("")
        with self.keeping_keyboard():
            for part in (*self._choices.values(), self._field):
                part.hide()
            self._set_open(False)

    def _write(self, name: str, sentence: str) -> None:
        """Show a name and a sentence; an empty one takes no room."""
        self._name.set_text(name)
        self._name.setVisible(bool(name))
        self._text.setText(sentence)
        self._text.setVisible(bool(sentence))

    def _write_hint(self) -> None:
        """Show the question's own hint; the usual one where there is room for it, or after an answer that is told
        without a reason."""
        question, text = self._question, ""
        if question is not None:
            is_usual_shown = (not self._compact or self._reply is not None) and not self._reason
            text = question.hint or (hint_for(question) if is_usual_shown else "")
        self._hint.setText(text)
        self._hint.setVisible(bool(text))

    @property
    def _reason(self) -> str:
        """Why a wrong answer is wrong, where that can be said."""
        question, reply = self._question, self._reply
        is_wrong = reply is not None and reply.verdict is GuessVerdict.WRONG
        return reason_for(question) if question is not None and is_wrong else ""

    def _offer_second_try(self, reply: Reply) -> None:
        """Say what went wrong and leave the number hidden."""
        said = self.tr("Not quite. Try once more.")
        if reply.mistake is not None:
            said = self.tr("{told} {next}").format(told=mistake_words(reply.mistake), next=self.tr("Try once more."))
        self._remark(said)
        if isinstance(reply.answer, float):
            self._field.setText(every_digit(reply.answer))
            self._field.selectAll()

    def _tell(self, question: Question, reply: Reply) -> None:
        right = question.asked.answer
        if isinstance(right, str) and reply.verdict is not None:  # in the words of the question, then the number
            texts = {
                GuessVerdict.RIGHT: self.tr("Right, {answer}: {value}."),
                GuessVerdict.WRONG: self.tr("Not quite, it is {answer}: {value}."),
            }
            said = texts[reply.verdict].format(answer=self._words[right], value=question.shown)
        else:
            plain = {
                None: self.tr("It is {value}."),
                GuessVerdict.RIGHT: self.tr("Right: {value}."),
                GuessVerdict.WRONG: self.tr("Not quite: it is {value}."),
            }
            said = plain[reply.verdict]
            if isinstance(reply.answer, float) and reply.verdict is GuessVerdict.RIGHT:
                said = said if question.asked.is_exact(reply.answer) else self.tr("Near enough: it is {value}.")
            said = said.format(value=question.shown)
        mistake = mistake_words(reply.mistake) if reply.mistake is not None else ""
        for more in (mistake, question.after or self._reason):
            said = self.tr("{told} {next}").format(told=said, next=more) if more else said
        self._remark(said)
        if reply.answer is None:
            for part in (*self._choices.values(), self._field):
                part.hide()
        elif isinstance(reply.answer, float):
            self._field.setText(every_digit(reply.answer))

    def _remark(self, sentence: str) -> None:
        """Say what came of an answer, over the hint."""
        self._verdict.setText(sentence)
        self._verdict.setVisible(bool(sentence))
        if sentence:
            bring_into_sight(self)
            bring_into_sight(self._verdict)  # which goes first where there is no room for all

    def _speak(self, sentence: str) -> None:
        if self.isVisible():
            announce(self, sentence)

    def show_score(self, right: int, asked: int) -> None:
        """``first tries: 4 of 5 right``; nothing before the first answer."""
        text = self.tr("first tries: {right} of {asked} right").format(right=right, asked=asked)
        self._score.setText(text if asked else "")

    @property
    def score_text(self) -> str:
        """The score."""
        return self._score.text()

    @property
    def text(self) -> str:
        """The question, or the sentence in its place."""
        return self._text.text()

    @property
    def shows_field(self) -> bool:
        """Whether there is a place to type a value."""
        return not self._field.isHidden()

    def choose(self, answer: str) -> None:
        """Answer as a click would."""
        if answer in self._choices:
            self._choices[answer].click()
        else:
            self._field.setText(answer)
            self._take_field()

    def offer_next(self, text: str) -> None:
        """What one can go on to once a question is answered; nothing for an empty ``text``."""
        self._next.setText(text)
        if text:
            self._next.setAccessibleName(text)
        self._show_next()

    def _show_next(self) -> None:
        with self.keeping_keyboard():
            self._next.setVisible(bool(self._next.text()) and not self._open)

    def _set_open(self, is_open: bool) -> None:
        self._open = is_open
        self._show_next()
        for part in (*self._choices.values(), self._field):
            part.setEnabled(is_open)
        self._reveal.setVisible(is_open)

    # Keys ---------------------------------------------------------------------------------------------------------

    def _takes(self, event: QKeyEvent) -> bool:
        if self._belongs_to_answer(event):
            return True
        if event.key() in ENTER:
            return not self._pressed(self._next).isHidden()
        if not self._open or event.modifiers() & COMMANDING:
            return False
        return self._chosen_by(event) is not None or (self.shows_field and event.text() in NUMERIC)

    def _belongs_to_answer(self, event: QKeyEvent) -> bool:
        """Return whether a key goes on with a number that has been judged, as the point and the 5 of −.5 after its
        sign. Enter ends such a number."""
        if event.modifiers() & COMMANDING:
            return False
        if event.key() in ENTER:
            return self._types_on
        if event.text() in SEPARATORS and not self._types_on:
            return self._sign_typed.isValid() and self._sign_typed.elapsed() < TYPING_ON
        return event.text() in NUMERIC and (self._types_on or (self._reply is not None and not self._open))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._belongs_to_answer(event):
            self._types_on = event.key() not in ENTER
            return
        self._types_on = False
        super().keyPressEvent(event)

    @guarded
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._open:  # another question can be seen
            self._types_on = False

    def _chosen_by(self, event: QKeyEvent) -> str | None:
        answer = KEYS.get(event.text())
        return answer if answer is not None and not self._choices[answer].isHidden() else None

    def _answer_key(self, event: QKeyEvent) -> None:
        answer = self._chosen_by(event)
        if event.key() in ENTER:
            self._pressed(self._next).click()
        elif answer is not None:
            self._sign_typed.start()
            self.answered.emit(answer)
        else:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._field.setText(event.text())

    # Marks --------------------------------------------------------------------------------------------------------

    @Slot()
    def _restyle(self) -> None:
        """Marks and colours of what was answered."""
        colours = theme.current()
        verdict = self._reply.verdict if self._reply is not None else None
        tone = {None: colours.text, GuessVerdict.RIGHT: colours.good, GuessVerdict.WRONG: colours.danger}[verdict]
        restyle(self._verdict, f"color: {tone}; font-weight: 600;")
        restyle(self._field, "" if verdict is None else f"color: {tone}; border: 1px solid {tone};")
        for answer, button in self._choices.items():
            self._mark(button, answer)

    def _mark(self, button: QPushButton, answer: str) -> None:
        chosen = right = False
        if self._question is not None and self._reply is not None:
            chosen = answer == self._reply.answer
            right = answer == self._question.asked.answer and not self._reply.again
        mark_answer(button, self._words[answer], chosen=chosen, right=right)

    @Slot()
    def _take_field(self) -> None:
        text = self._field.text().strip()
        value = read(text)
        if value is not None:
            self.answered.emit(value)
        elif text:
            self._remark(no_number(text, -0.42))
            self._speak(self._verdict.text())
