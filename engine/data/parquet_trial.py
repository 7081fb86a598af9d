"""A Parquet file is read by a process of its own first: some damaged ones make the reader end its process."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Final

from engine.data.problems import PARQUET_BROKEN
from engine.data.sampling import Watch
from engine.problems import EngineError

_TRIAL: Final = (
    "import sys, polars as pl; rows = pl.scan_parquet(sys.argv[1], glob=False).with_row_index('\\0row');"
    " rows.filter(pl.col('\\0row') % int(sys.argv[2]) == 0).collect(engine='streaming')"
)
_HARMLESS: Final[set[tuple[str, int, int, int]]] = set()
_LOOK: Final = 0.1  # seconds between two looks whether the loading was cancelled


def try_out(path: Path, every: int, watch: Watch) -> None:
    """Decode ``path``, keeping one row of ``every``, where it can do no harm; once as long as the file stays the same.

    Raises EngineError where that ends the process. What is wrong otherwise is left to whoever reads the file.
    """
    state = path.stat()
    mark = (str(path.absolute()), state.st_size, state.st_mtime_ns, every)
    if mark not in _HARMLESS:
        if not _survives(path, every, watch):
            raise EngineError(PARQUET_BROKEN(path=path, reason="reading it would end the program"))
        _HARMLESS.add(mark)


def _survives(path: Path, every: int, watch: Watch) -> bool:
    command = [sys.executable, "-P", "-c", _TRIAL, str(path), str(every)]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet) as child:
        try:
            while child.poll() is None:
                watch.at(0.3)
                try:
                    child.wait(_LOOK)
                except subprocess.TimeoutExpired:
                    continue
        except BaseException:
            child.kill()
            raise
    return child.returncode in (0, 1)  # 1: an exception, which can be caught here as well
