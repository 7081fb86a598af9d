"""What an impression's columns are called, and how their values are written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.kit.listing import listed
from app.kit.numbers import NOTHING, plain
from app.kit.translation import QT_TRANSLATE_NOOP
from app.workspaces.recommender.rank.answers import Impression, NumberRead

_COLUMNS = {
    "user_language": QT_TRANSLATE_NOOP("Impressions", "user's language"),
    "video_language": QT_TRANSLATE_NOOP("Impressions", "video's language"),
    "topic": QT_TRANSLATE_NOOP("Impressions", "topic"),
    "country": QT_TRANSLATE_NOOP("Impressions", "country"),
    "device": QT_TRANSLATE_NOOP("Impressions", "device"),
    "gender": QT_TRANSLATE_NOOP("Impressions", "gender"),
    "age_group": QT_TRANSLATE_NOOP("Impressions", "age"),
    "since_topic": QT_TRANSLATE_NOOP("Impressions", "since its topic, h"),
    "since_creator": QT_TRANSLATE_NOOP("Impressions", "since its creator, h"),
    "previous_impressions": QT_TRANSLATE_NOOP("Impressions", "shown before"),
}
_USER = ("country", "device", "gender", "age_group")


def column_name(column: str) -> str:
    """A column for people; one that nothing is known of, by its own name."""
    return _tr(_COLUMNS[column]) if column in _COLUMNS else column


def number_text(number: NumberRead) -> str:
    """A number as it is."""
    return _tr("never") if number.never else plain(round(number.value, 1))


def lines_of(shown: Impression) -> list[tuple[str, str]]:
    """What the network reads beside numbers, as captions and values."""
    lines = [(_tr("impression"), shown.title), (_tr("watched, averaged"), _history(shown))]
    left = dict(shown.categories)
    about = [left.pop(name) for name in _USER if name in left]
    lines += [(column_name(name), value) for name, value in left.items()]
    return [*lines, (_tr("user"), " · ".join(about))] if about else lines


def _history(shown: Impression) -> str:
    if not shown.history:
        return NOTHING
    count = _tr("{count} videos").format(count=len(shown.history)) if len(shown.history) > 1 else _tr("1 video")
    return _tr("{count}: {videos}").format(count=count, videos=listed(reversed(shown.history)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("Impressions", text)
