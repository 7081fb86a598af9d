"""What the network reads of somebody besides their history: where they are, what they use, what they searched for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from app.kit.icons import set_icon
from app.kit.listing import joined
from app.kit.numbers import counted
from app.kit.widgets.choice import Choice
from app.kit.widgets.flow import FlowLayout
from app.kit.widgets.frame import column_layout, fill
from app.kit.widgets.labels import ElidedLabel
from app.kit.widgets.section import Section
from app.kit.words import letters, plain_tip
from app.workspaces.recommender.fields import Finder
from app.workspaces.recommender.follow.session import FollowSession
from engine.recommenders.tasks.candidates.answers import FoundTokens, SearchToken, UserCategory

COLUMNS = 2
WIDEST = 200
"""Pixels of a chip."""


class CategoryChoice(Choice):
    """The values of a category that the network knows, and that it is not known."""

    def __init__(self, category: UserCategory) -> None:
        tip = QCoreApplication.translate("CategoryChoice", "{category} of this user, as the network reads it")
        super().__init__(category.name, (), tip.format(category=category.name))
        self.category = category
        self._values: tuple[str | None, ...] = ()
        self.show_value(None)

    def show_value(self, value: str | None) -> None:
        """Show a value: one that training did not have is offered beside those that it had."""
        values: tuple[str | None, ...] = (None, *self.category.values)
        if value not in values:
            values = (*values, value)
        if values != self._values:
            self._values = values
            self.set_entries([(str(at), self._text(value)) for at, value in enumerate(values)])
        self.choose(str(values.index(value)))

    def _text(self, value: str | None) -> str:
        if value is None:
            return self.tr("unknown")
        return value if value in self.category.values else self.tr("{value}, new to it").format(value=value)

    def value_of(self, key: str) -> str | None:
        """The value of an entry."""
        return self._values[int(key)]


class SearchChips(QWidget):
    """``removed(SearchToken)``: by hand. As many lines as it takes."""

    removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[SearchToken, ...] = ()
        self._flow = FlowLayout(self, 4)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def chips(self) -> list[QToolButton]:
        """Those in sight, in the order of the searches."""
        return [chip for chip in self.findChildren(QToolButton) if not chip.isHidden()]

    def show_tokens(self, tokens: Sequence[SearchToken]) -> None:
        """Show these; the keyboard stays among them where it was."""
        if tuple(tokens) == self._shown:
            return
        at = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        self._shown = tuple(tokens)
        self._flow.clear()
        chips = [self._chip(token) for token in self._shown]
        for chip in chips:
            self._flow.addWidget(chip)
        if at >= 0 and chips:
            chips[min(at, len(chips) - 1)].setFocus()
        self.setVisible(bool(chips))
        self.updateGeometry()

    def _chip(self, token: SearchToken) -> QToolButton:
        chip = QToolButton(self)
        chip.setProperty("role", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the cross comes after the text
        set_icon(chip, "close")
        chip.setMaximumWidth(WIDEST)
        chip.ensurePolished()
        shown = chip.fontMetrics().elidedText(token.text, Qt.TextElideMode.ElideRight, WIDEST - 44)
        chip.setText(letters(shown))
        chip.setAccessibleName(self.tr("Take out the search {text}").format(text=token.text))
        chip.setToolTip(plain_tip(self.tr("Searched: {text}. Press to take it out").format(text=token.text)))
        chip.clicked.connect(lambda _checked=False, token=token: self.removed.emit(token))
        return chip


class ProfilePanel(QWidget):
    """A choice for each category, and the searches; hidden where the network reads neither."""

    def __init__(self, session: FollowSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.choices: dict[str, CategoryChoice] = {}
        self._offered: dict[str, SearchToken] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        self.chips = SearchChips()
        self.finder = Finder(
            self.tr("Add a search …"), self.tr("Type a part of what was searched for; the network reads it too")
        )
        self._searches = self._searches_part()
        content = QWidget()
        fill(column_layout(content, spacing=6), self._grid, self._searches)
        self.part = Section(self.tr("About this user"), content)
        self.part.heading.setChecked(False)
        fill(column_layout(self), self.part)
        self.finder.wanted.connect(self._look)
        self.finder.picked.connect(self._add)
        self.chips.removed.connect(session.document.unsearch)
        session.about_known.connect(self._build)
        session.document.changed.connect(self._follow)
        self._build()

    def _searches_part(self) -> QWidget:
        part = QWidget()
        fill(column_layout(part, spacing=4), self.finder, self.chips)
        return part

    @Slot()
    def _build(self) -> None:
        """What there is to say is the network's to tell."""
        about = self._session.about
        categories = () if about is None else about.categories
        searches = about is not None and about.search_tokens > 0
        self.setVisible(bool(categories) or searches)
        self._searches.setVisible(searches)
        if tuple(choice.category for choice in self.choices.values()) != categories:
            self._rebuild(categories)
        self._follow()

    def _rebuild(self, categories: tuple[UserCategory, ...]) -> None:
        for widget in tuple(_widgets(self._grid)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self.choices = {category.name: CategoryChoice(category) for category in categories}
        for at, (name, choice) in enumerate(self.choices.items()):
            row, place = divmod(at, COLUMNS)
            self._grid.addWidget(_caption(name, choice), 2 * row, place)
            self._grid.addWidget(choice, 2 * row + 1, place)
            choice.picked.connect(lambda key, choice=choice: self._say(choice, key))
        for place in range(COLUMNS):
            self._grid.setColumnStretch(place, 1)

    def _say(self, choice: CategoryChoice, key: str) -> None:
        self._session.document.say(choice.category.name, choice.value_of(key))

    @Slot(str)
    def _look(self, text: str) -> None:
        self._session.search_tokens(text, self._offer)

    def _offer(self, found: FoundTokens) -> None:
        self._offered = {str(token.token): token for token in found.tokens}
        entries = [(key, token.text) for key, token in self._offered.items()]
        self.finder.offer(entries, found.found - len(entries))

    @Slot(str)
    def _add(self, key: str) -> None:
        token = self._offered.get(key)
        if token is not None:
            self._session.document.search(token)

    @Slot()
    def _follow(self, _words: str = "") -> None:
        profile = self._session.document.history.profile
        for name, choice in self.choices.items():
            choice.show_value(profile.categories.get(name))
        self.chips.show_tokens(profile.searches)
        said = [value for value in profile.categories.values() if value]
        if profile.searches:
            said.append(counted(len(profile.searches), self.tr("1 search"), self.tr("{count} searches")))
        self.part.heading.set_hint(joined(said))


def _caption(name: str, choice: QWidget) -> QLabel:
    label = ElidedLabel(name, "readout")
    label.setAlignment(Qt.AlignmentFlag.AlignBottom)
    label.setBuddy(choice)
    return label


def _widgets(grid: QGridLayout) -> Iterator[QWidget]:
    for at in range(grid.count()):
        item = grid.itemAt(at)
        widget = None if item is None else item.widget()
        if widget is not None:
            yield widget
