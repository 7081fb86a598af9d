"""``python -m engine``: the headless command line."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from engine import parquet_child


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with ``argv`` (by default the process's own) and return the exit code."""
    # More threads than free cores only fight each other over matrices this small; read once, when numpy loads.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # What is printed does not hang on the console's code page; and names need not be UTF-8.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    arguments = sys.argv[1:] if argv is None else list(argv)
    if arguments[:1] == [parquet_child.COMMAND]:
        return parquet_child.main(arguments[1:])
    from engine.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
