"""The card that says where a number of a pass comes from, and that PyTorch comes to the same."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from app.kit import look, theme
from app.kit.background import Background, Job, Work
from app.kit.icons import set_icon
from app.kit.numbers import every_digit, scientific, to_digits
from app.kit.origin.parent_row import ParentRow
from app.kit.origin.path_bars import PathBars
from app.kit.translation import worded_name
from app.kit.typeset import MathLabel
from app.kit.widgets.labels import wrapped
from engine.training.lines.expression import Source
from engine.training.lines.origin import Origin, Path, origin_of
from engine.training.trace import PassTrace

MOST_ROWS = 8
NUDGE = 0.01
"""The change of a number that the sentence speaks of."""
PAUSE_MS = 300
ANSWER_LINES = 3


def by_torch(trace: PassTrace, source: Source) -> float | None:
    """PyTorch's own value; torch is imported now, in the thread that asks."""
    from engine.training.lines.by_torch import value_by_torch

    return value_by_torch(trace, source)


class OriginCard(QFrame):
    """Shows an :class:`Origin`; a click on a parent goes on from there. ``check`` is asked in the background."""

    closed = Signal()

    def __init__(
        self, parent: QWidget | None = None, check: Callable[[PassTrace, Source], float | None] = by_torch
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setAccessibleName(self.tr("Where does this number come from?"))
        self._check = check
        self._trace: PassTrace | None = None
        self._source: Source | None = None
        self._background = Background("pass-check", latest_only=True, tells=True, pause_ms=PAUSE_MS, parent=self)
        self._background.done.connect(self._show_check)
        self._background.failed.connect(self._show_no_check)
        self._rows: list[ParentRow] = []
        self._build()
        self.hide()

    def _build(self) -> None:
        heading = QLabel(self.tr("Where does this number come from?").upper())
        heading.setProperty("role", "heading")
        close = QToolButton()
        set_icon(close, "close")
        close.setIconSize(QSize(12, 12))
        close.setFixedSize(22, 22)
        close.setAccessibleName(self.tr("Close the origin of the number"))
        close.setToolTip(close.accessibleName())
        close.clicked.connect(self.put_away)
        self._name, self._value = MathLabel("", 20.0), QLabel()
        self._where, self._sentence = wrapped(), wrapped("", None)
        self._parents_title, self._paths_title = wrapped(), wrapped(self.tr("share of each path"))
        self._parents = QVBoxLayout()
        self._parents.setSpacing(4)
        self._paths = PathBars()
        self._agreement = wrapped("", None)
        self._copy = QPushButton()
        self._copy.setProperty("role", "link")
        self._copy.setCursor(Qt.CursorShape.PointingHandCursor)
        self._copy.setToolTip(self.tr("A few lines of PyTorch with these numbers in, which print the one shown here"))
        self._copy.clicked.connect(self.copy_code)
        head, number = QHBoxLayout(), QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(close)
        number.addWidget(self._name)
        number.addWidget(self._value)
        number.addWidget(self._where, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 8, 10)
        column.setSpacing(5)
        column.addLayout(head)
        column.addLayout(number)
        column.addWidget(self._sentence)
        column.addWidget(self._parents_title)
        column.addLayout(self._parents)
        for part in (self._paths_title, self._paths, self._agreement):
            column.addWidget(part)
        column.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignRight)

    # Showing --------------------------------------------------------------------------------------------------

    def show_source(self, trace: PassTrace, source: Source) -> None:
        """Say where this number comes from."""
        self._source = source
        self.follow(trace)
        self.setVisible(self._source is not None)

    def follow(self, trace: PassTrace | None) -> None:
        """Another pass: the same number as it is there."""
        origin = origin_of(trace, self._source) if trace is not None and self._source is not None else None
        if trace is None or origin is None:
            self.put_away()
            return
        self._trace = trace
        self._write(trace, origin)
        self._agreement.setVisible(origin.line is not None)
        self._copy.setVisible(origin.line is not None)
        self._say_copied(done=False)
        if origin.line is not None:
            lines = "\n" * (ANSWER_LINES - 1)  # its room is kept, so that nothing moves when it comes
            self._agreement.setText(self.tr("Asking PyTorch …") + lines)
            self._agreement.setStyleSheet(f"color: {theme.current().text_muted};")
            self._background.request(self._comparison(trace, origin))

    @Slot()
    def put_away(self) -> None:
        """Show nothing; what is asked of PyTorch is not wanted any more."""
        self._source = self._trace = None
        self._background.cancel()
        self.hide()
        self.closed.emit()

    @property
    def source(self) -> Source | None:
        """The number that is shown."""
        return self._source

    @property
    def parents(self) -> tuple[Source, ...]:
        """The numbers to go on to."""
        return tuple(row.source for row in self._rows)

    @property
    def agreement(self) -> str:
        """What PyTorch says."""
        return self._agreement.text()

    def go_on_to(self, source: Source) -> None:
        """Follow a parent."""
        if self._trace is not None:
            self.show_source(self._trace, source)

    def _write(self, trace: PassTrace, origin: Origin) -> None:
        self._name.set_text(origin.name)
        self._value.setText(to_digits(origin.value, 4))
        colour = look.signed_text(origin.value).name()
        self._value.setStyleSheet(f"color: {colour}; font-size: 18px; font-weight: 700;")
        self._where.setText(self._place(trace, origin.source))
        self._sentence.setText(self._meaning(origin))
        self._fill_parents(trace, origin)
        self._paths.show_paths(tuple((self._path_name(path), path.value) for path in origin.paths[:MOST_ROWS]))
        for part in (self._paths_title, self._paths):
            part.setVisible(bool(origin.paths))

    def _fill_parents(self, trace: PassTrace, origin: Origin) -> None:
        for row in self._rows:
            row.hide()
            row.deleteLater()
        self._rows = []
        for number in origin.parents[:MOST_ROWS]:
            assert number.source is not None
            found = origin_of(trace, number.source)
            if found is not None:
                row = ParentRow(number.source, found.name, self._place(trace, number.source), number.value)
                row.clicked.connect(partial(self.go_on_to, number.source))
                self._rows.append(row)
                self._parents.addWidget(row)
        left = len(origin.parents) - MOST_ROWS
        text = self.tr("comes from these numbers: click one to go on from there")
        more = self.tr("comes from these numbers and %n more: click one to go on", "", max(left, 0))
        self._parents_title.setText(more if left > 0 else text)
        self._parents_title.setVisible(bool(self._rows))

    # Code -----------------------------------------------------------------------------------------------------

    @Slot()
    def copy_code(self) -> None:
        """Put the lines of PyTorch that come to the number on the clipboard."""
        from engine.training.lines.code import code_of

        code = code_of(self._trace, self._source) if self._trace is not None and self._source is not None else None
        if code is not None:
            QGuiApplication.clipboard().setText(code)
            self._say_copied(done=True)

    def _say_copied(self, *, done: bool) -> None:
        text = self.tr("Copied") if done else self.tr("Copy the code")
        self._copy.setText(text)
        self._copy.setAccessibleName(text)

    # Words ----------------------------------------------------------------------------------------------------

    def _place(self, trace: PassTrace, source: Source) -> str:
        """``weight of Dense 2, unit 3``."""
        assert trace.plan is not None
        node = trace.plan.nodes[trace.plan.index_of(source.block_id)]
        words = {
            "W": self.tr("weight of {block}, unit {unit}"),
            "b": self.tr("bias of {block}, unit {unit}"),
            "a": self.tr("value of {block}, unit {unit}"),
            "z": self.tr("sum of {block}, unit {unit}"),
            "delta": self.tr("signal of {block}, unit {unit}"),
            "upstream": self.tr("what reaches {block}, unit {unit}, from behind"),
            "t": self.tr("target of {block}, unit {unit}"),
            "dW": self.tr("gradient of a weight of {block}, unit {unit}"),
            "db": self.tr("gradient of the bias of {block}, unit {unit}"),
        }
        pattern = words.get(source.symbol, self.tr("parameter of {block}, unit {unit}"))
        return pattern.format(block=worded_name(node.name), unit=source.index[0] + 1)

    def _meaning(self, origin: Origin) -> str:
        """What the number does to the loss, or where it begins."""
        effect = to_digits(abs(origin.value) * NUDGE, 2)
        nudge = to_digits(NUDGE, 2)
        grows, symbol = origin.value > 0, origin.source.symbol
        if symbol == "delta":
            rise = self.tr("Raise this unit's z by {nudge} and the loss grows by about {effect}.")
            fall = self.tr("Raise this unit's z by {nudge} and the loss falls by about {effect}.")
            return (rise if grows else fall).format(nudge=nudge, effect=effect)
        if symbol in ("dW", "db"):
            down = self.tr("Raise it by {nudge} and the loss grows by about {effect}: the gradient says down.")
            up = self.tr("Raise it by {nudge} and the loss falls by about {effect}: the gradient says up.")
            return (down if grows else up).format(nudge=nudge, effect=effect)
        if origin.line is not None:
            return ""
        if symbol in ("a", "t"):
            return self.tr("It is given: it comes with the data.")
        return self.tr("It is a parameter: its start value and every update so far have made it.")

    def _path_name(self, path: Path) -> str:
        if path.through is None:
            return self.tr("%n more", "", path.count)
        own = self._source is not None and path.through.block_id == self._source.block_id
        words = {"b": self.tr("bias"), "t": self.tr("target"), "a": self.tr("value") if own else ""}
        if words.get(path.through.symbol):
            return words[path.through.symbol]
        if path.through.row and path.through.symbol in ("a", "delta", "upstream"):
            return self.tr("sample {place}").format(place=path.through.row + 1)
        return self.tr("over unit {unit}").format(unit=path.through.index[0] + 1)

    # PyTorch --------------------------------------------------------------------------------------------------

    def _comparison(self, trace: PassTrace, origin: Origin) -> Work:
        """Both values, worked out in the background; the card is not touched there."""
        check, source, ours = self._check, origin.source, origin.value

        def compare(_job: Job) -> tuple[Source, float, float | None]:
            return source, ours, check(trace, source)

        return compare

    @Slot(object)
    def _show_check(self, result: tuple[Source, float, float | None]) -> None:
        source, ours, theirs = result
        if source != self._source:
            return
        self._agreement.setVisible(theirs is not None)
        if theirs is None:
            return
        gap = abs(ours - theirs)
        agrees = gap <= 1e-9 * max(abs(ours), abs(theirs)) + 1e-14
        difference = "0" if gap == 0 else scientific(gap)
        head = self.tr("PyTorch agrees, difference {gap}") if agrees else self.tr("PyTorch differs by {gap}")
        lines = [
            head.format(gap=difference),
            f"Neuroloom  {every_digit(ours)}",
            f"PyTorch  {every_digit(theirs)}",
        ]
        self._agreement.setText("\n".join(lines))
        self._agreement.setStyleSheet(f"color: {theme.current().good if agrees else theme.current().danger};")

    @Slot(object)
    def _show_no_check(self, _problem: object) -> None:
        self._agreement.setText(self.tr("PyTorch could not be asked."))
