"""``recommend data … --profile``: what is in data, in words and counts."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence

from pydantic import ValidationError

from engine.cli.flags import checked, given, laid_over
from engine.cli.interrupts import Interrupts
from engine.cli.outcome import Outcome, UsageError, as_json, number, text_table
from engine.cli.progress import ProgressBar
from engine.cli.recommend.choices import data_named, place_named
from engine.cli.recommend.stopping import Stopping
from engine.cli.streams import say
from engine.data.sampling import Watch
from engine.problems import EngineError, document_of, filled_in
from engine.recommenders.data.data_choice import RecommenderData
from engine.recommenders.data.profile.log_profile import date_text, share_text
from engine.recommenders.data.profile.profiling import profile
from engine.recommenders.data.profile.shapes import Bars, ColumnProfile, LogProfile, Profile, Spread, TableProfile
from engine.recommenders.data.sources import is_known
from engine.recommenders.running.checkpoints import read
from engine.recommenders.tasks.data_change import profile_since
from engine.recommenders.tasks.opening import choice_in, kind_of
from engine.validation import sentence_of

SHOWN_VALUES = 3
BAR = 24
EVENT_STEP = 0.01
"""How much more has to be done before it is told again."""


def profiled(arguments: Namespace) -> Outcome:
    """Look at the data that are named. Raises EngineError, UsageError."""
    choice = _choice(arguments)
    if arguments.events != "jsonl":
        found = _looked_at(choice, arguments, lines=False)
        return Outcome(found.model_dump(mode="json"), list(_lines(found)))
    try:
        found = _looked_at(choice, arguments, lines=True)
    except EngineError as error:
        _print({"problem": document_of(error.problem)})
        raise
    _print({"profile": found.model_dump(mode="json")})
    return Outcome({})


def _choice(arguments: Namespace) -> RecommenderData:
    if arguments.choice is not None:
        try:
            return RecommenderData.model_validate_json(arguments.choice)
        except ValidationError as error:
            raise UsageError(f"--choice: {sentence_of(error).sentence}") from None
    if arguments.rows_of is not None and not is_known(arguments.name or ""):
        paths = [] if arguments.name is None else [place_named(arguments.name)]
        trained = choice_in(read(arguments.rows_of), paths)
        return checked(RecommenderData, laid_over(trained, given(arguments, RecommenderData)))
    if arguments.name is None:
        raise UsageError("--profile needs to be told what to look at: a data set, or the path of a file")
    return data_named(arguments.name, arguments)


def _looked_at(choice: RecommenderData, arguments: Namespace, *, lines: bool) -> Profile:
    name = str(choice.path or choice.source)
    with Interrupts() as interrupts, ProgressBar(name, arguments.progress) as bar:
        stopping = Stopping(interrupts, listen=lines)
        watch = Watch(name, _Telling(bar, lines), stopping.is_set)
        if arguments.rows_of is None:
            return profile(choice, arguments.form, watch)
        checkpoint = read(arguments.rows_of)
        return profile_since(kind_of(checkpoint), checkpoint, choice, arguments.form, watch)


def _print(document: Mapping[str, object]) -> None:
    say(as_json(document))


class _Telling:
    """Says how much is done, as a bar or as lines of JSON."""

    def __init__(self, bar: ProgressBar, lines: bool) -> None:
        self._bar, self._lines, self._told = bar, lines, 0.0

    def __call__(self, share: float) -> None:
        self._bar.at(share)
        if self._lines and share >= self._told + EVENT_STEP:
            self._told = share
            _print({"progress": round(share, 3)})


def _lines(found: Profile) -> Iterator[str]:
    yield from _of_log(found) if isinstance(found, LogProfile) else _of_table(found)
    if found.warnings:
        yield ""
        yield from (f"- {said.sentence}" for said in found.warnings)


def _of_table(found: TableProfile) -> Iterator[str]:
    size = {"title": found.title, "rows": found.rows, "columns": len(found.columns)}
    yield filled_in("{title}: {rows:,} {rows:row|rows}, {columns:,} {columns:column|columns}", size)
    if found.label is not None:
        label, share = found.label, share_text(found.label.positive / found.rows)
        yes = filled_in("{rows:,} {rows:row|rows}", {"rows": label.positive})
        yield f"{label.column} {label.wanted}: {yes}, {share}"
        train, valid, test = found.parts
        trained = filled_in("{rows:,} {rows:row|rows} to train on", {"rows": train})
        yield f"at random: {trained}, {valid:,} to choose by, {test:,} to measure on"
    else:  # which rows can be learned from isn't known, nor whether it is a table with a label at all
        yield "--propose says how it can be read: as a table with a label, or as a log of who did what"
    yield ""
    yield from text_table(
        [("column", "holds", "used as", "distinct", "missing", "values"), *map(_column, found.columns)]
    )


def _column(column: ColumnProfile) -> Sequence[str]:
    return (
        column.name, column.kind, column.use, f"{column.distinct:,}", f"{column.missing:,}", _values(column)
    )  # fmt: skip


def _values(column: ColumnProfile) -> str:
    if column.least is not None and column.mean is not None and column.most is not None:
        return f"{number(column.least)} to {number(column.most)}, mean {number(column.mean)}"
    bars = column.bars
    if bars is None:
        return ""
    shown = zip(bars.values[:SHOWN_VALUES], bars.counts, strict=False)
    more = ", …" if len(bars.values) > SHOWN_VALUES else ""
    return ", ".join(f"{value} {count:,}" for value, count in shown) + more


def _of_log(found: LogProfile) -> Iterator[str]:
    size = {"title": found.title, "events": found.events, "users": found.users, "items": found.items}
    text = "{title}: {events:,} {events:event|events} of {users:,} {users:user|users} and {items:,} {items:item|items}"
    yield filled_in(text, size)
    if found.timeline is not None:
        yield f"from {date_text(found.timeline.first)} to {date_text(found.timeline.last)}"
    yield filled_in("held out: the last event of {users:,} {users:user|users}", {"users": found.held_out})
    missing = found.missing
    if missing.rows:
        counts = {"users": missing.user, "items": missing.item, "times": missing.time}
        text = "missing: {users:,} {users:user|users}, {items:,} {items:item|items}, {times:,} {times:time|times}"
        yield filled_in(text, counts)
    yield from _of_spread("events of a user", found.history)
    yield from _of_spread("events of an item", found.popularity)
    for name, bars in found.numbers.items():
        yield from ("", f"{name}:", *_of_bars(bars))
    yield from ("", "most events:", *text_table([(f"{item.events:,}", item.title) for item in found.top]))


def _of_spread(what: str, spread: Spread) -> Iterator[str]:
    yield from ("", f"{what}: median {number(spread.median)}, mean {number(spread.mean)}, most {spread.most:,}")
    names = [f"{least:,}" if least == 1 else f"{least:,} to {2 * least - 1:,}" for least in spread.least]
    yield from _drawn(names, spread.counts)


def _of_bars(bars: Bars) -> list[str]:
    names = bars.values or [f"from {number(edge)}" for edge in bars.edges[:-1]]
    return _drawn(names, bars.counts)


def _drawn(names: Sequence[str], counts: Sequence[int]) -> list[str]:
    most = max(counts, default=0) or 1
    return text_table(
        [(name, f"{count:,}", "█" * -(-BAR * count // most)) for name, count in zip(names, counts, strict=True)]
    )
