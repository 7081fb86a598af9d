"""The models that a Wide & Deep network is judged by: scikit-learn's, fitted to the same training rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial
from itertools import chain, product
from typing import Any

import numpy as np
import polars as pl
import scipy.sparse
from numpy.typing import NDArray

from engine.recommenders.data.tables.encoding import numbers_of
from engine.recommenders.data.tables.fields import SEPARATOR
from engine.recommenders.data.tables.labelled import LabelledTable
from engine.recommenders.data.tables.random_split import RandomSplit
from engine.recommenders.judging.metrics import log_losses, paired
from engine.recommenders.judging.standing import standing_of
from engine.recommenders.tasks.base import Part

Floats = NDArray[np.floating]
Block = tuple[Any, Callable[[NDArray[np.int64]], Any]]
"""A transformer of scikit-learn's, and what gives it its columns of some rows."""
REGRESSION, TREES = "logistic regression", "boosted trees"
MOST_ROWS = 100_000
"""Training rows that they are fitted to; more would take minutes."""
MOST_CATEGORIES = 254
"""Values of a category that the trees tell apart, the most frequent ones: scikit-learn bins into 255 at most."""
MOST_NAMES = 64
"""Names of a bag that the trees are told of, the most frequent ones: each is a dense column."""


class Opponents:
    """Fits each model once, when its predictions are first asked for.

    Nothing here is imported before that: scikit-learn takes a second, and a program that only answers needs none.
    """

    def __init__(self, labelled: LabelledTable, rows: RandomSplit) -> None:
        self._table, self._fields, self._goal = labelled.table, labelled.fields, labelled.goal
        self._rows, self._train = rows, rows.train[:MOST_ROWS]

    @property
    def predictions(self) -> Mapping[str, Callable[[], Mapping[Part, Floats]]]:
        """By name, a function that gives the probabilities of the validation and of the test rows."""
        return {REGRESSION: lambda: self._regression, TREES: lambda: self._trees}

    @cached_property
    def _regression(self) -> Mapping[Part, Floats]:
        """Logistic regression on one column per category and on the numbers, standardised; where it helps, also on
        one column per exact number that occurs twice, and per name of a bag."""
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.impute import SimpleImputer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import OneHotEncoder, StandardScaler

        blocks: list[Block] = []
        exact: list[Block] = []
        if self._fields.categories:
            blocks.append((OneHotEncoder(handle_unknown="ignore"), self._categories))
        if self._known_numbers:
            exact.append((OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=2), self._numbers))
            scaled = make_pipeline(SimpleImputer(keep_empty_features=True), StandardScaler())
            blocks.append((scaled, self._numbers))
        bags: list[Block] = [
            (CountVectorizer(analyzer=_names, binary=True), partial(self._bag, name)) for name in self._bags
        ]
        return self._fitted(LogisticRegression(max_iter=1000), blocks, (exact, bags), _sparse)

    @cached_property
    def _trees(self) -> Mapping[Part, Floats]:
        """Histogram-based gradient boosting, which is told which columns are categories."""
        from sklearn.ensemble import HistGradientBoostingClassifier
        from sklearn.feature_extraction.text import CountVectorizer
        from sklearn.pipeline import make_pipeline
        from sklearn.preprocessing import FunctionTransformer, OrdinalEncoder

        blocks: list[Block] = []
        if self._fields.categories:
            codes = OrdinalEncoder(
                handle_unknown="use_encoded_value", unknown_value=np.nan, max_categories=MOST_CATEGORIES
            )
            blocks.append((codes, self._categories))
        if self._known_numbers:
            blocks.append((FunctionTransformer(), self._numbers))
        bags: list[Block] = []
        for name in self._bags:
            names = CountVectorizer(analyzer=_names, binary=True, max_features=MOST_NAMES)
            dense = make_pipeline(names, FunctionTransformer(_dense, accept_sparse=True))
            bags.append((dense, partial(self._bag, name)))
        told = list(range(len(self._fields.categories)))
        model = HistGradientBoostingClassifier(categorical_features=told or None, random_state=0)
        return self._fitted(model, blocks, (bags,), np.hstack)

    def _fitted(
        self, model: Any, blocks: Sequence[Block], extras: Sequence[Sequence[Block]],
        joined: Callable[[Sequence[Any]], Any],
    ) -> Mapping[Part, Floats]:  # fmt: skip
        """The predictions with those of the extras that surely help on the validation rows, by twice the paired error:
        they are many columns, which may be learned by heart."""
        labels = self._goal.labels(self._table[self._train])
        parts: dict[Part, NDArray[np.int64]] = {"valid": self._rows.valid, "test": self._rows.test}
        ways = product(*(((), extra) if extra else ((),) for extra in extras))
        given = [some for way in ways if (some := [*blocks, *chain(*way)])]
        if not given or labels.min() == labels.max():  # nothing to fit, or to fit it to
            return {part: np.full(len(rows), float(labels.mean())) for part, rows in parts.items()}
        outcomes = self._goal.labels(self._table[self._rows.valid])
        tried: list[dict[Part, Floats]] = []
        for some in given:
            model.fit(joined([block.fit_transform(of(self._train)) for block, of in some]), labels)
            found = {part: joined([block.transform(of(rows)) for block, of in some]) for part, rows in parts.items()}
            tried.append({part: model.predict_proba(columns)[:, 1] for part, columns in found.items()})
        plain, *richer = ((log_losses(outcomes, predictions["valid"]), predictions) for predictions in tried)
        helpful = [one for one in richer if _is_surely_less(one[0], plain[0])]
        return min([plain, *helpful], key=lambda one: one[0].mean())[1]

    # What a model is given: rows of the table ---------------------------------------------------------------------

    @cached_property
    def _known_numbers(self) -> list[str]:
        """The numbers that have any value in training."""
        table = self._table[self._train]
        return [name for name in self._fields.numbers if numbers_of(table, name).is_not_null().any()]

    @property
    def _bags(self) -> list[str]:
        """The bags that have any name in training."""
        return [name for name in self._fields.bags if any(map(_names, self._bag(name, self._train)))]

    def _categories(self, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        table = self._table[rows]  # the columns themselves: to polars a name such as “^.*$” is a pattern
        columns = [table[name].cast(pl.String).fill_null("").to_numpy() for name in self._fields.categories]
        return np.column_stack(columns).astype(object)

    def _numbers(self, rows: NDArray[np.int64]) -> Floats:
        table = self._table[rows]
        return np.column_stack([numbers_of(table, name).to_numpy() for name in self._known_numbers])

    def _bag(self, name: str, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        return self._table[name][rows].cast(pl.String).fill_null("").to_numpy().astype(object)


def _names(bag: str) -> list[str]:
    return [name for name in bag.split(SEPARATOR) if name]


def _is_surely_less(losses: NDArray[np.float64], others: NDArray[np.float64]) -> bool:
    gain = paired(others, losses)
    return standing_of(gain.value, gain.margin) == "better"


def _sparse(blocks: Sequence[Any]) -> scipy.sparse.csr_matrix:
    return scipy.sparse.hstack([scipy.sparse.csr_matrix(block) for block in blocks], "csr")


def _dense(names: scipy.sparse.csr_matrix) -> NDArray[np.float32]:
    return np.asarray(names.toarray(), np.float32)
