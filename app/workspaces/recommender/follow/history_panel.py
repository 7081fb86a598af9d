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
from app.kit.widgets.frame import Panel, rule
from app.kit.widgets.labels import ElidedLabel, Label, wrapped
from app.workspaces.recommender.follow.answers import FoundItems, FoundUsers, Item
from app.workspaces.recommender.follow.finder import Finder
from app.workspaces.recommender.follow.history_list import HistoryList, HistoryRow, history_rows
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
        self._hues = Hues()
        self.list = HistoryList()
        self.empty = wrapped(self.tr("Nothing watched yet. Add an item below, and see what is recommended."))
        self.empty.setContentsMargins(MARGIN, 8, MARGIN, 0)
        self.still = wrapped("")
        self.still.setContentsMargins(MARGIN, 8, MARGIN, 8)
        self.profile = ProfilePanel(session)
        self.profile.setContentsMargins(MARGIN, 0, MARGIN, 8)
        self.column.addWidget(self._head())
        self.column.addWidget(self.profile)
        self.column.addWidget(self.empty)
        self.column.addWidget(self.list, 1)
        self.column.addStretch()  # before there is a list, nothing is pulled apart
        self.column.addWidget(self.still)
        self.column.addWidget(rule())
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
        for row in (top, whose):
            column.addLayout(row)
        return head

    def _foot(self) -> QWidget:
        """What would change with another watch; and, once something is edited, the way back."""
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(MARGIN, 8, MARGIN, 8)
        column.setSpacing(6)
        tip = self.tr("Type a part of a title; what is added was watched last")
        self.search = Finder(self.tr("Add a watch: what would change?"), tip)
        self.edit_row = QWidget()
        row = QHBoxLayout(self.edit_row)
        row.setContentsMargins(0, 0, 0, 0)
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
        column.addWidget(self.search)
        column.addWidget(self.edit_row)
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

    def _offer_items(self, found: FoundItems) -> None:
        self._found = {item.name: item for item in found.items}
        entries = [
            (item.name, item.title if item.year is None else f"{item.title} ({item.year})") for item in found.items
        ]
        self.search.offer(entries, found.found - len(entries))

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

        def offer(found: FoundUsers) -> None:
            if not found.found and bare.isdecimal():
                self._session.search_users(bare, self._offer_users)
            else:
                self._offer_users(found)

        self._session.search_users(text, offer)

    def _offer_users(self, found: FoundUsers) -> None:
        entries = []
        for user in found.users:
            watches = counted(user.watches, self.tr("1 watch"), self.tr("{count} watches"))
            entries.append(
                (user.name, self.tr("{user} · {watches}").format(user=user_text(user.name), watches=watches))
            )
        self.user.offer(entries, found.found - len(entries))

    # Following ----------------------------------------------------------------------------------------------------

    def show_hues(self, hues: Hues) -> None:
        """Colour the rows by what sort each is."""
        self._hues = hues
        self._follow_history()

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
        self.list.show_rows(history_rows(history, session.effects, longest, self._hues))
        self.list.setVisible(bool(self.list.rows))
        self.empty.setVisible(session.begun and not self.list.rows)
        self.column.setStretchFactor(self.empty, 0 if self.list.rows else 1)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.about.set_full_text(self._about_text(history.kept, longest) if session.begun else "")
        self.about.set_about(self._order_text())
        self.still.setText(still_text(self.list.rows))
        self.still.setVisible(bool(self.still.text()))
        self.edits.set_full_text(self._edits_text())
        stack = session.document.stack
        self.edit_row.setVisible(stack.canUndo() or stack.canRedo())
        self.actions_made["reset"].setEnabled(session.document.edited)

    def _about_text(self, kept: int, longest: int) -> str:
        if kept > longest:
            return self.tr("the last {longest} of {count}").format(longest=grouped(longest), count=grouped(kept))
        return counted(kept, self.tr("1 watch"), self.tr("{count} watches, latest first"))

    def _order_text(self) -> str:
        """How much of a history is read, and whether it matters what was watched before what."""
        facts = self._session.facts
        if facts is None:
            return ""
        order = self.tr("The order does not count: a mean is read.")
        if facts.latest == 1:
            order = self.tr("The order counts only for the last watch: the rest is a mean.")
        elif facts.latest:
            order = self.tr("The order counts only for the last {count}: the rest is a mean.")
        read = self.tr("The network reads at most {longest} watches.").format(longest=grouped(facts.longest))
        return f"{read} {order.format(count=grouped(facts.latest))}"

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


def still_text(rows: tuple[HistoryRow, ...]) -> str:
    """What is true of all watches whose row says nothing: without any one of them the nearest ones are the same."""
    still = [row for row in rows if row.changed == 0]
    if not still:
        return ""
    top = grouped(still[0].top)
    tr = QCoreApplication.translate
    if len(still) == sum(not row.removed for row in rows):
        words = tr("HistoryPanel", "Without any one of them the nearest {top} stay the same.")
    elif len(still) == 1:
        words = tr("HistoryPanel", "Without the other one the nearest {top} stay the same.")
    else:
        words = tr("HistoryPanel", "Without any one of the other {count} the nearest {top} stay the same.")
    return words.format(count=grouped(len(still)), top=top)


def user_text(name: str) -> str:
    """A bare number is told to be a user's."""
    return QCoreApplication.translate("HistoryPanel", "User {name}").format(name=name) if name.isdecimal() else name


def _button(action: QAction) -> ActionButton:
    button = ActionButton(action)
    button.setAccessibleName(action.text())
    return button
