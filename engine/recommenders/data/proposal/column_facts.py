"""What a column's name and its first values say of it."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from engine.data.columns import VALUES, computable
from engine.data.target import LABEL_NAMES
from engine.problems import EngineError
from engine.recommenders.data.logs.gatherer import time_scale
from engine.recommenders.data.logs.times import EARLY, LATE, MOST, Times
from engine.recommenders.data.missing import missing_as_null
from engine.recommenders.data.tables.fields import SEPARATOR

USERS = (
    "user",
    "users",
    "userid",
    "uid",
    "u",
    "member",
    "customer",
    "account",
    "viewer",
    "visitor",
    "person",
    "reader",
    "用户",
    "用户名",
    "会员",
    "顾客",
    "客户",
    "账号",
    "账户",
    "观众",
    "读者",
    "访客",
    "买家",
)
ITEMS = (
    "item", "items", "itemid", "iid", "i", "movie", "movieid", "film", "video", "videoid", "product", "article", "asin",
    "sku", "song", "track", "book", "isbn", "app", "show", "news", "game", "物品", "商品", "产品", "项目", "视频",
    "短视频", "电影", "影片", "文章", "新闻", "歌曲", "音乐", "图书", "书籍", "书", "应用", "游戏", "课程", "节目",
)  # fmt: skip
TIMES = (
    "time",
    "timestamp",
    "date",
    "datetime",
    "ts",
    "t",
    "when",
    "at",
    "day",
    "created",
    "seconds",
    "时间",
    "时间戳",
    "日期",
)
RATINGS = ("rating", "ratings", "stars", "score", "r", "rate", "grade", "评分", "打分", "得分", "分数", "星级")
WATCHED = (
    "watch", "watched", "watchtime", "play", "played", "dwell", "listened", "seconds", "secs", "duration", "播放",
    "观看", "收听", "停留", "时长", "秒数",
)  # fmt: skip
ITEM_TITLES = (
    "title", "titles", "headline", "标题", "片名", "书名", "歌名", "电影名", "电影名称", "视频名称", "商品名",
    "商品名称", "物品名称",
)  # fmt: skip
"""Titles that name things alone: a ``name`` may be a person's."""
TITLES = (*ITEM_TITLES, "name", "名称", "名字", "名")
GENRES = ("genres", "genre", "tags", "categories", "topics", "labels", "类型", "类别", "分类", "题材", "标签")
ID_NAMES = ("id", "编号", "编码", "号")
IDS = (*ID_NAMES, "序号", "代码", "电话", "邮编")
LABELS = LABEL_NAMES
"""The same that a table of the playground is looked through for."""
_CHINESE = re.compile(
    "|".join(
        sorted(
            {
                name
                for names in (USERS, ITEMS, TIMES, RATINGS, WATCHED, TITLES, GENRES, IDS, LABELS)
                for name in names
                if not name.isascii()
            },
            key=len,
            reverse=True,
        )
    )
)
"""The Chinese ones, the longest first: Chinese is written without spaces."""
YES = ("1", "1.0", "true", "yes", "y", "t", "positive")
FEW_RATINGS = 21
SHORT = 24
"""Characters, up to which texts that recur look like names of categories."""


@dataclass(frozen=True)
class ColumnFacts:
    """A column of a head. ``texts``: its values, null where they stand for nothing; ``values``: as training reads them
    in a table."""

    name: str
    texts: pl.Series
    values: pl.Series | None = None

    @classmethod
    def of(cls, column: pl.Series) -> ColumnFacts:
        """What is known of a column as it was read."""
        if column.dtype in (pl.Date, pl.Datetime):
            column = column.alias(VALUES).dt.epoch("s").alias(column.name)
        if column.dtype.is_nested() or column.dtype in (pl.Binary, pl.Object, pl.Duration, pl.Time):
            return cls(column.name, pl.Series(column.name, [None] * len(column), dtype=pl.String))
        return cls(column.name, missing_as_null(column.alias(VALUES).cast(pl.String)))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of its name, in small letters, and the whole of it: ``userId`` is ``user``, ``id``, ``userid``.

        Chinese is parted where it is made of nothing but known words: 用户编号 is 用户, 编号, but 用户年龄 is no user.
        """
        parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", self.name)
        for run in re.findall(r"[\u4e00-\u9fff]+", self.name):
            known = _CHINESE.findall(run)
            parts += known if "".join(known) == run else [run]
        return frozenset({*(part.lower() for part in parts), re.sub(r"[^a-z0-9]", "", self.name.lower())})

    def called(self, names: tuple[str, ...]) -> bool:
        """Whether its name has one of some words."""
        return not self.words.isdisjoint(names)

    @cached_property
    def present(self) -> pl.Series:
        """Its values that are there."""
        return self.texts.drop_nulls()

    @cached_property
    def distinct(self) -> int:
        """How many of them differ."""
        return int(self.present.n_unique())

    @cached_property
    def missing(self) -> int:
        """How many are not there."""
        return self.texts.null_count()

    @cached_property
    def numbers(self) -> pl.Series | None:
        """Them as numbers, where they all are (with a decimal point or comma), but for those that cannot be computed
        with."""
        if self.values is not None:
            return computable(self.values).drop_nulls() if self.values.dtype.is_numeric() else None
        found = self.present.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        kept = computable(found).drop_nulls()
        return kept if len(kept) and not found.null_count() else None

    @cached_property
    def most_numbers(self) -> pl.Series | None:
        """Those of them that are numbers, where almost all are: a few strays do not decide."""
        found = self.present.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
        found = found.filter(found.is_finite())
        return found if len(found) and len(found) >= MOST * len(self.present) else None

    @cached_property
    def no_time(self) -> str | None:
        """A value that cannot be read as a time, beside the others or as all of them; None where each one can."""
        try:
            Times("", self.name).numbers(self.present)
        except EngineError as error:
            return str(error.problem.parameters["value"])
        return None

    @cached_property
    def times(self) -> tuple[int, int] | None:
        """The first and the last as seconds since 1970, where almost all read as times of our age."""
        read = self._read_times.drop_nulls()
        if not len(read) or len(read) < MOST * len(self.present):
            return None
        low, high = float(read.min() or 0), float(read.max() or 0)  # type: ignore[arg-type]  # numbers
        if not math.isfinite(low) or not math.isfinite(high):
            return None
        per_second, _ = time_scale(int(max(abs(low), abs(high))))
        first, last = int(low // per_second), int(high // per_second)
        return (first, last) if EARLY <= first <= last <= LATE else None

    @cached_property
    def stray_times(self) -> pl.Series:
        """Those that are no times among others that are."""
        return self.present.filter(self._read_times.is_null())

    @cached_property
    def _read_times(self) -> pl.Series:
        """Them as times, in the units that they are in, null where one is none."""
        return Times("", self.name).read(self.present)

    @cached_property
    def like_ratings(self) -> bool:
        """Whether they are, but for strays, few different numbers from 0 to 100."""
        numbers = self.most_numbers
        if numbers is None or not 2 <= numbers.n_unique() <= FEW_RATINGS:
            return False
        return bool((numbers >= 0).all() and (numbers <= 100).all())

    @cached_property
    def parted(self) -> bool:
        """Whether they are several names in one text, as ``Drama|Comedy``."""
        return bool(len(self.present)) and float(self.present.str.contains(SEPARATOR, literal=True).mean() or 0) > 0.1  # type: ignore[arg-type]  # a number

    @cached_property
    def has_several(self) -> bool:
        """Whether any text has several names."""
        return bool(self.present.str.contains(SEPARATOR, literal=True).any())

    @cached_property
    def two_values(self) -> tuple[str, str] | None:
        """The no and the yes, where there are just two values: ``1``, ``true`` and the like are the yes, else the one
        that is rarer."""
        counted = self.present.value_counts(sort=True)
        if len(counted) != 2:
            return None
        often, seldom = counted[self.texts.name].to_list()
        return (seldom, often) if often.lower() in YES else (often, seldom)

    @cached_property
    def shown(self) -> str:
        """A value, to be named; one of several names where there is one."""
        several = self.present.filter(self.present.str.contains(SEPARATOR, literal=True)).first()
        return str(several or self.present.first() or "")
