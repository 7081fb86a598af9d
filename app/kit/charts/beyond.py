"""What a histogram leaves out, in words: nothing is drawn where it is not, and nothing is left out unsaid."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.numbers import grouped


def beyond_words(beyond: int, total: int, broken: int = 0) -> str:
    """How many of all values lie ``beyond`` the axis, and how many are no numbers; empty where all lie on it."""
    if not beyond and not broken:
        return ""
    text = QCoreApplication.translate("HistogramPlot", "{count} of {total} lie beyond this axis").format(
        count=grouped(beyond), total=grouped(total)
    )
    if broken:
        text += QCoreApplication.translate("HistogramPlot", "; {count} aren't numbers").format(count=grouped(broken))
    return text


def beyond_notes(beyond: int, broken: int = 0) -> tuple[str, ...]:
    """The same in as few words as a small picture has room for; none where all lie on its axis."""
    notes = []
    if broken:
        notes.append(QCoreApplication.translate("HistogramGrid", "{count} no numbers").format(count=grouped(broken)))
    if beyond:
        notes.append(
            QCoreApplication.translate("HistogramGrid", "{count} beyond the axis").format(count=grouped(beyond))
        )
    return tuple(notes)
