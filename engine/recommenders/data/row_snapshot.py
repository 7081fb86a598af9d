"""The rows that a recommender learned from, packed so that its checkpoint can carry them.

A column is a code per row and the values behind the codes, or whole numbers counted from their lowest: a byte or two
for most columns of a table, and nine bytes for a rating with its user, item and time. Code 0 is a missing value.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from engine.problems import EngineError, declare
from engine.recommenders.data.logs.log import Log
from engine.recommenders.data.needed_columns import require_columns
from engine.recommenders.data.sources.base import Watches
from engine.recommenders.data.tables.encoding import vocabulary_of
from engine.recommenders.data.tables.fields import Fields
from engine.recommenders.data.tables.goal import Goal
from engine.recommenders.data.tables.labelled import LabelledTable

ROWS_DAMAGED = declare(
    "recommender.rows-damaged",
    "The rows in this checkpoint aren't those of its model ({reason}). Use another copy or train again.",
)
MOST_BYTES = 256 << 20
"""Some 25 million watches. A larger snapshot would make each checkpoint slow to write, so that none is carried."""
ROWS, EXTRAS = "rows", "extras"
USERS, ITEMS = "users", "items"
NAMES, FEATURES = "names", "features"
_SPAN = 1 << 32
_CODES = (np.uint8, np.uint16, np.uint32)

Frames = Mapping[str, pl.DataFrame]
Array = NDArray[Any]
Sort = Literal["text", "whole", "number", "truth"]
_TYPES: Mapping[Sort, type[pl.DataType]] = {
    "text": pl.String,
    "whole": pl.Int64,
    "number": pl.Float64,
    "truth": pl.Boolean,
}


class PackedColumn(BaseModel):
    """``lowest``: what code 1 stands for, where the codes count whole numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sort: Sort
    lowest: int | None = Field(default=None, ge=-(2**63), lt=2**63)


Packed = tuple[PackedColumn, Mapping[str, Array]]
_LAYOUT = TypeAdapter(dict[str, tuple[PackedColumn, ...]])


@dataclass(frozen=True, slots=True)
class RowSnapshot:
    """``layout``: the columns of each table, as JSON has them. ``arrays``: theirs, by name."""

    layout: Mapping[str, Any]
    arrays: Mapping[str, Array]


def packed(frames: Frames) -> RowSnapshot | None:
    """Tables as arrays; None where they take more than :data:`MOST_BYTES`."""
    if sum(frame.height * frame.width for frame in frames.values()) > MOST_BYTES:
        return None
    layout: dict[str, tuple[PackedColumn, ...]] = {}
    arrays: dict[str, Array] = {}
    for name, frame in frames.items():
        columns = []
        for at, series in enumerate(frame.iter_columns()):
            column, own = _pack(series)
            columns.append(column)
            arrays |= {f"{name}/{at}/{part}": array for part, array in own.items()}
        layout[name] = tuple(columns)
    if sum(array.nbytes for array in arrays.values()) > MOST_BYTES:
        return None
    return RowSnapshot(_LAYOUT.dump_python(layout, mode="json"), arrays)


def array_names(layout: object) -> list[str]:
    """The arrays that a layout speaks of. Raises ValueError for what is no layout."""
    found = []
    for name, columns in _LAYOUT.validate_python(layout).items():
        for at, column in enumerate(columns):
            parts = ("codes",) if column.lowest is not None else ("codes", "values")
            found += [f"{name}/{at}/{part}" for part in parts]
    return found


def unpacked(snapshot: RowSnapshot) -> Frames:
    """The tables. Raises ValueError, KeyError or TypeError where the arrays are not what the layout says."""
    frames: dict[str, pl.DataFrame] = {}
    for name, columns in _LAYOUT.validate_python(snapshot.layout).items():
        made = [_unpack(column, snapshot.arrays, f"{name}/{at}") for at, column in enumerate(columns)]
        if len({len(series) for series in made}) > 1 or len({series.name for series in made}) < len(made):
            raise ValueError(f"the columns of {name} do not fit together")
        frames[name] = pl.DataFrame(made)
    return frames


def _pack(series: pl.Series) -> Packed:
    sort, plain = _plain(series)
    if sort == "text":
        names = vocabulary_of(plain)
        values = np.frombuffer(json.dumps(names.names, ensure_ascii=False).encode(), np.uint8)
        return PackedColumn(name=series.name, sort=sort), {"codes": _codes(names.ids(plain)), "values": values}
    missing = plain.is_null().to_numpy()
    known = plain.drop_nulls()
    if sort != "number" and (column := _counted_from_lowest(series.name, sort, known, missing)) is not None:
        return column
    values = known.unique().sort().to_numpy()
    codes = np.zeros(len(plain), np.int64)
    codes[~missing] = np.searchsorted(values, known.to_numpy()) + 1
    return PackedColumn(name=series.name, sort=sort), {"codes": _codes(codes), "values": values}


def _counted_from_lowest(name: str, sort: Sort, known: pl.Series, missing: Array) -> Packed | None:
    """Whole numbers by their distance from the lowest; None where codes of the different values take less."""
    lowest, highest = (int(known.min()), int(known.max())) if len(known) else (0, 0)  # type: ignore[arg-type]
    if highest - lowest >= _SPAN - 1:
        return None
    codes = np.zeros(len(missing), np.int64)
    codes[~missing] = known.to_numpy() - lowest + 1
    counted = _codes(codes)
    if counted.itemsize > 1:
        different = known.n_unique()
        if counted.nbytes > 8 * different + len(counted) * _width(different).itemsize:
            return None
    return PackedColumn(name=name, sort=sort, lowest=lowest), {"codes": counted}


def _plain(series: pl.Series) -> tuple[Sort, pl.Series]:
    """A column as one of the sorts that are packed; what is none of them is read as text by all that use it."""
    kind = series.dtype
    if kind == pl.Boolean:
        return "truth", series.cast(pl.Int64)
    if kind.is_integer() and kind != pl.UInt64:
        return "whole", series.cast(pl.Int64)
    return ("number", series.cast(pl.Float64)) if kind.is_numeric() else ("text", series.cast(pl.String))


def _codes(codes: NDArray[np.int64]) -> Array:
    return codes.astype(_width(int(codes.max(initial=0))))


def _width(most: int) -> np.dtype[Any]:
    """The narrowest type that holds codes up to ``most``."""
    return np.dtype(next(kind for kind in _CODES if most <= np.iinfo(kind).max))


def _unpack(column: PackedColumn, arrays: Mapping[str, Array], place: str) -> pl.Series:
    codes = arrays[f"{place}/codes"]
    if codes.ndim != 1 or codes.dtype not in _CODES:
        raise ValueError(f"the codes of {column.name} are none")
    if column.lowest is not None:
        if column.sort not in ("whole", "truth") or column.lowest + int(codes.max(initial=0)) >= 2**63:
            raise ValueError(f"the numbers of {column.name} are none")
        whole = pl.Series(column.name, codes.astype(np.int64) - 1 + column.lowest)
        return whole.set(pl.Series(codes == 0), None).cast(_TYPES[column.sort])
    values = arrays[f"{place}/values"]
    known = json.loads(values.tobytes()) if column.sort == "text" else values.tolist()
    known = [bool(value) for value in known] if column.sort == "truth" else known
    if not isinstance(known, list) or int(codes.max(initial=0)) > len(known):
        raise ValueError(f"the values of {column.name} are too few")
    return pl.Series(column.name, [None, *known], dtype=_TYPES[column.sort], strict=True).gather(codes)


# Tables of examples ---------------------------------------------------------------------------------------------------


def frames_of_examples(labelled: LabelledTable) -> Frames:
    """What a model reads of a table: its fields and its goal."""
    fields = labelled.fields
    names = dict.fromkeys((*fields.names, labelled.goal.column))
    return {ROWS: pl.DataFrame([labelled.table[name] for name in names])}


def examples_of(frames: Frames, goal: Goal, fields: Fields) -> LabelledTable:
    """The table that :func:`frames_of_examples` has taken from. Raises EngineError where there is none."""
    table = frames.get(ROWS)
    if table is None or not table.height:
        raise EngineError(ROWS_DAMAGED(reason="there are none"))
    return LabelledTable(table, goal, fields)


# Logs of watches ------------------------------------------------------------------------------------------------------


def frames_of_watches(watches: Watches) -> Frames:
    """A log and what is known of its users and items, without searches: those are of generated worlds alone."""
    log = watches.log
    return {
        ROWS: pl.DataFrame({"user": log.users, "item": log.items, "time": log.times}),
        EXTRAS: pl.DataFrame({name: pl.Series(values, dtype=pl.Float64) for name, values in log.extras.items()}),
        **_described(USERS, log.user_names, log.user_features),
        **_described(ITEMS, log.item_names, log.item_features),
    }


def _described(whose: str, names: Any, features: Mapping[str, Any]) -> Frames:
    return {
        f"{whose} {NAMES}": pl.DataFrame({"name": pl.Series(list(names), dtype=pl.String)}),
        f"{whose} {FEATURES}": pl.DataFrame([_feature(name, values) for name, values in features.items()]),
    }


def _feature(name: str, values: Any) -> pl.Series:
    if isinstance(values, np.ndarray):
        return pl.Series(name, values, dtype=pl.Float64)
    return pl.Series(name, [str(value) for value in values], dtype=pl.String)


def watches_of(frames: Frames) -> Watches:
    """The log that :func:`frames_of_watches` has taken from. Raises EngineError where there is none."""
    try:
        log = _log_of(frames)
    except (LookupError, ValueError, pl.exceptions.PolarsError) as error:
        raise EngineError(ROWS_DAMAGED(reason=error)) from error
    return Watches(log)


def _log_of(frames: Frames) -> Log:
    if any(series.null_count() for frame in frames.values() for series in frame.iter_columns()):
        raise ValueError("something is missing")
    rows = frames[ROWS]
    users, items, times = (rows[name].to_numpy().astype(np.int64) for name in ("user", "item", "time"))
    names = {whose: frames[f"{whose} {NAMES}"]["name"].cast(pl.String).to_list() for whose in (USERS, ITEMS)}
    features = {whose: _features(frames[f"{whose} {FEATURES}"]) for whose in (USERS, ITEMS)}
    extras = {series.name: series.cast(pl.Float64).to_numpy() for series in frames[EXTRAS].iter_columns()}
    for ids, whose in ((users, USERS), (items, ITEMS)):
        if len(ids) and not 0 <= ids.min() <= ids.max() < len(names[whose]):
            raise ValueError(f"its {whose} are others")
        if any(len(values) != len(names[whose]) for values in features[whose].values()):
            raise ValueError(f"not all {whose} are described")
    if (np.diff(users) < 0).any() or any(len(values) != len(users) for values in extras.values()):
        raise ValueError("they are not in order")
    return Log(users, items, times, names[USERS], names[ITEMS], extras, features[USERS], features[ITEMS])


def _features(frame: pl.DataFrame) -> dict[str, Any]:
    return {
        series.name: series.to_list() if series.dtype == pl.String else series.to_numpy()
        for series in frame.iter_columns()
    }


# Which rows ---------------------------------------------------------------------------------------------------------


def identities(frames: Frames) -> pl.DataFrame:
    """The rows by what they say, and not by their numbers: of a log the user's and the item's name and the time."""
    rows = frames[ROWS]
    if f"{USERS} {NAMES}" not in frames:
        return rows
    users, items = (frames[f"{whose} {NAMES}"]["name"] for whose in (USERS, ITEMS))
    return pl.DataFrame({"user": users.gather(rows["user"]), "item": items.gather(rows["item"]), "time": rows["time"]})


def are_same_rows(one: Frames, other: Frames) -> bool:
    """Whether two tables say the same in the same order, whatever the order of their columns."""
    ours, theirs = identities(one), identities(other)
    return set(ours.columns) == set(theirs.columns) and are_in_order(ours, theirs)


def are_in_order(before: pl.DataFrame, now: pl.DataFrame) -> bool:
    """Whether the rows of ``now`` are those ``before``, one by one, as far as the columns of ``before`` tell."""
    if before.height != now.height:
        return False
    then, here = _aligned(before, now)
    return then.equals(here)


def changed_descriptions(before: Frames, now: Frames) -> set[str]:
    """What is said otherwise of the users and items that a log has had and has: the names of these features; none of a
    table."""
    found: set[str] = set()
    for whose in (USERS, ITEMS):
        if f"{whose} {NAMES}" not in before:
            continue
        all_then, all_here = (
            pl.concat([frames[f"{whose} {NAMES}"], frames[f"{whose} {FEATURES}"]], how="horizontal").sort("name")
            for frames in (before, now)
        )
        then, here = all_then.join(all_here, "name", "semi"), all_here.join(all_then, "name", "semi")
        names = [name for name in dict.fromkeys((*then.columns, *here.columns)) if name != "name"]
        both = [name for name in names if name in then.columns and name in here.columns]
        found |= set(names) - set(both)
        found |= {name for name in both if not then[name].equals(here[name])}
    return found


def added_rows(before: pl.DataFrame, now: pl.DataFrame, *, gone: bool = False) -> NDArray[np.int64]:
    """The rows of ``now``, by number, that ``before`` does not have, or has fewer times; or of ``before``, those that
    are ``gone``. What ``now`` has of other columns counts for nothing. Raises EngineError where it lacks one."""
    then, here = map(_counted, _aligned(before, now))
    many, few = (then, here) if gone else (here, then)
    fresh = many.with_row_index("row").join(few, on=few.columns, how="anti", nulls_equal=True)
    return np.sort(fresh["row"].to_numpy()).astype(np.int64)


def count_copies(before: pl.DataFrame, now: pl.DataFrame) -> int:
    """How many of the :func:`added_rows` say the same as a row ``before``."""
    then, here = _aligned(before, now)
    return here[added_rows(before, now)].join(then, on=then.columns, how="semi", nulls_equal=True).height


class RowChanges(NamedTuple):
    """How many rows are other ones by now: ``changed`` in one column alone, ``added`` and ``gone`` besides."""

    changed: int
    added: int
    gone: int


def row_changes(before: pl.DataFrame, now: pl.DataFrame) -> RowChanges:
    """How the rows of ``now`` differ from those ``before``; a row that is gone and one that is new are one that has
    changed where they differ in a single column. Raises EngineError as :func:`added_rows` does."""
    new = now[added_rows(before, now)].select(before.columns)
    old = before[added_rows(before, now, gone=True)]
    changed = 0
    for name in before.columns if before.width > 1 else ():
        if not new.height or not old.height:
            break
        others = [other for other in before.columns if other != name]
        then, here = (_counted(aligned).with_row_index("row") for aligned in _aligned(old[others], new))
        on = [column for column in then.columns if column != "row"]
        pairs = then.join(here, on=on, how="inner", nulls_equal=True)
        old, new = _without(old, pairs["row"]), _without(new, pairs["row_right"])
        changed += pairs.height
    return RowChanges(changed, new.height, old.height)


def _without(frame: pl.DataFrame, rows: pl.Series) -> pl.DataFrame:
    kept = np.ones(frame.height, np.bool_)
    kept[rows.to_numpy()] = False
    return frame.filter(pl.Series(kept))


def _aligned(before: pl.DataFrame, now: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The columns of ``before`` in both tables, named by number, in types in which equal values are equal.

    Raises EngineError where ``now`` lacks one.
    """
    require_columns(before.columns, now.columns)
    pairs = [(before[name], now[name]) for name in before.columns]
    then, here = (
        pl.DataFrame([_comparable(pair[at], pair[1 - at]).alias(str(place)) for place, pair in enumerate(pairs)])
        for at in (0, 1)
    )
    return then, here


def _counted(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows, and how often each has occurred before: of equal rows, the second is another than the first."""
    return rows.with_columns(pl.int_range(pl.len()).over(rows.columns).alias("times"))


def _comparable(series: pl.Series, other: pl.Series) -> pl.Series:
    """A column in a type that the other one's values can be told from it in, as one more row may change that. Whole
    numbers stay whole: above 2⁵³, floats no longer tell neighbours apart."""
    if all(kind.is_integer() and kind != pl.UInt64 for kind in (series.dtype, other.dtype)):
        return series.cast(pl.Int64)
    numeric = [kind for kind in (series.dtype, other.dtype) if kind.is_numeric()]
    if len(numeric) == 2:
        return series.cast(pl.Float64)
    if pl.Boolean in (series.dtype, other.dtype):
        return series.cast(pl.String).str.to_lowercase()
    if not numeric:
        return series.cast(pl.String)
    whole = numeric[0].is_integer() and numeric[0] != pl.UInt64
    return _as_spelled(series, pl.Int64 if whole else pl.Float64)


def _as_spelled(series: pl.Series, kind: type[pl.DataType]) -> pl.Series:
    """Texts in which a number is written in one way only, so that “1.50” is 1.5; others stay as they are."""
    spelled = series.cast(kind, strict=False).cast(pl.String)
    texts = series.cast(pl.String).alias("text").to_frame().with_columns(spelled.alias("spelled"))
    return texts.select(pl.coalesce("spelled", "text")).to_series().alias(series.name)
