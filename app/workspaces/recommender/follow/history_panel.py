"""Whose history it is, and the history itself, to be edited."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.kit.actions import describe
from app.kit.capitals import in_capitals
from app.kit.icons import set_icon
from app.kit.listing import joined
from app.kit.numbers import counted, grouped
from app.kit.widgets.action_button import ActionButton
from app.kit.widgets.frame import Panel
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.workspaces.recommender.follow.content import Item, ListedUser
from app.workspaces.recommender.follow.finder import Finder
from app.workspaces.recommender.follow.history_list import HistoryList
from app.workspaces.recommender.follow.history_rows import HistoryRows
from app.workspaces.recommender.follow.hues import Hues
from app.workspaces.recommender.follow.profile_panel import ProfilePanel
from app.workspaces.recommender.follow.session import FollowSession

WIDTH = 248
MARGIN = 12


class HistoryPanel(Panel):
    """Edits go to the session's document; ``edited``: one was made here, by hand."""

    edited = Signal()

    def __init__(self, session: FollowSession) -> None:
        super().__init__()
        self._session = session
        self.setFixedWidth(WIDTH)
        self.actions_made = self._actions()
        self.rows = HistoryRows(self)
        self.list = HistoryList(self.rows)
        self.empty = wrapped(self.tr("Nothing watched yet. Add an item above, and see what is recommended."))
        self.empty.setContentsMargins(MARGIN, 8, MARGIN, 0)
        self.legend = wrapped("")
        self.legend.setContentsMargins(MARGIN, 0, MARGIN, 6)
        self.profile = ProfilePanel(session)
        self.profile.setContentsMargins(MARGIN, 0, MARGIN, 8)
        self.column.addWidget(self._head())
        self.column.addWidget(self.profile)
        self.column.addWidget(self.legend)
        self.column.addWidget(self.empty)
        self.column.addWidget(self.list, 1)
        self.column.addStretch()  # before there is a list, nothing is pulled apart
        self.column.addWidget(self._foot())
        self._connect()
        self._follow_user()
        self._follow_history()

    def _actions(self) -> dict[str, QAction]:
        """Undo and redo of edits, reset, and whom to follow."""
        document = self._session.document
        made = {}
        for name, text, tip, keys, do in (
            ("undo", self.tr("Undo"), self.tr("Take the last edit of the history back"), "Ctrl+Z", document.stack.undo),
            ("redo", self.tr("Redo"), self.tr("Make the edit again"), "Ctrl+Shift+Z", document.stack.redo),
            ("reset", self.tr("Reset"), self.tr("The history as in the log again; that can be undone"), "Ctrl+Shift+R",
             document.reset),
            ("dice", self.tr("Somebody else"), self.tr("Follow a user drawn at random"), "Ctrl+D",
             self._session.follow_anybody),
            ("new", self.tr("A history of one's own"), self.tr("Begin with an empty history"), "Ctrl+Shift+D",
             self._session.follow_nobody),
        ):  # fmt: skip
            action = QAction(text, self)
            action.setShortcut(QKeySequence(keys))
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            describe(action, tip)
            action.triggered.connect(lambda _checked=False, do=do: do())
            self.addAction(action)
            made[name] = action
        for name in ("undo", "redo", "dice", "new"):
            set_icon(made[name], name)
        return made

    def _head(self) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(MARGIN, 12, MARGIN, 6)
        column.setSpacing(8)
        heading = Label(in_capitals(self.tr("History")))
        heading.setProperty("role", "heading")
        self.about = ElidedLabel("", "muted")
        self.about.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addWidget(self.about, 1)
        self.user = Finder(
            self.tr("Find a user"), self.tr("Type a part of a user's name, or of their number"), keeps=True
        )
        whose = QHBoxLayout()
        whose.setSpacing(4)
        whose.addWidget(self.user, 1)
        for name in ("dice", "new"):
            whose.addWidget(_button(self.actions_made[name]))
        self.search = Finder(
            self.tr("Add an item …"), self.tr("Type a part of a title; what is added was watched last")
        )
        for row in (top, whose):
            column.addLayout(row)
        column.addWidget(self.search)
        return head

    def _foot(self) -> QWidget:
        foot = QWidget()
        row = QHBoxLayout(foot)
        row.setContentsMargins(MARGIN, 6, MARGIN, 8)
        row.setSpacing(4)
        self.edits = ElidedLabel("", "muted")
        row.addWidget(self.edits, 1)
        for name in ("undo", "redo"):
            row.addWidget(_button(self.actions_made[name]))
        reset = QPushButton(self.actions_made["reset"].text())
        reset.setProperty("role", "pill")
        reset.setToolTip(self.actions_made["reset"].toolTip())
        reset.clicked.connect(self.actions_made["reset"].trigger)
        self.actions_made["reset"].changed.connect(lambda: reset.setEnabled(self.actions_made["reset"].isEnabled()))
        row.addWidget(reset)
        return foot

    def _connect(self) -> None:
        session, document = self._session, self._session.document
        session.facts_known.connect(self._follow_history)
        session.user_changed.connect(self._follow_user)
        session.effects_found.connect(self._follow_history)
        document.changed.connect(self._follow_history)
        self.list.remove_wanted.connect(document.remove)
        self.list.remove_all_wanted.connect(document.remove_all)
        self.list.put_back_wanted.connect(document.put_back)
        self.list.move_wanted.connect(document.move)
        self.search.wanted.connect(self._look_for_items)
        self.search.picked.connect(self._add)
        self.user.wanted.connect(self._look_for_users)
        self.user.picked.connect(session.follow)
        for name, possible in (("undo", document.stack.canUndoChanged), ("redo", document.stack.canRedoChanged)):
            possible.connect(self.actions_made[name].setEnabled)
            self.actions_made[name].setEnabled(False)
        self._found: dict[str, Item] = {}

    # Finding ------------------------------------------------------------------------------------------------------

    @Slot(str)
    def _look_for_items(self, text: str) -> None:
        self._session.search_items(text, self._offer_items)

    def _offer_items(self, found: int, items: tuple[Item, ...]) -> None:
        self._found = {one.name: one for one in items}
        entries = [(one.name, one.title if one.year is None else f"{one.title} ({one.year})") for one in items]
        self.search.offer(entries, found - len(items))

    @Slot(str)
    def _add(self, name: str) -> None:
        item = self._found.get(name)
        if item is not None:
            self._session.document.add(item)
            self.list.choose(0)

    @Slot(str)
    def _look_for_users(self, text: str) -> None:
        """What is typed as it is shown, ``User 1``, is the user of that number, where nobody is called so."""
        bare = text.strip().lower().removeprefix(user_text("0").partition("0")[0].strip().lower()).strip()

        def offer(found: int, users: tuple[ListedUser, ...]) -> None:
            if not found and bare.isdecimal():
                self._session.search_users(bare, self._offer_users)
            else:
                self._offer_users(found, users)

        self._session.search_users(text, offer)

    def _offer_users(self, found: int, users: tuple[ListedUser, ...]) -> None:
        entries = []
        for one in users:
            watches = counted(one.watches, self.tr("1 watch"), self.tr("{count} watches"))
            entries.append((one.name, self.tr("{user} · {watches}").format(user=user_text(one.name), watches=watches)))
        self.user.offer(entries, found - len(users))

    # Following ----------------------------------------------------------------------------------------------------

    def show_hues(self, hues: Hues) -> None:
        """Colour the rows by what sort each is."""
        self.list.delegate.hues = hues
        self.list.viewport().update()

    @Slot()
    def _follow_user(self) -> None:
        user = self._session.user
        if not self._session.begun:
            return
        self.user.show_text(self.tr("A history of one's own") if user is None else user_text(user.name))

    @Slot()
    def _follow_history(self, _words: str = "") -> None:
        session, history = self._session, self._session.document.history
        longest = session.facts.longest if session.facts is not None else len(history.entries)
        self.legend.setText(self._legend_text())
        chosen = self.list.currentIndex().row()
        self.rows.show(history, session.effects, longest)
        if self.list.currentIndex().row() < 0 and self.rows.rows:
            self.list.choose(chosen)
        self.list.setVisible(bool(self.rows.rows))
        self.empty.setVisible(session.begun and not self.rows.rows)
        self.column.setStretchFactor(self.empty, 0 if self.rows.rows else 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        about = self.tr("latest first · {count} of at most {longest}")
        about = about if session.begun else ""
        self.about.set_full_text(about.format(count=grouped(min(history.kept, longest)), longest=grouped(longest)))
        self.edits.set_full_text(self._edits_text())
        self.actions_made["reset"].setEnabled(session.document.edited)

    def _legend_text(self) -> str:
        """What the bars are, and whether it matters what was watched before what."""
        bars = self.tr("Bars: how many of the first 10 candidates change without any watch of the item.")
        facts = self._session.facts
        if facts is None:
            return bars
        order = self.tr("The order does not count: a mean is read.")
        if facts.latest == 1:
            order = self.tr("The order counts only for the last watch: the rest is a mean.")
        elif facts.latest:
            order = self.tr("The order counts only for the last {count}: the rest is a mean.")
        return f"{bars} {order.format(count=grouped(facts.latest))}"

    def _edits_text(self) -> str:
        history = self._session.document.history
        if not self._session.begun:
            return ""
        parts = []
        if history.added:
            parts.append(self.tr("{count} added").format(count=history.added))
        if history.removed:
            parts.append(self.tr("{count} removed").format(count=history.removed))
        if said := self._session.document.said:
            parts.append(counted(said, self.tr("1 fact changed"), self.tr("{count} facts changed")))
        if parts:
            return joined(parts)
        return self.tr("in another order") if self._session.document.edited else self.tr("as in the log")


def user_text(name: str) -> str:
    """A bare number is told to be a user's."""
    return QCoreApplication.translate("HistoryPanel", "User {name}").format(name=name) if name.isdecimal() else name


def _button(action: QAction) -> ActionButton:
    button = ActionButton(action)
    button.setAccessibleName(action.text())
    return button
