"""The right column: the check list, the numbers at the cursor, and what the layer would make of each function."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.kit import theme
from app.kit.capitals import in_capitals
from app.kit.guessing.card import GuessCard
from app.kit.listing import joined
from app.kit.origin.card import OriginCard
from app.kit.origin.facts import Fact
from app.kit.translation import worded_name
from app.kit.widgets.column import MARGIN, PanelColumn
from app.kit.widgets.labels import Label, wrapped
from app.kit.words import letters
from app.workspaces.activations.cursor_table import CursorTable
from app.workspaces.activations.fact_list import FactList
from app.workspaces.activations.functions import ComparedFunction, still_words
from app.workspaces.activations.layer_use import EffectList
from app.workspaces.activations.layer_watch import LayerView, WatchedLayer
from app.workspaces.activations.words import advice_on


class UseFoot(QFrame):
    """``use`` and ``undo`` are its buttons. ``resized``: it wants another height."""

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.use = QPushButton(self.tr("Use it in the layer"))
        self.use.setProperty("role", "primary")
        self.use.setToolTip(
            self.tr(
                "Put the marked activation into the playground's layer (Ctrl+Return); Ctrl+Z takes it back while it is"
                " the newest step"
            )
        )
        self.undo = QPushButton()
        self.undo.setAccessibleName(self.tr("Undo"))
        self.undo.setToolTip(
            self.tr("Give the playground's layer back the activation that it had (Ctrl+Z while it is the newest step)")
        )
        self.undo.hide()
        self.why = wrapped()
        self.why.hide()
        buttons = self._buttons = QHBoxLayout()
        buttons.addWidget(self.use)
        buttons.addStretch(1)
        buttons.addWidget(self.undo)
        self._undo_text = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(MARGIN, 6, MARGIN, 8)
        self._column.setSpacing(6)
        self._column.addWidget(self.why)
        self._column.addLayout(buttons)

    def event(self, event: QEvent) -> bool:
        """Return what it says has become longer or shorter."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)

    def height_for(self, width: int) -> int:
        """The height that all of it takes in this width; none where there is nothing to say or to press."""
        if all(part.isHidden() for part in (self.why, self.use, self.undo)):
            return 0
        self._fit(width - 2 * MARGIN)
        wanted = self._column.heightForWidth(width)
        return wanted if wanted > 0 else self._column.sizeHint().height()

    def _fit(self, room: int) -> None:
        """Both buttons beside each other, that of undoing with fewer words if need be; else one above the other."""
        wide = self._buttons.direction()
        texts = (self._undo_text, self.tr("Undo")) if not self.undo.isHidden() else ("",)
        for text in texts:
            if text and self.undo.text() != letters(text):
                self.undo.setText(letters(text))
            shown = [button for button in (self.use, self.undo) if not button.isHidden()]
            taken = sum(button.sizeHint().width() for button in shown) + self._buttons.spacing() * len(shown)
            wide = QBoxLayout.Direction.LeftToRight if taken <= room else QBoxLayout.Direction.TopToBottom
            if taken <= room:
                break
        if wide is not self._buttons.direction():
            self._buttons.setDirection(wide)

    def show_layer(self, function: str, layer: str, refusal: str, put_into: str) -> None:
        """``function`` may go into ``layer``, unless there is a ``refusal``, which is then said in the button's place;
        one was put into ``put_into`` just now."""
        self.why.setText(refusal)
        self.why.setVisible(bool(refusal))
        self.use.setVisible(bool(function) and bool(layer) and not refusal)
        self.use.setText(letters(self.tr("Use {function} in {layer}").format(function=function, layer=layer)))
        self.use.setEnabled(not refusal)
        self.undo.setVisible(bool(put_into))
        self._undo_text = self.tr("Undo in {layer}").format(layer=put_into)
        self.undo.setText(letters(self._undo_text))
        self.undo.setAccessibleName(self._undo_text)


class RightPanel(PanelColumn):
    """Facts, numbers at the cursor, and the layer with its foot."""

    def __init__(self, fact_of: Callable[[Hashable], Fact | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Facts and numbers"))
        self._fact_of = fact_of
        self._shown: Sequence[ComparedFunction] = ()
        self._slopes_hidden = False
        self.rows.setSpacing(5)
        self._add_checks()
        self._add_numbers()
        self._add_layer()

    def _add_checks(self) -> None:
        self.checks = FactList()
        self.rows.addLayout(self._head(self.tr("Check list"), self._legend()))
        self.still = wrapped("", "problem")
        self.still.hide()
        self.rows.addWidget(self.checks)
        self.rows.addWidget(self.still)
        self.advice = wrapped()
        self.rows.addWidget(self.advice)
        theme.follow(self._restyle)

    def _add_numbers(self) -> None:
        self.numbers = CursorTable()
        self.origin, self.guess = OriginCard(self._fact_of), GuessCard()
        self.guess.set_compact(True)
        self._at = Label()
        self.rows.addSpacing(3)
        self.rows.addLayout(self._head("", self._at))
        self.rows.addWidget(self.guess)
        self.rows.addWidget(self.numbers)
        self.rows.addWidget(self.origin)
        self.rows.addStretch(1)

    def _add_layer(self) -> None:
        self.effects = EffectList()
        self._if = Label()
        self.rows.addLayout(self._head("", self._if))
        self.rows.addWidget(self.effects)
        self.foot = UseFoot(self)
        self.foot.resized.connect(self._place_foot)
        self._place_foot()
        self.foot.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    @Slot()
    def _place_foot(self) -> None:
        """Keep the foot in sight, below the part that scrolls."""
        width, frame = self.width(), self.frameWidth()
        height = self.foot.height_for(width - 2 * frame)
        self.setViewportMargins(0, 0, 0, height)
        self.foot.setGeometry(frame, self.height() - frame - height, width - 2 * frame, height)

    def _head(self, title: str, beside: QLabel) -> QHBoxLayout:
        row = QHBoxLayout()
        if title:
            label = Label(in_capitals(title))
            label.setProperty("role", "heading")
            row.addWidget(label)
            row.addStretch(1)
        else:
            beside.setProperty("role", "heading")
        row.addWidget(beside)
        return row

    def _legend(self) -> QLabel:
        self._helps = Label()
        self._helps.setTextFormat(Qt.TextFormat.RichText)  # two words in their colours, all of it ours
        self._helps.setProperty("role", "muted")
        return self._helps

    def _restyle(self) -> None:
        good, bad = theme.current().good, theme.current().warning
        helps = f'<b style="color:{good}">{self.tr("helps")}</b>'
        hinders = f'<b style="color:{bad}">{self.tr("hinders")}</b>'
        self._helps.setText(self.tr("{helps} or {hinders} training").format(helps=helps, hinders=hinders))

    def show_checks(self, shown: Sequence[ComparedFunction]) -> None:
        """The facts of what is compared, and what they come to for a hidden layer."""
        self._shown = shown
        self.checks.show_functions(shown)
        self.still.setText(still_words(shown))
        self.still.setVisible(bool(self.still.text()))
        self._advise()

    def _advise(self) -> None:
        advice = advice_on(self._shown, hidden=self._slopes_hidden)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice) and self.still.isHidden())

    def hide_slopes(self, hidden: bool) -> None:
        """Show slopes and their ranges as questions, or as they are."""
        self._slopes_hidden = hidden
        self.numbers.hide_slopes(hidden)
        self.checks.hide_slopes(hidden)
        self._advise()

    def show_cursor(self, shown: Sequence[ComparedFunction], cursor: float, text: str) -> None:
        """Show the functions at an x, which is written as ``text``."""
        self._at.setText(joined((in_capitals(self.tr("At the cursor")), f"x = {text}")))
        self.numbers.show_functions(shown, cursor)

    def explain(self, key: Hashable) -> None:
        """Say where a number comes from."""
        self.origin.show(key)
        QTimer.singleShot(0, self, lambda: self.bring_into_sight(self.origin))  # when it is as high as it will be

    def show_layer(
        self,
        layer: WatchedLayer | None,
        view: LayerView | None,
        shown: Sequence[ComparedFunction],
        candidate: ComparedFunction | None,
        refusal: str,
        put_into: str = "",
    ) -> None:
        """Show the layer's z under each function. ``refusal``: why the marked one cannot be put in. ``put_into``:
        the layer that one was put into last, which can be undone."""
        name = worded_name(layer.name) if layer is not None else ""
        if_used = self.tr("If {layer} used it, with this z").format(layer=name)
        self._if.setText(in_capitals(if_used if name else self.tr("If a layer used it")))
        self.effects.show_effects(shown, view, candidate.key if candidate is not None else None)
        self.foot.show_layer(candidate.name if candidate is not None else "", name, refusal, put_into)
