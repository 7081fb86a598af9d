"""Ids numbered as they come, in batches, and put in order when the last has come."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

Codes = NDArray[np.uint32]


class IdCodes:
    """Gives each new id (text or whole number, all of one type) the next code."""

    def __init__(self) -> None:
        self._known: pl.DataFrame | None = None

    def __len__(self) -> int:
        return 0 if self._known is None else self._known.height

    def codes(self, ids: pl.Series) -> Codes:
        """The codes of ``ids``, none of them null, in order of first appearance: (n,) uint32."""
        frame = pl.DataFrame({"id": ids})
        fresh = frame.unique(maintain_order=True)
        if self._known is not None:
            fresh = fresh.join(self._known, on="id", how="anti", maintain_order="left")
        numbered = pl.int_range(len(self), len(self) + fresh.height, dtype=pl.UInt32, eager=True)
        added = fresh.with_columns(numbered.alias("code"))
        self._known = added if self._known is None else pl.concat([self._known, added], rechunk=True)
        return frame.join(self._known, on="id", how="left", maintain_order="left")["code"].to_numpy()

    def in_order(self) -> tuple[list[str], Codes]:
        """All names in order, and the place in it of each code.

        Whole numbers, written without leading zeros, are ordered by value; other texts by their code points.
        """
        if self._known is None:
            return [], np.empty(0, np.uint32)
        ids = self._known["id"]
        keys = ids
        if ids.dtype == pl.String and ids.str.contains(r"^(0|[1-9][0-9]{0,17})$").all():
            keys = ids.cast(pl.Int64)
        order = keys.arg_sort().to_numpy()
        places = np.empty(len(ids), np.uint32)
        places[order] = np.arange(len(ids), dtype=np.uint32)
        return ids[order].cast(pl.String).to_list(), places
