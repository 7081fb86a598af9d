"""What is in a log, read once from end to end, and what in it spoils what is learned or measured."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import polars as pl
from numpy.typing import NDArray

from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.logs.gatherer import (
    NO_ROWS,
    NO_TIMES,
    ONE_ITEM,
    ROWS_INCOMPLETE,
    ROWS_REPEATED,
    time_scale,
)
from engine.recommenders.data.logs.loaders import NO_RATINGS
from engine.recommenders.data.logs.strays import left_out
from engine.recommenders.data.logs.stream import LogStream
from engine.recommenders.data.profile.bins import GrowingBins, doubling
from engine.recommenders.data.profile.head import HEAD_ROWS, head_of
from engine.recommenders.data.profile.log_tally import LogTally, SideBySide
from engine.recommenders.data.profile.shapes import LogProfile, Missing, Spread, TimeLine, TopItem

ROWS_REPEATED_ABOUT = declare(
    "recommender.profile-rows-repeated",
    "About {share} of the rows repeat an earlier row's user, item and time. Training drops them; the counts "
    "here include them.",
)
TIES = declare(
    "recommender.profile-ties",
    "{share} of the events share their time with another of the same user, so that their order, and which is held out "
    "as the last one (for {last} of the users), is that of the rows.",
)
TIMES_EQUAL = declare(
    "recommender.profile-times-equal",
    "All times are equal, so each user's rows stay in the file's order.",
)
TIMES_STRANGE = declare(
    "recommender.profile-times-strange",
    "The times go from {first} to {last}; check that the column holds the times of the events.",
)
EVERYWHERE = declare(
    "recommender.profile-item-everywhere",
    "“{item}” is in the history of {share} of all users. Recommending it to everybody looks good, so compare "
    "with the popularity model.",
)
NOTHING_HELD_OUT = declare(
    "recommender.profile-nothing-held-out",
    "No user has two events, so none can be held out and a recommender of next watches can't be evaluated. "
    "Check that you chose the right column of users.",
)
MANY_SINGLE = declare(
    "recommender.profile-many-single",
    "{share} of the users ({users}) have a single event. Nothing of theirs is held out, and no figure covers them.",
)
LAST_KNOWN = declare(
    "recommender.notice-profile-last-known",
    "For {share} of the users ({users}) the last item is one they've had before. It is never recommended "
    "again, so every model misses these held-out events.",
)

TOP_ITEMS = 10
MOST_BINS = 96
WORTH_SAYING = 0.005
"""Shares below this of tied events are not worth a warning."""
_MANY = 0.2
_EARLIEST, _LATEST = 0, 4_102_444_800
"""1970 and 2100, in seconds since 1970."""


def profile_log(stream: LogStream, least_rating: float | None = None) -> LogProfile:
    """The profile of a log that is read once; rows rated below ``least_rating`` count as not there.

    Memory: some 60 bytes per user and item, and at most 1 GB for a sample of the rows. Raises EngineError where the log
    cannot be read or has no complete row.
    """
    if least_rating is not None and "rating" not in stream.extras:
        raise EngineError(NO_RATINGS())
    tally = LogTally(stream.extras, timed=stream.timed)
    first: pl.DataFrame | None = None
    for batch in stream.batches:
        first = batch if first is None else first
        tally.add(batch if least_rating is None else batch.filter(pl.col("rating") >= least_rating))
    if first is None or not tally.rows:
        raise EngineError(NO_ROWS(path=stream.title))
    return _profile(stream, tally, first.head(HEAD_ROWS))


def _profile(stream: LogStream, tally: LogTally, first: pl.DataFrame) -> LogProfile:
    per_second, scaled = time_scale(tally.furthest)
    side = tally.settle(per_second)
    titled = _Titled(stream, tally)
    timeline = _timeline(tally, per_second)
    top = titled.most(TOP_ITEMS)
    warnings = (
        *stream.notices, *scaled, *titled.notices(), *_of_rows(tally, side), *_of_times(tally, side, timeline),
        *_of_users(tally), *_of_last(side), *_of_items(side, titled),
    )  # fmt: skip
    counted = tally.of_user[tally.of_user > 0]
    of_item = tally.of_item[tally.of_item > 0]
    return LogProfile(
        title=stream.title,
        users=len(counted),
        items=len(of_item),
        events=tally.rows,
        catalogue=stream.catalogue,
        timeline=timeline,
        held_out=int((tally.of_user >= 2).sum()),
        history=_spread(counted),
        popularity=_spread(of_item),
        top=top,
        top_share=sum(item.events for item in top) / tally.rows,
        numbers={name: numbers.bars() for name, numbers in tally.numbers.items()},
        missing=Missing(**tally.missing, rows=tally.incomplete + left_out(stream.notices)),
        ties=side.tied / side.rows if tally.timed else None,
        looked_at=side.users / len(counted),
        head=head_of(titled.beside(_dated(first, per_second))),
        warnings=warnings,
    )


def _dated(rows: pl.DataFrame, per_second: int) -> pl.DataFrame:
    """Rows with their times as dates, so that they can be read."""
    if "time" not in rows.columns:
        return rows
    seconds = rows["time"].cast(pl.Float64) / per_second
    texts = [None if at is None else time_text(at) for at in seconds.to_list()]
    return rows.with_columns(pl.Series("time", texts, dtype=pl.String))


class _Titled:
    """The log's items by their titles."""

    def __init__(self, stream: LogStream, tally: LogTally) -> None:
        self._stream, self._tally = stream, tally
        names, places = tally.item_names()
        self._names = names
        self._places = places  # from codes to places among the names

    def notices(self) -> tuple[Problem, ...]:
        """What is to be said of the items' own table."""
        if self._stream.described is None:
            return ()
        return self._stream.described.notices(pl.Series(self._names, dtype=pl.String))

    def titles(self, names: list[str]) -> list[str]:
        """What items are called."""
        described = self._stream.described
        return self._stream.titles(names) if described is None else described.titles(names)

    def beside(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with the titles of their items, where items have any."""
        names = rows["item"].cast(pl.String).fill_null("").to_list()
        known = [name for name in dict.fromkeys(names) if name]
        titles = dict(zip(known, self.titles(known), strict=True))
        if all(name == title for name, title in titles.items()):
            return rows
        return rows.with_columns(pl.Series("title", [titles.get(name, "") for name in names]))

    def of_code(self, code: int) -> str:
        """The title of an item."""
        return self.titles([self._names[self._places[code]]])[0]

    def most(self, count: int) -> tuple[TopItem, ...]:
        """The items of the most events, equal ones in the order of their names."""
        events = np.zeros(len(self._names), np.int64)
        events[self._places] = self._tally.of_item
        best = np.argsort(-events, kind="stable")[:count]
        names = [self._names[at] for at in best]
        rows = zip(names, self.titles(names), events[best], strict=True)
        return tuple(TopItem(name=name, title=title, events=int(n)) for name, title, n in rows)


def _timeline(tally: LogTally, per_second: int) -> TimeLine | None:
    if not tally.timed:
        return None
    bins = tally.times.coarsened(MOST_BINS)
    first, last = tally.span
    held = tally.last_times
    return TimeLine(
        first=first // per_second,
        last=last // per_second,
        edges=tuple((bins.edges / per_second).tolist()),
        events=tuple(bins.counts.tolist()),
        held_out=tuple(_counted(bins, held).tolist()),
        middle=int(np.median(held)) // per_second if len(held) else None,
    )


def _counted(bins: GrowingBins, times: NDArray[np.int64]) -> NDArray[np.int64]:
    return bins.counted(times) if len(times) else np.zeros(len(bins.counts), np.int64)


def _spread(counts: NDArray[np.int64]) -> Spread:
    least, sizes = doubling(counts)
    return Spread(
        least=tuple(least), counts=tuple(sizes.tolist()), median=float(np.median(counts)), mean=float(counts.mean()),
        most=int(counts.max()),
    )  # fmt: skip


# What harms ---------------------------------------------------------------------------------------------------------


def _of_rows(tally: LogTally, side: SideBySide) -> Iterator[Problem]:
    if tally.incomplete:
        yield ROWS_INCOMPLETE(count=tally.incomplete)
    if side.repeated and tally.whole:
        yield ROWS_REPEATED(count=side.repeated)
    elif side.repeated:
        yield ROWS_REPEATED_ABOUT(share=share_text(side.repeated / (side.rows + side.repeated)))


def _of_times(tally: LogTally, side: SideBySide, timeline: TimeLine | None) -> Iterator[Problem]:
    if timeline is None:
        yield NO_TIMES()
    elif timeline.first == timeline.last:
        yield TIMES_EQUAL()
    else:
        if timeline.first < _EARLIEST or timeline.last > _LATEST:
            yield TIMES_STRANGE(first=date_text(timeline.first), last=date_text(timeline.last))
        if side.tied >= WORTH_SAYING * side.rows:
            last = side.tied_last / side.users
            yield TIES(share=share_text(side.tied / side.rows), last=share_text(last))


def _of_users(tally: LogTally) -> Iterator[Problem]:
    users, single = int((tally.of_user > 0).sum()), int((tally.of_user == 1).sum())
    if single == users:
        yield NOTHING_HELD_OUT()
    elif single >= _MANY * users:
        yield MANY_SINGLE(share=share_text(single / users), users=single)
    elif single:
        yield ONE_ITEM(users=single)


def _of_last(side: SideBySide) -> Iterator[Problem]:
    if side.known_last:
        yield LAST_KNOWN(share=share_text(side.known_last / side.users), users=side.known_last)


def _of_items(side: SideBySide, titled: _Titled) -> Iterator[Problem]:
    if 2 * side.with_commonest >= side.users > 1:
        share = share_text(side.with_commonest / side.users)
        yield EVERYWHERE(item=titled.of_code(side.commonest), share=share)


def share_text(share: float) -> str:
    """A share as per cent, with a digit more where it is small or all but everything."""
    percent = 100.0 * share
    close = 0.0 < percent < 10.0 or 99.0 < percent < 100.0
    return f"{percent:.1f} %" if close else f"{percent:.0f} %"


def time_text(seconds: float) -> str:
    """Seconds since 1970 as date and time (UTC); the bare number where no calendar has them."""
    try:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
    except (ValueError, OverflowError, OSError):
        return f"{seconds:.0f}"


def date_text(seconds: int) -> str:
    """The day that seconds since 1970 fall on (UTC); the bare number where no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return f"{seconds:,} s since 1970"
