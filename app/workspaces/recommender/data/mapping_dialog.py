"""The dialog that turns a person's own file into data to learn from: its columns, and a file of the items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QWidget,
)

from app.kit.background import Background, Job, Work
from app.kit.file_dialog import ask_for_file
from app.kit.folders import path_of_url, take_copy
from app.kit.listing import listed
from app.kit.numbers import grouped, no_number, read, typed
from app.kit.translation import sentence_of
from app.kit.widgets.choice import Choice
from app.kit.widgets.frame import WINDOW_FRAME, WholeRows, column_layout, fill, push_button, row_layout
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.kit.widgets.patience import Patience
from app.kit.widgets.say_beside import say_beside
from app.kit.widgets.switch import Switch
from app.kit.words import plain_tip, title_letters
from app.workspaces.recommender.data.parts import SaidList
from app.workspaces.recommender.data.tables import HeadTable
from app.workspaces.recommender.data.words import role_words
from engine.data.sampling import Watch
from engine.data.suffixes import DATA_SUFFIXES
from engine.problems import Problem, declare, filled_in, printable
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.logs.gatherer import NO_TIMES
from engine.recommenders.data.profile.forms import FORMS, Form
from engine.recommenders.data.profile.shapes import Head
from engine.recommenders.data.proposal.choosing import ItemsChoice, choice_of, problems_of
from engine.recommenders.data.proposal.proposing import as_form, propose, propose_items, yes_of
from engine.recommenders.data.proposal.roles import (
    ITEM_ROLES,
    LOG_ROLES,
    TABLE_ROLES,
    Proposal,
    ProposedColumn,
    Role,
    Yes,
)
from engine.recommenders.data.tables.labelled import HOW_TO_KEEP

EXAMPLES, MOST_COLUMNS = 3, 400
ROLE_WIDTH = 170


class FittedScroll(QScrollArea):
    """No higher than its body needs, which scrolls up and down where there is less room."""

    def __init__(self, name: str, frame: QFrame.Shape, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(frame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        WholeRows(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The body, which the area watches by itself, needs another height: fonts and styles come late."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Take no more height than the body needs: the room is for what stands below."""
        body = self.widget()
        if body is not None:
            height = body.heightForWidth(self.viewport().width())  # -1 where nothing stands in it
            self.setMaximumHeight(max(0, height) + 2 * self.frameWidth())


class RoleList(FittedScroll):
    """``changed``: a column was taken for something else, by hand."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, QFrame.Shape.StyledPanel, parent)
        self.choices: dict[str, Choice] = {}
        self.reasons: dict[str, QLabel] = {}
        self.ticks: dict[str, QCheckBox] = {}
        self._unlisted: dict[str, Role] = {}

    @property
    def roles(self) -> dict[str, Role]:
        """What each column is taken for."""
        listed: dict[str, Role] = {name: choice.key for name, choice in self.choices.items()}  # type: ignore[misc]  # the entries' keys are roles
        return {**listed, **self._unlisted}

    def show_proposal(self, proposal: Proposal, offered: Sequence[Role]) -> None:
        """Offer these roles for the columns of a proposal, those beyond the first few hundred by what is proposed."""
        body = QWidget()
        grid = QGridLayout(body)
        grid.setContentsMargins(10, 8, 10, 8)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        for at, (stretch, head) in enumerate(zip((3, 0, 3, 6), self._heads(), strict=True)):
            grid.setColumnStretch(at, stretch)
            label = Label(head, role="muted")
            grid.addWidget(label, 0, at)
        entries = [(role, role_words(role)) for role in offered]
        self.choices, self.reasons, self.ticks = {}, {}, {}
        for row, column in enumerate(proposal.columns[:MOST_COLUMNS], 1):
            said = self.tr("How “{column}” is read").format(column=column.name)
            choice = Choice(said, entries, plain_tip(said))
            choice.setFixedWidth(ROLE_WIDTH)
            choice.choose(column.role)
            choice.picked.connect(self.changed)
            self.choices[column.name] = choice
            name = ElidedLabel(column.name)
            name.setStyleSheet("font-weight: 600;")
            grid.addWidget(name, row, 0)
            grid.addWidget(choice, row, 1)
            grid.addWidget(ElidedLabel(_examples(proposal, row - 1), "muted"), row, 2)
            proposed = self._why(column, proposal.rows)
            reason = wrapped(proposed)
            reason.setMinimumHeight(1)  # as high as its width asks for, not as a narrow column would
            grid.addWidget(reason, row, 3, Qt.AlignmentFlag.AlignVCenter)
            choice.picked.connect(partial(self._say_why, choice, reason, column.role, proposed))
            self.reasons[column.name] = reason
            if column.readable_as is not None:
                self.ticks[column.name] = tick = self._tick(choice, column)
                grid.addWidget(tick, row, 4, Qt.AlignmentFlag.AlignVCenter)
        grid.setRowStretch(grid.rowCount(), 1)
        self._unlisted = {column.name: column.role for column in proposal.columns[MOST_COLUMNS:]}
        self.setWidget(body)
        self.fit()

    def _tick(self, choice: Choice, column: ProposedColumn) -> QCheckBox:
        """Reads a column that is left out, or leaves it out again."""
        tick = QCheckBox(self.tr("read it"))
        tick.setAccessibleName(self.tr("Read “{column}” all the same").format(column=column.name))
        tick.setToolTip(plain_tip(self.tr("Read “{column}” all the same").format(column=column.name)))

        def follow(checked: bool) -> None:
            choice.choose((column.readable_as or column.role) if checked else column.role)
            choice.picked.emit(choice.key)

        tick.clicked.connect(follow)
        choice.picked.connect(lambda key: tick.setChecked(key != column.role))
        return tick

    def _why(self, column: ProposedColumn, rows: int) -> str:
        """Why it is proposed, and in how many rows it says nothing; of a label the reason itself tells that."""
        why = sentence_of(column.reason)
        if not column.missing or column.missing == rows or column.role == "label":
            return why
        missing = self.tr("Missing in {count} of the first {rows} {rows:row|rows}.")
        return f"{why} {filled_in(missing, {'count': grouped(column.missing), 'rows': grouped(rows)})}"

    def _say_why(self, choice: Choice, reason: QLabel, role: Role, proposed: str, *_picked: object) -> None:
        """What was proposed has a reason; what was chosen by hand instead has another."""
        reason.setText(proposed if choice.key == role else self.tr("Chosen by hand."))

    def _heads(self) -> tuple[str, str, str, str]:
        return self.tr("column"), self.tr("taken as"), self.tr("first values"), self.tr("because")


def _examples(proposal: Proposal, at: int) -> str:
    """The first different values of a column."""
    values = dict.fromkeys(row[at] for row in proposal.head.rows if row[at])
    return listed(list(values)[:EXAMPLES])


MOST_VALUES = 40
FROM = ""
"""The key of “a number from … on”; the keys of values begin with a mark."""
VALUE = "="


class YesField(QWidget):
    """``changed``: something else counts as a yes, by hand."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.how = Choice(self.tr("What counts as a yes"), [], self.tr("The value of the label to predict"))
        self.least = QLineEdit()
        self.least.setFixedWidth(90)
        self.least.setAccessibleName(self.tr("The number from which it counts as a yes"))
        self.least.setToolTip(self.tr("The number from which it counts as a yes"))
        label = Label(self.tr("A &yes is"))
        label.setBuddy(self.how)
        fill(row_layout(self, spacing=8), label, (self.how, 1), self.least)
        self.how.picked.connect(self._pick)
        self.least.textEdited.connect(self.changed)
        self.least.editingFinished.connect(self._check_least)

    def show_label(self, head: Head, column: str, yes: Yes) -> None:
        """Offer the values of a column."""
        at = head.columns.index(column)
        values = list(dict.fromkeys(row[at] for row in head.rows if row[at]))[:MOST_VALUES]
        if yes.equals is not None and yes.equals not in values:
            values.insert(0, yes.equals)
        entries = [(VALUE + value, self.tr("“{value}”").format(value=value)) for value in values]
        numeric = bool(values) and all(read(value) is not None for value in values)
        self.how.set_entries([*([(FROM, self.tr("a number from here on:"))] if numeric else []), *entries])
        self.how.choose(FROM if yes.equals is None and numeric else VALUE + (yes.equals or ""))
        self.least.setText(typed(yes.at_least))
        self._follow()

    @property
    def yes(self) -> Yes | None:
        """What counts; None where that is no number."""
        key = self.how.key or FROM
        if key != FROM:
            return Yes(equals=key.removeprefix(VALUE))
        least = read(self.least.text())
        return None if least is None else Yes(at_least=least)

    @Slot()
    def _check_least(self) -> None:
        text = self.least.text().strip()
        if text and read(text) is None and self.least.isVisible():
            say_beside(self.least, no_number(text, 4.0), urgent=True)

    def _follow(self) -> None:
        self.least.setVisible((self.how.key or FROM) == FROM)

    @Slot()
    def _pick(self) -> None:
        self._follow()
        self.changed.emit()


WIDTH, HEIGHT = 980, 760

KEEP = declare(
    "app.data-notice-how-to-keep", "To read a column that is left out, choose its use under “taken as” above."
)
NO_LEAST = declare("app.data-no-least", "From which number on does the label count as a yes? Type one, such as 4.")


class MappingDialog(QDialog):
    """``chosen(RecommenderData)``: these are to be learned from. The files are read in the background."""

    chosen = Signal(object)

    def __init__(self, path: Path, parent: QWidget | None = None, form: Form | None = None) -> None:
        """``form``: what the file has to be taken for; None for what it looks like, or what a person chooses."""
        super().__init__(parent)
        self._fixed = form
        self._path = path
        self._proposal: Proposal | None = None
        self._items: Proposal | None = None
        self._label: str | None = None
        self.setWindowTitle(self.tr("Learn from {name}").format(name=title_letters(printable(path.name))))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAcceptDrops(True)
        self.resize(QSize(WIDTH, HEIGHT).boundedTo(self.screen().availableSize() - WINDOW_FRAME))
        self._reading = Background("own file", latest_only=True, tells=True, parent=self)
        self._reading.done.connect(self._take)
        self._reading.failed.connect(self._fail)
        self._reading.progressed.connect(self._advance)
        self._rows = column_layout(self, (18, 16, 18, 14), spacing=10)
        self._build_head()
        self._build_roles()
        self._build_foot()
        self._read(_proposing(path, form))

    # Building -----------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self.title = ElidedLabel(printable(self._path.name), "title")
        self.about = wrapped(self.tr("Looking into the file…"))
        log = (self.tr("A log: who did what"), self.tr("Rows with a user and an item, ideally with a time"))
        table = (self.tr("A table with a label"), self.tr("Rows with something to predict from their columns"))
        self.form = Switch(self.tr("What the file is"), (log, table))
        self.form.setFixedWidth(360)
        self.form.currentChanged.connect(self._change_form)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setAccessibleName(self.tr("Reading the file"))
        self._patience = Patience(self.progress, self.progress)
        row = fill(row_layout(), (self.title, 1), self.form)
        fill(self._rows, row, self.about, self.progress)

    def _build_roles(self) -> None:
        self.roles = RoleList(self.tr("What the columns are"))
        self.roles.changed.connect(self._follow)
        self.yes = YesField()
        self.yes.changed.connect(self._judge)
        self.item_roles = RoleList(self.tr("What the columns of the items' file are"))
        self.item_roles.changed.connect(self._judge)
        self.item_line = QWidget()
        self.item_name = ElidedLabel("", "muted")
        self.choose_items = QPushButton(self.tr("&Items from a second file…"))
        self.choose_items.setToolTip(self.tr("Titles and more about the items, joined by id; or drop the file here"))
        self.choose_items.clicked.connect(self._ask_for_items)
        self.forget_items = QPushButton(self.tr("&Without it"))
        self.forget_items.setToolTip(self.tr("Leave out the second file"))
        self.forget_items.clicked.connect(self._forget_items)
        fill(row_layout(self.item_line), self.choose_items, self.forget_items, (self.item_name, 1))
        self.head = HeadTable(self.tr("First rows, as the file has them"))
        fill(self._rows, (self.roles, 8), self.yes, self.item_line, (self.item_roles, 5), (self.head, 1))

    def _build_foot(self) -> None:
        self.said = SaidList("")
        self.cancel = QPushButton(self.tr("&Cancel"))
        self.cancel.setToolTip(self.tr("Don't use any of this"))
        self.cancel.clicked.connect(self.reject)
        begins = self._fixed is None  # else a run that is open drafts from other columns
        self.use = push_button(self.tr("&Train on these data") if begins else self.tr("&Use these data"), "primary")
        self.use.setDefault(True)
        training = self.tr("Start training at once with the usual settings, which Model can change for another run")
        self.use.setToolTip(plain_tip(training if begins else self.tr("Draft a run that learns from these columns")))
        self.use.clicked.connect(self._accept)
        row = fill(row_layout(), 1, self.cancel, self.use)
        self.notes = FittedScroll(self.tr("What was found in the file"), QFrame.Shape.NoFrame)
        self.notes.setWidget(self.said)
        self._rows.addWidget(self.notes, 2)
        self._rows.addStretch()  # a sentence alone stands at the top
        self._rows.addLayout(row)
        self._show_parts()

    # The files ----------------------------------------------------------------------------------------------------

    def _read(self, work: Work) -> None:
        self._patience.set_busy(True)
        self.use.setEnabled(False)
        self._reading.request(work)

    @Slot(float)
    def _advance(self, share: float) -> None:
        self.progress.setValue(round(1000 * share))

    @Slot(object)
    def _take(self, found: tuple[str, Proposal]) -> None:
        self._patience.set_busy(False)
        kind, proposal = found
        if kind == "items":
            self._items = proposal
            self.item_roles.show_proposal(proposal, ITEM_ROLES)
            self.item_name.set_full_text(Path(proposal.path).name)
        else:
            self._proposal, self._items, self._label = proposal, None, None
            self.item_name.set_full_text("")
            self._show_proposal(proposal)
        self._follow()

    def _show_form(self, proposal: Proposal) -> None:
        """The switch stands where the proposal does; nothing is read."""
        self.form.blockSignals(True)
        self.form.setCurrentIndex(FORMS.index(proposal.form))
        self.form.blockSignals(False)

    def _show_proposal(self, proposal: Proposal) -> None:
        self._show_form(proposal)
        if proposal.known:
            known = self.tr("This is {name}, whose columns are known.")
            self.about.setText(known.format(name=proposal.known))
            return
        words = self.tr(
            "What each column is taken for, by its name and the first {rows} {rows:row|rows}; change what is not right."
        )
        self.about.setText(filled_in(words, {"rows": grouped(proposal.rows)}))
        offered: Sequence[Role] = LOG_ROLES if proposal.form == "watches" else TABLE_ROLES
        self.roles.show_proposal(proposal, offered)
        self.head.show_head(proposal.head)

    @Slot(object)
    def _fail(self, problem: Problem) -> None:
        """A file cannot be read. What was proposed before still holds, and can be used."""
        self._patience.set_busy(False)
        if self._proposal is None:
            self.about.setText(self.tr("This file can't be learned from."))
            self._show_parts()
            self.said.say([problem])
            return
        self._show_form(self._proposal)
        self._judge_with(problem)

    @Slot(int)
    def _change_form(self, index: int) -> None:
        if self._proposal is not None and not self._proposal.known:
            self._read(_retaking(self._proposal, FORMS[index]))

    def _ask_for_items(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in DATA_SUFFIXES)
        kinds = (f"{self.tr('Tables')} ({patterns})",)
        dialog = ask_for_file(self, self.tr("The file of the items"), self._path.parent, kinds)
        dialog.fileSelected.connect(lambda name: self.take_items(Path(name)))
        dialog.open()

    def take_items(self, path: Path) -> None:
        """Read a second file, which says what the items are."""
        if self._proposal is not None:
            self._read(_proposing_items(path, self._item_ids(self._proposal)))

    def _item_ids(self, proposal: Proposal) -> list[str]:
        column = _column_of(self.roles.roles, "item")
        if column is None:
            return []
        at = proposal.head.columns.index(column)
        return [row[at] for row in proposal.head.rows]

    @Slot()
    def _forget_items(self) -> None:
        self._items = None
        self.item_name.set_full_text("")
        self._follow()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A single file may be dropped: what the items are."""
        urls = event.mimeData().urls()
        if len(urls) == 1 and urls[0].isLocalFile() and self._takes_items:
            take_copy(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.take_items(path_of_url(event.mimeData().urls()[0]))
        take_copy(event)

    # What comes of it ---------------------------------------------------------------------------------------------

    @property
    def _takes_items(self) -> bool:
        proposal = self._proposal
        return proposal is not None and not proposal.known and proposal.form == "watches"

    @Slot()
    def _follow(self) -> None:
        """A column is taken for something else: the label's values are offered anew where it is another."""
        proposal = self._proposal
        if proposal is not None and proposal.form == "examples" and not proposal.known:
            label = _column_of(self.roles.roles, "label")
            if label is not None and label != self._label:
                first = self._label is None and proposal.roles.get(label) == "label"
                self.yes.show_label(proposal.head, label, proposal.yes if first else yes_of(proposal.head, label))
            self._label = label
        self._judge()

    @Slot()
    def _judge(self) -> None:
        """Say what is wrong, or has to be known."""
        self._judge_with()

    def _judge_with(self, *failed: Problem) -> None:
        """The same, after what has just failed, which is in the way of nothing."""
        self._show_parts()
        proposal = self._proposal
        if proposal is None:
            return
        wrong = [] if proposal.known else self._problems(proposal)
        untimed = self._takes_items and _column_of(self.roles.roles, "time") is None
        untimed_words = [NO_TIMES()] if untimed else []
        roles = self.roles.roles
        unread = [one.reason for one in proposal.columns if one.readable_as and roles.get(one.name) == "unused"]
        leaks = (*unread, *proposal.leaks_read(roles))
        notices = (KEEP() if one.code == HOW_TO_KEEP.code else one for one in proposal.notices)
        self.said.say([*failed, *wrong, *self._item_problems(), *leaks, *untimed_words, *notices])
        self.use.setEnabled(not wrong and not self._reading.busy)

    def _item_problems(self) -> tuple[Problem, ...]:
        """What was found of the second file, as long as its ids are those that were proposed."""
        items = self._items
        if items is None or _column_of(self.item_roles.roles, "id") != _column_of(items.roles, "id"):
            return ()
        return items.problems

    def _problems(self, proposal: Proposal) -> list[Problem]:
        found = [*proposal.refusals, *problems_of(proposal.form, self.roles.roles, self._items_choice)]
        if proposal.form == "examples" and self._label is not None and self.yes.yes is None:
            found.append(NO_LEAST())
        return found

    @property
    def _items_choice(self) -> ItemsChoice | None:
        return None if self._items is None else ItemsChoice(Path(self._items.path), self.item_roles.roles)

    def _show_parts(self) -> None:
        """What there is to be chosen now."""
        proposal = self._proposal
        mapped = proposal is not None and not proposal.known
        self.form.setVisible(mapped and self._fixed is None)
        self.roles.setVisible(mapped)
        self.head.setVisible(mapped and self._items is None)
        self.yes.setVisible(mapped and not self._takes_items and self._label is not None)
        self.item_line.setVisible(self._takes_items)
        self.forget_items.setVisible(self._items is not None)
        self.item_roles.setVisible(self._takes_items and self._items is not None)

    @property
    def choice(self) -> RecommenderData | None:
        """The data as they are chosen; None where something is still in the way."""
        proposal = self._proposal
        if proposal is None or (not proposal.known and self._problems(proposal)):
            return None
        if proposal.known:
            return RecommenderData(source="file", path=self._path)
        yes = self.yes.yes if proposal.form == "examples" else None
        return choice_of(self._path, proposal.form, self.roles.roles, yes or Yes(), self._items_choice)

    @Slot()
    def _accept(self) -> None:
        choice = self.choice
        if choice is not None:
            self.accept()
            self.chosen.emit(choice)

    def done(self, result: int) -> None:
        """Every way out comes by here, the title bar's too: what is being read is given up. It must not be a call of
        ``close``, which Qt answers by ``reject``, and takes for refused where the dialog is still seen after it."""
        self._reading.close()
        super().done(result)


def _column_of(roles: Mapping[str, Role], wanted: Role) -> str | None:
    return next((name for name, role in roles.items() if role == wanted), None)


def _watch(path: Path, job: Job) -> Watch:
    return Watch(str(path), job.progress, job.cancelled)


def _proposing(path: Path, form: Form | None) -> Work:
    def work(job: Job) -> tuple[str, Proposal]:
        found = propose(path, _watch(path, job))
        if form is None or form == found.form or found.known:
            return "file", found
        return "file", as_form(found, form, _watch(path, job))

    return work


def _retaking(proposal: Proposal, form: Form) -> Work:
    return lambda job: ("file", as_form(proposal, form, _watch(Path(proposal.path), job)))


def _proposing_items(path: Path, items: list[str]) -> Work:
    return lambda job: ("items", propose_items(path, items, _watch(path, job)))
