"""What the columns of a person's own file probably are, by their names and their first values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from math import isfinite
from pathlib import Path

import polars as pl

from engine.data.identifiers import spelling_of
from engine.data.problems import CLOCK, CUT_ROWS, FILE_ARCHIVE, NUMERALS
from engine.data.sampling import EVERY_ROW, RawText, Watch, tidy_lines
from engine.data.suffixes import PARQUET_SUFFIXES
from engine.data.table import FileTable, parse_table
from engine.problems import EngineError, Problem, declare
from engine.recommenders.data.data_choice import check_name
from engine.recommenders.data.logs import mapped_table as mapped
from engine.recommenders.data.logs.delimited import whole_lines
from engine.recommenders.data.logs.file_set import file_set_at
from engine.recommenders.data.logs.formats import Format
from engine.recommenders.data.logs.gatherer import NO_TIMES
from engine.recommenders.data.logs.loaders import recognise, title_of
from engine.recommenders.data.logs.one_table import table_of
from engine.recommenders.data.profile.forms import Form
from engine.recommenders.data.profile.head import head_of
from engine.recommenders.data.profile.leaks import LEAK_LEFT_OUT, ColumnAucs, leaks_among
from engine.recommenders.data.profile.log_profile import date_text, share_text
from engine.recommenders.data.profile.shapes import Head
from engine.recommenders.data.proposal import column_facts as names
from engine.recommenders.data.proposal.column_facts import ColumnFacts
from engine.recommenders.data.proposal.roles import Proposal, ProposedColumn, Role, Yes
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import (
    BEYOND,
    DATES_AS_YEARS,
    FEW_LEVELS,
    HOW_TO_KEEP,
    tells_apart,
    typed_columns,
)

WHO = declare(
    "recommender.proposal-user",
    "Its name suggests users; {distinct} {distinct:value|different values} in the first {rows} {rows:row|rows}.",
)
WHAT = declare(
    "recommender.proposal-item",
    "Its name suggests items; {distinct} {distinct:value|different values} in the first {rows} {rows:row|rows}.",
)
NAMED = declare(
    "recommender.proposal-title-item",
    "Its name suggests titles, and no other column's name suggests items; {distinct}"
    " {distinct:value|different values} in the first {rows} {rows:row|rows}.",
)
WHEN = declare("recommender.proposal-time", "Its values are times, from {first} to {last}.")
WHEN_MOST = declare(
    "recommender.proposal-time-most",
    "Its values are times, from {first} to {last}. Rows where it isn't one, such as “{value}”, are left out: "
    "{count} of the first {rows}.",
)
HOW_GOOD = declare(
    "recommender.proposal-rating", "Its name suggests ratings, and it has few different numbers, such as {value}."
)
HOW_GOOD_MANY = declare(
    "recommender.proposal-rating-many", "Its name suggests ratings, and it contains numbers, such as {value}."
)
HOW_LONG = declare("recommender.proposal-watch-seconds", "Its name suggests watch time, and it contains numbers.")
CALLED = declare("recommender.proposal-title", "Its name suggests titles, and it's the same in all rows of an item.")
SORTED = declare("recommender.proposal-genres", "It lists several names in one text, such as “{value}”.")
GENRES = declare("recommender.proposal-genre", "Its name suggests genres; each text names one, such as “{value}”.")
OF_ITEM = declare(
    "recommender.proposal-item-column", "It's the same in all rows of an item, so it's a fact about the item."
)
MATCHES = declare("recommender.proposal-id", "It has {share} of the items in the log's first rows.")
ID_BY_NAME = declare("recommender.proposal-id-by-name", "Its name suggests ids of items.")
LABEL = declare("recommender.proposal-label", "It has two values, “{no}” and “{yes}”; “{yes}” counts as the yes.")
LABEL_SOME = declare(
    "recommender.proposal-label-some",
    "It has two values, “{no}” and “{yes}”; “{yes}” is taken for the yes, and {empty} of the first {rows}"
    " {rows:row|rows} {empty:is|are} empty and left out.",
)
LABEL_BY_NAME = declare("recommender.proposal-label-number", "Its name suggests a label, and it contains numbers.")
NUMBER = declare("recommender.proposal-number", "It contains {distinct} different numbers.")
CATEGORY = declare(
    "recommender.proposal-category",
    "It contains {distinct} {distinct:value|different values} in {rows} {rows:row|rows}.",
)
EMPTY = declare("recommender.proposal-empty", "It has no value in the first {rows} {rows:row|rows}.")
CONSTANT = declare("recommender.proposal-constant", "It is “{value}” in all of the first {rows} {rows:row|rows}.")
UNIQUE = declare("recommender.proposal-unique", "It differs in almost every row, like an identifier.")
DIFFERENT = declare(
    "recommender.proposal-different",
    "It differs in almost every row, so that what is learned of one value applies to no other.",
)
NEITHER = declare("recommender.proposal-neither", "It differs within one item, so it can't be used in a log.")
NO_ITEM_YET = declare(
    "recommender.proposal-no-item-yet", "Choose the item column first to see whether this is a fact about items."
)
NO_TIME = declare(
    "recommender.proposal-no-time",
    "Its name suggests times, but “{value}” can't be read as one. Write it as 2020-07-05.",
)

NO_LABEL = declare(
    "recommender.proposal-no-label",
    "No column has just two values, such as yes and no. Choose the label, and which number or text makes it a yes.",
)
NO_PAIR = declare(
    "recommender.proposal-no-pair",
    "The user and item columns can't be told from the file. Choose both for a log, or a label for a table.",
)

NO_ID_MATCHES = declare(
    "recommender.proposal-no-id-matches",
    "None of the items in the log's first rows is in this file. Check that both write ids the same way, or "
    "choose another column.",
)

_SAID = frozenset(kind.code for kind in (CUT_ROWS, BEYOND, DATES_AS_YEARS, NUMERALS, CLOCK))
"""What a proposal says of the reading: the rest is said in training."""
HEAD_ROWS = 20_000
"""Rows that are looked at."""


@dataclass(frozen=True, slots=True)
class TableHead:
    """The first rows of a table. ``notices``: which rows were left out, and how columns were read."""

    frame: pl.DataFrame
    name: str
    notices: tuple[Problem, ...] = ()

    @property
    def facts(self) -> list[ColumnFacts]:
        """What is known of each column."""
        return [ColumnFacts.of(column) for column in self.frame.iter_columns()]


def read_head(path: Path, watch: Watch) -> TableHead:
    """The first rows of a CSV or Parquet file, as they stand. Raises EngineError where there are none."""
    files = file_set_at(path)
    name = table_of(files)
    wanted = {column: column for column in mapped.column_names(files, name)}
    notices: list[Problem] = []
    batches = mapped.columns_in_batches(files, name, wanted, watch, notices)
    frame = next(batches).head(HEAD_ROWS)
    with suppress(EngineError):  # of a file of one batch, what was left out is known once its end is seen
        next(batches, None)
    return TableHead(frame, name, tuple(notices))


def _read_examples(path: Path, watch: Watch) -> tuple[TableHead, pl.DataFrame]:
    """The first rows as those of a table of examples, as they stand and as training reads them. Raises EngineError
    where it has none that training would take."""
    files = file_set_at(path)
    name = table_of(files)
    if Path(name).suffix.lower() in PARQUET_SUFFIXES:
        head = read_head(path, watch)
        table = FileTable(head.frame, head.notices, typed=True)
    else:
        with files.opened(name) as file:
            block = next(whole_lines(file, files.shown(name), '"'))
        table = parse_table(path, RawText((tidy_lines(block),), len(block)), EVERY_ROW, watch, header=True)
        table = replace(table, frame=table.frame.head(HEAD_ROWS))
    values, notices = typed_columns(table, ())
    said = tuple(notice for notice in notices if notice.code in _SAID)
    return TableHead(table.frame, name, said), values


def propose(path: Path, watch: Watch | None = None) -> Proposal:
    """What the columns of a file are, or that it needs no mapping. Raises EngineError where it cannot be read."""
    check_name(path)
    watch = Watch(str(path)) if watch is None else watch
    found = recognise(path)
    if found is not Format.TABLE:
        return Proposal(path=str(path), form="watches", known=title_of(path), head=head_of(pl.DataFrame()))
    head = read_head(path, watch)
    pair = log_pair(facts := head.facts)
    return _table(path, watch) if pair is None else _log(path, head, facts, *pair)


def log_pair(facts: Sequence[ColumnFacts]) -> tuple[ColumnFacts, ColumnFacts] | None:
    """The users and the items of what is probably a log: somebody or something recurs, and no column is called as what
    was the outcome of each row. None of a table of examples."""
    user, item = _pair(facts)
    if user is None or item is None or any(one.two_values and one.called(names.LABELS) for one in facts):
        return None
    return (user, item) if any(one.distinct < len(one.present) for one in (user, item)) else None


def propose_items(path: Path, items: Sequence[str], watch: Watch | None = None) -> Proposal:
    """What the columns of a table of items are, some of whose ids are ``items``. Raises EngineError as above."""
    check_name(path)
    watch = Watch(str(path)) if watch is None else watch
    head = read_head(path, watch)
    facts = head.facts
    wanted = pl.Series("items", list(dict.fromkeys(items)), dtype=pl.String)
    shares = [_share_of(wanted, one) for one in facts]
    best = max(range(len(facts)), key=lambda at: (shares[at], facts[at].called(names.ITEMS)))
    by_values = shares[best] > 0
    reason = MATCHES(share=share_text(shares[best])) if by_values else ID_BY_NAME()
    has_id = by_values or facts[best].called(names.ITEMS)
    roles: dict[str, tuple[Role, Problem]] = {facts[best].name: ("id", reason)} if has_id else {}
    _describe(facts, roles, lambda one: True, len(head.frame), NEITHER())
    problems = [] if by_values or not items else [NO_ID_MATCHES()]
    return _proposal(path, "watches", head, facts, roles, problems)


def _share_of(wanted: pl.Series, facts: ColumnFacts) -> float:
    return int(wanted.is_in(facts.present.unique().implode()).sum()) / max(len(wanted), 1)


def as_form(proposal: Proposal, form: Form, watch: Watch | None = None) -> Proposal:
    """The proposal for the same file taken as a log, or as a table. Raises EngineError as :func:`propose`."""
    if proposal.known or proposal.form == form:
        return proposal
    path = Path(proposal.path)
    watch = Watch(str(path)) if watch is None else watch
    if form == "examples":
        return _table(path, watch)
    head = read_head(path, watch)
    facts = head.facts
    return _log(path, head, facts, *_pair(facts))


def _counts(**counts: int) -> dict[str, str]:
    return {name: f"{count:,}" for name, count in counts.items()}


# A log --------------------------------------------------------------------------------------------------------------


def _pair(facts: Sequence[ColumnFacts]) -> tuple[ColumnFacts | None, ColumnFacts | None]:
    """The columns that are called as users and as items are; the shortest name of several, so that ``movieId`` comes
    before ``movieTitle``. A title is an item by itself where somebody did something with it at a time."""
    user = _first_called(facts, names.USERS)
    others = [one for one in facts if one is not user]
    item = _first_called(others, names.ITEMS)
    if item is None and user is not None and _best_time(others) is not None:
        item = next((one for one in others if one.called(names.ITEM_TITLES) and len(one.present)), None)
    return user, item


def _first_called(facts: Iterable[ColumnFacts], called: tuple[str, ...]) -> ColumnFacts | None:
    found = [one for one in facts if one.called(called) and not one.called(names.TITLES) and len(one.present)]
    return min(found, key=lambda one: (not one.called(names.ID_NAMES), len(one.words)), default=None)


def _log(
    path: Path, head: TableHead, facts: Sequence[ColumnFacts], user: ColumnFacts | None, item: ColumnFacts | None
) -> Proposal:
    rows = len(head.frame)
    roles: dict[str, tuple[Role, Problem]] = {}
    if user is not None:
        roles[user.name] = ("user", WHO(**_counts(distinct=user.distinct, rows=rows)))
    if item is not None:
        why = WHAT if item.called(names.ITEMS) else NAMED
        roles[item.name] = ("item", why(**_counts(distinct=item.distinct, rows=rows)))
    timed = _best_time([one for one in facts if one.name not in roles])
    if timed is not None and timed.times is not None:
        roles[timed.name] = ("time", _when(timed, *timed.times, rows))
    for one in facts:
        if one.name in roles or one.most_numbers is None:
            continue
        if one.called(names.RATINGS) and one.like_ratings and not _has(roles, "rating"):
            roles[one.name] = ("rating", HOW_GOOD(value=one.shown))
        elif _rates(one, item) and not _has(roles, "rating"):
            roles[one.name] = ("rating", HOW_GOOD_MANY(value=one.shown))
        elif one.called(names.WATCHED) and not _has(roles, "watch_seconds") and not _of_item(one, item):
            roles[one.name] = ("watch_seconds", HOW_LONG())
    if timed is None:
        roles.update(_unread_times([one for one in facts if one.name not in roles]))
    _describe(facts, roles, lambda one: _of_item(one, item), rows, NO_ITEM_YET() if item is None else NEITHER())
    problems = [*([] if timed is not None else [NO_TIMES()]), *([] if user and item else [NO_PAIR()])]
    return _proposal(path, "watches", head, facts, roles, problems)


def _when(timed: ColumnFacts, first: int, last: int, rows: int) -> Problem:
    """Why a column is taken for the time, and how many of its rows have none."""
    strays, span = timed.stray_times, {"first": date_text(first), "last": date_text(last)}
    if not len(strays):
        return WHEN(**span)
    return WHEN_MOST(**span, value=strays[0], **_counts(count=len(strays), rows=rows))


def _rates(one: ColumnFacts, item: ColumnFacts | None) -> bool:
    """Whether a column of numbers that differ within an item is called as ratings are."""
    return one.called(names.RATINGS) and one.distinct > 1 and not _of_item(one, item)


def _of_item(one: ColumnFacts, item: ColumnFacts | None) -> bool:
    return item is not None and _follows(one, item)


def _unread_times(facts: Sequence[ColumnFacts]) -> dict[str, tuple[Role, Problem]]:
    """The columns that are called as times are and are none."""
    return {
        one.name: ("unused", NO_TIME(value=one.no_time))
        for one in facts
        if one.called(names.TIMES) and one.no_time is not None
    }


def _has(roles: Mapping[str, tuple[Role, Problem]], role: Role) -> bool:
    return any(has == role for has, _ in roles.values())


def _best_time(facts: Sequence[ColumnFacts]) -> ColumnFacts | None:
    """The one that reads as times, before others one that is called so."""
    found = [one for one in facts if one.times is not None]
    return min(found, key=lambda one: not one.called(names.TIMES), default=None)


def _follows(one: ColumnFacts, item: ColumnFacts) -> bool:
    """Whether rows of one item have one value."""
    pairs = pl.DataFrame({"item": item.texts, "value": one.texts}).drop_nulls().unique()
    return len(pairs) > 0 and pairs["item"].n_unique() == len(pairs) and item.distinct < len(item.present)


def _describe(
    facts: Sequence[ColumnFacts],
    roles: dict[str, tuple[Role, Problem]],
    of_item: Callable[[ColumnFacts], bool],
    rows: int,
    neither: Problem,
) -> None:
    """What the other columns say of items: a title, genres, and more; ``neither``: why one that says nothing is left
    out."""
    for one in facts:
        if one.name in roles:
            continue
        useless = _useless(one, rows, lone=False)
        if useless is not None:
            roles[one.name] = ("unused", useless)
        elif not of_item(one):
            roles[one.name] = ("unused", _why_lone(one) or neither)
        elif one.called(names.TITLES) and one.numbers is None and not _has(roles, "title"):
            roles[one.name] = ("title", CALLED())
        elif (one.parted or one.called(names.GENRES)) and one.numbers is None and not _has(roles, "genres"):
            roles[one.name] = ("genres", (SORTED if one.has_several else GENRES)(value=one.shown))
        else:
            roles[one.name] = ("item_column", OF_ITEM())


def _useless(one: ColumnFacts, rows: int, *, lone: bool) -> Problem | None:
    """Why a column tells nothing; ``lone``: whether one that differs in every row does so."""
    if not len(one.present):
        return EMPTY(**_counts(rows=rows))
    if one.distinct == 1 and rows > 1 and not one.missing:
        return CONSTANT(value=one.shown, **_counts(rows=rows))
    return _why_lone(one) if lone else None


def _why_lone(one: ColumnFacts) -> Problem | None:
    """Why its values only tell rows apart, if they do."""
    if one.numbers is None:
        apart = tells_apart(one.name, one.texts, as_category=True)
    else:
        apart = tells_apart(one.name, one.numbers, as_category=False, spelling=spelling_of(one.texts))
    return None if apart is None else (UNIQUE if apart == "identifier" else DIFFERENT)()


def _measured(one: ColumnFacts) -> bool:
    """Whether it holds numbers with fractions, which differ without being ids."""
    return one.numbers is not None and bool((one.numbers != one.numbers.floor()).any())


# A table ------------------------------------------------------------------------------------------------------------


def _table(path: Path, watch: Watch) -> Proposal:
    head, values = _read_examples(path, watch)
    facts = [replace(ColumnFacts.of(column), values=values[column.name]) for column in head.frame.iter_columns()]
    rows = len(head.frame)
    label, yes = _label(facts)
    roles: dict[str, tuple[Role, Problem]] = {}
    for one in facts:
        useless = _useless(one, rows, lone=True)
        if one is label:
            roles[one.name] = ("label", _why_label(one, rows))
        elif useless is not None:
            roles[one.name] = ("unused", useless)
        elif one.parted:
            roles[one.name] = ("bag", SORTED(value=one.shown))
        elif one.numbers is not None and (_measured(one) or one.distinct > FEW_LEVELS):
            roles[one.name] = ("number", NUMBER(**_counts(distinct=one.numbers.n_unique())))
        else:
            roles[one.name] = ("category", CATEGORY(**_counts(distinct=one.distinct, rows=rows)))
    problems = [NO_LABEL()] if label is None else _leaks(facts, {name: role for name, (role, _) in roles.items()}, yes)
    kept = _without_leaks(roles, problems)
    if file_set_at(path).archived:
        problems = [FILE_ARCHIVE(path=path), *problems]
    notices = list(head.notices)
    if any(reason.code in (UNIQUE.code, DIFFERENT.code) for _, reason in roles.values()):
        notices.append(HOW_TO_KEEP())
    found = _proposal(path, "examples", replace(head, notices=tuple(notices)), facts, kept, problems, yes)
    columns = [
        column if kept[column.name] is roles[column.name]
        else column.model_copy(update={"readable_as": roles[column.name][0]})
        for column in found.columns
    ]  # fmt: skip
    return found.model_copy(update={"columns": tuple(columns)})


def _why_label(one: ColumnFacts, rows: int) -> Problem:
    if one.two_values is None:
        return LABEL_BY_NAME()
    (no, yes), empty = one.two_values, one.missing
    return LABEL_SOME(no=no, yes=yes, **_counts(empty=empty, rows=rows)) if empty else LABEL(no=no, yes=yes)


def _leaks(facts: Sequence[ColumnFacts], roles: Mapping[str, Role], yes: Yes) -> Sequence[Problem]:
    """The columns of a head that decide the label alone."""
    named = {role: tuple(one.name for one in facts if roles[one.name] == role) for role in roles.values()}
    (label,) = named["label"]
    as_number = {*named.get("number", ()), *([label] if yes.equals is None else [])}
    table = pl.DataFrame({one.name: one.values if one.name in as_number else one.texts for one in facts})
    fields = Fields(named.get("category", ()), named.get("number", ()), named.get("bag", ()))
    return ColumnAucs(table.filter(table[label].is_not_null()), Goal(label, yes.equals, yes.at_least), fields).leaks()


def _without_leaks(
    roles: Mapping[str, tuple[Role, Problem]], problems: Iterable[Problem]
) -> Mapping[str, tuple[Role, Problem]]:
    """The roles with leaks left out, unless nothing else would be read."""
    why = {str(leak.parameters["column"]): LEAK_LEFT_OUT(**leak.parameters) for leak in leaks_among(problems)}
    kept: dict[str, tuple[Role, Problem]] = {
        name: ("unused", why[name]) if name in why else taken for name, taken in roles.items()
    }
    return kept if any(role not in ("label", "unused") for role, _ in kept.values()) else roles


def _label(facts: Sequence[ColumnFacts]) -> tuple[ColumnFacts | None, Yes]:
    """The column of two values that is called as labels are, else the last of two values; else one that is called so
    and holds numbers. One without gaps comes before one with some."""
    two = [one for one in facts if one.two_values is not None]
    whole = [one for one in two if not one.missing]
    numeric_ones = [one for one in facts if one.called((*names.LABELS, *names.RATINGS)) and one.numbers is not None]
    called = [one for one in (*two, *whole) if one.called(names.LABELS)]
    chosen = (*two, *numeric_ones, *whole, *called)[-1:]
    return (chosen[0], _yes(chosen[0])) if chosen else (None, Yes())


def yes_of(head: Head, column: str) -> Yes:
    """What may count as a yes in a column, by its first values."""
    at = head.columns.index(column)
    return _yes(ColumnFacts.of(pl.Series(column, [row[at] for row in head.rows], dtype=pl.String)))


def _yes(one: ColumnFacts) -> Yes:
    """The yes of two values; of more numbers the upper half; of more texts the rarest."""
    values = one.two_values
    if values is not None:
        no, yes = (_number(value) for value in values)
        return Yes(at_least=yes) if no is not None and yes is not None and yes > no else Yes(equals=values[1])
    if one.numbers is not None:
        return _upper_half(one)
    counted = one.present.value_counts(sort=True)
    return Yes(equals=str(counted[one.present.name][-1])) if len(counted) else Yes()


def _number(text: str) -> float | None:
    """A finite number."""
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    return number if isfinite(number) else None


def _upper_half(one: ColumnFacts) -> Yes:
    """Yes from the median on, or above it where the median is the least."""
    assert one.numbers is not None
    numbers = one.numbers
    median = float(numbers.median() or 0.0)  # type: ignore[arg-type]  # a number
    above = numbers.filter(numbers > median)
    least = float(numbers.min() or 0.0)  # type: ignore[arg-type]  # a number
    return Yes(at_least=float(above.min()) if median == least and len(above) else median)  # type: ignore[arg-type]


def _proposal(
    path: Path, form: Form, head: TableHead, facts: Sequence[ColumnFacts],
    roles: Mapping[str, tuple[Role, Problem]], problems: Sequence[Problem] = (), yes: Yes | None = None,
) -> Proposal:  # fmt: skip
    columns = tuple(_proposed(one, *roles[one.name]) for one in facts)
    return Proposal(
        path=str(path), form=form, columns=columns, rows=len(head.frame), yes=yes or Yes(), head=head_of(head.frame),
        problems=tuple(problems), notices=head.notices,
    )  # fmt: skip


def _proposed(one: ColumnFacts, role: Role, reason: Problem) -> ProposedColumn:
    """A column with its counts, which of numbers are those that training computes with."""
    distinct, missing = one.distinct, one.missing
    if role == "number" and one.numbers is not None:
        distinct, missing = one.numbers.n_unique(), len(one.texts) - len(one.numbers)
    return ProposedColumn(name=one.name, role=role, reason=reason, distinct=distinct, missing=missing)
