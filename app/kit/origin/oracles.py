"""What those who check our numbers are called: PyTorch, or who stands in for it where it isn't installed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from app.kit.translation import QT_TRANSLATE_NOOP
from engine.value_check import Oracle

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
