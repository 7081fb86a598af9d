"""What the program carries with it: icons, fonts, translations, example networks; and where they lie."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def has(name: str) -> bool:
    """Whether the file or folder ``name`` is there: what may not be used commercially can be left out."""
    return (_ROOT / name).exists()


def path(name: str) -> Path:
    """The file or folder ``name``, relative to this package (``"fonts/Inter-Regular.otf"``).

    Works alike from a clone and from an installed wheel, which both lie unpacked on the disk. Raises
    FileNotFoundError when there is none: that is a mistake in the program, never the person's.
    """
    found = _ROOT / name
    if not found.exists():
        raise FileNotFoundError(f"assets has no {name!r}")
    return found
