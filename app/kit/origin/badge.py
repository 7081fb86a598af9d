"""Who checks a number, and what comes of it: not asked yet, agreed, the difference, or no answer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication, QSize, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.kit import theme
from app.kit.announce import announce
from app.kit.icons import pixmap
from app.kit.numbers import every_digit, scientific, significant
from app.kit.origin.facts import OracleComparison
from app.kit.translation import QT_TRANSLATE_NOOP
from app.kit.widgets.labels import Label, wrapped
from engine.extras import has_torch
from engine.value_check import Oracle

ANSWER_LINES = 3
ICON = 14
_LOOKS = {
    "asked": ("help", "text_muted"),
    "agrees": ("check", "good"),
    "differs": ("warning", "danger"),
    "endless": ("warning", "danger"),
}
_SAID: Mapping[Oracle, tuple[str, str, str]] = MappingProxyType(
    {
        Oracle.TORCH: (
            QT_TRANSLATE_NOOP("CheckBadge", "PyTorch agrees, difference {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "PyTorch differs by {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "PyTorch also gives {number}"),
        ),
        Oracle.NUMPY: (
            QT_TRANSLATE_NOOP("CheckBadge", "The numpy reference agrees, difference {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "The numpy reference differs by {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "The numpy reference also gives {number}"),
        ),
        Oracle.DIFFERENCES: (
            QT_TRANSLATE_NOOP("CheckBadge", "Finite differences agree to {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "Finite differences differ by {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "Finite differences also give {number}"),
        ),
        Oracle.ARITHMETIC: (
            QT_TRANSLATE_NOOP("CheckBadge", "Plain arithmetic agrees, difference {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "Plain arithmetic differs by {gap}"),
            QT_TRANSLATE_NOOP("CheckBadge", "Plain arithmetic also gives {number}"),
        ),
    }
)
"""Where both agree, where they differ, and where both are ∞ or no number."""


_NAMES: Mapping[Oracle, tuple[str, str]] = MappingProxyType(
    {
        Oracle.TORCH: (QT_TRANSLATE_NOOP("Oracles", "PyTorch"), QT_TRANSLATE_NOOP("Oracles", "PyTorch")),
        Oracle.NUMPY: (QT_TRANSLATE_NOOP("Oracles", "the numpy reference"), QT_TRANSLATE_NOOP("Oracles", "numpy")),
        Oracle.DIFFERENCES: (
            QT_TRANSLATE_NOOP("Oracles", "finite differences"),
            QT_TRANSLATE_NOOP("Oracles", "differences"),
        ),
        Oracle.ARITHMETIC: (
            QT_TRANSLATE_NOOP("Oracles", "plain arithmetic"),
            QT_TRANSLATE_NOOP("Oracles", "arithmetic"),
        ),
    }
)
"""Within a sentence, and beside a number, where there is little room."""


def oracle_name(oracle: Oracle) -> str:
    """Its name within a sentence."""
    return QCoreApplication.translate("Oracles", _NAMES[oracle][0])


def oracle_label(oracle: Oracle) -> str:
    """Its name beside a number of its own."""
    return QCoreApplication.translate("Oracles", _NAMES[oracle][1])


class CheckBadge(QWidget):
    """A mark and a sentence; its room is kept while the answer is on its way, so that nothing moves when it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = "asked"
        self._icon, self._text = Label(), wrapped("", None)
        self._icon.setFixedSize(QSize(ICON + 2, ICON + 4))
        self._icon.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.follow(self._restyle)

    @property
    def text(self) -> str:
        """The sentence, with both values below it where there are two."""
        return self._text.text().rstrip()

    @property
    def state(self) -> str:
        """``asked``, ``agrees``, ``differs``, or ``endless`` where both are ∞ or no number."""
        return self._state

    def ask(self, *, wanted: bool) -> None:
        """Nothing is known yet; not ``wanted``: there is nothing to check, for the number is given."""
        words = self.tr("Not yet checked: asking PyTorch …") if has_torch() else self.tr("Not yet checked …")
        self._show("asked", words + "\n" * (ANSWER_LINES - 1))
        self.setVisible(wanted)

    def show_comparison(self, found: OracleComparison | None) -> None:
        """Say how far apart the two are, and who answered; None where nobody has anything to say of the number."""
        self.setVisible(found is not None)
        if found is None:
            return
        difference = "0" if found.difference == 0.0 else scientific(found.difference)
        agrees, differs, endless = (QCoreApplication.translate("CheckBadge", words) for words in _SAID[found.by])
        head = (agrees if found.agrees else differs).format(gap=difference)
        state = "agrees" if found.agrees else "differs"
        if found.agrees and not math.isfinite(found.ours):  # both are no number: no difference can be told
            head, state = endless.format(number=significant(found.ours)), "endless"
        values = f"Neuroloom\t{every_digit(found.ours)}\n{oracle_label(found.by)}\t{every_digit(found.theirs)}"
        before = self.text
        self._show(state, f"{head}\n{values}")
        if self.text != before:
            announce(self, head)

    def show_failure(self) -> None:
        """No answer came."""
        self._show(
            "asked",
            self.tr("PyTorch couldn't be run, so this isn't checked.")
            if has_torch()
            else self.tr("Not checked: only PyTorch can check this, and it isn't installed. Recommend can install it."),
        )

    def _show(self, state: str, text: str) -> None:
        self._state = state
        self._text.setText(text)
        self._restyle()

    @Slot()
    def _restyle(self) -> None:
        icon, colour = _LOOKS[self._state]
        self._icon.setPixmap(pixmap(icon, ICON, colour, self.devicePixelRatioF()))
        self._text.setStyleSheet(f"color: {getattr(theme.current(), colour)}; font-size: 12px;")
